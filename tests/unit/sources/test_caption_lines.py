"""json3 files and the cleaning of caption lines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.errors import NoTranscript
from vidgist.models import Segment
from vidgist.sources._caption_lines import NotJson3, clean, parse_json3, require_speech, segment


def body(*events: object) -> bytes:
    return json.dumps({"wireMagic": "pb3", "events": events}).encode()


def test_lines_with_their_times() -> None:
    assert parse_json3(
        body(
            {"tStartMs": 0, "dDurationMs": 9000, "id": 1},
            {
                "tStartMs": 1200,
                "dDurationMs": 2500,
                "segs": [{"utf8": "so"}, {"utf8": " we\nbake", "tOffsetMs": 3}],
            },
            {"tStartMs": 3700, "dDurationMs": 10, "aAppend": 1, "segs": [{"utf8": "\n"}]},
            {"tStartMs": 4000, "segs": [{"utf8": "salt &amp; flour"}]},
            {"segs": [{"utf8": "at the start"}]},
        )
    ) == (
        Segment(start=0.0, duration=0.0, text="at the start"),
        Segment(start=1.2, duration=2.5, text="so we bake"),
        Segment(start=4.0, duration=0.0, text="salt & flour"),
    )


@pytest.mark.parametrize(
    "event",
    [
        None,
        "words",
        {},
        {"segs": None},
        {"segs": "words"},
        {"segs": [None, 3]},
        {"segs": [{"utf8": None}]},
        {"segs": [{"utf8": " \n"}]},
        {"segs": [{"utf8": "x"}], "tStartMs": "soon"},
        {"segs": [{"utf8": "x"}], "dDurationMs": []},
    ],
)
def test_a_damaged_event_is_left_out(event: object) -> None:
    assert parse_json3(body(event, {"segs": [{"utf8": "whole"}]})) == (
        Segment(start=0, duration=0, text="whole"),
    )


@pytest.mark.parametrize(
    "data",
    [
        b"<html>",
        b"{}",
        b"[]",
        b"null",
        b'{"events": 3}',
        b'{"events": {}}',
        b"\x00\xff{",
        b"",
        b"[" * 100_000,
    ],
    ids=range(9),
)
def test_what_is_no_caption_file(data: bytes) -> None:
    with pytest.raises(NotJson3):
        parse_json3(data)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("it&#39;s &quot;late&quot;&nbsp;now", 'it\'s "late" now'),
        ("two\nlines\r\n and\ttabs", "two lines and tabs"),
        ("bell\x07 esc\x1b[31m nul\x00", "bell esc[31m nul"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("👩‍🚀 می‌خواهم", "👩‍🚀 می‌خواهم"),
        ("broken \ud800half", "broken half"),
        ("\u2028\u3000", ""),
    ],
)
def test_cleaning(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(st.text())
def test_a_cleaned_line_is_one_clean_line(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == " ".join(cleaned.split())
    assert cleaned.isprintable() or not any(character < " " for character in cleaned)
    cleaned.encode()


def test_times_are_never_negative() -> None:
    assert segment("x", -1.0, -2.0) == Segment(start=0.0, duration=0.0, text="x")
    assert segment("\u200b", 1.0, 1.0) is None


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "empty_captions"),
        (["[Music]", "(applause)", "♪ ♪", "【拍手】", "（笑）", "..."], "no_speech"),
    ],
)
def test_captions_without_speech(lines: list[str], code: str) -> None:
    with pytest.raises(NoTranscript) as caught:
        require_speech(tuple(Segment(start=0, duration=1, text=line) for line in lines))
    assert caught.value.code == code


@pytest.mark.parametrize("lines", [["[Music]", "hello"], ["♪ we bake ♪"], ["[Speaker 1] 好"]])
def test_labels_beside_speech_stay(lines: list[str]) -> None:
    segments = tuple(Segment(start=0, duration=1, text=line) for line in lines)
    assert require_speech(segments) == segments
