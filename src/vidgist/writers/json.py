"""``--format json``: the document for scripts, which loses nothing. `vidgist.notes.document` makes it."""

from vidgist.config import Settings
from vidgist.models import Note
from vidgist.notes import document


class Json:
    suffix = ".json"

    def render(self, note: Note, old: str = "") -> str:  # noqa: ARG002
        return document.render(note)


def create(settings: Settings) -> Json:  # noqa: ARG001
    return Json()
