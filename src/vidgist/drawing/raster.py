"""A map as PNG. The one door to resvg, which comes with an extra."""

from math import sqrt
from typing import NamedTuple

from vidgist.drawing import fonts
from vidgist.drawing.layout import lay_out
from vidgist.drawing.vector import plain
from vidgist.errors import MissingExtra
from vidgist.models import ConceptMap

_ZOOM = 2.0
_MOST_PIXELS = 40_000_000


class Picture(NamedTuple):
    """The bytes of a PNG, and the characters of its text that no font here has."""

    data: bytes
    missing: str


def png(concept_map: ConceptMap) -> Picture:
    """Draw a map in light colours, two pixels to a CSS pixel; fewer beyond 40 megapixels.

    Raises:
        ConfigError: the extra is not installed.

    """
    try:
        import fontTools.ttLib  # noqa: F401
        import resvg_py
    except ImportError:
        raise MissingExtra("png", "png") from None
    layout = lay_out(concept_map)
    zoom = min(_ZOOM, sqrt(_MOST_PIXELS / (layout.width * layout.height)))
    labels = [node.label for node in concept_map.nodes]
    labels += [edge.label for edge in concept_map.edges]
    labels += [group.label for group in concept_map.groups]
    chosen = fonts.choose("".join(labels))
    data = resvg_py.svg_to_bytes(
        svg_string=plain(layout),
        zoom=zoom,
        skip_system_fonts=True,
        font_files=list(chosen.files),
        font_family=chosen.family or None,
        sans_serif_family=chosen.family or None,
    )
    return Picture(bytes(data), chosen.missing)
