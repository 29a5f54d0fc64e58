"""Bounds in time and size: of what a server answers, and of how long a caller waits."""
