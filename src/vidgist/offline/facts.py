"""What English sentences say that one thing does to another: a subject, a verb and an object inside one sure clause.

Not a parser: the subject opens the clause, its verb follows, and the object follows that. Where anything else stands
between or before them nothing is taken: a false claim is worse than none.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vidgist.offline import english, lexicon, sentence_quality
from vidgist.offline import tagging as pos
from vidgist.offline.english import OPENERS
from vidgist.offline.languages import ENGLISH
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import Word

SURE = -1.0
"""Log odds of the bounds of a sentence that is believed."""
_DOUBTS, _FAINT, _TIES = map(english.words, ("doubts", "faint", "ties"))
_COUNTING = pos.DETERMINER + pos.POSSESSIVE + pos.NUMBER
_VERBAL = pos.FINITE + pos.MODAL + pos.BASE + pos.PARTICIPLE + pos.GERUND + pos.ADVERB
_GOING_ON = pos.NOUN + pos.NAME + pos.ADJECTIVE + pos.BASE + pos.TO + pos.GERUND
_SKIPPED = _COUNTING + pos.ADJECTIVE
Span = tuple[int, int]


class Fact(NamedTuple):
    """What a sentence says of two phrases."""

    subject: Phrase
    verb: str
    object: Phrase


def find(sentences: Sequence[Sentence], phrases: Sequence[Phrase]) -> list[Fact]:
    """Return the facts of a talk in its order. Linear."""
    spans: dict[int, dict[Span, Phrase]] = defaultdict(dict)
    for phrase in phrases:
        for index, first, last in phrase.places:
            spans[index][first, last] = phrase
    found = []
    for index, held in sorted(spans.items()):
        sentence = sentences[index]
        if len(held) > 1 and min(sentence.opens, sentence.closes) >= SURE and _claims(sentence.words):
            found += list(_in(sentence.words, held))
    return found


def _claims(words: Sequence[Word]) -> bool:
    keys = [word.key for word in words]
    whole = sentence_quality.judge(keys, "".join(word.tag or "?" for word in words)) >= sentence_quality.LONG
    return whole and sentence_quality.states(keys, " ".join(keys), ENGLISH)


def _in(words: Sequence[Word], held: Mapping[Span, Phrase]) -> Iterator[Fact]:
    begins = {span[0]: span for span in sorted(held)}
    ends = {span[1]: span for span in sorted(held, reverse=True)}
    for at, subject in ends.items():
        verb, after = _verb(words, at) if _opens(words, subject[0]) else ("", at)
        while after < len(words) and words[after].tag in _COUNTING:
            after += 1
        goal = begins.get(after)
        if not verb or goal is None or not _complete(words, goal[1]):
            continue
        sure = not any(word.key in _DOUBTS or word.key.endswith("n't") for word in words[: goal[1]])
        fact = Fact(held[subject], verb, held[goal])
        both = ((subject, fact.subject), (goal, fact.object))  # in the number in which they are shown
        alike = all(words[span[1] - 1].key == one.label.lower().split()[-1] for span, one in both)
        if sure and alike and fact.subject is not fact.object:
            yield fact


def _opens(words: Sequence[Word], first: int) -> bool:
    """Return whether a clause begins with the noun phrase here: the sentence does, or a joint or a comma stands before."""
    at = first - 1
    while at >= 0 and words[at].tag in _SKIPPED:
        at -= 1
    if at < 0 or words[at].key in OPENERS or words[at].tag in pos.ADVERB + pos.INTERJECTION + pos.CONJUNCTION:
        return True
    return words[at + 1].start - words[at].end > 1


def _verb(words: Sequence[Word], at: int) -> tuple[str, int]:
    """Return the verbs that begin here as they are shown, and where they end; none where they say too little."""
    group: list[Word] = []
    while at < len(words) and words[at].tag in _VERBAL:
        group += [words[at]] if words[at].tag != pos.ADVERB else []
        at += 1
    known = group and lexicon.shipped().knows(group[-1].key)
    if not known or group[0].tag not in pos.FINITE + pos.MODAL or group[-1].key in _FAINT:
        return "", at
    passive = group[-1].tag == pos.PARTICIPLE and len(group) > 1
    if at < len(words) and (words[at].tag == pos.PARTICLE or words[at].key in _TIES):
        group.append(words[at])
        at += 1
    elif passive and group[0].key not in ("has", "have", "had"):
        return "", at
    return " ".join(word.key for word in group), at


def _complete(words: Sequence[Word], last: int) -> bool:
    """Return whether the noun phrase that ends here is the whole object."""
    return last >= len(words) or (words[last].key != "of" and words[last].tag not in _GOING_ON)


def best(facts: Sequence[Fact], most: int) -> list[Fact]:
    """Return the facts of the weightiest phrases, one for each two."""
    chosen: dict[frozenset[int], Fact] = {}
    for fact in sorted(facts, key=lambda fact: -fact.subject.score * fact.object.score):
        chosen.setdefault(frozenset((id(fact.subject), id(fact.object))), fact)
    return list(chosen.values())[:most]
