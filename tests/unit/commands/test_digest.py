"""``vidgist digest`` as a person types it."""

import json
from pathlib import Path

import pytest

from tests.doubles import comparing
from tests.doubles.llm import Llm
from tests.e2e.conftest import Vidgist, vidgist
from tests.unit.archive.folders import BREAD, write

__all__ = ["vidgist"]

OFFLINE = ("--model", "offline:")


def test_a_digest_lies_beside_the_notes(vidgist: Vidgist) -> None:
    write(Path("notes"))
    ended = vidgist("digest", *OFFLINE)
    assert ended.code == 0, ended.err
    assert ended.out == "notes/_digests/Digest-of-notes.md\n"
    assert "without a model" in ended.err
    assert "Digest" not in vidgist("search", "halden").out


def test_a_digest_that_the_folder_does_not_take_is_shown(vidgist: Vidgist) -> None:
    write(Path("notes"))
    Path("notes/_digests").write_text("a file in its place")
    ended = vidgist("digest", *OFFLINE)
    assert ended.code == 0
    assert "# Digest of notes" in ended.out
    assert "not kept: the notes folder notes/_digests cannot be written" in ended.err
    assert vidgist("digest", "-o", "notes/_digests", *OFFLINE).code == 2


def test_a_day_without_notes_is_told(vidgist: Vidgist) -> None:
    write(Path("notes"))
    for command in (["digest"], ["ask", "What?"], ["search", "halden"]):
        ended = vidgist(*command, "--since", "2031-01-01", *(OFFLINE if command[0] != "search" else ()))
        assert "no note is of that channel, or since that day" in ended.err
        assert ended.code == (2 if command == ["digest"] else 0)


def test_it_goes_where_it_is_wanted_in_every_form(vidgist: Vidgist) -> None:
    write(Path("notes"))
    ended = vidgist(
        "digest", "notes", "-o", "out", "--format", "md,html,json,txt", "--title", "All / of it", *OFFLINE
    )
    assert ended.code == 0
    names = sorted(path.name for path in Path("out").iterdir())
    assert names == ["All-of-it.html", "All-of-it.json", "All-of-it.md", "All-of-it.txt"]
    told = json.loads(vidgist("digest", "-o", "-", "--format", "json", *OFFLINE).out)
    assert told["format"] == "vidgist-digest/1"


def test_mistakes_are_told(vidgist: Vidgist) -> None:
    write(Path("notes"), BREAD)
    assert vidgist("digest", *OFFLINE).code == 2
    assert "known: md, html, json, txt" in vidgist("digest", "--format", "pdf", *OFFLINE).err
    assert "no run has written" in vidgist("digest", "--last-run", *OFFLINE).err
    assert "playlist" in vidgist("digest", "--playlist", "none", *OFFLINE).err


def test_the_last_run_alone(vidgist: Vidgist) -> None:
    write(Path("notes"))
    for name in ("one", "two"):
        words = " ".join(
            f"Sentence {n} of talk {name} says that kettles sing loudly at noon." for n in range(60)
        )
        Path(f"{name}.txt").write_text(words, encoding="utf-8")
    assert vidgist("run", "one.txt", "two.txt", "--format", "json", *OFFLINE).code == 0
    told = json.loads(vidgist("digest", "--last-run", "-o", "-", "--format", "json", *OFFLINE).out)
    assert sorted(talk["title"] for talk in told["talks"]) == ["one", "two"]


def test_a_run_writes_the_digest_of_its_night(vidgist: Vidgist) -> None:
    for name in ("one", "two"):
        words = " ".join(
            f"Sentence {n} of talk {name} says that kettles sing loudly at noon." for n in range(60)
        )
        Path(f"{name}.txt").write_text(words, encoding="utf-8")
    ended = vidgist("run", "one.txt", "two.txt", "--digest", *OFFLINE)
    assert ended.code == 0
    assert "digest: notes/_digests/Digest-of-notes-" in ended.err
    assert ended.out == ""
    assert len(list(Path("notes/_digests").iterdir())) == 2
    again = vidgist("run", "one.txt", "two.txt", "--digest", *OFFLINE)
    assert again.code == 0
    assert "no run has written" in again.err or "digest" not in again.err


def test_a_run_keeps_the_index_of_a_folder_that_has_one(vidgist: Vidgist) -> None:
    folder = write(Path("notes"))
    Path("one.txt").write_text("Kettles sing loudly at noon. " * 60, encoding="utf-8")
    assert vidgist("run", "one.txt", *OFFLINE).code == 0
    assert not (folder / ".vidgist-index.db").exists()
    vidgist("search", "kettles")
    before = (folder / ".vidgist-index.db").stat().st_mtime_ns
    Path("two.txt").write_text("Whistles sing softly at night. " * 60, encoding="utf-8")
    assert vidgist("run", "two.txt", *OFFLINE).code == 0
    assert (folder / ".vidgist-index.db").stat().st_mtime_ns > before


def test_a_model_compares_within_its_budget_and_from_memory(vidgist: Vidgist, llm: Llm) -> None:
    write(Path("notes"))
    llm.responder = lambda prompt, _schema, _text: comparing.reply(prompt)
    flags = ("--base-url", llm.base_url, "--model", "openai:double", "-o", "-", "--format", "json")
    ended = vidgist("digest", *flags)
    assert ended.code == 0, ended.err
    told = json.loads(ended.out)
    assert told["themes"][0]["title"] == "First things"
    assert told["themes"][0]["says"][0]["claims"]
    assert "tokens · " in ended.err
    asked = len(llm.chats)
    assert json.loads(vidgist("digest", *flags).out)["themes"] == told["themes"]
    assert len(llm.chats) == asked
    assert vidgist("digest", *flags, "--fresh", "--max-tokens", "10").code == 3


def test_a_batch_takes_its_time(vidgist: Vidgist, llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    write(Path("notes"))
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nobody")
    llm.batches.polls = 0
    llm.responder = lambda prompt, _schema, _text: comparing.reply(prompt)
    flags = ("--model", "openai:gpt-5-nano", "--batch", "-o", "-", "--format", "json")
    first = vidgist("digest", *flags)
    assert first.code == 0, first.err
    assert first.out == ""
    assert "1 requests handed in" in first.err
    for _ in range(4):
        ended = vidgist("digest", *flags)
        if ended.out:
            break
    assert json.loads(ended.out)["themes"][0]["title"] == "First things"
    assert llm.chats == []
