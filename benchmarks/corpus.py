"""Invented documents of the length of a twelve-minute talk, each different and each the same every time."""

import random
import re
from pathlib import Path

WORDS = 1_900
WORDS_A_CUE = 9
SECONDS_A_CUE = 3.6

_SPEECH = Path(__file__).parents[1] / "examples" / "second-inaugural.md"


def documents(folder: Path, count: int) -> Path:
    """Writes ``count`` WebVTT files and a list of them; returns the list."""
    folder.mkdir(parents=True, exist_ok=True)
    text = _SPEECH.read_text(encoding="utf-8").rpartition("---\n")[2]
    sentences = [" ".join(part.split()) for part in re.split(r"(?<=[.!?;:])\s+", text)]
    paths = []
    for number in range(count):
        path = folder / f"talk-{number:05}.vtt"
        path.write_text(_vtt(sentences, number), encoding="utf-8")
        paths.append(str(path))
    listed = folder / "list.txt"
    listed.write_text("\n".join(paths) + "\n", encoding="utf-8")
    return listed


def _vtt(sentences: list[str], number: int) -> str:
    chance = random.Random(number)
    words: list[str] = [f"Talk number {number}."]
    while len(words) < WORDS:
        words.extend(chance.choice(sentences).split())
    cues = ["WEBVTT\n"]
    for start in range(0, len(words), WORDS_A_CUE):
        begin = start / WORDS_A_CUE * SECONDS_A_CUE
        line = " ".join(words[start : start + WORDS_A_CUE])
        cues.append(f"{_clock(begin)} --> {_clock(begin + SECONDS_A_CUE)}\n{line}\n")
    return "\n".join(cues)


def _clock(value: float) -> str:
    minutes, rest = divmod(value, 60)
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}:{rest:06.3f}"
