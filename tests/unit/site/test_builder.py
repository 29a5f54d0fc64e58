import json
import os
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests import samples
from tests.unit.site.test_index_files import read as read_index
from vidgist import site
from vidgist.errors import InputError, OutputFull
from vidgist.models import Note
from vidgist.notes import document, reading
from vidgist.site import build_state, builder, index_files, pages, processes
from vidgist.text import record


def put(folder: Path, stem: str, **changes: object) -> None:
    note = samples.FULL.model_copy(update=changes)
    folder.mkdir(exist_ok=True)
    (folder / f"{stem}.json").write_text(document.render(note), encoding="utf-8")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    put(folder, "one")
    put(folder, "two")
    (folder / "failed.txt").write_text(record.render(record.of(samples.FAILED)), encoding="utf-8")
    return folder


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def listed(out: Path) -> list[list[object]]:
    text = (out / "data" / "list.js").read_text(encoding="utf-8")
    whole = json.loads(text.split("vidgist.list=", 1)[1].rstrip().rstrip(";"))
    rows: list[list[object]] = whole["rows"]
    return rows


def numbers_of(out: Path, word: str) -> list[int]:
    for path in (out / "data" / "words").glob("*.js"):
        _, postings = read_index(path.read_text(encoding="utf-8"))
        if word in postings:
            return [number for number, _ in postings[word]]
    return []


def test_a_whole_site(notes: Path) -> None:
    report = site.build(notes)
    out = notes / "_site"
    assert report.model_dump(exclude={"seconds"}) == {
        "index": str(out / "index.html"),
        "records": 3,
        "failed": 1,
        "written": 3,
        "removed": 0,
        "unreadable": (),
    }
    assert {path.name for path in (out / "r").iterdir()} == {"one.html", "two.html", "failed.html"}
    assert {path.name for path in (out / "assets").iterdir()} == {
        "article.css", "site.css", "words.js", "search.js", "library.js", "reader.js",
    }  # fmt: skip
    assert [row[1] for row in listed(out)] == ["r/failed.html", "r/one.html", "r/two.html"]
    assert numbers_of(out, "horseshoe") == [1, 2]
    assert numbers_of(out, "oxbow") == [1, 2]
    assert (out / "data" / "text" / "1.js").read_text(encoding="utf-8").startswith("vidgist.text(1,[[null,")
    ET.fromstring((out / "feed.xml").read_text(encoding="utf-8"))
    assert not list(out.rglob("*.part"))


def test_notes_of_one_name_in_different_folders_are_records_of_their_own(notes: Path) -> None:
    put(notes / "2025", "one")
    put(notes / "2026", "one")
    report = site.build(notes)
    assert (report.records, report.written) == (5, 5)
    shown = {str(row[1]) for row in listed(notes / "_site")}
    assert len(shown) == 5
    assert all((notes / "_site" / page).is_file() for page in shown)
    assert "r/one.html" in shown, "the address of a note directly in the folder is its name"
    (notes / "2025" / "one.json").unlink()
    assert site.build(notes).removed == 1
    assert {str(row[1]) for row in listed(notes / "_site")} < shown


def test_the_report_is_for_people() -> None:
    report = site.SiteReport(
        index="notes/_site/index.html",
        records=5010,
        failed=3,
        written=10,
        removed=1,
        unreadable=("bad.json: not JSON",),
        seconds=0.84,
    )
    assert str(report).splitlines() == [
        "left out: bad.json: not JSON",
        "5,010 records (3 failed), 10 written, 1 removed, in 0.8 s",
        "notes/_site/index.html",
    ]


def test_nothing_changed_nothing_written(notes: Path) -> None:
    site.build(notes)
    before = snapshot(notes)
    report = site.build(notes)
    assert (report.written, report.removed, report.records) == (0, 0, 3)
    assert snapshot(notes) == before


