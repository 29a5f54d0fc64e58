"""Which caption track to read. Pure.

Translations made by the site are never candidates: they meet its limits first, and a model translates better.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vidgist.models import Segment, Transcript
from vidgist.text import languages

_ASIDE = re.compile(
    r"\b(?:commentar(?:y|ies|io)|comment(?:aire|aar)s?|kommentar\w*|comentarios?|descri(?:ptive|ptions?|bed)"
    r"|audio ?desc\w*|h[öo]rfilm\w*|forced|signs(?: ?& ?songs)?|karaoke|trivia)\b|解説|评论|評論",
    re.IGNORECASE,
)
"""Names of tracks that hold other words than those that are spoken."""


@dataclass(frozen=True)
class Track:
    """One caption track. ``original`` says that a generated one is in the language that is spoken."""

    language: str
    generated: bool
    original: bool = False
    url: str = ""
    name: str = ""
    suffix: str = "json3"

    @property
    def is_aside(self) -> bool:
        """Return whether its name says that it holds a commentary or a description in place of the words."""
        return _ASIDE.search(self.name) is not None


def choose(tracks: Sequence[Track], preferred: Sequence[str], spoken: str = "") -> Track | None:
    """Return the best track, or None where there is none.

    The first preferred language that has one, written before generated. Then the language spoken, where it is
    known. Then any written track; then the generated original; then any. A commentary or a description of
    what is seen comes last of all.
    """
    return next(_in_order(tracks, preferred, spoken), None)


def spoken_language(tracks: Sequence[Track]) -> str:
    """Return the language heard, where exactly one generated track claims to be the original."""
    heard = {track.language for track in tracks if track.original}
    return heard.pop() if len(heard) == 1 else ""


def transcript_of(track: Track, segments: tuple[Segment, ...], preferred: Sequence[str]) -> Transcript:
    """Return the words of a track, with what was taken in place of the ``preferred`` languages."""
    return Transcript(
        segments=segments,
        language=track.language,
        generated=track.generated,
        notices=notices(track, preferred),
    )


def notices(track: Track, preferred: Sequence[str]) -> tuple[str, ...]:
    """Say what was taken in place of what was asked for."""
    notices = []
    wanted = [language for language in preferred if language.strip()]
    if wanted and all(languages.is_stand_in(language, track.language) for language in wanted):
        kind = "generated captions" if track.generated else "captions"
        notices.append(
            f"captions in {', '.join(wanted)} were asked for; {kind} in {track.language} were taken"
        )
    if track.is_aside:
        notices.append(f"the only captions are called {track.name!r}: they may not hold what is said")
    return tuple(notices)


def _in_order(tracks: Sequence[Track], preferred: Sequence[str], spoken: str) -> Iterator[Track]:
    main = [track for track in tracks if not track.is_aside]
    written = [track for track in main if not track.generated]
    generated = [track for track in main if track.generated]
    for language in (*preferred, spoken):
        yield from _matching(written, language)
        yield from _matching(generated, language)
    yield from written
    yield from (track for track in generated if track.original)
    yield from generated
    yield from tracks


def _matching(tracks: Sequence[Track], wanted: str) -> list[Track]:
    """Return tracks of a language, nearest first."""
    ranked = [(rank, track) for track in tracks if (rank := _rank(track.language, wanted)) is not None]
    return [track for _, track in sorted(ranked, key=lambda pair: pair[0])]


def _rank(language: str, wanted: str) -> tuple[int, bool, int] | None:
    """Rank a language by its distance; of equals the one written alike is first, then the shorter tag."""
    apart = languages.distance(wanted, language)
    if apart is None:
        return None
    return apart, language.casefold() != wanted.casefold(), len(language)
