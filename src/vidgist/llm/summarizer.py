"""The summarizer over a language model: a question put, the reply read, its statements grounded.

fits the window:   one call
does not:          notes on each part, all at once -> one call over the notes, condensed while too long
after either:      one more call where a statement does not stand on the transcript
"""

import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from copy import copy
from datetime import datetime

from vidgist.errors import BadReply, ItemError, NoTranscript, TooLong, Transient
from vidgist.evidence import Checker, Concordance, Passage
from vidgist.llm import (
    draft_checks,
    drafts,
    extras,
    language_names,
    long_talks,
    prompts,
    replies,
    sizes,
    summary_assembly,
)
from vidgist.llm.context_window import ContextWindow
from vidgist.llm.dialogue import Dialogue, ItemwiseCalls
from vidgist.llm.draft_checks import Correction, Findings
from vidgist.llm.drafts import Draft
from vidgist.llm.extracts import Extract
from vidgist.llm.filled_prompts import Questions
from vidgist.llm.long_talks import Index
from vidgist.llm.prompts import Prompt
from vidgist.llm.reply_retries import ReplyRetries
from vidgist.llm.splitting import Part
from vidgist.models import Answer, Request, Transcript, Usage, Video
from vidgist.text import tokens, transcript

_LEVELS = 5
"""How often notes are condensed until they fit one call."""

_LEAST_NOTES = 400
"""Tokens of notes of which a summary can be made."""

_USUAL_SHARE = 0.6
"""Of the longest reply that is expected, what one takes, for estimates."""

_USUAL_NOTE = 55
"""Tokens of a note, for estimates."""

_CUT = (
    "the server cut what it was sent at {:,} tokens, so the talk was done in parts; with a larger context "
    "length (for Ollama OLLAMA_CONTEXT_LENGTH) it is done in one"
)


