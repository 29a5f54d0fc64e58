"""A transcript as sentences, each a stretch of its text with its time.

Punctuation decides where there is some. Stretches without any are parted by pauses, chapters, changes of
speaker and, in English, by the learned model; in other languages by caption lines and joint words.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from vidgist.models import Chapter, Transcript
from vidgist.offline import boundaries, english, tagging
from vidgist.offline.boundaries import Weights
from vidgist.offline.languages import Language
from vidgist.offline.words import DENSE_WEIGHT, Word, split

LONGEST = 45.0
"""Words from which a stretch without punctuation is parted even where no end is likely."""
WRITTEN = 2.0
"""How much longer one may be whose clauses are punctuated."""
CLAUSE = 20.0
"""Words to each of `MARKS` from which they are."""
MARKS = ",;:–—"
"""What is written between two clauses."""
SCRAP = 4
"""Words that a part has at least."""
THRESHOLD = -0.9
"""Log odds from which a gap is an end: best F1 in cross-validation."""
JOINT = -4.2
"""Log odds from which a gap seems to part two clauses."""
LONG = 24.0
LONG_ODDS = -2.5
"""Words from which a stretch is parted at an end only this likely."""
PAUSE_SECONDS = 0.7
PAUSE_ODDS = 2.0
LINE_ODDS = 0.3
SURE = 20.0
"""Log odds of an end that is written."""
_UNLIKELY = -9.0

_CUE = re.compile(
    r"\[[^\[\]]{1,40}\]|\((?:[a-z ]{0,20})(?:applause|music|laughter|laughs|laughing)\)|[♪♫]+|>>+"
)
_END = re.compile(r"[.!?…؟۔।]+[\"'”’»)\]]*(?=\s|$)|[。！？｡]+[」』”’）]*")
ABBREVIATIONS, _TITLES = map(english.words, ("abbreviations", "titles"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` of a transcript, verbatim; ``seconds`` from the start of the video where known.

    ``words`` are its words with places in the whole text. ``opens`` and ``closes`` say how sure its bounds are, as
    log odds. ``joints`` are the places of words that seem to begin a clause within it, where no punctuation says
    so, with the log odds that a sentence begins there.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    seconds: float | None
    opens: float
    closes: float
    joints: Mapping[int, float] = field(default_factory=dict)

    @property
    def size(self) -> float:
        return sum(DENSE_WEIGHT if word.dense else 1.0 for word in self.words)


class Places:
    """Where the segments of a transcript begin in its text, and when; ``names`` are where it names a speaker."""

    def __init__(self, transcript: Transcript) -> None:
        self.text = transcript.text
        self.timed = transcript.timed
        self.starts: list[int] = []
        self.seconds: list[float] = []
        self.pauses: list[float] = []
        self.names: list[tuple[int, int]] = []
        place, ended, speaker = 0, 0.0, ""
        for segment in transcript.segments:
            words = " ".join(segment.text.split())
            if segment.speaker and segment.speaker != speaker:
                speaker = segment.speaker
                named = len(" ".join(f"{speaker}:".split()))
                self.names.append((place, place + named))
                place += named + 1
            if not words:
                continue
            self.starts.append(place)
            self.seconds.append(segment.start)
            self.pauses.append(max(0.0, segment.start - ended) if transcript.timed and place else 0.0)
            place += len(words) + 1
            ended = segment.start + segment.duration

    def time(self, place: int) -> float | None:
        """When the word at this place of the text is said: the start of its segment."""
        if not self.timed or not self.starts:
            return None
        return self.seconds[max(0, bisect_right(self.starts, place) - 1)]

    def place(self, seconds: float) -> int:
        """Where the text of this moment begins."""
        if not self.starts:
            return 0
        return self.starts[max(0, bisect_right(self.seconds, seconds) - 1)]


def of(
    transcript: Transcript,
    chapters: Sequence[Chapter],
    language: Language,
    weights: Weights | None = None,
) -> list[Sentence]:
    """The sentences of a transcript in order; sound cues such as [Music] and names of speakers belong to none.

    English words are tagged with their parts of speech. ``weights`` are of the boundary model, the shipped ones by default. Linear in the length of the text.
    """
    places = Places(transcript)
    text = places.text
    words = _spoken(text, places.names)
    if not words:
        return []
    if language.code == "en":
        tags = tagging.tag([word.key for word in words], tagging.shipped())
        words = [word._replace(tag=tag) for word, tag in zip(words, tags, strict=True)]
    odds = _certain(text, words, places, chapters)
    ends = _soften(words, odds, places, language, weights)
    return [_sentence(places, words, first, gap, odds) for first, gap in pairwise(ends)]


def _sentence(places: Places, words: list[Word], first: int, gap: int, odds: list[float]) -> Sentence:
    start = words[first].start
    bound = words[gap].start if gap < len(words) else len(places.text)
    tail = places.text[words[gap - 1].end : bound]
    end = words[gap - 1].end + len(_closing(tail))
    return Sentence(
        start=start,
        end=end,
        words=tuple(words[first:gap]),
        seconds=places.time(start),
        opens=odds[first],
        closes=odds[gap] if gap < len(words) else SURE,
        joints={words[index].start: odds[index] for index in range(first + 1, gap) if odds[index] > JOINT},
    )


_TAIL = re.compile(r"[^\s\w\[(<>♪♫]+(?:\s+[.!?…。！？]+)?")


def _closing(tail: str) -> str:
    match = _TAIL.match(tail)
    return match[0] if match else ""


def _spoken(text: str, names: Sequence[tuple[int, int]]) -> list[Word]:
    """The words that are said: those of sound cues and of speakers' names are none."""
    words = split(text)
    cues = sorted([*(match.span() for match in _CUE.finditer(text)), *names])
    if not cues:
        return words
    starts = [start for start, _ in cues]
    kept = []
    for word in words:
        index = bisect_right(starts, word.start) - 1
        if index < 0 or word.start >= cues[index][1]:
            kept.append(word)
    return kept


