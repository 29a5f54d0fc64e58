"""Search thousands of notes and time every kind of query: what `vidgist search` waits for after its start.

    python -m benchmarks.searching TALKS.jsonl [MORE.jsonl ...] [--notes 5000] [--words 1900] [--keep FOLDER]

The notes are made of sentences drawn from the talks (a line of TALKS holds ``text``), half of them text records, half JSON
documents with a caption line for each eight words. Every note has two words that stand in no other, and one note in fifty is
in Japanese. Each query runs five times over an open index; the best run counts, since other work only adds.
"""

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from datetime import datetime
from pathlib import Path

from benchmarks.across import note
from vidgist.archive import search
from vidgist.archive.index import NAME, Index
from vidgist.models import Record
from vidgist.notes import document
from vidgist.text import record
from vidgist.text.search_words import words

RUNS = 5
TARGET = 50.0
"""Milliseconds."""

_BOUND = re.compile(r"(?<=[.!?])\s+")
_SYLLABLES = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "jo",
    "ke",
    "li",
    "mo",
    "nu",
    "pa",
    "qua",
    "ri",
    "bren",
    "stal",
)
_JAPANESE = (
    "東京では電車がとても静かです。",
    "駅で音楽が流れます。",
    "価格は一年で三割上がりました。",
    "この橋は一九八七年に開通した。",
    "新しい言語を学ぶのに時間がかかります。",
    "市場の調査によると需要は減っている。",
)
_ASKED = (
    "lightning channel price",
    "What did she say about pricing?",
    "how do fees work when the mempool is full",
    "who decided to move the microphone",
    "what does the speaker think about privacy, and why does he say that nobody cares",
    "How long does it take until a transaction is confirmed, and what happens if the fee is too low to get in?",
)


def sentences(files: Sequence[Path]) -> list[str]:
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return [one for line in lines for one in _BOUND.split(json.loads(line)["text"]) if one]


def name(chance: random.Random) -> str:
    """An invented word of three to five syllables."""
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(3, 5)))


def fill(folder: Path, pool: Sequence[str], count: int, length: int) -> None:
    chance = random.Random(11)
    for number in range(count):
        drawn = [f"This is said by {name(chance)} of {name(chance)}."]
        size = 0
        source: Sequence[str] = _JAPANESE if number % 50 == 0 else pool
        while size < length:
            drawn.append(chance.choice(source))
            size += len(drawn[-1].split())
            if source is _JAPANESE and len(drawn) > length // 10:
                break
        chance.shuffle(drawn)
        text, title = " ".join(drawn), f"Talk {number} with {name(chance)}"
        if number % 2:
            made = document.render(note(f"talk{number:07d}", title, text))
            (folder / f"talk{number:07d}.json").write_text(made, encoding="utf-8")
        else:
            held = Record(
                timestamp=datetime(2026, 1, 1),
                title=title,
                url=f"https://youtu.be/talk{number:07d}",
                status="success",
                duration="10:00",
                description="### Summary of the Content:\n",
                content=text,
            )
            (folder / f"talk{number:07d}.txt").write_text(record.render(held), encoding="utf-8")


def queries(pool: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Kinds of queries, each with some of them."""
    chance = random.Random(3)
    vocabulary = sorted({word for one in pool for word in words(one)})
    common = [word for one in chance.sample(pool, 400) for word in words(one)]

    def drawn(source: Sequence[str], count: int, end: str = "") -> str:
        return " ".join(chance.choice(source) for _ in range(count)) + end

    long = [word for word in vocabulary if len(word) >= 8]
    yield "asked as people ask", list(_ASKED)
    yield (
        "a sentence of a talk",
        [one for one in chance.sample(pool, 400) if 8 <= len(one.split()) <= 40][:30],
    )
    for count in (1, 2, 3, 6, 10, 15, 24):
        yield f"{count} of the words said", [drawn(common, count, "?" * (count % 2)) for _ in range(15)]
    yield "24 rare words", [drawn(vocabulary, 24) for _ in range(15)]
    yield "a name that no note has", [name(chance) + "ov" for _ in range(20)]
    yield "a word misspelt", [_misspelt(chance.choice(long), chance) for _ in range(30)]
    yield (
        "ten words misspelt",
        [" ".join(_misspelt(chance.choice(long), chance) for _ in range(10)) for _ in range(5)],
    )
    yield "24 words that no note has", [" ".join(name(chance) + "ov" for _ in range(24)) for _ in range(5)]
    yield "the inside of a word", [chance.choice(long)[2:] for _ in range(20)]
    yield (
        "stop words alone",
        ["what did they say about it", "the", "who is that?", "und was ist das", "a of the in to and"],
    )
    yield "one letter or figure", ["a", "i", "x", "7", "2026", "I x"]
    yield "a paste of 400 words", [drawn(common, 400), drawn(vocabulary, 400), " ".join(["the same"] * 200)]
    yield (
        "Japanese",
        ["電車", "価格は上がりましたか", "東京の電車はなぜ静かなのですか？", "橋", "存在しない言葉"],
    )
    yield (
        "quotes and operators",
        ['"the fee"', "fee AND NOT -channel OR (price*)", '"" * ^ NEAR(', "col:word {x} \\", "C++ & C#"],
    )
    yield "accents and case", ["CAFÉ", "ＢＩＴＣＯＩＮ", "naïve señor"]


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randint(2, len(word) - 3)
    return f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"


def timed(index: Index, asked: str) -> float:
    best = float("inf")
    for _ in range(RUNS):
        began = time.perf_counter()
        search.within(index, asked, limit=10)
        best = min(best, time.perf_counter() - began)
    return 1000 * best


def measure(folder: Path, pool: Sequence[str], *, show: bool) -> str:
    began = time.perf_counter()
    with closing(Index(folder)) as index:
        changes = index.refresh()
        made = time.perf_counter() - began
        rows = ["| query | how many | median | longest |", "| --- | ---: | ---: | ---: |"]
        every: list[float] = []
        for kind, asked in queries(pool):
            times = [timed(index, one) for one in asked]
            every += times
            rows.append(
                f"| {kind} | {len(asked)} | {statistics.median(times):.0f} ms | {max(times):.0f} ms |"
            )
            if show:
                for took, one in sorted(zip(times, asked, strict=True), reverse=True)[:3]:
                    print(f"  {took:6.1f} ms  {one[:110]}")
        text = sum(one.stat().st_size for one in folder.glob("talk*.txt"))
        size = (folder / NAME).stat().st_size
        head = (
            f"{len(index.entries):,} notes, {index.size:,} passages; {changes.read:,} read in {made:.1f} s; "
            f"the index has {size / 1e6:.0f} MB, about {50 * size / text:.0f} % of the text\n"
            f"{sum(one <= TARGET for one in every)} of {len(every)} queries within {TARGET:.0f} ms, the longest {max(every):.0f} ms\n"
        )
    return "\n".join((head, *rows))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="TALKS.jsonl")
    parser.add_argument("--notes", type=int, default=5_000)
    parser.add_argument("--words", type=int, default=1_900)
    parser.add_argument("--keep", type=Path, help="make the notes in this folder, and leave them there")
    parser.add_argument("--show", action="store_true", help="name the longest of each kind")
    options = parser.parse_args()
    pool = sentences(options.files)
    with nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        folder.mkdir(exist_ok=True)
        if not any(folder.iterdir()):
            fill(folder, pool, options.notes, options.words)
        print(measure(folder, pool, show=options.show))
    return 0


if __name__ == "__main__":
    sys.exit(main())
