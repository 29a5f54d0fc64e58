"""What a person or a script sees of a run, on standard error. `reporter` chooses.

Everything shown may come from a stranger's title or caption: control characters never reach a terminal.
"""

from typing import TextIO

from vidgist.events import Notice
from vidgist.protocols import Reporter
from vidgist.ui.lines import JsonLines, Lines


def reporter(stream: TextIO, *, quiet: bool, json_events: bool, live: bool = True) -> Reporter:
    """Return a live display on a terminal, plain lines elsewhere, JSON lines where asked for.

    ``live`` False: plain lines on a terminal too, as others write there.
    """
    if json_events:
        return JsonLines(stream)
    if quiet or not live or not stream.isatty():
        return Lines(stream, quiet=quiet)
    from vidgist.ui.terminal import Terminal

    return Terminal(stream)


def show_notice(stream: TextIO, text: str, *, json_events: bool) -> None:
    """Show one notice before a run begins, or outside any, in the form that its events have."""
    (JsonLines(stream) if json_events else Lines(stream, quiet=False))(Notice(text=text))