def _certain(text: str, words: list[Word], places: Places, chapters: Sequence[Chapter]) -> list[float]:
    """Log odds of the gap before each word from what is written: punctuation, cues, chapters."""
    odds = [_UNLIKELY] * len(words)
    forced = {places.place(chapter.start) for chapter in chapters} if places.timed else set()
    forced |= {end + 1 for _, end in places.names}
    for index in range(1, len(words)):
        left, right = words[index - 1], words[index]
        between = text[left.end : right.start]
        if (
            right.start in forced
            or _CUE.search(between)
            or (_END.search(between) and not _abbreviates(left, between))
        ):
            odds[index] = SURE
    odds[0] = SURE
    return odds


def _abbreviates(left: Word, between: str) -> bool:
    if not between.startswith(".") or between.startswith(".."):
        return False
    return left.key in ABBREVIATIONS or (len(left.key) == 1 and left.key.isalpha() and left.key not in "iy")


def _soften(
    words: list[Word], odds: list[float], places: Places, language: Language, weights: Weights | None
) -> list[int]:
    """The first gap and those at which sentences end. Where nothing is written for long, likely ends count."""
    starts = {start: index for index, start in enumerate(places.starts)}
    ends = [0]
    for gap in range(1, len(words) + 1):
        if gap < len(words) and odds[gap] < 0:
            continue
        first = ends[-1]
        if _length(words, first, gap) > _limit(places.text, words[first:gap]):
            _part(words, odds, first, gap, starts, places, language, weights)
            ends += _within(words, odds, first, gap)
        ends.append(gap)
    return ends


def _limit(text: str, words: Sequence[Word]) -> float:
    """Words up to which a stretch is one sentence."""
    marks = sum(
        any(mark in text[left.end : right.start] for mark in MARKS) for left, right in pairwise(words)
    )
    return LONGEST * (WRITTEN if marks * CLAUSE >= len(words) else 1.0)


def _part(
    words: list[Word],
    odds: list[float],
    first: int,
    last: int,
    starts: dict[int, int],
    places: Places,
    language: Language,
    weights: Weights | None,
) -> None:
    keys = [word.key for word in words[first:last]]
    if language.code == "en":
        tags = "".join(word.tag for word in words[first:last])
        guesses = boundaries.log_odds(keys, weights or boundaries.shipped(), tags)
    else:
        guesses = [1.0 if key in language.joints else -2.0 for key in keys]
    for index in range(first + 1, last):
        guess = guesses[index - first]
        segment = starts.get(words[index].start)
        if segment is not None:
            guess += LINE_ODDS if language.code == "en" else 2.0
            guess += PAUSE_ODDS * min(2.0, places.pauses[segment] / PAUSE_SECONDS)
        odds[index] = _UNLIKELY if keys[index - first - 1] in _TITLES else guess
    if language.code != "en":
        _thin(words, odds, first, last)


def _thin(words: list[Word], odds: list[float], first: int, last: int) -> None:
    """Rules find too many ends: keep those that leave no scrap behind."""
    begun = first
    for index in range(first + 1, last):
        if odds[index] > THRESHOLD:
            if _length(words, begun, index) < 2 * SCRAP:
                odds[index] = THRESHOLD - 0.1
            else:
                begun = index


def _within(words: list[Word], odds: list[float], first: int, last: int) -> list[int]:
    """The gaps that are likely ends; what is too long is parted at its likeliest inner gap, and the parts again."""
    ends = [index for index in range(first + 1, last) if odds[index] > THRESHOLD]
    stack = list(pairwise([first, *ends, last]))
    while stack:
        begin, end = stack.pop()
        length = _length(words, begin, end)
        if length <= LONG or end - begin <= 2 * SCRAP:
            continue
        best = max(range(begin + SCRAP, end - SCRAP + 1), key=lambda index: (odds[index], -index))
        if length > LONGEST or odds[best] > LONG_ODDS:
            ends.append(best)
            stack += [(begin, best), (best, end)]
    return sorted(ends)


def _length(words: list[Word], first: int, last: int) -> float:
    return sum(DENSE_WEIGHT if word.dense else 1.0 for word in words[first:last])
