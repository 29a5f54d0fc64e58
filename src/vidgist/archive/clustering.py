"""Compare talks without a model: claims that share a rare word form a theme. Deterministic and pure.

It sees words and figures, not meaning: two claims agree where they share most of their words, and may differ
where they share as many and their figures are others.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from vidgist.archive import subjects, terms
from vidgist.archive.claims import Claim, Gathered
from vidgist.archive.subjects import Key
from vidgist.archive.themes import MOST, Draft, DraftTheme, Said, Watch
from vidgist.evidence import function_words

ALIKE, RELATED, ALONE = 0.5, 0.34, 0.12
"""Likeness from which two claims say the same, speak of the same thing, and below which one stands alone."""

_SAYS, _PAIRS, _ONLY, _CITED, _WATCH = 8, 3, 3, 12, 8
_COMPARED = 300
"""Claims of a theme that are compared with each other: the most central ones."""

_LINE = 140
_MOST = 1_500
"""Claims that are compared with each other; of more, as many of each talk."""

_TALKS = 2
"""Talks that a theme is of at least."""

_FEW, _EVERYWHERE = 5, 0.4
"""Talks, and the share of them, that may have a word in common for it to be a theme, if there are others."""

_RARE = 1.8
"""Power that sets a rare word of few talks against a common one of many."""

_SAID = 0.6
"""What a talk counts for that has a theme's word in a sentence alone, not in its title or a label."""

_REST, _ALL_APART = "Further talks", "Each for itself"

Vector = dict[str, float]

_ANNOUNCES = re.compile(
    r"(?:so |and |today |now |first |then )*(?:we|i)(?:'re|'m|'ll|’re|’m|’ll| are| am| will)? "
    r"(?:(?:going to|gonna|want to|would like to) )?(?:just )?(?:be )?"
    r"(?:talk|discuss|speak|look|cover|start|introduc|welcome|focus)|(?:let me|getting into|let's|let’s) ",
    re.IGNORECASE,
)
"""How a sentence begins that says what will be said."""

_ROUGH = re.compile(
    r"(?:however|but|so|and|also|then|though|therefore|(?:even|still|after) \w+|that|that's|this|those|these|"
    r"it|they|he|she|all of (?:that|this)|the (?:other|right|left|same)|sadly|you (?:just|do)|here|there)\b"
    r"|.*\b(?:blah|like,|gonna|kinda|(?:kind|sort) of|you (?:guys|know)|i'd say|i mean|or something)",
    re.IGNORECASE,
)
"""A sentence that leans on what went before it, or is said as one thinks aloud."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def compare(gathered: Gathered) -> Draft:
    """Return themes of the claims, with the claims' own words as statements."""
    claims = _chosen(gathered)
    vectors = _vectors(claims)
    groups = _grouped(claims, vectors, gathered)
    themes = [_theme(key, group, vectors, gathered) for key, group in groups]
    covered = {claim.talk for _, group in groups for claim in group}
    rest = _first_of_each(sorted((one for one in claims if one.talk not in covered), key=_is_rough))
    if rest:
        own = sorted(rest, key=lambda claim: claim.talk)
        themes.append(DraftTheme(title=_REST if groups else _ALL_APART, only=_said(own)))
    watch = [Watch(id=claim.id, why=short(claim)) for claim in _worth_watching(groups, rest)]
    questions = [Said(text=one.text, ids=(one.id,)) for one in gathered.questions]
    return Draft(themes=tuple(themes), watch=tuple(watch), questions=tuple(questions[:_WATCH]))


def short(claim: Claim) -> str:
    """Return what a claim says, in one line of a list."""
    if len(claim.text) <= _LINE:
        return claim.text
    begin, space, _ = claim.text[:_LINE].rpartition(" ")
    return f"{begin if space else claim.text[:_LINE]}…"


