"""Plant facts in talks and look for them again: what search, ask and digest reach, and how fast.

    python -m benchmarks.across TALKS.jsonl [MORE.jsonl ...] [--most 200] [--model local:FILE.gguf --asked 8]

A line of TALKS holds ``id``, ``title`` and ``text``. Into each of the first talks one of 60 invented facts is put,
at a sentence bound in its middle half; the talks become notes with a caption line for each eight words, without a
summary. Every fact is looked for with a direct question, in its own words, and with a paraphrase, which keeps
at most the names. Ten further questions are about what no talk has, and ten more about what a fact names but
does not say.
"""

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from tests.doubles.answering import Scripted, passages, reply
from tests.doubles.engine import Kept

from vidgist.archive import answers, ask, digest, search
from vidgist.archive.index import NAME, Index
from vidgist.archive.model import Model, opened
from vidgist.config import Settings
from vidgist.llm.calls import Calls
from vidgist.models import Answer, Item, Note, Reply, Request, Segment, Transcript, Video
from vidgist.notes import document
from vidgist.offline import OfflineSummarizer
from vidgist.text import tokens

HERE = Path(__file__).parent
WORDS_A_LINE, SECONDS_A_LINE = 8, 3.0
DIGESTED = 20
WINDOW = 4_096
"""Tokens of a real model's window."""

FIRST = 5
"""Passages among which a fact counts as found."""

_BOUND = re.compile(r"(?<=[.!?])\s+")


class Fact(NamedTuple):
    fact: str
    direct: str
    paraphrase: str


def facts() -> list[Fact]:
    text = (HERE / "across_facts.jsonl").read_text(encoding="utf-8")
    return [Fact(**json.loads(line)) for line in text.splitlines()]


def unanswerable() -> list[str]:
    return (HERE / "across_unanswerable.txt").read_text(encoding="utf-8").splitlines()


def unsaid() -> list[str]:
    return (HERE / "across_unsaid.txt").read_text(encoding="utf-8").splitlines()


def talks(files: Iterable[Path], most: int) -> Iterator[tuple[str, str, str]]:
    """Return id, title and text of each talk, as many as are wanted."""
    count = 0
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if count == most:
                return
            row = json.loads(line)
            count += 1
            yield row["id"], row.get("title") or row["id"], row["text"]


def plant(folder: Path, rows: Iterable[tuple[str, str, str]], planted: list[Fact]) -> dict[str, str]:
    """Write the notes; the file that each fact went into."""
    places: dict[str, str] = {}
    chance = random.Random(7)
    for number, (_, title, text) in enumerate(rows):
        name = f"talk{number:07d}"
        words = text
        if number < len(planted):
            words = insert(text, planted[number].fact, chance)
            places[planted[number].fact] = f"{name}.json"
        (folder / f"{name}.json").write_text(document.render(note(name, title, words)), encoding="utf-8")
    return places


