"""Captions in XML: TTML and DFXP, YouTube's srv1, srv2 and srv3. Read with defusedxml, against bombs.

TTML: https://www.w3.org/TR/ttml2/ (times of clocks, of offsets with a unit, and of frames). YouTube's three
are described nowhere; the entities of srv1 are escaped twice.
"""

import math
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from vidgist.errors import Unreadable
from vidgist.models import Transcript
from vidgist.readers import clocks, markup, metadata, repeats, voices
from vidgist.readers.cues import Cue, Reading, timed, until_next
from vidgist.readers.files import File
from vidgist.readers.json_entries import count
from vidgist.readers.metadata import About
from vidgist.text import transcript

NAMES = ("ttml", "srv1", "srv2", "srv3", "xml")
SUFFIXES = (".ttml", ".dfxp", ".xml", ".srv1", ".srv2", ".srv3", ".itt")

_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:\w+:)?(?:tt|timedtext|transcript)[\s>]", re.DOTALL
)
_OFFSET = re.compile(r"(\d{1,12}(?:\.\d+)?)(h|ms|m|s|f|t)")
_FRAMES = re.compile(r"(\d{1,4}):(\d{2}):(\d{2}):(\d{1,3})(?:\.\d+)?")
_ENCODING = re.compile(r"(<\?xml[^>]{0,200}?)\sencoding\s*=\s*[\"'][^\"']*[\"']")
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3}
_FRAME_RATE = 30.0
_TICKS, _MOST_TICKS = 1e7, 100_000
_AGENT = "agent"


def looks(file: File) -> bool:
    head = file.text[:_HEAD_LENGTH].lstrip("\ufeff \t\r\n")
    return head.startswith("<?xml ") or _HEAD.match(head) is not None


_HEAD_LENGTH = 4096


def read(file: File) -> Reading:
    """Read one. Raises `Unreadable` with the code ``format`` for what is no XML of captions, under any
    name.
    """
    root = _root(file)
    tag = _tag(root)
    if tag == "transcript" or (tag == "timedtext" and root.find("body") is None):
        return _reading(list(_flat(root)))
    if tag == "timedtext":
        return _reading(list(_srv3(root)))
    if any(_tag(one) == "p" for one in root.iter()):
        return _ttml(root)
    raise Unreadable(f"{file.name} is XML, but of no captions that vidgist knows", code="format")


def _root(file: File) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(_ENCODING.sub(r"\1", file.text.lstrip("\ufeff \r\n\t"), count=1))
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise Unreadable(
            f"{file.name} is no XML: {transcript.line(str(error))[:120]}", code="format"
        ) from error
    return root


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _reading(
    cues: list[Cue],
    about: About | None = None,
    language: str = "",
    *,
    heard: bool = False,
    notices: tuple[str, ...] = (),
) -> Reading:
    said = repeats.unroll(voices.named(until_next(cues)))
    words = timed(said, *notices, language=language, generated=heard) if said else Transcript(segments=())
    return Reading(transcript=words, about=about or About())


def _flat(root: Element) -> Iterator[Cue]:
    """Read srv1 in seconds (``start``, ``dur``), srv2 in milliseconds (``t``, ``d``)."""
    for one in root.iter("text"):
        unit = 1.0 if one.get("start") else 1e-3
        start = metadata.number(one.get("start") or one.get("t"))
        length = metadata.number(one.get("dur") or one.get("d"))
        text = markup.read("".join(one.itertext()))
        yield Cue(start * unit, (start + length) * unit, text)


def _srv3(root: Element) -> Iterator[Cue]:
    for one in root.iter("p"):
        text = "".join(one.itertext())
        if not text.strip():
            continue
        start, length = metadata.number(one.get("t", "0")), metadata.number(one.get("d"))
        yield Cue(start / 1000, (start + length) / 1000, markup.read(text))


# TTML


def _ttml(root: Element) -> Reading:
    rates = _Rates(root)
    agents = {
        _attribute(one, "id"): name
        for one in root.iter()
        if _tag(one) == _AGENT and (name := transcript.line("".join(one.itertext())))
    }
    notices = _in_one_language(root)
    title = next((one.text for one in root.iter() if _tag(one) == "title" and one.text), "")
    cues = list(_paragraphs(root, rates, agents, 0.0, math.nan))
    about = About(title=transcript.line(title or ""))
    return _reading(cues, about, metadata.language(_attribute(root, "lang")), notices=notices)


