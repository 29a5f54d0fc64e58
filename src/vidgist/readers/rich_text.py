r"""RTF, as TextEdit, WordPad and Descript save it: its visible lines as plain text. Specification 1.9.1 of Microsoft.

Only what makes text is read: characters by code page (``\'e9``) and by number (``\u233?``), ends of paragraphs,
lines and cells. Fonts, colours, pictures, the codes of fields and what is marked as optional are no words.
"""

import codecs
import re

from vidgist.errors import Unreadable
from vidgist.readers import metadata, plain
from vidgist.readers.cues import Reading
from vidgist.readers.files import File
from vidgist.readers.metadata import About

NAMES = ("rtf",)
SUFFIXES = (".rtf",)

MARK = b"{\\rtf"

_TOKEN = re.compile(
    r"\\(?:(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|'(?P<byte>[0-9a-f]{2})|(?P<sign>[^a-z]))"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    re.IGNORECASE | re.DOTALL,
)
_SHOWN = {
    "par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "~": "\u00a0", "_": "-", "-": "", "\n": "\n", "\r": "\n",
    "\\": "\\", "{": "{", "}": "}",
}  # fmt: skip
_HIDDEN = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf fldinst"
    " listtable listoverridetable rsidtbl generator themedata colorschememapping datastore latentstyles xmlnstbl footnote".split()
)
_TITLE = re.compile(r"\{\\title\s+(?P<title>[^{}]{1,300})\}")
_CODE_PAGE = re.compile(r"\\ansicpg(?P<number>\d{3,5})")
_MAC = "\\mac"
_DEEPEST = 500


def looks(file: File) -> bool:
    return file.data.startswith(MARK)


def read(file: File) -> Reading:
    """Read one. Raises `Unreadable` with the code ``format`` where the braces are nested too deep."""
    source = file.data.decode("ascii", "replace")
    reading = plain.reading(_text(source, file.name).split("\n"))
    title = _TITLE.search(source)
    named = About(title=metadata.text(title["title"]) if title else "")
    return reading.model_copy(update={"about": reading.about.over(named)})


def _text(source: str, name: str) -> str:
    document = _Document(_encoding(source))
    for found in _TOKEN.finditer(source):
        if brace := found["brace"]:
            if document.turn(brace) > _DEEPEST:
                raise Unreadable(f"{name} is no whole RTF document: it is nested too deep", code="format")
        elif found["word"] in _HIDDEN or found["sign"] == "*":
            document.hide()
        else:
            document.take(found)
    return document.text()


class _Document:
    """The visible text so far; each open brace has its own way to hide and to count what stands in for a letter."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._groups = [(False, 1)]
        self._parts: list[str] = []
        self._bytes = bytearray()
        self._stand_ins = 0

    def turn(self, brace: str) -> int:
        """Open or close a group; return how deep the next one stands."""
        if brace == "{":
            self._groups.append(self._groups[-1])
        elif len(self._groups) > 1:
            self._groups.pop()
        return len(self._groups)

    def hide(self) -> None:
        """Leave the rest of this group out."""
        self._groups[-1] = (True, self._groups[-1][1])

    def take(self, found: re.Match[str]) -> None:
        """Add what a token shows. Of the stand-ins behind a numbered letter nothing is shown."""
        hidden, stand_ins = self._groups[-1]
        word, number, text = found["word"], found["number"], found["text"]
        if hidden:
            return
        if word == "uc":
            self._groups[-1] = (False, int(number or 1))
        elif word == "u" and number:
            self._add(chr(int(number) % 0x10000))
            self._stand_ins = stand_ins
        elif found["byte"] and self._stand_ins:
            self._stand_ins -= 1
        elif found["byte"]:
            self._bytes.append(int(found["byte"], 16))
        elif text:
            self._add(text[self._stand_ins :])
            self._stand_ins = max(0, self._stand_ins - len(text))
        else:
            self._add(_SHOWN.get(word or found["sign"] or "", ""))

    def _add(self, text: str) -> None:
        if text and self._bytes:
            self._parts.append(self._bytes.decode(self._encoding, "replace"))
            self._bytes.clear()
        self._parts.append(text)

    def text(self) -> str:
        """Return the text, letters in two halves made whole."""
        self._add(" ")
        whole = "".join(self._parts)
        return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _encoding(source: str) -> str:
    """Return the encoding of bytes by the document's code page."""
    found = _CODE_PAGE.search(source)
    name = f"cp{found['number']}" if found else "mac_roman" if _MAC in source[:100] else "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
