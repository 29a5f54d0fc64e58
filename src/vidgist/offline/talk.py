"""One talk while it is summarized: which of its sentences become which part of the summary. Pure."""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from itertools import pairwise

from vidgist.models import Evidence, Point, Summary, Video
from vidgist.offline import (
    conclusions,
    framework,
    labels,
    mapping,
    mending,
    parts,
    phrases,
    ranking,
    tagging,
    topics,
    worth,
)
from vidgist.offline.framework import Course
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.spelling import Spelling
from vidgist.offline.statements import Cutter, Statement
from vidgist.offline.tagging import Table
from vidgist.offline.words import pairs, size, split, terms

WORDS = 150.0
"""Of the ideas and the two conclusions together."""
WIDE = 1.5
"""How much more of the talk the conclusions are chosen from than a reader gets."""
MOST, LEAST = 8, 3
"""Core ideas."""
CONCLUSIONS = 2
TOPICS, TOPIC_TERMS = 5, 40
"""At most so many topics, and so many content words to each."""
TOPIC_PHRASES, SPARE_PHRASES = 2, 5
"""Phrases of a topic in the framework, and with those that ideas without one are named by."""
LONE = 0.6
"""Factor of a common noun alone among them."""
ABOUT = 2
"""Phrases that say what the whole talk is about."""
TITLED = 2.0
"""Factor of those with a word of its title."""
EDGE = 0.1
"""Share of a talk at its beginning, and at its end, that speaks of the talk itself."""
GUESSED = 0.7
"""Exponent of how sure the bounds of a statement are: what is guessed counts less."""
RETURN = 2
"""Stretches above which the last can come back to something."""
FLOOR = 0.06
"""Worth below which a statement is taken only where there are too few others."""
NAMELESS = 0.2
"""Factor of a statement that names nothing."""
PLAIN = 3
"""How much more a conclusion has to stand alone than an idea."""
FULL = 12.0
"""Words from which a statement is long enough to be a conclusion."""
LATE = 0.5
"""How much more the last statement is like a conclusion than the first."""


