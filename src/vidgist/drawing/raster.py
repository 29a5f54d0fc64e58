"""A map as PNG. The one door to resvg, which comes with an extra."""

from math import sqrt

from vidgist.drawing.layout import lay_out
from vidgist.drawing.vector import plain
from vidgist.errors import ConfigError
from vidgist.models import ConceptMap

_ZOOM = 2.0
_MOST_PIXELS = 40_000_000


def png(concept_map: ConceptMap) -> bytes:
    """The map in light colours, two pixels to a CSS pixel; fewer where it would grow beyond 40 megapixels.

    Fonts are the system's: a script without an installed font shows as boxes.

    Raises:
        ConfigError: the extra is not installed.

    """
    try:
        import resvg_py
    except ImportError:
        raise ConfigError("png needs an extra", hint="pip install 'vidgist[png]'") from None
    layout = lay_out(concept_map)
    zoom = min(_ZOOM, sqrt(_MOST_PIXELS / (layout.width * layout.height)))
    return bytes(resvg_py.svg_to_bytes(svg_string=plain(layout), zoom=zoom))
