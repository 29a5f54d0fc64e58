"""JSON transcripts to cues, told apart by their shape, whatever the file is called.

{"events": [{"tStartMs", "dDurationMs", "segs": [{"utf8"}]}]}     YouTube's json3
[{"text", "start", "duration"}]                                   youtube-transcript-api
{"segments": [{"text", "start", "end"}], "language"}              Whisper and its kin
{"format": "vidgist/1", "transcript": {"segments": [...]}}        vidgist's own json output
"""

import json
import math
import re
from collections.abc import Iterable, Iterator

from vidgist.errors import Unreadable
from vidgist.models import Segment, Transcript
from vidgist.sources import _about
from vidgist.sources._about import About, Reading

Document = dict[str, object]

_OWN_HEAD = re.compile(r'\s*\{\s*"format": "vidgist/\d+",.*?\n\s*"url": ("(?:[^"\\\n]|\\.)*"),', re.DOTALL)


def peek(head: str) -> About | None:
    """What the first lines of vidgist's own json tell, or None where this is something else."""
    match = _OWN_HEAD.match(head)
    try:
        return About(url=_about.link(json.loads(match[1]))) if match else None
    except ValueError:
        return None


def read(text: str, name: str) -> Reading:
    """Raises `Unreadable` with the code ``format`` for what is no JSON or holds no transcript."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise Unreadable(f"{name} is no JSON: {reason}", code="format") from error
    for shape in (_listed, _json3, _own, _segmented):
        reading = shape(told)
        if reading is not None:
            return reading
    raise Unreadable(
        f"{name} holds no transcript",
        code="format",
        hint="known are YouTube's json3, a list of {text, start, duration}, Whisper's and vidgist's json",
    )


def _listed(told: object) -> Reading | None:
    if not isinstance(told, list):
        return None
    if told and not any("text" in one for one in _objects(told)):
        return None
    return Reading(transcript=Transcript(segments=tuple(_cues(told))))


def _json3(told: object) -> Reading | None:
    events = _list_in(told, "events")
    if events is None:
        return None
    cues = []
    for event in _objects(events):
        pieces = event.get("segs")
        if not isinstance(pieces, list) or event.get("aAppend"):
            continue  # window layout, or a line end that a rolling display needs
        words = "".join(part for piece in _objects(pieces) if isinstance(part := piece.get("utf8"), str))
        start, length = _about.number(event.get("tStartMs", 0)), _about.number(event.get("dDurationMs", 0))
        cues.append(Segment(start=start / 1000, duration=length / 1000, text=words))
    heard = any("acAsrConf" in piece for event in _objects(events) for piece in _pieces(event))
    return Reading(transcript=Transcript(segments=tuple(cues), generated=heard))


def _pieces(event: Document) -> Iterator[Document]:
    pieces = event.get("segs")
    return _objects(pieces if isinstance(pieces, list) else ())


def _own(told: object) -> Reading | None:
    if not isinstance(told, dict) or not str(told.get("format")).startswith("vidgist/"):
        return None
    transcript = told.get("transcript")
    segments = _list_in(transcript, "segments")
    if segments is None or not isinstance(transcript, dict):
        return None
    return Reading(
        transcript=Transcript(
            segments=tuple(_cues(segments)),
            language=_about.language(transcript.get("language")),
            generated=transcript.get("generated") is True,
            timed=transcript.get("timed") is not False,
            heard_by=_about.text(transcript.get("heard_by")),
        ),
        about=About(
            title=_about.text(told.get("title")),
            url=_about.link(told.get("url")),
            seconds=_about.seconds(told.get("seconds")),
            channel=_about.text(told.get("channel")),
            channel_url=_about.link(told.get("channel_url")),
            published=_about.day(told.get("published")),
            language=_about.language(told.get("language")),
        ),
    )


def _segmented(told: object) -> Reading | None:
    segments = _list_in(told, "segments")
    if segments is None or not isinstance(told, dict):
        return None
    return Reading(
        transcript=Transcript(
            segments=tuple(_cues(segments)), language=_about.language(told.get("language")), generated=True
        )
    )


def _cues(told: Iterable[object]) -> Iterator[Segment]:
    for one in _objects(told):
        words = one.get("text")
        if not isinstance(words, str):
            continue
        start = _about.number(one.get("start", 0))
        length = one.get("duration")
        duration = _about.number(one.get("end")) - start if length is None else _about.number(length)
        yield Segment(start=start, duration=duration if math.isfinite(duration) else 0.0, text=words)


def _objects(told: Iterable[object]) -> Iterator[Document]:
    return (one for one in told if isinstance(one, dict))


def _list_in(told: object, key: str) -> list[object] | None:
    value = told.get(key) if isinstance(told, dict) else None
    return value if isinstance(value, list) else None
