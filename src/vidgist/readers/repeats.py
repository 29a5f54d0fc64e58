"""Says once what captions show again: rolling lines, growing lines, a line repeated for each word that is marked.

What is said twice stays twice. A screen repeats itself as a habit, so a whole file is looked at first; then a
cue is compared only with the one just before, since a longer past would not distinguish a repeat on the screen from
one in the talk.

YouTube's automatic WebVTT shows two lines: the upper one repeats what was said, the lower one fills word by
word. In between, a cue of 10 ms holds the finished line. Each line so stands three times:

    0.00 --> 2.38    (blank)             then, said now:  hello<00:00:00.320><c> everyone</c>
    2.38 --> 2.39    hello everyone
    2.39 --> 4.00    hello everyone      then, said now:  welcome<00:00:02.800><c> back</c>
"""

import itertools
import operator
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vidgist.readers import markup
from vidgist.readers.cues import Cue
from vidgist.text import hygiene, transcript

HOLD_SECONDS = 0.1
"""Rolling captions show what was said for so long, before the next line comes in. YouTube takes 0.01."""

TOUCH_SECONDS = 0.5
"""After a longer gap than this the screen was empty: the same words again were said again."""

LEAST_CARRIED = 3
"""So many lines carried from cue to cue are no accident, if half of all are."""

_MARKED = re.compile(r"<(u|b|i|em|strong|font|c)\b[^<>]*>|\{[^{}]*\\[^{}]*\}", re.IGNORECASE)
_MOST_GATHERED = 12
"""Words of growing captions that are joined to one cue again."""

_LONGEST_OVERLAP = 40


class _Shown(NamedTuple):
    """A cue, its lines and its words; lines without text are left out."""

    cue: Cue
    lines: tuple[str, ...]

    @property
    def flat(self) -> str:
        return " ".join(self.lines)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.flat.split())


