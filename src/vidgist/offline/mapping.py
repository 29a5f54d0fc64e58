"""The concept map of a talk, true by construction and in one piece: its title, its stretches, the phrases of each, and facts."""

from collections.abc import Sequence
from typing import NamedTuple

from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.offline import facts
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence

FACTS, POOL = 8, 400
"""Facts that are drawn; phrases whose facts are looked for."""
OF_STRETCH, DWELLS, TITLE = 2, 4, 60
"""Phrases of each stretch, times from which it dwells on one, and letters of the title."""


class Stretch(NamedTuple):
    """A part of a talk: its name, its first sentence and the one behind its last, its own phrases."""

    name: str
    first: int
    last: int
    phrases: Sequence[Phrase]

    def holds(self, phrase: Phrase) -> int:
        """Return how often it says a phrase."""
        return sum(self.first <= place[0] < self.last for place in phrase.places)


def draw(
    title: str,
    stretches: Sequence[Stretch],
    sentences: Sequence[Sentence],
    phrases: Sequence[Phrase],
    language: Language,
) -> ConceptMap:
    """Return the map of a talk; every phrase in it hangs on the stretch that says it most, or on a fact."""
    pool = phrases[:POOL]
    told = facts.best(facts.find(sentences, pool), FACTS) if language.code == "en" else []
    names = {stretch.name.casefold(): f"s{at}" for at, stretch in enumerate(stretches)}
    ids = {one.stems: names[one.label.casefold()] for one in pool if one.label.casefold() in names}
    opens, turns, closes, dwells, touches = language.edges
    courses = [opens, *[turns] * (len(stretches) - 2), closes]
    nodes, edges = [Node(id="t", label=_short(title), shape="round")], []
    for at, (stretch, course) in enumerate(zip(stretches, courses, strict=False)):
        nodes.append(Node(id=f"s{at}", label=stretch.name, shape="round", group=f"g{at}"))
        edges.append(Edge(source="t", target=f"s{at}", label=course))

    def hang(phrase: Phrase, tied: bool = False) -> None:
        if phrase.stems not in ids:
            at = max(range(len(stretches)), key=lambda at: (stretches[at].holds(phrase), -at))
            ids[phrase.stems] = f"n{len(ids)}"
            nodes.append(Node(id=ids[phrase.stems], label=phrase.label, group=f"g{at}"))
            verb = dwells if stretches[at].holds(phrase) >= DWELLS else touches
            if not tied:
                edges.append(Edge(source=f"s{at}", target=ids[phrase.stems], label=verb))

    for stretch in stretches:
        for phrase in [one for one in stretch.phrases if one.label != stretch.name][:OF_STRETCH]:
            hang(phrase)
    for one, verb, other in told:
        first, second = sorted((one, other), key=lambda phrase: phrase.stems not in ids)
        hang(first)
        hang(second, tied=True)
        source, target = ids[one.stems], ids[other.stems]
        if source != target:
            edges.append(Edge(source=source, target=target, label=verb))
    groups = tuple(Group(id=f"g{at}", label=stretch.name) for at, stretch in enumerate(stretches))
    return ConceptMap(nodes=tuple(nodes), edges=tuple(edges), groups=groups)


def _short(title: str) -> str:
    """Return a title that fits a node, cut between words."""
    return title if len(title) <= TITLE else title[:TITLE].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
