"""Podcast feeds over a site on this machine: through the command, and the source by itself."""

import itertools
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.doubles.web import Page, Web
from tests.doubles.whisper import Whisper
from tests.e2e.conftest import Vidgist
from vidgist import registry
from vidgist.config import Settings
from vidgist.errors import (
    Blocked,
    InputError,
    ItemError,
    NoTranscript,
    Transient,
    Unavailable,
    Unreadable,
    VidgistError,
    Withheld,
)
from vidgist.models import Fetched, Item, Ref, Segment
from vidgist.protocols import Source
from vidgist.text import record

FAST = ("--pace", "0", "--model", "offline:")
WORDS = (
    "A starter is flour and water left alone.",
    "Wild yeast lives in the flour and wakes up slowly.",
    "A cold night makes the dough strong.",
    "Steam keeps the crust soft while the loaf grows.",
    "So good bread needs little work and much time.",
)
VTT = "WEBVTT\n\n" + "\n\n".join(
    f"00:00:{5 * n:02}.000 --> 00:00:{5 * n + 4:02}.500\n<v Ann>{text}" for n, text in enumerate(WORDS)
)
SRT = "\n\n".join(
    f"{n + 1}\n00:00:{5 * n:02},000 --> 00:00:{5 * n + 4:02},500\n{text}" for n, text in enumerate(WORDS)
)
JSON = json.dumps(
    {
        "version": "1.0.0",
        "segments": [
            {"speaker": "Ann", "startTime": 5.0 * n, "endTime": 5.0 * n + 4.5, "body": text}
            for n, text in enumerate(WORDS)
        ],
    }
)
SEGMENTS = tuple(Segment(start=5.0 * n, duration=4.5, text=text) for n, text in enumerate(WORDS))


def unvoiced(fetched: Fetched) -> tuple[Segment, ...]:
    """The segments without their speakers, whom not every format names."""
    return tuple(one.model_copy(update={"speaker": ""}) for one in fetched.transcript.segments)


@pytest.fixture
def source() -> Iterator[Source]:
    made = next(one for one in registry.sources(Settings()) if one.name == "podcast")
    yield made
    made.close()


def episode(name: str, *links: str, day: str = "Sat, 14 Mar 2026 08:00:00 GMT", more: str = "") -> str:
    return (
        f"<item><title>Talk {name} &amp; more</title><guid isPermaLink='false'>guid {name}</guid>"
        f"<pubDate>{day}</pubDate><itunes:duration>1:02:03</itunes:duration>{more}{''.join(links)}</item>"
    )


def link(url: str, kind: str = "text/vtt", language: str = "") -> str:
    told = f" language='{language}'" if language else ""
    return f"<podcast:transcript url='{url}' type='{kind}'{told}/>"


def feed(*episodes: str) -> Page:
    text = (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'"
        " xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
        " xmlns:podcast='https://podcastindex.org/namespace/1.0'>"
        "<channel><title>Slow Bakery</title><link>https://bakery.example/</link><language>en-us</language>"
        f"{''.join(episodes)}</channel></rss>"
    )
    return Page(text.encode(), kind="application/rss+xml")


def items(source: Source, ref: str) -> list[Item]:
    return list(source.expand(Ref(text=ref, origin="here")))


# Through the command


