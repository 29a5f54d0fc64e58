"""Where sentences end in English speech that has neither punctuation nor capitals.

A logistic regression over hashed word n-grams around each gap between two words, trained on punctuated
transcripts with their punctuation taken out (docs/offline.md names them; benchmarks/train_boundaries.py
repeats it). Weights are signed bytes in a packed table: no library, no download.
"""

import math
import zlib
from array import array
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

BITS = 20
BUCKETS = 1 << BITS
_MASK = BUCKETS - 1
_FILE = "boundaries.bin"
_MAGIC = b"VGB1"
_EDGE = "|"

# Each feature is a tag and the words at these places, 0 being the word after the gap.
_SHAPES = (
    (-1,),
    (0,),
    (-2,),
    (1,),
    (-2, -1),
    (-1, 0),
    (0, 1),
    (-2, -1, 0),
    (-1, 0, 1),
    (-3, -2, -1),
    (0, 1, 2),
    (-2, -1, 0, 1),
)


class Weights(NamedTuple):
    """``table[bucket] * scale`` is a feature's weight; ``bias`` the log odds of a gap without features."""

    table: "array[int]"
    scale: float
    bias: float


def features(keys: Sequence[str]) -> list[list[int]]:
    """For the gap before each word the buckets of its features. Linear."""
    padded = [_EDGE] * 3 + [key.encode("utf-8", "replace").decode() for key in keys] + [_EDGE] * 3
    crc = zlib.crc32
    columns = []
    for tag, places in enumerate(_SHAPES):
        shifted = [padded[3 + place : len(padded) - 3 + place] for place in places]
        columns.append(
            [
                crc(" ".join(words).encode(), tag * 2_654_435_761 & 0xFFFFFFFF) & _MASK
                for words in zip(*shifted, strict=True)
            ]
        )
    return [list(gap) for gap in zip(*columns, strict=True)]


def log_odds(keys: Sequence[str], weights: Weights) -> list[float]:
    """For the gap before each word the log odds that a sentence ends there; the first gap always does."""
    table, scale, bias = weights
    odds = [sum([table[bucket] for bucket in gap]) * scale + bias for gap in features(keys)]
    if odds:
        odds[0] = math.inf
    return odds


def pack(weights: Weights) -> bytes:
    """The file of `unpack`."""
    head = f"{weights.scale!r} {weights.bias!r}\n".encode()
    return _MAGIC + head + zlib.compress(weights.table.tobytes(), 9)


def unpack(data: bytes) -> Weights:
    """Weights from their file. Raises `ValueError` where it is not one."""
    head, _, body = data.removeprefix(_MAGIC).partition(b"\n")
    scale, bias = map(float, head.split())
    table = array("b", zlib.decompress(body))
    if not data.startswith(_MAGIC) or len(table) != BUCKETS:
        raise ValueError("not a table of boundary weights")
    return Weights(table, scale, bias)


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    return unpack((files("vidgist.offline") / _FILE).read_bytes())
