"""One talk becomes a summary: its passages, its conclusions where it has some, its course, its map. Pure."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from vidgist.models import ConceptMap, Evidence, Point, Summary, Video
from vidgist.offline import (
    conclusions,
    english,
    facts,
    framework,
    labels,
    mapping,
    passages,
    phrases,
    sentence_quality,
    stretches,
)
from vidgist.offline.facts import Fact
from vidgist.offline.languages import Language
from vidgist.offline.passages import Passage, Shown
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.spelling import Spelling

WORDS, SHARE, MOST, FEW = 110.0, 0.4, 8, 2
"""Words of the ideas together, at most this share of the talk; their number; passages of the right length below which
shorter ones count too."""
CONCLUSIONS, POINT = 2, (10.0, 24.0)
"""Conclusions, and the words of one."""
NEAR, REPEATS = 0.1, 3000
"""Share of what the passage nearest to the whole talk has that a conclusion has at least, less in talks of fewer words,
which say less of it twice."""
POINTING, TELLS, TOPIC_PHRASES = 0.85, 1.4, 2
"""Factors of a conclusion for each word that points, and where it says what a thing is for or does; phrases of a stretch in the framework."""
TOLD = 2.5
"""Factor of what a sentence says that a fact is taken from, in the choice of what a stretch is called by."""
_TELLS = english.pattern("tells")


def summarize(video: Video, text: str, said: Sequence[Sentence], language: Language) -> Summary:
    """Return the summary of a talk of these sentences."""
    words = [word for sentence in said for word in sentence.words]
    spelling = Spelling(text, words, (sentence.words[0].start for sentence in said), video, language)
    sentences = [replace(sentence, words=spelling.merge(sentence.words)) for sentence in said]
    return _Talk(video, text, sentences, language, spelling).summary()


class _Talk:
    """Holds what the parts of a summary are made from."""

    def __init__(
        self,
        video: Video,
        text: str,
        sentences: Sequence[Sentence],
        language: Language,
        spelling: Spelling,
    ) -> None:
        self.video, self.text, self.sentences = video, text, sentences
        self.language, self.spelling = language, spelling
        self.reader = passages.Reader(text, spelling, language, video.title)
        self.shown = self._own(self.reader.shown(sentences))
        self.weights = passages.weigh(self.shown)
        self.phrases = self._stated(phrases.extract(sentences, language, spelling.phrase))
        self.starts = stretches.cut(sentences, video.chapters, language)
        states = [language.code == "en" and one.factor > 0 for one in self.shown]
        found = facts.find(sentences, states, self.phrases, spelling.phrase)
        worth = [one.worth for one in self.shown]
        for fact in found:
            worth[fact.place] *= TOLD
        self.named = stretches.named(self.starts, self.phrases, worth, language)
        self.told = mapping.chosen(found, self._bounds())
        self.named = [
            mapping.called(own, self._in(span)) for own, span in zip(self.named, self._bounds(), strict=True)
        ]

    def summary(self) -> Summary:
        ends = self._ends()
        ideas = self._ideas([end for end, _ in ends])
        spares = [self._spare(bisect_right(self.starts, idea.first) - 1) for idea in ideas]
        spans = [(idea.first, idea.last) for idea in ideas]
        called = labels.of(spans, self.sentences, self.phrases, spares, self.language)
        core, fundamental = self._points(ends, ideas)
        return Summary(
            core_ideas=tuple(
                self._point(label, idea, self._text(idea)) for label, idea in zip(called, ideas, strict=True)
            ),
            core_point=core,
            fundamental_point=fundamental,
            framework=self._framework(),
            concept_map=self._map(),
        )

    def _own(self, said: Sequence[Shown]) -> list[Shown]:
        """Return the sentences; those of an advertisement are worth nothing."""
        sold = stretches.sold([one.text.lower() for one in said])
        return [replace(one, factor=0.0) if ad else one for one, ad in zip(said, sold, strict=True)]

    def _spare(self, stretch: int) -> list[Phrase]:
        """Return the phrases that a passage of a stretch can be called by: its own, and longer ones that it holds."""
        first, last = self._bounds()[stretch]
        held = [one for one in self.phrases if len(one.places) > 1 and not labels.lone(one)]
        longer = [one for one in held if any(first <= place[0] < last for place in one.places)]
        return [*self.named[stretch], *longer]

    def _stated(self, found: Sequence[Phrase]) -> list[Phrase]:
        """Return the phrases that what states something says half of the time; none of a talk without a whole sentence."""
        factors = [one.factor for one in self.shown]
        if max(factors, default=0.0) <= sentence_quality.FRAGMENT:
            return []
        return [one for one in found if 2 * sum(factors[at] > 0 for at, *_ in one.places) >= len(one.places)]

    def _ends(self) -> list[tuple[Passage, bool]]:
        """Return the passages that stand as conclusions, and whether each draws one."""
        least, most = POINT
        found = [
            passage
            for passage in self.reader.passages(self.shown, least)
            if passage.worth and passage.size <= most and passage.last - passage.first < CONCLUSIONS
        ]
        scored = sorted(found or self._all(), key=lambda passage: (-self._central(passage), passage.first))
        length = sum(one.size for one in self.shown)
        near = NEAR * self._central(scored[0]) * min(1.0, length / REPEATS)
        draws = [
            one
            for one in scored
            if self._central(one) >= near and conclusions.concludes(one, self.shown, self.language)
        ]
        chosen: list[Passage] = []
        for passage in [*draws, *scored]:
            apart = all(passage.first > other.last or other.first > passage.last for other in chosen)
            if apart and len(chosen) < CONCLUSIONS:
                chosen.append(passage)
        return [(passage, passage in draws) for passage in chosen]

    def _central(self, passage: Passage) -> float:
        said = self.shown[passage.first : passage.last + 1]
        pointing = sum(key in sentence_quality.POINTERS for one in said for key in one.keys)
        factor = POINTING**pointing * (
            TELLS if any(_TELLS.search(" ".join(one.keys)) for one in said) else 1.0
        )
        worth = passage.worth * passages.closing(passage, self.shown)
        return passages.centrality(passage, self.weights) * worth * factor

    def _all(self) -> list[Passage]:
        """Return every sentence that states anything, whatever its form; where none does every one."""
        said = [index for index, one in enumerate(self.shown) if one.text]
        spoken = [index for index in said if self.shown[index].factor] or said or range(len(self.shown))
        return [
            Passage(index, index, max(1.0, self.shown[index].size), frozenset(self.shown[index].units), 1.0)
            for index in spoken
        ]

    def _ideas(self, ends: Sequence[Passage]) -> list[Passage]:
        """Return the passages of the ideas in the talk's order."""
        said = sum(one.size for one in self.shown)
        budget = max(passages.LONGEST, min(WORDS, SHARE * said))

        def chosen(found: Sequence[Passage], taken: Sequence[Passage] = ends) -> list[Passage]:
            return passages.choose(found, self.weights, budget, MOST, taken)

        found = chosen(self.reader.passages(self.shown))
        if len(found) < FEW:
            found = chosen(self.reader.passages(self.shown, POINT[0])) or found
        found = found or chosen(self._all()) or chosen(self._all(), ()) or self._all()[:1]
        return sorted(found, key=lambda passage: passage.first)

    def _text(self, passage: Passage) -> str:
        joined = "" if self.language.dense else " "
        shown = [one.text for one in self.shown[passage.first : passage.last + 1] if one.text]
        return (joined.join(shown) if self.phrases else "") or self._quote(passage)

    def _quote(self, passage: Passage) -> str:
        return self.text[self.sentences[passage.first].start : self.sentences[passage.last].end]

    def _point(self, label: str, passage: Passage, text: str) -> Point:
        start = self.sentences[passage.first].seconds
        return Point(label=label, text=text, evidence=(Evidence(quote=self._quote(passage), start=start),))

    def _points(self, ends: Sequence[tuple[Passage, bool]], ideas: Sequence[Passage]) -> Iterator[Point]:
        """Return the conclusions, or what stands in their place and says so: no passage is shown twice."""
        nearest, next_, none = self.language.instead
        frames, said = [nearest, next_], [self._text(idea) for idea in ideas]
        for label in self.language.conclusions:
            text, ends = "", list(ends)
            while ends and not text:
                (passage, draws), *ends = ends
                own = self._text(passage)
                if not any(own in other or other in own for other in said):
                    text = own if draws else frames.pop(0).format(own)
                    said.append(own)
            yield self._point(label, passage if text else ideas[0], text or none)

    def _framework(self) -> str:
        about = stretches.about(self.phrases, self.video.title, self.language)
        kept = map(framework.weighty, self.named) if self.language.code == "en" else self.named
        parts = [self._listed(found[:TOPIC_PHRASES]) for found in kept]
        return framework.compose(self._listed(about), parts, self.language)

    def _bounds(self) -> list[tuple[int, int]]:
        return list(pairwise([*self.starts, len(self.sentences)]))

    def _in(self, span: mapping.Span) -> list[Fact]:
        """Return the facts that are told in a stretch."""
        return [fact for fact in self.told if span[0] <= fact.place < span[1]]

    def _listed(self, found: Sequence[Phrase]) -> list[str]:
        return [labels.inside(phrase, self.sentences) for phrase in found]

    def _map(self) -> ConceptMap:
        names = [
            found[0].label if found else f"{self.language.passage} {number}"
            for number, found in enumerate(self.named, start=1)
        ]
        named = [own[:2] if self.language.code == "en" else own for own in self.named]
        few = len(self.told) < mapping.FEW
        outline = mapping.outline(self._bounds(), named, self.language) if few else []
        title = self.video.title or self.language.kind.capitalize()
        return mapping.draw(title, names, self._bounds(), [*self.told, *outline], self.language)
