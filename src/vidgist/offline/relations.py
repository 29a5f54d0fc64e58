"""What the talk says of two of its phrases in one sentence.

English is read for its `claims`; in other languages two phrases are tied by one word of a closed class. Nothing is taken from what a sentence asks, denies or supposes.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from vidgist.offline import claims
from vidgist.offline.chunks import BE
from vidgist.offline.claims import COLLECTIVE, NAMING, Claim, many
from vidgist.offline.languages import Language
from vidgist.offline.phrases import LONGEST, Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.tagging import NAME, NOUN
from vidgist.offline.words import Word, stem

NEAR = 4
"""How many phrases further on in a sentence one may stand to another."""
_PLURAL = {"are", "were", "have"}
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
        sentence = sentences[index]
        for at, (_, ended, left) in enumerate(spots):
            for begin, _, right in spots[at + 1 : at + 1 + NEAR]:
                if left != right and begin >= -ended:
                    ties[left, right].together += 1
                    said = reader.between(sentence, -ended, begin)
                    if said:
                        ties[left, right].others[said] += 1
        reader.claimed(sentence, ties)
    return ties


class _Reader:
    """Reads what is said of ``phrases``."""

    def __init__(self, phrases: Sequence[Phrase], language: Language, text: str) -> None:
        self._phrases = phrases
        self._numbers = {phrase.stems: number for number, phrase in enumerate(phrases)}
        self._language = language
        self._text = text

    def claimed(self, sentence: Sentence, ties: Ties) -> None:
        """Adds what an English sentence claims."""
        if self._language.code != "en" or self._asked(sentence):
            return
        words = [word for word in sentence.words if word.key not in self._language.fillers]
        for claim in claims.read(words, self._text):
            left, right = self._named(words, claim.left), self._named(words, claim.right)
            if left is None or right is None or left == right:
                continue
            said = _fitted(claim, words, self._phrases[left].label, self._phrases[right].label)
            if said:
                (ties[left, right].verbs if claim.acts else ties[left, right].others)[said] += 1

    def between(self, sentence: Sentence, first: int, last: int) -> str:
        """The one word of a closed class that ties what stands before ``first`` to what begins at ``last``."""
        language, words = self._language, sentence.words[first:last]
        apart = self._text[sentence.words[first - 1].end : sentence.words[last].start]
        if not words or not language.ties or any(not (mark.isalnum() or mark.isspace()) for mark in apart):
            return ""
        kept = [word.key for word in words if word.key not in language.articles]
        said = "".join(kept) if words[0].dense else " ".join(kept)
        return said if said in language.ties and not self._denied(sentence) else ""

    def _asked(self, sentence: Sentence) -> bool:
        return any(mark in self._text[sentence.words[-1].end : sentence.end] for mark in "?？؟")

    def _denied(self, sentence: Sentence) -> bool:
        """Whether a sentence asks, denies or supposes anything."""
        if any(word.dense for word in sentence.words):
            said = "".join(word.key for word in sentence.words)
            denied = any(denial in said for denial in self._language.denials)
        else:
            denied = any(word.key in self._language.denials for word in sentence.words)
        return denied or self._asked(sentence)

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
    joined = verb in _PLURAL and not shown and left.lower().split()[-1] not in COLLECTIVE
    if said == shown and not joined:
        return claim.said
    if claim.said in NAMING:
        return "such as"  # a company called Acme: companies such as Acme
    if verb in _TURNED:
        acting = rest.partition(" ")[0]
        going = acting.endswith("ing") and acting != "being"
        return "" if equal or going else f"{_TURNED[verb]} {rest}".strip()
    if claim.acts and shown and verb.endswith("s") and not verb.endswith("ss"):
        return f"{_plain(verb)} {rest}".strip()
    return claim.said


def _plain(verb: str) -> str:
    """A verb of one as it is said of many: ``requires``, ``carries``."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[: -2 if verb.endswith(("ches", "shes", "sses", "xes", "goes", "does")) else -1]
