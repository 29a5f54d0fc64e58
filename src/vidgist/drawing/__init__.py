"""Concept maps as drawings: SVG, PNG (with an extra) and characters for a terminal.

Each kind is imported when it is first asked for: a page's style sheet needs no layout.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vidgist.drawing.colours import sheet
    from vidgist.drawing.raster import png
    from vidgist.drawing.sketch import characters
    from vidgist.drawing.vector import element, svg

__all__ = ["characters", "element", "png", "sheet", "svg"]


if not TYPE_CHECKING:
    _HOMES = {
        "characters": "sketch",
        "element": "vector",
        "png": "raster",
        "sheet": "colours",
        "svg": "vector",
    }

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
