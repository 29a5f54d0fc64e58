"""Concept maps as drawings: SVG, PNG (with an extra) and characters for a terminal."""

from vidgist.drawing.raster import png
from vidgist.drawing.sketch import characters
from vidgist.drawing.vector import element, sheet, svg

__all__ = ["characters", "element", "png", "sheet", "svg"]
