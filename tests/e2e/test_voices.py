"""Who speaks, from a file to the request of a model, and out of the quotes that it gives back."""

import json
from pathlib import Path

import pytest

from tests.doubles.llm import Llm
from tests.doubles.quoting import quoting
from tests.e2e.conftest import Vidgist
from vidgist.text import record

pytestmark = pytest.mark.unmeasured

TURNS = (
    ("Ann Example", "Good evening, and thank you all for coming to the bakery tonight."),
    ("Ann Example", "Sourdough needs only flour, water and a small pinch of salt."),
    ("Bo Sample", "A warm kitchen makes the starter rise within about four hours."),
    ("Ann Example", "In a cold kitchen you should wait until the next morning."),
    ("Bo Sample", "Fold the dough gently, or all the bubbles in it will be lost."),
    ("Ann Example", "Bake it hot, and let the bread cool before you cut it."),
)
TOLD = (
    "Ann Example: Good evening, and thank you all for coming to the bakery tonight. Sourdough needs only flour, "
    "water and a small pinch of salt. Bo Sample: A warm kitchen makes the starter rise within about four hours. "
    "Ann Example: In a cold kitchen you should wait until the next morning. Bo Sample: Fold the dough gently, or "
    "all the bubbles in it will be lost. Ann Example: Bake it hot, and let the bread cool before you cut it."
)
FILES = {
    "talk.vtt": "WEBVTT\n\n"
    + "\n\n".join(
        f"00:{n:02}:00.000 --> 00:{n:02}:09.000\n<v {name}>{said}</v>" for n, (name, said) in enumerate(TURNS)
    ),
    "talk.srt": "\n\n".join(
        f"{n + 1}\n00:{n:02}:00,000 --> 00:{n:02}:09,000\n{name}: {said}" for n, (name, said) in enumerate(TURNS)
    ),
    "talk.txt": "\n\n".join(f"{name}  {n}:00\n{said}" for n, (name, said) in enumerate(TURNS)),
    "talk.json": json.dumps([{"start": n * 60.0, "speaker": name, "text": said} for n, (name, said) in enumerate(TURNS)]),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_model_is_told_who_speaks_and_its_quotes_are_what_was_said(
    name: str, vidgist: Vidgist, llm: Llm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nobody")
    llm.responder = quoting
    (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    ended = vidgist("run", name, "--model", "openai:gpt-5-nano", "--format", "txt,json")
    assert ended.code == 0, ended.err
    assert TOLD in " ".join(llm.chats[0].prompt.split())
    notes = tmp_path / "notes"
    assert record.parse(next(notes.glob("*.txt")).read_text("utf-8")).content == TOLD
    evidence = _quotes(json.loads(next(notes.glob("*.json")).read_text("utf-8")))
    said = " ".join(words for _, words in TURNS)
    assert evidence
    assert all(quote in said for quote in evidence)
    assert not any(person in quote for quote in evidence for person in ("Ann", "Bo Sample"))


def _quotes(value: object) -> list[str]:
    """Return the quotes anywhere in a note, as they are kept."""
    if isinstance(value, list):
        return [quote for one in value for quote in _quotes(one)]
    if not isinstance(value, dict):
        return []
    own = value.get("quote")
    return [*([own] if isinstance(own, str) else []), *_quotes(list(value.values()))]
