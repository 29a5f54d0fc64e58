"""Three hours of talk through the whole program: every part is heard, and what it says is found in its place."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.llm import Llm
from tests.doubles.mind import draft
from tests.e2e.conftest import Vidgist
from vidgist.text import record

pytestmark = pytest.mark.unmeasured

CHAPTERS = 12
CUES_A_CHAPTER = 300
SECONDS_A_CUE = 3.0
FACTS = [
    f"the keeper of lighthouse number {number} counted exactly {1000 + 37 * number} lamps before the storm"
    for number in range(CHAPTERS)
]
WORDS = [
    "the",
    "a",
    "of",
    "and",
    "water",
    "light",
    "stone",
    "road",
    "river",
    "house",
    "year",
    "hand",
    "ship",
    "bread",
    "iron",
    "night",
    "door",
    "salt",
]


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """About 36,000 words in cues of ten, a fact in the midst of each quarter of an hour."""
    chance = random.Random(3)
    cues = [
        FACTS[number // CUES_A_CHAPTER] if number % CUES_A_CHAPTER == CUES_A_CHAPTER // 2 else _said(chance)
        for number in range(CHAPTERS * CUES_A_CHAPTER)
    ]
    lines = (f"{_clock(number)} --> {_clock(number + 1)}\n{text}\n" for number, text in enumerate(cues))
    path = tmp_path / "lighthouses.vtt"
    path.write_text("\n".join(("WEBVTT\n", *lines)), encoding="utf-8")
    return path


def _said(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=9)) + chance.choice((",", "."))


def _clock(cue: int) -> str:
    seconds = int(cue * SECONDS_A_CUE)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def _heed(prompt: str, schema: dict[str, Any] | None, _: str) -> str:
    """Note each fact that is there to be read; make ideas of the first eight."""
    assert schema is not None
    found = [fact for fact in FACTS if fact in prompt]
    if "notes" in schema["properties"]:
        return json.dumps({"notes": [{"quote": fact, "text": f"It was so: {fact}."} for fact in found]})
    ideas = (*found[:6], found[-1], found[-2])
    return json.dumps(draft(*(ideas if found else ("nothing of that kind is said here",))))


@pytest.mark.parametrize("window", [8_192, 16_384])
def test_every_fact_reaches_a_call_and_is_found_at_its_second(
    vidgist: Vidgist, llm: Llm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, talk: Path, window: int
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    monkeypatch.setenv("VIDGIST_WINDOW", str(window))
    llm.responder = _heed
    ended = vidgist("run", talk, "--model", "openai:double", "--format", "txt,json", "--jobs", "32")
    assert ended.code == 0, ended.err
    *parts, last = sorted(llm.chats, key=lambda chat: chat.ended)
    assert len(parts) > 2
    assert all("one part of the transcript" in part.prompt for part in parts)
    # One round of parts, then one call over all their notes.
    assert last.began >= max(part.ended for part in parts)
    assert all(sum(fact in part.prompt for part in parts) >= 1 for fact in FACTS)
    assert all(f'"{fact}"' in last.prompt for fact in FACTS)
    (written,) = (tmp_path / "notes").glob("*.json")
    ideas = json.loads(written.read_text("utf-8"))["core_ideas"]
    told = {idea["evidence"][0]["quote"]: idea["evidence"][0]["start"] for idea in ideas}
    places = {fact: (n + 0.5) * CUES_A_CHAPTER * SECONDS_A_CUE for n, fact in enumerate(FACTS)}
    assert told == {fact: places[fact] for fact in (*FACTS[:6], FACTS[-1], FACTS[-2])}
    (made,) = (record.parse(path.read_text("utf-8")) for path in (tmp_path / "notes").glob("*.txt"))
    assert made.status == "success"
    assert made.duration == "3:00:00"
