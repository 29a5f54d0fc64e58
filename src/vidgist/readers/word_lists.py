"""Lists of words to sentences: by marks, by pauses, by who speaks; spelt as the whole text beside them spells them."""

import itertools
import math
import re
from collections.abc import Iterable, Sequence
from statistics import median, quantiles

from vidgist.readers.json_entries import WIDE, Entry

_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।")
_MOST = 80
_PAUSE = 2.0
"""Seconds of silence after which a sentence is over, with any marks."""

_MOST_UNMARKED = 30
"""Words of a piece of speech in which no mark shows where sentences end."""

_LEAST_UNMARKED = 5

_CLOSING = re.compile(r"[.,;:!?…%)\]}»”’。、，！？：；]+")


def sentences(words: Sequence[Entry], text: str) -> list[Entry]:
    """Return entries of a word each joined to sentences; spelt as the whole ``text`` spells them, where that is
    known.

    Where no mark ends a sentence they are parted where the speaker pauses.
    """
    spelt = _spelt(words, text)
    marked = any(word.text.rstrip().endswith(_ENDS) for word in spelt)
    long = math.inf if marked else _long_pause(spelt)
    found: list[Entry] = []
    piece: list[Entry] = []
    last: Entry | None = None
    for word in spelt:
        said = bool(word.text.strip())
        if last and said and not word.mark and _is_over(piece, last, word, long, marked=marked):
            found.append(_joined(piece))
            piece = []
        piece.append(word)
        last = word if said else last
    return [*found, _joined(piece)] if piece else found


def _spelt(words: Sequence[Entry], text: str) -> list[Entry]:
    tokens = text.split()
    bare = [word for word in words if word.text.strip()]
    if len(tokens) != len(bare) or any(word.text.strip().endswith(_ENDS) for word in bare):
        return list(words)
    return [word._replace(text=token) for word, token in zip(bare, tokens, strict=True)]


def _long_pause(words: Sequence[Entry]) -> float:
    """Return which pauses between words are long in this talk, in its own unit: the tenth that lasts longest."""
    gaps = [after.start - before.end for before, after in itertools.pairwise(words)]
    known = [gap for gap in gaps if math.isfinite(gap) and gap >= 0]
    return max(quantiles(known, n=10)[-1], 2 * median(known), 1e-9) if len(known) > 1 else math.inf


def _is_over(piece: Sequence[Entry], last: Entry, word: Entry, long: float, *, marked: bool) -> bool:
    """Return whether a sentence is over before this word: by its mark, its length, a pause, another voice."""
    if word.speaker != last.speaker or last.text.rstrip().endswith(_ENDS):
        return True
    if not marked and len(piece) >= _LEAST_UNMARKED and word.start - last.end >= long:
        return True
    silent = last.scale > 0 and (word.start - last.end) * last.scale > _PAUSE
    return silent or len(piece) >= (_MOST if marked else _MOST_UNMARKED)


def _joined(piece: Sequence[Entry]) -> Entry:
    if any(one.text != one.text.strip() for one in piece):
        text = "".join(one.text for one in piece)
    else:
        text = _spaced(piece)
    timed = [one for one in piece if one.has_time and one.text.strip()]
    first = timed[0] if timed else piece[0]
    ends = [one.end for one in timed if not math.isnan(one.end)]
    return first._replace(text=text, speaker=first.speaker, end=ends[-1] if ends else math.nan, mark=False)


def _spaced(piece: Iterable[Entry]) -> str:
    text = ""
    for one in piece:
        joins = (
            one.mark
            or _CLOSING.fullmatch(one.text)
            or (text and WIDE.match(text[-1]) and WIDE.match(one.text))
        )
        text += one.text if joins or not text else f" {one.text}"
    return text
