"""The embedded summarizer: no key, no network, no model to fetch; the same words always give the same note."""

from collections.abc import Callable, Sequence
from datetime import datetime

from vidgist.errors import NoTranscript
from vidgist.models import Answer, Evidence, Point, Summary, Transcript, Usage, Video
from vidgist.offline import display, framework, languages, mapping, parts, phrases, ranking, topics, worth
from vidgist.offline.boundaries import Weights
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence, of
from vidgist.offline.spelling import Spelling
from vidgist.offline.words import Word, split, terms

VERSION = "1"
MODEL = "offline:"
IDEA_WORDS = 150.0
MOST_IDEAS = 8
LEAST_IDEAS = 3


class OfflineSummarizer:
    """A `Summarizer` that takes the talk's own sentences.

    ``language`` is the wanted language of the summary; it cannot translate and says so in a notice where the
    transcript is in another. ``now`` gives the naive local time of an answer. ``weights`` are of another
    boundary model than the shipped one.
    """

    def __init__(
        self,
        language: str = "",
        now: Callable[[], datetime] = datetime.now,
        weights: Weights | None = None,
    ) -> None:
        self.fingerprint = f"{MODEL}{VERSION}"
        self._language = language
        self._now = now
        self._weights = weights

    def summarize(self, video: Video, transcript: Transcript) -> Answer:
        """Raises `NoTranscript` where no word is said."""
        text = transcript.text
        keys = [word.key for word in split(text)]
        if not keys:
            raise NoTranscript("the transcript is empty", code="empty_transcript", video=video)
        language = languages.detect(transcript.language or video.language, keys)
        notices = []
        wanted = self._language.lower().split("-")[0]
        spoken = (transcript.language.lower().split("-")[0]) or language.code
        if wanted and spoken and wanted != spoken:
            notices.append(
                f"offline: cannot translate; the summary is in the transcript's language ({spoken})"
            )
        sentences = parts.enough(of(transcript, video.chapters, language, self._weights), text)
        summary = _Talk(video, text, sentences, language).summary()
        return Answer(summary=summary, model=MODEL, created=self._now(), notices=tuple(notices))

    def estimate(self, video: Video, transcript: Transcript) -> Usage:  # noqa: ARG002
        """Nothing: no model is asked."""
        return Usage()