def test_a_feed_is_listed_paced_summarized_and_remembered(vidgist: Vidgist, web: Web, tmp_path: Path) -> None:
    web.pages = {
        "/feed.xml": feed(
            episode("one", link("/one.vtt")), episode("two", link("two.srt", "application/x-subrip")), episode("three")
        ),
        "/one.vtt": Page(VTT.encode()),
        "/two.srt": Page(SRT.encode()),
    }  # fmt: skip
    command = ("run", f"{web.url}/feed.xml", *FAST, "--format", "txt,json")
    ended = vidgist(*command, "--json-events")
    assert ended.code == 1, ended.err
    events = [json.loads(line) for line in ended.err.splitlines()]
    assert events[-1]["requests"] == {"feed": 1, "transcript": 2}
    (listed,) = (event for event in events if event["event"] == "listed")
    assert (listed["count"], listed["complete"]) == (3, True)
    made = {
        one.title: one
        for one in map(record.parse, (p.read_text("utf-8") for p in (tmp_path / "notes").glob("*.txt")))
    }
    assert {title: one.status.split(": ")[1:2] for title, one in made.items()} == {
        "Talk one & more": [],
        "Talk two & more": [],
        "Talk three & more": ["no_captions"],
    }
    one = made["Talk one & more"]
    assert (one.content, one.duration) == (" ".join(WORDS), "1:02:03")
    assert one.url == f"{web.url}/feed.xml#guid%20one"

    before = {path: path.read_bytes() for path in (tmp_path / "notes").iterdir()}
    web.asked.clear()
    assert vidgist(*command).code == 1
    assert web.asked == {"/feed.xml": 1}
    assert {path: path.read_bytes() for path in (tmp_path / "notes").iterdir()} == before


def test_only_younger_episodes_are_visited(vidgist: Vidgist, web: Web) -> None:
    web.pages = {
        "/feed.xml": feed(
            episode("new", link("/new.vtt")),
            episode("old", link("/old.vtt"), day="Sat, 14 Mar 2020 08:00:00 GMT"),
        ),
        "/new.vtt": Page(VTT.encode()),
    }
    assert vidgist("run", f"{web.url}/feed.xml", *FAST, "--since", "2026-01-01").code == 0
    assert web.asked == {"/feed.xml": 1, "/new.vtt": 1}


def test_one_that_failed_can_be_named_and_tried_again(vidgist: Vidgist, web: Web, tmp_path: Path) -> None:
    web.pages = {"/feed.xml": feed(episode("one", link("/one.vtt")), episode("two", link("/gone.vtt")))}
    web.pages["/one.vtt"] = Page(VTT.encode())
    assert vidgist("run", f"{web.url}/feed.xml", *FAST).code == 1
    web.pages["/gone.vtt"] = Page(VTT.encode())
    web.asked.clear()
    assert vidgist("run", "--retry-failed", *FAST).code == 0
    assert web.asked == {"/feed.xml": 1, "/gone.vtt": 1}
    assert len(list((tmp_path / "notes").glob("*.txt"))) == 2


