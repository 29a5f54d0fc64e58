"""Carry out the commands, one module each; parsing is cli's, colours are ui's."""