def unroll(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues in the order of their times, each word where it was first shown."""
    in_order = _marked_once(sorted(cues, key=operator.attrgetter("start")))
    screens = [screen for screen in map(_shown, in_order) if screen.lines]
    if _rolls(screens):
        return _lines_once(screens)
    return list(_words_once(screens)) if _grows(screens) else in_order


def _shown(cue: Cue) -> _Shown:
    return _Shown(cue, tuple(read for raw in cue.text.split("\n") if (read := transcript.line(raw))))


# A cue for each word, the same text with another word marked: Whisper's highlight_words, stable-ts, WhisperX.


def _marked_once(cues: list[Cue]) -> list[Cue]:
    """Return the cues, each text once while the mark moves through it; as they are where no mark moves."""
    flats = [" ".join(cue.text.split()) for cue in cues]
    moved = sum(
        a == b and one.raw != two.raw and _MARKED.search(one.raw + two.raw) is not None
        for (one, a), (two, b) in itertools.pairwise(zip(cues, flats, strict=True))
        if a == b
    )
    same = sum(a == b for a, b in itertools.pairwise(flats))
    if moved < LEAST_CARRIED - 1 or 2 * moved < same:
        return cues
    kept: list[Cue] = []
    marks: set[str] = set()
    for number, cue in enumerate(cues):
        again = (
            number > 0 and flats[number] == flats[number - 1] and cue.start - kept[-1].end <= TOUCH_SECONDS
        )
        if again and not (cue.raw in marks and _MARKED.search(cue.raw)):
            kept[-1] = kept[-1]._replace(end=max(kept[-1].end, cue.end))
            marks.add(cue.raw)
        else:
            kept.append(cue)
            marks = {cue.raw}
    return kept


# Lines that roll up.


def _lines_once(screens: Sequence[_Shown]) -> list[Cue]:
    kept = [screens[0].cue]
    for before, screen in itertools.pairwise(screens):
        repeated = _repeated(before, screen)
        if repeated < len(screen.lines):
            kept.append(screen.cue._replace(text="\n".join(screen.lines[repeated:])))
    return kept


def _rolls(screens: Sequence[_Shown]) -> bool:
    """Return whether cues in the order of their times repeat their lines as automatic captions do.

    One carried line proves nothing (a refrain does that too), so there must be words' own times, a hold, or
    at least `LEAST_CARRIED` carried lines in half of the places where there could be one.
    """
    holds = carried = places = 0
    for before, screen in itertools.pairwise(screens):
        all_of_it = len(screen.lines)
        if all_of_it + len(before.lines) > 2 and _touch(before, screen):  # noqa: PLR2004 (two cues of a line)
            repeated = _overlap(before.lines, screen.lines)
            holds += 0 < repeated == all_of_it and screen.cue.end - screen.cue.start <= HOLD_SECONDS
            places += all_of_it > 1
            carried += 0 < repeated < all_of_it
    if not carried:
        return False
    is_habit = carried >= LEAST_CARRIED and 2 * carried >= places
    return is_habit or holds > 0 or any(markup.has_time_of_words(screen.cue.raw) for screen in screens)


def _repeated(before: _Shown, screen: _Shown) -> int:
    """Return how many of a cue's first lines were on the screen before."""
    repeated = _overlap(before.lines, screen.lines)
    if repeated < len(screen.lines):
        return repeated
    if not _touch(before, screen):
        return 0
    lasting = screen.cue.end - screen.cue.start > HOLD_SECONDS
    is_refrain = len(screen.lines) > 1 == len(set(screen.lines)) and lasting
    return repeated - is_refrain  # the lower line of a refrain is new, though it says the same again


def _overlap(above: tuple[str, ...], lines: tuple[str, ...]) -> int:
    """Return how many of the first lines, or words, are the last ones above."""
    most = min(len(above), len(lines), _LONGEST_OVERLAP)
    if above[-most:] == lines[:most]:
        return most
    return next((n for n in range(most, 0, -1) if above[-1] == lines[n - 1] and above[-n:] == lines[:n]), 0)


def _touch(before: _Shown, screen: _Shown) -> bool:
    return screen.cue.start - max(before.cue.end, before.cue.start) <= TOUCH_SECONDS


# Words that grow, and rolling lines that a converter joined to one.


def _grows(screens: Sequence[_Shown]) -> bool:
    """Return whether most cues begin with words that end the one before, and go on from there."""
    carried = places = 0
    for before, screen in itertools.pairwise(screens):
        if before.flat != screen.flat and _touch(before, screen):
            places += 1
            carried += screen.flat.startswith(before.flat) or _overlap(before.words, screen.words) > 1
    return carried >= LEAST_CARRIED and 2 * carried >= places


def _words_once(screens: Sequence[_Shown]) -> Iterator[Cue]:
    """Yield what is new in each cue, joined to the one before while that is short and goes on."""
    above: tuple[str, ...] = ()
    last: Cue | None = None
    for before, screen in itertools.pairwise([screens[0], *_grown(screens)]):
        goes_on = last is not None and _touch(before, screen) and before.cue.speaker == screen.cue.speaker
        old = _overlap(above, screen.words) if goes_on else 0
        above = screen.words
        new = screen.cue._replace(text=" ".join(screen.words[old:]))
        if not new.text:
            continue
        if last and old and len(last.text.split()) < _MOST_GATHERED and not hygiene.ends_sentence(last.text):
            last = last._replace(text=f"{last.text} {new.text}", end=new.end)
            continue
        if last:
            yield last
        last = new
    if last:
        yield last


def _grown(screens: Sequence[_Shown]) -> Iterator[_Shown]:
    """Yield the cues, of those that grow out of one another the last, from the first one's start on."""
    kept = screens[0]
    for screen in screens[1:]:
        same_voice = kept.cue.speaker == screen.cue.speaker
        if same_voice and screen.flat.startswith(kept.flat) and _touch(kept, screen):
            kept = screen._replace(cue=screen.cue._replace(start=kept.cue.start))
        else:
            yield kept
            kept = screen
    yield kept
