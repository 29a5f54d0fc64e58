"""Rectangles on shelves."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from vidgist.drawing.packing import pack

GAP = (3.0, 2.0)
SIZES = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 30)), max_size=25)


@given(SIZES)
def test_none_overlap_and_all_keep_within(sizes: list[tuple[int, int]]) -> None:
    corners = pack(sizes, 60, GAP)
    placed = [(x, y, x + width, y + height) for (x, y), (width, height) in zip(corners, sizes, strict=True)]
    assert all(x >= 0 and y >= 0 and right <= 60 for x, y, right, _ in placed)
    for one, two in combinations(placed, 2):
        apart = (
            one[2] + GAP[0] <= two[0]
            or two[2] + GAP[0] <= one[0]
            or one[3] + GAP[1] <= two[1]
            or two[3] + GAP[1] <= one[1]
        )
        assert apart


def test_small_ones_fill_the_room_beside_a_tall_one() -> None:
    assert pack([(10, 5), (20, 12), (10, 5)], 40, GAP) == ((23, 0), (0, 0), (23, 7))


def test_one_too_wide_stands_alone() -> None:
    assert pack([(100, 5), (10, 5)], 40, GAP) == ((0, 0), (0, 7))
