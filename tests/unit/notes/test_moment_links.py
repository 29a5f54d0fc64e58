import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.notes import moment_links

ID = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"https://www.youtube.com/watch?v={ID}", f"https://www.youtube.com/watch?v={ID}&t=123s"),
        (
            f"https://youtube.com/watch?v={ID}&si=abc",
            f"https://youtube.com/watch?v={ID}&si=abc&t=123s",
        ),
        (
            f"https://m.youtube.com/watch?t=4m&list=PL1&v={ID}&start=7#t=9",
            f"https://m.youtube.com/watch?v={ID}&list=PL1&t=123s",
        ),
        (f"https://youtu.be/{ID}", f"https://youtu.be/{ID}?t=123s"),
        (f"http://youtu.be/{ID}?si=x&t=5", f"http://youtu.be/{ID}?si=x&t=123s"),
        (f"https://www.youtube.com/shorts/{ID}", f"https://www.youtube.com/watch?v={ID}&t=123s"),
        (f"https://www.youtube.com/live/{ID}?si=x", f"https://www.youtube.com/watch?v={ID}&si=x&t=123s"),
        (
            f"https://www.youtube-nocookie.com/embed/{ID}",
            f"https://www.youtube-nocookie.com/watch?v={ID}&t=123s",
        ),
        (f"https://youtube.com.evil.example/watch?v={ID}", ""),
        (f"https://notyoutube.com/watch?v={ID}", ""),
        ("https://www.youtube.com/watch?v=short", ""),
        ("https://www.youtube.com/@channel", ""),
        ("https://www.youtube.com/shorts", ""),
        ("https://example.org/talk", ""),
        ("https://vimeo.com/76979871", "https://vimeo.com/76979871#t=123s"),
        (
            "https://vimeo.com/channels/staff/76979871#t=9s",
            "https://vimeo.com/channels/staff/76979871#t=123s",
        ),
        (
            "https://vimeo.com/76979871/ab12cd?share=copy",
            "https://vimeo.com/76979871/ab12cd?share=copy#t=123s",
        ),
        ("https://player.vimeo.com/video/76979871?h=1", "https://player.vimeo.com/video/76979871?h=1#t=123s"),
        ("https://vimeo.com/staff", ""),
        (
            "https://www.dailymotion.com/video/x8abc?start=4",
            "https://www.dailymotion.com/video/x8abc?start=123",
        ),
        ("https://dai.ly/x8abc", "https://dai.ly/x8abc?start=123"),
        ("https://www.twitch.tv/videos/123?t=0h0m4s", "https://www.twitch.tv/videos/123?t=0h2m3s"),
        ("https://www.twitch.tv/somebody", ""),
        ("https://www.ted.com/talks/a_b_c?language=en", "https://www.ted.com/talks/a_b_c?language=en&t=123"),
        ("https://soundcloud.com/who/what#t=0:09", "https://soundcloud.com/who/what#t=2:03"),
        (
            "https://www.bilibili.com/video/BV1xx411c7mD/?p=2&t=4",
            "https://www.bilibili.com/video/BV1xx411c7mD/?p=2&t=123",
        ),
        ("https://www.nicovideo.jp/watch/sm9", "https://www.nicovideo.jp/watch/sm9?from=123"),
        ("https://rumble.com/v4abc-a-talk.html", "https://rumble.com/v4abc-a-talk.html?start=123"),
        ("https://odysee.com/@who:1/what:2", "https://odysee.com/@who:1/what:2?t=123"),
        ("https://archive.org/details/a-talk", "https://archive.org/details/a-talk?start=123"),
        ("https://media.ccc.de/v/38c3-a-talk", "https://media.ccc.de/v/38c3-a-talk#t=123"),
        (
            "https://tube.example/w/9Yw1LrmkCwJJqNGuuJ1Zk4",
            "https://tube.example/w/9Yw1LrmkCwJJqNGuuJ1Zk4?start=123s",
        ),
        (
            "https://tube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d?x=1",
            "https://tube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d?x=1&start=123s",
        ),
        ("https://example.org/a/talk.MP3?key=1", "https://example.org/a/talk.MP3?key=1#t=123"),
        ("https://vimeo.com.evil.example/76979871", ""),
        ("https://notted.com/talks/a", ""),
        (f"javascript://youtube.com/watch?v={ID}", ""),
        ("talk.vtt", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_link_to_a_second(url: str, expected: str) -> None:
    assert moment_links.link(url, 123.9) == expected


def test_no_link_without_a_time() -> None:
    assert moment_links.link(f"https://youtu.be/{ID}", None) == ""


def test_hours_where_a_site_has_them() -> None:
    assert moment_links.link("https://soundcloud.com/who/what", 3_723).endswith("#t=1:02:03")
    assert moment_links.link("https://www.twitch.tv/videos/1", 3_723).endswith("?t=1h2m3s")


def test_no_time_before_the_start() -> None:
    assert moment_links.link(f"https://youtu.be/{ID}", -3.0).endswith("?t=0s")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" https://example.org/ü ", "https://example.org/%C3%BC"),
        ('https://example.org/"onclick=x', "https://example.org/%22onclick=x"),
        ("https://example.org/<b>", "https://example.org/%3Cb%3E"),
        ("https://example.org/a)b'c", "https://example.org/a%29b%27c"),
        ("https://example.org/a b", ""),
        ("https://example.org/a\nb", ""),
        ("https://example.org\\@evil.example", ""),
        ("https://", ""),
        ("ftp://example.org/a", ""),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)//https://a.b", ""),
        ("data:text/html,<b>", ""),
        ("//example.org/a", ""),
    ],
)
def test_what_may_be_followed(url: str, expected: str) -> None:
    assert moment_links.web(url) == expected


@given(st.text())
def test_an_address_cannot_leave_its_attribute(text: str) -> None:
    for url in (moment_links.web(text), moment_links.web(f"https://example.org/{text}")):
        assert not set(url) & set(" \"'<>()\\`\n\r\t")
        assert url.isascii()
        assert url == "" or url.lower().startswith(("http://", "https://"))


@given(st.text())
def test_a_query_cannot_bring_a_second_time(text: str) -> None:
    url = moment_links.link(f"https://youtu.be/{ID}?t={text}", 5)
    assert url == "" or url.endswith("t=5s")


def test_lone_surrogates_are_no_obstacle() -> None:
    assert moment_links.web("https://example.org/\ud800") == "https://example.org/?"


@pytest.mark.parametrize("url", [f"https://youtu.be/{ID}", f"https://www.youtube.com/watch?a=b&v={ID}&c=d"])
def test_id(url: str) -> None:
    assert moment_links.video_id(url) == ID
