"""The values that walk through vidgist, each frozen and each a JSON document.

    Ref -> Item -> Fetched(Video, Transcript) -> Answer(Summary) -> Note -> file

Times are seconds from the start of the video. Text is as published, with entities decoded.
Nothing here knows where a value comes from or how it is written.
"""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, StringConstraints

from vidgist.errors import ConfigError, ItemError

Line = Annotated[str, StringConstraints(strip_whitespace=True)]


class Value(BaseModel):
    """A frozen document: compared by content, refused with a field too many."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ref(Value):
    """One input as a person wrote it, and where: ``argument 2``, ``talks.txt:12``, ``stdin:3``."""

    text: str
    origin: str = ""


class Chapter(Value):
    start: float
    title: str


class Video(Value):
    """What is known of a video beside its words. ``seconds`` is None where it is unknown.

    ``description`` is the publisher's own text, ``cover`` the URL of a still, ``playlist`` the name of the
    list it was reached by and ``playlist_index`` its place there, from 1. ``author`` is who made it, where
    that is not the channel.

    ``url`` is the item's, lent to a summarizer for its prompt; it is kept with the item alone.
    """

    title: str
    seconds: float | None = None
    channel: str = ""
    channel_url: str = ""
    published: date | None = None
    language: str = ""
    chapters: tuple[Chapter, ...] = ()
    description: str = ""
    categories: tuple[str, ...] = ()
    cover: str = ""
    playlist: str = ""
    playlist_index: int | None = None
    author: str = ""
    url: str = Field(default="", exclude=True)


class Item(Value):
    """One thing to be summarized once.

    ``(source, id)`` is its identity. ``name`` begins its file names: the video id, or a local
    file's stem. ``url`` is as typed, with its scheme. ``digest`` changes when the content behind
    the same id does (a local file edited); it is empty where an id always means the same content.
    ``recording`` says that the words are in a file of this machine and have to be heard.
    ``video`` is the metadata that a listing had. ``published`` of it serves ``--since``.
    ``note`` is the path without suffix of a note of vidgist's own that is to be summarized again: its files
    of all formats share it. ``remark`` says how its input was understood, where that may surprise; it is
    reported once and not kept.
    """

    source: str
    id: str
    name: str
    url: str
    origin: str = ""
    digest: str = ""
    recording: bool = False
    video: Video | None = None
    note: str = ""
    remark: str = Field(default="", exclude=True)


class Segment(Value):
    """What is said from ``start`` on, for ``duration``, by ``speaker`` where the origin names one."""

    start: float
    duration: float
    text: str
    speaker: str = ""


class Transcript(Value):
    """The words with their times. ``timed`` is False where the origin had none (all starts are 0).

    ``generated`` says that a machine heard the words; ``heard_by`` which one, where it was this machine
    and no captions. ``language`` is a BCP 47 code or empty. ``notices`` are one-line warnings of its
    reader: what was guessed, left out, or taken instead of what was asked for.
    """

    segments: tuple[Segment, ...]
    language: str = ""
    generated: bool = False
    timed: bool = True
    heard_by: str = ""
    notices: tuple[str, ...] = ()

    @classmethod
    def untimed(cls, text: str, language: str = "") -> Self:
        """Return words without times: a segment for each line that has any."""
        lines = (" ".join(line.split()) for line in text.splitlines())
        segments = tuple(Segment(start=0.0, duration=0.0, text=line) for line in lines if line)
        return cls(segments=segments, language=language, timed=False)

    @property
    def spoken(self) -> str:
        """Return the words alone on one line, segments joined by single spaces, without who says them."""
        return " ".join(" ".join(segment.text for segment in self.segments).split())

    @property
    def text(self) -> str:
        """Return the whole transcript on one line, segments joined by single spaces.

        A speaker is named once, before the first words after each change: ``Name: words``. Where one voice is
        known alone, no speaker is named.
        """
        names = {segment.speaker for segment in self.segments if segment.speaker}
        said: list[str] = []
        speaker = ""
        for segment in self.segments:
            if segment.speaker and segment.speaker != speaker and len(names) > 1:
                said.append(f"{segment.speaker}:")
            speaker = segment.speaker or speaker
            said.append(segment.text)
        return " ".join(" ".join(said).split())


class Fetched(Value):
    """What one visit to a source brings back."""

    video: Video
    transcript: Transcript


class Evidence(Value):
    """A quote that stands in the transcript. ``start`` is None where the transcript has no times."""

    quote: str
    start: float | None = None


class Point(Value):
    """A labelled statement with the quotes that carry it; none found means it is unsupported.

    ``doubts`` are its figures, dates and names that were not found in the talk.
    """

    label: Line
    text: Line
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def is_supported(self) -> bool:
        """Return whether a quote carries it and all that it says was found."""
        return bool(self.evidence) and not self.doubts


class Statement(Value):
    """A sentence of the talk's matter with the quotes that carry it: a figure, a question, a decision."""

    text: Line
    evidence: tuple[Evidence, ...] = ()


class OutlineEntry(Value):
    """A part of the talk in its own order. ``start`` is None where the transcript has no times."""

    title: Line
    text: Line = ""
    start: float | None = None


class Mention(Value):
    """A person, a work, a tool or a term that the talk names, spelt as its title or description spells it."""

    name: Line
    kind: Literal["person", "organization", "work", "tool", "term"] = "term"
    text: Line = ""
    evidence: tuple[Evidence, ...] = ()


class Task(Value):
    """What somebody is to do; ``who`` and ``due`` as they were said, empty where they were not."""

    text: Line
    who: Line = ""
    due: Line = ""
    evidence: tuple[Evidence, ...] = ()


