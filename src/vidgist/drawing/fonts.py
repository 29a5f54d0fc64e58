"""Font files for a picture's text, chosen by looking into them. The one door to fontTools.

The renderer knows families by name and draws nothing where none is there. So the files are found here: the
open font that comes with the extra (Noto Sans: Latin, Greek, Cyrillic, Devanagari), then installed ones that
have the characters it lacks.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_PLAIN = ("noto", "dejavu", "liberation", "arial", "helvetica", "sans")
_ODD = ("mono", "serif", "italic", "oblique", "condensed", "emoji", "symbol", "bold", "light", "thin")
_MOST_FILES = 2_000


class Fonts(NamedTuple):
    """Files to draw with, the family of the first, and the characters that none of them has."""

    files: tuple[str, ...]
    family: str
    missing: str


def choose(text: str, folders: Iterable[Path] | None = None) -> Fonts:
    """Return fonts that have every character of a text, as far as this machine has any.

    ``folders`` are searched after the font of the extra; None: where the system keeps its fonts.
    """
    wanted = {ord(one) for one in text if not one.isspace() and one.isprintable()}
    files: list[str] = []
    family = ""
    for path in _candidates(_system() if folders is None else folders):
        if not wanted and files:
            break
        name, has = _look_into(path)
        if wanted & has:
            wanted -= has
            files.append(str(path))
            family = family or name
    return Fonts(tuple(files), family, "".join(sorted(map(chr, wanted))))


def _candidates(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the extra's own font, then plain sans-serif files before all others."""
    yield from _own()
    found = [path for folder in folders for path in _files(folder)][:_MOST_FILES]
    yield from sorted(found, key=_oddness)


def _own() -> Iterator[Path]:
    spec = find_spec("fontpkg_noto_sans")
    if spec is not None and spec.origin is not None:
        yield from sorted(Path(spec.origin).parent.glob("files/NotoSans[[]*.ttf"))


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where, name) for name in names if Path(name).suffix.lower() in _SUFFIXES)


def _oddness(path: Path) -> tuple[int, int, str]:
    name = path.stem.lower()
    plain = next((place for place, word in enumerate(_PLAIN) if word in name), len(_PLAIN))
    return sum(word in name for word in _ODD), plain, str(path)


def _system() -> Iterator[Path]:
    """Yield the folders in which this system keeps fonts."""
    if sys.platform == "win32":
        yield Path(os.path.expandvars(r"%WINDIR%\Fonts"))
        yield Path(os.path.expandvars(r"%LOCALAPPDATA%\Microsoft\Windows\Fonts"))
        return
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (a Path's raises for a user without a home)
    if sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
        return
    yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    yield from (home / ".local/share/fonts", home / ".fonts")


def _look_into(path: Path) -> tuple[str, frozenset[int]]:
    """Return the family and the characters of a font file; of a collection, its first font's."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as file, TTFont(file, lazy=True, fontNumber=0) as font:
            return str(font["name"].getBestFamilyName() or ""), frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError, KeyError, ValueError, AssertionError):
        return "", frozenset()