class LlmSummarizer:
    """A summarizer over a language model and a prompt. ``now`` gives naive local time.

    ``language`` is what the summary is written in; empty: the transcript's own. At most ``jobs`` parts of a
    long transcript are with the model at once. Raises `PromptError` where the prompt for parts is not in
    order. ``engine`` names what else of the engine decides its replies.
    """

    def __init__(
        self,
        calls: ItemwiseCalls,
        prompt: Prompt,
        *,
        language: str = "",
        jobs: int = 8,
        now: Callable[[], datetime],
        notes: Prompt | None = None,
        engine: str = "",
    ) -> None:
        self.calls = calls
        self.prompt = prompt
        self.jobs = jobs
        self.language = language
        self.now = now
        notes = notes or prompts.notes()
        self._context = ContextWindow(lambda: calls.window)
        self._retries = ReplyRetries()
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="index")
        self._judging = threading.Lock()
        """Held by the one thread that judges: it needs the interpreter all the time, and calls that begin
        or end must not stand in line behind each of those that do.
        """
        self._questions = Questions(prompt, notes, language, self._context)
        parts = (prompt.fingerprint, notes.fingerprint, calls.model, language, drafts.SCHEMA_VERSION)
        identity = (*parts, engine) if engine else parts
        self.fingerprint = hashlib.sha256(repr(identity).encode()).hexdigest()

    def over(self, calls: ItemwiseCalls) -> "LlmSummarizer":
        """Return the same summarizer over other calls of its model; what it has learnt is shared."""
        other = copy(self)
        other.calls = calls
        return other

    def plan(self, video: Video, spoken: Transcript) -> Request | None:
        """Return the one request that asks for the summary; None where the transcript does not fit into one.

        Raises `NoTranscript` where there is nothing to summarize.
        """
        if not transcript.speaks(spoken.segments):
            raise NoTranscript("the transcript is empty", code="empty_transcript")
        request = self._filled(self._questions.whole(video, spoken), spoken, self._context)
        return request if self._context.fits(request) else None

    def _filled(self, request: Request, spoken: Transcript, context: ContextWindow) -> Request:
        """Return the request for a summary, its reply given what the material leaves,
        as long as that can do.
        """
        return context.filled(request, self.prompt.max_output_tokens, self._least(spoken, context))

    def _least(self, spoken: Transcript, context: ContextWindow) -> int:
        """Return tokens of a reply that a summary cannot do without, as far as the window has them."""
        least = sizes.least_reply(self._questions.expected(spoken))
        return min(least, context.for_reply(self.prompt.max_output_tokens))

    def summarize(self, video: Video, transcript: Transcript) -> Answer:
        """Summarize one talk. Raises `ItemError` or `RunError`."""
        index = _Beside(self._aside, lambda: self._checker(video, transcript))
        with self.calls.item(lambda: self._expected(video, transcript), index.begin) as calls:
            dialogue = Dialogue(calls, self._context.of_one(), self._retries)
            try:
                answer = self._summarize(dialogue, video, transcript, index.result)
            except TooLong as error:
                self._retries.gave_up(error)
                raise
        if not dialogue.cut_at:
            return answer
        return answer.model_copy(update={"notices": (*answer.notices, _CUT.format(dialogue.cut_at))})

    def _summarize(self, dialogue: Dialogue, video: Video, transcript: Transcript, checker: Index) -> Answer:
        request = self.plan(video, transcript)
        if request is not None:
            try:
                return self._compose(request, dialogue, video, transcript, checker)
            except TooLong as error:
                dialogue.context.lower(request, error.read)
        return self._digest(dialogue, video, transcript, checker)

    def _checker(self, video: Video, transcript: Transcript) -> Checker:
        """Return what judges the statements on a talk, by its words and by what else is known of it."""
        chapters = (chapter.title for chapter in video.chapters)
        known = (video.title, video.channel, video.author, video.description, *chapters)
        language = language_names.code(self.language) if self.language else ""
        with self._judging:
            return Checker(Concordance(transcript), known, language)

    def _expected(self, video: Video, transcript: Transcript) -> Usage:
        """Estimate as `estimate` does; nothing where the transcript turns out too long."""
        try:
            return self.estimate(video, transcript)
        except TooLong:
            return Usage()

    def estimate(self, video: Video, transcript: Transcript) -> Usage:
        """Return the calls and tokens that `summarize` is expected to take. Raises `NoTranscript` or
        `TooLong`.
        """
        reply = int(_USUAL_SHARE * self._questions.expected(transcript))
        request = self.plan(video, transcript)
        if request is not None:
            expected = min(reply, request.max_output_tokens)
            return Usage(input_tokens=tokens.of_request(request), output_tokens=expected, calls=1)
        self._left_for_notes(self._context, video, transcript)
        cut = long_talks.cut(self._questions, self._context, video, transcript, Part(transcript.segments, ()))
        asked = [self._questions.part(video, transcript, part) for part in cut]
        noted = sum(sizes.notes(tokens.estimate(part.text)) for part in cut) * _USUAL_NOTE
        last = tokens.of_request(self._questions.combined(video, transcript, ())) + noted
        sent = sum(map(tokens.of_request, asked))
        return Usage(input_tokens=sent + last, output_tokens=noted + reply, calls=len(asked) + 1)

    def _digest(self, dialogue: Dialogue, video: Video, transcript: Transcript, checker: Index) -> Answer:
        """Return the answer by way of notes on parts, without quotes or condensed where they do not fit a
        call.
        """
        most = self._left_for_notes(dialogue.context, video, transcript)
        long = long_talks.Digest(dialogue, self._questions, video, transcript, checker, self.jobs)
        entries = long.take(most)
        taken = len(entries)
        for _ in range(_LEVELS):
            for quoted in (True, False):
                request = self._questions.combined(video, transcript, entries, quoted=quoted)
                request = self._filled(request, transcript, dialogue.context)
                if dialogue.context.fits(request):
                    try:
                        answer = self._compose(request, dialogue, video, transcript, checker, entries)
                        return _told_of_notes(answer, taken, len(entries))
                    except TooLong as error:
                        dialogue.context.lower(request, error.read)
            entries = long.condense(entries, self._left_for_notes(dialogue.context, video, transcript))
        raise TooLong("the notes on the transcript do not fit the model, however often they are condensed")

    def _left_for_notes(self, context: ContextWindow, video: Video, transcript: Transcript) -> int:
        """Return tokens of notes that one call takes. Raises `TooLong` where no notes worth a summary fit."""
        bare = self._questions.combined(video, transcript, (), quoted=False)
        least = self._least(transcript, context)
        left = context.left(bare.model_copy(update={"max_output_tokens": least}))
        if left < _LEAST_NOTES:
            raise TooLong("the model's context window has no room for a summary of notes")
        return left

    def _compose(
        self,
        request: Request,
        dialogue: Dialogue,
        video: Video,
        transcript: Transcript,
        checker: Index,
        entries: Sequence[Extract] = (),
    ) -> Answer:
        if self.prompt.output == "text":
            text, _ = dialogue.read(request, video.title, _read_text)
            return self._answer(dialogue.usage, text=text)
        draft, reply = dialogue.read(request, video.title, drafts.read, _read_leniently, drafts.ended)
        checked = checker()
        with self._judging:
            found = Findings(draft, checked, _passages(entries))
        if found.asks:
            question = self._questions.corrections(
                request, reply.text, found.faulty, transcript.language, fits=dialogue.context.fits
            )
            if dialogue.context.fits(question):
                corrections = _given(question, dialogue, f"{video.title}, put right")
                with self._judging:
                    found.add(corrections)
        with self._judging:
            more, further = extras.keep(draft, found, self.prompt.extras)
            enough = self._questions.size(transcript).ideas[0]
            summary, notices = summary_assembly.assemble(draft, found, video.title, enough, more)
        answer = self._answer(dialogue.usage)
        return answer.model_copy(update={"summary": summary, "notices": (*notices, *further)})

    def _answer(self, usage: Usage, text: str = "") -> Answer:
        return Answer(
            text=text, model=self.calls.model, prompt=self.prompt.signature, usage=usage, created=self.now()
        )


