"""Videos of the loopback YouTube, through the real yt-dlp and youtube-transcript-api: what is read, what is refused."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import BREAD, Blockade, Captions, Fault, Video, spoken, talk
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
from vidgist.models import Chapter, Fetched, Ref
from vidgist.sources import youtube as source_room
from vidgist.sources._error_map import OddAnswer
from vidgist.sources._network import Network

GOOD = {"watch": 1, "player": 1, "captions": 1}
TWICE = {"watch": 2, "player": 2}

FAULTS: dict[str, tuple[Fault, type[VidgistError], str, dict[str, int], bool]] = {
    # name: (what is wrong, error, its code, requests, whether the video's title is known)
    "captions disabled": (Fault("disabled"), NoTranscript, "no_captions", {"watch": 1, "player": 1}, True),
    "private": (Fault("private"), Withheld, "private", {"watch": 1, "player": 1}, False),
    "removed": (Fault("unavailable"), Unavailable, "unavailable", {"watch": 1, "player": 1}, False),
    "deleted by its uploader": (Fault("deleted"), Unavailable, "deleted", {"watch": 1, "player": 1}, False),
    "account terminated": (Fault("terminated"), Unavailable, "deleted", {"watch": 1, "player": 1}, False),
    "age": (Fault("age"), Withheld, "age_restricted", {"watch": 1, "player": 2}, True),
    "members only": (Fault("members"), Withheld, "members_only", {"watch": 1, "player": 1}, True),
    "another country": (Fault("country"), Withheld, "geo_restricted", {"watch": 1, "player": 1}, True),
    "to be paid": (Fault("paid"), Withheld, "paid", {"watch": 1, "player": 1}, True),
    "signed in": (Fault("login"), Withheld, "sign_in", {"watch": 1, "player": 1}, False),
    "premiere": (Fault("upcoming"), NotYet, "upcoming", {"watch": 1, "player": 1}, True),
    "live": (Fault("live"), NotYet, "live", {"watch": 1, "player": 1}, True),
    "live with captions": (Fault("live_captions"), NotYet, "live", {"watch": 1, "player": 1}, True),
    "just ended": (Fault("post_live"), NotYet, "live", {"watch": 1, "player": 1}, True),
    "bot": (Fault("bot"), Blocked, "bot_check", {"watch": 1, "player": 1}, False),
    "session limit": (Fault("session_limit"), Blocked, "rate_limited", {"watch": 1, "player": 1}, False),
    "429": (Fault("status", status=429), Blocked, "rate_limited", {"watch": 1}, False),
    "429 for captions": (Fault("status", "captions", status=429), Blocked, "rate_limited", GOOD, True),
    "captcha": (Fault("captcha"), Blocked, "captcha", {"watch": 1}, False),
    "500": (Fault("status"), Transient, "server_error", {"watch": 1}, False),
    "503 for captions": (Fault("status", "captions", status=503), Transient, "server_error", GOOD, True),
    "reset": (Fault("reset"), Transient, "network", {"watch": 1}, False),
    "reset in the player": (Fault("reset", "player"), Transient, "network", {"watch": 1, "player": 1}, False),
    "page cut off": (Fault("truncated", "watch"), Transient, "network", {"watch": 1}, False),
    "captions cut off": (Fault("truncated", "captions"), Transient, "network", GOOD, True),
    "locked": (Fault("locked"), NoTranscript, "captions_locked", TWICE, True),
    "captions forbidden": (Fault("status", "captions", status=403), NoTranscript, "captions_locked", {**TWICE, "captions": 2}, True),
    "empty": (Fault("empty"), NoTranscript, "empty_captions", {**TWICE, "captions": 2}, True),
    "garbled captions": (Fault("garbled", "captions"), Unreadable, "garbled_captions", {**TWICE, "captions": 2}, True),
    "no title": (Fault("no_title"), OddAnswer, "odd_answer", TWICE, False),
    "no duration": (Fault("no_length"), OddAnswer, "odd_answer", TWICE, True),
    "garbled everywhere": (Fault("garbled"), OddAnswer, "odd_answer", {"watch": 2, "next": 1, "player": 1}, False),
    "403 everywhere": (Fault("status", status=403), Blocked, "forbidden", {"watch": 2, "next": 1, "player": 1}, False),
    "another video": (Fault("other_video"), Blocked, "blocked", {"watch": 1, "player": 1}, False),
}  # fmt: skip


@pytest.fixture(scope="module")
def shared(youtube_server: YouTube) -> Iterator[source_room.YouTube]:
    """One source for all tests here: the libraries' start-up is what takes time."""
    made = source_room.YouTube(Network(bundles=(youtube_server.ca,)))
    yield made
    made.close()


@pytest.fixture
def source(shared: source_room.YouTube, youtube: YouTube) -> source_room.YouTube:
    return shared


def fetch(source: source_room.YouTube, video: str, *captions: str) -> Fetched:
    (item,) = source.expand(Ref(text=video))
    return source.fetch(item, captions)


