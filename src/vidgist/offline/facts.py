"""What English sentences say that one thing does to another: a subject, a verb and an object inside one sure clause.

Not a parser: the subject opens the clause, its verb follows, and the object follows that. Where anything else stands
between or before them nothing is taken: a false claim is worse than none.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from vidgist.offline import english, lexicon, sentence_quality
from vidgist.offline import tagging as pos
from vidgist.offline.english import OPENERS
from vidgist.offline.languages import ENGLISH
from vidgist.offline.phrases import Phrase, Show
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import Word, stem

SURE, MOST, LETTERS, NEAR, WEAK = -1.0, 6, 24, 12, 0.5
"""Log odds of the bounds of a sentence that is believed, words of an object, letters of
one word in it, and words before a sentence of which none may
suppose; score of an object that is no phrase of the talk."""
_DOUBTS, _FAINT, _TIES, _LETS, _BE, _LEADS, _NOBODY, _USES, _DOERS, _IDLE, _PAST, _BACK = map(
    english.words,
    "doubts faint ties lets be leads stand_ins uses persons_who_do idle_verbs past demonstrative".split(),
)
_PARTICIPLES = {pair[0]: pair[1] for pair in english.phrases("participles")}
_TO = frozenset(("into", "to", "on", "in", "from", "with", "through", "against", "between"))
_DOES, _HAVE = frozenset(("do", "does", "did")), frozenset(("has", "have", "had"))
_COUNTING = pos.DETERMINER + pos.POSSESSIVE + pos.NUMBER
_VERBAL = pos.FINITE + pos.MODAL + pos.BASE + pos.PARTICIPLE + pos.GERUND + pos.ADVERB + pos.TO
_GOING_ON = pos.NOUN + pos.NAME + pos.ADJECTIVE + pos.BASE + pos.TO + pos.GERUND + pos.PARTICIPLE + pos.ASKING
_SKIPPED = _COUNTING + pos.ADJECTIVE
Span = tuple[int, int]


class Fact(NamedTuple):
    """What a sentence says of two phrases; ``name`` and ``goal`` are subject and object as they are shown there."""

    subject: Phrase
    verb: str
    object: Phrase
    name: str = ""
    goal: str = ""


def find(sentences: Sequence[Sentence], phrases: Sequence[Phrase], show: Show) -> list[Fact]:
    """Return the facts of a talk in its order. Linear."""
    spans: dict[int, dict[Span, Phrase]] = defaultdict(dict)
    for phrase in phrases:
        for index, first, last in phrase.places:
            spans[index][first, last] = phrase
    found = []
    for index, held in sorted(spans.items()):
        if len(held) > 1 and _claims(sentences, index):
            found += list(_in(index, sentences[index], held, show))
    return found


def _claims(sentences: Sequence[Sentence], index: int) -> bool:
    keys = [word.key for word in sentences[index].words]
    before = [word.key for word in sentences[index - 1].words] if index else []
    supposed = sentence_quality.supposes(before) or not _DOUBTS.isdisjoint(before[-NEAR:])
    return not supposed and sentence_quality.states(keys, " ".join(keys), ENGLISH)


def _in(index: int, sentence: Sentence, held: Mapping[Span, Phrase], show: Show) -> Iterator[Fact]:
    words = sentence.words
    begins = {span[0]: span for span in sorted(held)}
    ends = {span[1]: span for span in sorted(held, reverse=True)}
    for at, subject in ends.items():
        verb, after = _used(words, *subject)
        if not verb:
            verb, after = _done(words, *subject)
        if not verb and _opens(sentence, subject[0]):
            verb, after = _verb(words, at, begins)
        start = after
        while after < len(words) and words[after].tag in _COUNTING:
            after += 1
        goal = begins.get(after)
        if not verb:
            continue
        first, last = _object(words, start, goal, begins) if goal else (start, len(words))
        one = held[subject]
        other = held[goal] if goal else _rest(index, words, start)
        sure = last < len(words) or sentence.closes >= SURE
        doubted = any(word.key in _DOUBTS or word.key.endswith("n't") for word in words[: last + 1])
        if (
            other
            and sure
            and not doubted
            and _complete(words, last)
            and _plain(words[first:last], one, other)
        ):
            name, shown = show(words[slice(*subject)]), show(words[first:last])
            yield Fact(one, verb, other, name[:1].upper() + name[1:], shown[:1].upper() + shown[1:])


def _plain(words: Sequence[Word], one: Phrase, other: Phrase) -> bool:
    """Return whether an object of these words is short, and its subject is another thing, and no invented one."""
    short = len(words) <= MOST and max(len(word.key) for word in words) < LETTERS
    return short and _NOBODY.isdisjoint(one.stems) and not set(one.stems) & set(other.stems)


def _rest(index: int, words: Sequence[Word], start: int) -> Phrase | None:
    """Return the rest of a sentence as an object, where it is a few words that end in a noun and point at nothing."""
    rest = words[start:]
    tags = "".join(word.tag for word in rest)
    opens = tags[:1] in tuple(_COUNTING + pos.ADJECTIVE + pos.NOUN + pos.NAME + pos.GERUND)
    points = any(tag in pos.PRONOUN + pos.FINITE + pos.MODAL + pos.CONTRACTED for tag in tags)
    pointing = not _BACK.isdisjoint(word.key for word in rest)
    if not opens or points or pointing or tags[-1:] not in tuple(pos.NOUN + pos.NAME):
        return None
    stems = tuple(stem(word.key) for word in rest)
    return Phrase(stems, score=WEAK, places=[(index, start, len(words))])


def _object(words: Sequence[Word], start: int, goal: Span, begins: Mapping[int, Span]) -> Span:
    """Return the whole of an object that begins at ``start``: with its number, and what follows ``of``."""
    first, last = goal
    if last + 1 < len(words) and words[last].key == "of":
        inner = last + 1
        while inner < len(words) and words[inner].tag in _COUNTING:
            inner += 1
        last = begins[inner][1] if inner in begins else last
    return (start if words[start].tag == pos.NUMBER else first), last


def _opens(sentence: Sentence, first: int) -> bool:
    """Return whether a clause begins with the noun phrase here: the sentence does, or a joint or a comma stands before."""
    words, at = sentence.words, first - 1
    while at >= 0 and words[at].tag in _SKIPPED:
        at -= 1
    if at < 0:
        return sentence.opens >= SURE
    if (
        words[at].key in OPENERS
        or words[at].tag in pos.INTERJECTION
        or (not at and words[at].tag == pos.ADVERB)
    ):
        return at > 0 or sentence.opens >= SURE
    parted = words[at + 1].start - words[at].end > 1
    return parted or words[at].key in _LEADS or sentence.joints.get(words[at + 1].start, -9.0) >= SURE - 1


def _used(words: Sequence[Word], first: int, last: int) -> tuple[str, int]:
    """Return what a noun phrase is used or needed to do, and where that ends: we use the tree to prove the payment."""
    at = first - 1
    while at >= 0 and words[at].tag in _SKIPPED:
        at -= 1
    tags = [word.tag for word in words[last : last + 2]]
    if at < 0 or words[at].key not in _USES or tags != [pos.TO, pos.BASE] or words[last + 1].key in _FAINT:
        return "", last
    use = "needed" if words[at].key.startswith("need") else "used"
    return f"{use} to {words[last + 1].key}", last + 2


def _done(words: Sequence[Word], first: int, last: int) -> tuple[str, int]:
    """Return what people do to a noun phrase, as a passive, and where that ends: we put the hash into the block."""
    at = first - 1
    while at >= 0 and words[at].tag in _SKIPPED:
        at -= 1
    if at < 1 or last >= len(words) or words[last].key not in _TO:
        return "", last
    doing, modal = words[at].key, words[at - 1].key
    who = words[at - 2].key if modal == "can" and at > 1 else modal
    done = "" if doing in _FAINT or doing in _IDLE or not lexicon.shipped().base(doing) else participle(doing)
    if who not in _DOERS or not done:
        return "", last
    be = "can be" if modal == "can" else "are" if words[last - 1].key.endswith("s") else "is"
    return f"{be} {done} {words[last].key}", last + 1


def participle(verb: str) -> str:
    """Return the passive participle of a verb's base form; empty where it is irregular and not listed."""
    if verb in _PARTICIPLES:
        return _PARTICIPLES[verb]
    if verb in _PAST or verb.endswith(("ed", "ing")):
        return ""
    return english.bent(verb, "ed")


