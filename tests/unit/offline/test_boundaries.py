import json
import math
import random
import zlib
from collections.abc import Sequence

import pytest

from vidgist.offline import boundaries
from vidgist.offline.boundaries import CELL, GATE, HELD, MAGIC, ONE, REACH, STEP, TAILS, WEIGHT, ZERO
from vidgist.offline.tagging import TAGS

WORDS, WIDTH, SIZE = ("0", "a", "bridge", "so", "we"), 2, 3
SUMS = 2 * SIZE
Numbers = list[list[int]]


def cells(values: Sequence[int]) -> bytes:
    whole = sum(value << CELL * at for at, value in enumerate(values))
    return whole.to_bytes(len(values) * CELL // 8, "little", signed=True)


class Made:
    """A small net of drawn numbers: its file, and its answers by plain loops."""

    def __init__(self) -> None:
        chance = random.Random(7)

        def drawn(count: int, length: int, largest: int) -> Numbers:
            return [[chance.randint(-largest, largest) for _ in range(length)] for _ in range(count)]

        self.rows = drawn(len(WORDS) + TAILS + 1, WIDTH, 127)
        self.sides = [
            (
                drawn(WIDTH, SUMS * 2 * REACH, 1 << 14),
                drawn(len(TAGS) + 1, SUMS * 2 * REACH, 1 << 20),
                drawn(SIZE, SUMS, 1 << 11),
                drawn(1, SUMS, 1 << 20),
                drawn(SIZE, 1, 300),
            )
            for _ in range(2)
        ]

    def file(self) -> bytes:
        about = {"words": " ".join(WORDS), "width": WIDTH, "size": SIZE, "bias": -1.5}
        body = bytes(number & 255 for row in self.rows for number in row)
        for figures, tags, states, fresh, answer in self.sides:
            begun = [[number + ZERO for number in fresh[0]]]
            body += b"".join(map(cells, [*figures, *tags, *states, *begun, *answer]))
        return MAGIC + zlib.compress(json.dumps(about).encode() + b"\n" + body)

    def answers(self, side: int, rows: list[int], tags: str) -> list[int]:
        figures, tagged, states, fresh, answer = self.sides[side]
        edge = len(self.rows) - 1
        rows, tags = [edge] * REACH + rows + [edge] * REACH, "|" * REACH + tags + "|" * REACH
        state, found = [0] * SIZE, []
        for gap in range(1, len(rows) - 2 * REACH):
            sums = list(fresh[0])
            for place in range(2 * REACH):
                row, tag = rows[gap + place], (TAGS + "|").index(tags[gap + place])
                # The word nearest to the end of the stretch was heard last, and fills the first of the places.
                first = SUMS * (2 * REACH - 1 - place)
                for at in range(SUMS):
                    sums[at] += sum(self.rows[row][one] * figures[one][first + at] for one in range(WIDTH))
                    sums[at] += tagged[tag][first + at]
            for at in range(SUMS):
                sums[at] += sum(state[one] * states[one][at] for one in range(SIZE))
            steps = [(value >> STEP) * 2.0 ** (STEP - ONE) for value in sums]
            keeps = [round((1 + math.tanh(step / 2)) / 2 * 2**GATE) for step in steps[:SIZE]]
            news = [round(math.tanh(step) * 2**HELD) for step in steps[SIZE:]]
            state = [
                new + (keep * (old - new) >> GATE) for new, keep, old in zip(news, keeps, state, strict=True)
            ]
            found.append(sum(one * weight for one, (weight,) in zip(state, answer, strict=True)))
        return found

    def log_odds(self, keys: Sequence[str], tags: str) -> list[float]:
        rows = [boundaries.row(key, {word: at for at, word in enumerate(WORDS)}) for key in keys]
        forward, backward = self.answers(0, rows, tags), self.answers(1, rows[::-1], tags[::-1])[::-1]
        return [
            math.inf,
            *((a + b) / 2 ** (HELD + WEIGHT) - 1.5 for a, b in zip(forward, backward, strict=True)),
        ]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 60])
def test_many_numbers_at_once_give_what_one_at_a_time_gives(count: int) -> None:
    chance, made = random.Random(count), Made()
    keys = chance.choices([*WORDS, "unseen", "7", "naïve", "\ud800"], k=count)
    tags = "".join(chance.choices(TAGS, k=count))
    assert boundaries.log_odds(keys, boundaries.unpack(made.file()), tags) == made.log_odds(keys, tags)


def test_a_sentence_begins_with_the_first_word_and_nothing_with_none() -> None:
    assert boundaries.log_odds([], boundaries.shipped()) == []
    assert boundaries.log_odds(["so"], boundaries.shipped()) == [math.inf]


def test_all_digits_are_alike() -> None:
    first, second = (f"in {year} the bridge opened so we walked".split() for year in (1940, 2031))
    assert boundaries.log_odds(first, boundaries.shipped(), "IQDNFCOF") == boundaries.log_odds(
        second, boundaries.shipped(), "IQDNFCOF"
    )


def test_unknown_words_of_an_ending_are_alike() -> None:
    words = {"bridge": 0, "00": 1}
    assert [boundaries.row(key, words) for key in ("bridge", "42")] == [0, 1]
    assert 2 <= boundaries.row("zorbing", words) == boundaries.row("quaxing", words) < 2 + TAILS


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="net of sentence bounds"):
        boundaries.unpack(b"VGB2" + Made().file()[4:])
