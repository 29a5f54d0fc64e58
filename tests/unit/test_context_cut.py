"""A context that a server cut is seen by its count, at any share; a whole one is not taken for cut."""

from collections.abc import Callable

import pytest

from vidgist.llm.prompt_counts import PromptCounts
from vidgist.models import Message, Reply, Request, Usage

Count = Callable[[int], int]


def cuts(counts: PromptCounts, prompts: list[int], told: Count, letters: str = "word") -> list[int]:
    """What is found of prompts of so many tokens, one after another."""
    return [counts.cut(asked(size, letters), answered(told(size))) for size in prompts]


def asked(size: int, letters: str = "word") -> Request:
    return Request(messages=(Message(role="user", content=letters * (size - 4)),))


def answered(told: int) -> Reply:
    return Reply(text="x", usage=Usage(input_tokens=told))


@pytest.mark.parametrize(
    ("sent", "told", "read"),
    [
        (6_500, 4_096, 4_096),
        (8_500, 8_192, 8_192),
        (8_500, 8_191, 8_191),
        (8_300, 8_192, 0),
        (9_200, 7_168, 7_168),
        (6_500, 4_500, 4_500),
        (6_500, 5_600, 0),
        (1_000, 100, 0),
        (40_000, 4_096, 4_096),
    ],
)
def test_a_window_or_a_low_count_is_a_cut_at_once(sent: int, told: int, read: int) -> None:
    assert PromptCounts().cut(asked(sent), answered(told)) == read


@pytest.mark.parametrize("ratio", [0.85, 1.0, 1.3])
@pytest.mark.parametrize("window", [3_900, 5_000, 8_192, 12_288, 30_001])
def test_once_its_measure_is_known_a_server_is_seen_to_cut_at_any_share(window: int, ratio: float) -> None:
    counts = PromptCounts()

    def told(size: int) -> int:
        return min(window, int(size * ratio))

    whole = [int(window / ratio * share) for share in (0.6, 0.7, 0.8, 0.9)]
    assert cuts(counts, whole, told) == [0, 0, 0, 0]
    for share in (1.2, 1.5, 3.0, 10.0):
        read = counts.cut(asked(int(window / ratio * share)), answered(window))
        assert read == pytest.approx(window / max(ratio, 1.0), rel=0.02)


def test_two_prompts_of_different_length_that_count_alike_are_cut() -> None:
    assert cuts(PromptCounts(), [6_500, 8_000, 9_000], lambda _: 5_700) == [0, 5_700, 5_700]


@pytest.mark.parametrize("ratio", [0.75, 0.9, 1.0, 1.4, 2.0])
def test_a_server_that_reads_all_is_never_taken_to_cut(ratio: float) -> None:
    sizes = [1_600, 9_000, 2_500, 30_000, 5_000, 12_000, 60_000, 4_444]
    assert not any(cuts(PromptCounts(), sizes, lambda size: int(size * ratio)))


def test_a_count_without_what_was_cached_is_no_cut() -> None:
    counts = PromptCounts()
    assert cuts(counts, [6_000, 6_100, 6_200, 9_000], lambda size: size) == [0, 0, 0, 0]
    assert cuts(counts, [6_000, 6_500, 8_000], lambda size: size // 2) == [0, 0, 0]


def test_scripts_are_measured_apart() -> None:
    counts = PromptCounts()
    assert not any(cuts(counts, [2_000, 3_000, 4_000, 5_000], lambda size: int(size * 1.2)))
    ideographs = [
        cuts(counts, [size], lambda size: int(1.3 * size), "\u6f22\u5b57\u6f22")
        for size in (2_500, 6_000, 9_000)
    ]
    assert not any(map(any, ideographs))
