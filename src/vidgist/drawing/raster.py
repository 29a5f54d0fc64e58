"""A map as PNG. The one door to resvg, which comes with an extra."""

from vidgist.drawing.vector import plain_svg
from vidgist.errors import ConfigError
from vidgist.models import ConceptMap

_ZOOM = 2
_MOST_PIXELS = 40_000_000


def png(concept_map: ConceptMap) -> bytes:
    """The map in light colours, two pixels to a CSS pixel; fewer where it would grow beyond 40 megapixels.

    Fonts are the system's: a script without an installed font shows as boxes.

    Raises:
        ConfigError: the extra is not installed, or the map cannot be drawn.

    """
    try:
        import resvg_py
    except ImportError:
        raise ConfigError("png needs an extra", hint="pip install 'vidgist[png]'") from None
    return bytes(resvg_py.svg_to_bytes(svg_string=plain_svg(concept_map), zoom=_ZOOM))
