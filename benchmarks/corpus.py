"""Invented documents of the length of a twelve-minute talk, each different and each the same every time."""

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

WORDS = 1_900
WORDS_A_CUE = 9
SECONDS_A_CUE = 3.6

_SPEECH = Path(__file__).parents[1] / "examples" / "second-inaugural.md"


def documents(folder: Path, count: int, words: int = WORDS) -> Path:
    """Writes ``count`` WebVTT files of so many words and a list of them; returns the list."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        path = folder / f"talk-{number:05}.vtt"
        lines = (
            f"{_clock(start)} --> {_clock(start + length)}\n{text}\n"
            for start, length, text in cues(number, words)
        )
        path.write_text("\n".join(("WEBVTT\n", *lines)), encoding="utf-8")
        paths.append(str(path))
    listed = folder / "list.txt"
    listed.write_text("\n".join(paths) + "\n", encoding="utf-8")
    return listed


def cues(number: int, length: int = WORDS) -> Iterator[tuple[float, float, str]]:
    """Start, duration and words of each cue of a talk: sentences of a speech's own words, none said twice."""
    chance = random.Random(number)
    words = [f"Talk number {number}."]
    while len(words) < length:
        sentence = chance.choices(_vocabulary(), k=chance.randint(8, 20))
        words.extend([sentence[0].capitalize(), *sentence[1:-1], f"{sentence[-1]}."])
    for first in range(0, len(words), WORDS_A_CUE):
        yield first / WORDS_A_CUE * SECONDS_A_CUE, SECONDS_A_CUE, " ".join(words[first : first + WORDS_A_CUE])


@cache
def _vocabulary() -> list[str]:
    """Every word as often as it is said."""
    return re.findall(r"[a-z]+", _SPEECH.read_text(encoding="utf-8").rpartition("---\n")[2].lower())


def _clock(value: float) -> str:
    minutes, rest = divmod(value, 60)
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}:{rest:06.3f}"
