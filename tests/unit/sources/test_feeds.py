"""Feeds as publishers write them: addresses, encodings, names that are not unique."""

import pytest

from vidgist.sources import _feeds

NAMESPACES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:media="http://search.yahoo.com/mrss/"'
)
ADDRESS = "https://pod.example/feed/a.xml"


def read(items: str, encoding: str = "utf-8") -> list[_feeds.Episode]:
    head = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" {NAMESPACES}><channel>'
    return list(_feeds.read(f"{head}{items}</channel></rss>".encode(encoding), ADDRESS).values())


def test_addresses_are_those_of_the_web_and_whole() -> None:
    (one,) = read(
        '<item><guid>1</guid><enclosure url="/s/a b.mp3" type="audio/mpeg"/>'
        '<podcast:transcript url="t/a.srt" type="application/srt"/>'
        '<podcast:transcript url="//cdn.example/a.json" type="application/json" language="de"/>'
        '<podcast:transcript url="file:///etc/passwd" type="text/plain"/>'
        '<podcast:transcript url="javascript:1" type="text/vtt"/>'
        '<podcast:transcript url="http://[" type="text/vtt"/><podcast:chapters url="ftp://x/c"/></item>'
    )
    assert one.sound == "https://pod.example/s/a%20b.mp3"
    assert [(link.url, link.language) for link in one.links] == [
        ("https://pod.example/feed/t/a.srt", ""),
        ("https://cdn.example/a.json", "de"),
    ]
    assert one.chapters == ""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_a_feed_of_any_encoding(encoding: str) -> None:
    (one,) = read(
        "<item><guid>1</guid><title>Gr\u00fc\u00dfe</title>"
        '<podcast:transcript url="https://x.example/\u00fc.srt" type="text/srt"/></item>',
        encoding,
    )
    assert one.video.title == "Gr\u00fc\u00dfe"
    assert [link.url for link in one.links] == ["https://x.example/\u00fc.srt"]


def test_two_episodes_under_one_name_are_two() -> None:
    item = '<item><guid>1</guid><enclosure url="https://x.example/{}.mp3" type="audio/mpeg"/></item>'
    found = read("".join(map(item.format, "aba")))
    assert [one.sound for one in found] == ["https://x.example/a.mp3", "https://x.example/b.mp3"]
    assert len({one.guid for one in found}) == 2


def test_sound_of_media_rss_is_sound() -> None:
    (one,) = read(
        '<item><guid>1</guid><media:content url="https://x.example/a.mp3" type="audio/mpeg"/></item>'
    )
    assert one.sound == "https://x.example/a.mp3"


def test_a_chapter_at_no_moment_is_left_out() -> None:
    moments: list[object] = [0, 10**400, float("nan"), -1, None, [], "90"]
    document = {"chapters": [{"startTime": moment, "title": "One"} for moment in moments]}
    assert [chapter.start for chapter in _feeds.chapters(document)] == [0.0, 90.0]
