"""Anki cards from a note: a card an idea, with the quote that carries it and a link to its second.

A text file for Anki's File > Import: tab-separated, HTML in the fields, described by its own head lines
(https://docs.ankiweb.net/importing/text-files.html). The first field tells a card from others, so that
importing the file of a note again updates its cards and keeps how well they are known.
"""

import html
from collections.abc import Iterator

from vidgist.config import Settings
from vidgist.models import Evidence, Note, Point
from vidgist.notes import moment_links

HEAD = ("#separator:tab", "#html:true", "#columns:Id\tFront\tBack\tTags", "#tags column:4")


class Anki:
    """One file a note; a note without a summary makes a file without cards."""

    suffix = ".anki.txt"

    def render(self, note: Note, old: str = "") -> str:  # noqa: ARG002
        """Return the file: UTF-8, a card a line."""
        return "\n".join((*HEAD, *_cards(note))) + "\n"


def create(settings: Settings) -> Anki:  # noqa: ARG001
    return Anki()


def _cards(note: Note) -> Iterator[str]:
    summary = note.answer.summary if note.answer else None
    title = note.video.title if note.video else note.item.name
    for number, idea in enumerate(summary.core_ideas if summary else (), 1):
        front = f"{_shown(idea.label)}<br><small>{_shown(title)}</small>"
        back = _shown(idea.text) + "".join(f"<br>{_quote(one, note.item.url)}" for one in idea.evidence)
        yield "\t".join((_identity(note, number), front, _doubted(back, idea), "vidgist"))


def _identity(note: Note, number: int) -> str:
    """The same for the same idea of the same talk whenever it is written."""
    return _shown(f"{note.item.source}/{note.item.name}/{number}")


def _quote(evidence: Evidence, url: str) -> str:
    words = f"<i>{_shown(evidence.quote)}</i>"
    address = moment_links.link(url, evidence.start) if evidence.start is not None else ""
    return f'{words} <a href="{html.escape(address)}">watch</a>' if address else words


def _doubted(back: str, idea: Point) -> str:
    return f"{back}<br>not found in the talk: {_shown('; '.join(idea.doubts))}" if idea.doubts else back


def _shown(text: str) -> str:
    """Text on one line that is no HTML, no field and no cloze of its own."""
    return html.escape(" ".join(text.split())).replace("{", "&#123;").replace("}", "&#125;")
