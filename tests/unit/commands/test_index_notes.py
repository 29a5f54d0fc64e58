"""Index notes of channels and playlists: what stands in them, what is a person's, and links that resolve."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.doubles.parts import item
from vidgist.commands import index_notes
from vidgist.models import Video
from vidgist.notes import folders
from vidgist.readers import own_notes
from vidgist.store import Job, Store
from vidgist.writers.md import wikilink


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "state")
    yield opened
    opened.close()


class Vault:
    """A notes folder with notes in the ledger."""

    def __init__(self, root: Path, store: Store) -> None:
        self.root = root
        self.store = store
        self.count = 0
        root.mkdir()

    def add(self, name: str, title: str, **facts: object) -> None:
        self.count += 1
        path = self.root / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("note\n")
        video = Video(title=title, **facts)
        done = Job(
            item=item(self.count).model_copy(update={"video": video}),
            recipe="",
            status="done",
            files=(f"{name}.md",),
        )
        self.store.jobs.save(str(self.root.resolve()), done)

    def keep(self) -> list[str]:
        return list(index_notes.keep(self.store, self.root))

    def read(self, name: str) -> str:
        return (self.root / f"{name}.md").read_text()

    def rows(self, name: str) -> list[str]:
        return re.findall(r"^- .*$", self.read(name), re.MULTILINE)


@pytest.fixture
def vault(tmp_path: Path, store: Store) -> Vault:
    return Vault(tmp_path / "notes", store)


def test_a_channel_lists_the_newest_first_and_a_playlist_goes_by_place(vault: Vault) -> None:
    vault.add(
        "a",
        "First",
        channel="Kettles",
        playlist="Course",
        playlist_index=2,
        published=date(2026, 1, 1),
        seconds=83,
    )
    vault.add(
        "b", "Second", channel="Kettles", playlist="Course", playlist_index=1, published=date(2026, 2, 1)
    )
    vault.add("c", "Third", channel="Pots", playlist="Course")
    assert vault.keep() == []
    assert vault.rows("Kettles") == ["- [[b|Second]] · 2026-02-01", "- [[a|First]] · 2026-01-01 · 1:23"]
    assert vault.rows("Pots") == ["- [[c|Third]]"]
    assert [row[2:7] for row in vault.rows("Course")] == ["[[b|S", "[[a|F", "[[c|T"]


def test_what_a_person_writes_around_the_list_stays(vault: Vault) -> None:
    vault.add("a", "First", channel="Kettles")
    vault.keep()
    path = vault.root / "Kettles.md"
    path.write_text(
        path.read_text().replace("# Kettles\n", "# Kettles\n\nMine above [[a]]\n") + "\nMine below\n"
    )
    before = path.read_text()
    for _ in range(3):
        assert vault.keep() == []
    assert path.read_text() == before
    vault.add("b", "Second", channel="Kettles")
    vault.keep()
    assert vault.read("Kettles").replace("- [[b|Second]]\n", "") == before
    (vault.root / "a.md").unlink()
    vault.keep()
    assert vault.rows("Kettles") == ["- [[b|Second]]"]


def test_nothing_is_written_where_nothing_changed(vault: Vault) -> None:
    vault.add("a", "First", channel="Kettles")
    vault.keep()
    stamp = (vault.root / "Kettles.md").stat().st_mtime_ns
    vault.keep()
    assert (vault.root / "Kettles.md").stat().st_mtime_ns == stamp


def test_a_persons_note_of_that_name_stays_until_it_makes_place(vault: Vault) -> None:
    vault.add("a", "First", channel="Kettles")
    path = vault.root / "Kettles.md"
    path.write_text("all mine\n")
    (told,) = vault.keep()
    assert "Kettles.md is yours and stays" in told
    assert path.read_text() == "all mine\n"
    path.write_text(f"all mine\n{index_notes.BEGIN}\n{index_notes.END}\nto the end\n")
    assert vault.keep() == []
    assert path.read_text().startswith("all mine\n")
    assert path.read_text().endswith("\nto the end\n")
    assert vault.rows("Kettles") == ["- [[a|First]]"]


def test_an_index_note_that_is_moved_is_followed(vault: Vault) -> None:
    vault.add("a", "First", channel="Kettles")
    vault.keep()
    (vault.root / "Channels").mkdir()
    (vault.root / "Kettles.md").rename(vault.root / "Channels" / "My kettles.md")
    vault.add("b", "Second", channel="Kettles")
    vault.keep()
    assert len(vault.rows("Channels/My kettles")) == 2
    assert not (vault.root / "Kettles.md").exists()


def test_a_name_that_is_twice_in_the_vault_is_linked_with_its_folder(vault: Vault) -> None:
    vault.add("Kettles/Intro", "Intro", channel="Kettles")
    vault.add("Pots/Intro", "Intro", channel="Pots")
    vault.keep()
    assert vault.rows("Kettles") == ["- [[Kettles/Intro|Intro]]"]
    assert vault.rows("Pots") == ["- [[Pots/Intro|Intro]]"]


def test_a_playlist_called_as_its_channel_has_a_note_of_its_own(vault: Vault) -> None:
    vault.add("a", "First", channel="Kettles", playlist="kettles")
    vault.keep()
    assert vault.rows("Kettles") == vault.rows("kettles (playlist)") == ["- [[a|First]]"]


@pytest.mark.parametrize(
    "channel",
    [
        'Who? What: *all* / <b>"x"</b>',
        "CON",
        "..",
        "[[x]]|y^z#t",
        "日本語チャンネル",
        "🎉",
        "a" * 300,
        "<% x %> {{y}} %%z%%",
        "dot.",
    ],
)
def test_the_links_of_notes_lead_to_it_whatever_its_name(vault: Vault, channel: str) -> None:
    vault.add("a", "First", channel=channel)
    assert vault.keep() == []
    link = wikilink(channel)
    made = {path.stem for path in vault.root.iterdir()} - {"a"}
    assert made == ({link[2:-2]} if link else set())
    for stem in made:
        text = vault.read(stem)
        assert not any(opening in text for opening in ("<%", "{{", "%%", "<b>"))
        assert len(f"{stem}.md".encode()) <= 200


def test_hostile_titles_make_no_line_and_no_link_of_their_own(vault: Vault) -> None:
    vault.add("a", f"x ]] [[y]]\n- [[z]] {index_notes.END} <% t %> `= 1`", channel="Kettles")
    vault.keep()
    before = vault.read("Kettles")
    (row,) = vault.rows("Kettles")
    assert re.fullmatch(r"- \[\[a\|[^\[\]<>`{}%]*\]\]", row)
    vault.keep()
    assert vault.read("Kettles") == before


def test_it_is_no_note_for_those_who_read_notes(vault: Vault) -> None:
    vault.add("a", "First", channel="Kettles")
    vault.keep()
    assert list(folders.files(vault.root)) == []
    text = vault.read("Kettles")
    assert own_notes.is_made(text)
    assert own_notes.is_made(text.replace("---\n", "---\ntags: [mine]\n", 1))
