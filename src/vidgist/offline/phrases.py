"""The key phrases of a talk: noun phrases with a head, and how much each matters.

English: adjectives and nouns that end in a noun, by their tags. Languages with spaces: runs of up to two content words.
Scripts without spaces: runs of characters that keep coming back.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from vidgist.offline import common, english, languages, lexicon
from vidgist.offline import tagging as pos
from vidgist.offline.languages import Language
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import SHORT, Word, is_dense, stem

LONGEST, GENERIC, CAPITALS, LINKED = 4, 0.25, 8, 3
"""Words of a phrase; weight below which one names nothing; one in so many phrases with a capital says that the talk writes them;
times that two nouns are said with "of" between them to be one phrase: proof of work."""
_TIES = ("of", "to")
SHARED, WEAK = 5, 0.3
"""Letters that a word broken off shares with the next one; factor of a single word that is a verb first or measures: pull, bunch."""
_VAGUE, _MEASURES, _PREFIXES, _NAMES, _NUMBERS, _NOISE = map(
    english.words, "vague measures prefixes first_names numbers noise".split()
)
_NAMELESS = languages.ENGLISH.stops | languages.ENGLISH.fillers | _NUMBERS | _NOISE
_FORMED = ("ing", "ed", "ly", "able", "ible", "less", "ful", "ous")
"""Endings of words that are no nouns, though no dictionary has them."""
_OPENING = pos.DETERMINER + pos.POSSESSIVE + pos.PREPOSITION + pos.ADJECTIVE
_ENGLISH_RUN, _PLAIN_RUN = re.compile("[AaNn][an]*n|[Nn]"), re.compile("[Nn]n?")
"""Runs of kinds, as `_kinds` returns them, that are phrases."""

Show = Callable[[Sequence[Word]], str]
Place = tuple[int, int, int]


@dataclass(slots=True)
class Phrase:
    """A phrase: its stems, how it is shown, where it stands (sentence, first word, last word + 1).

    ``common`` says that it begins with a small letter inside a sentence.
    """

    stems: tuple[str, ...]
    label: str = ""
    common: bool = False
    score: float = 0.0
    places: list[Place] = field(default_factory=list)


Found = dict[tuple[str, ...], Phrase]


def extract(sentences: Sequence[Sentence], language: Language, show: Show) -> list[Phrase]:
    """Return the phrases of a talk, weightiest first. ``show`` spells words for display. n log n."""
    words = [word for sentence in sentences for word in sentence.words]
    if 2 * sum(word.dense for word in words) > len(words):
        return _rank(sentences, _dense(sentences, language), show)
    found: Found = {}
    run = _ENGLISH_RUN if language.code == "en" else _PLAIN_RUN
    persons, linked = (_persons(words), _linked(words)) if language.code == "en" else (set(), set())
    for index, sentence in enumerate(sentences):
        for match in run.finditer(_kinds(sentence.words, language, persons, linked)):
            for first in range(max(match.start(), match.end() - LONGEST), match.end()):
                if language.code == "en" and sentence.words[first].key in _TIES:
                    continue
                stems = tuple(stem(word.key) for word in sentence.words[first : match.end()])
                found.setdefault(stems, Phrase(stems)).places.append((index, first, match.end()))
    if language.code != "en":  # no parts of speech: two words are a phrase where they are said again
        found = {stems: one for stems, one in found.items() if len(stems) == 1 or len(one.places) > 1}
    if language.capitals:
        found = _capital(sentences, found, show)
    return _rank(sentences, found, show)


def _capital(sentences: Sequence[Sentence], found: Found, show: Show) -> Found:
    """Return the phrases that end in a word with a capital; all of them where the talk writes none."""
    kept = {}
    for stems, phrase in found.items():
        index, _, last = phrase.places[0]
        if show(sentences[index].words[last - 1 : last])[:1].isupper():
            kept[stems] = phrase
    return kept if len(kept) * CAPITALS > len(found) else found


def _persons(words: Sequence[Word]) -> set[str]:
    """Return the words that name persons: first names, and unknown names behind them."""
    firsts = {word.key for word in words} & _NAMES
    behind = {right.key for left, right in pairwise(words) if left.key in firsts and right.tag == pos.NAME}
    return firsts | {key for key in behind if not lexicon.shipped().knows(key)}


def _linked(words: Sequence[Word]) -> set[tuple[str, str]]:
    """Return the pairs of words that are often said with "of" between them, or twice with "to"."""
    near = zip(words, words[1:], words[2:], strict=False)
    counts = Counter(
        (left.key, right.key)
        for left, tie, right in near
        if tie.key == "of" or (tie.key, left.key) == ("to", right.key)
    )
    return {pair for pair, count in counts.items() if count >= LINKED and pair[0] not in _MEASURES}


def _kinds(words: Sequence[Word], language: Language, persons: set[str], linked: set[tuple[str, str]]) -> str:
    """Return for each word n if it can end a phrase, a if it can stand in one, a space if neither.

    A capital says that more than a space stands before it.
    """
    if language.code == "en":
        kinds = [" " if word.key in persons else _kind(words, at) for at, word in enumerate(words)]
    else:
        idle = (word.key in language.stops or len(word.key) < 3 or word.key.isdigit() for word in words)
        kinds = [" " if stop else "n" for stop in idle]
    for at in range(1, len(words) - 1) if linked else ():
        tied = words[at].key in _TIES and (words[at - 1].key, words[at + 1].key) in linked
        kinds[at] = "a" if tied and kinds[at - 1] == kinds[at + 1] == "n" else kinds[at]
    gaps = [0, *(right.start - left.end for left, right in pairwise(words))]
    return "".join(kind if gap == 1 else kind.upper() for kind, gap in zip(kinds, gaps, strict=True))


def _kind(words: Sequence[Word], index: int) -> str:
    key, tag = words[index].key, words[index].tag
    following = words[index + 1].tag if index + 1 < len(words) else "?"
    if key in _PREFIXES and following in pos.NOUN + pos.NAME:
        return "a"  # re orgs
    if key in _NAMELESS or "'" in key or not any(map(str.isalpha, key)) or _broken(words, index):
        return " "
    before, previous = (words[index - 1].key, words[index - 1].tag) if index else ("", "")
    if key.endswith("ing") and previous == pos.NOUN and before.endswith("s"):
        return " "  # companies focusing
    short = len(key) < 3 and not any(map(str.isdigit, key))
    letters = lexicon.shipped().letters(key)
    follows = tag in pos.FINITE + pos.BASE and previous == pos.NOUN and not key.endswith(("s", "ed"))
    misread = (
        follows and "n" in letters and not before.endswith("s")
    )  # block download: no verb of this form follows one thing
    noun = (tag in pos.NOUN + pos.NAME and letters != "v") or coined(key) or misread
    qualifying = noun and letters.startswith("a")
    if noun and not qualifying:
        return "a" if short else "n"
    if short:
        return " "
    if tag == pos.ADJECTIVE or qualifying:
        return " " if key in _VAGUE else "a"
    qualifies = tag in pos.GERUND + pos.PARTICIPLE and following in pos.NOUN + pos.NAME
    return "a" if qualifies and previous and previous in _OPENING else " "


def coined(key: str) -> bool:
    """Return whether no dictionary has a word, and it looks like none of its verbs and adjectives: a name, whatever its tag."""
    plain = len(key) > SHORT and key.isalpha() and not key.endswith(_FORMED)
    return plain and key not in _NAMELESS and not lexicon.shipped().knows(key)


def _broken(words: Sequence[Word], index: int) -> bool:
    """Return whether a word is said again at once, or is an unknown scrap of the next one: ``syntasti syntactic``."""
    key, after = words[index].key, words[index + 1].key if index + 1 < len(words) else ""
    begun = key.isalpha() and after[:SHARED] == key[:SHARED] and not lexicon.shipped().knows(key)
    return bool(after) and (begun or stem(after) == stem(key))


_RUN = re.compile(
    r"[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,24}|[\u30a1-\u30fc]{3,}|[\u0e00-\u0eff]{4,16}"
)
_KATAKANA = re.compile(r"[\u30a1-\u30fc]+")
_LOOSE = frozenset(
    "的了是在和就都而及与也很我你他她它们这那有被把让给从到着过吗呢吧啊嗯个一来去说看做用得地最更再又还只才"
)
"""Characters that no Chinese phrase begins or ends with."""
_SHORT_RUN, _LONG_RUN = 2, 6


def _dense(sentences: Sequence[Sentence], language: Language) -> Found:
    """Return runs of characters that come back and are no part of a longer one as frequent; whole runs, once said."""
    places: dict[str, list[Place]] = defaultdict(list)
    whole: set[str] = set()
    for index, sentence in enumerate(sentences):
        flat = "".join(word.key if word.dense else " " for word in sentence.words)
        for match in _RUN.finditer(flat):
            whole.add(match[0])
            for begin, end in _windows(match[0], language):
                places[match[0][begin:end]].append((index, match.start() + begin, match.start() + end))
        for at, word in enumerate(sentence.words):
            latin = "" if word.dense or word.key in language.stops else word.key
            if len(latin) > 1 and not latin.isdigit():
                whole.add(latin)
                places[latin].append((index, at, at + 1))
    return _maximal(places, whole)


def _windows(run: str, language: Language) -> list[tuple[int, int]]:
    """Return the parts of a run of characters that may be phrases."""
    if _KATAKANA.fullmatch(run):
        return [(0, len(run))]
    return [
        (begin, end)
        for begin in range(len(run))
        for end in range(begin + _SHORT_RUN, min(len(run), begin + _LONG_RUN) + 1)
        if not (run[begin] in _LOOSE or run[end - 1] in _LOOSE)
        and not any(run[at : at + 2] in language.stops for at in range(begin, end - 1))
    ]


def _maximal(places: dict[str, list[Place]], whole: set[str]) -> Found:
    kept: Found = {}
    longer: Counter[str] = Counter()
    for part in sorted(places, key=len, reverse=True):
        count = len(places[part])
        if count > longer[part] and (count > 1 or part in whole):
            kept[(part,)] = Phrase((part,), places=places[part])
        for inner in (part[1:], part[:-1]):
            longer[inner] = max(longer[inner], longer[part], count if (part,) in kept else 0)
    return kept


def _rank(sentences: Sequence[Sentence], found: Found, show: Show) -> list[Phrase]:
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
        if len(stems) > 1 and 2 * inside[stems] > count:  # mostly the end of a longer one
            continue
        said = [sentences[index].words[begin:end] for index, begin, end in phrase.places]
        keys = [" ".join(word.key for word in words) for words in said]
        label = show(said[keys.index(Counter(keys).most_common(1)[0][0])])
        phrase.label, phrase.common = label[:1].upper() + label[1:], label[:1].islower()
        parts = len(stems) if len(stems) > 1 or not is_dense(stems[0][0]) else len(stems[0]) / 2
        length = 1 + 0.6 * (min(parts, 3) - 1)
        verb = label.lower() in _MEASURES or (label.islower() and lexicon.shipped().letters(label)[0] == "v")
        phrase.score = math.sqrt(alone) * length * own * (WEAK if verb else 1.0) / (2 if count == 1 else 1)
        ranked.append(phrase)
    ranked.sort(key=lambda phrase: (-phrase.score, phrase.places[0]))
    return ranked