def insert(text: str, fact: str, chance: random.Random) -> str:
    sentences = _BOUND.split(text)
    at = chance.randint(len(sentences) // 4, max(1, 3 * len(sentences) // 4))
    return " ".join((*sentences[:at], fact, *sentences[at:]))


def note(name: str, title: str, text: str) -> Note:
    words = text.split()
    lines = [words[at : at + WORDS_A_LINE] for at in range(0, len(words), WORDS_A_LINE)]
    segments = tuple(
        Segment(start=n * SECONDS_A_LINE, duration=SECONDS_A_LINE, text=" ".join(line))
        for n, line in enumerate(lines)
    )
    return Note(
        item=Item(source="youtube", id=name, name=name, url=f"https://www.youtube.com/watch?v={name}"),
        created=datetime(2026, 1, 1),
        video=Video(title=title, seconds=len(lines) * SECONDS_A_LINE, published=date(2025, 5, 5)),
        transcript=Transcript(segments=segments, language="en"),
        answer=Answer(created=datetime(2026, 1, 1)),
    )


def holds(passage: str, fact: str) -> bool:
    """Whether a passage has at least four fifths of the words of a fact."""
    wanted = set(re.findall(r"\w+", fact.lower()))
    return len(wanted & set(re.findall(r"\w+", passage.lower()))) >= 0.8 * len(wanted)


def recall(index: Index, questions: Iterable[tuple[str, str]], *, show: bool) -> tuple[int, int, list[float]]:
    """How many of the facts stand among the first passages for their question; and the milliseconds."""
    found, total = 0, 0
    times: list[float] = []
    for question, fact in questions:
        began = time.perf_counter()
        hits = search.within(index, question, limit=FIRST).hits
        times.append(1000 * (time.perf_counter() - began))
        is_found = any(holds(hit.text, fact) for hit in hits)
        found, total = found + is_found, total + 1
        if show and not is_found:
            print(f"  missed: {question}\n          {fact}")
    return found, total, times


def retrieval(folder: Path, planted: list[Fact], *, show: bool) -> str:
    began = time.perf_counter()
    with closing(Index(folder)) as index:
        changes = index.refresh()
        built = time.perf_counter() - began
        read = map(index.read, index.entries.values())
        text = sum(len(one.transcript.text.encode()) for one in read if one.transcript)
        size = (folder / NAME).stat().st_size
        head = f"{changes.read} notes, {text / 1e6:.1f} MB of text, indexed in {built:.1f} s; "
        rows = [f"{head}the index is {100 * size / text:.0f} % of the text"]
        for kind in ("direct", "paraphrase"):
            asked = [(getattr(one, kind), one.fact) for one in planted]
            found, total, times = recall(index, asked, show=show)
            rows.append(
                f"{kind}: {found} of {total} facts among the first {FIRST} passages "
                f"({100 * found / total:.0f} %), median {statistics.median(times):.0f} ms"
            )
    return "\n".join(rows)


class Rash(Scripted):
    """Answers whatever is asked: with the best passage's first words and a figure of its own."""

    def complete(self, request: Request) -> Reply:
        if not self.replies:
            shown = passages(request.messages[1].content)
            text = f"{' '.join(shown[0][2].split()[:8])} 8,231 times."
            self.replies = [reply([{"text": text, "passages": [1], "quote": ""}])]
        return super().complete(request)


def questions(folder: Path, planted: list[Fact]) -> str:
    """Answers by a model that copies, and by one that invents; the latter's must all fall."""
    rows = []
    with closing(Index(folder)) as index:
        index.refresh()
        for name, kind in (("copies what it is shown", Scripted), ("invents a figure", Rash)):
            right, silent, near, sentences, standing, spent, times = 0, 0, 0, 0, 0, 0, []
            asked = [(one.direct, one.fact) for one in planted[:20]]
            asked += [(one, "") for one in (*unanswerable(), *unsaid())]
            for place, (question, fact) in enumerate(asked):
                began = time.perf_counter()
                calls = Calls(kind(), 1, lambda _: None, Kept(), lambda _: 0.0)
                made = ask.answer(index, question, Model(calls))
                times.append(time.perf_counter() - began)
                spent += sum(tokens.estimate(answers.material(one)) for one in made.passages)
                answered = " ".join(one.text for one in made.sentences)
                right += bool(fact) and holds(answered, fact)
                is_near = place >= len(asked) - len(unsaid())
                silent += not fact and not made.says and not is_near
                near += is_near and not made.says
                sentences += len(made.sentences)
                standing += sum(_stands(one, made) for one in made.sentences)
            rows.append(
                f"a model that {name}: {right} of 20 answered, {silent} of {len(unanswerable())} unanswerable said so, "
                f"{near} of {len(unsaid())} of what is named and not said, "
                f"{standing} of {sentences} sentences stand on what they cite; median "
                f"{1000 * statistics.median(times):.0f} ms beside the model, {spent // len(asked):,} tokens of passages"
            )
    return "\n".join(rows)


class Asked(NamedTuple):
    """How a real model answered: of so many with an answer, and of so many without; ``near`` of what is named."""

    right: int
    said: int
    answerable: int
    silent: int
    unanswerable: int
    near_silent: int
    near: int
    sentences: int
    standing: int
    left_out: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.right} of {self.answerable} answered right, {self.said - self.right} otherwise; "
            f"{self.silent} of {self.unanswerable} unanswerable said so, {self.near_silent} of {self.near} of what is "
            f"named and not said; {self.standing} of {self.sentences} sentences stand on what they cite; "
            f"{self.left_out} left out; {self.seconds:.0f} s"
        )


