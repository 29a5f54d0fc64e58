"""A package whose running is put off until something asks it for a name."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from vidgist.engines._deferral import deferred


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A library with a package of types, which counts what has run."""
    shapes = tmp_path / "drawn" / "shapes"
    (shapes / "flat").mkdir(parents=True)
    (tmp_path / "drawn" / "__init__.py").write_text(
        "ran = []\nfrom . import shapes\nfrom .shapes.flat.line import length as length\n"
    )
    (shapes / "__init__.py").write_text(
        "from .. import ran\nran.append('shapes')\nfrom .round import Ball as Ball\nfrom .flat import Square as Square\n"
    )
    (shapes / "round.py").write_text("from .. import ran\nran.append('round')\nclass Ball: pass\n")
    (shapes / "flat" / "__init__.py").write_text(
        "from ... import ran\nran.append('flat')\nclass Square: pass\n"
    )
    (shapes / "flat" / "line.py").write_text("from ... import ran\nran.append('line')\nlength = 3\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in [name for name in sys.modules if name.split(".")[0] == "drawn"]:
        del sys.modules[name]


def test_nothing_of_it_runs_before_a_name_is_asked_for_but_modules_that_are_imported() -> None:
    with deferred("drawn.shapes"):
        drawn = importlib.import_module("drawn")
    assert drawn.ran == ["line"]
    assert drawn.length == 3
    assert drawn.shapes.Square.__module__ == "drawn.shapes.flat"
    assert drawn.ran == ["line", "shapes", "round", "flat"]
    assert drawn.shapes.Ball is importlib.import_module("drawn.shapes.round").Ball
    assert drawn.shapes.Ball.__module__ == "drawn.shapes.round"
    assert drawn.ran == ["line", "shapes", "round", "flat"]


def test_a_name_that_it_has_not_is_an_attribute_error_as_ever() -> None:
    with deferred("drawn.shapes"):
        drawn = importlib.import_module("drawn")
    with pytest.raises(AttributeError, match=r"module 'drawn\.shapes' has no attribute 'Cube'"):
        _ = drawn.shapes.Cube


def test_a_star_import_gets_all_of_it() -> None:
    with deferred("drawn.shapes"):
        importlib.import_module("drawn")
    names: dict[str, object] = {}
    exec("from drawn.shapes import *", names)
    assert {"Ball", "Square"} <= names.keys()


def test_imports_afterwards_are_as_before() -> None:
    before = list(sys.meta_path)
    with pytest.raises(ModuleNotFoundError), deferred("drawn.shapes"):
        importlib.import_module("drawn.shapes.cubes")
    assert sys.meta_path == before


def test_what_was_imported_before_stays_as_it_is() -> None:
    drawn = importlib.import_module("drawn")
    ran = list(drawn.ran)
    with deferred("drawn.shapes"):
        assert importlib.import_module("drawn") is drawn
    assert drawn.ran == ran == ["shapes", "round", "flat", "line"]
