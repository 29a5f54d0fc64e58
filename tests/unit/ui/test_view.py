"""A note in a terminal, of any width and encoding."""

import io

import pytest

from tests import samples
from tests.unit.drawing.maps import chain
from vidgist.drawing.metrics import columns
from vidgist.models import Note
from vidgist.ui import view


def shown(note: Note, width: int | None = 90, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    view.show(note, stream, width=width)
    stream.flush()
    return raw.getvalue().decode(encoding)


def test_a_note_with_its_map_drawn() -> None:
    text = shown(samples.FULL)
    for part in ("Why rivers bend", "Core Ideas", "Bends grow:", "0:14  “On the outside", "Core Point:"):
        assert part in text
    assert "║ Straighten it? ║" in text
    assert "╭┄ Water ┄" in text
    assert text.count("▼") == 5
    assert "transcript: " in text
    assert all(columns(line) <= 90 for line in text.splitlines())


def test_a_map_has_all_of_a_wide_terminal_and_text_keeps_to_a_hundred(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert samples.FULL.answer
    summary = samples.SUMMARY.model_copy(update={"concept_map": chain(*("concept " * 10).split())})
    answer = samples.FULL.answer.model_copy(update={"summary": summary})
    lines = shown(samples.FULL.model_copy(update={"answer": answer}), width=None).splitlines()
    head = lines.index("Conceptual Map")
    assert max(columns(line.rstrip()) for line in lines[:head]) <= 100
    assert 100 < max(columns(line.rstrip()) for line in lines[head:]) <= 160


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_an_encoding_lacks_is_no_error(encoding: str) -> None:
    text = shown(samples.FULL, encoding=encoding)
    assert "* Bends grow:" in text
    assert '"On the outside of a bend' in text
    assert "+================+" in text
    assert text.isascii()


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_words_steer_no_terminal(text: str) -> None:
    drawn = shown(samples.hostile(f"{text}\x1b[31m\x07"))
    assert "\x1b" not in drawn
    assert "\x07" not in drawn
    assert "\u202e" not in drawn


def test_failures_and_free_prompts() -> None:
    assert "private: the video is private" in shown(samples.FAILED)
    assert samples.FULL.answer
    free = samples.FULL.answer.model_copy(update={"summary": None, "text": "# Said\n\n- one\x1b[31m"})
    text = shown(samples.FULL.model_copy(update={"answer": free}))
    assert "Said" in text
    assert "\x1b" not in text
