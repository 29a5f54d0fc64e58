"""The concept map of a talk: its key phrases, what is said between them, by topic.

An edge is drawn only between phrases that one sentence names. Its label is the verb phrase that stands between
them there; where none does, that they are named together.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.offline import lexicon
from vidgist.offline.english import bag
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import Word

LEAST, MOST = 8, 20
_PREPOSITIONS = bag(
    """of in on to for with from by at into about as over through between against like than"""
)


def draw(
    sentences: Sequence[Sentence],
    phrases: Sequence[Phrase],
    starts: Sequence[int],
    titles: Sequence[str],
    language: Language,
) -> ConceptMap:
    """The map of the weightiest phrases. ``starts`` are the first sentences of the topics named ``titles``."""
    chosen = _choose(phrases, sentences)
    topic = [_topic(phrase, starts) for phrase in chosen]
    used = sorted(set(topic))
    nodes = tuple(
        Node(id=f"n{index}", label=phrase.label, group=f"g{topic[index]}")
        for index, phrase in enumerate(chosen)
    )
    groups = tuple(Group(id=f"g{number}", label=titles[number]) for number in used)
    return ConceptMap(nodes=nodes, edges=tuple(_edges(sentences, chosen, topic, language)), groups=groups)


def _choose(phrases: Sequence[Phrase], sentences: Sequence[Sentence]) -> list[Phrase]:
    wanted = max(LEAST, min(MOST, 6 + len(sentences) // 12))
    chosen: list[Phrase] = []
    labels: set[str] = set()
    stems: Counter[str] = Counter()
    for phrase in phrases:
        folded = phrase.label.casefold()
        if folded in labels or any(stems[part] >= 2 for part in phrase.stems) or _covered(phrase, chosen):
            continue
        chosen.append(phrase)
        labels.add(folded)
        stems.update(phrase.stems)
        if len(chosen) == wanted:
            break
    return chosen


def _covered(phrase: Phrase, chosen: Sequence[Phrase]) -> bool:
    mine = set(phrase.stems)
    return any(mine == set(other.stems) or (len(mine) == 1 and mine <= set(other.stems)) for other in chosen)


def _topic(phrase: Phrase, starts: Sequence[int]) -> int:
    counts: Counter[int] = Counter()
    for index in (place[0] for place in phrase.places):
        counts[sum(start <= index for start in starts) - 1] += 1
    return min(counts, key=lambda number: (-counts[number], number))


def _edges(
    sentences: Sequence[Sentence], chosen: Sequence[Phrase], topic: Sequence[int], language: Language
) -> list[Edge]:
    here: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, phrase in enumerate(chosen):
        for index, begin, end in phrase.places:
            here[index].append((begin, end, number))
    together: Counter[tuple[int, int]] = Counter()
    verbs: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for index, spots in sorted(here.items()):
        spots.sort()
        for at, (_, end, left) in enumerate(spots):
            for begin, _, right in spots[at + 1 : at + 4]:
                if left == right or begin < end:
                    continue
                together[left, right] += 1
                label = _relation(sentences[index].words[end:begin], language)
                if label:
                    verbs[left, right][label] += 1
    edges: list[Edge] = []
    joined: Counter[int] = Counter()
    seen: set[frozenset[int]] = set()
    ranked = sorted(
        together,
        key=lambda pair: (-bool(verbs[pair]), -together[pair], -(topic[pair[0]] == topic[pair[1]]), pair),
    )
    for pair in ranked:
        both = frozenset(pair)
        if (
            both in seen
            or min(joined[pair[0]], joined[pair[1]]) >= 2
            or max(joined[pair[0]], joined[pair[1]]) >= 5
        ):
            continue
        seen.add(both)
        joined.update(pair)
        label = (
            max(verbs[pair].items(), key=lambda entry: (entry[1], -len(entry[0]), entry[0]))[0]
            if verbs[pair]
            else language.related
        )
        edges.append(Edge(source=f"n{pair[0]}", target=f"n{pair[1]}", label=label))
    return edges


def _relation(between: Sequence[Word], language: Language) -> str:
    """The verb phrase of the words between two phrases, up to four words; empty where there is none."""
    if language.code != "en" or not 1 <= len(between) <= 6:
        return ""
    keys = [word.key for word in between]
    at = next((index for index, key in enumerate(keys) if _acts(key)), None)
    if at is None or not all(_leads(key) for key in keys[:at]) or any(map(_breaks, keys[at + 1 :])):
        return ""
    label = [keys[at]]
    if at and keys[at - 1] in _BE and keys[at].endswith(("ed", "en", "ing", "wn", "ght")):
        label.insert(0, keys[at - 1])
    if at + 1 < len(keys) and keys[at + 1] in _PREPOSITIONS:
        label.append(keys[at + 1])
    return " ".join(label)


def _acts(key: str) -> bool:
    """Whether a word is a verb that says how two things stand to each other."""
    lex = lexicon.shipped()
    letters = lex.letters(key) if lex.knows(key) else ""
    acts = letters.startswith("v") or ("v" in letters and key.endswith("ed"))
    return acts and not lexicon.auxiliary(key) and "'" not in key and key not in _FAINT


def _leads(key: str) -> bool:
    """Whether a word may stand between a subject and its verb."""
    return key in _LEADS or lexicon.auxiliary(key) or lexicon.shipped().letters(key).startswith("r")


def _breaks(key: str) -> bool:
    """Whether a word between a verb and its object begins something else."""
    return key in _BREAKS or _acts(key)


_LEADS = bag("that which who to not also have has")
_BREAKS = bag("and but or so because i you he she it we they that which who if when where what how")
_FAINT = bag(
    """like likes liked want wants wanted know knows known think thinks thought say says said saying see sees seen get
    gets got getting have go goes going went gone come comes came coming mean means let look looks looked seem seems
    need needs guess suppose try trying feel"""
)
"""Verbs that say nothing of how two things stand to each other."""
_BE = bag("is are was were be been being")
