"""One line of what `vidgist doctor` finds."""

from typing import NamedTuple

from vidgist.errors import VidgistError

SECONDS = 5.0
"""That one look at a server may take."""


class Finding(NamedTuple):
    """``good`` is None for what is only said."""

    good: bool | None
    subject: str
    text: str


def advised(error: VidgistError) -> str:
    """What is wrong and what to do, on one line."""
    said = str(error)
    return f"{said}{' ' if said.endswith('?') else '; '}{error.hint}" if error.hint else said
