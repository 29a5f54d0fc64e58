"""Videos without captions, heard: the real yt-dlp downloads their sound from the loopback YouTube."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.doubles.whisper import FFmpegError, Whisper
from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import Fault
from vidgist.config import Settings
from vidgist.errors import Blocked, NoTranscript, Transient, Unreadable, VidgistError
from vidgist.models import Fetched, Ref
from vidgist.sources import _speech as speech
from vidgist.sources import youtube as source_room
from vidgist.sources._video_info import Info, sound_of

SILENT = "disabled_xx"
SEEN = {"watch": 1, "player": 1}
SOUND = random.Random(1).randbytes(300)


@pytest.fixture
def source(youtube: YouTube, whisper: Whisper, speech_model: Path) -> Iterator[source_room.YouTube]:
    del whisper
    give(youtube, SOUND)
    made = source_room.create(Settings(transcribe=True, asr_model=str(speech_model)))
    yield made
    made.close()


def give(youtube: YouTube, sound: bytes, video: str = SILENT) -> None:
    youtube.catalogue.videos[video] = replace(youtube.catalogue.videos[video], sound=sound)


def fetch(source: source_room.YouTube, video: str = SILENT) -> Fetched:
    (item,) = source.expand(Ref(text=video))
    return source.fetch(item, ())


def test_a_video_without_captions_is_heard_in_three_requests(
    source: source_room.YouTube, youtube: YouTube, whisper: Whisper
) -> None:
    fetched = fetch(source)
    assert fetched.transcript.text == "Dough rests. It grows."
    assert fetched.transcript.heard_by.startswith("whisper:tiny-")
    assert (fetched.video.title, fetched.video.language) == ("With fault: disabled", "en")
    assert whisper.recordings == [SOUND]
    assert youtube.counts == {**SEEN, "sound": 1}
    assert source.requests == Counter({**SEEN, "sound": 1})
    assert youtube.refused == []


def test_a_long_sound_comes_in_pieces_and_whole(
    source: source_room.YouTube, youtube: YouTube, whisper: Whisper
) -> None:
    long = random.Random(2).randbytes(11_000_000)
    give(youtube, long)
    fetch(source)
    assert whisper.recordings == [long]
    assert youtube.counts["sound"] == 2


def test_nothing_of_it_is_left(
    source: source_room.YouTube, whisper: Whisper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    fetch(source)
    assert whisper.paths[0].is_relative_to(place)
    whisper.error = FFmpegError("Invalid data")
    with pytest.raises(Unreadable):
        fetch(source)
    assert list(place.iterdir()) == []


def test_a_video_with_captions_is_not_heard(
    source: source_room.YouTube, youtube: YouTube, whisper: Whisper
) -> None:
    fetched = fetch(source, "bread_talk1")
    assert fetched.transcript.heard_by == ""
    assert whisper.recordings == []
    assert youtube.counts["sound"] == 0


@pytest.mark.parametrize("video", ["locked_xxxx", "empty_file1"])
def test_captions_that_nobody_gives_out_are_heard(
    source: source_room.YouTube, youtube: YouTube, whisper: Whisper, video: str
) -> None:
    give(youtube, SOUND, video)
    assert fetch(source, video).transcript.heard_by
    assert whisper.recordings == [SOUND]


def test_captions_that_name_sounds_alone_are_believed(source: source_room.YouTube, whisper: Whisper) -> None:
    with pytest.raises(NoTranscript) as raised:
        fetch(source, "music_only6")
    assert raised.value.code == "no_speech"
    assert whisper.recordings == []


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        (Fault("status", "sound", status=403), NoTranscript, "no_sound"),
        (Fault("status", "sound", status=404), NoTranscript, "no_sound"),
        (Fault("status", "sound", status=429), Blocked, "rate_limited"),
        (Fault("status", "sound", status=503), Transient, "server_error"),
        (Fault("reset", "sound"), Transient, "network"),
        (Fault("truncated", "sound"), Transient, "network"),
    ],
    ids=lambda value: f"{value.kind}{value.status}" if isinstance(value, Fault) else "",
)
def test_what_goes_wrong_has_its_code_after_one_request(
    source: source_room.YouTube,
    youtube: YouTube,
    whisper: Whisper,
    fault: Fault,
    error: type[VidgistError],
    code: str,
) -> None:
    youtube.spoil(SILENT, Fault("disabled"), fault)
    with pytest.raises(error) as raised:
        fetch(source)
    assert type(raised.value) is error
    assert raised.value.code == code
    assert raised.value.video is not None  # type: ignore[attr-defined]
    assert youtube.counts == {**SEEN, "sound": 1}
    assert whisper.recordings == []


def test_sound_that_is_not_offered_is_named(
    source: source_room.YouTube, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vidgist.sources._video_info.sound_of", lambda _: None)
    with pytest.raises(NoTranscript, match="it has no captions, and its sound is not offered") as raised:
        fetch(source)
    assert raised.value.code == "no_sound"


def test_a_sound_that_cannot_be_kept_fails_alone(
    source: source_room.YouTube, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yt_dlp.YoutubeDL.dl", lambda *_: (False, True))
    with pytest.raises(NoTranscript) as raised:
        fetch(source)
    assert raised.value.code == "no_sound"


def test_nobody_listens_unless_told(youtube: YouTube, whisper: Whisper) -> None:
    give(youtube, SOUND)
    source = source_room.create(Settings())
    with pytest.raises(NoTranscript, match="it has no captions") as raised:
        fetch(source)
    source.close()
    assert "--transcribe" in raised.value.hint
    assert speech.identity(Settings()) == ""
    assert youtube.counts == SEEN
    assert whisper.recordings == []


# Which format is taken


def form(name: str, **changes: object) -> Info:
    return {
        "format_id": name,
        "url": f"https://media.example/{name}",
        "acodec": "opus",
        "vcodec": "none",
        "abr": 50.0,
        **changes,
    }


@pytest.mark.parametrize(
    ("formats", "taken"),
    [
        ([form("140", abr=130.0), form("249", abr=50.0), form("251", abr=160.0)], "249"),
        ([form("599", abr=30.0), form("139", abr=48.0)], "139"),
        ([form("599", abr=30.0), form("600", abr=32.0)], "599"),
        ([form("dubbed", abr=48.0, language_preference=-1), form("own", abr=130.0, language_preference=10)], "own"),
        ([form("tbr", abr=None, tbr=60.0), form("abr", abr=70.0)], "tbr"),
        ([form("film", vcodec="avc1"), form("mute", acodec="none"), form("list", url="http://x"), form("locked", has_drm=True)], None),
        ([{"format_id": "sb0"}], None),
        (None, None),
    ],
)  # fmt: skip
def test_the_least_sound_that_can_be_understood_is_taken(
    formats: list[Info] | None, taken: str | None
) -> None:
    chosen = sound_of({"formats": formats})
    assert (chosen["format_id"] if chosen else None) == taken
