"""Plain text and Markdown to cues: times that begin lines, front matter, no markup.

A file has times where they begin at least a third of its lines and never run backwards; one bare ``10:30`` is
a word like any other, so a single time must stand in brackets. Front matter is the plain part of YAML that
notes have: one ``key: value`` a line between two lines of ``---``.
"""

import itertools
import re
from collections.abc import Iterator

from vidgist.errors import Unreadable
from vidgist.models import Segment, Transcript
from vidgist.sources import _about
from vidgist.sources._about import About, Reading
from vidgist.text import record

MOST_WORDS = 40
"""Longer paragraphs are parted, at ends of sentences where there are any."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_TIME = re.compile(
    r"\s*(?:[-*+>]\s+)?(?P<open>[\[(])?"
    r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,2}):(?P<s>[0-5]\d)(?P<f>[.,]\d{1,6})?"
    r"(?:\s*-{1,2}>?\s*[\d:.,]{4,16})?(?(open)[\])])(?=\s|$|[-–—]|:(?!\d))\s*(?:[-–—:]\s+)?"
)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_PAIR = re.compile(r"([A-Za-z_][\w-]{0,40})\s*:\s*(.*)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_MARKUP = re.compile(
    r"^\s*(?:---|\*\*\*|___)\s*$"
    r"|!?\[(?P<label>[^][]{0,500})\]\([^()\s]{0,2000}\)"
    r"|^\s*(?:[-*+]|\d{1,3}[.)]|>)\s+|\*\*|__|`+"
)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*\Z")

_COMMENT = re.compile(r"(?:^|\s)#.*")
_ADDRESS = re.compile(r"https?://\S+|(?:www\.|m\.)?youtu(?:\.be|be\.com)/\S+|@[\w.-]+|[\w-]{11}", re.ASCII)

Row = tuple[float | None, str]


def read(text: str) -> Reading:
    """A plain text's cues. Raises `Unreadable` for a list of inputs: addresses are no words."""
    lines = _LINE_END.split(text)
    if _is_list(lines):
        raise Unreadable(
            "it holds addresses and no words", code="list", hint="name a list of inputs with --from-file"
        )
    return Reading(transcript=_transcript(lines))


def _is_list(lines: list[str]) -> bool:
    """Whether each line is an address, an id or a comment, and one at least not a word of 11 letters."""
    named = [bare for line in lines if (bare := _COMMENT.sub("", line).strip())]
    return any(not line.isalpha() for line in named) and all(map(_ADDRESS.fullmatch, named))


def read_markdown(text: str) -> Reading:
    """A note's cues, without its markup; its front matter or first heading names the video."""
    body = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    about = About()
    if front := _FRONT_MATTER.match(body):
        about, body = _told(front[1]), body[front.end() :]
    lines: list[str] = []
    for line in _uncommented(body).split("\n"):
        heading = _HEADING.fullmatch(line)
        if heading and heading[1] == "#" and not about.title:
            about = about.model_copy(update={"title": _about.text(heading[2])})
        else:
            lines.append(_bare(heading[2] if heading else line))
    return Reading(transcript=_transcript(lines), about=about)


def _uncommented(text: str) -> str:
    """The text without HTML comments; by hand, since a pattern would look for each end anew."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + len("-->")
    return "".join(kept) + text[at:]


def _bare(line: str) -> str:
    return _MARKUP.sub(lambda found: found["label"] or "", line)


def _told(front: str) -> About:
    pairs = {}
    for row in front.split("\n"):
        if pair := _PAIR.fullmatch(row.strip()):
            pairs[pair[1].lower()] = _unquoted(pair[2])
    length = pairs.get("duration", "")
    return About(
        title=_about.text(pairs.get("title")),
        url=_about.link(pairs.get("url")) or _about.link(pairs.get("source")),
        seconds=_about.seconds(record.seconds(length)) or _about.seconds(length),
        channel=_about.text(pairs.get("channel")) or _about.text(pairs.get("author")),
        published=_about.day(pairs.get("published")) or _about.day(pairs.get("date")),
        language=_about.language(pairs.get("language")) or _about.language(pairs.get("lang")),
    )


def _unquoted(value: str) -> str:
    bare = value.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        quote, bare = bare[0], bare[1:-1]
        return bare.replace('\\"', '"').replace("\\\\", "\\") if quote == '"' else bare.replace("''", "'")
    return bare


def _transcript(lines: list[str]) -> Transcript:
    rows = [_row(line) for line in lines if line.strip()]
    starts = [start for start, _ in rows if start is not None]
    bracketed = any(line.lstrip(" \t-*+>")[:1] in ("[", "(") for line in lines if _TIME.match(line))
    is_timed = (
        len(starts) >= (1 if bracketed else 2)
        and 3 * len(starts) >= len(rows)
        and all(one <= next_ for one, next_ in itertools.pairwise(starts))
    )
    if not is_timed:
        return Transcript(segments=tuple(_untimed(lines)), timed=False)
    return Transcript(segments=tuple(_timed(rows)))


def _row(line: str) -> Row:
    match = _TIME.match(line)
    if match is None:
        return None, line
    start = int(match["h"] or 0) * 3600 + int(match["m"]) * 60 + int(match["s"])
    return start + float((match["f"] or ".0").replace(",", ".")), line[match.end() :]


def _timed(rows: list[Row]) -> Iterator[Segment]:
    """A cue a line; a line without a time goes on from the one before, until the next time."""
    ends = [start for start, _ in rows if start is not None][1:]
    ends.append(0.0)
    now = end = 0.0
    following = iter(ends)
    for start, words in rows:
        if start is not None:
            now, end = start, next(following)
        yield Segment(start=now, duration=max(0.0, round(end - now, 3)), text=words)


def _untimed(lines: list[str]) -> Iterator[Segment]:
    return (Segment(start=0, duration=0, text=part) for line in lines for part in parts(line))


def parts(paragraph: str) -> Iterator[str]:
    """Pieces of at most `MOST_WORDS` words; joined by single spaces they are the paragraph's words again."""
    piece: list[str] = []
    for word in paragraph.split():
        piece.append(word)
        if len(piece) == MOST_WORDS or (len(piece) > MOST_WORDS // 4 and _SENTENCE_END.search(word)):
            yield " ".join(piece)
            piece = []
    if piece:
        yield " ".join(piece)
