"""Know which words may stand for another: inflections, numbers as figures, plain English synonyms. Pure.

The groups are our own and hold everyday words of questions (cost, begin, build); names and terms of a trade
have few synonyms and need none. A related word counts less than the word itself.
"""

import re
from functools import cache, lru_cache
from importlib import resources


def bag(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


INFLECTED, SYNONYM, BEGUN, NEAR = 0.85, 0.5, 0.6, 0.6
"""What a match counts for by an inflection, a synonym, a word that begins so, and a near spelling."""

SHORTEST = 4
"""Letters from which a word has inflections."""

_ENDINGS = bag(
    """
        s es ed d ing ings er ers or ors r rs ion ions ation ations ition itions ment ments al ally ly
        ness y ies ied ive ives ively able ible ability ity ities ance ence ant ent e en n em et te ten
        est st t ung ungen keit heit lich isch ische ischen a as o os i ons ez ait ante ants ees ar ir ado
        ada ados adas ando iendo cion ciones zione zioni mente ze zes ise ize ised ized ising izing
        isation ization ning ned ting ted ping ped ling led ring red ming med ging ged bing bed ding ic
        ical ics ist ists ism ful less th ty ys ie ern
    """
) | {""}

_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_TENS = {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "hundred": "100",
    "thousand": "1000",
}
_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Return for each word all words of the groups it stands in."""
    found: dict[str, set[str]] = {}
    shipped = resources.files("vidgist.archive").joinpath("synonyms.txt").read_text(encoding="utf-8")
    for line in shipped.splitlines():
        group = line.split()
        for word in group:
            found.setdefault(word, set()).update(group)
    for name, figure in numbers().items():
        found.setdefault(name, set()).update({name, figure})
        found.setdefault(figure, set()).update({name, figure})
    return {word: frozenset(group - {word}) for word, group in found.items()}


@cache
def numbers() -> dict[str, str]:
    """Return the figure of each English word for a small or a round number."""
    return {name: str(value) for value, name in enumerate(_NUMBERS.split())} | _TENS


def synonyms(word: str) -> frozenset[str]:
    """Return words that may be said in the place of one, of its base form too."""
    groups = _groups()
    for base in bases(word):
        if base in groups:
            return groups[base]
    return frozenset()


@lru_cache(maxsize=20_000)
def bases(word: str) -> tuple[str, ...]:
    """Return the forms that a word may be an English inflection of, itself first."""
    found = [word]
    for ending, instead in (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ing", "")):
        if word.endswith(ending) and len(word) - len(ending) >= len("put"):
            base = word[: -len(ending)] + instead
            found += [base, f"{base}e"]
            if base[-1] == base[-2]:
                found.append(base[:-1])
    return tuple(dict.fromkeys(found))


def inflects(word: str, other: str) -> bool:
    """Return whether two words look like inflections of one, in any language that writes endings."""
    if word == other or other in bases(word) or word in bases(other):
        return True
    shared = 0
    for mine, theirs in zip(word, other, strict=False):
        if mine != theirs:
            break
        shared += 1
    if shared < SHORTEST - 1 or not (_LETTERS.fullmatch(word) and _LETTERS.fullmatch(other)):
        return False
    longest = max(len(word), len(other))
    if shared < SHORTEST and longest > SHORTEST + 1:
        return False
    return shared * 2 > longest and word[shared:] in _ENDINGS and other[shared:] in _ENDINGS


def forms(word: str) -> tuple[str, ...]:
    """Return the plain English inflections of a base form, itself first."""
    stem = word.removesuffix("e")
    return tuple(dict.fromkeys((word, f"{word}s", f"{stem}es", f"{stem}ed", f"{stem}ing", f"{stem}er")))


def stub(word: str) -> str:
    """Return the beginning that all inflections of a word share; the word itself where it has none."""
    if len(word) < SHORTEST or not _LETTERS.fullmatch(word):
        return word
    return word[: max(SHORTEST - 1, min(len(word) - 1, (len(word) + 1) // 2 + 1))]
