"""The key phrases of a talk: noun phrases with a head, and how much each matters.

English: adjectives and nouns that end in a noun, by their tags. Languages with spaces: runs
of up to two content words. Scripts without spaces: runs of characters that keep coming back.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from vidgist.offline import common, english, languages, lexicon
from vidgist.offline.languages import Language
from vidgist.offline.sentences import Sentence
from vidgist.offline.tagging import (
    ADJECTIVE,
    DETERMINER,
    GERUND,
    NAME,
    NOUN,
    PARTICIPLE,
    POSSESSIVE,
    PREPOSITION,
)
from vidgist.offline.words import Word, is_dense, stem

LONGEST = 4
GENERIC = 0.25
"""Weight below which a word names nothing."""
CAPITALS = 8
"""One in so many phrases with a capital says that the talk writes them."""
_VAGUE, _NOISE, _NUMBERS = map(english.words, ("vague", "noise", "numbers"))


@dataclass(slots=True)
class Phrase:
    """A phrase: its stems, how it is shown, where it stands (sentence, first word, last word + 1).

    ``common`` says that it begins with a small letter inside a sentence.
    """

    stems: tuple[str, ...]
    label: str = ""
    common: bool = False
    score: float = 0.0
    places: list[tuple[int, int, int]] = field(default_factory=list)


_SHARED = 5
"""Letters that a word broken off shares with the next one, said whole."""
_SCRAP = 4
"""Letters of the end of a word that may be said again by itself: ``technology ology``."""
_SOON = 3
"""Words within which it is said again."""

Show = Callable[[Sequence[Word]], str]


def extract(sentences: Sequence[Sentence], language: Language, show: Show) -> list[Phrase]:
    """The phrases of a talk, weightiest first. ``show`` spells words for display. n log n."""
    if sum(word.dense for sentence in sentences for word in sentence.words) * 2 > sum(
        len(sentence.words) for sentence in sentences
    ):
        found = _dense(sentences, language)
    elif language.code == "en":
        found = _spans(sentences, _english_spans)
    else:
        found = _spans(sentences, lambda words: _plain_spans(words, language))
        if language.capitals:
            found = _capital(sentences, found, show)
    return _rank(sentences, found, show)


def _spans(
    sentences: Sequence[Sentence], cut: Callable[[Sequence[Word]], list[tuple[int, int]]]
) -> dict[tuple[str, ...], Phrase]:
    found: dict[tuple[str, ...], Phrase] = {}
    for index, sentence in enumerate(sentences):
        for first, last in cut(sentence.words):
            for begin in range(first, last):
                if last - begin > LONGEST:
                    continue
                stems = tuple(stem(word.key) for word in sentence.words[begin:last])
                found.setdefault(stems, Phrase(stems)).places.append((index, begin, last))
    return found


def _capital(
    sentences: Sequence[Sentence], found: dict[tuple[str, ...], Phrase], show: Show
) -> dict[tuple[str, ...], Phrase]:
    """The phrases that end in a word with a capital; all of them where the talk writes none."""
    kept = {}
    for stems, phrase in found.items():
        index, _, last = phrase.places[0]
        if show(sentences[index].words[last - 1 : last])[:1].isupper():
            kept[stems] = phrase
    return kept if len(kept) * CAPITALS > len(found) else found


def _english_spans(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Longest runs of adjectives and nouns that end in a noun, with nothing but a space between."""
    spans: list[tuple[int, int]] = []
    begin = -1
    head = -1
    for index, word in enumerate([*words, None]):
        kind = _kind(words, index) if word else ""
        touching = index > 0 and word is not None and word.start - words[index - 1].end == 1
        if begin >= 0 and (not kind or not touching):
            if head >= begin:
                spans.append((begin, head + 1))
            begin = -1
        if kind:
            if begin < 0:
                begin, head = index, -1
            if kind == "n":
                head = index
    return spans


def _kind(words: Sequence[Word], index: int) -> str:
    """N for a noun here, a for what may stand before one, empty for anything else."""
    word = words[index]
    key = word.key
    if key in _STOPS | _NOISE or "'" in key or not any(character.isalpha() for character in key):
        return ""
    if _broken(words, index):
        return ""
    before = words[index - 1] if index else word
    if key.endswith("ing") and before.tag == NOUN and before.key.endswith("s"):
        return ""  # companies focusing
    short = len(key) < 3 and not any(character.isdigit() for character in key)
    qualifying = lexicon.shipped().letters(key).startswith("a")
    if word.tag in NOUN + NAME and not qualifying:
        return "a" if short else "n"
    if short:
        return ""
    if word.tag == ADJECTIVE or (qualifying and word.tag in NOUN + NAME):
        return "" if key in _VAGUE else "a"
    following = words[index + 1].tag if index + 1 < len(words) else ""
    previous = words[index - 1].tag if index else ""
    qualifies = word.tag in (GERUND, PARTICIPLE) and following and following in NOUN + NAME
    return "a" if qualifies and previous and previous in _OPENING else ""


def _broken(words: Sequence[Word], index: int) -> bool:
    """Whether a word is said again at once, or is an unknown scrap of one near it: ``syntasti syntactic``."""
    key = words[index].key
    following = [word.key for word in words[index + 1 : index + 1 + _SOON]]
    if following and stem(following[0]) == stem(key):
        return True
    before = words[index - 1].key if index else ""
    after = following[0] if following else ""
    if len(key) >= _SCRAP and key not in (before, after) and (before.endswith(key) or after.startswith(key)):
        return True
    if lexicon.shipped().knows(key) or not key.isalpha():
        return False
    begun = any(after.startswith(key) and after != key for after in following)
    misheard = bool(following) and following[0][:_SHARED] == key[:_SHARED] and len(key) > _SHARED
    return begun or misheard