def _verb(words: Sequence[Word], at: int, begins: Mapping[int, Span]) -> tuple[str, int]:
    """Return the verbs that begin here as they are shown, and where they end; none where they say too little."""
    group: list[Word] = []
    start = at
    while at < len(words) and words[at].tag in _VERBAL:
        group += [words[at]] if words[at].tag != pos.ADVERB else []
        at += 1
    if not group or not _whole(words[start - 1].key, group):
        return "", at
    whom = at + (at < len(words) and words[at].tag in _COUNTING)
    if group[-1].key in _LETS and whom in begins:  # allows the users to lock
        last = begins[whom][1]
        if [word.tag for word in words[last : last + 2]] == [pos.TO, pos.BASE]:
            group += words[at : last + 2]
            return ("", at) if group[-1].key in _FAINT else (" ".join(word.key for word in group), last + 2)
    if group[-1].key in _BE:
        shown, after = _predicate(words, at, begins)
        return (" ".join(word.key for word in [*group, *shown]), after) if shown else ("", at)
    if not lexicon.shipped().knows(group[-1].key) or group[-1].key in _FAINT:
        return "", at
    passive = group[-1].tag == pos.PARTICIPLE and len(group) > 1
    if at < len(words) and (words[at].tag == pos.PARTICLE or words[at].key in _TIES):
        group.append(words[at])
        at += 1
    elif passive and group[0].key not in ("has", "have", "had"):
        return "", at
    return " ".join(word.key for word in group), at


