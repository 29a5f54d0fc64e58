"""Fonts are found by looking into them, and what none has is told."""

import shutil
from pathlib import Path

import pytest

from vidgist.drawing import fonts, raster
from vidgist.models import ConceptMap, Edge, Node

pytest.importorskip("fontTools")


def test_the_font_of_the_extra_draws_without_any_installed_one() -> None:
    chosen = fonts.choose("Łódź Straße Привет", folders=())
    assert len(chosen.files) == 1
    assert (chosen.family, chosen.missing) == ("Noto Sans", "")


def test_characters_that_no_font_has_are_named_once(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    (tmp_path / "readme.txt").write_text("no font either")
    chosen = fonts.choose("a音 楽音\n", folders=(tmp_path, tmp_path / "absent"))
    assert chosen.missing == "楽音"


def test_an_installed_font_is_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path(fonts.choose("a", folders=()).files[0])
    (tmp_path / "deep").mkdir()
    shutil.copy(own, tmp_path / "deep" / "Any.ttf")
    monkeypatch.setattr(fonts, "find_spec", lambda _: None)
    chosen = fonts.choose("a", folders=(tmp_path,))
    assert chosen == ((str(tmp_path / "deep" / "Any.ttf"),), "Noto Sans", "")
    assert fonts.choose("a", folders=()) == ((), "", "a")


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_each_system_has_its_folders(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert list(fonts._system())


def test_plain_faces_come_before_odd_ones() -> None:
    names = ("DejaVuSansMono-Bold.ttf", "Zapfino.ttf", "DejaVuSans.ttf", "NotoSans-Regular.ttf")
    ordered = sorted((Path(name) for name in names), key=fonts._oddness)
    assert [path.name for path in ordered] == [
        "NotoSans-Regular.ttf",
        "DejaVuSans.ttf",
        "Zapfino.ttf",
        "DejaVuSansMono-Bold.ttf",
    ]


def test_letters_are_in_the_picture_and_lacking_ones_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resvg_py")
    graph = ConceptMap(
        nodes=(Node(id="a", label="Wheel"), Node(id="b", label="\ue000")),
        edges=(Edge(source="a", target="b", label="turns"),),
    )
    drawn = raster.png(graph)
    assert drawn.missing == ""  # a private character is no text to be drawn
    monkeypatch.setattr(fonts, "_candidates", lambda _: iter(()))
    empty = raster.png(graph)
    assert empty.missing == "".join(sorted(set("Wheelturns")))
    assert empty.data != drawn.data
