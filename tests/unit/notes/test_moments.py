import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.notes import moments

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
        ("https://example.org/talk.mp4", ""),
        (f"javascript://youtube.com/watch?v={ID}", ""),
        ("talk.vtt", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_link_to_a_second(url: str, expected: str) -> None:
    assert moments.link(url, 123.9) == expected


def test_no_link_without_a_time() -> None:
    assert moments.link(f"https://youtu.be/{ID}", None) == ""


def test_no_time_before_the_start() -> None:
    assert moments.link(f"https://youtu.be/{ID}", -3.0).endswith("?t=0s")


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
    assert moments.web(url) == expected


@given(st.text())
def test_an_address_cannot_leave_its_attribute(text: str) -> None:
    for url in (moments.web(text), moments.web(f"https://example.org/{text}")):
        assert not set(url) & set(" \"'<>()\\`\n\r\t")
        assert url.isascii()
        assert url == "" or url.lower().startswith(("http://", "https://"))


@given(st.text())
def test_a_query_cannot_bring_a_second_time(text: str) -> None:
    url = moments.link(f"https://youtu.be/{ID}?t={text}", 5)
    assert url == "" or url.endswith("t=5s")


def test_lone_surrogates_are_no_obstacle() -> None:
    assert moments.web("https://example.org/\ud800") == "https://example.org/?"


@pytest.mark.parametrize("url", [f"https://youtu.be/{ID}", f"https://www.youtube.com/watch?a=b&v={ID}&c=d"])
def test_id(url: str) -> None:
    assert moments.video_id(url) == ID
