"""Which part of speech each word of English speech is, with or without punctuation and capitals.

A linear model over hashed features (averaged perceptron, read from left to right), taught by a parser's tags of
punctuated transcripts whose punctuation was taken out (docs/offline.md names them; benchmarks/train_tags.py
repeats it). Weights are signed bytes in a packed table: no library, no download.
"""

import zlib
from array import array
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, TypeAlias

from vidgist.offline import lexicon

NOUN, NAME, ADJECTIVE, ADVERB, DETERMINER, NUMBER = "NPJRDQ"
PRONOUN, POSSESSIVE, ASKING, PREPOSITION, SUBORDINATOR, CONJUNCTION = "OSWICK"
MODAL, FINITE, BASE, GERUND, PARTICIPLE, TO, PARTICLE = "MFBGETA"
INTERJECTION, CONTRACTED, OTHER = "ULX"
"""``ASKING``: who, which, how …, relative or not; ``SUBORDINATOR``: if, because, that before a clause;
``FINITE``: a verb in the present or past; ``CONTRACTED``: a subject with its verb (``it's``, ``we'll``)."""
TAGS: Final = "NPJRDQOSWICKMFBGETAULX"

BITS = 16
_MASK = (1 << BITS) - 1
MAGIC = b"VGT1"
_EDGE = "|"


Table: TypeAlias = "array[int]"
"""A signed byte for each bucket and tag, at ``bucket * len(TAGS) + tag``."""


def hashed(feature: str) -> int:
    """Return the bucket of a feature."""
    return zlib.crc32(feature.encode("utf-8", "replace")) & _MASK


def shapes(keys: Sequence[str]) -> list[str]:
    """Return what the lexicon knows of each word; its ending where it knows none."""
    lex = lexicon.shipped()
    return [lex.letters(key) if lex.knows(key) else "?" + key[-3:] for key in keys]


def features(keys: Sequence[str], kinds: Sequence[str]) -> list[list[int]]:
    """Return for each word the buckets of what stands around it; ``kinds`` are its `shapes`. Linear."""
    edge = [_EDGE, _EDGE]
    words, kinds = [*edge, *keys, *edge], [*edge, *kinds, *edge]
    found = []
    for at in range(2, len(words) - 2):
        before, word, after = words[at - 1 : at + 2]
        kind, next_kind = kinds[at], kinds[at + 1]
        named = (
            f"0{word}", f"1{word[-3:]}", f"2{before}", f"3{after}", f"4{before} {word}", f"5{word} {after}", f"6{kind}",
            f"7{next_kind}", f"8{before} {kind}", f"9{kind} {after}", f"a{after} {words[at + 2]}", f"g{kind} {next_kind}",
        )  # fmt: skip
        found.append([hashed(feature) for feature in named])
    return found


def history(word: str, kind: str, last: str, before: str) -> list[int]:
    """Return the buckets of a word with the tags of the ``last`` word and the one ``before`` it."""
    return [
        hashed(feature) for feature in (f"b{last}", f"c{last}{before}", f"d{last} {word}", f"e{last} {kind}")
    ]


def tag(keys: Sequence[str], table: Table) -> str:
    """Return a letter of `TAGS` for each word. Linear."""
    width, kinds = len(TAGS), shapes(keys)
    last = before = _EDGE
    found = []
    for key, kind, near in zip(keys, kinds, features(keys, kinds), strict=True):
        buckets = (*near, *history(key, kind, last, before))
        rows = [table[bucket * width : bucket * width + width] for bucket in buckets]
        scores = [sum(column) for column in zip(*rows, strict=True)]
        before, last = last, TAGS[scores.index(max(scores))]
        found.append(last)
    return "".join(found)


def unpack(data: bytes) -> Table:
    """Return a table from its file. Raise `ValueError` where it is not one."""
    if not data.startswith(MAGIC):
        raise ValueError("not a table of tags")
    table = array("b", zlib.decompress(data.removeprefix(MAGIC)))
    if len(table) != len(TAGS) << BITS:
        raise ValueError("not a table of tags")
    return table


@cache
def shipped() -> Table:
    """Return the table that comes with the package."""
    return unpack((files("vidgist.offline") / "tags.bin").read_bytes())