def test_only_what_is_new_is_read(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(notes)
    put(notes, "three")
    read: list[str] = []
    original = reading.read

    def spy(path: Path) -> Note:
        read.append(path.name)
        return original(path)

    monkeypatch.setattr(reading, "read", spy)
    report = site.build(notes)
    assert read == ["three.json"]
    assert (report.written, report.records) == (1, 4)
    assert numbers_of(notes / "_site", "horseshoe") == [1, 2, 3]


def test_a_changed_note_takes_a_new_number(notes: Path) -> None:
    site.build(notes)
    assert samples.FULL.video
    put(notes, "one", video=samples.FULL.video.model_copy(update={"title": "Zebras"}))
    os.utime(notes / "one.json", ns=(1, 1))
    report = site.build(notes)
    out = notes / "_site"
    assert (report.written, report.removed, report.records) == (1, 0, 3)
    assert [row[:3] for row in listed(out) if row[1] == "r/one.html"] == [[3, "r/one.html", "Zebras"]]
    assert numbers_of(out, "zebras") == [3]
    assert not (out / "data" / "text" / "1.js").exists()
    assert "Zebras" in (out / "r" / "one.html").read_text(encoding="utf-8")


def test_a_removed_note_is_gone(notes: Path) -> None:
    site.build(notes)
    (notes / "one.json").unlink()
    report = site.build(notes)
    out = notes / "_site"
    assert (report.written, report.removed, report.records) == (0, 1, 2)
    assert not (out / "r" / "one.html").exists()
    assert [row[1] for row in listed(out)] == ["r/failed.html", "r/two.html"]


def test_a_fuller_file_of_a_note_takes_its_place(notes: Path) -> None:
    site.build(notes)
    (notes / "failed.json").write_text(document.render(samples.FULL), encoding="utf-8")
    assert site.build(notes).failed == 0


def test_an_unreadable_file_is_left_out_and_said_each_time(notes: Path) -> None:
    (notes / "bad.json").write_text("{", encoding="utf-8")
    for written in (3, 0):
        report = site.build(notes)
        (line,) = report.unreadable
        assert line.startswith("bad.json: not JSON: ")
        assert (report.written, report.records) == (written, 3)
    put(notes, "bad")
    assert site.build(notes).unreadable == ()


def test_a_build_that_was_cut_off_is_made_anew(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(notes)
    put(notes, "three")
    with monkeypatch.context() as patch:
        patch.setattr(build_state, "dump", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            site.build(notes)
    report = site.build(notes)
    assert (report.written, report.records) == (4, 4)
    assert numbers_of(notes / "_site", "horseshoe") == [1, 2, 3]


def test_a_first_build_that_was_cut_off_is_made_anew(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(pages, "reader", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            site.build(notes)
    assert site.build(notes).written == 3


@pytest.mark.parametrize("damage", ["", "{}", '{"maker": 1}', "\ud800"])
def test_a_damaged_ledger_is_no_ledger(notes: Path, damage: str) -> None:
    site.build(notes)
    (notes / "_site" / build_state.NAME).write_text(damage, encoding="utf-8", errors="replace")
    assert site.build(notes).written == 3


@pytest.mark.parametrize("base", ["notes.example", "javascript:alert(1)", "https://", "https://a b/"])
def test_an_address_that_is_none(notes: Path, base: str) -> None:
    with pytest.raises(InputError, match="is no web address"):
        site.build(notes, base=base)
    assert not (notes / "_site").exists()


@pytest.mark.parametrize("change", [{"title": "Other"}, {"base": "https://notes.example"}, {"fresh": True}])
def test_another_site_is_made_anew(notes: Path, change: dict[str, object]) -> None:
    site.build(notes)
    assert site.build(notes, **change).written == 3  # type: ignore[arg-type]


def test_another_program_makes_it_anew(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(notes)
    monkeypatch.setattr(builder, "_maker", lambda: "later")
    assert site.build(notes).written == 3


def test_many_numbers_out_of_use_are_given_back(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "SPARE_NUMBERS", 1)
    site.build(notes)
    for time in range(1, 4):
        os.utime(notes / "one.json", ns=(time, time))
        site.build(notes)
    assert max(numbers_of(notes / "_site", "horseshoe")) <= 3


def test_another_place_and_address(notes: Path, tmp_path: Path) -> None:
    out = tmp_path / "public" / "library"
    report = site.build(notes, out, title="Talks", base="https://notes.example/talks")
    assert report.index == str(out / "index.html")
    assert "https://notes.example/talks/r/one.html" in (out / "feed.xml").read_text(encoding="utf-8")
    assert "<title>Talks</title>" in (out / "index.html").read_text(encoding="utf-8")
    assert not (notes / "_site").exists()


def test_a_folder_with_something_else_is_left_alone(notes: Path, tmp_path: Path) -> None:
    out = tmp_path / "photos"
    (out / "r").mkdir(parents=True)
    (out / "r" / "cat.jpg").write_text("cat", encoding="utf-8")
    with pytest.raises(InputError, match="photos holds something else"):
        site.build(notes, out)
    assert (out / "r" / "cat.jpg").exists()


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing is no folder"):
        site.build(tmp_path / "nothing")


def test_where_nothing_can_be_written(notes: Path) -> None:
    (notes / "_site").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        site.build(notes)


def test_an_empty_folder_is_a_library(tmp_path: Path) -> None:
    assert site.build(tmp_path).records == 0
    assert site.build(tmp_path).written == 0


def test_names_of_every_kind(tmp_path: Path) -> None:
    for stem in ("a#b?c%d", "深度 学习", "x" * 240, "x" * 239 + "y", "ü" * 120, ".hidden"):
        put(tmp_path, stem)
    report = site.build(tmp_path)
    assert report.records == 5
    names = [path.name for path in (tmp_path / "_site" / "r").iterdir()]
    assert len(names) == 5
    assert all(len(name.encode()) <= 250 for name in names)


def test_too_many_records(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_files, "MOST_RECORDS", 2)
    with pytest.raises(InputError, match="more than 2 records"):
        site.build(notes)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    for number in range(12):
        put(folder, f"talk #{number} 河")
    (folder / "talk 5b.json").write_text("{}", encoding="utf-8")
    return folder


def test_several_processes_make_the_same_bytes(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(many)
    alone = {name: text for name, (_, text) in snapshot(many / "_site").items()}
    monkeypatch.setattr(processes, "WORTH", 2)
    monkeypatch.setattr(processes, "_cores", lambda: 3)
    report = site.build(many, fresh=True)
    assert len(report.unreadable) == 1
    assert {name: text for name, (_, text) in snapshot(many / "_site").items()} == alone


def test_what_a_process_cannot_make_is_made_here(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(many)
    alone = {name: text for name, (_, text) in snapshot(many / "_site").items()}
    monkeypatch.setattr(processes, "WORTH", 2)
    monkeypatch.setattr(processes, "_COMMAND", (sys.executable, "-c", "print('{}')"))
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    site.build(many, fresh=True)
    assert {name: text for name, (_, text) in snapshot(many / "_site").items()} == alone


def test_a_disk_that_a_process_finds_full_is_named(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = '{"number": 28, "reason": "No space left on device", "file": "x"}'
    monkeypatch.setattr(processes, "WORTH", 2)
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    told = f"import sys\nfor _ in sys.stdin: print('{full}', flush=True)"
    monkeypatch.setattr(processes, "_COMMAND", (sys.executable, "-c", told))
    with pytest.raises(OutputFull, match="No space left"):
        site.build(many)


def test_unreadable_notes_do_not_make_everything_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "SPARE_NUMBERS", 1)
    for number in range(6):
        (tmp_path / f"bad {number}.json").write_text("{}", encoding="utf-8")
    put(tmp_path, "good")
    assert site.build(tmp_path).written == 1
    put(tmp_path, "new")
    assert site.build(tmp_path).written == 1
