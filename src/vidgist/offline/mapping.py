"""The concept map of a talk: its key phrases, what is said between them, by topic.

An edge is drawn where one sentence names both phrases. Its label is the verb or the preposition that stands
between them; a phrase that is tied to none so is joined to the one it is mostly named with.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.offline import relations
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.relations import Tie
from vidgist.offline.sentences import Sentence

LEAST, MOST = 8, 20
POOL = 90
"""Phrases that are looked at."""
LONE = 0.6
"""Factor of a common noun alone."""
TIED, LINKED = 1.2, 0.5
"""How much more a phrase counts that a verb, or a preposition, ties to one already chosen."""
CROWD = 0.15
"""How much less it counts for each phrase of its topic already chosen."""
DEGREE = 5
"""Edges of a node."""
Ties = dict[tuple[int, int], Tie]


def draw(
    sentences: Sequence[Sentence],
    phrases: Sequence[Phrase],
    starts: Sequence[int],
    titles: Sequence[str],
    language: Language,
) -> ConceptMap:
    """The map of the weightiest phrases. ``starts`` are the first sentences of the topics named ``titles``."""
    pool = _pool(phrases)
    topic = [_topic(phrase, starts, len(sentences)) for phrase in pool]
    ties = relations.find(sentences, pool, language)
    chosen = _choose(pool, topic, ties, max(LEAST, min(MOST, 6 + len(sentences) // 12)))
    used = sorted({topic[number] for number in chosen})
    nodes = tuple(
        Node(id=f"n{index}", label=pool[number].label, group=f"g{topic[number]}")
        for index, number in enumerate(chosen)
    )
    groups = tuple(Group(id=f"g{number}", label=titles[number]) for number in used)
    return ConceptMap(nodes=nodes, edges=tuple(_edges(chosen, ties, language)), groups=groups)


def _pool(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Phrases that could be nodes: no two alike, no word in more than two of them."""
    pool: list[Phrase] = []
    labels: set[str] = set()
    stems: Counter[str] = Counter()
    for phrase in phrases:
        folded = phrase.label.casefold()
        if folded in labels or any(stems[part] >= 2 for part in phrase.stems) or _covered(phrase, pool):
            continue
        pool.append(phrase)
        labels.add(folded)
        stems.update(phrase.stems)
        if len(pool) == POOL:
            break
    return pool


def _covered(phrase: Phrase, chosen: Sequence[Phrase]) -> bool:
    """Whether one already chosen is a part of this phrase, or this of it."""
    mine = set(phrase.stems)
    return any(mine <= set(other.stems) or mine >= set(other.stems) for other in chosen)


def _topic(phrase: Phrase, starts: Sequence[int], count: int) -> int:
    """The topic that a phrase belongs to: where it comes most often for the topic's length."""
    found = Counter(bisect_right(starts, place[0]) - 1 for place in phrase.places)
    sizes = [end - begin for begin, end in zip(starts, [*starts[1:], count], strict=True)]
    return min(found, key=lambda number: (-found[number] / math.sqrt(max(1, sizes[number])), number))


def _choose(pool: Sequence[Phrase], topic: Sequence[int], ties: Ties, wanted: int) -> list[int]:
    """The nodes, as places in ``pool``: weighty, tied to one another, from every topic."""
    chosen: list[int] = []
    crowd: Counter[int] = Counter()
    bonus = [1.0] * len(pool)
    neighbours: dict[int, list[tuple[int, float]]] = {}
    for (left, right), tie in ties.items():
        worth = TIED if tie.verbs else LINKED if tie.others else 0.0
        if worth:
            neighbours.setdefault(left, []).append((right, worth))
            neighbours.setdefault(right, []).append((left, worth))

    def gain(number: int) -> float:
        lone = LONE if pool[number].common and len(pool[number].stems) == 1 else 1.0
        return pool[number].score * lone * bonus[number] / (1 + CROWD * crowd[topic[number]])

    rest = set(range(len(pool)))
    while rest and len(chosen) < wanted:
        best = min(rest, key=lambda number: (-gain(number), number))
        rest.remove(best)
        chosen.append(best)
        crowd[topic[best]] += 1
        for other, worth in neighbours.get(best, ()):
            bonus[other] = max(bonus[other], 1 + worth)
    return sorted(chosen)


def _edges(chosen: Sequence[int], ties: Ties, language: Language) -> list[Edge]:
    places = {number: index for index, number in enumerate(chosen)}
    ranked = sorted(
        (pair for pair in ties if pair[0] in places and pair[1] in places),
        key=lambda pair: (not ties[pair].verbs, not ties[pair].others, -ties[pair].together, pair),
    )
    edges: list[Edge] = []
    degree: Counter[int] = Counter()
    seen: set[frozenset[int]] = set()
    for pair in ranked:
        label = ties[pair].label
        lonely = min(degree[number] for number in pair) == 0
        if (
            frozenset(pair) in seen
            or max(degree[number] for number in pair) >= DEGREE
            or not (label or lonely)
        ):
            continue
        seen.add(frozenset(pair))
        degree.update(pair)
        edges.append(
            Edge(source=f"n{places[pair[0]]}", target=f"n{places[pair[1]]}", label=label or language.related)
        )
    return edges
