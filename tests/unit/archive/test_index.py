import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.unit.archive.folders import BREAD, BRIDGES, talk, write
from vidgist.archive.index import LAYOUT, NAME, Changes, Index
from vidgist.errors import InputError
from vidgist.notes import document


def opened(folder: Path) -> Index:
    index = Index(folder)
    index.refresh()
    return index


def test_notes_are_read_once(tmp_path: Path) -> None:
    write(tmp_path)
    with closing(Index(tmp_path)) as index:
        assert index.refresh() == Changes(read=3)
        assert index.refresh() == Changes()
    with closing(Index(tmp_path)) as index:
        assert index.refresh() == Changes()
        assert {entry.title for entry in index.entries.values()} == {
            "Bridges of the north",
            "Bread and time",
            "What an oven does",
        }
        assert index.vocabulary.count("halden") > 0
        assert index.vocabulary.count("zebra") == 0


def test_a_note_edited_or_removed_is_seen(tmp_path: Path) -> None:
    write(tmp_path)
    opened(tmp_path).close()
    path = tmp_path / f"{BREAD.item.name}-note.json"
    path.write_text(document.render(talk(BREAD.item.name, "Rye", "Rye is sour")), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    (tmp_path / f"{BRIDGES.item.name}-note.json").unlink()
    with closing(Index(tmp_path)) as index:
        assert index.refresh() == Changes(read=1, forgotten=1)
        assert {entry.title for entry in index.entries.values()} == {"Rye", "What an oven does"}


def test_a_file_that_is_no_note_is_named_and_not_read_again(tmp_path: Path) -> None:
    write(tmp_path, BREAD)
    (tmp_path / "other.json").write_text('{"a": 1}')
    with closing(opened(tmp_path)) as index:
        broken = [entry for entry in index.entries.values() if entry.status == "unreadable"]
        assert [entry.file for entry in broken] in ([], ["other.json"])
        assert index.refresh() == Changes()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"SQLite format 3\0 and nothing else",
        b"no database at all" * 100,
    ],
)
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    write(tmp_path)
    (tmp_path / NAME).write_bytes(damage)
    with closing(opened(tmp_path)) as index:
        assert index.kept
        assert len(index.entries) == 3


def test_an_index_torn_in_its_middle_is_made_anew(tmp_path: Path) -> None:
    write(tmp_path)
    opened(tmp_path).close()
    path = tmp_path / NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with closing(opened(tmp_path)) as index:
        index.refresh()
        assert {entry.title for entry in index.entries.values()} >= {"Bread and time"}


@pytest.mark.parametrize("version", [LAYOUT - 1, LAYOUT + 1])
def test_an_index_of_another_version_is_made_anew(tmp_path: Path, version: int) -> None:
    write(tmp_path)
    opened(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / NAME)) as database:
        database.execute(f"PRAGMA user_version = {version}")
        database.execute("DELETE FROM note")
        database.commit()
    with closing(opened(tmp_path)) as index:
        assert len(index.entries) == 3


def test_an_index_that_holds_more_than_ours_is_not_trusted(tmp_path: Path) -> None:
    write(tmp_path)
    opened(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / NAME)) as database:
        database.execute("CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM gone; END")
        database.commit()
    with closing(opened(tmp_path)), closing(sqlite3.connect(tmp_path / NAME)) as database:
        assert not database.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger'").fetchall()


def test_a_link_in_the_place_of_the_index_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "notes")
    other = tmp_path / "other.db"
    other.write_text("mine")
    (tmp_path / "notes" / NAME).symlink_to(other)
    with closing(opened(tmp_path / "notes")) as index:
        assert not index.kept
        assert len(index.entries) == 3
    assert other.read_text() == "mine"
    assert (tmp_path / "notes" / NAME).is_symlink()


def test_a_folder_that_takes_no_index_is_searched_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    with closing(opened(tmp_path)) as index:
        assert not index.kept
        assert index.vocabulary.count("halden") > 0


@pytest.mark.parametrize("when", ["PRAGMA", "BEGIN", "CREATE", "SELECT"])
@pytest.mark.parametrize("made", [False, True])
@pytest.mark.parametrize(
    ("code", "message"),
    [(sqlite3.SQLITE_PROTOCOL, "locking protocol"), (sqlite3.SQLITE_IOERR, "disk I/O error")],
)
def test_a_share_without_locks_is_searched_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str, made: bool, code: int, message: str
) -> None:
    write(tmp_path)
    if made:
        opened(tmp_path).close()
    connect = sqlite3.connect

    class NoLocks(sqlite3.Connection):
        def execute(self, statement: str, *rest: object) -> sqlite3.Cursor:
            if statement.startswith(when):
                error = sqlite3.OperationalError(message)
                error.sqlite_errorcode = code
                raise error
            return super().execute(statement, *rest)  # type: ignore[arg-type]

    def connected(path: object, **options: object) -> sqlite3.Connection:
        kind = sqlite3.Connection if path == ":memory:" else NoLocks
        return connect(path, factory=kind, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr("vidgist.archive.index.sqlite3.connect", connected)
    with closing(opened(tmp_path)) as index:
        assert len(index.entries) == 3
        assert index.vocabulary.count("halden") > 0


def test_rows_out_of_use_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vidgist.archive.index.SPARE", 40)
    path = write(tmp_path, BREAD) / f"{BREAD.item.name}-note.json"
    with closing(opened(tmp_path)) as index:
        rows = index.size
        for turn in range(40 // rows + 3):
            os.utime(path, ns=(turn + 1, turn + 1))
            index.refresh()
        assert len(index.rows(["dough"], 1_000)) < 40
        assert len(index.entries) == 1


def test_a_folder_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        Index(tmp_path / "none")


def test_an_index_that_another_process_holds_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vidgist.archive.index._PATIENCE", 0.0)
    write(tmp_path)
    with closing(opened(tmp_path)):
        pass
    before = (tmp_path / NAME).stat().st_ino
    with closing(sqlite3.connect(tmp_path / NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with closing(opened(tmp_path)) as index:
            assert not index.kept
            assert len(index.entries) == 3
    assert (tmp_path / NAME).stat().st_ino == before


def test_what_is_indexed_is_searched_while_another_process_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vidgist.archive.index._PATIENCE", 0.0)
    write(tmp_path, BREAD)
    with closing(opened(tmp_path)):
        pass
    with closing(sqlite3.connect(tmp_path / NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        write(tmp_path, BRIDGES)
        with closing(opened(tmp_path)) as index:
            assert index.kept
            assert [entry.title for entry in index.entries.values()] == ["Bread and time"]
        other.execute("ROLLBACK")
    with closing(opened(tmp_path)) as index:
        assert len(index.entries) == 2


def test_a_file_whose_name_is_not_utf_8_is_named_and_not_read_again(tmp_path: Path) -> None:
    write(tmp_path)
    try:
        (tmp_path / os.fsdecode(b"bad\xff.json")).write_text(document.render(BREAD), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    with closing(Index(tmp_path)) as index:
        assert index.refresh().read == 4
        assert index.refresh() == Changes()
        [entry] = [one for one in index.entries.values() if one.status]
    assert (entry.file, entry.status) == ("bad?.json", "unreadable")
    assert "not UTF-8" in entry.title
