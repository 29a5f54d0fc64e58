"""Names for ideas, topics and nodes: phrases of the talk as they are shown."""

from collections import Counter
from collections.abc import Sequence

from vidgist.offline import lexicon
from vidgist.offline.english import NUMBERS, bag
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.spelling import Spelling
from vidgist.offline.words import SHORT, Word

_POSSESSIVES = bag("my your our their his her its")


def spell(words: Sequence[Word], text: str, spelling: Spelling) -> str:
    """A phrase of the talk with its names spelt, as it stands inside a sentence."""
    shown = [spelling.word(text[word.start : word.end], word.key) for word in words]
    return ("" if words[0].dense else " ").join(shown).removesuffix("'s").strip()


def of(
    ideas: Sequence[int], phrases: Sequence[Phrase], sentences: Sequence[Sentence], language: Language
) -> list[str]:
    """A label for each idea, no two alike: the weightiest phrase of its sentence that no other one has.

    Ideas with the fewest phrases choose first.
    """
    here: dict[int, list[Phrase]] = {index: [] for index in ideas}
    for phrase in phrases:
        for index in phrase.sentences:
            if index in here:
                here[index].append(phrase)
    taken: set[str] = set()
    named: dict[int, str] = {}
    for index in sorted(here, key=lambda index: (len(here[index]), index)):
        label = next((phrase.label for phrase in here[index] if phrase.label.casefold() not in taken), "")
        if label:
            named[index] = label
            taken.add(label.casefold())
    for number, index in enumerate(ideas, start=1):
        if index not in named:
            nouns = (word.key.capitalize() for word in sentences[index].words if _noun(word.key, language))
            named[index] = next(
                (noun for noun in nouns if noun.casefold() not in taken), f"{language.passage} {number}"
            )
            taken.add(named[index].casefold())
    return [named[index] for index in ideas]


def _noun(key: str, language: Language) -> bool:
    """Whether a word can name something, if nothing better does."""
    if language.code != "en" or key in language.stops or key in NUMBERS:
        return False
    lex = lexicon.shipped()
    return len(key) > SHORT and lex.knows(key) and lex.letters(key).startswith("n")


def inside(phrase: Phrase, sentences: Sequence[Sentence]) -> str:
    """A phrase as it stands inside a sentence: small where it is no name, with the article it mostly has."""
    label = phrase.label
    first, _, rest = label.partition(" ")
    if first[1:].islower() and phrase.common:
        label = f"{first[:1].lower()}{first[1:]} {rest}".strip()
    before = Counter(_before(sentences, place) for place in phrase.places)
    definite = before["the"] + sum(before[word] for word in _POSSESSIVES)
    return f"the {label}" if 2 * definite >= len(phrase.places) else label


def _before(sentences: Sequence[Sentence], place: tuple[int, int, int]) -> str:
    index, begin, _ = place
    return sentences[index].words[begin - 1].key if begin else ""
