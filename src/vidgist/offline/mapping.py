"""The concept map of a talk, true by construction and in one piece: its title, its stretches, and what each says of its things."""

from collections import Counter
from collections.abc import Sequence

from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.offline.facts import Fact
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.words import stem

FACTS, OF_STRETCH, DOINGS = 12, 4, 2
"""Facts that are drawn, those of one stretch, and from how many on none that tells what people do."""
FEW, DWELLS, PHRASES, TITLE, FIRST = 3, 4, 2, 60, 4
"""Facts below which a talk shows phrases too, times from which it dwells on one, phrases of each stretch, letters of the title,
and phrases of which one that a fact holds names a stretch."""


Span = tuple[int, int]
"""The first sentence of a stretch, and the one behind its last."""


def chosen(told: Sequence[Fact], bounds: Sequence[Span]) -> list[Fact]:
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


def draw(
    title: str, names: Sequence[str], bounds: Sequence[Span], told: Sequence[Fact], language: Language
) -> ConceptMap:
    """Return the map of a talk of these stretches: each fact hangs on another one, or on the stretch that says it."""
    opens, turns, closes = language.edges[:3]
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

    courses = [opens, *[turns] * (len(names) - 2), closes]
    for at, (name, course) in enumerate(zip(names, courses, strict=False)):
        ids[_key(name)] = f"s{at}"
        nodes.append(Node(id=f"s{at}", label=name, shape="round", group=f"g{at}"))
        tie("t", f"s{at}", course)
    where = language.edges[5] if told and language.code == "en" else ""
    shared = Counter(end for fact in told for end in {_key(fact.name), _key(fact.goal)})
    for fact in sorted(told, key=lambda fact: fact.place):
        at = next(at for at, (first, last) in enumerate(bounds) if first <= fact.place < last)
        own, key, goal = _key(names[at]), _key(fact.name), _key(fact.goal)
        name = (
            names[at] if key and own[-len(key) :] == key else fact.name
        )  # the client, where it is the light client
        held = bool({_key(name), goal} & ids.keys())
        if not name or not (held or shared[key] > 1 or shared[goal] > 1):
            tie(f"s{at}", node(fact.goal, at), f"{where} {fact.lead}")
            continue
        if not held:
            tie(f"s{at}", node(name, at), where)
        tie(node(name, at), node(fact.goal, at), fact.verb)
    groups = tuple(Group(id=f"g{at}", label=name) for at, name in enumerate(names))
    return ConceptMap(nodes=tuple(nodes), edges=tuple(edges), groups=groups)


def outline(bounds: Sequence[Span], named: Sequence[Sequence[Phrase]], language: Language) -> list[Fact]:
    """Return the phrases of each stretch as what its first one dwells on or touches, for a talk of few facts."""
    return [
        Fact(own[0].label, language.edges[3 if held >= DWELLS else 4], phrase.label, place=first)
        for (first, last), own in zip(bounds, named, strict=True)
        for phrase in own[1 : PHRASES + 1]
        for held in [sum(first <= place[0] < last for place in phrase.places)]
    ]


def called(own: Sequence[Phrase], told: Sequence[Fact]) -> list[Phrase]:
    """Return the phrases of a stretch, first one that a fact told in it holds, if any of the first does."""
    ends = [_key(label) for fact in told for label in (fact.name, fact.goal) if label]
    held = [one for one in own[:FIRST] if any(_key(one.label) == end[-len(one.stems) :] for end in ends)]
    return [*held[:1], *(one for one in own if one not in held[:1])]


def _key(label: str) -> tuple[str, ...]:
    """Return what two labels of one thing share."""
    return tuple(stem(word) for word in label.lower().split())


def _short(title: str) -> str:
    """Return a title that fits a node, cut between words."""
    return title if len(title) <= TITLE else title[:TITLE].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
