"""The words of an index: how many passages hold each, and which are spelt like a word that none holds.

    word        term: each word of the notes; passages: how many hold it, those of notes that went too
    spelling    FTS5 without content: the three-letter parts of a word, by its id; words of letters alone

A word is looked for by its parts, so that the time does not grow with the number of words.
"""

import difflib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

_WORD = "CREATE TABLE word (id INTEGER PRIMARY KEY, term TEXT UNIQUE, passages INTEGER)"
_SPELLING = (
    "CREATE VIRTUAL TABLE spelling USING fts5(parts, content='', detail=none, columnsize=0, tokenize='ascii')"
)
SCHEMA: Final = (_WORD, _SPELLING)

SHORTEST = 4
"""Letters of a word that is looked for by its parts."""

_SIZE = 3
_EDGE = "\u00b7"
"""Marks the beginning and the end of a word; no word holds it, and FTS5 takes it for a letter."""

_MOST = 1_000
"""Words that one part brings; it takes a hundred thousand words until one stands in more."""

_COMPARED = 40
_ALIKE = 0.8
"""Words that are compared letter by letter, and the ratio from which two are spelt alike."""


class Vocabulary:
    """The words of one open index."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, counts: Mapping[str, int]) -> None:
        """Add to each word the number of further passages that hold it. Raises `sqlite3.Error`."""
        execute = self._database.execute
        for term, passages in counts.items():
            more = execute("UPDATE word SET passages = passages + ? WHERE term = ?", (passages, term))
            if more.rowcount:
                continue
            new = execute("INSERT INTO word (term, passages) VALUES (?, ?)", (term, passages)).lastrowid
            if len(term) >= SHORTEST and term.isalpha():
                parts = " ".join(dict.fromkeys(_parts(f"{_EDGE}{term}{_EDGE}")))
                execute("INSERT INTO spelling (rowid, parts) VALUES (?, ?)", (new, parts))

    def count(self, term: str) -> int:
        """Return the number of passages that hold a word; those of notes that went count too."""
        row = self._database.execute("SELECT passages FROM word WHERE term = ?", (term,)).fetchone()
        return int(row[0]) if row else 0

    def beginning(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """Return words that begin so, each with the number of its passages, in alphabetical order."""
        query = "SELECT term, passages FROM word WHERE term >= ? AND term < ? ORDER BY term LIMIT ?"
        return self._database.execute(query, (prefix, f"{prefix}\U0010ffff", most)).fetchall()

    def containing(self, part: str, most: int) -> list[str]:
        """Return the commonest words with these letters in them, as a German compound has."""
        if len(part) < _SIZE or not part.isalpha():
            return []
        wanted = " AND ".join(f'"{one}"' for one in dict.fromkeys(_parts(part)))
        found = (one for one in self._terms(self._with(wanted)) if part in one[0])
        return [term for term, _ in sorted(found, key=lambda one: (-one[1], one[0]))[:most]]

    def alike(self, word: str, most: int) -> list[str]:
        """Return words spelt almost like one, the likeliest first."""
        if len(word) < SHORTEST or not word.isalpha():
            return []
        shared: Counter[int] = Counter()
        for part in dict.fromkeys(_parts(f"{_EDGE}{word}{_EDGE}")):
            shared.update(self._with(f'"{part}"'))
        likely = [number for number, _ in shared.most_common(_COMPARED)]
        known = dict(self._terms(likely))
        known.update((one, count) for one in _slips(word) if (count := self.count(one)))
        return difflib.get_close_matches(word, sorted(known), n=most, cutoff=_ALIKE)

    def _with(self, wanted: str) -> list[int]:
        query = "SELECT rowid FROM spelling WHERE spelling MATCH ? LIMIT ?"
        return [row for (row,) in self._database.execute(query, (wanted, _MOST))]

    def _terms(self, numbers: list[int]) -> Iterator[tuple[str, int]]:
        for number in numbers:
            row = self._database.execute("SELECT term, passages FROM word WHERE id = ?", (number,)).fetchone()
            if row:
                yield row[0], int(row[1])


def _parts(text: str) -> list[str]:
    return [text[at : at + _SIZE] for at in range(len(text) - _SIZE + 1)]


def _slips(word: str) -> Iterator[str]:
    """Yield a word with one letter left out, and with two neighbours changed over: it shares few parts."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        if at + 1 < len(word):
            yield f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
