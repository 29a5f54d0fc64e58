"""Speech to text: which model listens, what is asked of it, and what is made of its answer."""

import importlib.util
import sys
import threading
from pathlib import Path

import pytest

from tests.doubles.whisper import Cue, FFmpegError, Whisper
from vidgist.config import Settings
from vidgist.errors import ConfigError, NoTranscript, RunError, Unreadable
from vidgist.models import Segment
from vidgist.sources import _speech as speech


def listener(model: Path | str) -> speech.Listener:
    made = speech.create(Settings(transcribe=True, asr_model=str(model)))
    assert made is not None
    return made


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "talk.m4a"
    path.write_bytes(b"sound")
    return path


def test_nobody_listens_unless_told() -> None:
    assert speech.create(Settings()) is None
    assert speech.identity(Settings()) == ""


def test_what_is_heard_has_times_a_language_and_a_listener(
    whisper: Whisper, speech_model: Path, recording: Path
) -> None:
    ear = listener(speech_model)
    assert whisper.loaded == []
    transcript = ear.hear(recording)
    assert transcript.segments == (
        Segment(start=0.0, duration=2.5, text="Dough rests."),
        Segment(start=2.5, duration=1.5, text="It grows."),
    )
    assert (transcript.language, transcript.generated, transcript.timed) == ("en", True, True)
    assert (
        transcript.heard_by
        == ear.model
        == speech.identity(Settings(transcribe=True, asr_model=str(speech_model)))
    )
    assert ear.model.startswith("whisper:tiny-")
    assert whisper.recordings == [b"sound"]


def test_a_model_is_loaded_once_and_never_from_the_network(
    whisper: Whisper, speech_model: Path, recording: Path
) -> None:
    ear = listener(speech_model)
    ear.hear(recording)
    ear.hear(recording)
    ((folder, named),) = whisper.loaded
    assert folder == str(speech_model)
    assert named["local_files_only"] is True


@pytest.mark.parametrize(("told", "asked"), [("de-AT", "de"), ("JA", "ja"), ("", None), ("tlh", None)])
def test_a_language_that_is_known_is_not_guessed(
    whisper: Whisper, speech_model: Path, recording: Path, told: str, asked: str | None
) -> None:
    listener(speech_model).hear(recording, told)
    assert whisper.asked[0]["language"] == asked


def test_one_recording_is_heard_at_a_time(whisper: Whisper, speech_model: Path, recording: Path) -> None:
    ear = listener(speech_model)
    threads = [threading.Thread(target=ear.hear, args=(recording,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(whisper.recordings) == 4
    assert whisper.at_once == 1


@pytest.mark.parametrize("cues", [[], [Cue(0, 9, " [Music]")], [Cue(0, 9, " ♪ ")]])
def test_silence_is_no_transcript(
    whisper: Whisper, speech_model: Path, recording: Path, cues: list[Cue]
) -> None:
    whisper.cues = cues
    with pytest.raises(NoTranscript) as raised:
        listener(speech_model).hear(recording)
    assert raised.value.code == "no_speech"


@pytest.mark.parametrize("error", [FFmpegError("Invalid data"), IndexError("tuple index"), ValueError("odd")])
def test_what_cannot_be_played_fails_alone(
    whisper: Whisper, speech_model: Path, recording: Path, error: Exception
) -> None:
    whisper.error = error
    ear = listener(speech_model)
    with pytest.raises(Unreadable) as raised:
        ear.hear(recording)
    assert raised.value.code == "bad_sound"
    whisper.error = None
    assert ear.hear(recording).segments


def test_a_model_that_does_not_load_stops_the_run(
    whisper: Whisper, speech_model: Path, recording: Path
) -> None:
    whisper.broken = RuntimeError("Unsupported model binary version")
    with pytest.raises(RunError, match="Unsupported model binary version") as raised:
        listener(speech_model).hear(recording)
    assert raised.value.code == "speech_model"


def test_without_the_extra_the_command_for_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "faster_whisper", raising=False)
    monkeypatch.setattr(
        speech, "find_spec", lambda name: None if name == "faster_whisper" else importlib.util.find_spec(name)
    )
    with pytest.raises(ConfigError) as raised:
        speech.create(Settings(transcribe=True))
    assert "pip install '.[asr]'" in raised.value.hint


def test_a_model_in_the_cache_is_named_by_its_name(
    whisper: Whisper, speech_model: Path, recording: Path
) -> None:
    whisper.cached["tiny"] = speech_model
    ear = listener("tiny")
    assert ear.model == "whisper:tiny"
    ear.hear(recording)
    assert whisper.loaded[0][0] == str(speech_model)


@pytest.mark.parametrize("name", ["small", "org/model"])
def test_a_model_that_is_not_there_is_not_fetched(whisper: Whisper, name: str) -> None:
    with pytest.raises(ConfigError, match="is not on this machine, and vidgist downloads none") as raised:
        listener(name)
    assert speech.FETCHING.format(name=name) in raised.value.hint
    assert whisper.loaded == []


def test_an_unknown_model_is_named_with_those_that_are(whisper: Whisper) -> None:
    with pytest.raises(ConfigError, match="'huge' is neither a folder nor a known speech model") as raised:
        listener("huge")
    assert raised.value.hint == "known are tiny, small"
    assert whisper.loaded == []


@pytest.mark.parametrize("name", ["config.json", "model.bin", "tokenizer.json"])
def test_a_folder_that_lacks_a_file_is_refused(whisper: Whisper, speech_model: Path, name: str) -> None:
    (speech_model / name).unlink()
    with pytest.raises(ConfigError, match=f"{name} missing"):
        listener(speech_model)
    assert whisper.loaded == []


def test_two_models_in_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    names = set()
    for parent, size in (("a", 10), ("b", 20)):
        folder = tmp_path / parent / "model"
        folder.mkdir(parents=True)
        (folder / "model.bin").write_bytes(bytes(size))
        names.add(speech.identity(Settings(transcribe=True, asr_model=str(folder))))
    assert len(names) == 2
