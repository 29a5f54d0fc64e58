"""``--transcribe`` from the command to the record: the loopback YouTube's sound, and a stand-in that hears it."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.doubles.whisper import Cue, Whisper
from tests.doubles.youtube import YouTube
from tests.e2e.conftest import Vidgist
from vidgist import record, speech

SILENT = "disabled_xx"
FAST = ("--pace", "0", "--model", "offline:")
SAID = (
    "A starter is flour and water left alone.",
    "Wild yeast lives in the flour and wakes up slowly.",
    "A cold night makes the dough strong.",
    "Steam keeps the crust soft while the loaf grows.",
    "Time does the work that kneading would do.",
    "So good bread needs little work and much time.",
)


@pytest.fixture(autouse=True)
def _sound(youtube: YouTube, whisper: Whisper) -> None:
    youtube.catalogue.videos[SILENT] = replace(youtube.catalogue.videos[SILENT], sound=b"a loaf is cut")
    whisper.cues = [Cue(5.0 * n, 5.0 * n + 4, f" {text}") for n, text in enumerate(SAID)]


def test_a_video_without_captions_is_heard_summarized_and_remembered(
    vidgist: Vidgist, youtube: YouTube, whisper: Whisper, speech_model: Path, tmp_path: Path
) -> None:
    command = ("run", SILENT, "bread_talk1", *FAST, "--format", "txt,json,md,html")
    listening = ("--transcribe", "--asr-model", speech_model)
    assert vidgist(*command).code == 1
    assert whisper.recordings == []
    youtube.reset()

    ended = vidgist(*command, *listening)
    assert ended.code == 0, ended.err
    assert youtube.counts == {"watch": 1, "player": 1, "sound": 1}
    notes = {path.suffix: path for path in (tmp_path / "notes").glob(f"{SILENT}*")}
    made = record.parse(notes[".txt"].read_text("utf-8"))
    assert (made.status, made.content) == ("success", " ".join(SAID))
    told = json.loads(notes[".json"].read_text("utf-8"))
    assert told["transcript"]["heard_by"].startswith("whisper:tiny-")
    assert told["core_ideas"][0]["evidence"][0]["start"] is not None
    assert "heard by whisper:tiny-" in notes[".md"].read_text("utf-8")
    assert "Heard by whisper:tiny-" in notes[".html"].read_text("utf-8")

    youtube.reset()
    assert "nothing new" in vidgist(*command, *listening).err
    assert (
        vidgist("run", SILENT, "--pace", "0", *listening, "--model", "offline:", "--format", "vtt").code == 0
    )
    assert youtube.requests() == 0
    assert len(whisper.recordings) == 1


def test_another_model_hears_it_again_and_what_has_captions_stays(
    vidgist: Vidgist, youtube: YouTube, whisper: Whisper, speech_model: Path
) -> None:
    whisper.cached["small"] = speech_model
    command = ("run", SILENT, "bread_talk1", *FAST, "--transcribe")
    assert vidgist(*command, "--asr-model", speech_model).code == 0
    youtube.reset()
    assert vidgist(*command).code == 0
    assert youtube.by_video.keys() == {SILENT}
    assert len(whisper.recordings) == 2


def test_a_dry_run_hears_nothing(
    vidgist: Vidgist, youtube: YouTube, whisper: Whisper, speech_model: Path
) -> None:
    ended = vidgist("run", SILENT, *FAST, "--dry-run", "--transcribe", "--asr-model", speech_model)
    assert ended.code == 0
    assert (youtube.requests(), whisper.loaded) == (0, [])


@pytest.mark.parametrize("command", ["run", "fetch"])
def test_without_the_extra_nothing_is_asked_for(
    vidgist: Vidgist, youtube: YouTube, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.delitem(sys.modules, "faster_whisper")
    monkeypatch.setattr(speech, "find_spec", lambda _: None)
    ended = vidgist(command, SILENT, "bread_talk1", "--transcribe")
    assert ended.code == 2
    assert ended.err.splitlines()[-1].strip() == "pip install 'vidgist[asr]'"
    assert youtube.requests() == 0


def test_without_a_model_nothing_is_asked_for_and_nothing_downloaded(
    vidgist: Vidgist, youtube: YouTube, whisper: Whisper
) -> None:
    ended = vidgist("run", SILENT, *FAST, "--transcribe")
    assert ended.code == 2
    assert "'small' is not on this machine" in ended.err
    assert 'download_model("small")' in ended.err
    assert (youtube.requests(), whisper.loaded) == (0, [])