def test_a_feed_with_trouble_is_tried_again_through_the_gate(
    vidgist: Vidgist, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vidgist.run.throttle.FIRST_WAIT", 0.0)
    web.pages["/feed.xml"] = Page(status=503)
    ended = vidgist("run", f"{web.url}/feed.xml", *FAST)
    assert ended.code == 1
    assert "HTTP 503" in ended.err
    assert web.asked["/feed.xml"] > 1


def test_an_episode_without_a_transcript_is_heard(
    vidgist: Vidgist, web: Web, whisper: Whisper, speech_model: Path, tmp_path: Path
) -> None:
    sound = "<enclosure url='/one.mp3' type='audio/mpeg' length='5'/>"
    web.pages = {"/feed.xml": feed(episode("one", more=sound)), "/one.mp3": Page(b"sound")}
    whisper.cues = [type(whisper.cues[0])(5.0 * n, 5.0 * n + 4, text) for n, text in enumerate(WORDS)]
    command = ("run", f"{web.url}/feed.xml", *FAST)
    assert vidgist(*command).code == 1
    listening = ("--transcribe", "--asr-model", speech_model)
    assert vidgist(*command, *listening).code == 0
    assert whisper.recordings == [b"sound"]
    assert vidgist(*command, *listening).code == 0
    assert (web.asked["/one.mp3"], len(whisper.recordings)) == (1, 1)
    (path,) = (tmp_path / "notes").glob("*.txt")
    assert record.parse(path.read_text("utf-8")).content == " ".join(WORDS)


# The source


@pytest.mark.parametrize(
    ("ref", "ours"),
    [
        ("https://example.org/feed.xml", True),
        ("http://example.org/show.rss?token=1#guid%201", True),
        ("https://example.org/podcast/feed/", True),
        ("https://feeds.example.org/AB12", True),
        ("https://example.org/s/12/podcast/rss", True),
        ("https://example.org/blog/atom.xml", True),
        ("https://example.org/rss", True),
        ("podcast:https://example.org/anything", True),
        ("https://example.org/anything", False),
        ("https://youtu.be/WDsAhkFsKfE", False),
        ("feed.xml", False),
        ("podcast:feed.xml", False),
        ("https://example.org/a b.xml", False),
    ],
)
def test_what_looks_like_a_feed_is_claimed(source: Source, ref: str, ours: bool) -> None:
    assert source.claims(ref) is ours
    assert source.lists(ref) is ours


def test_the_feed_tells_of_an_episode(source: Source, web: Web) -> None:
    web.pages["/show"] = feed(episode("one"), episode("two", day="nonsense"))
    one, two = items(source, f"podcast:{web.url}/show")
    assert one.video is not None
    assert (one.video.title, one.video.seconds, one.video.published) == (
        "Talk one & more",
        3723,
        date(2026, 3, 14),
    )
    assert (one.video.channel, one.video.channel_url) == ("Slow Bakery", "https://bakery.example/")
    assert one.video.language == "en-us"
    assert (one.url, one.origin) == (f"podcast:{web.url}/show#guid%20one", "here")
    assert one.name != two.name
    assert two.video is not None
    assert two.video.published is None
    assert items(source, one.url) == [one]


def test_newest_first_where_that_is_asked(web: Web) -> None:
    web.pages["/feed"] = feed(episode("old", day="Sat, 14 Mar 2020 08:00:00 GMT"), episode("new"))
    source = next(one for one in registry.sources(Settings(newest_first=True)) if one.name == "podcast")
    assert [item.id.rpartition("%20")[2] for item in items(source, f"{web.url}/feed")] == ["new", "old"]
    source.close()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/vtt", VTT),
        ("text/vtt; charset=utf-8", f"\ufeff{VTT}"),
        ("application/x-subrip", SRT),
        ("application/srt", SRT),
        ("application/json", JSON),
    ],
)
def test_each_kind_of_transcript_is_read(source: Source, web: Web, kind: str, body: str) -> None:
    web.pages = {"/feed": feed(episode("one", link("t", kind))), "/t": Page(body.encode())}
    (item,) = items(source, f"{web.url}/feed")
    fetched = source.fetch(item, ())
    assert unvoiced(fetched) == SEGMENTS
    assert fetched.transcript.language == "en-us"
    assert fetched.video == item.video
    assert source.requests == {"feed": 1, "transcript": 1}


def test_another_process_may_fetch_what_this_one_listed(source: Source, web: Web) -> None:
    web.pages = {"/feed": feed(episode("one", link("t"))), "/t": Page(VTT.encode())}
    (item,) = items(source, f"{web.url}/feed")
    other = next(one for one in registry.sources(Settings()) if one.name == "podcast")
    assert unvoiced(other.fetch(item, ())) == SEGMENTS
    assert other.requests == {"feed": 1, "transcript": 1}
    other.close()


@pytest.mark.parametrize(
    ("links", "captions", "taken"),
    [
        (["json", "srt", "vtt"], (), "vtt"),
        (["vtt/de", "json/en", "srt/en"], (), "srt/en"),
        (["vtt/en", "json/de-AT"], ("fr", "de"), "json/de-AT"),
        (["vtt/en", "vtt/de"], ("fr",), "vtt/en"),
        (["html", "json"], (), "json"),
    ],
)
def test_the_language_asked_for_comes_before_the_kind(
    source: Source, web: Web, links: list[str], captions: tuple[str, ...], taken: str
) -> None:
    kinds = {"vtt": "text/vtt", "srt": "application/srt", "json": "application/json", "html": "text/html"}
    bodies = {"vtt": VTT, "srt": SRT, "json": JSON, "html": "<p>"}
    told = [name.partition("/") for name in links]
    web.pages = {f"/{name}": Page(bodies[name.partition("/")[0]].encode()) for name in links}
    web.pages["/feed"] = feed(
        episode("one", *(link(f"/{kind}{slash}{code}", kinds[kind], code) for kind, slash, code in told))
    )
    (item,) = items(source, f"{web.url}/feed")
    source.fetch(item, captions)
    assert web.asked == {"/feed": 1, f"/{taken}": 1}