def _in_one_language(root: Element) -> tuple[str, ...]:
    """Take the divisions of other languages than the document's, or the first one's, out of it; say so."""
    body = next((one for one in root.iter() if _tag(one) == "body"), root)
    spoken = [one for one in body if _tag(one) == "div" and any(_tag(below) == "p" for below in one.iter())]
    tags = list(dict.fromkeys(_attribute(one, "lang") for one in spoken))
    if len(tags) < 2 or "" in tags:  # noqa: PLR2004
        return ()
    kept = _attribute(root, "lang") if _attribute(root, "lang") in tags else tags[0]
    for one in spoken:
        if _attribute(one, "lang") != kept:
            body.remove(one)
    return (f"it holds captions in {len(tags)} languages: those in {kept} were read",)


class _Rates:
    """What frames and ticks are worth in a document."""

    def __init__(self, root: Element) -> None:
        multiplier = _attribute(root, "frameRateMultiplier").replace(":", " ").split()
        whole, part = map(metadata.number, multiplier) if len(multiplier) == 2 else (1.0, 1.0)  # noqa: PLR2004
        factor = whole / part if part else 1.0
        rate = metadata.number(_attribute(root, "frameRate"))
        self.frames = (rate if rate > 0 else _FRAME_RATE) * (factor if factor > 0 else 1.0)
        ticks = metadata.number(_attribute(root, "tickRate"))
        self.ticks = ticks if ticks > 0 else self.frames if rate > 0 else _ticks(root)
        self.units = _UNITS | {"f": 1 / self.frames, "t": 1 / self.ticks}

    def seconds(self, text: str) -> float:
        bare = text.strip()
        if match := _OFFSET.fullmatch(bare):
            return float(match[1]) * self.units[match[2]]
        if match := _FRAMES.fullmatch(bare):
            hours, minutes, whole, frames = map(int, match.groups())
            return hours * 3600 + minutes * 60 + whole + frames / self.frames
        return clocks.seconds(bare) if bare else math.nan


def _ticks(root: Element) -> float:
    """Return how many ticks a second a document has that does not say: one, or where that would be days ten
    million, as players take it.
    """
    found = (re.fullmatch(r"(\d{1,15})t", _attribute(one, "begin")) for one in root.iter())
    return _TICKS if any(int(one[1]) > _MOST_TICKS for one in found if one) else 1.0


def _attribute(element: Element, name: str) -> str:
    if (plain := element.attrib.get(name)) is not None:
        return plain
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "")


def _paragraphs(
    element: Element, rates: _Rates, agents: dict[str, str], base: float, inherited: float
) -> Iterator[Cue]:
    """Yield the paragraphs below an element; a division's begin moves those of its
    paragraphs, or is theirs.
    """
    for one in element:
        tag, begin = _tag(one), rates.seconds(_attribute(one, "begin"))
        if tag in ("head", "metadata", "styling", "layout"):
            continue
        if tag == "p":
            cue = _paragraph(one, rates, agents, base)
            yield cue._replace(start=inherited) if math.isnan(cue.start) else cue
        else:
            moves = tag in ("body", "div") and not math.isnan(begin)
            moved = base + begin if moves else base
            yield from _paragraphs(one, rates, agents, moved, moved if moves else inherited)


def _paragraph(one: Element, rates: _Rates, agents: dict[str, str], base: float) -> Cue:
    begins = (_attribute(any_of, "begin") for any_of in one.iter())
    start = next((time for text in begins if not math.isnan(time := rates.seconds(text))), math.nan)
    end, length = rates.seconds(_attribute(one, "end")), rates.seconds(_attribute(one, "dur"))
    agent = _attribute(one, _AGENT).split(" ")[0]
    speaker = agents.get(agent, agent if voices.is_numbered(agent) else "")
    end = start + length if math.isnan(end) else end + base
    return Cue(start + base, end, _text(one), speaker)


def _text(element: Element) -> str:
    """Return the text of a paragraph as it is shown: source line ends are spaces, breaks are line ends."""
    if words := _words_apart(element):
        return " ".join(words)
    parts = [_spaced(element.text)]
    for one in element:
        tag = _tag(one)
        if tag == "br":
            parts.append("\n")
        elif tag not in ("metadata", "agent", "desc", "set"):
            parts.append(_text(one))
        parts.append(_spaced(one.tail))
    return "".join(parts)


_LEAST_WORDS = 3


def _words_apart(element: Element) -> list[str]:
    """Return the texts of an element that has a timed part for each word and no spaces between; else none."""
    parts = [_text(one) for one in element if _attribute(one, "begin") and _tag(one) == "span"]
    if len(parts) < max(_LEAST_WORDS, len(element)) or (element.text or "").strip():
        return []
    loose = any(one.tail for one in element) or any(" " in part or not part for part in parts)
    return [] if loose or count("".join(parts)) > 1 else parts


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""