_OPENING = DETERMINER + POSSESSIVE + PREPOSITION + ADJECTIVE
_STOPS = languages.ENGLISH.stops | languages.ENGLISH.fillers | _NUMBERS


def _plain_spans(words: Sequence[Word], language: Language) -> list[tuple[int, int]]:
    spans = []
    begin = -1
    for index, word in enumerate([*words, None]):
        content = (
            word is not None
            and word.key not in language.stops
            and len(word.key) > 2
            and not word.key.isdigit()
        )
        touching = index > 0 and word is not None and word.start - words[index - 1].end == 1
        if begin >= 0 and (not content or not touching or index - begin >= 2):
            spans.append((begin, index))
            begin = -1
        if content and begin < 0:
            begin = index
    return spans


_RUN = re.compile(
    r"[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,24}|[\u30a1-\u30fc]{3,}|[\u0e00-\u0eff]{4,16}"
)
_KATAKANA = re.compile(r"[\u30a1-\u30fc]+")
_LOOSE = frozenset(
    "的了是在和就都而及与也很我你他她它们这那有被把让给从到着过吗呢吧啊嗯个一来去说看做用得地最更再又还只才"
)
"""Characters that no Chinese phrase begins or ends with."""
_SHORT_RUN, _LONG_RUN = 2, 6


def _dense(sentences: Sequence[Sentence], language: Language) -> dict[tuple[str, ...], Phrase]:
    """Runs of characters that come back and are no part of a longer one as frequent; whole runs, once said."""
    places: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    whole: set[str] = set()
    for index, sentence in enumerate(sentences):
        flat = "".join(word.key if word.dense else " " for word in sentence.words)
        for match in _RUN.finditer(flat):
            whole.add(match[0])
            for begin, end in _windows(match[0], language):
                places[match[0][begin:end]].append((index, match.start() + begin, match.start() + end))
        for at, word in enumerate(sentence.words):
            if (
                not word.dense
                and word.key not in language.stops
                and len(word.key) > 1
                and not word.key.isdigit()
            ):
                whole.add(word.key)
                places[word.key].append((index, at, at + 1))
    return _maximal(places, whole)


def _windows(run: str, language: Language) -> list[tuple[int, int]]:
    """The parts of a run of characters that may be phrases."""
    if _KATAKANA.fullmatch(run):
        return [(0, len(run))]
    return [
        (begin, end)
        for begin in range(len(run))
        for end in range(begin + _SHORT_RUN, min(len(run), begin + _LONG_RUN) + 1)
        if not (run[begin] in _LOOSE or run[end - 1] in _LOOSE)
        and not any(run[at : at + 2] in language.stops for at in range(begin, end - 1))
    ]


def _maximal(places: dict[str, list[tuple[int, int, int]]], whole: set[str]) -> dict[tuple[str, ...], Phrase]:
    kept: dict[tuple[str, ...], Phrase] = {}
    longer: Counter[str] = Counter()
    for part in sorted(places, key=len, reverse=True):
        count = len(places[part])
        if count > longer[part] and (count > 1 or part in whole):
            kept[(part,)] = Phrase((part,), places=places[part])
        for inner in (part[1:], part[:-1]):
            longer[inner] = max(longer[inner], longer[part], count if (part,) in kept else 0)
    return kept


def _rank(sentences: Sequence[Sentence], found: dict[tuple[str, ...], Phrase], show: Show) -> list[Phrase]:
    """Score by count and length; a part of a longer phrase counts only where it stands alone."""
    inside: Counter[tuple[str, ...]] = Counter()
    for stems, phrase in found.items():
        if len(phrase.places) > 1:
            for size in range(1, len(stems)):
                inside[stems[len(stems) - size :]] += len(phrase.places)
    ranked = []
    for stems, phrase in found.items():
        count = len(phrase.places)
        alone = max(0.0, count - 0.7 * inside[stems])
        own = max(map(common.weight, stems))
        if own < GENERIC or (count < 2 and common.weight(stems[-1]) < GENERIC):
            continue
        label = _label(sentences, phrase, show)
        phrase.label, phrase.common = label[:1].upper() + label[1:], label[:1].islower()
        parts = len(stems) if len(stems) > 1 or not is_dense(stems[0][0]) else len(stems[0]) / 2
        length = 1 + 0.6 * (min(parts, 3) - 1)
        phrase.score = math.sqrt(alone) * length * own * (0.5 if count == 1 else 1.0)
        ranked.append(phrase)
    ranked.sort(key=lambda phrase: (-phrase.score, phrase.places[0]))
    return ranked


def _label(sentences: Sequence[Sentence], phrase: Phrase, show: Show) -> str:
    forms: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], tuple[int, int, int]] = {}
    for place in phrase.places:
        index, begin, end = place
        form = tuple(word.key for word in sentences[index].words[begin:end])
        forms[form] += 1
        first.setdefault(form, place)
    best = max(forms, key=lambda form: (forms[form], -first[form][0]))
    index, begin, end = first[best]
    return show(sentences[index].words[begin:end])
