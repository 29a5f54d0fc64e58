"""The search index: for each word the records that hold it, in files that a page loads as it needs them.

A file is a script that calls ``vidgist.words(bucket, {word: postings})``: pages opened from a disk may load
scripts and nothing else. A posting is four characters of `ALPHABET`: the record's number in three (most
significant first), then its weight. Numbers only grow and nothing is ever taken out of a file, so that adding
records appends; a number that is no longer in use is passed over by the reader.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from vidgist.site.words import bucket, words

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MOST_RECORDS = 64**3
STEPS = 8
"""A weight of ``s`` means ``2 ** (s / STEPS) - 1`` occurrences."""

_BEGIN, _END = 'vidgist.words("', ");\n"


class Index:
    """The files of one folder, read when first touched and written by `save`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, dict[str, str]] = {}
        self._touched: set[str] = set()

    def add(self, number: int, counts: Counter[str]) -> None:
        """Enter one record under a number that was never used."""
        name = _digits(number)
        for word, count in counts.items():
            key = bucket(word)
            file = self._files.get(key)
            if file is None:
                file = self._files[key] = _load(self.folder / f"{key}.js")
            file[word] = f"{file.get(word, '')}{name}{_weight(count)}"
            self._touched.add(key)

    def save(self) -> Iterable[tuple[Path, str]]:
        """Path and text of each file that changed."""
        for key in sorted(self._touched):
            body = json.dumps(self._files[key], ensure_ascii=False, separators=(",", ":"))
            yield self.folder / f"{key}.js", f'{_BEGIN}{key}",{body}{_END}'
        self._touched.clear()


def count(weighted: Iterable[tuple[int, str]]) -> Counter[str]:
    """Occurrences of each word, those in a text of weight 8 counting eightfold."""
    counts: Counter[str] = Counter()
    for weight, text in weighted:
        if weight == 1:
            counts.update(words(text))
        else:
            for word in words(text):
                counts[word] += weight
    return counts


def _load(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    postings: dict[str, str] = json.loads(text[text.index("{") : -len(_END)])
    return postings


def _digits(number: int) -> str:
    return ALPHABET[number >> 12] + ALPHABET[number >> 6 & 63] + ALPHABET[number & 63]


_WEIGHTS = [ALPHABET[min(63, round(STEPS * math.log2(1 + n)))] for n in range(256)]


def _weight(occurrences: int) -> str:
    return _WEIGHTS[min(occurrences, 255)]
