"""A stranger with no key and no network: everything but the two remote services."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.doubles.parts import Site
from tests.e2e.conftest import EXAMPLES, Vidgist
from vidgist.store import Store
from vidgist.text import record

TALK = EXAMPLES / "deepseek-ptx.en.vtt"
SPEECH = EXAMPLES / "gettysburg-address.srt"


def _records(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}


def test_the_examples_become_exact_records_with_diagrams_that_parse(vidgist: Vidgist, tmp_path: Path) -> None:
    ended = vidgist("run", TALK, SPEECH)
    assert (ended.code, ended.out) == (0, "")
    assert "the embedded engine, offline:, summarizes" in ended.err
    made = _records(tmp_path / "notes")
    assert len(made) == 2
    for text in made.values():
        assert record.render(record.parse(text)) == text
    assert vidgist("validate", "notes").code == 0
    talk = record.parse(next(text for name, text in made.items() if name.startswith("deepseek")))
    assert talk.title == "DeepSeek如何绕过英伟达的护城河CUDA"
    assert talk.duration == "8:43"
    assert talk.url.startswith("https://youtube.com/watch?v=WDsAhkFsKfE")


@pytest.mark.parametrize(
    "arguments", ["run", "run --from-file none.txt", f"run {SPEECH} -o file", f"run {SPEECH} --proxy ://"]
)
def test_a_mistake_is_told_alone(vidgist: Vidgist, tmp_path: Path, arguments: str) -> None:
    (tmp_path / "file").touch()
    ended = vidgist(*arguments.split())
    assert ended.code == 2
    assert ended.err.startswith("vidgist: ")
    assert "embedded engine" not in ended.err


def test_a_rerun_changes_nothing(vidgist: Vidgist, tmp_path: Path) -> None:
    vidgist("run", TALK)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "notes").iterdir()}
    ended = vidgist("run", TALK)
    assert ended.code == 0
    assert "nothing new" in ended.err
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "notes").iterdir()} == before


def test_bad_inputs_are_named_one_by_one_and_the_good_one_is_done(vidgist: Vidgist, tmp_path: Path) -> None:
    (tmp_path / "empty.vtt").write_text("")
    (tmp_path / "binary.srt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "list.txt").write_text(
        f"# a list\n\n{TALK}\nnone.vtt\nempty.vtt\nbinary.srt\nmailto:nobody\ndQw4w9WgXcQxx\n{TALK}\n"
    )
    ended = vidgist("run", "--from-file", "list.txt")
    assert ended.code == 1
    assert "Traceback" not in ended.err
    for origin in ("list.txt:4", "list.txt:5", "list.txt:6", "list.txt:7", "list.txt:8"):
        assert ended.err.count(f"({origin})") == 1
    assert (
        sum(text.split("\n")[3] == "Status: success" for text in _records(tmp_path / "notes").values()) == 1
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run",), "nothing to do"),
        (("run", "bogus"), "bogus"),
        (("run", "--from-file", "none.txt"), "none.txt"),
        (("run", TALK, "--model", "openai:gpt-x"), "OPENAI_API_KEY"),
        (("run", TALK, "--model", "gpt-x"), "names no provider"),
        (("run", TALK, "--model", "nobody:x"), "unknown model provider"),
        (("run", TALK, "--prompt", "sumary"), "did you mean summary"),
        (("run", TALK, "--model", "nobody:x"), "known: anthropic, azure, "),
        (("run", TALK, "--format", "pdf"), "unknown format"),
        (("run", TALK, "--format", ","), "formats (flag): one at least"),
        (("export", TALK, "--format", ","), "no format is named"),
        (("run", TALK, "--jobs", "0"), "jobs (flag): at least 1, not '0'"),
        (("run", TALK, "--since", "soon"), "since (flag): a date like 2026-01-31, not 'soon'"),
        (("run", TALK, "-o", TALK), "cannot be written"),
        (("run", TALK, "--no-such-option"), "--no-such-option"),
        (("nonsense",), "nonsense"),
    ],
)
def test_what_cannot_start_says_why_with_exit_code_2(
    vidgist: Vidgist, arguments: tuple[str | Path, ...], told: str
) -> None:
    ended = vidgist(*arguments)
    assert ended.code == 2
    assert told in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == ""


def test_standard_output_carries_records_and_nothing_else(vidgist: Vidgist) -> None:
    ended = vidgist("run", TALK, SPEECH, "-o", "-")
    assert ended.code == 0
    assert ended.out.count("Timestamp: ") == 2
    assert ended.out.startswith("Timestamp: ")
    first = vidgist("run", "--from-file", "-", "-o", "-", stdin=f"{SPEECH}\n")
    assert record.parse(first.out).title == "gettysburg-address"
    assert first.out in vidgist("run", TALK, SPEECH, "-o", "-").out


def test_a_record_of_its_own_is_summarized_again_in_its_place(vidgist: Vidgist, tmp_path: Path) -> None:
    vidgist("run", TALK)
    (name,) = _records(tmp_path / "notes")
    shutil.copy(tmp_path / "notes" / name, tmp_path / "old.txt")
    ended = vidgist("run", "old.txt", "-o", "again")
    assert ended.code == 0
    (text,) = _records(tmp_path / "again").values()
    head = record.parse(text)
    assert (head.title, head.duration) == ("DeepSeek如何绕过英伟达的护城河CUDA", "8:43")
    assert head.url.startswith("https://youtube.com/watch?v=WDsAhkFsKfE")


def test_a_record_is_replaced_by_its_new_version_and_then_left_alone(
    vidgist: Vidgist, tmp_path: Path
) -> None:
    vidgist("run", TALK)
    (name,) = _records(tmp_path / "notes")
    assert vidgist("run", f"notes/{name}").code == 0
    made = _records(tmp_path / "notes")
    assert list(made) == [name]
    assert "nothing new" in vidgist("run", f"notes/{name}").err
    assert _records(tmp_path / "notes") == made


def test_formats_prompts_and_languages_can_be_changed_later(vidgist: Vidgist, tmp_path: Path) -> None:
    vidgist("run", SPEECH)
    ended = vidgist("run", SPEECH, "--format", "txt,md,json,html,vtt", "--prompt", "brief")
    assert ended.code == 0
    assert "from memory" in ended.err
    assert "follows no prompt: brief" in ended.err
    suffixes = sorted(path.suffix for path in (tmp_path / "notes").iterdir())
    assert suffixes == [".html", ".json", ".md", ".txt", ".vtt"]


def test_dry_run_lists_and_does_nothing(vidgist: Vidgist, tmp_path: Path) -> None:
    ended = vidgist("run", TALK, "https://youtu.be/WDsAhkFsKfE", "none.vtt", "--dry-run")
    assert ended.code == 1
    *lines, last = ended.out.splitlines()
    assert "DeepSeek如何绕过英伟达的护城河CUDA  (from its transcript)" in lines[0]
    assert "https://youtu.be/WDsAhkFsKfE  (length unknown: 10 minutes assumed)" in lines[1]
    assert lines[2].startswith("cannot be done ")
    assert "none.vtt  (there is no file" in lines[2]
    assert last.startswith("2 to do, about ")
    assert last.endswith("; 1 cannot be done")
    assert not (tmp_path / "notes").exists()


def test_a_dry_run_says_what_is_done_already(vidgist: Vidgist) -> None:
    vidgist("run", SPEECH)
    ended = vidgist("run", SPEECH, TALK, "--dry-run")
    assert ended.code == 0
    assert len(ended.out.splitlines()) == 2
    assert ended.out.splitlines()[1].startswith("1 to do, about ")
    assert ended.out.endswith("; 1 done already\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((TALK,), 0),
        ((TALK, "no input"), 1),
        ((TALK, "none.vtt"), 1),
        (("no input",), 2),
        (("", "https://"), 2),
    ],
)
def test_a_dry_run_ends_as_the_run_would(vidgist: Vidgist, arguments: tuple[str, ...], code: int) -> None:
    assert vidgist("run", *arguments, "--dry-run").code == code
    assert vidgist("run", *arguments).code == code


def test_seeding_marks_all_as_seen(vidgist: Vidgist, tmp_path: Path) -> None:
    seeded = vidgist("run", TALK, SPEECH, "--seed-only")
    assert (seeded.code, "2 marked as seen" in seeded.err) == (0, True)
    ended = vidgist("run", TALK, SPEECH)
    assert "nothing new" in ended.err
    assert not list((tmp_path / "notes").iterdir())


def test_fresh_takes_a_scope_where_one_follows(vidgist: Vidgist) -> None:
    vidgist("run", SPEECH)
    for flags in (("--fresh",), ("--fresh", "summary"), ("--fresh", "transcript"), ("--fresh=all",)):
        ended = vidgist("run", *flags, SPEECH)
        assert ended.code == 0
        assert "1 done" in ended.err


def test_retry_failed_alone_takes_what_the_ledger_says(vidgist: Vidgist, tmp_path: Path) -> None:
    assert vidgist("run", TALK, "later.srt").code == 1
    assert vidgist("run", TALK, "later.srt").code == 1
    shutil.copy(SPEECH, tmp_path / "later.srt")
    ended = vidgist("run", "--retry-failed")
    assert ended.code == 0
    assert vidgist("run", TALK, "later.srt").code == 0


def test_a_second_run_is_told_that_one_is_at_work(vidgist: Vidgist, tmp_path: Path) -> None:
    store = Store(tmp_path / "state")
    with store.locked(wait=False):
        ended = vidgist("run", TALK)
    store.close()
    assert ended.code == 2
    assert "another run is at work" in ended.err
    assert "--wait" in ended.err


def test_fetch_writes_transcripts_only_where_told(vidgist: Vidgist, tmp_path: Path) -> None:
    vidgist("run", TALK, "none.vtt", "-o", "elsewhere")
    ended = vidgist("fetch", SPEECH)
    assert ended.code == 0
    assert ended.err.splitlines()[:2] == ["vidgist fetching -> memory", f"done    {Path(SPEECH).stem}"]
    assert "folder  memory: 1 done\n" in vidgist("status").out
    assert "nothing" in vidgist("fetch", "--retry-failed").err
    assert not (tmp_path / "notes").exists()
    assert vidgist("fetch", SPEECH, "-o", "-").out.startswith("WEBVTT")
    assert vidgist("fetch", SPEECH, "-o", "captions").code == 0
    assert [path.suffix for path in (tmp_path / "captions").iterdir()] == [".vtt"]


def test_json_events_are_one_object_a_line(vidgist: Vidgist) -> None:
    ended = vidgist("run", SPEECH, "--json-events")
    told = [json.loads(line) for line in ended.err.splitlines()]
    names = [one["event"] for one in told]
    assert [name for name in names if name != "planned"] == [
        "notice",
        "started",
        "working",
        "working",
        "done",
        "finished",
    ]
    assert names.count("planned") == 1, "when it comes, the threads decide"
    assert told[-1]["done"] == 1
    assert told[-1]["exit_code"] == 0


def test_quiet_says_nothing_where_nothing_is_wrong(vidgist: Vidgist) -> None:
    assert vidgist("run", SPEECH, "--quiet") == (0, "", "")


def test_status_tells_of_runs_items_and_failures(vidgist: Vidgist) -> None:
    assert "nothing yet" in vidgist("status").out
    vidgist("run", SPEECH, "none.vtt")
    told = vidgist("status").out
    assert "1 done, 1 failed" in told
    assert "failures: 1 missing" in told
    as_json = json.loads(vidgist("status", "--json").out)
    assert as_json["runs"][0]["failures"] == {"missing": 1}
    assert as_json["folders"][0]["items"] == {"done": 1, "failed": 1}


def test_a_note_is_shown_and_exported(vidgist: Vidgist, tmp_path: Path) -> None:
    vidgist("run", TALK, "--format", "txt,json")
    name = next((tmp_path / "notes").glob("*.txt"))
    shown = vidgist("show", name, "--width", "100").out
    for part in ("Core Ideas", "Conclusion Points", "Overarching Framework", "Conceptual Map", "8:43"):
        assert part in shown
    assert vidgist("export", "notes", "--format", "md,html,svg", "-o", "out").code == 0
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".html", ".md", ".svg"]
    assert vidgist("export", name, "--format", "txt", "-o", "-").out == name.read_text(encoding="utf-8")
    (tmp_path / "broken.txt").write_text("no record")
    ended = vidgist("export", "broken.txt", name, "--format", "md", "-o", "out")
    assert ended.code == 1
    assert ended.err == "vidgist: broken.txt: not an exact record: line 1 does not begin with 'Timestamp:'\n"
    assert vidgist("export", name, "--format", "png", "-o", "-").code == 2
    assert vidgist("export", tmp_path / "state", "--format", "md").code == 2


def test_a_failed_record_is_no_record_with_a_diagram(vidgist: Vidgist, tmp_path: Path) -> None:
    vidgist("run", "none.vtt", "--format", "txt,md")
    (failed,) = (tmp_path / "notes").glob("*.txt")
    ended = vidgist("validate", failed)
    assert ended.code == 1
    assert "no summary: failed: missing" in ended.out
    assert vidgist("show", failed).code == 0
    assert vidgist("export", failed, "--format", "svg", "-o", "out").code == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("\n", "\r\n"), "not an exact record"),
        (lambda text: "\ufeff" + text, "line 1"),
        (lambda text: text.replace("Status: success", "Status: fine"), "no status"),
        (lambda text: text.replace("<Mermaid_Diagram>", ""), "no diagram"),
        (lambda text: text.replace('["', "[("), "does not parse"),
        (lambda text: text + "\n", "one line"),
        (lambda text: text.replace("Duration: 2:10", "Duration: 2:1"), "no duration"),
    ],
)
def test_validate_says_what_is_off(vidgist: Vidgist, tmp_path: Path, change: object, told: str) -> None:
    vidgist("run", SPEECH)
    text = next((tmp_path / "notes").glob("*.txt")).read_text(encoding="utf-8")
    (tmp_path / "off.txt").write_bytes(change(text).encode())  # type: ignore[operator]
    ended = vidgist("validate", "off.txt")
    assert ended.code == 1
    assert told in ended.out


def test_validate_refuses_what_is_no_text(vidgist: Vidgist, tmp_path: Path) -> None:
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in vidgist("validate", "bytes.txt").out
    with (tmp_path / "film.mp4").open("wb") as file:
        file.truncate(100_000_001)  # sparse
    assert "too large for a note" in vidgist("validate", "film.mp4").out
    assert "no regular file" in vidgist("validate", os.devnull).out
    assert "cannot be read" in vidgist("validate", "none.txt").out


def test_prompts_are_listed_shown_copied_and_checked(vidgist: Vidgist, tmp_path: Path) -> None:
    assert "summary@" in vidgist("prompts", "list").out
    text = vidgist("prompts", "show", "summary").out
    assert "{{transcript}}" in text
    copied = Path(vidgist("prompts", "copy", "summary").out.strip())
    assert copied.read_text(encoding="utf-8") == text
    assert vidgist("prompts", "copy", "summary").code == 2
    assert "ok" in vidgist("prompts", "check", copied).out
    (tmp_path / "mine.md").write_text("+++\nname = 1\n+++\n")
    assert vidgist("prompts", "check", "mine.md").code == 2
    copied.write_text("broken")
    assert "BROKEN" in vidgist("prompts", "list").out


def test_a_schedule_is_shown_before_it_is_written(vidgist: Vidgist, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("x\n")
    shown = vidgist("schedule", "print", "--kind", "systemd", "--", "--from-file", "list.txt").out
    assert "OnCalendar=" in shown
    assert str(tmp_path / "list.txt") in shown
    assert vidgist("schedule", "print", "--at", "25:00", "--", "x").code == 2
    mistaken = vidgist("schedule", "print", "--kind", "cron", "--", "--formt", "md", "x")
    assert (mistaken.code, "--formt" in mistaken.err) == (2, True)
    plain, named = (vidgist("schedule", "print", "--", *words).out for words in (["x"], ["run", "x"]))
    assert plain == named
    assert (
        "--fresh=summary x"
        in vidgist("schedule", "print", "--kind", "cron", "--", "--fresh", "summary", "x").out
    )
    refused = vidgist("schedule", "install", "--kind", "systemd", "--", "x", stdin="n\n")
    assert "OnCalendar=" in refused.out
    assert refused.code == 1


def test_doctor_says_what_works(vidgist: Vidgist, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = vidgist("doctor", "--no-network")
    assert ended.code == 0
    assert "offline:" in ended.out
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-value")
    monkeypatch.setenv("VIDGIST_MODEL", "gpt")
    monkeypatch.setenv("VIDGIST_PROMPT", "none")
    monkeypatch.setenv("VIDGIST_COOKIES", "none.txt")
    monkeypatch.setenv("VIDGIST_BASE_URL", "ftp://localhost:1234")
    ended = vidgist("doctor", "--no-network")
    assert ended.code == 1
    assert ended.out.count("BAD") == 4
    assert "sk-secret-value" not in ended.out


def test_config_says_where_each_value_came_from(vidgist: Vidgist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDGIST_JOBS", "3")
    told = vidgist("config").out
    assert any(line.split()[:3] == ["jobs", "3", "VIDGIST_JOBS"] for line in told.splitlines())
    assert json.loads(vidgist("config", "--json").out)["jobs"] == 3


def test_version_and_help(vidgist: Vidgist) -> None:
    assert vidgist("--version").out.startswith("vidgist ")
    for command in (
        "run",
        "fetch",
        "status",
        "show",
        "export",
        "validate",
        "prompts",
        "schedule",
        "site",
        "doctor",
        "config",
    ):
        ended = vidgist(command, "--help")
        assert ended.code == 0
        assert ended.out.startswith("Usage: vidgist")


def test_every_source_is_closed_when_a_run_is_over(vidgist: Vidgist, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site()
    monkeypatch.setattr("vidgist.registry.sources", lambda _: [site])
    assert vidgist("run", "7", "--pace", "0").code == 0
    assert site.is_closed
