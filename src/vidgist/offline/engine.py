"""The embedded summarizer: no key, no network, no model to fetch; the same words always give the same note."""

import json
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from vidgist.errors import NoTranscript
from vidgist.models import Answer, Summary, Transcript, Usage, Video
from vidgist.offline import languages, sentences
from vidgist.offline.summarize import summarize
from vidgist.offline.words import split
from vidgist.offline.workers import Workers

VERSION = "11"
MODEL = "offline:"
EXTRACTIVE = (
    "picked from the talk's own words, without a language model; for a written summary name one: "
    "vidgist run --model PROVIDER:NAME"
)
MOST_CHARACTERS, _STRETCH = 1_400_000, 200
"""Of a talk that is read whole, twenty-five hours of speech; segments of a longer one that are read, or left out, together."""
_ALONE = Lock()


class OfflineSummarizer:
    """A `Summarizer` that takes the talk's own sentences.

    ``language`` is the wanted language of the summary; it cannot translate and says so in a notice where the
    transcript is in another. ``now`` gives the naive local time of an answer. ``close`` ends the processes that a long
    batch is shared among.
    """

    def __init__(
        self,
        language: str = "",
        now: Callable[[], datetime] = datetime.now,
        workers: Workers | None = None,
    ) -> None:
        self.fingerprint = f"{MODEL}{VERSION}" + (f" {language}" if language else "")
        self._language, self._now, self._workers = language, now, workers

    def summarize(self, video: Video, transcript: Transcript) -> Answer:
        """Return the answer. Raise `NoTranscript` where no word is said."""
        whole, transcript = len(transcript.text), readable(transcript)
        made = self._workers.summarize(video, transcript) if self._workers else None
        if made is None:
            with _ALONE:  # threads share one core: side by side they take more memory and no less time
                made = summary_of(video, transcript)
        summary, code = made
        notices = [EXTRACTIVE]
        wanted, spoken = (
            name.lower().split("-")[0] for name in (self._language, transcript.language or code)
        )
        if wanted and spoken and wanted != spoken:
            notices.append(
                f"offline: cannot translate; the summary is in the transcript's language ({spoken})"
            )
        if len(transcript.text) < whole:
            share = len(transcript.text) / whole
            notices.append(f"offline: too long to be read whole; stretches of it were, {share:.0%} in all")
        return Answer(summary=summary, model=MODEL, created=self._now(), notices=tuple(notices))

    def estimate(self, video: Video, transcript: Transcript) -> Usage:  # noqa: ARG002
        """Return nothing: no model is asked."""
        return Usage()

    def close(self) -> None:
        """End the processes of a long batch."""
        if self._workers:
            self._workers.close()


def readable(transcript: Transcript) -> Transcript:
    """Return the transcript, or evenly spread stretches of one that is too long to be read whole."""
    length, segments = len(transcript.text), transcript.segments
    if length <= MOST_CHARACTERS:
        return transcript
    share = MOST_CHARACTERS / length
    parts = [number // _STRETCH for number in range(len(segments))]
    kept = [one for one, n in zip(segments, parts, strict=True) if int((n + 1) * share) > int(n * share)]
    if not kept or sum(len(segment.text) for segment in kept) > 2 * MOST_CHARACTERS:
        most = max(1, MOST_CHARACTERS // max(1, len(segments)))
        kept = [one.model_copy(update={"text": one.text[:most].rpartition(" ")[0]}) for one in segments]
    return transcript.model_copy(update={"segments": tuple(kept)})


def summary_of(video: Video, transcript: Transcript) -> tuple[Summary, str]:
    """Return the summary of a talk and the code of its language. Raise `NoTranscript` where no word is said."""
    text = transcript.text
    keys = [word.key for word in split(text)]
    language = languages.detect(transcript.language or video.language, keys)
    said = sentences.of(transcript, video.chapters, language)
    if not said:
        told = "the transcript holds no words, only sounds" if keys else "the transcript is empty"
        raise NoTranscript(told, code="empty_transcript", video=video)
    return summarize(video, text, said, language), language.code


def serve() -> None:
    """Answer each talk, a line of standard input, until it ends; null where one cannot be done here (`workers`)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        try:
            video, transcript = json.loads(line)
            made, code = summary_of(Video.model_validate(video), Transcript.model_validate(transcript))
            answer = json.dumps([made.model_dump(mode="json"), code])
        except Exception:  # noqa: BLE001
            answer = "null"
        print(answer, flush=True)
