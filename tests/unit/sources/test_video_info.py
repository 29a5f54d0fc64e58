"""yt-dlp's dictionaries as values, where the loopback site does not go."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from vidgist.sources import _site_info
from vidgist.sources._tracks import Track
from vidgist.sources._video_info import listed_video, sound_of, tracks_of, typed, video_of

URL = "https://www.youtube.com/api/timedtext?v=x&lang={}&fmt={}"


def files(language: str, more: str = "") -> list[dict[str, str]]:
    return [{"ext": ext, "url": URL.format(language, ext) + more} for ext in ("vtt", "json3")]


def test_each_track_once_and_no_translation() -> None:
    heard = files("en", "&kind=asr")
    info = {
        "subtitles": {"en-x7Y": files("en"), "live_chat": [{"ext": "json", "url": "https://x"}], "empty": []},
        "automatic_captions": {"en": heard, "en-orig": heard, "fr": files("en", "&kind=asr&tlang=fr")},
    }
    assert tracks_of(info) == (
        Track("en", generated=False, url=URL.format("en", "json3")),
        Track("en", generated=True, original=True, url=URL.format("en", "json3") + "&kind=asr"),
    )
    assert tracks_of({"subtitles": None}) == ()


def test_the_original_audio_names_the_language() -> None:
    forms = [
        {"language": "es", "language_preference": -1},
        {"language": None, "language_preference": 10},
        {"language": "pt", "language_preference": 10},
    ]
    video = video_of({"title": "x", "formats": forms}, [Track("en", generated=True, original=True)])
    assert video is not None
    assert video.language == "pt"


@pytest.mark.parametrize(
    ("info", "seconds", "published"),
    [
        ({"duration": None, "upload_date": "20260230"}, None, None),
        ({"duration": "85", "upload_date": None}, None, None),
        ({"duration": -1, "upload_date": "20260228"}, None, date(2026, 2, 28)),
        ({"duration": 0.5}, 0.5, None),
    ],
)
def test_values_that_are_none(info: dict[str, Any], seconds: float | None, published: date | None) -> None:
    video = video_of({"title": " A\ntitle\x00 ", **info}, ())
    assert video is not None
    assert (video.title, video.seconds, video.published) == ("A title", seconds, published)


@pytest.mark.parametrize("title", [None, "", "\x00", " \n"])
def test_no_title_no_video(title: str | None) -> None:
    assert video_of({"title": title, "duration": 3}, ()) is None
    assert listed_video({"title": title}) is None


@pytest.mark.parametrize("days", [0, 1, 30, 365, 3650])
def test_a_list_tells_a_day_that_is_surely_not_too_early(days: int) -> None:
    told = datetime.now(UTC) - timedelta(days=days)
    video = listed_video({"title": "x", "timestamp": told.timestamp()})
    assert video is not None
    assert video.published is not None
    assert timedelta(days=1) <= video.published - told.date() <= timedelta(days=2 + 0.03 * days)


@pytest.mark.parametrize(
    "odd", [None, "text", "", 7, -1, True, float("nan"), float("inf"), 10**400, ["x"], {"a": {}}]
)
@pytest.mark.parametrize(
    "field",
    [
        "duration", "timestamp", "upload_date", "chapters", "formats", "thumbnails", "subtitles",
        "automatic_captions", "categories", "description", "channel", "episode_number",
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_left_out(field: str, odd: object) -> None:
    info = {
        "title": "Bread",
        "formats": [{"acodec": "aac", "vcodec": "none", "url": "https://x", "abr": odd}],
        "chapters": [{"start_time": odd, "title": "One"}],
        "subtitles": {"en": files("en")},
        field: odd,
    }
    told = typed(info)
    tracks = tracks_of(told)
    assert bool(tracks) is (field != "subtitles")
    for video in (video_of(told, tracks), listed_video(told), _site_info.video_of(told)):
        assert video is not None
        assert video.title == "Bread"
    assert (sound_of(told) is not None) is (field != "formats")
    assert (_site_info.sound_of(told) is not None) is (field != "formats")