@pytest.mark.parametrize(
    ("page", "error", "code"),
    [
        (Page(status=404), Withheld, "not_found"),
        (Page(status=410), Unavailable, "deleted"),
        (Page(status=401), Withheld, "sign_in"),
        (Page(status=403), Withheld, "denied"),
        (Page(status=429, headers={"Retry-After": "7"}), Blocked, "rate_limited"),
        (Page(status=500), Transient, "server_error"),
        (Page(b"x" * 1000, keep=0.5), Transient, "network"),
        (Page(b"x" * 20_000_001), Unreadable, "too_large"),
        (Page(b""), Unreadable, "format"),
        (Page(b"<html><body>hello"), Unreadable, "format"),
        (Page(b"<opml/>"), Unreadable, "format"),
    ],
)
def test_a_feed_that_cannot_be_had_says_why(
    source: Source, web: Web, page: Page, error: type[ItemError], code: str
) -> None:
    web.pages["/feed"] = page
    with pytest.raises(error) as raised:
        items(source, f"{web.url}/feed")
    assert raised.value.code == code
    if isinstance(raised.value, Blocked):
        assert raised.value.retry_after == 7.0


@pytest.mark.parametrize(
    ("kind", "page", "error", "code"),
    [
        ("text/vtt", Page(status=404), Withheld, "not_found"),
        ("text/vtt", Page(status=503), Transient, "server_error"),
        ("text/vtt", Page(b"<html>"), Unreadable, "format"),
        ("application/srt", Page(b"nothing"), Unreadable, "format"),
        ("application/json", Page(b"{"), Unreadable, "format"),
        ("application/json", Page(b"[" * 100_000), Unreadable, "format"),
        ("application/json", Page(b'{"segments": [1]}'), Unreadable, "format"),
        ("application/json", Page(b'{"segments": []}'), NoTranscript, "empty_captions"),
        ("text/vtt", Page(b"WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]\n"), NoTranscript, "no_speech"),
    ],
)
def test_a_transcript_that_cannot_be_read_says_why_and_of_what(
    source: Source, web: Web, kind: str, page: Page, error: type[ItemError], code: str
) -> None:
    web.pages = {"/feed": feed(episode("one", link("/t", kind))), "/t": page}
    (item,) = items(source, f"{web.url}/feed")
    with pytest.raises(error) as raised:
        source.fetch(item, ())
    assert raised.value.code == code
    assert raised.value.video == item.video


def test_an_atom_feed_tells_the_same(source: Source, web: Web) -> None:
    text = (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'"
        " xmlns:pc='https://podcastindex.org/namespace/1.0'><title>Langsame Backstube</title>"
        "<entry><id>urn:1</id><title>Teig</title><published>2026-03-14T08:00:00Z</published>"
        "<link rel='enclosure' type='audio/mpeg' href='/teig.mp3'/><summary>Mehl &amp;amp; Wasser</summary>"
        "<pc:transcript url='/teig.vtt' type='text/vtt' language='de'/></entry></feed>"
    )
    web.pages = {
        "/atom.xml": Page(text.encode(), kind="application/atom+xml"),
        "/teig.vtt": Page(VTT.encode()),
    }
    (item,) = items(source, f"{web.url}/atom.xml")
    assert item.video is not None
    assert (item.video.title, item.video.published) == ("Teig", date(2026, 3, 14))
    assert unvoiced(source.fetch(item, ())) == SEGMENTS


