"""What an English sentence claims of its noun phrases: subject, verb and object, prepositions, lists, possession.

Read from `chunks`. Where it is open what a phrase belongs to, nothing is claimed: a false claim is worse than none.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from vidgist.offline import chunks
from vidgist.offline.chunks import BE, COMMA, JOIN, LINK, NOUNS, QUALITY, RELATIVE, VERBS, Chunk
from vidgist.offline.english import bag
from vidgist.offline.tagging import (
    ADVERB,
    BASE,
    DETERMINER,
    FINITE,
    GERUND,
    MODAL,
    NAME,
    NOUN,
    PARTICIPLE,
    POSSESSIVE,
    TO,
)
from vidgist.offline.words import SHORT, Word

LABEL = 4
"""Words of verbs, at most; of verbs with what goes between them and the preposition that follows, too."""

_HAVE = bag("has have had")
_EQUAL = BE - bag("be been being") | _HAVE
_SUPPORTING = BE | _HAVE | bag("being am do does did having")
_MANY = bag(
    "are were have do need want use make take give provide include require help support pay receive allow"
)
_ONE = bag("is was has does")
_DEFINITE = bag("the this that these those")
COLLECTIVE = bag(
    """people children men women data media staff police team family government committee company public series news
    physics mathematics economics works means sales majority crew group council board"""
)
"""Nouns that go with a verb of one or of many."""
_RANKS = bag("first second third fourth fifth sixth last next other another one only")
NAMING = bag("called named dubbed termed")
_GIVING = bag("given offered paid asked sent told shown taught granted allocated awarded made")
"""Participles that something may follow as it does a verb."""
_SAYING = bag("say says said saying found shows showed means")
_HOLDING = BE | _HAVE | bag("having need needs see sees")
"""Verbs whose object keeps the preposition behind it to itself."""
_WISHES = bag(
    """want wants wanted like need needs needed ask asks asked expect expects hope get gets tell tells require requires
    help helps allow allows enable enables prefer let lets force forces encourage encourages able invite urge call
    deserve deserves"""
)
"""Verbs that leave open whether what they govern happens."""
_CAUSING = bag(
    """allow allows allowed enable enables enabled make makes made put puts keep keeps kept leave leaves left force
    require"""
)
"""Verbs that do something to their object that is said behind it."""
_SPREADING = bag("of for between")
"""Prepositions that hold for all members of a list."""
_LISTING = bag("including like") | {"such as"}
_NOMINAL = bag("of for in on about between within like including versus unlike")
"""Prepositions that mostly stay with the noun before them, also where one of two words begins so."""
_NOMINAL_PAIRS = {"such as", "instead of", "rather than"}
_LINKING = (
    _NOMINAL
    | _NOMINAL_PAIRS
    | bag("with from by at to through into against under over via across towards toward near behind")
    | {
        "because of",
        "due to",
        "thanks to",
        "next to",
        "compared to",
        "compared with",
        "along with",
        "in front of",
        "in support of",
        "in favour of",
        "as part of",
    }
)
_FAINT = bag(
    """know knows known knew think thinks thought guess suppose say says said saying see sees seen saw look looks looked
    looking feel feels felt seem seems seemed go goes going went gone gonna come comes came coming talk talks talking talked
    tell tells told ask asks asked asking mention mentions mentioned mentioning wonder wondering hope hopes believe
    understand try tries trying tried let lets plan plans planning intend wish aim like likes mean happen happens happened
    do does did want wants wanted wanna thank thanks gotta"""
)
"""Verbs that say nothing sure of how two things stand to each other."""


class Claim(NamedTuple):
    """What is said of the words ``left`` and ``right`` (first, last + 1); ``acts``: by a verb."""

    left: tuple[int, int]
    said: str
    right: tuple[int, int]
    acts: bool = False


def read(words: Sequence[Word], text: str) -> Iterator[Claim]:
    """What a sentence of ``text`` claims of its noun phrases. Linear."""
    if not words:
        return
    parts = chunks.split(words, text)
    reader = _Reader(words, parts)
    readers = {NOUNS: reader.possessed, VERBS: reader.acted, LINK: reader.linked}
    for at, sure in enumerate(chunks.sure(words, parts)):
        if sure and parts[at].kind in readers:
            yield from readers[parts[at].kind](at)


def many(key: str) -> bool:
    """Whether a noun is of many things, as far as it shows it."""
    return key.endswith("s") and not key.endswith(("ss", "us", "is"))


class _Reader:
    """Reads the claims of one sentence, each by the place of its chunk."""

    def __init__(self, words: Sequence[Word], parts: Sequence[Chunk]) -> None:
        self._words = words
        self._parts = parts

    def possessed(self, at: int) -> Iterator[Claim]:
        """``the sector's performance``: performance of sector."""
        first, last = self._span(at)
        for index in range(first, last - 1):
            if _owns(self._words[index]):
                yield Claim((index + 1, last), "of", (first, index + 1))

    def acted(self, at: int) -> Iterator[Claim]:
        """``the wind twists the deck``, ``sensors to measure wind``, ``a company called Acme``."""
        group = self._group(at)
        said = _verb(group)
        linked, place = self._tail(at, equal=group[-1].key in BE)
        if not said or not _complete(group, linked):
            return
        targets = self._targets(place, direct=not linked)
        subjects = self._subjects(at, group) if targets else []
        if not subjects or self._open(group, linked, subjects, targets):
            return
        label = f"{said} {linked}".strip()
        equal = len(group) == 1 and group[0].key in _EQUAL and not linked
        for subject in subjects:
            for target in targets:
                yield Claim(self._span(subject), label, self._span(target), acts=not equal)
            yield from self._through(subject, label, targets[0], acts=True)

    def linked(self, at: int) -> Iterator[Claim]:
        """``data in English``, ``performance of the sector``, ``animals such as cows``, ``menu for changing channels``."""
        said, right = self._linking(at)
        left = at - 2 if self._kind(at - 1) == COMMA and said in _LISTING - {"like"} else at - 1
        if not said or self._kind(left) != NOUNS or not self._stays(left, self._said(at)):
            return
        targets = self._targets(right)
        if said not in _LISTING and not (said in _SPREADING and self._alike(targets)):
            targets = targets[:1]
        for target in targets:
            yield Claim(self._span(left), said, self._span(target))
        if len(targets) == 1 and said not in _LISTING:
            yield from self._through(left, said, targets[0], acts=False)

    def _linking(self, at: int) -> tuple[str, int]:
        """The words of a preposition, with the verb that it may govern, and where what they tie begins."""
        said, right = self._said(at), at + 1
        if said not in _LINKING:
            return "", right
        if self._kind(right) == VERBS and said in ("for", "of"):
            group = self._group(right)
            if len(group) == 1 and group[0].tag == GERUND and group[0].key not in _FAINT | _SUPPORTING:
                return f"{said} {group[0].key}", right + 1
        return said, right

    def _through(self, subject: int, said: str, at: int, *, acts: bool) -> Iterator[Claim]:
        """``the company has offices in Wales``: what is behind the noun phrase at ``at`` is said with that."""
        if self._kind(at + 1) != LINK or self._said(at + 1) not in _LINKING - _LISTING:
            return
        inner = " ".join(word.key for word in self._bare(at))
        label = f"{said} {inner} {self._said(at + 1)}"
        if len(inner) > SHORT and len(label.split()) <= LABEL:
            for target in self._targets(at + 2)[:1]:
                yield Claim(self._span(subject), label, self._span(target), acts)

    def _stays(self, left: int, said: str) -> bool:
        """Whether what follows ``said`` is said of the noun phrase before it, not of a verb or noun further before."""
        before = self._kind(left - 1)
        if before == LINK and self._said(left - 1) in (said, "from") and said != "of":
            return False  # in Belgium in Brussels; from north to south
        if said in _NOMINAL | _NOMINAL_PAIRS or said.startswith(("in ", "as ")):
            return said not in ("about", "on") or before != LINK
        if before == LINK:
            return self._kind(left - 2) not in (NOUNS, VERBS)
        if before == JOIN:
            return False
        if before == VERBS and self._group(left - 1)[-1].key not in _HOLDING:
            return not self._definite(left)
        return True

    def _open(
        self, group: Sequence[Word], linked: str, subjects: Sequence[int], targets: Sequence[int]
    ) -> bool:
        """Whether verbs leave open what they say of subjects and targets."""
        if group[-1].key in _CAUSING and self._kind(targets[-1] + 1) in (VERBS, LINK, QUALITY):
            return True  # has put the seniors in danger
        if linked:
            # the costs that universities build into forecasts
            return not _passive(group) and self._kind(subjects[0] - 1) == RELATIVE
        if group[-1].key not in _EQUAL | BE:
            return False
        return any(self._ranked(subject) for subject in subjects) or any(
            self._ranked(target) or self._words[self._parts[target].first].key.endswith("ing")
            for target in targets
        )

    def _subjects(self, at: int, group: Sequence[Word]) -> list[int]:
        """The noun phrases that the verbs at ``at`` are said of."""
        before, opening = at - 1, group[0].tag
        if self._kind(before) == JOIN and opening in FINITE + MODAL + BASE:
            return self._shared(before)
        if self._kind(before) == RELATIVE:
            if group[-1].key in BE and self._key(before) == "that":
                return []  # the help that is our approach: two sentences, or one
            before -= 1 + (self._kind(before - 1) == COMMA)
            return [before] if self._related(before, group[0]) else []
        if self._kind(before) != NOUNS or opening == BASE:
            return []
        if opening == TO:
            return [before] if self._meant(before) else []
        active = self._kind(at + 1) == NOUNS and group[0].key not in _GIVING | NAMING
        if opening == GERUND or (opening == PARTICIPLE and not active):
            return [before] if not self._behind(before) and self._agrees(before, group[0]) else []
        return self._main(before, group[0])

    def _main(self, at: int, verb: Word) -> list[int]:
        """The subjects of a main verb behind the noun phrase at ``at``, which may only say more of its own."""
        while self._behind(at):
            at -= 2
        before = self._kind(at - 1)
        told = before != VERBS or self._group(at - 1)[-1].key in _SAYING
        if before == LINK or not told or not self._agrees(at, verb):
            return []
        return [at, *self._listed_before(at)]

    def _related(self, at: int, verb: Word) -> bool:
        """Whether the verb of a relative clause is said of the noun phrase at ``at``, as something that is so."""
        if self._kind(at) != NOUNS or self._behind(at) or not self._agrees(at, verb):
            return False  # the people in the city that wait
        return not (self._kind(at - 1) == VERBS and self._group(at - 1)[-1].key in _WISHES)

    def _meant(self, at: int) -> bool:
        """Whether ``to`` with a verb says what the noun phrase at ``at`` is for."""
        if self._kind(at - 1) == VERBS and {word.key for word in self._group(at - 1)} & _WISHES:
            return False
        return self._kind(at - 1) != JOIN and not self._behind(at)

    def _shared(self, at: int) -> list[int]:
        """The subjects of the verbs before a conjunction: ``the wind bends and breaks the deck``."""
        place = at - 1
        while self._kind(place) in (NOUNS, LINK, QUALITY, COMMA):
            place -= 1
        if self._kind(place) != VERBS or place == at - 1:
            return []
        group = self._group(place)
        return self._subjects(place, group) if group[0].tag in FINITE + MODAL and _verb(group) else []

    def _behind(self, at: int) -> bool:
        """Whether the noun phrase at ``at`` only says more of one before it: ``universities in Wales``."""
        first, last = self._span(at)
        owned = any(_owns(word) for word in self._words[first:last])
        return self._kind(at - 1) == LINK and self._kind(at - 2) == NOUNS and not owned

    def _listed_before(self, at: int) -> list[int]:
        """The other members of a list that ends with the noun phrase at ``at``."""
        if self._kind(at - 1) != JOIN or self._key(at - 1) != "and":
            return []
        found = []
        place = at - 2
        while self._kind(place) in (NOUNS, COMMA):
            if self._kind(place) == NOUNS:
                found.append(place)
            place -= 1
        return found if self._kind(place) not in (LINK, VERBS) else []

    def _tail(self, at: int, *, equal: bool) -> tuple[str, int]:
        """The words between verbs and what they are said of, and where that begins."""
        place = at + 1
        said = []
        if equal and self._kind(place) == QUALITY and self._kind(place + 1) == LINK:
            said.append(self._said(place))
            place += 1
        if self._kind(place) == LINK and self._one(place):
            said.append(self._said(place))
            place += 1
        return " ".join(said), place

    def _one(self, at: int) -> bool:
        """Whether the prepositions at ``at`` are one: ``out of``, not ``to with``."""
        said = self._said(at)
        return " " not in said or said in _LINKING or said.endswith((" of", " from"))

    def _targets(self, at: int, *, direct: bool = False) -> list[int]:
        """The noun phrases from ``at`` on that are one list; none where ``or`` joins it.

        The last, or a ``direct`` object, is left out where a clause begins with it.
        """
        found, place = self._list(at)
        if not found or self._key(place + (self._kind(place) == COMMA)) == "or":
            return []
        begins = chunks.doubtful(self._key(place)) or (
            self._kind(place) == VERBS and self._group(place)[0].tag in FINITE + MODAL + BASE
        )
        return found[:-1] if begins and (len(found) > 1 or direct) else found

    def _list(self, at: int) -> tuple[list[int], int]:
        """The noun phrases from ``at`` on that commas and an ``and`` join, and what is behind them; one without ``and``."""
        if self._kind(at) != NOUNS:
            return [], at
        found = [at]
        place = at + 1
        while True:
            joined = False
            while self._kind(place) in (COMMA, JOIN):
                joined |= self._kind(place) == JOIN
                place += 1
            if self._kind(place) != NOUNS or place == found[-1] + 1:
                return [at], at + 1
            found.append(place)
            place += 1
            if joined:
                return found, place

    def _agrees(self, at: int, verb: Word) -> bool:
        """Whether a noun and a verb are both of one or both of many, as far as they show it."""
        head = self._words[self._parts[at].last - 1]
        if head.key in COLLECTIVE:
            return True
        if verb.key in _MANY:
            return self._kind(at - 1) == JOIN or (head.tag == NOUN and many(head.key))
        one = verb.key in _ONE or (
            verb.tag == FINITE and verb.key.endswith("s") and not verb.key.endswith("ss")
        )
        return not (one and head.tag == NOUN and many(head.key))

    def _ranked(self, at: int) -> bool:
        """Whether a noun phrase is only one of several: ``the fourth option``."""
        first, last = self._span(at)
        return any(word.key in _RANKS for word in self._words[first:last])

    def _definite(self, at: int) -> bool:
        word = self._words[self._parts[at].first]
        return word.tag in POSSESSIVE + NAME or word.key in _DEFINITE

    def _bare(self, at: int) -> Sequence[Word]:
        """The noun phrase at ``at`` without its determiners; empty where that is no plain one."""
        first, last = self._span(at)
        while first < last and self._words[first].tag in DETERMINER + POSSESSIVE:
            first += 1
        found = self._words[first:last]
        return found if all("'" not in word.key for word in found) else ()

    def _alike(self, targets: Sequence[int]) -> bool:
        """Whether all of them begin with an article or none does: a list, not two things."""
        return len({self._words[self._parts[at].first].tag in DETERMINER + POSSESSIVE for at in targets}) == 1

    def _kind(self, at: int) -> str:
        return self._parts[at].kind if 0 <= at < len(self._parts) else ""

    def _key(self, at: int) -> str:
        """The first word of a chunk."""
        within = 0 <= at < len(self._parts) and self._parts[at].first < len(self._words)
        return self._words[self._parts[at].first].key if within else ""

    def _span(self, at: int) -> tuple[int, int]:
        return self._parts[at].first, self._parts[at].last

    def _group(self, at: int) -> Sequence[Word]:
        """The verbs at ``at`` without adverbs."""
        first, last = self._span(at)
        return [word for word in self._words[first:last] if word.tag != ADVERB]

    def _said(self, at: int) -> str:
        first, last = self._span(at)
        keys = [word.key for word in self._words[first:last]]
        return " ".join(key for at, key in enumerate(keys) if not at or key != keys[at - 1])


