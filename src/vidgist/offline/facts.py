"""What English sentences say that one thing does to another, or people do to a thing, inside one sure clause.

Not a parser: a clause of few words is matched whole, by its parts of speech. Where anything else stands in it, before it or
behind it nothing is taken: a false claim is worse than none.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vidgist.offline import english, lexicon, sentence_quality
from vidgist.offline import tagging as pos
from vidgist.offline.english import OPENERS
from vidgist.offline.languages import ENGLISH
from vidgist.offline.phrases import Phrase, Show, coined
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import Word

SURE, LIKELY, SAFE, JOINT = 0.0, -0.9, 2.0, -2.5
"""Log odds of the bounds of a sentence that is believed, of one that its words bear out, of one before which nothing is looked
at, and of a clause within a sentence."""
NEAR, MOST, LETTERS, PEOPLE, PART = 14, 6, 24, 0.3, 0.5
"""Words before a sentence of which none may suppose; words of an object; letters of one of them; weights of people as a subject,
and of an object that is more than a phrase."""
_DOUBTS, _DENIES, _FAINT, _IDLE, _PAST, _US, _JOINS, _LEADS, _SKIPPED, _MEASURES = map(
    english.words, "doubts denies faint idle_verbs past us joins leads skipped measures".split()
)
_SHAPES = {word: letter for letter, name in english.table("shapes").items() for word in english.words(name)}
_CLAUSE, _TWO, _HOLLOW, _LEADING = map(english.pattern, ("clause", "two", "hollow", "leading"))
_BEHIND = (
    pos.CONJUNCTION + pos.ADVERB + pos.INTERJECTION + pos.CONTRACTED + pos.PREPOSITION + pos.SUBORDINATOR
)


class Fact(NamedTuple):
    """What a sentence says: what does it (empty where people do), its verbs, to what; the clause up to that, and all of it; where."""

    name: str
    verb: str
    goal: str
    lead: str = ""
    clause: str = ""
    place: int = 0
    weight: float = 1.0


def find(sentences: Sequence[Sentence], phrases: Sequence[Phrase], show: Show) -> list[Fact]:
    """Return the facts of a talk in its order. ``show`` spells words for display. Linear."""
    ends: dict[int, dict[int, Phrase]] = defaultdict(dict)
    for phrase in sorted(phrases, key=lambda phrase: len(phrase.stems)):
        for index, _, last in phrase.places:
            ends[index][last] = phrase
    return [
        fact for at in sorted(ends) if _claims(sentences, at) for fact in _in(sentences, at, ends[at], show)
    ]


def _claims(sentences: Sequence[Sentence], index: int) -> bool:
    """Return whether a sentence says what it says in the speaker's name, and nothing supposes it."""
    keys = [word.key for word in sentences[index].words]
    near = [word.key for one in sentences[max(0, index - 1) : index] for word in one.words][-NEAR:]
    before = near if sentences[index].opens < SAFE else []
    return _DOUBTS.isdisjoint([*keys, *before]) and sentence_quality.states(keys, " ".join(keys), ENGLISH)


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
    for start in _starts(sentence):
        match = _CLAUSE.match(shaped, start) if start >= done else None
        if not match:
            continue
        begin, end = match.start("object"), _end(sentence, shaped, after, *match.span("object"))
        last, verb = match.end("subject"), [word.key for word in words[slice(*match.span("verb"))]]
        subject, goal = held.get(last), held.get(end)
        whole = " ".join(word.key for word in words[start:end])
        if goal is None or _HOLLOW.search(whole) or (last >= 0 and subject is None):
            continue
        said = _agrees(words[start:last], verb, match) if subject else _people(verb, goal)
        if not said:
            continue
        name, other = _shown(words, start, max(start, last)), _shown(words, begin, end)
        long = any(len(word.key) >= LETTERS for word in words[start:end])
        if not long and (not subject or subject.stems[-1] not in goal.stems):
            done = end
            weight = goal.score * (subject.score if subject else PEOPLE)
            weight *= PART if len(other) > len(goal.stems) else 1.0
            lead, clause = show(words[start:begin]), show(words[start:end])
            subject_, object_ = (_capital(show(one)) if one else "" for one in (name, other))
            yield Fact(subject_, " ".join(verb), object_, lead, clause, index, weight)


def _shown(words: Sequence[Word], first: int, last: int) -> Sequence[Word]:
    """Return the words of a name without its article."""
    return words[first + (words[first].key in _SKIPPED and words[first + 1].key not in _MEASURES) : last]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _starts(sentence: Sentence) -> Iterator[int]:
    """Return where clauses begin for sure: the sentence, past its openers, and behind commas and words that lead one in."""
    words = sentence.words
    for at in range(len(words) - 2):
        before = at - 1
        while before >= 0 and (
            words[before].key in OPENERS or words[before].tag in pos.INTERJECTION + pos.ADVERB
        ):
            before -= 1
        begun = sentence.opens >= (LIKELY if at or words[0].tag in pos.DETERMINER + pos.PRONOUN else SURE)
        begun = (begun or words[at - 1].key in _LEADS) and words[at - 1].key not in _DENIES
        if begun if before < 0 else _led(sentence, before, at):
            yield at


def _led(sentence: Sentence, before: int, at: int) -> bool:
    """Return whether a clause begins at a word, given the last one before it that is no opener and no adverb."""
    words = sentence.words
    joined = [word for word in words[before + 1 : at] if word.key in _JOINS]
    if any(
        right.start - left.end > 1
        for left, right in zip(words[before:at], words[before + 1 : at + 1], strict=True)
    ):
        return True
    if joined and words[before].tag in pos.NOUN + pos.NAME + pos.ADJECTIVE:
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
        if shaped[at - 1] not in pos.NOUN + pos.NAME or _TWO.search(shaped, begin, at):
            continue
        if at < len(words):
            closed = words[at].start - words[at - 1].end > 1 or shaped[at] in _BEHIND + "i"
        else:
            noun = after in pos.PRONOUN + pos.DETERMINER and sentence.closes >= LIKELY
            closed = sentence.closes >= SURE or after in _BEHIND or noun
        if closed and (at == len(words) or words[at].key not in ("out", "as")):
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
    past = verbs[0].endswith("ed") or verbs[0] in _PAST
    return past or plural != (verbs[0].endswith("s") and not verbs[0].endswith("ss"))
