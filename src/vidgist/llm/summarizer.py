"""The thinking stage with a language model: a question put, the reply read, its statements grounded.

fits the window:   one call
does not:          notes on each part, all at once -> one call over the notes, condensed while too long
after either:      one more call where an idea's quote does not stand in the transcript
"""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from vidgist.errors import BadReply, ItemError, NoTranscript, TooLong, Transient
from vidgist.evidence import Concordance
from vidgist.llm import digest, drafts, maps, prompts, questions, replies, support
from vidgist.llm.context_window import ContextWindow
from vidgist.llm.dialogue import Calls, Dialogue
from vidgist.llm.digest import Index
from vidgist.llm.drafts import Draft
from vidgist.llm.prompts import Prompt
from vidgist.llm.questions import Questions
from vidgist.llm.reply_retries import ReplyRetries
from vidgist.llm.splitting import Part
from vidgist.llm.support import Findings
from vidgist.models import Answer, Request, Transcript, Usage, Video
from vidgist.text import tokens, transcript

_LEVELS = 5
"""How often notes are condensed until they fit one call."""

_LEAST_NOTES = 400
"""Tokens of notes of which a summary can be made."""

_EXPECTED = {"summary": 1_300, "text": 700, "notes": 900}
"""Tokens of a reply, for estimates."""

_PLAIN_MAP = "the model drew no map that can be read: this one shows the core ideas alone"


_CUT = (
    "the server read only part of what it was sent: raise its context length (for Ollama num_ctx), "
    "or say with --window what it takes"
)


