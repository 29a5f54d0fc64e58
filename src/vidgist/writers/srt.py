"""``--format srt``: the transcript as SubRip subtitles, for players that know no WebVTT.

A numbered cue a segment, ``HH:MM:SS,mmm``, a blank line between cues.
"""

from collections.abc import Iterator

from vidgist.config import Settings
from vidgist.models import Note, Segment

SHORTEST = 0.001
"""Seconds; a cue that ends where it begins is left out by some players."""


class SrtWriter:
    suffix = ".srt"

    def render(self, note: Note, old: str = "") -> str:  # noqa: ARG002
        segments = note.transcript.segments if note.transcript else ()
        return "\n".join(_cues([one for one in segments if one.text.strip()]))


def _cues(segments: list[Segment]) -> Iterator[str]:
    speaker = ""
    for number, one in enumerate(segments, 1):
        named = f"{one.speaker}: " if one.speaker and one.speaker != speaker else ""
        speaker = one.speaker or speaker
        end = max(one.start + one.duration, one.start + SHORTEST)
        words = " ".join(f"{named}{one.text}".split()).replace("-->", "->")
        yield f"{number}\n{_clock(one.start)} --> {_clock(end)}\n{words}\n"


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02},{rest % 1000:03}"


def create(settings: Settings) -> SrtWriter:  # noqa: ARG001
    return SrtWriter()
