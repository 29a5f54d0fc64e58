"""PNG, where its extra is installed and where it is not."""

import sys

import pytest

from tests.unit.drawing.maps import chain
from vidgist.drawing import png, raster
from vidgist.errors import ConfigError


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(ConfigError, match="png needs") as caught:
        png(chain("a"))
    assert caught.value.hint.endswith("pip install '.[png]'")


def test_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resvg_py")
    drawn = png(chain("a", "b")).data
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    monkeypatch.setattr(raster, "_MOST_PIXELS", 4_000)
    small = png(chain("a", "b")).data
    width, height = (int.from_bytes(small[at : at + 4]) for at in (16, 20))
    assert 2_000 < width * height <= 4_500
