"""The whole way with the real libraries: a loopback YouTube and a loopback model, everything between them ours."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.doubles.faults import Rule
from tests.doubles.llm import Llm
from tests.doubles.youtube import Blockade, YouTube
from tests.doubles.youtube_catalogue import Fault
from tests.e2e.conftest import EXAMPLES, Vidgist
from vidgist.models import Record
from vidgist.text import record

pytestmark = [pytest.mark.unmeasured, pytest.mark.usefixtures("patient")]

FAST = ("--pace", "0", "--model", "openai:small")
EXPECTED = {
    "disabled_xx": "no_captions",
    "private_xxx": "private",
    "unavailable": "unavailable",
    "deleted_xxx": "deleted",
    "terminated_": "deleted",
    "age_xxxxxxx": "age_restricted",
    "members_xxx": "members_only",
    "country_xxx": "geo_restricted",
    "upcoming_xx": "upcoming",
    "live_xxxxxx": "live",
    "locked_xxxx": "captions_locked",
    "empty_file1": "empty_captions",
    "garbled_fil": "garbled_captions",
    "music_only6": "no_speech",
}
FINAL = ("deleted", "unavailable", "no_captions", "no_speech")
"""Codes of what is not tried again; the videos without captions are older than a month."""

GOOD = ("bread_talk1", "island_map2", "old_well_03", "emoji_name4", "de_only_005", "listed_chap")


@pytest.fixture(autouse=True)
def _served(llm: Llm, youtube: YouTube, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-key-of-nobody")


def _records(folder: Path) -> dict[str, Record]:
    return {path.name[:11]: record.parse(path.read_text("utf-8")) for path in folder.glob("*.txt")}


def test_each_good_video_is_an_exact_record_and_each_fault_has_its_code(
    vidgist: Vidgist, llm: Llm, youtube: YouTube, tmp_path: Path
) -> None:
    videos = [*GOOD, *EXPECTED, "reset_once1", "err500_once", *(f"bulk{number:07}" for number in range(15))]
    assert len(videos) >= 30
    ended = vidgist("run", *videos, *FAST)
    assert ended.code == 1
    assert "Traceback" not in ended.err
    made = _records(tmp_path / "notes")
    assert set(made) == set(videos)
    failed = {name: one.status.split(": ")[1] for name, one in made.items() if one.status != "success"}
    assert failed == EXPECTED
    assert all(youtube.requests(video) <= 3 for video in GOOD)
    assert (
        vidgist(
            "validate", *(path for path in (tmp_path / "notes").iterdir() if path.name[:11] not in EXPECTED)
        ).code
        == 0
    )
    assert made["island_map2"].title == "島はなぜ動くのか【地図と砂】"
    assert "砂が動くので" in made["island_map2"].content

    youtube.reset()
    llm.seen.clear()
    settled = [video for video in videos if EXPECTED.get(video, FINAL[0]) in FINAL]
    before = {path: path.read_bytes() for path in (tmp_path / "notes").iterdir()}
    again = vidgist("run", *settled, *FAST)
    assert again.code == 1
    assert "nothing new" in again.err
    assert youtube.requests() == 0
    assert llm.seen == []
    assert {path: path.read_bytes() for path in (tmp_path / "notes").iterdir()} == before


def test_a_changed_prompt_or_model_fetches_nothing_and_a_format_asks_nothing(
    vidgist: Vidgist, llm: Llm, youtube: YouTube
) -> None:
    vidgist("run", *GOOD[:3], *FAST)
    youtube.reset()
    asked = len(llm.chats)
    assert vidgist("run", *GOOD[:3], *FAST, "--prompt", "brief").code == 0
    assert len(llm.chats) > asked
    asked = len(llm.chats)
    assert vidgist("run", *GOOD[:3], "--pace", "0", "--model", "openai:large").code == 0
    assert len(llm.chats) > asked
    asked = len(llm.chats)
    assert vidgist("run", *GOOD[:3], *FAST, "--format", "txt,json,md,html").code == 0
    assert len(llm.chats) == asked
    assert youtube.requests() == 0


def test_a_playlist_is_one_listing_and_its_bad_members_are_named(
    vidgist: Vidgist, youtube: YouTube, tmp_path: Path
) -> None:
    ended = vidgist("run", "https://www.youtube.com/playlist?list=PLmixed00000", *FAST)
    assert ended.code == 1
    made = _records(tmp_path / "notes")
    assert {name for name, one in made.items() if one.status == "success"} == {
        "bread_talk1",
        "island_map2",
        "old_well_03",
    }
    assert made["bread_talk1"].url == "https://www.youtube.com/watch?v=bread_talk1"
    assert youtube.requests("PLmixed00000") == 1


def test_a_url_is_kept_as_typed_and_a_video_named_twice_is_done_once(
    vidgist: Vidgist, llm: Llm, tmp_path: Path
) -> None:
    typed = "youtube.com/watch?v=bread_talk1&si=Sfk7CV7L4lHBZPpj"
    vidgist("run", typed, "https://youtu.be/bread_talk1", "bread_talk1", *FAST)
    (made,) = _records(tmp_path / "notes").values()
    assert made.url == f"https://{typed}"
    assert len(llm.chats) <= 2


def test_a_block_stops_the_fetching_and_the_same_command_goes_on(
    vidgist: Vidgist, youtube: YouTube, tmp_path: Path
) -> None:
    youtube.blockade = Blockade(after=9, refusals=1000)
    videos = [f"bulk{number:07}" for number in range(12)]
    ended = vidgist("run", *videos, EXAMPLES / "gettysburg-address.srt", *FAST, "--block-wait", "0")
    assert ended.code == 3
    assert "same command again" in ended.err
    assert youtube.requests() <= 14
    made = _records(tmp_path / "notes")
    assert 2 <= len(made) <= 4
    assert "gettysburg-" in made
    assert all(one.status == "success" for one in made.values())
    youtube.blockade = None
    youtube.reset()
    assert vidgist("run", *videos, *FAST).code == 0
    assert len(_records(tmp_path / "notes")) == 13
    assert youtube.counts["captions"] == 13 - len(made)


def test_a_playlist_with_bad_members_and_a_block_in_its_midst_is_done_in_two_goes(
    vidgist: Vidgist, youtube: YouTube, llm: Llm, tmp_path: Path
) -> None:
    bad = ("private", "deleted", "age", "members", "live", "disabled")
    codes = ("private", "deleted", "age_restricted", "members_only", "live", "no_captions")
    spoilt = {f"bulk{number:07}": kind for number, kind in zip(range(0, 60, 10), bad, strict=True)}
    for video, kind in spoilt.items():
        youtube.spoil(video, Fault(kind))
    youtube.blockade = Blockade(after=40, refusals=10_000)
    command = ("run", "https://www.youtube.com/playlist?list=PLbulk000060", *FAST, "--block-wait", "0")
    assert vidgist(*command).code == 3
    assert youtube.requests() <= 44
    youtube.blockade = None
    assert vidgist(*command).code == 1
    made = _records(tmp_path / "notes")
    assert len(made) == 60
    failed = {name: one.status.split(": ")[1] for name, one in made.items() if one.status != "success"}
    assert failed == dict(zip(spoilt, codes, strict=True))
    fetched = [counts["captions"] for video, counts in youtube.by_video.items() if video.startswith("bulk")]
    assert sum(count > 1 for count in fetched) <= 2  # those whose caption file met the block itself
    prompts = [seen.prompt for seen in llm.chats]
    assert len(prompts) == len(set(prompts))


@pytest.mark.parametrize(
    ("fault", "code", "exit_code"),
    [("length", "truncated", 1), ("refusal", "refused", 1), ("invalid_json", "bad_reply", 1)],
)
def test_a_bad_reply_is_never_called_a_success(
    vidgist: Vidgist, llm: Llm, tmp_path: Path, fault: str, code: str, exit_code: int
) -> None:
    llm.rules = [Rule(fault)]
    ended = vidgist("run", EXAMPLES / "gettysburg-address.srt", *FAST)
    assert ended.code == exit_code
    (made,) = (record.parse(path.read_text("utf-8")) for path in (tmp_path / "notes").glob("*.txt"))
    assert made.status.startswith(f"failed: {code}: ")
    assert made.description == ""
    assert made.content.startswith("Four score")
    llm.rules = []
    flags = ("--retry-failed",) if fault == "refusal" else ()
    assert vidgist("run", EXAMPLES / "gettysburg-address.srt", *FAST, *flags).code == 0


@pytest.mark.parametrize(("fault", "told"), [("auth", "OPENAI_API_KEY"), ("quota", "credit")])
def test_what_every_call_would_meet_stops_the_run(
    vidgist: Vidgist, llm: Llm, tmp_path: Path, fault: str, told: str
) -> None:
    llm.rules = [Rule(fault)]
    ended = vidgist("run", *GOOD, *FAST, "--jobs", "1")
    assert ended.code == 3
    assert told in ended.err
    assert len(llm.chats) == 1
    assert not list((tmp_path / "notes").glob("*.txt"))


def test_a_budget_is_kept(vidgist: Vidgist, llm: Llm) -> None:
    ended = vidgist("run", *GOOD, *FAST, "--jobs", "1", "--max-tokens", "20000")
    assert ended.code == 3
    assert "budget" in ended.err
    report = json.loads(vidgist("status", "--json").out)["runs"][0]
    assert 0 < report["usage"]["input_tokens"] + report["usage"]["output_tokens"] <= 20000
    assert (
        vidgist("run", *GOOD[:2], "--pace", "0", "--model", "openai:nobody-knows", "--max-cost", "1").code
        == 2
    )
    assert len(llm.chats) >= 1


def test_the_key_is_nowhere_but_in_the_request(vidgist: Vidgist, llm: Llm, tmp_path: Path) -> None:
    llm.rules = [Rule("bad_request", message="key sk-test-key-of-nobody is odd")]
    ended = vidgist("run", EXAMPLES / "gettysburg-address.srt", *FAST, "-v")
    assert llm.chats[0].headers["authorization"] == "Bearer sk-test-key-of-nobody"
    assert "sk-test-key-of-nobody" not in ended.err + ended.out
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"sk-test-key-of-nobody" not in path.read_bytes()


INTERRUPTS = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _start(*arguments: str | Path, folder: Path) -> "subprocess.Popen[str]":
    """A run that signals reach, also where these tests ignore them: in the background, or under nohup."""
    numbers = [signal.Signals[name] for name in INTERRUPTS]
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "vidgist", *map(str, arguments)],
            cwd=folder,
            env=os.environ | {"VIDGIST_STATE": str(folder / "state")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_kills_at_any_moment_lose_nothing_and_pay_nothing_twice(
    llm: Llm, youtube: YouTube, tmp_path: Path
) -> None:
    """A kill after so many calls of a model, or before the first; TEST_KILLS asks for more of them."""
    kills, jobs = int(os.environ.get("TEST_KILLS", "4")), 4
    items = 5 * kills
    llm.latency = 0.02
    listed = ("https://www.youtube.com/playlist?list=PLbulk000250", "--limit", str(items))
    command = ("run", *listed, *FAST, "--jobs", str(jobs))
    chance = random.Random(4)
    done = 0
    for _ in range(kills):
        process, enough = _start(*command, folder=tmp_path), len(llm.chats) + chance.randint(0, 7)
        while len(llm.chats) < enough and process.poll() is None:
            time.sleep(chance.uniform(0, 0.01))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        notes = list((tmp_path / "notes").glob("*.txt"))
        assert all(record.parse(path.read_text("utf-8")).status == "success" for path in notes)
        assert len(notes) >= done
        done = len(notes)
    left = [f"bulk{number:07}" for number in range(items)]
    process = _start("run", *left, *FAST, "--jobs", str(jobs), folder=tmp_path)
    _, err = process.communicate()
    assert process.returncode == 0, err
    made = _records(tmp_path / "notes")
    assert set(made) == set(left)
    assert all(one.status == "success" for one in made.values())
    assert not [path for path in (tmp_path / "notes").iterdir() if path.suffix != ".txt"]
    prompts = [seen.prompt for seen in llm.chats if seen.status == 200]
    again = len(prompts) - len(set(prompts))
    assert again <= kills * jobs
    assert youtube.counts["captions"] <= len(made) + kills * 2
    print(f"{kills} kills, {done} of {items} done before the last run; {again} calls asked again")


def test_two_runs_at_once_do_nothing_twice(llm: Llm, youtube: YouTube, tmp_path: Path) -> None:
    llm.latency = 0.05
    videos = [f"bulk{number:07}" for number in range(12)]
    both = [_start("run", *videos, *FAST, "--wait", folder=tmp_path) for _ in range(2)]
    told = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sorted("nothing new" in one for one in told) == [False, True]
    assert youtube.counts["captions"] == 12
    prompts = [seen.prompt for seen in llm.chats]
    assert len(prompts) == len(set(prompts))


@pytest.mark.parametrize("name", INTERRUPTS)
def test_an_interrupt_finishes_what_is_under_way(llm: Llm, tmp_path: Path, name: str) -> None:
    llm.latency = 0.5
    videos = [f"bulk{number:07}" for number in range(40)]
    process = _start("run", *videos, *FAST, "--jobs", "2", folder=tmp_path)
    deadline = time.monotonic() + 120
    while not llm.chats and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.Signals[name])
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert "finishing what is under way" in err
    assert "Traceback" not in err
    asked = {seen.prompt for seen in llm.chats}
    assert all(seen.status == 200 for seen in llm.chats)
    assert 1 <= len(list((tmp_path / "notes").glob("*.txt"))) <= len(asked)


def test_a_run_that_was_abandoned_is_told_of(vidgist: Vidgist, llm: Llm, tmp_path: Path) -> None:
    llm.rules = [Rule("hang")]
    process = _start("run", EXAMPLES / "gettysburg-address.srt", "--json-events", folder=tmp_path)
    assert process.stderr is not None
    limit = threading.Timer(120, process.kill)  # a lost interrupt fails the test, and does not hang it
    limit.start()
    with process.stderr as told:
        for line in told:
            if '"stage": "summarize"' in line or '"event": "stopped"' in line:
                process.send_signal(signal.SIGINT)
    limit.cancel()
    assert process.wait(timeout=120) == 130
    (run,) = json.loads(vidgist("status", "--json").out)["runs"]
    assert (run["stopped"], run["exit_code"], run["done"]) == ("interrupted", 130, 0)
    assert "exit 130 interrupted" in vidgist("status").out


def test_a_server_of_ones_own_is_asked_once_for_its_first_model(vidgist: Vidgist, llm: Llm) -> None:
    llm.models = ("house-model", "other")
    talk = EXAMPLES / "gettysburg-address.srt"
    assert "openai:house-model" in vidgist("run", talk).err
    asked = [seen.path for seen in llm.seen]
    assert sum(path.endswith("/models") for path in asked) == 1
    assert vidgist("run", talk, "--model", "openai:").code == 0
    assert len(llm.seen) == len(asked)


def test_a_server_that_is_not_there_is_named(vidgist: Vidgist) -> None:
    ended = vidgist("run", EXAMPLES / "gettysburg-address.srt", "--base-url", "http://127.0.0.1:9/v1")
    assert ended.code == 3
    assert "127.0.0.1:9" in ended.err
    assert "--base-url" in ended.err
