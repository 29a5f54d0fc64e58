"""``--transcribe`` from the command to the record: the loopback YouTube's sound, and a stand-in that hears it."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.doubles.whisper import Cue, FFmpegError, Whisper
from tests.doubles.youtube import YouTube
from tests.e2e.conftest import Vidgist
from vidgist.sources import _speech as speech
from vidgist.text import record

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
    assert ended.err.splitlines()[-1].strip() == "in vidgist's checkout: pip install '.[asr]'"
    assert youtube.requests() == 0


def test_without_a_model_nothing_is_asked_for_and_nothing_downloaded(
    vidgist: Vidgist, youtube: YouTube, whisper: Whisper
) -> None:
    ended = vidgist("run", SILENT, *FAST, "--transcribe")
    assert ended.code == 2
    assert "'small' is not on this machine" in ended.err
    assert 'download_model("small")' in ended.err
    assert (youtube.requests(), whisper.loaded) == (0, [])


# Recordings on this machine


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "talks" / "Slow bread.mp4"
    path.parent.mkdir()
    path.write_bytes(b"\x00\x00\x00 ftyp" + bytes(3_000_000) + b"the end")
    return path


def test_a_recording_is_heard_once_whatever_is_made_of_it(
    vidgist: Vidgist, whisper: Whisper, speech_model: Path, recording: Path, tmp_path: Path
) -> None:
    command = ("run", recording, *FAST)
    told = vidgist(*command)
    assert told.code == 1
    assert "--transcribe" in told.err
    listening = ("--transcribe", "--asr-model", speech_model)
    assert vidgist(*command, *listening).code == 0
    (path,) = (tmp_path / "notes").glob("*.txt")
    made = record.parse(path.read_text("utf-8"))
    assert (made.title, made.status, made.duration) == ("Slow bread", "success", "0:29")
    assert made.content == " ".join(SAID)
    assert "nothing new" in vidgist(*command, *listening).err
    assert vidgist(*command, *listening, "--fresh", "summary").code == 0
    assert vidgist("run", recording, "-o", "elsewhere", *FAST, *listening).code == 0
    assert len(whisper.recordings) == 1
    recording.write_bytes(b"\x00\x00\x00 ftyp" + bytes(3_000_000) + b"another end")
    assert vidgist(*command, *listening).code == 0
    assert len(whisper.recordings) == 2


def test_a_dry_run_hears_no_recording(
    vidgist: Vidgist, whisper: Whisper, speech_model: Path, recording: Path
) -> None:
    command = ("run", recording, *FAST, "--transcribe", "--asr-model", speech_model)
    assert "10 minutes assumed" in vidgist(*command, "--dry-run").out
    assert whisper.recordings == []
    assert vidgist(*command).code == 0
    assert "1 to do" in vidgist(*command, "-o", "elsewhere", "--dry-run").out
    assert "from its transcript" in vidgist(*command, "-o", "elsewhere", "--dry-run").out
    assert len(whisper.recordings) == 1


def test_a_folder_has_the_recordings_that_nobody_wrote_down(
    vidgist: Vidgist, whisper: Whisper, speech_model: Path, recording: Path, tmp_path: Path
) -> None:
    folder = recording.parent
    for name in ("written.mp3", ".hidden.mp3", "notes.pdf"):
        (folder / name).write_bytes(b"x")
    (folder / "written.en.vtt").write_text(
        "WEBVTT\n\n"
        + "\n\n".join(f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{text}" for n, text in enumerate(SAID))
    )
    assert vidgist("run", folder, *FAST, "--transcribe", "--asr-model", speech_model).code == 0
    assert sorted(path.stem.split("-")[0] for path in (tmp_path / "notes").iterdir()) == [
        "Slow bread",
        "written.en",
    ]
    assert len(whisper.recordings) == 1
    assert vidgist("run", folder, *FAST, "-o", "others").code == 0
    assert len(list((tmp_path / "others").iterdir())) == 1


@pytest.mark.parametrize(("name", "code"), [("gone.mp3", "missing"), ("cut.mp3", "bad_sound")])
def test_a_recording_that_cannot_be_heard_fails_alone(
    vidgist: Vidgist, whisper: Whisper, speech_model: Path, tmp_path: Path, name: str, code: str
) -> None:
    (tmp_path / "cut.mp3").write_bytes(b"ID3")
    whisper.error = FFmpegError("Invalid data")
    ended = vidgist("run", name, *FAST, "--transcribe", "--asr-model", speech_model)
    assert ended.code == 1
    (path,) = (tmp_path / "notes").glob("*.txt")
    assert record.parse(path.read_text("utf-8")).status.startswith(f"failed: {code}: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(
    vidgist: Vidgist, whisper: Whisper, speech_model: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "live.mp3")
    ended = vidgist("run", "live.mp3", *FAST, "--transcribe", "--asr-model", speech_model)
    assert "there is no file" in ended.err
    assert whisper.recordings == []


def test_a_folder_called_like_a_recording_is_a_folder(
    vidgist: Vidgist, whisper: Whisper, speech_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "talks.mp4").mkdir()
    ended = vidgist("run", "talks.mp4", *FAST, "--transcribe", "--asr-model", speech_model)
    assert "holds no transcripts" in ended.err
    assert whisper.recordings == []