def words(fetched: Fetched) -> list[str]:
    return [segment.text for segment in fetched.transcript.segments]


def test_a_video_is_read_in_three_requests(youtube: YouTube, source: source_room.YouTube) -> None:
    before = source.requests
    fetched = fetch(source, "bread_talk1")
    video = fetched.video
    assert (video.title, video.seconds, video.published) == ("Bread Without Yeast", 52.0, date(2026, 3, 14))
    assert (video.channel, video.channel_url) == (
        "Slow Bakery",
        f"https://www.youtube.com/channel/UCbakery{'0' * 16}",
    )
    assert video.chapters == tuple(
        Chapter(start=start, title=title)
        for start, title in ((0.0, "The starter"), (16.0, "Cold dough"), (36.0, "Steam"))
    )
    assert video.language == "en"
    assert (fetched.transcript.language, fetched.transcript.generated, fetched.transcript.timed) == (
        "en",
        False,
        True,
    )
    assert words(fetched) == list(BREAD)
    assert [segment.start for segment in fetched.transcript.segments[:3]] == [0.5, 4.5, 8.5]
    assert youtube.counts == GOOD
    assert source.requests - before == Counter(GOOD)
    assert youtube.refused == []


@pytest.mark.parametrize(
    ("video", "title", "language", "first"),
    [
        ("island_map2", "島はなぜ動くのか【地図と砂】", "ja", "島の地図は百年ごとに描き直される。"),
        ("old_well_03", "كيف يتقاسم الناس ماء البئر؟", "ar", "البئر القديمة تعطي الماء مرتين في اليوم."),
        ("emoji_name4", '🍞 "Crust" vs. Crumb: a/b\\c <1>? | *all*', "en-US", BREAD[0]),
        ("de_only_005", "Brot ohne Hefe", "de", "sauerteig ist brot das ohne gekaufte hefe aufgeht"),
    ],
)
def test_titles_and_words_of_every_script(
    youtube: YouTube, source: source_room.YouTube, video: str, title: str, language: str, first: str
) -> None:
    fetched = fetch(source, video)
    assert fetched.video.title == title
    assert fetched.transcript.language == language
    assert words(fetched)[0] == first
    assert youtube.counts == GOOD


@pytest.mark.parametrize(
    ("video", "captions", "language"),
    [
        ("emoji_name4", ("en",), "en-US"),
        ("bread_talk1", ("en-GB",), "en"),
        ("bread_talk1", ("fr", "de"), "de"),
        ("bread_talk1", ("fr",), "en"),
        ("island_map2", ("en",), "ja"),
    ],
)
def test_preferred_languages(
    source: source_room.YouTube, video: str, captions: tuple[str, ...], language: str
) -> None:
    assert fetch(source, video, *captions).transcript.language == language


def test_chapters_that_stand_in_the_description(source: source_room.YouTube) -> None:
    chapters = fetch(source, "listed_chap").video.chapters
    assert [(chapter.start, chapter.title) for chapter in chapters] == [
        (0.0, "Flour"),
        (20.0, "Water"),
        (40.0, "Salt"),
    ]


def test_music_is_no_speech(source: source_room.YouTube) -> None:
    with pytest.raises(NoTranscript) as caught:
        fetch(source, "music_only6")
    assert caught.value.code == "no_speech"
    assert caught.value.video is not None


def test_captions_without_a_line_are_empty_after_both_have_looked(
    youtube: YouTube, source: source_room.YouTube
) -> None:
    youtube.catalogue.add(
        Video("blank_lines", "Blank", talk("x" * 11).channel, 9, (Captions("en", spoken((" ", "\n"))),))
    )
    with pytest.raises(NoTranscript) as caught:
        fetch(source, "blank_lines")
    assert caught.value.code == "empty_captions"
    assert youtube.counts == {"watch": 2, "player": 2, "captions": 2}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_its_code_and_costs_what_it_must(
    youtube: YouTube, source: source_room.YouTube, name: str
) -> None:
    fault, kind, code, requests, known = FAULTS[name]
    youtube.spoil("de_only_005", fault)
    with pytest.raises(VidgistError) as caught:
        fetch(source, "de_only_005")
    error = caught.value
    assert isinstance(error, kind)
    assert isinstance(error, ItemError | Blocked)
    assert error.code == code
    assert {
        kind: youtube.counts[kind] for kind in ("watch", "player", "next", "captions") if youtube.counts[kind]
    } == requests
    assert (error.video is not None) == known
    if error.video is not None:
        assert error.video.title == "Brot ohne Hefe"
        assert error.video.seconds == (None if name in ("live", "no duration") else 15.0)
    assert "\n" not in str(error)
    assert youtube.refused == []


def test_causes_have_codes_of_their_own() -> None:
    codes = Counter(code for _, _, code, _, _ in FAULTS.values())
    shared = {"deleted", "live", "rate_limited", "server_error", "network", "captions_locked", "odd_answer"}
    assert {code for code, count in codes.items() if count > 1} == shared


