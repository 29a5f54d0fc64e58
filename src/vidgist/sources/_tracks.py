"""Which caption track to read. Pure.

Translations made by the site are never candidates: they meet its limits first, and a model translates better.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Track:
    """One caption track. ``original`` says that a generated one is in the language that is spoken."""

    language: str
    generated: bool
    original: bool = False
    url: str = ""


def choose(tracks: Sequence[Track], preferred: Sequence[str], spoken: str = "") -> Track | None:
    """The best track, or None where there is none.

    The first preferred language that has one, written before generated. Then whatever was written, in the
    language spoken if possible; then the generated original; then any.
    """
    return next(_in_order(tracks, preferred, spoken), None)


def spoken_language(tracks: Sequence[Track]) -> str:
    """The language heard, where exactly one generated track claims to be the original."""
    heard = {track.language for track in tracks if track.original}
    return heard.pop() if len(heard) == 1 else ""


def _in_order(tracks: Sequence[Track], preferred: Sequence[str], spoken: str) -> Iterator[Track]:
    written = [track for track in tracks if not track.generated]
    generated = [track for track in tracks if track.generated]
    for language in preferred:
        yield from _matching(written, language)
        yield from _matching(generated, language)
    yield from _matching(written, spoken)
    yield from written
    yield from _matching(generated, spoken)
    yield from (track for track in generated if track.original)
    yield from generated


def _matching(tracks: Sequence[Track], wanted: str) -> list[Track]:
    """Tracks of a language, best first: the same code, a variety of it, or what it is a variety of."""
    ranked = [(rank, track) for track in tracks if (rank := _rank(track.language, wanted)) is not None]
    return [track for _, track in sorted(ranked, key=lambda pair: pair[0])]


def _rank(language: str, wanted: str) -> int | None:
    has, wants = language.casefold().replace("_", "-"), wanted.casefold().replace("_", "-")
    if not has or not wants:
        return None
    if has == wants:
        return 0
    if has.startswith(f"{wants}-"):
        return 1
    if wants.startswith(f"{has}-"):
        return 2
    return 3 if has.split("-")[0] == wants.split("-")[0] else None
