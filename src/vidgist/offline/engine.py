"""The embedded summarizer: no key, no network, no model to fetch; the same words always give the same note."""

from collections.abc import Callable
from datetime import datetime

from vidgist.errors import NoTranscript
from vidgist.models import Answer, Transcript, Usage, Video
from vidgist.offline import languages, parts, sentences, tagging
from vidgist.offline.boundaries import Weights
from vidgist.offline.tagging import Table
from vidgist.offline.talk import Talk
from vidgist.offline.words import split

VERSION = "6"
MODEL = "offline:"


class OfflineSummarizer:
    """A `Summarizer` that takes the talk's own sentences.

    ``language`` is the wanted language of the summary; it cannot translate and says so in a notice where the
    transcript is in another. ``now`` gives the naive local time of an answer. ``weights`` and ``tags``
    are of other models of sentence bounds and of parts of speech than the shipped ones.
    """

    def __init__(
        self,
        language: str = "",
        now: Callable[[], datetime] = datetime.now,
        weights: Weights | None = None,
        tags: Table | None = None,
    ) -> None:
        self.fingerprint = f"{MODEL}{VERSION}" + (f" {language}" if language else "")
        self._language = language
        self._now = now
        self._weights = weights
        self._tags = tags

    def summarize(self, video: Video, transcript: Transcript) -> Answer:
        """Raises `NoTranscript` where no word is said."""
        text = transcript.text
        keys = [word.key for word in split(text)]
        if not keys:
            raise NoTranscript("the transcript is empty", code="empty_transcript", video=video)
        language = languages.detect(transcript.language or video.language, keys)
        said = sentences.of(transcript, video.chapters, language, self._weights)
        if not said:
            raise NoTranscript(
                "the transcript holds no words, only sounds", code="empty_transcript", video=video
            )
        time = sentences.Places(transcript).time
        tags = self._tags or tagging.shipped()
        summary = Talk(video, text, said, language, time, tags).summary()
        notices = self._notices(transcript.language, language.code, len(keys))
        return Answer(summary=summary, model=MODEL, created=self._now(), notices=notices)

    def estimate(self, video: Video, transcript: Transcript) -> Usage:  # noqa: ARG002
        """Nothing: no model is asked."""
        return Usage()

    def _notices(self, named: str, detected: str, words: int) -> tuple[str, ...]:
        notices = []
        wanted, spoken = (code.lower().split("-")[0] for code in (self._language, named or detected))
        if wanted and spoken and wanted != spoken:
            notices.append(
                f"offline: cannot translate; the summary is in the transcript's language ({spoken})"
            )
        if words < parts.LEAST:
            notices.append("the transcript is too short for three ideas: its words stand more than once")
        return tuple(notices)
