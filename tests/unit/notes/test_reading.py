import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import samples
from vidgist.config import Settings
from vidgist.errors import Unreadable
from vidgist.models import Answer, ConceptMap, Note, Point, Summary, Video
from vidgist.notes import document, reading
from vidgist.text import filenames, hygiene, record
from vidgist.text.mermaid import writing
from vidgist.writers import html, md

MD, HTML = md.create(Settings.model_validate({})), html.create(Settings.model_validate({}))
SEED = (Path(__file__).parents[2] / "golden" / "seed_record.txt").read_text(encoding="utf-8")

LINES = st.text(max_size=40).map(lambda text: hygiene.one_line(text).rstrip(": "))
POINTS = st.builds(Point, label=LINES, text=LINES)
SUMMARIES = st.builds(
    Summary,
    core_ideas=st.lists(POINTS, min_size=3, max_size=8).map(tuple),
    core_point=POINTS,
    fundamental_point=POINTS,
    framework=st.lists(LINES.filter(bool), max_size=3).map("\n\n".join),
    concept_map=st.sampled_from([samples.MAP, ConceptMap()]),
)


@pytest.mark.unmeasured
@given(SUMMARIES)
@settings(max_examples=150)
def test_what_the_program_describes_it_reads_again(summary: Summary) -> None:
    text = record.sections(summary)
    read = reading.summary(text)
    assert read
    assert record.sections(read) == text
    assert [point.text for point in read.core_ideas] == [
        hygiene.one_line(point.text) for point in summary.core_ideas
    ] or any(":**" in point.label for point in summary.core_ideas)


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_words_leave_their_section_no_more_than_others(text: str) -> None:
    note = samples.hostile(text)
    read = reading.of(record.of(note), "x")
    assert record.render(record.of(read)) == record.render(record.of(note))
    assert read.answer
    assert read.answer.summary


@pytest.mark.parametrize(
    "heading", ["**IV. Conceptual Map**", "**II. Conclusion Points**", "Content:", "III."]
)
def test_a_framework_may_look_like_a_heading(heading: str) -> None:
    summary = samples.SUMMARY.model_copy(update={"framework": f"{heading}\n\n{heading}"})
    read = reading.summary(record.sections(summary))
    assert read
    assert read.framework == summary.framework


def test_a_record_comes_back(tmp_path: Path) -> None:
    file = tmp_path / f"{filenames.stem('dQw4w9WgXcQ', 'Why rivers bend: “a question” of 10 minutes')}.txt"
    file.write_text(record.render(record.of(samples.FULL)), encoding="utf-8")
    note = reading.read(file)
    assert record.render(record.of(note)) == file.read_text(encoding="utf-8")
    assert (note.item.source, note.item.id, note.item.name) == ("youtube", "dQw4w9WgXcQ", "dQw4w9WgXcQ")
    assert note.item.url == samples.FULL.item.url
    assert note.video == Video(title="Why rivers bend: “a question” of 10 minutes", seconds=64)
    assert note.transcript
    assert not note.transcript.timed
    assert note.answer
    assert note.answer.summary
    assert note.answer.summary.concept_map == writing.tidy(samples.MAP)
    assert [point.evidence for point in note.answer.summary.core_ideas] == [(), (), ()]
    assert note.answer.created == note.created == samples.FULL.created


def test_the_seed_is_read(tmp_path: Path) -> None:
    file = tmp_path / "WDsAhkFsKfE-DeepSeek.txt"
    file.write_text(SEED, encoding="utf-8")
    note = reading.read(file)
    assert note.item.id == "WDsAhkFsKfE"
    assert note.answer
    summary = note.answer.summary
    assert summary
    assert [point.label for point in summary.core_ideas] == [
        "DeepSeek's Breakthrough",
        "Unconventional Approach",
        "Hardware Optimization",
        "Impact and Concerns",
        "Efficiency vs. Power",
    ]
    assert summary.core_point.text.startswith("DeepSeek's unconventional approach")
    labels = {node.label for node in summary.concept_map.nodes}
    assert {"Mixture of Experts (671B Parameters)", "Faster AI Training (10x)"} <= labels
    written = record.render(record.of(note))
    diagram = slice(SEED.index("<Mermaid_Diagram>"), SEED.index("</Mermaid_Diagram>"))
    assert written.startswith(SEED[: diagram.start])
    assert written.endswith(SEED[diagram.stop :])


def test_a_failed_record_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "aaaaaaaaaaa-unknown.txt"
    file.write_text(record.render(record.of(samples.FAILED)), encoding="utf-8")
    note = reading.read(file)
    assert note.failure
    assert (note.failure.stage, note.failure.code, note.failure.message) == (
        "fetch",
        "private",
        "the video is private",
    )
    assert (note.answer, note.video, note.transcript) == (None, None, None)
    assert record.of(note) == record.of(samples.FAILED)


def test_a_failure_with_words_failed_later(tmp_path: Path) -> None:
    failed = samples.FAILED.model_copy(update={"transcript": samples.FULL.transcript})
    note = reading.of(record.of(failed), "aaaaaaaaaaa")
    assert note.failure
    assert note.failure.stage == "summarize"


