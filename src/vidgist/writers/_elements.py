"""Small pieces of HTML of which an article is made. Pure."""

import html
import math
import re

from vidgist.text import hygiene, record

_SIZES = (("small", 640.0), ("medium", 1120.0), ("large", 1600.0), ("huge", math.inf))


def attributes(lang: str, way: str) -> str:
    """Return ``lang`` and ``dir``, those that are known, with a space before each."""
    return (f' lang="{html.escape(lang)}"' if lang else "") + (f' dir="{way}"' if way else "")


def text(text: str) -> str:
    return html.escape(text, quote=False)


def sentence(text: str) -> str:
    line = hygiene.one_line(text)
    return f"{line[:1].upper()}{line[1:]}{'' if line.endswith(('.', '!', '?')) else '.'}"


def date(day: str) -> str:
    return f'<time datetime="{day}">{day}</time>'


def time(seconds: float) -> str:
    return f'<bdi dir="ltr">{record.clock(seconds)}</bdi>'


def size(picture: str) -> str:
    """Return a class for how wide a map is drawn, so that a large one is scrolled rather than too small to
    read.
    """
    width = re.search(r'<svg[^>]* width="(\d+)', picture)
    return next(name for name, most in _SIZES if not width or int(width[1]) <= most)


def share(start: float, length: float) -> str:
    return f"{min(max(start / length, 0), 1) * 100:.2f}%"
