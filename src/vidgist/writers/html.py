"""``--format html``: one file for a browser. Nothing is loaded, nothing runs; the map is drawn in it.

The note itself is enclosed as data, so that the page can be read back.
"""

import base64
import hashlib
import html
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from vidgist import drawing
from vidgist.models import Note
from vidgist.notes import page
from vidgist.writers._article import Article, Page
from vidgist.writers._elements import attributes

if TYPE_CHECKING:
    from vidgist.config import Settings

__all__ = ["NOTHING_ELSE", "Article", "article", "create", "style"]

NOTHING_ELSE = "base-uri 'none'; form-action 'none'"
"""What a policy's ``default-src`` does not speak of."""


class Html:
    suffix = ".html"

    def __init__(self, language: str) -> None:
        self.language = language

    def render(self, note: Note, old: str = "") -> str:  # noqa: ARG002
        shown = article(note, self.language)
        policy = f"default-src 'none'; style-src {hashed(style())}; {NOTHING_ELSE}"
        return (
            f"<!doctype html>\n<html{attributes(shown.lang, shown.dir)}>\n<head>\n"
            '<meta charset="utf-8">\n'
            f"{page.GENERATOR}\n"
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{html.escape(shown.title)}</title>\n"
            f"{page.enclosed(note)}\n"
            f"<style>{style()}</style>\n</head>\n<body>\n<main>\n{shown.html}\n</main>\n</body>\n</html>\n"
        )


def article(note: Note, language: str = "") -> Article:
    """Return the note as an element for any page. ``language`` is the summary's, where it is not the talk's
    own.
    """
    return Page(note, language).article()


@cache
def style() -> str:
    """Return the style sheet of an article and its map, for light, dark and print."""
    own = resources.files("vidgist.writers").joinpath("article.css").read_text(encoding="utf-8")
    return f"{drawing.sheet()}\n{own}"


def hashed(sheet: str) -> str:
    """Return a source of a Content-Security-Policy that lets this sheet apply and nothing else."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}'"


def create(settings: "Settings") -> Html:
    return Html(settings.language)
