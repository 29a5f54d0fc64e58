"""One command over everything at once: YouTube, a podcast, a page, a media address, a subtitle address, files.

All of it on this machine: ``make mixed`` plays it.
"""

from pathlib import Path

import pytest

from tests.doubles.web import Page, Web
from tests.doubles.whisper import Whisper
from tests.doubles.youtube import YouTube
from tests.e2e.conftest import Vidgist
from vidgist.text import record

pytestmark = [pytest.mark.unmeasured, pytest.mark.usefixtures("patient")]

WORDS = (
    "A hinge has two leaves and a pin that holds them together.",
    "The pin must be harder than the leaves or it bends within a year.",
    "We made forty hinges and broke nine of them on purpose.",
    "The cheapest steel held longest because it bends before it breaks.",
    "So a good hinge is a soft hinge with a hard pin.",
)


def vtt(speaker: str) -> bytes:
    cues = (
        f"00:00:{5 * n:02}.000 --> 00:00:{5 * n + 4:02}.500\n{speaker} says: {text}"
        for n, text in enumerate(WORDS)
    )
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()


PAGE = (
    "<html><head><title>How a hinge is made</title></head><body><video><source src='/talk.mp4'>"
    "<track kind='subtitles' srclang='en' src='/page.vtt'></video></body></html>"
)
FEED = (
    "<?xml version='1.0'?><rss version='2.0' xmlns:podcast='https://podcastindex.org/namespace/1.0'><channel>"
    "<title>Workshop</title><item><title>Pins</title><guid>pins</guid>"
    "<pubDate>Sat, 14 Mar 2026 08:00:00 GMT</pubDate>"
    "<podcast:transcript url='/pins.vtt' type='text/vtt'/></item></channel></rss>"
)


@pytest.fixture
def site(web: Web) -> Web:
    web.pages = {
        "/page.html": Page(PAGE.encode(), kind="text/html"),
        "/page.vtt": Page(vtt("The page"), kind="text/vtt"),
        "/feed.xml": Page(FEED.encode(), kind="application/rss+xml"),
        "/pins.vtt": Page(vtt("The podcast"), kind="text/vtt"),
        "/direct.vtt": Page(vtt("The file of a site"), kind="text/vtt"),
        "/sound.mp3": Page(b"sound", kind="audio/mpeg"),
    }
    return web


def test_a_batch_of_everything_is_done_once(
    vidgist: Vidgist, youtube: YouTube, site: Web, whisper: Whisper, speech_model: Path, tmp_path: Path
) -> None:
    whisper.cues = [type(whisper.cues[0])(5.0 * n, 5.0 * n + 4, text) for n, text in enumerate(WORDS)]
    (tmp_path / "own.vtt").write_bytes(vtt("My file"))
    (tmp_path / "list.md").write_text(
        "# To hear\n\n- [A talk](https://www.youtube.com/watch?v=bread_talk1)\n"
        f"- [ ] {site.url}/page.html\n1. {site.url}/feed.xml#pins\n2. <{site.url}/direct.vtt>\n"
        f"3. {site.url}/sound.mp3\n4. own.vtt\n",
        encoding="utf-8",
    )
    command = (
        *("run", "--from-file", "list.md", "--model", "offline:", "--pace", "0"),
        *("--transcribe", "--asr-model", speech_model),
    )
    ended = vidgist(*command)
    assert ended.code == 0, ended.err
    notes = {path: path.read_bytes() for path in (tmp_path / "notes").glob("*.txt")}
    made = {record.parse(body.decode()).title for body in notes.values()}
    assert made >= {"Bread Without Yeast", "How a hinge is made", "Pins", "direct", "sound"}
    assert len(notes) == 6

    youtube.reset()
    site.asked.clear()
    again = vidgist(*command)
    assert again.code == 0, again.err
    assert "nothing new" in again.err
    assert youtube.requests() == 0
    assert site.asked == {}
    assert {path: path.read_bytes() for path in (tmp_path / "notes").glob("*.txt")} == notes


def test_one_host_that_is_down_stops_no_other(vidgist: Vidgist, youtube: YouTube, site: Web) -> None:
    site.pages["/page.html"] = Page(status=429, headers={"Retry-After": "900"})
    ended = vidgist(
        *("run", f"{site.url}/page.html", "http://localhost:9/x.html", "bread_talk1"),
        *("--model", "offline:", "--pace", "0", "--block-wait", "0"),
    )
    assert ended.code == 1
    assert "rate_limited" in ended.err
    assert "1 done" in ended.err