def _owns(word: Word) -> bool:
    return word.tag == POSSESSIVE and word.key.endswith("'s")


def _verb(group: Sequence[Word]) -> str:
    """What a group of verbs says; empty where that is nothing of two things."""
    keys = [word.key for word in group]
    if len(keys) > LABEL or any(key in _FAINT or not key.isalpha() for key in keys) or group[-1].tag == TO:
        return ""
    if group[0].tag == TO and keys[-1] in _SUPPORTING:
        return ""
    if ("must" in keys and "have" in keys) or any(
        left.key in BE and right.tag == TO for left, right in pairwise(group)
    ):
        return ""  # must have been; will be there to work
    if len(keys) == 1:
        return "" if keys[0] in _SUPPORTING - _EQUAL else keys[0]
    supporting = all(word.key in _SUPPORTING or word.tag in MODAL for word in group)
    return "" if supporting and keys[-1] not in ("be", "been", "have") else " ".join(keys)


def _passive(group: Sequence[Word]) -> bool:
    """Whether the subject is what the verbs are done to."""
    return group[-1].tag == PARTICIPLE and (len(group) == 1 or group[-2].key in BE)


def _complete(group: Sequence[Word], linked: str) -> bool:
    """Whether verbs can be said of what follows: what a passive is done to stands before it."""
    if linked or not _passive(group) or group[-1].key in NAMING:
        return True
    return len(group) == 1 and group[0].key not in _GIVING