def test_an_unknown_id_is_no_video(source: source_room.YouTube) -> None:
    with pytest.raises(Unavailable) as caught:
        fetch(source, "nothing_her")
    assert caught.value.code == "unavailable"


@pytest.mark.parametrize(
    ("fault", "requests"),
    [
        (Fault("locked", "VISIONOS"), {"watch": 2, "player": 2, "captions": 1}),
        (Fault("empty", "json3"), {"watch": 2, "player": 2, "captions": 2}),
        (Fault("garbled", "json3"), {"watch": 2, "player": 2, "captions": 2}),
        (Fault("garbled", "VISIONOS"), {"watch": 2, "player": 2, "captions": 1}),
        (Fault("garbled", "player", times=1), {"watch": 2, "player": 2, "captions": 1}),
        (Fault("other_video", "VISIONOS"), {"watch": 2, "player": 2, "captions": 1}),
        (Fault("unavailable", "VISIONOS"), {"watch": 2, "player": 2, "captions": 1}),
        (Fault("no_length", "VISIONOS"), GOOD),
    ],
    ids=lambda value: f"{value.kind}-{value.on}" if isinstance(value, Fault) else "",
)
def test_the_other_library_is_asked_once_where_it_can_help(
    youtube: YouTube, source: source_room.YouTube, fault: Fault, requests: dict[str, int]
) -> None:
    youtube.spoil("de_only_005", fault)
    fetched = fetch(source, "de_only_005")
    assert fetched.video.title == "Brot ohne Hefe"
    assert fetched.video.seconds == 15.0
    assert fetched.transcript.language == "de"
    assert words(fetched)[0] == "sauerteig ist brot das ohne gekaufte hefe aufgeht"
    assert youtube.counts == requests


def test_the_other_library_keeps_what_was_known_and_finds_the_language(
    youtube: YouTube, source: source_room.YouTube
) -> None:
    youtube.spoil("bread_talk1", Fault("locked", "VISIONOS"))
    fetched = fetch(source, "bread_talk1", "de-AT")
    assert len(fetched.video.chapters) == 3
    assert fetched.video.published == date(2026, 3, 14)
    assert (fetched.transcript.language, fetched.transcript.generated) == ("de", False)


def test_a_block_met_by_the_second_library_is_a_block(youtube: YouTube, source: source_room.YouTube) -> None:
    youtube.spoil(
        "de_only_005", Fault("locked", "VISIONOS"), Fault("status", "ANDROID", status=429, retry_after="7")
    )
    with pytest.raises(Blocked) as caught:
        fetch(source, "de_only_005")
    assert caught.value.retry_after == 7.0
    assert caught.value.video is not None


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("", None, None),
        ("17", 17.0, 17.0),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 604_000.0, 604_801.0),
        ("soon", None, None),
        ("-3", 0.0, 0.0),
    ],
)
def test_a_429_says_how_long_to_wait(
    youtube: YouTube, source: source_room.YouTube, header: str, least: float | None, most: float | None
) -> None:
    youtube.spoil("de_only_005", Fault("status", status=429, retry_after=header))
    with pytest.raises(Blocked) as caught:
        fetch(source, "de_only_005")
    wait = caught.value.retry_after
    assert wait is None if least is None or most is None else wait is not None and least <= wait <= most


def test_a_visit_ends_at_the_first_refusal(youtube: YouTube, source: source_room.YouTube) -> None:
    youtube.blockade = Blockade(after=4, refusals=1, retry_after="2")
    assert fetch(source, "bread_talk1")
    with pytest.raises(Blocked):
        fetch(source, "island_map2")
    assert youtube.by_video["island_map2"] == {"watch": 1, "player": 1}
    assert fetch(source, "island_map2")


@pytest.mark.parametrize("page_kilobytes", [0, 900])
def test_the_consent_page_is_passed(
    youtube: YouTube, source: source_room.YouTube, page_kilobytes: int
) -> None:
    youtube.consent, youtube.page_kilobytes = True, page_kilobytes
    assert fetch(source, "bread_talk1").transcript.segments
    assert youtube.requests() == 3
    youtube.spoil("bread_talk1", Fault("locked", "VISIONOS"))
    assert fetch(source, "bread_talk1").transcript.segments


def test_several_threads_share_one_source(youtube: YouTube, source: source_room.YouTube) -> None:
    youtube.spoil("bulk0000003", Fault("locked", "VISIONOS"))
    titles: dict[int, str] = {}
    before = source.requests

    def read(number: int) -> None:
        for step in range(2):
            which = number + 4 * step
            titles[which] = fetch(source, f"bulk{which:07}").video.title

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert titles == {number: f"Bulk talk {number}" for number in range(8)}
    assert (source.requests - before).total() == youtube.requests() == 8 * 3 + 2


def test_nothing_is_printed_or_written(
    source: source_room.YouTube, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fetch(source, "bread_talk1")
    with pytest.raises(Withheld):
        fetch(source, "private_xxx")
    assert list(home.rglob("*")) == []
    assert capfd.readouterr() == ("", "")
