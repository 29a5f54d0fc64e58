"""What the real Mermaid says to what vidgist writes, accepts and repairs. ``pytest -m mermaid tests/mermaid``."""

import json
import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.hostile_maps import hostile_map
from tests.hostile_replies import diagrams
from tests.mermaid.conftest import VERSIONS, Parse
from tests.mermaid.flowcharts import flowchart, mutant
from vidgist.text.mermaid.checking import check
from vidgist.text.mermaid.reading import read
from vidgist.text.mermaid.writing import render

pytestmark = pytest.mark.mermaid

VERDICTS = Path(__file__).parents[1] / "fixtures" / "mermaid" / "verdicts.jsonl"


def _refused(sources: list[str], verdicts: list[str]) -> list[tuple[str, str]]:
    return [(source, why) for source, why in zip(sources, verdicts, strict=True) if why]


def _some(sources: Sequence[str], version: str) -> list[str]:
    """Return all sources for the oldest version and the newest, and every fourth for those between."""
    return list(sources if version.removeprefix("mermaid-") in (VERSIONS[0], VERSIONS[-1]) else sources[::4])


@cache
def _written() -> list[str]:
    return [render(hostile_map(seed)) for seed in range(1_000)]


@cache
def _accepted() -> list[str]:
    dice = random.Random(7)
    accepted: list[str] = []
    while len(accepted) < 1_000:
        source = flowchart(dice)
        if dice.random() < 0.5:
            written = render(hostile_map(dice.randrange(100)))
            source = mutant(dice, source if dice.random() < 0.5 else written)
        if not check(source):
            accepted.append(source)
    return accepted


@cache
def _read() -> list[str]:
    dice = random.Random(11)
    return [render(read(flowchart(dice)).map) for _ in range(500)]


@cache
def _replied() -> list[str]:
    """From a reply's text by way of the whole LLM stage to the diagram in a record and in Markdown."""
    return diagrams(400)


@pytest.mark.parametrize("made", [_written, _accepted, _read, _replied])
def test_it_parses(parse: Parse, version: str, made: Callable[[], list[str]]) -> None:
    """Every written map, whatever the check accepts, whatever was read, and whatever a model replies."""
    sources = _some(made(), version)
    assert _refused(sources, parse(sources)) == []


def test_the_recorded_verdicts_are_those_of_mermaid(parse: Parse, version: str) -> None:
    """``refused_by`` of a recorded flowchart names the versions that do not parse it."""
    rows = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    verdicts = parse([row["source"] for row in rows])
    refused = [row["source"] for row, why in zip(rows, verdicts, strict=True) if why]
    assert refused == [row["source"] for row in rows if version.removeprefix("mermaid-") in row["refused_by"]]
