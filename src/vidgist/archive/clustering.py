"""Compare talks without a model: claims that share rare words form a theme. Deterministic and pure.

It sees words and figures, not meaning: two claims agree where they share most of their words, and may differ
where they share as many and their figures are others.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from vidgist.archive import query
from vidgist.archive.claims import Claim, Gathered
from vidgist.archive.themes import MOST, Draft, DraftTheme, Said, Watch
from vidgist.evidence import function_words

ALIKE, RELATED, ALONE = 0.5, 0.34, 0.12
"""Likeness from which two claims say the same, speak of the same thing, and below which one stands alone."""

_SAYS, _PAIRS, _ONLY, _WATCH = 8, 3, 3, 8
_COMPARED = 300
"""Claims of a theme that are compared with each other: the most central ones."""

_LINE = 140
_TURNS = 8
_MOST = 1_500
"""Claims that are compared with each other; of more, as many of each talk."""

Vector = dict[str, float]
_ANNOUNCES = re.compile(
    r"(?:so |and |today |now |first |then )*(?:we|i)(?:'re|'m|'ll|’re|’m|’ll| are| am| will)? "
    r"(?:(?:going to|gonna|want to|would like to) )?(?:just )?(?:be )?"
    r"(?:talk|discuss|speak|look|cover|start|introduc|welcome|focus)",
    re.IGNORECASE,
)
"""How a sentence begins that says what will be said."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def compare(gathered: Gathered) -> Draft:
    """Return themes of the claims, with the claims' own words as statements."""
    claims = _chosen(gathered)
    vectors = _vectors(claims)
    groups = _grouped(claims, vectors, len(gathered.talks))
    themes = [_theme(group, vectors, gathered) for group in groups]
    watch = [Watch(id=group[0].id, why=short(group[0])) for group in groups]
    watch += [
        Watch(id=one.id, why=short(one)) for group in groups for one in group[1:3] if one.start is not None
    ]
    questions = [Said(text=one.text, ids=(one.id,)) for one in gathered.questions]
    return Draft(themes=tuple(themes), watch=tuple(watch[:_WATCH]), questions=tuple(questions[:_WATCH]))


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
    terms = {
        claim.id: Counter(
            function_words.stem(word) for word in query.content_words(f"{claim.label} {claim.text}")
        )
        for claim in claims
    }
    held = Counter(term for counts in terms.values() for term in counts)
    vectors = {}
    for number, counts in terms.items():
        weights = {term: math.log(1 + len(claims) / held[term]) for term in counts if not term.isdecimal()}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
        vectors[number] = {term: weight / length for term, weight in sorted(weights.items())}
    return vectors


def likeness(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(weight * other[term] for term, weight in one.items() if term in other)


def _grouped(claims: Sequence[Claim], vectors: dict[int, Vector], talks: int) -> list[list[Claim]]:
    """Return groups of claims, the largest first, each with its most central claim first."""
    wanted = max(1, min(MOST, round(math.sqrt(2 * talks)) + 1, len(claims)))
    centres = [dict(vectors[one.id]) for one in _seeds(claims, vectors, wanted)]
    groups: list[list[Claim]] = []
    for _ in range(_TURNS):
        groups = [[] for _ in centres]
        for claim in claims:
            values = [likeness(vectors[claim.id], centre) for centre in centres]
            groups[values.index(max(values))].append(claim)
        groups = [group for group in groups if group]
        moved = [_centre(group, vectors) for group in groups]
        if moved == centres:
            break
        centres = moved
    for group, centre in zip(groups, (_centre(group, vectors) for group in groups), strict=True):
        group.sort(key=lambda one, centre=centre: (-likeness(vectors[one.id], centre), one.id))  # type: ignore[misc]
    return sorted(groups, key=lambda group: (-len({one.talk for one in group}), -len(group), group[0].id))


def _seeds(claims: Sequence[Claim], vectors: dict[int, Vector], wanted: int) -> list[Claim]:
    """Return claims that are like many others and unlike each other."""
    postings: dict[str, float] = defaultdict(float)
    for vector in vectors.values():
        for term, weight in vector.items():
            postings[term] += weight
    central = sorted(claims, key=lambda one: (-likeness(vectors[one.id], postings), one.id))
    seeds = central[:1]
    for claim in central:
        if len(seeds) == wanted:
            break
        if claim not in seeds and all(likeness(vectors[claim.id], vectors[one.id]) < ALONE for one in seeds):
            seeds.append(claim)
    return seeds


def _centre(group: Sequence[Claim], vectors: dict[int, Vector]) -> Vector:
    total: dict[str, float] = defaultdict(float)
    for claim in group:
        for term, weight in vectors[claim.id].items():
            total[term] += weight
    length = math.sqrt(math.fsum(weight * weight for weight in total.values())) or 1.0
    return {term: weight / length for term, weight in sorted(total.items())}


def _theme(group: Sequence[Claim], vectors: dict[int, Vector], gathered: Gathered) -> DraftTheme:
    centre = _centre(group, vectors)
    first: dict[int, Claim] = {}
    for claim in group:
        if not first or likeness(vectors[claim.id], centre) >= ALONE:
            first.setdefault(claim.talk, claim)
    near = group[:_COMPARED]
    agree, differ = [], []
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
                agree.append(Said(text=one.text, ids=ids))
            else:
                continue
            paired |= {one.id, other.id}
    alone = [one for one in near if _is_alone(one, near, vectors)]
    return DraftTheme(
        title=_title(group, vectors),
        says=tuple(Said(text=one.text, ids=(one.id,)) for one in list(first.values())[:_SAYS]),
        agree=tuple(agree[:_PAIRS]),
        differ=tuple(differ[:_PAIRS]),
        only=tuple(
            Said(text=one.text, ids=(one.id,)) for one in alone if one not in list(first.values())[:_SAYS]
        )[:_ONLY],
    )


def _is_alone(claim: Claim, group: Sequence[Claim], vectors: dict[int, Vector]) -> bool:
    return all(
        one.talk == claim.talk or likeness(vectors[claim.id], vectors[one.id]) < ALONE for one in group
    )


def _figures(claim: Claim) -> set[str]:
    return set(_FIGURE.findall(claim.text))


def _both(one: Claim, other: Claim, gathered: Gathered) -> str:
    titles = [gathered.talk(claim.talk).title for claim in (one, other)]
    return f"{titles[0]}: {one.text} — {titles[1]}: {other.text}"


def _title(group: Sequence[Claim], vectors: dict[int, Vector]) -> str:
    """Return the label of the most central claim that has one, or the words that weigh most."""
    label = next((one.label for one in group if one.label), "")
    if label:
        return label
    centre = _centre(group, vectors)
    return ", ".join(sorted(centre, key=lambda term: (-centre[term], term))[:3])
