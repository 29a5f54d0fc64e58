"""JSON transcripts, told apart by their shape."""

import json

import pytest

from vidgist.errors import Unreadable
from vidgist.readers import documents, own_notes
from vidgist.readers.cues import Reading
from vidgist.readers.files import File
from vidgist.readers.metadata import About

Cue = tuple[float, float, str]


def read(text: str) -> Reading:
    return documents.read(File("x.json", text.encode()))


def cues(document: object) -> list[Cue]:
    reading = read(json.dumps(document))
    return [(cue.start, cue.duration, cue.text) for cue in reading.transcript.segments]


def test_json3_has_events_of_pieces() -> None:
    document = {
        "wireMagic": "pb3",
        "events": [
            {"tStartMs": 0, "dDurationMs": 9000, "id": 1},
            {
                "tStartMs": 160,
                "dDurationMs": 4710,
                "segs": [{"utf8": "so"}, {"utf8": " today", "tOffsetMs": 320, "acAsrConf": 0}],
            },
            {"tStartMs": 2390, "dDurationMs": 2480, "aAppend": 1, "segs": [{"utf8": "\n"}]},
            {"tStartMs": 2400, "segs": [{"utf8": "we\ntalk"}, {"utf8": None}, 7]},
            {"segs": "no list"},
            "no event",
        ],
    }
    assert cues(document) == [(0.16, 4.71, "so today"), (2.4, 0.0, "we talk")]
    assert read(json.dumps(document)).transcript.generated
    assert not read('{"events": [{"segs": [{"utf8": "a"}]}]}').transcript.generated


def test_a_list_is_what_youtube_transcript_api_gives() -> None:
    assert cues([{"text": "a word", "start": 0.5, "duration": 1.5}, {"text": "b and c", "start": "2"}]) == [
        (0.5, 1.5, "a word"),
        (2.0, 0.0, "b and c"),
    ]


def test_segments_are_what_whisper_gives() -> None:
    document = {
        "text": "a word b and c",
        "language": "de",
        "segments": [{"id": 0, "start": 1, "end": 2.5, "text": " a word"}, {"text": "b and c"}],
    }
    assert cues(document) == [(1.0, 1.5, "a word"), (1.0, 0.0, "b and c")]
    transcript = read(json.dumps(document)).transcript
    assert (transcript.language, transcript.generated) == ("de", True)


def test_own_json_without_a_transcript_holds_none() -> None:
    with pytest.raises(Unreadable, match="holds no transcript"):
        cues({"format": "vidgist/1", "transcript": None})


@pytest.mark.parametrize("start", [True, None, [], "x", 10**400, "1" * 5000])
def test_a_start_that_is_no_number_leaves_the_words_untimed(start: object) -> None:
    transcript = read(json.dumps([{"text": "a word", "start": start, "duration": {}}])).transcript
    assert (transcript.text, transcript.timed) == ("a word", False)
    assert "not understood" in transcript.notices[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "1" * 5000,
        "7",
        "null",
        '"x"',
        "{}",
        '[1, "a"]',
        '[{"a": 1}]',
        '{"segments": 3}',
        '{"events": {}}',
    ],
)
def test_what_is_no_transcript_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert caught.value.code == "format"
    assert str(caught.value).startswith("x.json ")


@pytest.mark.parametrize(
    ("head", "about"),
    [
        (
            '{\n  "format": "vidgist/1",\n  "title": "\\"url\\": x",\n  "url": "https://a.b/c\\u0064",\n',
            About(title='"url": x', url="https://a.b/cd"),
        ),
        ('{\n  "format": "vidgist/1",\n  "url": "javascript:x",\n', About()),
        ('{\n  "format": "vidgist/1",\n  "url": "https://a.b/\\ud800",\n', About()),
        ('{\n  "format": "vidgist/1",\n  "url": "\\x",\n', None),
        ('{\n  "format": "vidgist/1",\n  "title": "a very long o', None),
        ('{"segments": []}', None),
    ],
)
def test_the_head_of_own_json_tells_its_url(head: str, about: About | None) -> None:
    assert own_notes.peek(head) == about
