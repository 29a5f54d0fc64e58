"""The concept map of a talk: its key phrases, what is said of one another, by topic.

An edge is what a sentence says of two phrases. Phrases are taken that so hang together; the weightiest ones that
nothing ties are joined to what they are mostly named with, and that is all their edge says.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.offline import relations
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.relations import Ties
from vidgist.offline.sentences import Sentence

LEAST, MOST = 8, 20
FLOOR = 0.6
"""Share of the weight of the last of so many phrases that a node has at least, once there are enough."""
POOL = 120
"""Phrases that are looked at."""
LONE = 0.6
"""Factor of a common noun alone."""
TIED, LINKED = 1.2, 0.8
"""How much more a phrase counts that a verb, or a preposition, ties to one already chosen."""
APART = 0.5
"""Factor of two phrases that are tied to each other only."""
STRAY = 0.5
"""Factor of a phrase that nothing ties to any other."""
CROWD = 0.15
"""How much less it counts for each phrase of its topic already chosen."""
DEGREE = 5
"""Edges of a node."""


def draw(
    sentences: Sequence[Sentence],
    phrases: Sequence[Phrase],
    starts: Sequence[int],
    titles: Sequence[str],
    language: Language,
    text: str,
) -> ConceptMap:
    """The map of the weightiest phrases. ``starts`` are the first sentences of the topics named ``titles``."""
    pool = _pool(phrases)
    topic = [_topic(phrase, starts, len(sentences)) for phrase in pool]
    ties = relations.find(sentences, pool, language, text)
    chosen = _Choice(pool, topic, ties).of(max(LEAST, min(MOST, 6 + len(sentences) // 12)))
    edges = _edges(chosen, ties, language)
    chosen = _tied(chosen, edges)
    used = sorted({topic[number] for number in chosen})
    nodes = tuple(
        Node(id=f"n{number}", label=pool[number].label, group=f"g{topic[number]}") for number in chosen
    )
    groups = tuple(Group(id=f"g{number}", label=titles[number]) for number in used)
    return ConceptMap(nodes=nodes, edges=tuple(edges), groups=groups)


def _pool(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Phrases that could be nodes: no two alike, no word in more than two of them."""
    pool: list[Phrase] = []
    labels: set[str] = set()
    stems: Counter[str] = Counter()
    holders: dict[str, list[set[str]]] = {}
    for phrase in phrases:
        folded = phrase.label.casefold()
        mine = set(phrase.stems)
        near = [other for part in mine for other in holders.get(part, ())]
        covered = any(mine <= other or mine >= other for other in near)
        if folded in labels or covered or any(stems[part] >= 2 for part in mine):
            continue
        pool.append(phrase)
        labels.add(folded)
        stems.update(mine)
        for part in mine:
            holders.setdefault(part, []).append(mine)
        if len(pool) == POOL:
            break
    return pool


def _topic(phrase: Phrase, starts: Sequence[int], count: int) -> int:
    """The topic that a phrase belongs to: where it comes most often for the topic's length."""
    found = Counter(bisect_right(starts, place[0]) - 1 for place in phrase.places)
    sizes = [end - begin for begin, end in zip(starts, [*starts[1:], count], strict=True)]
    return min(found, key=lambda number: (-found[number] / math.sqrt(max(1, sizes[number])), number))


class _Choice:
    """Chooses the nodes, as places in ``pool``: weighty, tied to one another, from every topic."""

    def __init__(self, pool: Sequence[Phrase], topic: Sequence[int], ties: Ties) -> None:
        self._topic = topic
        self._weights = [
            phrase.score * (LONE if phrase.common and len(phrase.stems) == 1 else 1.0) for phrase in pool
        ]
        self._near: dict[int, dict[int, float]] = {}
        for (left, right), tie in ties.items():
            worth = TIED if tie.verbs else LINKED if tie.others else 0.0
            if worth:
                for one, other in ((left, right), (right, left)):
                    near = self._near.setdefault(one, {})
                    near[other] = max(near.get(other, 0.0), worth)
        self._crowd: Counter[int] = Counter()
        self._bonus: dict[int, float] = {}
        self._rest = set(range(len(pool)))

    def of(self, wanted: int) -> list[int]:
        """At most so many, in the order of their weight."""
        chosen: list[int] = []
        floor = FLOOR * sorted(self._weights, reverse=True)[:wanted][-1] if self._weights else 0.0
        while self._rest and len(chosen) < wanted:
            few = len(chosen) < LEAST
            options = [
                self._option(number, wanted - len(chosen))
                for number in self._rest
                if few or self._weights[number] >= floor
            ]
            options = [option for option in options if few or self._hangs(option[1])]
            if not options:
                break
            _, best = min(options, key=lambda option: (-option[0], option[1]))
            for number in best:
                chosen.append(number)
                self._rest.remove(number)
                self._crowd[self._topic[number]] += 1
                for other, worth in self._near.get(number, {}).items():
                    self._bonus[other] = self._bonus.get(other, 0.0) + worth
        return sorted(chosen)

    def _hangs(self, option: tuple[int, ...]) -> bool:
        return len(option) > 1 or option[0] in self._bonus

    def _option(self, number: int, room: int) -> tuple[float, tuple[int, ...]]:
        """A phrase tied to one chosen, or a phrase with the best one tied to it, or one that nothing ties."""
        if number in self._bonus:
            return self._gain(number) * (1 + self._bonus[number]), (number,)
        partners = [other for other in self._near.get(number, ()) if other in self._rest]
        if not partners or room < 2:
            return self._gain(number) * STRAY, (number,)
        partner = min(
            partners, key=lambda other: (-self._gain(other) * (1 + self._near[number][other]), other)
        )
        both = self._gain(number) + self._gain(partner) * (1 + self._near[number][partner])
        return APART * both / 2, (number, partner)

    def _gain(self, number: int) -> float:
        return self._weights[number] / (1 + CROWD * self._crowd[self._topic[number]])


def _edges(chosen: Sequence[int], ties: Ties, language: Language) -> list[Edge]:
    nodes = set(chosen)
    ranked = sorted(
        (pair for pair in ties if nodes.issuperset(pair)),
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
        edges.append(Edge(source=f"n{pair[0]}", target=f"n{pair[1]}", label=label or language.related))
    return edges


def _tied(chosen: Sequence[int], edges: Sequence[Edge]) -> list[int]:
    """The nodes without those that no edge reaches, the lightest of them first, as long as there are enough."""
    reached = {end for edge in edges for end in (edge.source, edge.target)}
    kept = list(chosen)
    for number in reversed(chosen):
        if len(kept) > LEAST and f"n{number}" not in reached:
            kept.remove(number)
    return kept
