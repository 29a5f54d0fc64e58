"""What a file says of its video beside the words: a sidecar, front matter, a record's header."""

import math
import re
from datetime import date

from vidgist.models import Chapter, Value, Video
from vidgist.readers import markup
from vidgist.text import languages
from vidgist.text.transcript import MOST_SECONDS, line

_LINK = re.compile(r"https?://[^\s\x00-\x1f\x7f\ud800-\udfff]+", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?", re.DOTALL)


class About(Value):
    """Each field empty where the file does not say."""

    title: str = ""
    url: str = ""
    seconds: float | None = None
    channel: str = ""
    channel_url: str = ""
    published: date | None = None
    language: str = ""
    chapters: tuple[Chapter, ...] = ()

    def over(self, other: "About") -> "About":
        """Return these metadata, filled with those of the other where empty."""
        return self.model_copy(update={name: value for name, value in other if not getattr(self, name)})

    def video(self, *, title: str, seconds: float | None = None) -> Video:
        """Return the video, with a title and a length to fall back on."""
        return Video(
            title=self.title or title,
            seconds=self.seconds if self.seconds is not None else seconds,
            channel=self.channel,
            channel_url=self.channel_url,
            published=self.published,
            language=self.language,
            chapters=self.chapters,
        )


# Fields of hostile documents: what is not of the right kind is as good as not there.


def text(value: object) -> str:
    """Return one line of text, or nothing."""
    return line(markup.decoded(value)) if isinstance(value, str) else ""


def link(value: object) -> str:
    """Return an address of the web on one line, or nothing."""
    return value.strip() if isinstance(value, str) and _LINK.fullmatch(value.strip()) else ""


def number(value: object) -> float:
    """Return a finite number, also one written as text; NaN where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return math.nan
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return math.nan
    return found if math.isfinite(found) else math.nan


def seconds(value: object) -> float | None:
    """Return the length of a video, or None where it cannot be one."""
    length = number(value)
    return length if 0 < length <= MOST_SECONDS else None


def day(value: object) -> date | None:
    """Return a day written as ``20260131`` or as ISO 8601 has it, or None."""
    match = _DAY.fullmatch(str(value).strip()) if isinstance(value, str | int) else None
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def language(value: object) -> str:
    """Return a BCP 47 code as the registry writes it, or nothing."""
    return languages.standard(value) if isinstance(value, str) else ""