class LlmSummarizer:
    """A summarizer over a language model and a prompt. ``now`` gives naive local time.

    ``language`` is what the summary is written in; empty: the transcript's own. At most ``jobs`` parts of a
    long transcript are with the model at once. Raises `PromptError` where the prompt for parts is not in
    order.
    """

    def __init__(
        self,
        calls: Calls,
        prompt: Prompt,
        *,
        language: str = "",
        jobs: int = 8,
        now: Callable[[], datetime],
        notes: Prompt | None = None,
    ) -> None:
        self.calls = calls
        self.prompt = prompt
        self.jobs = jobs
        self.now = now
        notes = notes or prompts.notes()
        self._room = ContextWindow(lambda: calls.window)
        self._patience = ReplyRetries()
        self._questions = Questions(prompt, notes, language, self._room)
        identity = (prompt.fingerprint, notes.fingerprint, calls.model, language, drafts.SCHEMA_VERSION)
        self.fingerprint = hashlib.sha256(repr(identity).encode()).hexdigest()

    def plan(self, video: Video, spoken: Transcript) -> Request | None:
        """The one request that asks for the summary; None where the transcript does not fit into one.

        Raises `NoTranscript` where there is nothing to summarize.
        """
        if not transcript.speaks(spoken.segments):
            raise NoTranscript("the transcript is empty", code="empty_transcript")
        request = self._questions.whole(video, spoken)
        return request if self._room.fits(request) else None

    def summarize(self, video: Video, transcript: Transcript) -> Answer:
        """Raises `ItemError` or `RunError`."""
        dialogue = Dialogue(self.calls, self._room.of_one(), self._patience)
        try:
            answer = self._think(dialogue, video, transcript)
        except TooLong as error:
            self._patience.gave_up(error)
            raise
        if not dialogue.was_cut:
            return answer
        return answer.model_copy(update={"notices": (*answer.notices, _CUT)})

    def _think(self, dialogue: Dialogue, video: Video, transcript: Transcript) -> Answer:
        request = self.plan(video, transcript)
        with ThreadPoolExecutor(1, thread_name_prefix="index") as aside:
            concordance = aside.submit(Concordance, transcript).result  # made while the model thinks
            if request is not None:
                try:
                    return self._compose(request, dialogue, video, concordance)
                except TooLong:
                    dialogue.room.lower(request)
            return self._digest(dialogue, video, transcript, concordance)

    def estimate(self, video: Video, transcript: Transcript) -> Usage:
        """The calls and tokens that `summarize` is expected to take. Raises `NoTranscript` or `TooLong`."""
        reply = _EXPECTED[self.prompt.output]
        request = self.plan(video, transcript)
        if request is not None:
            expected = min(reply, request.max_output_tokens)
            return Usage(input_tokens=tokens.of_request(request), output_tokens=expected, calls=1)
        self._room_for_notes(self._room, video, transcript)
        cut = digest.cut(self._questions, self._room, video, transcript, Part(transcript.segments, ()))
        asked = [tokens.of_request(self._questions.part(video, transcript, part)) for part in cut]
        noted = _EXPECTED["notes"] * len(asked)
        last = tokens.of_request(self._questions.combined(video, transcript, ())) + noted
        return Usage(input_tokens=sum(asked) + last, output_tokens=noted + reply, calls=len(asked) + 1)

    def _digest(self, dialogue: Dialogue, video: Video, transcript: Transcript, concordance: Index) -> Answer:
        """The answer by way of notes on parts, condensed until one call takes them."""
        self._room_for_notes(dialogue.room, video, transcript)
        long = digest.Digest(dialogue, self._questions, video, transcript, concordance, self.jobs)
        entries = long.take()
        for _ in range(_LEVELS):
            request = self._questions.combined(video, transcript, entries)
            if dialogue.room.fits(request):
                try:
                    return self._compose(request, dialogue, video, concordance)
                except TooLong:
                    dialogue.room.lower(request)
            entries = long.condense(entries, self._room_for_notes(dialogue.room, video, transcript))
        raise TooLong("the notes on the transcript do not fit the model, however often they are condensed")

    def _room_for_notes(self, room: ContextWindow, video: Video, transcript: Transcript) -> int:
        """Tokens of notes that one call takes. Raises `TooLong` where no notes worth a summary fit."""
        left = room.left(self._questions.combined(video, transcript, ()))
        if left < _LEAST_NOTES:
            raise TooLong("the model's context window has no room for a summary of notes")
        return left

    def _compose(self, request: Request, dialogue: Dialogue, video: Video, concordance: Index) -> Answer:
        if self.prompt.output == "text":
            text, _ = dialogue.read(request, video.title, _read_text)
            return self._answer(dialogue.usage, text=text)
        draft, reply = dialogue.read(request, video.title, drafts.read, _read_mapless)
        draft, notices = _mapped(video, draft)
        findings = Findings(draft, concordance())
        if findings.asks:
            question = questions.quotes(request, reply.text, findings.unsupported, fits=dialogue.room.fits)
            if dialogue.room.fits(question):
                findings.add(_given(question, dialogue, f"{video.title}, quotes"))
        summary, more = findings.settle()
        answer = self._answer(dialogue.usage)
        return answer.model_copy(update={"summary": summary, "notices": (*notices, *more)})

    def _answer(self, usage: Usage, text: str = "") -> Answer:
        return Answer(
            text=text, model=self.calls.model, prompt=self.prompt.signature, usage=usage, created=self.now()
        )


def _given(question: Request, dialogue: Dialogue, what: str) -> dict[int, str]:
    """The quotes that a model gives when asked once more; none where it gives no answer that can be used.

    The statements stay without evidence then, which says as much.
    """
    try:
        return dialogue.read(question, what, support.read_quotes)[0]
    except Transient:
        raise
    except ItemError:
        return {}


def _read_text(text: str) -> str:
    """A reply of free text, as it is but for what no file and no terminal should get."""
    found = replies.printable(replies.without_thoughts(text))
    if not found.strip():
        raise BadReply("the reply is empty")
    return found


def _read_mapless(text: str) -> Draft:
    return drafts.read(text, need_map=False)


def _mapped(video: Video, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """The draft with a map, and what a reader must know of that map."""
    if draft.concept_map.nodes:
        return draft, ()
    plain = maps.plain(video.title, [idea.label for idea in draft.core_ideas])
    return draft.model_copy(update={"concept_map": plain}), (_PLAIN_MAP,)
