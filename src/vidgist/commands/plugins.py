"""Say which plug-ins other packages offer."""

from vidgist import registry


def offered() -> str:
    """Return the kind and name of each plug-in on one line; empty for none."""
    return ", ".join(f"{plugin.kind} {plugin.name}" for plugin in registry.plugins())
