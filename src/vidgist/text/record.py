"""The exact text record: a `Record` and its bytes are each other's inverse. Pure.

The layout, with ``description`` and ``content`` as fields:

    Timestamp: <naive local time, six decimals>
    Title: <one line>
    URL: <one line>
    Status: success | failed: <code>: <one line>
    Duration: M:SS | H:MM:SS | unknown
    (blank)
    Description:
    <description: any lines; none of a failed record>
    (blank)
    (blank)
    Content:
    <content: one line; absent where there is none>
"""

import re
from datetime import datetime

from vidgist.errors import Unreadable
from vidgist.models import Note, Point, Record, Summary
from vidgist.text.hygiene import one_line, published
from vidgist.text.mermaid import writing

SUCCESS = "success"
UNKNOWN = "unknown"

_LAYOUT = re.compile(
    r"Timestamp: (?P<timestamp>[^\n]*)\n"
    r"Title: (?P<title>[^\n]*)\n"
    r"URL: (?P<url>[^\n]*)\n"
    r"Status: (?P<status>[^\n]*)\n"
    r"Duration: (?P<duration>[^\n]*)\n"
    r"\nDescription:\n(?P<description>(?:.*\n)?)"
    r"\n\nContent:\n(?:(?P<content>[^\n]+)\n)?",
    re.DOTALL,
)
_STATUS = re.compile(r"success|failed: [a-z0-9_]+: .+")
_DURATION = re.compile(r"(?:(?P<h>[1-9]\d*):(?P<hm>[0-5]\d)|(?P<m>\d|[1-5]\d)):(?P<s>[0-5]\d)")


def render(record: Record) -> str:
    """Return the file's text."""
    content = f"{record.content}\n" if record.content else ""
    return (
        f"Timestamp: {record.timestamp.isoformat(timespec='microseconds')}\n"
        f"Title: {record.title}\n"
        f"URL: {record.url}\n"
        f"Status: {record.status}\n"
        f"Duration: {record.duration}\n"
        f"\nDescription:\n{record.description}"
        f"\n\nContent:\n{content}"
    )


def parse(text: str) -> Record:
    """Return the record that renders to exactly this text. Raises `Unreadable` saying which part is off."""
    match = _LAYOUT.fullmatch(text)
    if match is None:
        raise Unreadable(f"not an exact record: {_first_fault(text)}")
    fields = match.groupdict(default="")
    try:
        fields["timestamp"] = datetime.fromisoformat(fields["timestamp"])  # type: ignore[assignment]
    except ValueError as error:
        raise Unreadable(f"not an exact record: line 1: {fields['timestamp']!r} is no timestamp") from error
    record = Record.model_validate(fields)
    if record.timestamp.tzinfo or render(record) != text:
        raise Unreadable("not an exact record: line 1: the timestamp is not local time with six decimals")
    if not _STATUS.fullmatch(record.status):
        raise Unreadable(f"not an exact record: line 4: {record.status!r} is no status")
    if record.duration != UNKNOWN and not _DURATION.fullmatch(record.duration):
        raise Unreadable(f"not an exact record: line 5: {record.duration!r} is no duration")
    return record


def _first_fault(text: str) -> str:
    lines = text.split("\n")
    for number, label in enumerate(("Timestamp: ", "Title: ", "URL: ", "Status: ", "Duration: "), start=1):
        if len(lines) < number or not lines[number - 1].startswith(label):
            return f"line {number} does not begin with {label.strip()!r}"
    if lines[5:7] != ["", "Description:"]:
        return "no 'Description:' after a blank line below the header"
    if "\n\n\nContent:\n" not in text:
        return "no 'Content:' after two blank lines"
    if not text.endswith("\n"):
        return "the last line does not end"
    return "the content is not one line"


def of(note: Note) -> Record:
    """Return the record of a note, done or failed."""
    video = note.video or note.item.video
    return Record(
        timestamp=note.created,
        title=title(note),
        url=published(note.item.url),
        status=status(note),
        duration=clock(video.seconds if video else None),
        description=describe(note),
        content=note.transcript.text if note.transcript else "",
    )


def title(note: Note) -> str:
    """Return the title as published but on one line; ``unknown`` where it is not known."""
    video = note.video or note.item.video
    return published(video.title if video else "") or UNKNOWN


def status(note: Note) -> str:
    """Return ``success``, or why not."""
    failure = note.failure
    if failure is None:
        return SUCCESS
    again = f" (tried again {failure.next_try})" if failure.next_try else ""
    return f"failed: {failure.code}: {one_line(failure.message)}{again}"


def describe(note: Note) -> str:
    """Return the description of a note, with its final newline; empty where there is none."""
    if note.answer is None:
        return ""
    if note.answer.summary is None:
        return note.answer.text.strip("\n") + "\n"
    return sections(note.answer.summary)


def sections(summary: Summary) -> str:
    """Return the four sections of a description, in Markdown."""
    ideas = "\n".join(_bullet(point) for point in summary.core_ideas)
    core = _bullet(summary.core_point.model_copy(update={"label": "Core Point"}))
    fundamental = _bullet(summary.fundamental_point.model_copy(update={"label": "Fundamental Point"}))
    return (
        "### Summary of the Content:\n\n"
        f"**I. Core Ideas**\n\n{ideas}\n\n"
        f"**II. Conclusion Points**\n\n{core}\n{fundamental}\n\n"
        f"**III. Overarching Framework**\n\n{paragraphs(summary.framework)}\n\n"
        "**IV. Conceptual Map**\n\n"
        f"<Mermaid_Diagram>\n{writing.render(summary.concept_map)}</Mermaid_Diagram>\n"
    )


def _bullet(point: Point) -> str:
    return f"*   **{one_line(point.label).rstrip(': ')}:** {one_line(point.text)}"


def paragraphs(text: str) -> str:
    """Write paragraphs of one line each, separated by one blank line."""
    return "\n\n".join(line for part in re.split(r"\n\s*\n", text) if (line := one_line(part)))


def clock(seconds: float | None) -> str:
    """Return ``M:SS``, ``H:MM:SS`` from one hour on, ``unknown`` for None."""
    if seconds is None:
        return UNKNOWN
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def seconds(text: str) -> int | None:
    """Return the inverse of `clock`; None for ``unknown`` and for what is no clock."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    hours, minutes = (match["h"], match["hm"]) if match["h"] else (0, match["m"])
    return int(hours) * 3600 + int(minutes) * 60 + int(match["s"])
