"""Plug-ins; see `vidgist.registry`."""
