"""The concept map of a talk, true by construction and in one piece: its title, what it says of its phrases, and facts."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.offline import facets, facts
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase, Show
from vidgist.offline.sentences import Sentence

FACTS, POOL, FEW = 12, 3000, 4
"""Facts that are drawn; phrases whose facts are looked for; facts below which the title leads to phrases of each stretch too."""
KINDS = 3
"""Phrases that come into the map as kinds of one in it."""
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
    show: Show,
) -> ConceptMap:
    """Return the map of a talk. ``show`` spells words for display."""
    return _Map(title, stretches, sentences, language).drawn(phrases, show)


class _Map:
    """Holds the nodes and edges of a map while it is drawn; ``t`` is its title."""

    def __init__(
        self, title: str, stretches: Sequence[Stretch], sentences: Sequence[Sentence], language: Language
    ) -> None:
        self.stretches, self.sentences, self.language = stretches, sentences, language
        self.nodes, self.edges = [Node(id="t", label=_short(title), shape="round")], list[Edge]()
        self.title = title
        self.ids: dict[tuple[str, ...], str] = {}
        self.roots = {"t": "t"}

    def drawn(self, phrases: Sequence[Phrase], show: Show) -> ConceptMap:
        english = self.language.code == "en"
        told = facts.best(facts.find(self.sentences, phrases[:POOL], show), FACTS) if english else []
        tied = [
            fact
            for fact in told
            if any(facets.of(one, self.sentences) for one in (fact.subject, fact.object))
        ]
        told = tied if len(tied) >= FEW else told
        for one, verb, other, name, goal in told:
            self._tie(self._node(one, name), self._node(other, goal), verb)
        self._kinds(phrases)
        held = [one for fact in told for one in (fact.subject, fact.object)]
        held.sort(key=lambda one: facets.of(one, self.sentences) is None)
        for phrase in held:
            if self._root(self.ids[phrase.stems]) != "t":
                self._tie("t", self.ids[phrase.stems], self._said(phrase))
        opens, turns, closes, *_ = self.language.edges
        courses = [opens, *[turns] * (len(self.stretches) - 2), closes]
        for stretch, course in zip(self.stretches, courses, strict=False):
            if english and len(told) >= FEW:
                continue
            if english:
                for phrase, said in list(self._facets(stretch))[:1]:
                    self._tie("t", self._node(phrase), said)
            elif stretch.phrases:
                first = self._node(stretch.phrases[0])
                self._tie("t", first, course)
                for phrase in stretch.phrases[1 : OF_STRETCH + 1]:
                    self._tie(first, self._node(phrase), self._said(phrase))
        groups = tuple(Group(id=f"g{at}", label=one.name) for at, one in enumerate(self.stretches))
        used = {node.group for node in self.nodes}
        return ConceptMap(
            nodes=tuple(self.nodes),
            edges=tuple(self.edges),
            groups=tuple(one for one in groups if one.id in used),
        )

    def _kinds(self, phrases: Sequence[Phrase]) -> None:
        """Tie phrases to those of the map that are their heads: a hardware wallet is a kind of wallet."""
        heads, fresh = set(self.ids), 0
        for phrase in phrases if heads else ():
            head = next(
                (phrase.stems[at:] for at in range(1, len(phrase.stems)) if phrase.stems[at:] in heads), None
            )
            held = phrase.stems in self.ids
            if head and (held or (fresh < KINDS and len(phrase.places) > 2 and facets.known(phrase))):
                fresh += not held
                self._tie(
                    self._node(phrase),
                    self.ids[head],
                    f"{'are' if phrase.label.endswith('s') else 'is'} a kind of",
                )
                heads.discard(head)

    def _facets(self, stretch: Stretch) -> Iterator[tuple[Phrase, str]]:
        """Return phrases of a stretch that are not in the map, with what is said of them; one without where none has any."""
        free = [phrase for phrase in stretch.phrases if phrase.stems not in self.ids]
        said = [(one, facets.of(one, self.sentences, stretch.first, stretch.last)) for one in free]
        found = [(one, facet.edge) for one, facet in said if facet]
        shown = len(free) < len(stretch.phrases)
        yield from found or [(one, self._said(one)) for one in free[: not shown]]

    def _node(self, phrase: Phrase, label: str = "") -> str:
        """Return the node of a phrase, made where there is none; it stands in the stretch that says it most."""
        if phrase.label.casefold() == self.title.casefold():
            self.ids[phrase.stems] = "t"
        if phrase.stems not in self.ids:
            at = max(range(len(self.stretches)), key=lambda at: (self.stretches[at].holds(phrase), -at))
            name = self.ids[phrase.stems] = f"n{len(self.ids)}"
            self.roots[name] = name
            self.nodes.append(Node(id=name, label=label or phrase.label, group=f"g{at}"))
        return self.ids[phrase.stems]

    def _said(self, phrase: Phrase) -> str:
        facet = facets.of(phrase, self.sentences) if self.language.code == "en" else None
        *_, dwells, touches = self.language.edges
        most = max(stretch.holds(phrase) for stretch in self.stretches)
        return facet.edge if facet else dwells if most >= DWELLS else touches

    def _tie(self, source: str, target: str, label: str) -> None:
        if source == target:
            return
        self.edges.append(Edge(source=source, target=target, label=label))
        one, other = sorted((self._root(source), self._root(target)), key=lambda root: root != "t")
        self.roots[other] = one

    def _root(self, node: str) -> str:
        while self.roots[node] != node:
            node = self.roots[node]
        return node


def _short(title: str) -> str:
    """Return a title that fits a node, cut between words."""
    return title if len(title) <= TITLE else title[:TITLE].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
