"""``--format html``: one file for a browser. Nothing is loaded, nothing runs; the map is drawn in it."""

import base64
import hashlib
import html
import re
from functools import cache
from importlib import resources

from vidgist.config import Settings
from vidgist.models import Note
from vidgist.protocols import Writer
from vidgist.writers._article import Article, Page, attributes

__all__ = ["NOTHING_ELSE", "Article", "allowed", "article", "create", "style"]

NOTHING_ELSE = "base-uri 'none'; form-action 'none'"
"""What a policy's ``default-src`` does not speak of."""

_SHEET = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_ATTRIBUTE = re.compile(r"<[a-z][^<>]*\sstyle=\"([^\"]*)\"")


class Html:
    suffix = ".html"

    def __init__(self, language: str) -> None:
        self.language = language

    def render(self, note: Note, old: str = "") -> str:  # noqa: ARG002
        shown = article(note, self.language)
        sheet = f"<style>{style()}</style>"
        policy = f"default-src 'none'; style-src {allowed(sheet + shown.html)}; {NOTHING_ELSE}"
        return (
            f"<!doctype html>\n<html{attributes(shown.lang, shown.dir)}>\n<head>\n"
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{html.escape(shown.title)}</title>\n"
            f"{sheet}\n</head>\n<body>\n<main>\n{shown.html}\n</main>\n</body>\n</html>\n"
        )


def article(note: Note, language: str = "") -> Article:
    """The note as an element for any page. ``language`` is the summary's, where it is not the talk's own."""
    return Page(note, language).article()


@cache
def style() -> str:
    """The style sheet of an article, for light, dark and print."""
    return resources.files("vidgist.writers").joinpath("article.css").read_text(encoding="utf-8")


def allowed(markup: str) -> str:
    """Sources of a Content-Security-Policy that let exactly the styles within this markup apply.

    Maps bring their own sheet, and attributes where it cannot say a thing; foreign text brings neither,
    since it is escaped.
    """
    attributes = _ATTRIBUTE.findall(markup)
    sheets = sorted(set(map(_hash, (*_SHEET.findall(markup), *map(html.unescape, attributes)))))
    return " ".join((*sheets, *(("'unsafe-hashes'",) if attributes else ())))


def _hash(sheet: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}'"


def create(settings: Settings) -> Writer:
    return Html(settings.language)
