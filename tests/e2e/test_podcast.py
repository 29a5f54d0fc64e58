"""The podcast plug-in of the examples, built and installed as a package, over a site on this machine."""

import importlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from tests.doubles.web import Page, Web
from tests.doubles.whisper import Whisper
from tests.e2e.conftest import EXAMPLES, Vidgist
from vidgist import registry
from vidgist.config import Settings
from vidgist.errors import InputError, ItemError, NoTranscript, Transient, Unavailable, Unreadable
from vidgist.models import Item, Ref, Segment
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


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plug-in as a package, made from a copy so that nothing is left in the tree."""
    tree = tmp_path_factory.mktemp("plug-in") / "podcast"
    shutil.copytree(EXAMPLES / "podcast", tree, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tree.parent / "dist")]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = (tree.parent / "dist").glob("*.whl")
    return made


@pytest.fixture(autouse=True)
def plugin(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The package installed: its files and its entry point on the path."""
    site = tmp_path / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    monkeypatch.syspath_prepend(str(site))
    module = importlib.import_module("vidgist_podcast")
    assert module.__file__ == str(site / "vidgist_podcast.py")
    yield module
    del sys.modules["vidgist_podcast"]


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
    assert tuple(one.model_copy(update={"speaker": ""}) for one in fetched.transcript.segments) == SEGMENTS
    assert {one.speaker for one in fetched.transcript.segments} == (
        {""} if "sub" in kind or "srt" in kind else {"Ann"}
    )
    assert fetched.transcript.language == "en-us"
    assert fetched.video == item.video
    assert source.requests == {"feed": 1, "transcript": 1}


def test_another_process_may_fetch_what_this_one_listed(source: Source, web: Web) -> None:
    web.pages = {"/feed": feed(episode("one", link("t"))), "/t": Page(VTT.encode())}
    (item,) = items(source, f"{web.url}/feed")
    other = next(one for one in registry.sources(Settings()) if one.name == "podcast")
    assert [one.text for one in other.fetch(item, ()).transcript.segments] == list(WORDS)
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
        (Page(status=404), Unavailable, "unavailable"),
        (Page(status=410), Unavailable, "unavailable"),
        (Page(status=401), Unavailable, "private"),
        (Page(status=403), Unavailable, "private"),
        (Page(status=429, headers={"Retry-After": "7"}), Transient, "server_error"),
        (Page(status=500), Transient, "server_error"),
        (Page(b"x" * 1000, keep=0.5), Transient, "network"),
        (Page(b"x" * 20_000_001), Unreadable, "too_large"),
        (Page(b""), Unreadable, "format"),
        (Page(b"<html><body>hello"), Unreadable, "format"),
        (Page(b"<opml/>"), Unreadable, "format"),
        (Page(b"<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss>&b;</rss>"), Unreadable, "format"),
        (Page(status=302, headers={"Location": "ftp://nowhere"}), Unavailable, "unavailable"),
    ],
)
def test_a_feed_that_cannot_be_had_says_why(
    source: Source, web: Web, page: Page, error: type[ItemError], code: str
) -> None:
    web.pages["/feed"] = page
    with pytest.raises(error) as raised:
        items(source, f"{web.url}/feed")
    assert raised.value.code == code
    if isinstance(raised.value, Transient):
        assert raised.value.retry_after == (7.0 if page.status == 429 else None)


@pytest.mark.parametrize(
    ("kind", "page", "error", "code"),
    [
        ("text/vtt", Page(status=404), Unavailable, "unavailable"),
        ("text/vtt", Page(status=503), Transient, "server_error"),
        ("text/vtt", Page(b"<html>"), Unreadable, "format"),
        ("application/srt", Page(b"nothing"), Unreadable, "format"),
        ("application/json", Page(b"{"), Unreadable, "format"),
        ("application/json", Page(b"[" * 100_000), Unreadable, "format"),
        ("application/json", Page(b'{"segments": [1]}'), Unreadable, "format"),
        ("application/json", Page(b'{"segments": []}'), NoTranscript, "empty_transcript"),
        ("text/vtt", Page(b"WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]\n"), NoTranscript, "empty_transcript"),
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
        (1.0, 0.0, "one"),
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
    with pytest.raises(Transient, match="cannot be had"):
        items(source, "http://127.0.0.1:9/feed")
