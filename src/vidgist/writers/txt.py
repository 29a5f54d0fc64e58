"""``--format txt``: the exact text record."""

from vidgist.config import Settings
from vidgist.models import Note
from vidgist.text import record


class Text:
    suffix = ".txt"

    def render(self, note: Note, old: str = "") -> str:  # noqa: ARG002
        return record.render(record.of(note))


def create(settings: Settings) -> Text:  # noqa: ARG001
    return Text()
