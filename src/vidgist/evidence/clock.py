"""From a place in the words of a transcript to the second at which it is said. Pure."""

import bisect
import itertools

from vidgist.models import Transcript


class Clock:
    def __init__(self, transcript: Transcript) -> None:
        self._timed = transcript.timed
        self._begins: list[int] = []
        self._spans: list[tuple[float, float, int]] = []
        offset = 0
        for segment, after in itertools.zip_longest(transcript.segments, transcript.segments[1:]):
            text = " ".join(segment.text.split())
            if text:
                lasts = segment.duration
                if after is not None and segment.start < after.start < segment.start + lasts:
                    lasts = after.start - segment.start
                self._begins.append(offset)
                self._spans.append((segment.start, max(0.0, lasts), len(text)))
                offset += len(text) + 1

    def at(self, offset: int) -> float | None:
        """Return when it is said, in seconds; within a segment as if every letter took the same time. None
        without times.
        """
        if not self._timed:
            return None
        place = bisect.bisect_right(self._begins, offset) - 1
        start, lasts, length = self._spans[place]
        return round(start + lasts * (offset - self._begins[place]) / length, 3)
