"""The concept map of a talk, true by construction and in one piece: its title, its stretches in their order, the phrases of
each, and what its sentences say that one does to another.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.offline import facts
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence

FACTS, EACH = 8, 3
"""Facts that are drawn, and of one phrase."""
OF_STRETCH = 2
"""Phrases of each stretch."""
POOL = 400
"""Phrases whose facts are looked for."""
DWELLS = 4
"""Times from which a stretch dwells on a phrase."""
TITLE = 60
"""Letters of the title."""


class Stretch(NamedTuple):
    """A part of a talk: its name, its first sentence and the one behind its last, its own phrases."""

    name: str
    first: int
    last: int
    phrases: Sequence[Phrase]

    def holds(self, phrase: Phrase) -> int:
        """How often it says a phrase."""
        return sum(self.first <= place[0] < self.last for place in phrase.places)


def draw(
    title: str,
    stretches: Sequence[Stretch],
    sentences: Sequence[Sentence],
    phrases: Sequence[Phrase],
    language: Language,
) -> ConceptMap:
    """The map of a talk."""
    pool = list(phrases[:POOL])
    told = facts.best(facts.find(sentences, pool), pool, FACTS, EACH) if language.code == "en" else []
    numbers = {id(phrase): number for number, phrase in enumerate(pool)}
    chosen: dict[int, int] = {}
    for at, stretch in enumerate(stretches):
        for phrase in [one for one in stretch.phrases if one.label != stretch.name][:OF_STRETCH]:
            chosen.setdefault(numbers.setdefault(id(phrase), len(numbers)), at)
            if numbers[id(phrase)] == len(pool):
                pool.append(phrase)
    linked = set(chosen)
    for fact in told:
        for number in (fact.subject, fact.object):
            if number not in chosen:
                chosen[number] = _home(pool[number], stretches)
    names = {stretch.name.casefold(): f"s{at}" for at, stretch in enumerate(stretches)}
    ids = {number: names.get(pool[number].label.casefold(), f"n{number}") for number in chosen}
    edges = [*_course(stretches, language)]
    spoken = [
        Edge(source=ids[one], target=ids[other], label=verb)
        for one, verb, other in told
        if ids[one] != ids[other]
    ]
    joined = _joined([*edges, *spoken])
    for number, at in chosen.items():
        if ids[number].startswith("n") and (number in linked or "t" not in joined(ids[number])):
            many = stretches[at].holds(pool[number]) >= DWELLS
            label = language.dwells if many else language.touches
            edges.append(Edge(source=f"s{at}", target=ids[number], label=label))
            joined = _joined([*edges, *spoken])
    nodes = [
        Node(id="t", label=_short(title), shape="round"),
        *(
            Node(id=f"s{at}", label=stretch.name, shape="round", group=f"g{at}")
            for at, stretch in enumerate(stretches)
        ),
        *(
            Node(id=ids[number], label=pool[number].label, group=f"g{at}")
            for number, at in sorted(chosen.items(), key=lambda pair: (pair[1], pair[0]))
            if ids[number].startswith("n")
        ),
    ]
    groups = tuple(Group(id=f"g{at}", label=stretch.name) for at, stretch in enumerate(stretches))
    return ConceptMap(nodes=tuple(nodes), edges=(*edges, *spoken), groups=groups)


def _course(stretches: Sequence[Stretch], language: Language) -> list[Edge]:
    """From the title to each stretch, in the order of the talk."""
    last = len(stretches) - 1
    labels = [language.opens, *[language.turns] * (last - 1), language.closes][: last + 1]
    return [Edge(source="t", target=f"s{at}", label=label) for at, label in enumerate(labels)]


def _home(phrase: Phrase, stretches: Sequence[Stretch]) -> int:
    """The stretch that says a phrase most often."""
    counts = Counter({at: stretch.holds(phrase) for at, stretch in enumerate(stretches)})
    return max(counts, key=lambda at: (counts[at], -at))


def _joined(edges: Sequence[Edge]) -> "_Pieces":
    return _Pieces(edges)


class _Pieces:
    """Which nodes hang together."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        self._piece: dict[str, set[str]] = {}
        for edge in edges:
            whole = self(edge.source) | self(edge.target)
            for node in whole:
                self._piece[node] = whole

    def __call__(self, node: str) -> set[str]:
        return self._piece.get(node, {node})


def _short(title: str) -> str:
    """A title that fits a node, cut between words."""
    if len(title) <= TITLE:
        return title
    return title[:TITLE].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
