"""The JSON document of a note: for scripts, and nothing lost. `render` and `parse` are inverses. Pure.

Every document has every key. Beside what a note holds it says what can be worked out of it (``status``,
``duration``, ``url`` of each quote, ``mermaid``, ``supported``, ``content``), so that a script need not;
`parse` passes over those. ``fetched`` is false where the video's own page was never read: then the header
says what a listing knew, which ``listed`` holds.
"""

import json
import re
from typing import Any

from pydantic import JsonValue, ValidationError

from vidgist.errors import Unreadable
from vidgist.models import Answer, Evidence, Failure, Item, Note, Point, Summary, Transcript, Video
from vidgist.notes import moment_links
from vidgist.text import record
from vidgist.text.mermaid import writing

FORMAT = "vidgist/1"
WIDTH = 110

_ENCODER = json.JSONEncoder(ensure_ascii=False)
_SURROGATE = re.compile("[\ud800-\udfff]")
_VIDEO = tuple(name for name in Video.model_fields if name != "url")

Document = dict[str, JsonValue]


def render(note: Note) -> str:
    """Return the whole file: UTF-8 text, one final newline."""
    return _SURROGATE.sub(lambda one: f"\\u{ord(one[0]):04x}", _pretty(_document(note), 0)) + "\n"


def parse(text: str) -> Note:
    """Return the note that renders to this document. Raises `Unreadable` saying what is off."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Unreadable("not a JSON document of vidgist's (vidgist run makes one of a transcript)")
    try:
        return _note(document)
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(map(str, problem["loc"]))
        raise Unreadable(f"not a whole document: {place}: {problem['msg']}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"not a whole document: {error}") from error


def _document(note: Note) -> Document:
    head, item, answer = record.of(note), note.item, note.answer
    video = note.video or item.video
    known: Document = video.model_dump(mode="json") if video else dict.fromkeys(_VIDEO)
    title = known.pop("title")
    document: Document = {
        "format": FORMAT,
        "timestamp": head.timestamp.isoformat(timespec="microseconds"),
        "title": head.title if title is None else title,
        "url": item.url,
        "status": head.status,
        "duration": head.duration,
        "seconds": known.pop("seconds"),
        "source": item.source,
        "id": item.id,
        "name": item.name,
        "origin": item.origin,
        "digest": item.digest,
        "recording": item.recording,
        **known,
        "fetched": note.video is not None,
        "listed": item.video.model_dump(mode="json") if item.video else None,
    }
    document |= _answer_document(answer, item.url)
    document["notices"] = list(note.notices)
    document["cost_usd"] = note.cost
    document["failure"] = note.failure.model_dump(mode="json") if note.failure else None
    document["transcript"] = _transcript_document(note.transcript) if note.transcript else None
    document["content"] = head.content
    return document


def _transcript_document(transcript: Transcript) -> Document:
    """Dump a transcript; a segment has a ``speaker`` only where one is known."""
    document: Document = transcript.model_dump(mode="json", exclude={"segments"})
    document["segments"] = [
        segment.model_dump(mode="json", exclude=None if segment.speaker else {"speaker"})
        for segment in transcript.segments
    ]
    return document


def _answer_document(answer: Answer | None, url: str) -> Document:
    summary = answer.summary if answer else None
    conclusion = (summary.core_point, summary.fundamental_point) if summary else ()
    graph: Document | None = None
    if summary:
        graph = summary.concept_map.model_dump(mode="json")
        graph["mermaid"] = writing.render(summary.concept_map)
    return {
        "model": answer.model if answer else "",
        "prompt": answer.prompt if answer else "",
        "answered": answer.created.isoformat() if answer else None,
        "usage": answer.usage.model_dump(mode="json") if answer else None,
        "notices": [],
        "core_ideas": [_point_document(point, url) for point in summary.core_ideas] if summary else [],
        "conclusion_points": [_point_document(point, url) for point in conclusion],
        "framework": summary.framework if summary else "",
        "concept_map": graph,
        "extras": summary.extras.model_dump(mode="json") if summary else None,
        "left_out": summary.left_out if summary else 0,
        "supported": round(summary.supported, 4) if summary else None,
        "text": answer.text if answer else "",
    }


def _point_document(point: Point, url: str) -> Document:
    quotes: list[JsonValue] = [
        {"quote": one.quote, "start": one.start, "url": moment_links.link(url, one.start) or None}
        for one in point.evidence
    ]
    return {
        "label": point.label,
        "text": point.text,
        "evidence": quotes,
        "doubts": list(point.doubts),
    }


def _note(document: dict[str, Any]) -> Note:
    listed = document["listed"]
    return Note(
        item=Item(
            **{name: document[name] for name in ("source", "id", "name", "url", "origin", "digest")},
            recording=document.get("recording", False),
            video=Video.model_validate(listed) if listed else None,
        ),
        created=document["timestamp"],
        video=_video(document) if document["fetched"] else None,
        transcript=Transcript.model_validate(document["transcript"]) if document["transcript"] else None,
        answer=_answer(document) if document["answered"] else None,
        failure=Failure.model_validate(document["failure"]) if document["failure"] else None,
        cost=document["cost_usd"],
    )


def _video(document: dict[str, Any]) -> Video:
    return Video.model_validate({name: document[name] for name in _VIDEO if name in document})


def _answer(document: dict[str, Any]) -> Answer:
    return Answer(
        summary=_summary(document) if document["concept_map"] else None,
        text=document["text"],
        model=document["model"],
        prompt=document["prompt"],
        usage=document["usage"],
        created=document["answered"],
        notices=[
            one for one in document["notices"] if one not in (document["transcript"] or {}).get("notices", [])
        ],
    )


def _summary(document: dict[str, Any]) -> Summary:
    core_point, fundamental_point = map(_point, document["conclusion_points"])
    graph = {name: value for name, value in document["concept_map"].items() if name != "mermaid"}
    return Summary.model_validate(
        {
            "core_ideas": [_point(point) for point in document["core_ideas"]],
            "core_point": core_point,
            "fundamental_point": fundamental_point,
            "framework": document["framework"],
            "concept_map": graph,
            "extras": document.get("extras") or {},
            "left_out": document.get("left_out", 0),
        }
    )


def _point(point: dict[str, Any]) -> Point:
    quotes = tuple(Evidence(quote=one["quote"], start=one["start"]) for one in point["evidence"])
    return Point(
        label=point["label"], text=point["text"], evidence=quotes, doubts=tuple(point.get("doubts", ()))
    )


def _pretty(value: JsonValue, depth: int) -> str:
    """Write JSON with what is short on one line, so that a transcript has one line a segment."""
    flat = _ENCODER.encode(value)
    if not isinstance(value, dict | list) or not value or (depth and 2 * depth + len(flat) <= WIDTH):
        return flat
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, dict):
        rows = [f"{json.dumps(key)}: {_pretty(one, depth + 1)}" for key, one in value.items()]
        opening, closing = "{", "}"
    else:
        rows = [_pretty(one, depth + 1) for one in value]
        opening, closing = "[", "]"
    return f"{opening}\n" + ",\n".join(inner + row for row in rows) + f"\n{outer}{closing}"