def _chosen(gathered: Gathered) -> list[Claim]:
    each = max(2, _MOST // max(1, len(gathered.talks)))
    seen: Counter[int] = Counter()
    kept = []
    for claim in gathered.claims:
        if _ANNOUNCES.match(claim.text):
            continue
        seen[claim.talk] += 1
        if seen[claim.talk] <= each:
            kept.append(claim)
    return kept or list(gathered.claims)


def _vectors(claims: Sequence[Claim]) -> dict[int, Vector]:
    counted = {
        claim.id: Counter(
            function_words.stem(word) for word in terms.content_words(f"{claim.label} {claim.text}")
        )
        for claim in claims
    }
    held = Counter(term for counts in counted.values() for term in counts)
    vectors = {}
    for number, counts in counted.items():
        weights = {term: math.log(1 + len(claims) / held[term]) for term in counts if not term.isdecimal()}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
        vectors[number] = {term: weight / length for term, weight in sorted(weights.items())}
    return vectors


def likeness(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(weight * other[term] for term, weight in one.items() if term in other)


def _grouped(
    claims: Sequence[Claim], vectors: dict[int, Vector], gathered: Gathered
) -> list[tuple[Key, list[Claim]]]:
    """Return groups of claims that share a key, the weightiest first, each with its most central claim first.

    A key stands in a label, so it names something; claims that are like one of the group join it.
    """
    language, talks = subjects.language(claims), len(gathered.talks)
    labelled = {key for claim in claims for key in subjects.named(claim.label, language)}
    labelled |= {key for talk in gathered.talks for key in subjects.keys(talk.title, language)}
    holding: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        for key in subjects.of(claim, language):
            holding[key].append(claim)
    most = max(_FEW, _EVERYWHERE * talks)
    spread = {key: len({claim.talk for claim in held}) for key, held in holding.items()}
    shared = {key: count for key, count in spread.items() if count >= _TALKS}
    named = {key: count for key, count in shared.items() if key in labelled} or shared
    chosen = {key: count for key, count in named.items() if count <= most} or named
    worth = {
        key: subjects.specific(key) * math.log(1 + talks / count) ** _RARE for key, count in chosen.items()
    }
    titles = {one.number: subjects.keys(one.title, language) for one in gathered.talks}
    weights = {
        (key, claim.id): 1.0
        if key in titles[claim.talk] or key in subjects.keys(claim.label, language)
        else _SAID
        for key in worth
        for claim in holding[key]
    }
    groups: list[tuple[Key, list[Claim]]] = []
    taken: set[int] = set()
    while len(groups) < min(MOST - 1, round(math.sqrt(2 * talks)) + 1):
        left = {key: [one for one in holding[key] if one.id not in taken] for key in worth}
        values = {key: worth[key] * _talks(key, held, weights) for key, held in left.items()}
        key = min(values, key=lambda one: (-values[one], one), default=())
        if not key or len({one.talk for one in left[key]}) < _TALKS:
            break
        group = left[key]
        ids = {one.id for one in group}
        group += [
            one
            for one in claims
            if one.id not in taken | ids
            and any(likeness(vectors[one.id], vectors[other.id]) >= ALIKE for other in left[key])
        ]
        taken |= {one.id for one in group}
        centre = _centre(group, vectors)
        group.sort(key=lambda one: (_is_rough(one), -likeness(vectors[one.id], centre), one.id))
        groups.append((key, group))
    return groups


def _talks(key: Key, held: Sequence[Claim], weights: dict[tuple[Key, int], float]) -> float:
    """Return how many talks speak of a key; one that only has it in a sentence counts for less."""
    best: dict[int, float] = {}
    for claim in held:
        best[claim.talk] = max(best.get(claim.talk, 0.0), weights[key, claim.id])
    return math.fsum(best.values())


def _is_rough(claim: Claim) -> bool:
    return bool(_ROUGH.match(claim.text))


def _centre(group: Sequence[Claim], vectors: dict[int, Vector]) -> Vector:
    total: dict[str, float] = defaultdict(float)
    for claim in group:
        for term, weight in vectors[claim.id].items():
            total[term] += weight
    length = math.sqrt(math.fsum(weight * weight for weight in total.values())) or 1.0
    return {term: weight / length for term, weight in sorted(total.items())}


def _theme(key: Key, group: Sequence[Claim], vectors: dict[int, Vector], gathered: Gathered) -> DraftTheme:
    near = group[:_COMPARED]
    agree: list[Said] = []
    differ: list[Said] = []
    paired: set[int] = set()
    for place, one in enumerate(near):
        for other in near[place + 1 :]:
            if one.talk == other.talk or {one.id, other.id} & paired:
                continue
            value = likeness(vectors[one.id], vectors[other.id])
            if value < RELATED:
                continue
            ids = (one.id, other.id)
            if _figures(one) and _figures(other) and not _figures(one) & _figures(other):
                differ.append(Said(text=_both(one, other, gathered), ids=ids))
            elif value >= ALIKE:
                if one.text not in {said.text for said in agree}:
                    agree.append(Said(text=one.text, ids=ids))
            else:
                continue
            paired |= {one.id, other.id}
    first = _first_of_each(group)
    alone = [one for one in near if one not in first and _is_alone(one, near, vectors)]
    return DraftTheme(
        title=subjects.title(key, group, subjects.language(gathered.claims)),
        says=_together(first)[:_SAYS],
        agree=tuple(agree[:_PAIRS]),
        differ=tuple(differ[:_PAIRS]),
        only=_said(alone[:_ONLY]),
    )


def _said(claims: Iterable[Claim]) -> tuple[Said, ...]:
    return tuple(Said(text=one.text, ids=(one.id,)) for one in claims)


def _together(claims: Iterable[Claim]) -> tuple[Said, ...]:
    """Return the claims as statements; those of the same words are one."""
    ids: dict[str, list[int]] = defaultdict(list)
    for one in claims:
        ids[one.text].append(one.id)
    return tuple(Said(text=text, ids=tuple(numbers[:_CITED])) for text, numbers in ids.items())


def _first_of_each(claims: Iterable[Claim]) -> list[Claim]:
    """Return the first claim of each talk."""
    first: dict[int, Claim] = {}
    for claim in claims:
        first.setdefault(claim.talk, claim)
    return list(first.values())


def _worth_watching(groups: Sequence[tuple[Key, Sequence[Claim]]], rest: Sequence[Claim]) -> list[Claim]:
    """Return a claim of each theme, then one of each further talk; second ones of a talk come last."""
    timed = [[one for one in group if one.start is not None] for _, group in groups]
    chosen: list[Claim] = []
    later: list[Claim] = []
    for place in range(max(map(len, timed), default=0)):
        for group in timed:
            if place < len(group):
                is_new = group[place].talk not in {one.talk for one in chosen}
                (chosen if is_new else later).append(group[place])
    return [*chosen, *(one for one in rest if one.start is not None), *later][: 2 * _WATCH]


def _is_alone(claim: Claim, group: Sequence[Claim], vectors: dict[int, Vector]) -> bool:
    return all(
        one.talk == claim.talk or likeness(vectors[claim.id], vectors[one.id]) < ALONE for one in group
    )


def _figures(claim: Claim) -> set[str]:
    return set(_FIGURE.findall(claim.text))


def _both(one: Claim, other: Claim, gathered: Gathered) -> str:
    titles = [gathered.talk(claim.talk).title for claim in (one, other)]
    return f"{titles[0]}: {one.text} — {titles[1]}: {other.text}"