class Extras(Value):
    """What a note says beyond the four sections of a record; each part empty where the prompt wants none."""

    overview: str = ""
    outline: tuple[OutlineEntry, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Statement, ...] = ()
    questions: tuple[Statement, ...] = ()
    decisions: tuple[Statement, ...] = ()
    tasks: tuple[Task, ...] = ()


class Node(Value):
    id: str
    label: str
    shape: Literal["box", "round", "decision"] = "box"
    group: str = ""


class Edge(Value):
    source: str
    target: str
    label: str = ""


class Group(Value):
    id: str
    label: str


class ConceptMap(Value):
    """A directed graph of concepts. Ids are the author's own; they are never written out."""

    direction: Literal["LR", "TB"] = "LR"
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    groups: tuple[Group, ...] = ()


class Summary(Value):
    """The summary of one video: the four sections of a record, and what other formats show beside them.

    ``left_out`` counts the ideas that were dropped, as the talk does not carry them or there were too many.
    """

    core_ideas: tuple[Point, ...] = Field(min_length=1, max_length=15)
    core_point: Point
    fundamental_point: Point
    framework: str
    concept_map: ConceptMap
    extras: Extras = Extras()
    left_out: NonNegativeInt = 0

    @property
    def supported(self) -> float:
        """Return the share of the points, those left out among them, that the talk was found to carry, 0
        to 1.
        """
        points = (*self.core_ideas, self.core_point, self.fundamental_point)
        return sum(point.is_supported for point in points) / (len(points) + self.left_out)


class Usage(Value):
    """Tokens as the provider counted them; ``cached_tokens`` is the part of the input it had seen before."""

    input_tokens: NonNegativeInt = 0
    cached_tokens: NonNegativeInt = 0
    output_tokens: NonNegativeInt = 0
    calls: NonNegativeInt = 0

    def __add__(self, other: Self) -> "Usage":
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            calls=self.calls + other.calls,
        )

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens


class Message(Value):
    role: Literal["system", "user", "assistant"]
    content: str


class Request(Value):
    """One question to a language model. ``schema_`` is a JSON schema that the reply must follow.

    ``bounded`` holds its texts to lengths that fit ``max_output_tokens``: after a reply that was cut.
    """

    messages: tuple[Message, ...]
    schema_: dict[str, object] | None = None
    bounded: bool = False
    max_output_tokens: int = 4_000
    temperature: float | None = None


class RateLimit(Value):
    """What a server says is left of a minute's allowance; None where it does not say."""

    requests: int | None = None
    remaining_requests: int | None = None
    tokens: int | None = None
    remaining_tokens: int | None = None
    reset_seconds: float | None = None


class Reply(Value):
    """A model's answer as received. ``usage`` is estimated where the server does not count."""

    text: str
    finish: Literal["stop", "length", "refusal"] = "stop"
    usage: Usage = Usage()
    rate_limit: RateLimit | None = None


class Answer(Value):
    """What a summarizer made of a transcript: a typed summary, or the verbatim text of a free prompt.

    ``usage`` is what it took to make, whether paid now or earlier; ``model`` and ``prompt`` say by what.
    ``notices`` are one-line warnings a reader should see (a context silently cut, ideas dropped).
    """

    summary: Summary | None = None
    text: str = ""
    model: str = ""
    prompt: str = ""
    usage: Usage = Usage()
    created: datetime
    notices: tuple[str, ...] = ()


class Failure(Value):
    """Why an item could not be done. ``stage`` is list, fetch, summarize or write.

    ``tries`` counts the runs that met it. ``due`` is the first day of the next try, None where the next run
    is one.
    """

    stage: Literal["list", "fetch", "summarize", "write"]
    code: str
    message: str
    hint: str = ""
    retry: Literal["never", "later", "now"] = "never"
    tries: int = 1
    due: date | None = None

    @property
    def next_try(self) -> str:
        """Say when a run tries again by itself; empty for never."""
        if self.retry == "never":
            return ""
        return f"from {self.due}" if self.due else "at the next run"


class Note(Value):
    """All that is known of one item when it is done or given up: what writers render.

    ``created`` is naive local time. Exactly one of ``answer`` and ``failure`` is set. ``cost`` is in
    US dollars, None where no price is known.
    """

    item: Item
    created: datetime
    video: Video | None = None
    transcript: Transcript | None = None
    answer: Answer | None = None
    failure: Failure | None = None
    cost: float | None = None

    @property
    def title(self) -> str:
        """Return the title, or what was asked for where none is known."""
        return self.video.title if self.video else self.item.url or self.item.name

    @property
    def notices(self) -> tuple[str, ...]:
        """Return the warnings of the reader, then of the summarizer, each once."""
        read = self.transcript.notices if self.transcript else ()
        return tuple(dict.fromkeys((*read, *(self.answer.notices if self.answer else ()))))

    @property
    def summary(self) -> Summary:
        """Return the summary of a note that was made.

        Raises `ItemError` with the code of the failure of one that was not, and `ConfigError` where the
        prompt asks for free text, which ``answer.text`` has.
        """
        if self.failure is not None:
            raise ItemError(self.failure.message, code=self.failure.code, hint=self.failure.hint)
        if self.answer is None or self.answer.summary is None:
            raise ConfigError("the prompt asks for free text", hint="note.answer.text has it")
        return self.answer.summary


class Summarized(Note):
    """A note that was made: its video, transcript and answer are there, and ``failure`` is None."""

    video: Video
    transcript: Transcript
    answer: Answer


class Record(Value):
    """Exactly the text file, field by field, nothing else. ``duration`` and ``status`` are as written."""

    timestamp: datetime
    title: str
    url: str
    status: str
    duration: str
    description: str
    content: str
