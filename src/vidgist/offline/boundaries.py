"""Where sentences end in English speech that has neither punctuation nor capitals.

A small recurrent net, read forward and backward, trained on punctuated talks and meetings with their punctuation taken
out (docs/offline.md names them; benchmarks/train_boundaries.py repeats it). Whole numbers all through, so that all
machines agree; many are added and multiplied at once as the cells of one, which needs no library.
"""

import json
import math
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from operator import mul
from struct import Struct
from typing import NamedTuple

from vidgist.offline import tagging
from vidgist.offline.tagging import TAGS

MAGIC = b"VGB3"
REACH, TAILS = 3, 512
"""Words on either side that a gap hears of at once, and kinds of endings, which stand for words not learnt."""
CELL, ZERO = 32, 1 << 29
"""Bits of a cell, and what is 0 in it, so that no cell is negative."""
ONE, STEP, HELD, GATE, WEIGHT = 22, 16, 10, 8, 8
"""Bits of 1 in a sum, of a step of the curves, and of 1 in a state, a gate and a weight of the answer."""
_EDGE = "|"


def _curve(bend: Callable[[float], float], bits: int) -> list[int]:
    steps = ZERO >> STEP
    return [round(bend(at / (1 << ONE - STEP)) * (1 << bits)) for at in range(-steps, steps)]


_BENT = _curve(math.tanh, HELD)
_KEPT = _curve(lambda value: (1 + math.tanh(value / 2)) / 2, GATE)


class Side(NamedTuple):
    """What a row, a tag and each number of the state add to sums that begin ``fresh``; what the state says of an end."""

    said: Callable[[int], int]
    tags: dict[str, int]
    states: list[int]
    fresh: int
    answer: list[int]


class Net(NamedTuple):
    """``words`` have the first rows, then come endings, then what stands around a talk; ``bias`` is in log odds."""

    words: dict[str, int]
    sides: tuple[Side, Side]
    bias: float


def row(key: str, words: Mapping[str, int]) -> int:
    """Return the row of a word; all digits are alike, and so are the unknown words of an ending."""
    word = re.sub(r"\d", "0", key)
    return words.get(word, len(words) + zlib.crc32(word[-3:].encode("utf-8", "replace")) % TAILS)


def log_odds(keys: Sequence[str], net: Net, tags: str = "") -> list[float]:
    """Return for the gap before each word the log odds that a sentence ends there; the first gap always does.

    ``tags`` are the words' parts of speech, found here where none are given. Linear.
    """
    tags = tags or tagging.tag(keys, tagging.shipped())
    rows, edge = [row(key, net.words) for key in keys], len(net.words) + TAILS
    forward = _answers(net.sides[0], rows, tags, edge)
    backward = [*_answers(net.sides[1], rows[::-1], tags[::-1], edge)][::-1]
    answers = (sum(pair) / (1 << HELD + WEIGHT) for pair in zip(forward, backward, strict=True))
    return [math.inf, *(answer + net.bias for answer in answers)][: len(keys)]


def _answers(side: Side, rows: list[int], tags: str, edge: int) -> Iterator[int]:
    """Yield what a direction says of each gap between two words, in its order."""
    size, last = len(side.answer), 2 * REACH - 1
    width, halves = CELL * 2 * size, Struct(f"<{4 * size}H")
    state, sums = [0] * size, sum(side.fresh << width * at for at in range(last + 1))
    rows, tags = [edge] * REACH + rows + [edge] * (REACH - 1), _EDGE * REACH + tags + _EDGE * (REACH - 1)
    for at, (row, tag) in enumerate(zip(rows, tags, strict=True)):
        sums += side.said(row) + side.tags[tag]
        if at > last:
            total = sum(map(mul, state, side.states), sums & (1 << width) - 1)
            found = halves.unpack(total.to_bytes(halves.size, "little"))[1::2]
            gates = zip(found[:size], found[size:], state, strict=True)
            state = [(new := _BENT[sum_]) + (_KEPT[keep] * (old - new) >> GATE) for keep, sum_, old in gates]
            yield sum(map(mul, state, side.answer))
        sums = (sums >> width) + (side.fresh << width * last)


def unpack(data: bytes) -> Net:
    """Return a net from its file. Raise `ValueError` where it is not one."""
    if not data.startswith(MAGIC):
        raise ValueError("not a net of sentence bounds")
    head, _, body = zlib.decompress(data.removeprefix(MAGIC)).partition(b"\n")
    about, take = json.loads(head), BytesIO(body).read
    words, size, width = about["words"].split(), about["size"], about["width"]
    table = memoryview(take((len(words) + TAILS + 1) * width)).cast("b")

    def cells(count: int, length: int) -> list[int]:
        return [int.from_bytes(take(length * CELL // 8), "little", signed=True) for _ in range(count)]

    def side() -> Side:
        figures, tags = cells(width, 4 * size * REACH), cells(len(TAGS) + 1, 4 * size * REACH)

        @lru_cache(maxsize=1_024)
        def said(row: int) -> int:
            return sum(map(mul, table[row * width : (row + 1) * width], figures))

        named = dict(zip(TAGS + _EDGE, tags, strict=True))
        return Side(said, named, cells(size, 2 * size), cells(1, 2 * size)[0], cells(size, 1))

    return Net({word: row for row, word in enumerate(words)}, (side(), side()), about["bias"])


@cache
def shipped() -> Net:
    """Return the net that comes with the package."""
    return unpack((files("vidgist.offline") / "boundaries.bin").read_bytes())
