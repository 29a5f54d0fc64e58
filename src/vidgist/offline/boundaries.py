"""Where sentences end in English speech that has neither punctuation nor capitals.

A logistic regression over hashed runs of words and of parts of speech around each gap between two words, trained on
punctuated talks and meetings with their punctuation taken out (docs/offline.md names them;
benchmarks/train_boundaries.py repeats it). Weights are signed bytes in a packed table: no library, no download.
"""

import math
import zlib
from array import array
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from vidgist.offline import tagging

BUCKETS, STEP = 1_048_573, 15_485_863
"""A prime: sums of multiples of two words' numbers, taken modulo it, spread evenly; and what parts the shapes."""
FACTORS, REACH = (128_486, 191_838, 334_380, 524_436, 872_872), 4
"""One for each place of a shape; words on either side of a gap that one can see."""
MAGIC = b"VGB2"
_EDGE = "|"

SHAPES = (
    "w-1", "w0", "w-2", "w1", "w-2 w-1", "w-1 w0", "w0 w1", "w-3 w-2 w-1", "w0 w1 w2", "w-2 w-1 w0 w1",
    "t-1 t0", "t-2 t-1 t0", "t-1 t0 t1", "t-3 t-2 t-1 t0 t1", "t-2 t-1 t0 t1 t2", "t0 t1 t2 t3", "t-4 t-3 t-2 t-1",
    "w-1 t0", "t-1 w0", "t-2 t-1 w0", "t-1 w0 w1",
)  # fmt: skip
"""Each feature is a run of words (w) or of their parts of speech (t); 0 is the word after the gap."""


class Weights(NamedTuple):
    """``table[bucket] * scale`` is a feature's weight; ``bias`` the log odds of a gap without features."""

    table: "array[int]"
    scale: float
    bias: float


def buckets(keys: Sequence[str], tags: str) -> list[list[int]]:
    """Return for each shape the bucket of its feature at the gap before each word. Linear."""
    edge = [zlib.crc32(_EDGE.encode())] * REACH
    numbers = {
        "w": [*edge, *(zlib.crc32(key.encode("utf-8", "replace")) for key in keys), *edge],
        "t": [*edge, *(zlib.crc32(f"T{tag}".encode()) for tag in tags), *edge],
    }
    size, found = len(keys), []
    for number, shape in enumerate(SHAPES, start=1):
        sums = [number * STEP] * size
        for factor, place in zip(FACTORS, shape.split(), strict=False):
            first = REACH + int(place[1:])
            column = numbers[place[0]][first : first + size]
            sums = [total + factor * value for total, value in zip(sums, column, strict=True)]
        found.append([total % BUCKETS for total in sums])
    return found


def log_odds(keys: Sequence[str], weights: Weights, tags: str = "") -> list[float]:
    """Return for the gap before each word the log odds that a sentence ends there; the first gap always does.

    ``tags`` are the words' parts of speech, found here where none are given.
    """
    table, scale, bias = weights
    columns = [
        [table[bucket] for bucket in column]
        for column in buckets(keys, tags or tagging.tag(keys, tagging.shipped()))
    ]
    odds = [sum(column) * scale + bias for column in zip(*columns, strict=True)]
    if odds:
        odds[0] = math.inf
    return odds


def unpack(data: bytes) -> Weights:
    """Return weights from their file. Raise `ValueError` where it is not one."""
    if not data.startswith(MAGIC):
        raise ValueError("not a table of boundary weights")
    head, _, body = data.removeprefix(MAGIC).partition(b"\n")
    scale, bias = map(float, head.split())
    table = array("b", zlib.decompress(body))
    if len(table) != BUCKETS:
        raise ValueError("not a table of boundary weights")
    return Weights(table, scale, bias)


@cache
def shipped() -> Weights:
    """Return the weights that come with the package."""
    return unpack((files("vidgist.offline") / "boundaries.bin").read_bytes())
