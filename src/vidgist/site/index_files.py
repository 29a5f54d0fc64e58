"""The search index: for each word the records that hold it, in files that a page loads as it needs them.

A file is a script of lines that call ``vidgist.words(bucket, {word: postings})``, one for each time records
were added: pages opened from a disk may load scripts and nothing else. A posting is four characters of
`ALPHABET`: the record's number in three (most significant first), then its weight. Numbers only grow and
nothing is ever taken out of a file, so that adding records appends a line and reads none; a number that is
no longer in use is passed over by the reader.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from vidgist.text.search_words import bucket, words

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MOST_RECORDS = 64**3
STEPS = 8
"""A weight of ``s`` means ``2 ** (s / STEPS) - 1`` occurrences."""

MOST_PARTS = 64
"""Lines of a file; before there are more, all become one again."""

_BEGIN, _END = 'vidgist.words("', ");\n"


class Index:
    """What is added to the files of a folder; `save` writes it. ``parts`` is the most lines a file has."""

    def __init__(self, folder: Path, parts: int = 0) -> None:
        self.folder = folder
        self.parts = parts
        self._added: dict[str, list[str]] = {}

    def add(self, number: int, words: Iterable[str], weights: str) -> None:
        """Enter one record under a number that was never used; ``weights`` are those of its words."""
        name = _digits(number)
        added = self._added
        for word, weight in zip(words, weights, strict=True):
            postings = added.get(word)
            if postings is None:
                added[word] = [name + weight]
            else:
                postings.append(name + weight)

    def save(self) -> None:
        """Append what was added since. Raises `OSError`."""
        if not self._added:
            return
        if self.parts >= MOST_PARTS:
            self._merge()
        files: dict[str, dict[str, str]] = {}
        for word, postings in self._added.items():
            files.setdefault(bucket(word), {})[word] = "".join(postings)
        for key, whole in files.items():
            with (self.folder / f"{key}.js").open("a", encoding="utf-8", newline="\n") as file:
                file.write(_line(key, whole))
        self._added.clear()
        self.parts += 1

    def _merge(self) -> None:
        for path in self.folder.glob("*.js"):
            whole: dict[str, str] = {}
            for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
                for word, postings in json.loads(line[line.index("{") : 1 - len(_END)]).items():
                    whole[word] = whole.get(word, "") + postings
            path.write_text(_line(path.stem, whole), encoding="utf-8", newline="\n")
        self.parts = 1


def count(weighted: Iterable[tuple[int, str]]) -> Counter[str]:
    """Count occurrences of each word, those in a text of weight 8 counting eightfold."""
    counts: Counter[str] = Counter()
    for weight, text in weighted:
        if weight == 1:
            counts.update(words(text))
        else:
            for word in words(text):
                counts[word] += weight
    return counts


def _line(key: str, postings: dict[str, str]) -> str:
    return f'{_BEGIN}{key}",{json.dumps(postings, ensure_ascii=False, separators=(",", ":"))}{_END}'


def _digits(number: int) -> str:
    return ALPHABET[number >> 12] + ALPHABET[number >> 6 & 63] + ALPHABET[number & 63]


_WEIGHTS = [ALPHABET[min(63, round(STEPS * math.log2(1 + n)))] for n in range(256)]


def weights(occurrences: Iterable[int]) -> str:
    """Return a character of `ALPHABET` for each number of occurrences."""
    return "".join(_WEIGHTS[min(one, 255)] for one in occurrences)
