"""What it takes to read ten hours of captions, in one process: seconds of CPU time by format."""

import json
import random
import statistics
import time
from pathlib import Path

from benchmarks.measuring import seconds, table
from vidgist import readers

LINES, STEP, TIMES = 12_000, 3.0, 5


def captions(folder: Path) -> str:
    del folder
    files = {
        "YouTube's rolling WebVTT": ("talk.vtt", _rolling()),
        "SubRip": ("talk.srt", _subrip()),
        "YouTube's json3": ("talk.json3", _json3()),
        "Whisper's JSON with words": ("talk.json", _whisper()),
        "text with times": ("talk.txt", _text()),
    }
    rows = []
    for name, (file, text) in files.items():
        data = text.encode()
        spent = sorted(_once(file, data) for _ in range(TIMES))
        rows.append((name, f"{len(data) / 1e6:.1f} MB", seconds(statistics.median(spent)), seconds(spent[0])))
    return table(("format", "size", "CPU", "best run"), rows)


def _once(name: str, data: bytes) -> float:
    began = time.process_time()
    readers.read(name, data)
    return time.process_time() - began


def _lines() -> list[list[str]]:
    dice = random.Random(1)
    words = ["".join(dice.choices("abcdefghilmnoprstu", k=dice.randint(2, 9))) for _ in range(3000)]
    return [dice.choices(words, k=8) for _ in range(LINES)]


def _clock(start: float, mark: str = ".") -> str:
    whole, rest = divmod(round(start * 1000), 1000)
    return f"{whole // 3600:02}:{whole % 3600 // 60:02}:{whole % 60:02}{mark}{rest:03}"


def _rolling() -> str:
    out, above = ["WEBVTT", "Kind: captions", "Language: en", ""], " "
    for number, words in enumerate(_lines()):
        start = number * STEP
        timed = "".join(f"<{_clock(start + n * 0.3)}><c> {word}</c>" for n, word in enumerate(words[1:], 1))
        place = "align:start position:0%"
        out += [f"{_clock(start)} --> {_clock(start + 2.99)} {place}", above, words[0] + timed, ""]
        above = " ".join(words)
        out += [f"{_clock(start + 2.99)} --> {_clock(start + STEP)} {place}", above, " ", ""]
    return "\n".join(out)


def _subrip() -> str:
    return "".join(
        f"{n + 1}\n{_clock(n * STEP, ',')} --> {_clock(n * STEP + 2.9, ',')}\n{' '.join(words)}\n\n"
        for n, words in enumerate(_lines())
    )


def _json3() -> str:
    events = [
        {
            "tStartMs": round(n * STEP * 1000),
            "dDurationMs": 4000,
            "segs": [{"utf8": f"{w} ", "acAsrConf": 0} for w in words],
        }
        for n, words in enumerate(_lines())
    ]
    return json.dumps({"events": events})


def _whisper() -> str:
    segments = [
        {
            "start": n * STEP,
            "end": n * STEP + 2.9,
            "text": " ".join(["", *words]),
            "words": [
                {"word": f" {word}", "start": n * STEP + m * 0.3, "end": n * STEP + m * 0.3 + 0.2}
                for m, word in enumerate(words)
            ],
        }
        for n, words in enumerate(_lines())
    ]
    return json.dumps({"segments": segments})


def _text() -> str:
    return "\n".join(f"[{_clock(n * STEP)[:8]}] {' '.join(words)}" for n, words in enumerate(_lines()))
