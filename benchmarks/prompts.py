"""Prompts compared by measure, over talks and with any model named.

    python -m benchmarks.prompts TALK... --model openai:NAME [--base-url URL] [--prompts summary,brief] [--facts FILE]

A talk is a transcript file. For each prompt it prints the ideas kept of those given, the share of points that
the talk carries, the figures of all statements that it says, the planted facts that reach a statement,
statements that say the same, the thirds of the talks from which evidence comes, and calls, tokens and dollars.
FILE has one fact a line, in words of a talk; it counts for the talks that say it, and is reached where most of its telling
words and its figures stand in one statement.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from benchmarks.measuring import table
from vidgist import api
from vidgist.config import Settings
from vidgist.evidence import Checker, Concordance, tokenizing
from vidgist.evidence.figures import equal
from vidgist.llm import normalization
from vidgist.models import Note, Point, Summary

_REACHED = 0.6


@dataclass
class Measure:
    """What the notes of one prompt come to."""

    kept: int = 0
    given: int = 0
    supported: float = 0.0
    talks: int = 0
    figures: int = 0
    invented: int = 0
    reached: int = 0
    planted: int = 0
    twice: int = 0
    thirds: Counter[int] = field(default_factory=Counter)
    calls: int = 0
    tokens: int = 0
    cost: float = 0.0

    def add(self, note: Note, facts: Sequence[str]) -> None:
        """Count one note."""
        answer, spoken = note.answer, note.transcript
        if answer is None or answer.summary is None or spoken is None:
            return
        summary = answer.summary
        points = list(_points(summary))
        checker = Checker(Concordance(spoken), [note.video.title if note.video else ""])
        self.talks += 1
        self.kept += len(summary.core_ideas)
        self.given += len(summary.core_ideas) + summary.left_out
        self.supported += summary.supported
        for point in points:
            passages = [one for said in point.evidence for one in checker.concordance.find(said.quote)]
            self.figures += len(tokenizing.figures(tokenizing.tokens(point.text, checker.language)))
            self.invented += len(checker.check(point.text, passages).figures)
        said = [fact for fact in facts if checker.concordance.find(fact)]
        self.planted += len(said)
        self.reached += sum(any(_says(checker, point.text, fact) for point in points) for fact in said)
        self.twice += sum(normalization.same(one.text, other.text) for one, other in combinations(points, 2))
        length = max((part.start + part.duration for part in spoken.segments), default=0) or 1
        for point in points:
            for one in point.evidence:
                if one.start is not None:
                    self.thirds[min(2, int(3 * one.start / length))] += 1
        self.calls += answer.usage.calls
        self.tokens += answer.usage.tokens
        self.cost += note.cost or 0.0

    def row(self, prompt: str) -> tuple[str, ...]:
        """The measure as a line of a table."""
        talks = max(1, self.talks)
        return (
            prompt,
            f"{self.kept} of {self.given}",
            f"{self.supported / talks:.0%}",
            f"{self.figures - self.invented} of {self.figures}",
            f"{self.reached} of {self.planted}" if self.planted else "",
            str(self.twice),
            " · ".join(str(self.thirds[third]) for third in range(3)),
            str(self.calls),
            f"{self.tokens:,}",
            f"{self.cost:.4f}",
        )


HEADS = (
    "prompt", "ideas kept", "supported", "figures right", "facts reached", "said twice", "evidence by thirds",
    "calls", "tokens", "US dollars",
)  # fmt: skip


def compare(
    talks: Sequence[str], settings: dict[str, object], prompts: Sequence[str], facts: Sequence[str]
) -> str:
    """The table of some prompts over some talks."""
    rows = []
    for prompt in prompts:
        measure = Measure()
        with tempfile.TemporaryDirectory() as state:
            chosen = Settings.model_validate({**settings, "prompt": prompt, "state": Path(state)})
            for note in api.summarize_all(list(talks), chosen):
                measure.add(note, facts)
        rows.append(measure.row(prompt))
    return table(HEADS, rows)


def _points(summary: Summary) -> Iterator[Point]:
    yield from (*summary.core_ideas, summary.core_point, summary.fundamental_point)


def _says(checker: Checker, statement: str, fact: str) -> bool:
    """Return whether a statement has most of the telling words of a fact, and its figures."""
    if checker.shared(fact, statement) < _REACHED:
        return False
    stated = [one for _, one in tokenizing.figures(tokenizing.tokens(statement, checker.language))]
    wanted = [one for _, one in tokenizing.figures(tokenizing.tokens(fact, checker.language))]
    return all(any(equal(other, one) for other in stated) for one in wanted)


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("talks", nargs="+")
    parser.add_argument("--model", required=True)
    parser.add_argument("--base-url", default="")
    parser.add_argument("--window", type=int, default=0)
    parser.add_argument("--prompts", default="summary,brief,lecture,podcast,meeting")
    parser.add_argument("--facts", type=Path)
    asked = parser.parse_args()
    facts = asked.facts.read_text("utf-8").splitlines() if asked.facts else []
    settings = {"model": asked.model, "base_url": asked.base_url, "window": asked.window}
    print(compare(asked.talks, settings, asked.prompts.split(","), [one for one in facts if one.strip()]))


if __name__ == "__main__":
    main()
