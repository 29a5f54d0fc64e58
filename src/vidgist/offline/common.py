"""Which words are common in all speech: a list learnt from talks and meetings, so that what only a talk says counts."""

from functools import cache
from importlib.resources import files

STEPS = 10
"""A word of step 9 is in nine of ten talks and meetings or more, one of step 0 in fewer than one in ten."""


@cache
def shipped() -> dict[str, int]:
    """Return the step of each common stem. Others are not in it."""
    text = (files("vidgist.offline") / "common.txt").read_text(encoding="ascii")
    return {stem: int(step) for step, *stems in map(str.split, text.splitlines()) for stem in stems}


def weight(stem: str) -> float:
    """Return how much a word says of a talk, from 1 for a rare one to 0 for one that every talk has."""
    step = shipped().get(stem)
    return 1.0 if step is None else max(0.05, 1 - (step + 1) / STEPS)
