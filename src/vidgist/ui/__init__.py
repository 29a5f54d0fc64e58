"""What a person or a script sees of a run, on standard error. `reporter` chooses.

Everything shown may come from a stranger's title or caption: control characters never reach a terminal.
"""

from typing import TextIO

from vidgist.protocols import Reporter
from vidgist.ui.lines import JsonLines, Lines


def reporter(stream: TextIO, *, quiet: bool, json_events: bool) -> Reporter:
    """A live display on a terminal, plain lines elsewhere, JSON lines where asked for."""
    if json_events:
        return JsonLines(stream)
    if quiet or not stream.isatty():
        return Lines(stream, quiet=quiet)
    from vidgist.ui.terminal import Terminal

    return Terminal(stream)