def test_chapters_notes_and_names_come_along(source: Source, web: Web) -> None:
    more = (
        "<description>&lt;p&gt;Flour &amp;amp; water&lt;/p&gt;&lt;p&gt;and time&lt;/p&gt;</description>"
        "<itunes:episode>7</itunes:episode><itunes:author>Ann</itunes:author><category>Food</category>"
        "<itunes:image href='https://bakery.example/7.jpg'/><podcast:chapters url='/c.json' type='application/json+chapters'/>"
    )
    told = {"chapters": [{"startTime": 0, "title": "Flour"}, {"startTime": 9.5, "title": "Ad", "toc": False}]}
    web.pages = {
        "/feed": feed(episode("one", link("/t"), more=more)),
        "/t": Page(VTT.encode()),
        "/c.json": Page(json.dumps(told).encode()),
    }
    (item,) = items(source, f"{web.url}/feed")
    video = source.fetch(item, ()).video
    assert [(one.start, one.title) for one in video.chapters] == [(0.0, "Flour")]
    assert (video.description, video.categories, video.author) == (
        "Flour & water\n\nand time",
        ("Food",),
        "Ann",
    )
    assert (video.playlist, video.playlist_index, video.cover) == (
        "Slow Bakery",
        7,
        "https://bakery.example/7.jpg",
    )
    web.pages["/c.json"] = Page(b"[")
    assert source.fetch(item, ()).video.chapters == ()


def test_a_feed_that_is_not_well_formed_is_read_all_the_same(source: Source, web: Web) -> None:
    page = feed(episode("one", link("/t")), episode("two"))
    web.pages["/feed"] = Page(
        page.body.replace(b" &amp; more</title>", b" & more</title><br>"), kind=page.kind
    )
    assert len(items(source, f"{web.url}/feed")) == 2


def test_a_bomb_is_no_feed_or_an_empty_one(source: Source, web: Web) -> None:
    names = "abcdefghij"
    bombs = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in itertools.pairwise(names))
    bomb = f"<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>{bombs}]><rss><channel><title>&j;</title></channel></rss>"
    web.pages["/feed"] = Page(bomb.encode())
    with pytest.raises(VidgistError):
        items(source, f"{web.url}/feed")


def test_times_that_cannot_be_are_passed_over(source: Source, web: Web) -> None:
    segments = [
        {"startTime": 1, "endTime": "Infinity", "body": "one"},
        {"startTime": 2, "endTime": 1, "body": "two"},
        {"startTime": 3, "body": "three"},
    ]
    web.pages = {
        "/feed": feed(episode("one", link("/t", "application/json"))),
        "/t": Page(json.dumps({"segments": segments}).encode()),
    }
    (item,) = items(source, f"{web.url}/feed")
    read = source.fetch(item, ()).transcript.segments
    assert [(segment.start, segment.duration, segment.text) for segment in read] == [
        (1.0, 1.0, "one"),
        (2.0, 0.0, "two"),
        (3.0, 0.0, "three"),
    ]


@pytest.mark.parametrize("told", ["x", "1:x", "9" * 400, ""])
def test_a_length_that_is_none_is_unknown(source: Source, web: Web, told: str) -> None:
    one = episode("one").replace("1:02:03", told)
    web.pages["/feed"] = feed(one)
    (item,) = items(source, f"{web.url}/feed")
    assert item.video is not None
    assert item.video.seconds is None


def test_what_a_feed_does_not_have_is_named(source: Source, web: Web) -> None:
    web.pages = {"/feed": feed(episode("one")), "/rss": feed()}
    with pytest.raises(InputError, match="has no episode 'other'"):
        items(source, f"{web.url}/feed#other")
    with pytest.raises(InputError, match="has no episodes"):
        items(source, f"{web.url}/rss")
    (item,) = items(source, f"{web.url}/feed")
    with pytest.raises(Unavailable, match="any more"):
        source.fetch(item.model_copy(update={"id": f"{web.url}/feed#other"}), ())


def test_a_site_that_is_not_there_may_come_back(source: Source) -> None:
    with pytest.raises(Transient, match="cannot be reached"):
        items(source, "http://127.0.0.1:9/feed")
