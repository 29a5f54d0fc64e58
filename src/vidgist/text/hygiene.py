"""Make text printable, put it on one line, and find where sentences end, in every script. Pure."""

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""Control characters, line and paragraph separators, and lone surrogates, which UTF-8 cannot hold."""

SENTENCE_MARKS = ".!?…。！？؟۔।։።។။།"
"""Full stops, exclamation and question marks of Latin, CJK, Arabic, Urdu, Devanagari, Armenian, Ethiopic,
Khmer, Burmese and Tibetan.
"""

CLOSING_MARKS = "'\"”’»)]」』"
"""Quotation marks and brackets that may follow the mark of a sentence."""

_CLOSING = re.escape(CLOSING_MARKS)
_SENTENCE_END = re.compile(rf"[{SENTENCE_MARKS}][{_CLOSING}]*\s*\Z")
_SENTENCES_END = re.compile(rf"[{SENTENCE_MARKS}][{_CLOSING}]*(?=\s|$)|[。！？][{_CLOSING}]*")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…؟۔।։።។။།])\s+|(?<=[。！？])")


def published(text: str) -> str:
    """Return the text as published but on one line: runs of control characters become one space."""
    return _CONTROLS.sub(" ", text).strip()


def one_line(text: str) -> str:
    """Return the text on one line, without control characters, runs of white space made single."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def shortened(text: str, most: int) -> str:
    """Return the text on one line of at most ``most`` characters, the last one an ellipsis if it was cut."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def ends_sentence(text: str) -> bool:
    """Return whether the text ends with the end of a sentence, closing marks behind it included."""
    return _SENTENCE_END.search(text) is not None


def sentence_ends(text: str) -> list[int]:
    """Return the places in the text just behind each end of a sentence, in order."""
    return [found.end() for found in _SENTENCES_END.finditer(text)]


def sentences(text: str) -> list[str]:
    """Return the sentences of the text, none empty; a mark within a word ends none."""
    return [part for part in _BETWEEN_SENTENCES.split(text) if part]
