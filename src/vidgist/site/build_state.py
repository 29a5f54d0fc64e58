"""What the last build knew: which file became which record, so that the next does little."""

from pathlib import Path

from pydantic import Field, ValidationError

from vidgist.models import Value
from vidgist.site.list_entries import Entry

NAME = ".vidgist-site.json"


class Source(Value):
    """A file of the notes folder as it was read; ``number`` is its record's, None where it was unreadable."""

    name: str
    modified: int
    size: int
    number: int | None
    problem: str = ""


class Ledger(Value):
    """``numbers`` were given out so far, those no longer in use included; ``parts`` is the index's."""

    maker: str
    title: str
    base: str
    numbers: int = 0
    parts: int = 0
    sources: dict[str, Source] = Field(default_factory=dict)
    entries: dict[int, Entry] = Field(default_factory=dict)


def load(folder: Path) -> Ledger | None:
    """Return the ledger of a finished build; None where there is none that can be read."""
    try:
        return Ledger.model_validate_json((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        return None


def dump(ledger: Ledger) -> str:
    return ledger.model_dump_json() + "\n"