class _Talk:
    """One talk while it is summarized."""

    def __init__(self, video: Video, text: str, sentences: list[Sentence], language: Language) -> None:
        self.video = video
        self.text = text
        self.sentences = sentences
        self.language = language
        self.spelling = Spelling(
            text,
            [word for sentence in sentences for word in sentence.words],
            (sentence.words[0].start for sentence in sentences),
            video,
            language,
        )
        self.shown = [self._show(sentence) for sentence in sentences]
        self.terms = [tuple(terms(list(sentence.words), language.stops)) for sentence in sentences]
        self.weights = ranking.weigh(self.terms)
        self.phrases = phrases.extract(sentences, language, self._spell)

    def _show(self, sentence: Sentence) -> str:
        tail = self.text[sentence.words[-1].end : sentence.end]
        mark = next((mark for mark in "?؟？" if mark in tail), "")
        shown = display.tidy(self.text, sentence.words, self.spelling, self.language, mark)
        if not mark and worth.asks(shown, self.language) and shown.endswith("."):
            shown = shown[:-1] + "?"
        return shown

    def _spell(self, words: Sequence[Word]) -> str:
        shown = []
        index = 0
        while index < len(words):
            word = words[index]
            name = self.spelling.joined(word.key, words[index + 1].key) if index + 1 < len(words) else ""
            shown.append(name or self.spelling.word(self.text[word.start : word.end], word.key))
            index += 2 if name else 1
        gap = "" if words[0].dense else " "
        label = gap.join(shown).removesuffix("'s").strip()
        return label[:1].upper() + label[1:]

    def summary(self) -> Summary:
        ideas, core, fundamental = self._points()
        starts = self._topics()
        labels = self._labels(ideas)
        named = self._named(starts)
        titles = self._titles(named, starts)
        return Summary(
            core_ideas=tuple(self._point(label, index) for label, index in zip(labels, ideas, strict=True)),
            core_point=self._point(self.language.core, core),
            fundamental_point=self._point(self.language.fundamental, fundamental),
            framework=framework.compose([[_low(label) for label in found] for found in named], self.language)
            or self.shown[core],
            concept_map=mapping.draw(self.sentences, self.phrases, starts, titles, self.language),
        )

    def _points(self) -> tuple[list[int], int, int]:
        """The sentences of the ideas in the talk's order, of the core point and of the fundamental point."""
        count = len(self.sentences)
        candidates = [
            ranking.Candidate(
                self.terms[index],
                float(max(1, len(self.shown[index].split())))
                if self.language.code not in ("zh", "ja")
                else sentence.size,
                worth.judge(sentence, self.shown[index], self.language) * ranking.position(index, count),
            )
            for index, sentence in enumerate(self.sentences)
        ]
        chosen = ranking.choose(candidates, self.weights, IDEA_WORDS, MOST_IDEAS + 2)
        rest = [index for index in range(count) if index not in chosen]
        rest.sort(key=lambda index: (-ranking.centrality(self.terms[index], self.weights), index))
        chosen += rest[: max(0, LEAST_IDEAS + 2 - len(chosen))]
        if len(chosen) < LEAST_IDEAS + 2:
            ideas = sorted(chosen)
            core = max(chosen, key=lambda index: (ranking.centrality(self.terms[index], self.weights), index))
            return ideas, core, min(ideas, key=lambda index: (index == core, -len(self.terms[index]), index))
        core = max(chosen, key=lambda index: (self._central(index) * (1 + index / count), -index))
        fundamental = max(
            (index for index in chosen if index != core), key=lambda index: (self._central(index), -index)
        )
        return sorted(index for index in chosen if index not in (core, fundamental)), core, fundamental

    def _central(self, index: int) -> float:
        return ranking.centrality(self.terms[index], self.weights) * worth.judge(
            self.sentences[index], self.shown[index], self.language
        )

    def _topics(self) -> list[int]:
        words = sum(len(found) for found in self.terms)
        count = max(1, min(5, words // 60))
        begins = []
        for chapter in self.video.chapters:
            begins += [
                index
                for index, sentence in enumerate(self.sentences)
                if (sentence.seconds or 0.0) >= chapter.start
            ][:1]
        return topics.cut(self.terms, count, begins)

    def _named(self, starts: list[int]) -> list[list[str]]:
        """For each topic its up to three phrases that no earlier one took."""
        taken: set[str] = set()
        named = []
        for number, start in enumerate(starts):
            end = starts[number + 1] if number + 1 < len(starts) else len(self.sentences)
            scored = []
            for phrase in self.phrases:
                inside = sum(start <= place[0] < end for place in phrase.places)
                if inside:
                    share = inside / len(phrase.places)
                    scored.append((phrase.score * inside**0.5 * share, phrase))
            scored.sort(key=lambda pair: (-pair[0], pair[1].places[0]))
            found: list[Phrase] = []
            for _, phrase in scored[:40]:
                if len(found) == 3:
                    break
                if not taken & set(phrase.stems):
                    found.append(phrase)
                    taken.update(phrase.stems)
            named.append([phrase.label for phrase in found])
        return named

    def _titles(self, named: list[list[str]], starts: list[int]) -> list[str]:
        return [
            found[0] if found else f"{self.language.passage} {number}"
            for number, found in enumerate(named, start=1)
        ]

    def _labels(self, ideas: list[int]) -> list[str]:
        taken: set[str] = set()
        labels = []
        here: dict[int, list[Phrase]] = {index: [] for index in ideas}
        for phrase in self.phrases:
            for index in phrase.sentences:
                if index in here:
                    here[index].append(phrase)
        for number, index in enumerate(ideas, start=1):
            found = next((phrase.label for phrase in here[index] if phrase.label.casefold() not in taken), "")
            label = found or f"{self.language.passage} {number}"
            taken.add(label.casefold())
            labels.append(label)
        return labels

    def _point(self, label: str, index: int) -> Point:
        sentence = self.sentences[index]
        quote = Evidence(quote=self.text[sentence.start : sentence.end], start=sentence.seconds)
        return Point(label=label, text=self.shown[index] or quote.quote, evidence=(quote,))


def _low(label: str) -> str:
    """A label inside a sentence: its first letter small where that is not a name's."""
    first, _, rest = label.partition(" ")
    if first[1:].islower() and not languages.ENGLISH.stops & {first}:
        first = first[:1].lower() + first[1:]
    return f"{first} {rest}".strip()
