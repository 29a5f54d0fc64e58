"""The requests that are put to a language model: a prompt filled, its material fenced, questions after it.

Pure. The static part of a prompt comes first and no date or number of a run goes in, so that providers can
reuse what they have read before, and equal questions are equal requests.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence

from vidgist.llm import drafts, extracts, support
from vidgist.llm.context_window import ContextWindow
from vidgist.llm.prompts import Prompt
from vidgist.llm.splitting import Part
from vidgist.models import Message, Request, Transcript, Video
from vidgist.text.record import clock, one_line

_LONGEST_VALUE = 300
_MOST_CHAPTERS = 60

_LANGUAGE = re.compile(r"[^\W\d_][\w ()-]{0,39}")

_STRETCH = "\n\nThis is one part of the transcript{times}."
_NOTES = (
    "\n\nThe video is long: in place of its transcript these are notes on all of it, part by part, each with "
    "words quoted from the transcript. Take quotes from these quotes only."
)
_CONDENSE = (
    "\n\nThese are notes on a stretch of the transcript, each with words quoted from it. Keep at most "
    "{most}, those that a summary of the whole needs; join what belongs together. Take quotes from these "
    "quotes only."
)
_REPAIR = (
    "That reply cannot be used: {why}. Send the whole reply again with this put right: one JSON object with "
    "all fields asked for, and nothing else."
)
_REPAIR_TEXT = "That reply cannot be used: {why}. Send it again."
_QUOTES = (
    "The quotes given for the statements below do not stand in the material. Give for each number one run of "
    "6 to 25 consecutive words that carries the statement, copied exactly; an empty quote where nothing "
    "there carries it. One JSON object: quotes, a list of number and quote.\n\n{statements}"
)


class Questions:
    """What is asked with one prompt."""

    def __init__(self, prompt: Prompt, notes: Prompt, language: str, room: ContextWindow) -> None:
        self.prompt = prompt
        self.notes = notes
        self.language = language
        self.room = room

    def whole(self, video: Video, transcript: Transcript) -> Request:
        """For the summary, of the transcript itself."""
        return self._summary(video, transcript, fenced("transcript", transcript.text))

    def combined(self, video: Video, transcript: Transcript, entries: Sequence[str]) -> Request:
        """For the summary, of notes on all parts."""
        return self._summary(video, transcript, fenced("notes", "\n".join(entries)) + _NOTES)

    def part(self, video: Video, transcript: Transcript, part: Part) -> Request:
        """For notes on a part of the transcript."""
        return self._notes(
            video,
            transcript,
            fenced("transcript", part.text) + _STRETCH.format(times=times(part, transcript)),
        )

    def condensed(self, video: Video, transcript: Transcript, entries: Sequence[str], most: int) -> Request:
        """For fewer notes, of notes."""
        return self._notes(
            video, transcript, fenced("notes", "\n".join(entries)) + _CONDENSE.format(most=most)
        )

    def _summary(self, video: Video, transcript: Transcript, material: str) -> Request:
        schema = drafts.schema() if self.prompt.output == "summary" else None
        return self._request(self.prompt, self._values(video, transcript, material), schema)

    def _notes(self, video: Video, transcript: Transcript, material: str) -> Request:
        return self._request(self.notes, self._values(video, transcript, material), extracts.schema())

    def _request(self, prompt: Prompt, values: Mapping[str, str], schema: drafts.Schema | None) -> Request:
        return Request(
            messages=prompt.fill(values),
            schema_=schema,
            max_output_tokens=self.room.for_reply(prompt.max_output_tokens),
            temperature=prompt.temperature,
        )

    def _values(self, video: Video, transcript: Transcript, material: str) -> dict[str, str]:
        chapters = "; ".join(
            f"{clock(chapter.start)} {_value(chapter.title)}" for chapter in video.chapters[:_MOST_CHAPTERS]
        )
        return {
            "title": _value(video.title),
            "channel": _value(video.channel) or "unknown",
            "duration": clock(video.seconds),
            "language": _language(self.language, transcript.language, video.language),
            "url": video.url,
            "chapters": chapters or "none",
            "transcript": material,
        }


def repair(request: Request, bad: str, why: str, *, fits: Callable[[Request], bool]) -> Request:
    """The same again, after a reply that broke a rule; that reply is shown where this fits."""
    form = _REPAIR_TEXT if request.schema_ is None else _REPAIR
    return _after(request, bad, form.format(why=why), fits)


def quotes(
    request: Request, reply: str, statements: Mapping[int, str], *, fits: Callable[[Request], bool]
) -> Request:
    """After a reply, which is shown where this fits, for the quotes of some of its statements."""
    listed = "\n".join(f"{number}. {statement}" for number, statement in statements.items())
    asked = request.model_copy(update={"schema_": support.quotes_schema()})
    return _after(asked, reply, _QUOTES.format(statements=listed), fits)


def _after(request: Request, reply: str, question: str, fits: Callable[[Request], bool]) -> Request:
    said, then = Message(role="assistant", content=reply), Message(role="user", content=question)
    asked = request.model_copy(update={"messages": (*request.messages, said, then)})
    if reply.strip() and fits(asked):
        return asked
    return request.model_copy(update={"messages": (*request.messages, then)})


def fenced(kind: str, text: str) -> str:
    """The text between two tags of that kind that do not occur in it, whoever wrote it."""
    text = text.strip()
    salt = 0
    while True:
        mark = hashlib.sha256(f"{salt} {text}".encode(errors="replace")).hexdigest()[:8]
        if mark not in text:
            return f"<{kind}-{mark}>\n{text}\n</{kind}-{mark}>"
        salt += 1


def times(part: Part, transcript: Transcript) -> str:
    """`` from M:SS to M:SS``, or nothing where the transcript has no times."""
    return f" from {clock(part.start)} to {clock(part.end)}" if transcript.timed else ""


def _value(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST_VALUE else line[: _LONGEST_VALUE - 1] + "…"


def _language(*wanted: str) -> str:
    """The first that can be a language's code or name; what it stands in came from a file or a site."""
    return next((name for name in wanted if _LANGUAGE.fullmatch(name)), "the language of the transcript")
