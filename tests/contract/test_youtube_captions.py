"""The second library alone: each fault through the real youtube-transcript-api, and its whole tree of errors."""

from collections.abc import Iterator

import pytest
import youtube_transcript_api as library

from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import BREAD, Fault
from vidgist.errors import (
    Blocked,
    ItemError,
    NoTranscript,
    NotYet,
    Transient,
    Unavailable,
    Unreadable,
    VidgistError,
    Withheld,
)
from vidgist.models import Video
from vidgist.sources._captions import Captions, translate, translations
from vidgist.sources._error_map import OddAnswer
from vidgist.sources._network import Meter, Network

FAULTS: dict[str, tuple[Fault, type[VidgistError], str]] = {
    "captions disabled": (Fault("disabled"), NoTranscript, "no_captions"),
    "private": (Fault("private"), Withheld, "private"),
    "removed": (Fault("unavailable"), Unavailable, "unavailable"),
    "deleted": (Fault("deleted"), Unavailable, "deleted"),
    "terminated": (Fault("terminated"), Unavailable, "deleted"),
    "age": (Fault("age"), Withheld, "age_restricted"),
    "members only": (Fault("members"), Withheld, "members_only"),
    "another country": (Fault("country"), Withheld, "geo_restricted"),
    "to be paid": (Fault("paid"), Withheld, "paid"),
    "signed in": (Fault("login"), Withheld, "sign_in"),
    "premiere": (Fault("upcoming"), NotYet, "upcoming"),
    "live": (Fault("live"), NotYet, "live"),
    "live with captions": (Fault("live_captions"), NotYet, "live"),
    "bot": (Fault("bot"), Blocked, "bot_check"),
    "session limit": (Fault("session_limit"), Blocked, "rate_limited"),
    "429": (Fault("status", status=429), Blocked, "rate_limited"),
    "captcha": (Fault("captcha"), Blocked, "captcha"),
    "500": (Fault("status"), Transient, "server_error"),
    "403": (Fault("status", status=403), Blocked, "forbidden"),
    "404": (Fault("status", status=404), OddAnswer, "odd_answer"),
    "captions forbidden": (Fault("status", "captions", status=403), NoTranscript, "captions_locked"),
    "reset": (Fault("reset"), Transient, "network"),
    "cut off": (Fault("truncated", "captions"), Transient, "network"),
    "locked": (Fault("locked"), NoTranscript, "captions_locked"),
    "empty": (Fault("empty"), Unreadable, "garbled_captions"),
    "garbled captions": (Fault("garbled", "captions"), Unreadable, "garbled_captions"),
    "garbled page": (Fault("garbled", "watch"), OddAnswer, "odd_answer"),
    "garbled player": (Fault("garbled", "player"), OddAnswer, "odd_answer"),
    "no title": (Fault("no_title"), OddAnswer, "odd_answer"),
    "no duration": (Fault("no_length"), OddAnswer, "odd_answer"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shared(youtube_server: YouTube) -> Iterator[Captions]:
    made = Captions(Network(bundles=(youtube_server.ca,)), Meter())
    yield made
    made.close()


@pytest.fixture
def captions(shared: Captions, youtube: YouTube) -> Captions:
    return shared


def test_words_and_what_the_player_knows(youtube: YouTube, captions: Captions) -> None:
    fetched = captions.fetch("bread_talk1", ("en",))
    assert fetched.video == Video(
        title="Bread Without Yeast",
        seconds=52.0,
        channel="Slow Bakery",
        channel_url=f"https://www.youtube.com/channel/UCbakery{'0' * 16}",
    )
    assert [segment.text for segment in fetched.transcript.segments] == list(BREAD)
    assert (fetched.transcript.language, fetched.transcript.generated) == ("en", False)
    assert youtube.counts == {"watch": 1, "player": 1, "captions": 1}


def test_a_language_is_found_by_its_varieties(captions: Captions) -> None:
    assert captions.fetch("emoji_name4", ("en",)).transcript.language == "en-US"


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_its_code(youtube: YouTube, captions: Captions, name: str) -> None:
    fault, kind, code = FAULTS[name]
    youtube.spoil("de_only_005", fault)
    with pytest.raises(VidgistError) as caught:
        captions.fetch("de_only_005", ())
    assert type(caught.value) is kind
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


def test_an_error_tells_of_the_video_what_was_seen_or_known(youtube: YouTube, captions: Captions) -> None:
    youtube.spoil("de_only_005", Fault("locked"))
    known = Video(title="Known before", seconds=1.0)
    for before, title in ((None, "Brot ohne Hefe"), (known, "Known before")):
        with pytest.raises(ItemError) as caught:
            captions.fetch("de_only_005", (), before)
        assert caught.value.video is not None
        assert caught.value.video.title == title


def test_an_earlier_visit_is_forgotten(youtube: YouTube, captions: Captions) -> None:
    youtube.spoil("live_xxxxxx", Fault("live"))
    with pytest.raises(NotYet):
        captions.fetch("live_xxxxxx", ())
    with pytest.raises(Withheld) as caught:
        captions.fetch("private_xxx", ())
    assert caught.value.video is None
    youtube.spoil("de_only_005", Fault("status", status=429, retry_after="9"))
    with pytest.raises(Blocked) as blocked:
        captions.fetch("de_only_005", ())
    assert blocked.value.retry_after == 9.0
    with pytest.raises(Blocked) as bot:
        captions.fetch("bot_xxxxxxx", ())
    assert bot.value.retry_after is None


def _tree(kind: type[Exception]) -> set[type[Exception]]:
    return {kind}.union(*(_tree(child) for child in kind.__subclasses__()))


def test_every_error_of_the_library_has_a_translation() -> None:
    tree = _tree(library.YouTubeTranscriptApiException)
    assert {kind for kind in tree if kind.__module__.startswith(library.__name__)} == set(translations())


def test_an_error_unknown_to_us_goes_by_its_nearest_relative() -> None:
    class Later(library.TranscriptsDisabled):
        pass

    assert translate(Later("x")).code == "no_captions"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (library.YouTubeDataUnparsable("x"), "odd_answer"),
        (library.FailedToCreateConsentCookie("x"), "odd_answer"),
        (library.InvalidVideoId("x"), "unavailable"),
        (library.NotTranslatable("x"), "no_captions"),
        (library.VideoUnplayable("x", None, []), "unplayable"),
        (library.VideoUnplayable("x", "A reason\nnobody has seen", []), "unplayable"),
        (library.VideoUnplayable("x", "Video unavailable", ["removed by the uploader"]), "deleted"),
    ],
)
def test_errors_that_the_loopback_site_does_not_bring_about(error: Exception, code: str) -> None:
    made = translate(error)
    assert made.code == code
    assert "\n" not in str(made)
