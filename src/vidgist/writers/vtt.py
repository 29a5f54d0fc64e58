"""``--format vtt``: the transcript as WebVTT, for players and for reading it in again.

Format: https://www.w3.org/TR/webvtt1/
"""

import html

from vidgist.config import Settings
from vidgist.models import Note
from vidgist.text.record import header


class VttWriter:
    suffix = ".vtt"

    def render(self, note: Note, old: str = "") -> str:  # noqa: ARG002
        """One cue a segment; a transcript without times becomes one cue of no length."""
        language = note.transcript.language if note.transcript else ""
        head = ["WEBVTT", *([f"Language: {header(language)}"] if language else [])]
        cues = [
            f"{_clock(segment.start)} --> {_clock(segment.start + segment.duration)}\n"
            f"{html.escape(' '.join(segment.text.split()), quote=False)}"
            for segment in (note.transcript.segments if note.transcript else ())
            if segment.text.strip()
        ]
        return "\n\n".join(["\n".join(head), *cues]) + "\n"


def create(settings: Settings) -> VttWriter:  # noqa: ARG001
    return VttWriter()


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