def _whole(subject: str, group: Sequence[Word]) -> bool:
    """Return whether verbs make one predicate of this subject."""
    first = group[0]
    plural = first.tag == pos.BASE and subject.endswith("s") and len(group) == 1
    if first.tag not in pos.FINITE + pos.MODAL and not plural:
        return False
    bare = first.tag == pos.FINITE and first.key not in _BE and not first.key.endswith(("s", "ed"))
    if first.key in ("have", "are", "were", "do") and not subject.endswith("s"):
        return False
    if bare and not subject.endswith("s") and lexicon.shipped().letters(first.key).startswith("v"):
        return False
    for left, right in pairwise(group):
        led = (
            (left.tag == pos.MODAL or left.key in _DOES)
            if right.tag == pos.BASE and left.tag != pos.TO
            else True
        )
        led = led and (right.tag not in pos.PARTICIPLE + pos.GERUND or left.key in _BE or left.key in _HAVE)
        if not led or right.tag in pos.FINITE + pos.MODAL:
            return False
    return group[-1].tag != pos.TO


def _predicate(words: Sequence[Word], at: int, begins: Mapping[int, Span]) -> tuple[Sequence[Word], int]:
    """Return what follows ``is`` before an object: faster than, a kind of, a system that enables; none where nothing does."""
    first = at
    if words[at : at + 1] and words[at].tag == pos.ADJECTIVE and at not in begins:
        return (words[first : at + 2], at + 2) if _tied(words, at + 1) else ((), at)
    at += at < len(words) and words[at].tag == pos.DETERMINER
    at = begins[at][1] if at in begins else at + (at < len(words) and words[at].tag == pos.NOUN)
    if at == first or words[at - 1].tag not in pos.NOUN or at - first > MOST:
        return (), at
    if _tied(words, at):
        return words[first : at + 1], at + 1
    tags = "".join(word.tag for word in words[at : at + 2])
    if tags == pos.TO + pos.BASE or (
        words[at : at + 1] and words[at].key in ("that", "which") and tags[1:] in tuple(pos.FINITE)
    ):
        return ((), at) if words[at + 1].key in _FAINT else (words[first : at + 2], at + 2)
    return (), at


def _tied(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].key in _TIES


def _complete(words: Sequence[Word], last: int) -> bool:
    """Return whether the noun phrase that ends here is the whole object."""
    return last >= len(words) or (words[last].key != "of" and words[last].tag not in _GOING_ON)


def best(facts: Sequence[Fact], most: int) -> list[Fact]:
    """Return the facts of the weightiest phrases, one for each two, first those that hang together."""
    chosen: dict[frozenset[int], Fact] = {}
    for fact in sorted(facts, key=lambda fact: -fact.subject.score * fact.object.score):
        chosen.setdefault(frozenset((id(fact.subject), id(fact.object))), fact)
    return list(chosen.values())[:most]
