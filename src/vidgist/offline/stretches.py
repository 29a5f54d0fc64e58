"""What the stretches of a talk are called, and what all of it is about."""

from collections.abc import Sequence
from itertools import pairwise

from vidgist.models import Chapter
from vidgist.offline import common, topics
from vidgist.offline.labels import lone
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import split, terms

TOPICS, TOPIC_TERMS = 5, 60
"""At most so many stretches, and so many content words to each."""
PHRASES = 8
"""Phrases of a stretch."""
LONE = 0.35
"""Factor of a single word among them."""
ABOUT = 2
"""Phrases that say what the whole talk is about."""
TITLED = 2.0
"""Factor of those with a word of its title."""
SPEAKS = 0.3
"""Weight from which a word tells one stretch from another."""


def cut(sentences: Sequence[Sentence], chapters: Sequence[Chapter], language: Language) -> list[int]:
    """The first sentence of each stretch."""
    said = [
        [term for term in terms(sentence.words, language.stops) if common.weight(term) >= SPEAKS]
        for sentence in sentences
    ]
    begins = [
        next((at for at, sentence in enumerate(sentences) if (sentence.seconds or 0.0) >= chapter.start), 0)
        for chapter in chapters
    ]
    return topics.cut(said, max(1, min(TOPICS, sum(map(len, said)) // TOPIC_TERMS)), begins)


def named(starts: Sequence[int], phrases: Sequence[Phrase], count: int) -> list[list[Phrase]]:
    """For each stretch its own weightiest phrases, none of whose words an earlier one took."""
    taken: set[str] = set()
    found = []
    for start, end in pairwise([*starts, count]):
        scored = []
        for phrase in phrases:
            inside = sum(start <= place[0] < end for place in phrase.places)
            if inside:
                factor = LONE if lone(phrase) else 1.0
                scored.append((factor * phrase.score * inside**1.5 / len(phrase.places), phrase))
        scored.sort(key=lambda pair: (-pair[0], pair[1].places[0]))
        own: list[Phrase] = []
        for _, phrase in scored:
            if len(own) == PHRASES:
                break
            if not taken & set(phrase.stems):
                own.append(phrase)
                taken.update(phrase.stems)
        found.append(own)
    return found


def about(phrases: Sequence[Phrase], title: str, language: Language) -> list[Phrase]:
    """The weightiest phrases of the whole talk, first those that its title names, no word of which is in another."""
    words = set(terms(split(title), language.stops))

    def weight(phrase: Phrase) -> float:
        return phrase.score * (TITLED if words.intersection(phrase.stems) else 1.0)

    found: list[Phrase] = []
    for phrase in sorted(phrases, key=lambda phrase: -weight(phrase)):
        if len(found) < ABOUT and not any(set(phrase.stems) & set(other.stems) for other in found):
            found.append(phrase)
    return found
