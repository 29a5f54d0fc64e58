"""One talk becomes a summary: its passages, its conclusions where it has some, its course, its map. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from vidgist.models import ConceptMap, Evidence, Point, Summary, Video
from vidgist.offline import conclusions, framework, labels, mapping, passages, phrases, ranking, stretches
from vidgist.offline.languages import Language
from vidgist.offline.mapping import Stretch
from vidgist.offline.passages import Passage, Shown
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.spelling import Spelling

WORDS, SHARE, MOST = 125.0, 0.4, 8
"""Words of the ideas together, at most this share of the talk, and their number."""
CONCLUSIONS = 2
FEW = 2
"""Passages of the right length below which shorter ones count too."""
POINT = (10.0, 28.0)
"""Words of a conclusion."""
NEAR = 0.25
"""Share of what the passage nearest to the whole talk has that a conclusion has at least."""
TOPIC_PHRASES = 2
"""Phrases of a stretch in the framework."""


def summarize(
    video: Video,
    text: str,
    said: Sequence[Sentence],
    language: Language,
) -> Summary:
    """The summary of a talk of these sentences."""
    spelling = Spelling(
        text,
        [word for sentence in said for word in sentence.words],
        (sentence.words[0].start for sentence in said),
        video,
        language,
    )
    sentences = [replace(sentence, words=spelling.merge(sentence.words)) for sentence in said]
    if language.code == "en":
        spelling.learn(word for sentence in sentences for word in sentence.words)
    reader = passages.Reader(text, spelling, language)
    return _Talk(video, text, sentences, language, spelling, reader.shown(sentences), reader).summary()


class _Talk:
    """Holds what the parts of a summary are made from."""

    def __init__(
        self,
        video: Video,
        text: str,
        sentences: Sequence[Sentence],
        language: Language,
        spelling: Spelling,
        shown: Sequence[Shown],
        reader: passages.Reader,
    ) -> None:
        self.video, self.text, self.language, self.spelling = video, text, language, spelling
        self.sentences, self.shown, self.reader = sentences, shown, reader
        self.weights = passages.weigh(shown)
        self.phrases = phrases.extract(sentences, language, spelling.phrase)
        self.starts = stretches.cut(sentences, video.chapters, language)
        self.named = stretches.named(self.starts, self.phrases, len(sentences))

    def summary(self) -> Summary:
        ends, drawn = self._ends()
        ideas = self._ideas(ends)
        spares = [self.named[self._stretch(idea.first)] for idea in ideas]
        spans = [(idea.first, idea.last) for idea in ideas]
        called = labels.of(spans, self.sentences, self.phrases, spares, self.language, self.spelling)
        core, fundamental = (self._end(number, ends, drawn) for number in range(CONCLUSIONS))
        return Summary(
            core_ideas=tuple(
                self._point(label, idea, self._text(idea)) for label, idea in zip(called, ideas, strict=True)
            ),
            core_point=core,
            fundamental_point=fundamental,
            framework=self._framework(),
            concept_map=self._map(),
        )

    def _ends(self) -> tuple[list[Passage], int]:
        """The two passages that stand as conclusions, and how many of them draw one."""
        least, most = POINT
        found = [
            passage
            for passage in self.reader.passages(self.shown, least)
            if passage.size <= most and passage.last - passage.first < CONCLUSIONS
        ]
        found = [passage for passage in found if passage.worth] or self._all()
        scored = sorted(found, key=lambda passage: (-self._central(passage), passage.first))
        near = NEAR * self._central(scored[0])
        draws = [
            one
            for one in scored
            if self._central(one) >= near and conclusions.concludes(one, self.shown, self.language)
        ]
        chosen: list[Passage] = []
        drawn = 0
        for passage in [*draws, *scored]:
            if len(chosen) < CONCLUSIONS and not any(_overlap(passage, other) for other in chosen):
                drawn += passage in draws
                chosen.append(passage)
        return chosen or self._all()[:1], drawn

    def _central(self, passage: Passage) -> float:
        return ranking.centrality(passage, self.weights) * passage.worth

    def _all(self) -> list[Passage]:
        """Every sentence that says anything, whatever its form; where none does every one."""
        spoken = [index for index, one in enumerate(self.shown) if one.text] or range(len(self.shown))
        return [
            Passage(index, index, max(1.0, self.shown[index].size), frozenset(self.shown[index].units), 1.0)
            for index in spoken
        ]

    def _ideas(self, ends: Sequence[Passage]) -> list[Passage]:
        """The passages of the ideas in the talk's order."""
        said = sum(one.size for one in self.shown)
        budget = max(passages.LONGEST, min(WORDS, SHARE * said))
        found = self._chosen(self.reader.passages(self.shown), budget, ends)
        if len(found) < FEW:
            found = self._chosen(self.reader.passages(self.shown, POINT[0]), budget, ends) or found
        if not found:
            found = self._chosen(self._all(), budget, ()) or self._all()[:1]
        return sorted(found, key=lambda passage: passage.first)

    def _chosen(self, found: Sequence[Passage], budget: float, ends: Sequence[Passage]) -> list[Passage]:
        return ranking.choose(found, self.weights, budget, MOST, ends)

    def _text(self, passage: Passage) -> str:
        joined = "" if self.language.dense else " "
        shown = [one for one in self.shown[passage.first : passage.last + 1] if one.text]
        return joined.join(one.text for one in shown) or self._quote(passage)

    def _quote(self, passage: Passage) -> str:
        return self.text[self.sentences[passage.first].start : self.sentences[passage.last].end]

    def _point(self, label: str, passage: Passage, text: str) -> Point:
        start = self.sentences[passage.first].seconds
        return Point(label=label, text=text, evidence=(Evidence(quote=self._quote(passage), start=start),))

    def _end(self, number: int, ends: Sequence[Passage], drawn: int) -> Point:
        """A conclusion, or what stands in its place and says so."""
        passage = ends[min(number, len(ends) - 1)]
        text = self._text(passage)
        if number >= drawn:
            first = number == drawn
            text = (self.language.nearest if first else self.language.second).format(text)
        label = self.language.fundamental if number else self.language.core
        return self._point(label, passage, text)

    def _stretch(self, sentence: int) -> int:
        return bisect_right(self.starts, sentence) - 1

    def _framework(self) -> str:
        about = stretches.about(self.phrases, self.video.title, self.language)
        parts = [self._listed(found[:TOPIC_PHRASES]) for found in self.named]
        return framework.compose(self._listed(about), parts, self.language)

    def _listed(self, found: Sequence[Phrase]) -> list[str]:
        return [labels.inside(phrase, self.sentences) for phrase in found]

    def _map(self) -> ConceptMap:
        bounds = pairwise([*self.starts, len(self.sentences)])
        drawn = [
            Stretch(found[0].label if found else f"{self.language.passage} {number}", first, last, found)
            for number, ((first, last), found) in enumerate(zip(bounds, self.named, strict=True), start=1)
        ]
        title = self.video.title or self.language.kind.capitalize()
        return mapping.draw(title, drawn, self.sentences, self.phrases, self.language)


def _overlap(one: Passage, other: Passage) -> bool:
    return one.first <= other.last and other.first <= one.last