@pytest.mark.parametrize(
    ("stem", "title", "name"),
    [
        ("my talk-Why-rivers-bend", "Why rivers bend", "my talk"),
        ("renamed", "Why rivers bend", "renamed"),
        ("only", "???", "only"),
        ("-Why-rivers-bend", "Why rivers bend", "-Why-rivers-bend"),
    ],
)
def test_a_local_item_is_named_by_its_file(stem: str, title: str, name: str) -> None:
    head = record.of(samples.FULL).model_copy(update={"url": "talk.vtt", "title": title})
    item = reading.of(head, stem).item
    assert (item.source, item.id, item.name) == ("local", name, name)


def test_free_text_stays_text() -> None:
    free = Note(
        item=samples.FULL.item,
        created=datetime(2026, 1, 1),
        video=samples.FULL.video,
        answer=Answer(text="Just\n\nwords.\n", created=datetime(2026, 1, 1)),
    )
    note = reading.of(record.of(free), "x")
    assert note.answer
    assert note.answer.summary is None
    assert record.of(note) == record.of(free)


EDITED = """
## 1. Core ideas
- **First**: one
* Second: two
3. third without a label
### Conclusion Points:
- **Core Point:** core
- **Fundamental Point:** fundamental

__OVERARCHING FRAMEWORK__

 A line.
## Conceptual map
```mermaid
graph TB
  a[A (x)] --> b[B]
```
"""


def test_what_a_person_edited_is_read_as_far_as_it_goes() -> None:
    summary = reading.summary(EDITED)
    assert summary
    assert [(one.label, one.text) for one in summary.core_ideas] == [
        ("First", "one"),
        ("Second", "two"),
        ("", "third without a label"),
    ]
    assert (summary.core_point.text, summary.fundamental_point.text) == ("core", "fundamental")
    assert summary.framework == "A line."
    assert summary.concept_map.direction == "TB"
    assert [node.label for node in summary.concept_map.nodes] == ["A (x)", "B"]


@pytest.mark.parametrize(
    ("gone", "found"),
    [
        ("- **First**: one\n* Second: two\n3. third without a label\n", False),
        ("- **First**: one\n", True),
        ("- **Core Point:** core\n- **Fundamental Point:** fundamental\n", False),
        ("```mermaid\ngraph TB\n  a[A (x)] --> b[B]\n```\n", True),
    ],
)
def test_without_its_sections_it_is_no_summary(gone: str, found: bool) -> None:
    assert gone in EDITED
    assert (reading.summary(EDITED.replace(gone, "")) is not None) is found


def test_json_is_preferred_and_nothing_else_is_a_note(tmp_path: Path) -> None:
    for name in ("b.txt", "b.json", "a.txt", "c.JSON", "d.md", ".e.txt", "f"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "g.json").mkdir()
    assert [file.name for file in reading.folder(tmp_path)] == ["a.txt", "b.json", "c.JSON"]


def test_a_document_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(document.render(samples.FULL), encoding="utf-8")
    assert reading.read(file) == samples.FULL


def test_windows_line_ends_and_a_mark_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = "\ufeff" + record.render(record.of(samples.FULL)).replace("\n", "\r\n")
    file.write_bytes(text.encode())
    assert reading.read(file).answer


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"hello", "a.txt: not an exact record"),
        ("a.txt", b"\xff\xfe", "a.txt is not UTF-8 text"),
        ("a.json", b"{", "a.json: not JSON"),
        ("a.json", b'{"a": 1}', "a.json: not a JSON document"),
        ("gone.txt", None, "gone.txt cannot be read: No such file"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, content: bytes | None, reason: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable, match=reason):
        reading.read(tmp_path / name)


@pytest.mark.parametrize("name", ["film.txt", "film.json"])
def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(reading.MOST_BYTES + 1)  # sparse
    with pytest.raises(Unreadable, match=f"{name} is too large for a note: 100 MB at most"):
        reading.read(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_may_have_no_end_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.json").mkdir()
    for path in (tmp_path / "pipe.txt", tmp_path / "folder.json", Path(os.devnull)):
        with pytest.raises(Unreadable, match=f"{path.name} is no regular file"):
            reading.read(path)
    with pytest.raises(Unreadable, match=r"^\. is no regular file$"):
        reading.read(Path())


def test_a_folder_holds_notes_of_any_format_and_the_folders_below(tmp_path: Path) -> None:
    wanted = {
        "a.md": MD.render(samples.FULL),
        "b.html": HTML.render(samples.FULL),
        "b.txt": SEED,
        "Channel/c.md": MD.render(samples.FAILED),
        "Channel/d.json": document.render(samples.FULL),
        "Channel/d.md": MD.render(samples.FULL),
    }
    others = {
        "mine.md": "# my own\n",
        "Channel.md": '---\nvidgist: "index"\n---\n',
        "page.html": "<p>mine</p>",
        "Channel/list.txt": "my list",
        "Channel/data.json": "{}",
        "_site/r/a.html": HTML.render(samples.FULL),
        "_answers/x.md": "---\nvidgist: answer\n---\n",
        ".obsidian/x.json": document.render(samples.FULL),
        "Channel/.trash/x.md": MD.render(samples.FULL),
    }
    for name, text in (wanted | others).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in reading.folder(tmp_path)]
    assert found == ["Channel/c.md", "Channel/d.json", "a.md", "b.html"]
    assert [reading.read(tmp_path / name).item.id for name in found] == [
        "aaaaaaaaaaa", "dQw4w9WgXcQ", "dQw4w9WgXcQ", "dQw4w9WgXcQ",
    ]  # fmt: skip
