"""The concept map of a talk, true by construction and in one piece: its title, its stretches, and what each says of its things."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.offline.facts import Fact
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.words import stem

FACTS, OF_STRETCH, DOINGS = 12, 4, 2
"""Facts that are drawn, those of one stretch, and from how many on none that tells what people do."""
DWELLS, PHRASES, TITLE = 4, 2, 60
"""Times from which a talk without facts dwells on a phrase, phrases of each of its stretches, and letters of the title."""


class Stretch(NamedTuple):
    """A part of a talk: its name, its first sentence and the one behind its last, its own phrases."""

    name: str
    first: int
    last: int
    phrases: Sequence[Phrase]


def chosen(told: Sequence[Fact], bounds: Sequence[tuple[int, int]]) -> list[Fact]:
    """Return the facts worth drawing: the weightiest of each stretch, those of people last; one of two about the same things."""
    found: dict[frozenset[str], Fact] = {}
    for first, last in bounds:
        kept = 0
        own = [fact for fact in told if first <= fact.place < last]
        for fact in sorted(own, key=lambda fact: (not fact.name, -fact.weight, fact.place)):
            ends = frozenset((fact.name.lower(), fact.goal.lower()))
            if ends not in found and kept < (OF_STRETCH if fact.name else DOINGS):
                found[ends] = fact
                kept += 1
    return sorted(found.values(), key=lambda fact: (not fact.name, -fact.weight))[:FACTS]


def draw(title: str, stretches: Sequence[Stretch], told: Sequence[Fact], language: Language) -> ConceptMap:
    """Return the map of a talk: each fact hangs on another one, or on the stretch that says it."""
    opens, turns, closes, _, _, *where = language.edges
    nodes, edges = [Node(id="t", label=_short(title), shape="round")], list[Edge]()
    ids: dict[tuple[str, ...], str] = {}

    def node(label: str, at: int) -> str:
        name = ids.setdefault(_key(label), f"n{len(ids)}")
        if all(one.id != name for one in nodes):
            nodes.append(Node(id=name, label=label, group=f"g{at}"))
        return name

    def tie(source: str, target: str, label: str) -> None:
        if source != target:
            edges.append(Edge(source=source, target=target, label=label))

    courses = [opens, *[turns] * (len(stretches) - 2), closes]
    for at, (stretch, course) in enumerate(zip(stretches, courses, strict=False)):
        ids[_key(stretch.name)] = f"s{at}"
        nodes.append(Node(id=f"s{at}", label=stretch.name, shape="round", group=f"g{at}"))
        tie("t", f"s{at}", course)
    for fact in sorted(told or _outline(stretches, language), key=lambda fact: fact.place):
        at = next(at for at, one in enumerate(stretches) if one.first <= fact.place < one.last)
        own, key = stretches[at].name, _key(fact.name)
        name = (
            own if key and _key(own)[-len(key) :] == key else fact.name
        )  # the client, where it is the light client
        if name and not {_key(name), _key(fact.goal)} & ids.keys():
            tie(f"s{at}", node(name, at), where[0])
        source, verb = (node(name, at), fact.verb) if name else (f"s{at}", f"{where[0]} {fact.verb}")
        tie(source, node(fact.goal, at), verb)
    groups = tuple(Group(id=f"g{at}", label=one.name) for at, one in enumerate(stretches))
    return ConceptMap(nodes=tuple(nodes), edges=tuple(edges), groups=groups)


def _outline(stretches: Sequence[Stretch], language: Language) -> Iterator[Fact]:
    """Return phrases of each stretch as if they were facts, for a talk that has none."""
    names = {_key(stretch.name) for stretch in stretches}
    for first, last, name, phrases in ((one.first, one.last, one.name, one.phrases) for one in stretches):
        for phrase in [phrase for phrase in phrases if _key(phrase.label) not in names][:PHRASES]:
            held = sum(first <= place[0] < last for place in phrase.places)
            yield Fact(name, language.edges[3 if held >= DWELLS else 4], phrase.label, place=first)


def _key(label: str) -> tuple[str, ...]:
    """Return what two labels of one thing share."""
    return tuple(stem(word) for word in label.lower().split())


def _short(title: str) -> str:
    """Return a title that fits a node, cut between words."""
    return title if len(title) <= TITLE else title[:TITLE].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
