import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import samples
from vidgist.errors import Unreadable
from vidgist.models import Answer, Note, Summary, Video
from vidgist.notes import document

VIDEOS = st.none() | st.from_type(Video)
NOTES = st.builds(
    Note,
    created=st.datetimes(),
    video=VIDEOS,
    answer=st.none()
    | st.builds(Answer, created=st.datetimes(), summary=st.none() | st.just(samples.SUMMARY)),
    cost=st.none() | st.floats(0, 1e6),
)


def _is_finite(note: Note) -> bool:
    try:
        json.dumps(note.model_dump(mode="json"), allow_nan=False)
    except ValueError:
        return False
    videos = [video for video in (note.video, note.item.video) if video]
    return "null" not in str([video.model_dump(mode="json") for video in videos if video.seconds]) and all(
        abs(video.seconds or 0) < 1e9 for video in videos
    )


@given(NOTES.filter(_is_finite))
@settings(max_examples=60)
def test_nothing_is_lost(note: Note) -> None:
    assert document.parse(document.render(note)) == note


@pytest.mark.parametrize("note", [samples.FULL, samples.FAILED, *map(samples.hostile, samples.HOSTILE)])
def test_whole_notes_come_back(note: Note) -> None:
    text = document.render(note)
    assert document.parse(text) == note
    assert text.endswith("}\n")


def test_lone_surrogates_come_back_and_the_file_is_utf_8() -> None:
    assert samples.FULL.video
    note = samples.FULL.model_copy(
        update={"video": samples.FULL.video.model_copy(update={"title": "a\ud800b"})}
    )
    text = document.render(note)
    text.encode()
    assert document.parse(text) == note


def test_a_script_finds_what_can_be_worked_out() -> None:
    got = json.loads(document.render(samples.FULL))
    assert got["status"] == "success"
    assert got["duration"] == "1:04"
    assert got["seconds"] == 63.5
    assert got["supported"] == 0.6
    assert got["core_ideas"][0]["evidence"][0] == {
        "quote": "On the outside of a bend the water is fast and takes soil away.",
        "start": 14.0,
        "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ&si=abc&t=14s",
    }
    assert got["concept_map"]["mermaid"].startswith("graph LR\n")
    assert got["content"].endswith("and the ground.")
    assert "\n" not in got["content"]


def test_a_segment_has_one_line() -> None:
    lines = document.render(samples.FULL).splitlines()
    assert '      {"start": 56.0, "duration": 3.5, "text": "the ground."}' in lines


def test_every_document_has_every_key() -> None:
    full, failed = (json.loads(document.render(note)) for note in (samples.FULL, samples.FAILED))
    assert list(full) == list(failed)
    assert failed["title"] == "unknown"
    assert failed["status"] == "failed: private: the video is private"
    assert failed["failure"]["hint"] == "ask its owner"


def test_a_listing_fills_the_header_of_what_was_never_fetched() -> None:
    item = samples.FAILED.item.model_copy(update={"video": Video(title="Known from the list", channel="C")})
    note = samples.FAILED.model_copy(update={"item": item})
    got = json.loads(document.render(note))
    assert (got["title"], got["channel"], got["fetched"]) == ("Known from the list", "C", False)
    assert document.parse(document.render(note)) == note


def test_a_summary_without_a_map_stays_a_summary() -> None:
    assert samples.FULL.answer
    bare = Summary.model_validate(samples.SUMMARY.model_dump() | {"concept_map": {}})
    note = samples.FULL.model_copy(
        update={"answer": samples.FULL.answer.model_copy(update={"summary": bare})}
    )
    assert document.parse(document.render(note)) == note


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a JSON document of vidgist's"),
        ('{"events": []}', "not a JSON document of vidgist's"),
        ('{"format": "vidgist/1"}', "not a whole document: 'listed'"),
    ],
)
def test_other_json_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        document.parse(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("timestamp", "yesterday"),
        ("conclusion_points", []),
        ("conclusion_points", None),
        ("concept_map", {"nodes": 3}),
        ("concept_map", "graph LR"),
        ("transcript", [1]),
        ("transcript", {"segments": [{"start": "x"}]}),
        ("core_ideas", [1, 2, 3]),
        ("listed", {"title": 5}),
        ("usage", 7),
        ("cost_usd", "free"),
    ],
)
def test_a_damaged_document_is_refused(key: str, value: object) -> None:
    damaged = json.loads(document.render(samples.FULL)) | {key: value}
    with pytest.raises(Unreadable, match="not a whole document"):
        document.parse(json.dumps(damaged))