def real(
    folder: Path, planted: Sequence[Fact], settings: Settings, count: int, *, show: bool = False
) -> Asked:
    """What a real model answers: so many questions with an answer, and as many of each kind without one."""
    began = time.perf_counter()
    total: Counter[str] = Counter()
    asked = [("right", one.direct, one.fact) for one in planted[:count]]
    asked += [("silent", one, "") for one in unanswerable()[:count]]
    asked += [("near", one, "") for one in unsaid()[:count]]
    with closing(Index(folder)) as index, opened(settings, lambda _: None) as (language_model, _):
        index.refresh()
        for kind, question, fact in asked:
            made = ask.answer(index, question, language_model)
            total[f"{kind} asked"] += 1
            total[kind] += _answers(made, fact) if fact else not made.says
            total["said"] += bool(fact) and made.says
            total["sentences"] += len(made.sentences)
            total["standing"] += sum(_stands(one, made) for one in made.sentences)
            total["left out"] += len(made.left_out)
            if show:
                print(f"  {question}\n    {fact or '(no answer)'}")
                for one in made.sentences:
                    print(f"    says: {one.text} {list(one.passages)}")
                for gone in made.left_out:
                    print(f"    left out: {gone.text} ({gone.why})", flush=True)
    return Asked(
        right=total["right"],
        said=total["said"],
        answerable=total["right asked"],
        silent=total["silent"],
        unanswerable=total["silent asked"],
        near_silent=total["near"],
        near=total["near asked"],
        sentences=total["sentences"],
        standing=total["standing"],
        left_out=total["left out"],
        seconds=time.perf_counter() - began,
    )


def _answers(made: answers.AskResult, fact: str) -> bool:
    """Whether a sentence cites the passage with the fact, and shares its figure, or else half of its words."""
    figures, wanted = set(re.findall(r"\d+", fact)), set(re.findall(r"\w+", fact.lower()))
    for one in made.sentences:
        held = set(re.findall(r"\w+", one.text.lower()))
        cites = any(holds(made.passages[number - 1].text, fact) for number in one.passages)
        if cites and ((figures & held) if figures else len(held & wanted) >= len(wanted) / 2):
            return True
    return False


def _stands(sentence: answers.Sentence, made: answers.AskResult) -> bool:
    """Whether the figures of a sentence stand in its passages: judged apart from the code that is judged."""
    cited = " ".join(made.passages[number - 1].text for number in sentence.passages)
    return bool(sentence.passages) and set(re.findall(r"\d+", sentence.text)) <= set(
        re.findall(r"\d+", cited)
    )


def compared(folder: Path, rows: Iterable[tuple[str, str, str]]) -> str:
    """A digest of talks whose ideas the embedded engine made: its parts, and whether each leads to a quote."""
    engine = OfflineSummarizer("", lambda: datetime(2026, 1, 1))
    for number, (_, title, text) in enumerate(rows):
        made = note(f"digest{number:05d}", title, text)
        assert made.video is not None
        assert made.transcript is not None
        made = made.model_copy(update={"answer": engine.summarize(made.video, made.transcript)})
        (folder / f"{made.item.name}.json").write_text(document.render(made), encoding="utf-8")
    with closing(Index(folder)) as index:
        index.refresh()
        began = time.perf_counter()
        found = digest.make(index, None)
        spent = time.perf_counter() - began
        said = {
            entry.title: read.transcript.text
            for entry in index.entries.values()
            if (read := index.read(entry)).transcript
        }
    claims = {one.id: one for one in found.claims}
    cited = [claims[number] for theme in found.themes for one in theme.statements for number in one.claims]
    true = sum(
        any(quote.quote in said[found.talks[one.talk - 1].title] for quote in one.evidence) for one in cited
    )
    return (
        f"{len(found.talks)} talks, {len(found.claims)} ideas: {len(found.themes)} themes, "
        f"{sum(len(theme.statements) for theme in found.themes)} statements, {true} of {len(cited)} citations lead to "
        f"a quote that stands in its talk; {sum(one.end - one.start for one in found.watch) / 60:.0f} minutes to watch; "
        f"{spent:.1f} s"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="TALKS.jsonl")
    parser.add_argument("--most", type=int, default=200)
    parser.add_argument("--model", help="ask a real model too, in a window of 4,096 tokens")
    parser.add_argument("--asked", type=int, default=8, help="questions with an answer, and as many without")
    parser.add_argument("--show", action="store_true", help="name what was missed")
    options = parser.parse_args()
    planted = facts()
    with tempfile.TemporaryDirectory(prefix="vidgist-across-") as scratch:
        folder = Path(scratch)
        plant(folder, talks(options.files, options.most), planted)
        print(retrieval(folder, planted, show=options.show), flush=True)
        print(questions(folder, planted), flush=True)
        if options.model:
            state = folder / "state"
            settings = Settings(model=options.model, window=WINDOW, state=state, timeout=600)
            print(real(folder, planted, settings, options.asked, show=options.show), flush=True)
    with tempfile.TemporaryDirectory(prefix="vidgist-across-") as scratch:
        print(compared(Path(scratch), talks(options.files, DIGESTED)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
