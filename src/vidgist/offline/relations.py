"""What the talk says of two of its phrases in one sentence.

English is read for its `claims`. Nothing is taken from what a sentence asks, denies or supposes.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from vidgist.offline import claims
from vidgist.offline.chunks import BE
from vidgist.offline.claims import Claim, many
from vidgist.offline.languages import Language
from vidgist.offline.phrases import LONGEST, Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.tagging import NAME, NOUN
from vidgist.offline.words import Word, stem

NEAR = 4
"""How many phrases further on in a sentence one may stand to another."""
_TURNED = {"is": "are", "was": "were", "has": "have", "are": "is", "were": "was", "have": "has"}


@dataclass(slots=True)
class Tie:
    """What was said between a phrase and a later one: how often together, and with which words."""

    together: int = 0
    verbs: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)

    @property
    def label(self) -> str:
        """The words that say the most of it; empty where nothing was said."""
        for counts in (self.verbs, self.others):
            if counts:
                return max(counts, key=lambda said: (counts[said], len(said.split()) > 1, said))
        return ""


Ties = dict[tuple[int, int], Tie]


def find(sentences: Sequence[Sentence], phrases: Sequence[Phrase], language: Language, text: str) -> Ties:
    """The ties between phrases, by their places in ``phrases``. Linear in the length of the talk."""
    here: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for index, begin, end in phrase.places:
            here[index].append((begin, -end, number))
    reader = _Reader(phrases, language, text)
    ties: Ties = defaultdict(Tie)
    for index, spots in sorted(here.items()):
        spots.sort()
        for at, (_, ended, left) in enumerate(spots):
            for begin, _, right in spots[at + 1 : at + 1 + NEAR]:
                if left != right and begin >= -ended:
                    ties[left, right].together += 1
        reader.read(sentences[index], ties)
    return ties


class _Reader:
    """Reads what sentences claim of ``phrases``."""

    def __init__(self, phrases: Sequence[Phrase], language: Language, text: str) -> None:
        self._phrases = phrases
        self._numbers = {phrase.stems: number for number, phrase in enumerate(phrases)}
        self._language = language
        self._text = text

    def read(self, sentence: Sentence, ties: Ties) -> None:
        asked = any(mark in self._text[sentence.words[-1].end : sentence.end] for mark in "?？؟")
        if asked or self._language.code != "en":
            return
        words = [word for word in sentence.words if word.key not in self._language.fillers]
        for claim in claims.read(words, self._text):
            left, right = self._named(words, claim.left), self._named(words, claim.right)
            if left is None or right is None or left == right:
                continue
            said = _fitted(claim, words, self._phrases[left].label, self._phrases[right].label)
            if said:
                (ties[left, right].verbs if claim.acts else ties[left, right].others)[said] += 1

    def _named(self, words: Sequence[Word], span: tuple[int, int]) -> int | None:
        """The phrase that ends a noun phrase: its head with what qualifies it."""
        first, last = span
        for begin in range(max(first, last - LONGEST), last):
            number = self._numbers.get(tuple(stem(word.key) for word in words[begin:last]))
            if number is not None:
                # Statistics Canada is not Canada.
                other = words[begin].tag == NAME and begin > first and words[begin - 1].tag in NOUN + NAME
                return None if other else number
        return None


def _fitted(claim: Claim, words: Sequence[Word], left: str, right: str) -> str:
    """What is said, in the number in which the phrase is shown; empty where it would not be true of that."""
    verb, _, rest = claim.said.partition(" ")
    said, shown = many(words[claim.left[1] - 1].key), many(left.lower())
    equal = claim.said.split(maxsplit=1)[-1] in BE
    if equal and many(words[claim.right[1] - 1].key) != many(right.lower()):
        return ""
    if said == shown:
        return claim.said
    if verb in _TURNED:
        return "" if equal or rest.partition(" ")[0].endswith("ing") else f"{_TURNED[verb]} {rest}".strip()
    if claim.acts and shown and verb.endswith("s") and not verb.endswith("ss"):
        return f"{_plain(verb)} {rest}".strip()
    return claim.said


def _plain(verb: str) -> str:
    """A verb of one as it is said of many: ``requires``, ``carries``."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[: -2 if verb.endswith(("ches", "shes", "sses", "xes", "goes", "does")) else -1]
