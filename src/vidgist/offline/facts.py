"""What English sentences say that one thing does to another, or people do to a thing, inside one sure clause.

Not a parser: a clause of few words is matched whole, by its parts of speech. Where anything else stands in it, before it or
behind it nothing is taken: a false claim is worse than none.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from vidgist.offline import english, lexicon
from vidgist.offline import tagging as pos
from vidgist.offline.english import OPENERS
from vidgist.offline.phrases import Phrase, Show, coined
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import Word

SURE, LIKELY, SAFE, JOINT = 0.0, -0.9, 2.0, -2.5
"""Log odds of the bounds of a sentence that is believed, of one that its words bear out, of one before which nothing is looked
at, and of a clause within a sentence."""
NEAR, BEHIND, MOST, TELLING, PEOPLE, PART = 14, 3, 6, 0.6, 0.3, 0.5
"""Words before a sentence, and behind a clause, of which none may suppose; words of an object; score of one of two words and fewer that people do
something to; weights of people as a subject, and of an object that is more than a phrase."""
_DOUBTS, _DENIES, _FAINT, _IDLE, _PAST, _US, _JOINS, _LEADS, _SKIPPED, _MEASURES = map(
    english.words, "doubts denies faint idle_verbs past us joins leads skipped measures".split()
)
_SHAPES = {word: letter for letter, name in english.table("shapes").items() for word in english.words(name)}
_CLAUSE, _TWO, _HOLLOW, _LEADING = map(english.pattern, ("clause", "two", "hollow", "leading"))
_THINGS, _BEHIND, _ANEW = pos.NOUN + pos.NAME, "KRULICi", pos.PRONOUN + pos.DETERMINER
"""Letters of what ends an object; of what may stand behind it; and behind it where a sentence is likely to end there."""


class Fact(NamedTuple):
    """What a sentence says: what does it (empty where people do), its verbs, to what; the clause up to that; where."""

    name: str
    verb: str
    goal: str
    lead: str = ""
    place: int = 0
    weight: float = 1.0


def find(
    sentences: Sequence[Sentence], states: Sequence[bool], phrases: Sequence[Phrase], show: Show
) -> list[Fact]:
    """Return the facts of a talk in its order. ``states`` says which sentences state anything. Linear."""
    ends: dict[int, dict[int, Phrase]] = defaultdict(dict)
    for phrase in sorted(phrases, key=lambda phrase: len(phrase.stems)):
        for index, _, last in phrase.places:
            ends[index][last] = phrase
    return [fact for at in sorted(ends) if states[at] for fact in _in(sentences, at, ends[at], show)]


def shape(words: Sequence[Word]) -> str:
    """Return a letter for each word: its part of speech, or one of its own where it matters by itself."""
    return "".join(
        "!" if word.key.endswith("n't")
        else _SHAPES.get(word.key, pos.NOUN if coined(word.key) else word.tag or "?") if word.tag != pos.TO
        else pos.TO
        for word in words
    )  # fmt: skip


def _in(sentences: Sequence[Sentence], index: int, held: Mapping[int, Phrase], show: Show) -> Iterator[Fact]:
    sentence, done = sentences[index], 0
    words, shaped = sentence.words, shape(sentence.words)
    after = sentences[index + 1].words[0].tag if index + 1 < len(sentences) else pos.CONTRACTED
    before = sentences[index - 1].words[-NEAR:] if index and sentence.opens < SAFE else ()
    for start in range(len(words) - 2):
        match = _CLAUSE.match(shaped, start) if start >= done else None
        if not match or not _begins(sentence, start):
            continue
        begin, end = match.start("object"), _end(sentence, shaped, after, *match.span("object"))
        last, verb = match.end("subject"), [word.key for word in words[slice(*match.span("verb"))]]
        subject, goal = held.get(last), held.get(end)
        if goal is None or _HOLLOW.search(" ".join(word.key for word in words[start:end])):
            continue
        if any(word.key in _DOUBTS for word in (*before, *words[: end + BEHIND])):  # it is supposed
            continue
        if subject is None:
            said = last < 0 and (end - begin > 2 or goal.score >= TELLING) and _people(verb, goal)
        else:
            said = subject.stems[-1] not in goal.stems and _agrees(words[start:last], verb, match)
        if said:
            done = end
            name, other = (
                _name(words[slice(*span)], show) for span in ((start, max(start, last)), (begin, end))
            )
            weight = goal.score * (subject.score if subject else PEOPLE)
            weight *= PART if end - begin > len(goal.stems) + 1 else 1.0
            yield Fact(name, " ".join(verb), other, show(words[start:begin]), index, weight)


def _name(words: Sequence[Word], show: Show) -> str:
    """Return a thing as it is shown, without its article."""
    if len(words) > 1 and words[0].key in _SKIPPED and words[1].key not in _MEASURES:
        words = words[1:]
    name = show(words) if words else ""
    return name[:1].upper() + name[1:]


def _begins(sentence: Sentence, at: int) -> bool:
    """Return whether a clause begins at a word for sure: with the sentence, past its openers, or behind what leads one in."""
    words, before = sentence.words, at - 1
    while before >= 0 and (
        words[before].key in OPENERS or words[before].tag in pos.INTERJECTION + pos.ADVERB
    ):
        before -= 1
    if before < 0:
        sure = sentence.opens >= (LIKELY if at or words[0].tag in _ANEW else SURE)
        return (sure or words[at - 1].key in _LEADS) and words[at - 1].key not in _DENIES
    joined = [word for word in words[before + 1 : at] if word.key in _JOINS]
    if any(right.start - left.end > 1 for left, right in pairwise(words[before : at + 1])):
        return True
    if joined and words[before].tag in _THINGS + pos.ADJECTIVE:
        return max(sentence.joints.get(word.start, JOINT - 1) for word in joined) >= JOINT
    if words[before].key == "that" and words[at].tag == pos.NOUN and not words[at].key.endswith("s"):
        return False  # that statement
    led = " ".join(word.key for word in words[max(0, before - 1) : before + 1])
    return bool(joined) or words[before].key in _LEADS or _LEADING.search(led) is not None


def _end(sentence: Sentence, shaped: str, after: str, begin: int, end: int) -> int:
    """Return where an object ends: at a noun behind which another part of the sentence, or a sentence, begins; else ``begin``.

    ``after`` is the part of speech of the word behind the sentence.
    """
    words = sentence.words
    for at in range(min(end, begin + MOST), begin, -1):
        if shaped[at - 1] not in _THINGS or _TWO.search(shaped, begin, at):
            continue
        if at == len(words):
            likely = sentence.closes >= LIKELY and after in _ANEW
            closed = sentence.closes >= SURE or after in _BEHIND or likely
        else:
            closed = words[at].start - words[at - 1].end > 1 or shaped[at] in _BEHIND
            closed = closed and words[at].key not in ("out", "as", "to")
        if closed:
            return at
    return begin


def _people(verb: Sequence[str], goal: Phrase) -> bool:
    """Return whether what people do, said with their pronoun, says something: we add nonces, you have to reveal the key."""
    thing = lexicon.shipped().letters(goal.label.lower().split()[-1])[0] == "n"
    return thing and verb[0] in _US and (_IDLE | _FAINT).isdisjoint(set(verb) - {"have"})


def _agrees(subject: Sequence[Word], verb: Sequence[str], match: re.Match[str]) -> bool:
    """Return whether verbs say something, and are of the number of their subject: weight of the towers, a lot of towers."""
    tie = next((at for at, letter in enumerate(match["subject"]) if letter in "oi"), len(subject))
    head = subject[tie - 1].key if subject[tie - 1].key not in _MEASURES else subject[-1].key
    plural, shaped = head.endswith("s") and not head.endswith(("ss", "us", "is")), match["verb"]
    verbs = [key for key, letter in zip(verb, shaped, strict=True) if letter in "MFBEGbh"]
    predicate = shaped[0] == "b" and len(verbs) == 1 and len(verb) > 2
    if not predicate and (verbs[-1] in _FAINT or not lexicon.shipped().knows(verbs[-1])):
        return False
    if shaped[0] in "bhM":
        return shaped[0] == "M" or verbs[0] == "had" or plural == (verbs[0] in ("are", "were", "have"))
    if verbs[0].endswith("ed"):  # the onion routed network
        return len(verb) > 1 or match["object"][0] in pos.DETERMINER + pos.POSSESSIVE + pos.NUMBER
    return verbs[0] in _PAST or plural != (verbs[0].endswith("s") and not verbs[0].endswith("ss"))
