"""WebVTT and SubRip as they come from the wild."""

import pytest

from vidgist.errors import Unreadable
from vidgist.readers import subtitles
from vidgist.readers.files import File

Cue = tuple[float, float, str]


def told_language(text: str) -> str:
    return subtitles.read(File("talk.vtt", f"{text}\n\n0:01.0 --> 0:02.0\nx\n".encode())).transcript.language


def cues(text: str) -> list[Cue]:
    segments = subtitles.read(File("talk.vtt", text.encode())).transcript.segments
    return [(cue.start, cue.duration, cue.text) for cue in segments]


def test_webvtt_has_more_than_cues() -> None:
    text = (
        "WEBVTT - a title\nKind: captions\nLanguage: pt-BR\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n"
        "NOTE not said\nnor this\n\nintro\n00:01.000 --> 00:02.500 align:start position:0%\n<v Bob>Hello &amp; hi\n"
        "again\n\n7\n01:00:03.000 --> 01:00:04.000\n42\n"
    )
    assert cues(text) == [(1.0, 1.5, "Hello & hi again"), (3603.0, 1.0, "42")]
    assert subtitles.read(File("talk.vtt", text.encode())).transcript.language == "pt-BR"


def test_subrip_has_numbers_that_are_not_said_and_numbers_that_are() -> None:
    text = (
        "1\n00:00:00,500 --> 00:00:02,000\nHello\nyou\n\n2\n00:00:02,000 --> 00:00:03,000\n42\n\n"
        "3\n00:00:04,000 --> 00:00:05,000\nin\n1984\n"
    )
    assert cues(text) == [(0.5, 1.5, "Hello you"), (2.0, 1.0, "42"), (4.0, 1.0, "in 1984")]


HELLO = [(0.5, 1.5, "Hello"), (2.0, 1.0, "you")]


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:00.500 --> 00:02.000\n\nHello\n\n00:02.000 --> 00:03.000\n \nyou\n",  # editors strip a space
        "WEBVTT\n\n00:00:00,500 --> 00:00:02,000\nHello\n\n00:00:02,000 --> 00:00:03,000\nyou\n",
        "\ufeff\n\nWEBVTT\r\n\r\n0:0.5 -> 0:2.0\r\nHello\r\n\r\n0:2.0 ---> 0:3\r\nyou",
        "WEBVTT\n00:00.500 --> 00:02.000\nHello\n00:02.000 --> 00:03.000\nyou\n",
        "WEBVTT\n\n00:00.500 --> 00:02.000\nHello\n\n\n\nnext\n00:02.000 --> 00:03.000\nyou\n\n00:09.000 --> 00:10.000\n\n",
        "00:00.500 --> 00:02.000\nHello\n\n00:02.000 --> 00:03.000\nyou\n",
        "00:00:00,500 --> 00:00:02,000\nHello\n\n00:00:02,000 --> 00:00:03,000\nyou\n",
        "1\n00:00:00,500 --> 00:00:02,000\nHello\n2\n00:00:02,000 --> 00:00:03,000\nyou\n",
        "made by hand\n\n1\n00:00:00.5 --> 00:00:02.0  X1:0 Y1:0\nHello\n\n2\n0:00:02,000 --> 0:00:03,000\nyou",
        "1\r00:00:00,500 --> 00:00:02,000\rHello\r\r2\r00:00:02,000 --> 00:00:03,000\ryou\r",
        "00:00:00,500 --> 00:00:02,000\nHello\n00:00:02,000 --> 00:00:03,000\nyou",
        "7\n00:00:00:500 --> 00:00:02:000\nHello\n\n7\n00 : 00 : 02 , 000 --> 00:00:03,000\nyou\n",
    ],
)
def test_broken_files_are_understood(text: str) -> None:
    assert [(start, length, words.strip()) for start, length, words in cues(text) if words] == HELLO


def test_a_blank_line_within_a_subrip_cue_does_not_end_it() -> None:
    assert cues("1\n00:00:01,000 --> 00:00:02,000\nHello\n\nmore\n") == [(1.0, 1.0, "Hello more")]


@pytest.mark.parametrize("head", ["WEBVTT\n\n", "1\n"])
def test_an_arrow_that_is_said_ends_no_cue(head: str) -> None:
    assert cues(f"{head}00:00:01.000 --> 00:00:02.000\na --> b\nmore\n") == [(1.0, 1.0, "a --> b more")]


@pytest.mark.parametrize(
    "text", ["00:00:01,000 --> 00:00:02,000", "1\n0:00:01,0 --> 0:00:02,0\n\n", "WEBVTT\n0:01.0 --> 0:02.0"]
)
def test_a_cue_may_say_nothing(text: str) -> None:
    assert [words for _, _, words in cues(text) if words] == []


def test_a_cue_that_ends_before_it_starts_has_no_length() -> None:
    assert cues("1\n00:00:05,500 --> 00:00:02,000\nHello\n") == [(5.5, 0.0, "Hello")]


def test_minutes_and_seconds_over_59_carry_over() -> None:
    assert cues("WEBVTT\n\n00:75.000 --> 00:99:99.000\nlong\n") == [(75.0, 5964.0, "long")]


@pytest.mark.parametrize("text", ["WEBVTT", "WEBVTT\n\nNOTE x\n"])
def test_nothing_is_made_of_nothing(text: str) -> None:
    assert cues(text) == []


@pytest.mark.parametrize("text", ["", "\n", "no times", "9" * 5000 + ":00:00 --> 1:00"])
def test_a_file_without_times_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="it has no times"):
        cues(text)


def test_times_that_are_not_understood_are_told() -> None:
    words = subtitles.read(File("talk.srt", b"1\n0h0q1 --> 0h0q4\nHello\n")).transcript
    assert [one.text for one in words.segments] == ["Hello"]
    assert not words.timed
    assert words.notices[0] == "times were not understood: 0h0q1 --> 0h0q4"


@pytest.mark.parametrize(
    ("text", "timed"),
    [
        ("WEBVTT", True),
        ("\ufeff1\n00:00:01,000 --> 00:00:02,000\nHello", True),
        ("00:01.000 --> 00:02.000", True),
        ("we go from a --> b", False),
        ("00:12 hello", False),
        ("", False),
    ],
)
def test_content_tells_subtitles(text: str, timed: bool) -> None:
    assert subtitles.looks(File("talk.txt", text.encode())) is timed


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("WEBVTT\nLanguage: en\n", "en"),
        ("WEBVTT\n\nLanguage: en\n", ""),
        ("WEBVTT\nLanguage: a language\n", ""),
        ("Language: en", ""),
        ("WEBVTT", ""),
    ],
)
def test_the_header_may_name_a_language(header: str, language: str) -> None:
    assert told_language(header) == language