class _Beside:
    """What is made by another thread while a model answers, and not before: calls that wait come first."""

    def __init__(self, pool: ThreadPoolExecutor, make: Callable[[], Checker]) -> None:
        self._pool = pool
        self._make = make
        self._guard = threading.Lock()
        self._made: Future[Checker] | None = None

    def begin(self) -> Future[Checker]:
        """Have it made, where it is not yet."""
        with self._guard:
            self._made = self._made or self._pool.submit(self._make)
        return self._made

    def result(self) -> Checker:
        """Return it; waits for it."""
        return self.begin().result()


def _told_of_notes(answer: Answer, taken: int, kept: int) -> Answer:
    if kept == taken:
        return answer
    notice = (
        f"{taken - kept} of {taken} notes on the talk left out: the model does not take more of them at once"
    )
    return answer.model_copy(update={"notices": (*answer.notices, notice)})


def _passages(entries: Sequence[Extract]) -> dict[str, tuple[Passage, ...]]:
    return {entry.text: entry.passages for entry in entries if entry.passages}


def _given(question: Request, dialogue: Dialogue, what: str) -> dict[int, Correction]:
    """Return what a model corrects when asked again; nothing where it gives no answer that can be used.

    The statements stay as they are then, and are shown or left out as such.
    """
    try:
        return dialogue.read(question, what, draft_checks.read_corrections, once=True)[0]
    except Transient:
        raise
    except ItemError:
        return {}


def _read_text(text: str) -> str:
    """Return a reply of free text, as it is but for what no file and no terminal should get."""
    found = replies.printable(replies.without_thoughts(text))
    if not found.strip():
        raise BadReply("the reply is empty")
    return found


def _read_leniently(text: str) -> Draft:
    return drafts.read(text, is_strict=False)
