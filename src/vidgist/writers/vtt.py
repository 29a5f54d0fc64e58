"""``--format vtt``: the transcript as WebVTT, for players and for reading it in again.

Format: https://www.w3.org/TR/webvtt1/. Words without times are no cues: they stand in comments, which no
player shows and our reader reads.
"""

import html

from vidgist.config import Settings
from vidgist.models import Note, Segment
from vidgist.text.hygiene import published
from vidgist.text.transcript import UNTIMED


class VttWriter:
    suffix = ".vtt"

    def render(self, note: Note, old: str = "") -> str:  # noqa: ARG002
        """Write one cue a segment, with its speaker as a voice."""
        words = note.transcript
        language = words.language if words else ""
        head = ["WEBVTT", *([f"Language: {published(language)}"] if language else [])]
        segments = [one for one in words.segments if one.text.strip()] if words else []
        rows = [_cue(one) for one in segments]
        if words and not words.timed:
            rows = [f"NOTE {UNTIMED}", *(f"NOTE\n{_said(one)}" for one in segments)]
        return "\n\n".join(["\n".join(head), *rows]) + "\n"


def _cue(segment: Segment) -> str:
    return f"{_clock(segment.start)} --> {_clock(segment.start + segment.duration)}\n{_said(segment)}"


def _said(segment: Segment) -> str:
    text = html.escape(" ".join(segment.text.split()), quote=False)
    name = html.escape(published(segment.speaker), quote=False)
    return f"<v {name}>{text}</v>" if name else text


def create(settings: Settings) -> VttWriter:  # noqa: ARG001
    return VttWriter()


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
