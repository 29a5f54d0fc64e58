"""SubStation (``.ass``, ``.ssa``), MicroDVD (``.sub``), MPL2, TMPlayer and SAMI. The one door of pysubs2.

The library reads these as players do. Comments, drawings and styles are no words; the actor of an event is
who speaks. MicroDVD counts frames: where the file does not give the rate, a notice says so.
"""

import re
import warnings
from collections import Counter
from typing import TYPE_CHECKING

from vidgist.errors import Unreadable
from vidgist.models import Transcript
from vidgist.readers import markup, metadata, plain, repeats, voices
from vidgist.readers.cues import Cue, Reading, timed
from vidgist.readers.files import File
from vidgist.readers.metadata import About

if TYPE_CHECKING:
    import pysubs2

NAMES = ("ass", "microdvd", "mpl2", "sami")
SUFFIXES = (".ass", ".ssa", ".sub", ".smi", ".sami")

_MARKS = (
    (
        "ass",
        re.compile(
            r"\s*(?:;.*\n\s*)*\[Script Info\]|.*^\[Events\]", re.IGNORECASE | re.DOTALL | re.MULTILINE
        ),
    ),
    ("sami", re.compile(r"\s*<sami>", re.IGNORECASE)),
    ("microdvd", re.compile(r"\s*\{\d+\}\{\d*\}")),
    ("tmplayer", re.compile(r"(?:\s*\d{1,2}:\d\d:\d\d(?:,\d)?[:=](?!\d)[^\n]*\n){2}")),
    ("mpl2", re.compile(r"\s*\[\d+\]\[\d*\]")),
)
_NOBODY = "NTP"
"""What old programs write where an actor would stand."""

_FRAMES = 23.976
_HEAD = 4096
_MARKED = re.compile(r"(?m)^((?:Dialogue|Comment):)\s*Marked=\d+")
_OPEN_END = re.compile(r"(?m)^(?P<open>[\[{])(?P<n>\d+)(?P<close>[\]}])(?P=open)(?P=close)")
_CLASS = re.compile(
    r"<P\s+Class\s*=\s*[\"']?(?P<name>\w+)[\"']?[^<>]*>(?P<text>.*?)(?=<(?:P|SYNC|/BODY)\b|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TMPLAYER = re.compile(r"^\s*(\d{1,2}:\d\d:\d\d)(?:,\d)?[:=]")
_MARK = re.compile(r"\[[A-Z ]{2,20}\]|\*{4,}.*\*{4,}")
_PIPE = re.compile(r"\|/?")


def looks(file: File) -> bool:
    return bool(_kind(file.text))


def _kind(text: str) -> str:
    head = text[:_HEAD].lstrip("\ufeff")
    return next((name for name, mark in _MARKS if mark.match(head)), "")


def read(file: File) -> Reading:
    """Read one. Raises `Unreadable` with the code ``format`` for what the library cannot read."""
    import pysubs2

    text = _OPEN_END.sub(r"\g<open>\g<n>\g<close>\g<open>\g<n>\g<close>", file.text.lstrip("\ufeff"))
    kind = _kind(text)
    if kind == "tmplayer":
        return plain.reading([_TMPLAYER.sub(r"\1 ", line).replace("|", " ") for line in text.split("\n")])
    if not kind and (words := _in_brackets(text)).timed and words.segments:
        return Reading(transcript=words)
    if not kind:
        raise Unreadable(f"{file.name} is none of {', '.join(SUFFIXES)}", code="format")
    notices: list[str] = []
    text = _MARKED.sub(r"\1 0", text) if kind == "ass" else text
    if kind == "sami":
        text, notices = _in_one_language(text)
    try:
        subs = _parsed(text, kind)
    except pysubs2.exceptions.UnknownFPSError:
        subs = _parsed(text, kind, fps=_FRAMES)
        notices.append(f"it counts frames without saying how many: {_FRAMES} a second were taken")
    except (
        pysubs2.exceptions.Pysubs2Error,
        ValueError,
        LookupError,
        ArithmeticError,
        TypeError,
        AttributeError,
    ) as error:
        raise Unreadable(f"{file.name} is no whole {kind} file", code="format") from error
    cues = [_cue(event, kind) for event in subs.events if event.is_text or kind != "ass"]
    cues = [cue for cue in cues if cue.text.strip()]
    if not cues:
        return Reading(transcript=Transcript(segments=()))
    said = repeats.unroll(_apart(voices.named(cues)))
    title = subs.info.get("Title", "")
    about = About(
        title="" if title.lower().startswith(("default", "untitled", "<untitled")) else metadata.text(title)
    )
    return Reading(transcript=timed(said, *notices), about=about)


def _parsed(text: str, kind: str, fps: float | None = None) -> "pysubs2.SSAFile":
    """Return what the library reads; of a damaged field it warns, and takes the usual."""
    import pysubs2

    with warnings.catch_warnings(action="ignore"):
        return pysubs2.SSAFile.from_string(text, format_=kind, fps=fps)


def _in_brackets(text: str) -> Transcript:
    """Return the words of SubViewer's first version: a time in brackets above each caption, another below it."""
    _, _, body = text.rpartition("[BEGIN]\n")
    lines = [line for line in body.split("\n") if not _MARK.fullmatch(line.strip())]
    return plain.transcribed([line.replace("|", " ") for line in lines])


def _in_one_language(text: str) -> tuple[str, list[str]]:
    """Return the text with the words of its first language alone, where it has the same in several."""
    said = Counter(
        found["name"].lower()
        for found in _CLASS.finditer(text)
        if found["text"].replace("&nbsp;", "").strip()
    )
    if len(said) < 2 or min(said.values()) * 2 < max(said.values()):  # noqa: PLR2004
        return text, []
    first = next(iter(said))
    kept = _CLASS.sub(lambda found: found[0] if found["name"].lower() == first else "", text)
    return kept, [f"it holds captions in {len(said)} languages: those of its class {first.upper()} were read"]


def _cue(event: "object", kind: str) -> Cue:
    start, end = getattr(event, "start", 0), getattr(event, "end", 0)
    raw, name = str(getattr(event, "text", "")), str(getattr(event, "name", ""))
    name = "" if name == _NOBODY else name
    plain = str(getattr(event, "plaintext", "")) if kind == "ass" else raw.replace("\\N", "\n")
    if kind != "ass":
        plain = _PIPE.sub("\n", plain)
    return Cue(max(0, start) / 1000, max(0, end) / 1000, markup.read(plain), name, raw if "{" in raw else "")


def _apart(cues: list[Cue]) -> list[Cue]:
    """Return the cues without those that are shown twice at once, for a shadow or an outline."""
    return list(dict.fromkeys(cue._replace(raw="") for cue in cues)) if not _marked(cues) else cues


def _marked(cues: list[Cue]) -> bool:
    """Return whether the same words come with other marks, as they do where a mark moves through them."""
    seen: dict[tuple[float, str], str] = {}
    return any(seen.setdefault((0.0, cue.text), cue.raw) != cue.raw and cue.start != 0 for cue in cues)