class Talk:
    """Holds what the parts of a summary are made from. ``time`` tells when a place of the text is said."""

    def __init__(
        self,
        video: Video,
        text: str,
        sentences: list[Sentence],
        language: Language,
        time: Callable[[int], float | None],
        tags: Table,
    ) -> None:
        self.video = video
        self.text = text
        self.language = language
        self.spelling = Spelling(
            text,
            [word for sentence in sentences for word in sentence.words],
            (sentence.words[0].start for sentence in sentences),
            video,
            language,
        )
        sentences = [replace(sentence, words=self.spelling.merge(sentence.words)) for sentence in sentences]
        if language.code == "en":
            sentences = mending.mend(_tagged(sentences, tags))
            self.spelling.learn(word for sentence in sentences for word in sentence.words)
        self.sentences = sentences = parts.enough(sentences, text)
        self.statements = Cutter(text, self.spelling, language, time).of(sentences)
        self.terms = [terms(sentence.words, language.stops) for sentence in sentences]
        self.units = [self._units(statement) for statement in self.statements]
        self.weights = ranking.weigh(self.units)
        self.worth = [
            worth.judge(statement.keys, statement.shown, whole=statement.whole, language=language)
            * math.pow(statement.sure, GUESSED)
            for statement in self.statements
        ]
        self.phrases = phrases.extract(
            sentences, language, lambda words: labels.spell(words, text, self.spelling)
        )
        named = {place[0] for phrase in self.phrases for place in phrase.places}
        for index, statement in enumerate(self.statements):
            if statement.index not in named:
                self.worth[index] *= NAMELESS

    def _units(self, statement: Statement) -> list[Hashable]:
        stops, fillers = self.language.stops, self.language.fillers
        spoken = [word for word in statement.words if word.key not in fillers]
        return [*terms(statement.words, stops), *pairs(spoken, stops)]

    def summary(self) -> Summary:
        ideas, core, fundamental = self._points()
        starts = self._topics()
        named = self._named(starts)
        titles = [
            found[0].label if found else f"{self.language.passage} {number}"
            for number, found in enumerate(named, start=1)
        ]
        spoken = [self.statements[index] for index in ideas]
        spares = [named[bisect_right(starts, statement.index) - 1] for statement in spoken]
        titled = labels.of(spoken, self.phrases, spares, self.language, self.text, self.spelling)
        about = self._about()
        course = Course(
            stretches=[self._listed(found[:TOPIC_PHRASES]) for found in named],
            about=self._listed(about),
            returning=self._returning(starts, [*about, *named[-1][:TOPIC_PHRASES]]),
            core=bisect_right(starts, self.statements[core].index) - 1,
            kind=self._kind(),
        )
        return Summary(
            core_ideas=tuple(self._point(label, index) for label, index in zip(titled, ideas, strict=True)),
            core_point=self._point(self.language.core, core),
            fundamental_point=self._point(self.language.fundamental, fundamental),
            framework=framework.compose(course, self.language) or self.statements[core].shown,
            concept_map=mapping.draw(self.sentences, self.phrases, starts, titles, self.language, self.text),
        )

    def _points(self) -> tuple[list[int], int, int]:
        """The statements of the ideas in the talk's order, of the core point and of the fundamental point."""
        count = len(self.statements)
        candidates = [
            ranking.Candidate(
                frozenset(units),
                self._size(index),
                self.worth[index] * ranking.position(index, count) if self.worth[index] >= FLOOR else 0.0,
            )
            for index, units in enumerate(self.units)
        ]
        wide = ranking.choose(candidates, self.weights, WIDE * WORDS, round(WIDE * (MOST + CONCLUSIONS)))
        if len(wide) < LEAST + CONCLUSIONS:
            rest = sorted(set(range(count)) - set(wide), key=lambda index: (-self._central(index), index))
            wide += rest[: LEAST + CONCLUSIONS - len(wide)]
        core = max(wide, key=lambda index: (self._concludes(index) * (1 + LATE * index / count), -index))
        others = [index for index in wide if index != core]
        fundamental = max(others, key=lambda index: (self._concludes(index), -index))
        ideas = self._fitting([index for index in others if index != fundamental], core, fundamental)
        # A short talk has no sentences to spare: its ideas are its conclusions too.
        return sorted(ideas if len(ideas) >= LEAST else wide[:MOST]), core, fundamental

    def _fitting(self, chosen: Sequence[int], *conclusions: int) -> list[int]:
        """The first of those chosen that fit the length beside the conclusions."""
        room = WORDS - sum(self._size(index) for index in conclusions)
        ideas: list[int] = []
        for index in chosen:
            if len(ideas) < MOST and (len(ideas) < LEAST or self._size(index) <= room):
                ideas.append(index)
                room -= self._size(index)
        return ideas

    def _size(self, index: int) -> float:
        statement = self.statements[index]
        if any(word.dense for word in statement.words):
            return max(1.0, size(statement.words))
        return float(max(1, len(statement.shown.split())))

    def _central(self, index: int) -> float:
        full = min(1.0, self._size(index) / FULL)
        return (
            ranking.centrality(self.units[index], self.weights) * (self.worth[index] ** PLAIN + 0.01) * full
        )

    def _concludes(self, index: int) -> float:
        statement = self.statements[index]
        words = self.sentences[statement.index].words
        before = words[statement.first - 1].key if statement.first else ""
        return self._central(index) * conclusions.weigh(
            statement.words, statement.keys, before, self.language
        )

    def _topics(self) -> list[int]:
        said = sum(len(found) for found in self.terms)
        begins = []
        for chapter in self.video.chapters:
            after = (
                index
                for index, sentence in enumerate(self.sentences)
                if (sentence.seconds or 0.0) >= chapter.start
            )
            begins += [next(after, 0)]
        return topics.cut(self.terms, max(1, min(TOPICS, said // TOPIC_TERMS)), begins)

    def _named(self, starts: list[int]) -> list[list[Phrase]]:
        """For each topic its own weightiest phrases, none of whose words an earlier one took."""
        taken: set[str] = set()
        named = []
        for number, start in enumerate(starts):
            end = starts[number + 1] if number + 1 < len(starts) else len(self.sentences)
            scored = []
            for phrase in self.phrases:
                inside = sum(start <= place[0] < end for place in phrase.places)
                if inside:
                    lone = LONE if phrase.common and len(phrase.stems) == 1 else 1.0
                    scored.append((lone * phrase.score * inside**1.5 / len(phrase.places), phrase))
            scored.sort(key=lambda pair: (-pair[0], pair[1].places[0]))
            found: list[Phrase] = []
            for _, phrase in scored:
                if len(found) == SPARE_PHRASES:
                    break
                if not taken & set(phrase.stems):
                    found.append(phrase)
                    taken.update(phrase.stems)
            named.append(found)
        return named

    def _listed(self, found: Sequence[Phrase]) -> list[str]:
        return [labels.inside(phrase, self.sentences) for phrase in found]

    def _returning(self, starts: list[int], told: Sequence[Phrase]) -> str:
        """What the last stretch comes back to: spoken of in an earlier one and not in that before it; empty if nothing is."""
        last = len(starts)
        for phrase in self.phrases:
            counts = Counter(bisect_right(starts, place[0]) for place in phrase.places)
            gone = last > RETURN and not counts[last - 1]
            apart = all(not set(phrase.stems) & set(other.stems) for other in told)
            if gone and apart and counts[last] > 1 and max(counts[at] for at in range(1, last - 1)) > 1:
                return labels.inside(phrase, self.sentences)
        return ""

    def _about(self) -> list[Phrase]:
        """The weightiest phrases of the whole talk, first those that its title names, no word of which is in another."""
        title = set(terms(split(self.video.title), self.language.stops))
        found: list[Phrase] = []
        for phrase in sorted(
            self.phrases,
            key=lambda phrase: -phrase.score * (1.0 if title.isdisjoint(phrase.stems) else TITLED),
        ):
            if len(found) < ABOUT and not any(set(phrase.stems) & set(other.stems) for other in found):
                found.append(phrase)
        return found

    def _kind(self) -> str:
        """What the talk calls itself: a meeting, a lecture …; empty where it does not say."""
        counts: Counter[str] = Counter()
        many = len(self.sentences)
        for index, sentence in enumerate(self.sentences):
            telling = self.language.pointers
            if min(index, many - 1 - index) < EDGE * many:
                telling |= self.language.articles
            counts.update(
                right.key
                for left, right in pairwise(sentence.words)
                if right.key in self.language.kinds and left.key in telling
            )
        best = counts.most_common(1)
        return best[0][0] if best and best[0][1] > 1 else ""

    def _point(self, label: str, index: int) -> Point:
        statement = self.statements[index]
        quote = Evidence(quote=self.text[statement.start : statement.end], start=statement.seconds)
        return Point(label=label, text=statement.shown or quote.quote, evidence=(quote,))


def _tagged(sentences: Sequence[Sentence], table: Table) -> list[Sentence]:
    """The sentences with the part of speech of each word."""
    letters = iter(tagging.tag([word.key for sentence in sentences for word in sentence.words], table))
    return [
        replace(sentence, words=tuple(word._replace(tag=next(letters)) for word in sentence.words))
        for sentence in sentences
    ]
