r"""Markdown: the words without their markup; front matter or the first heading names the video.

Times stand before the words, after a name, in links and tables. Markup is what stands as markup: ``**bold**``
and `` `code` ``, not the ``__init__`` and ``k^{\alpha}`` of a lecture. Front matter is YAML; where it is none, its
plain ``key: value`` lines are read.
"""

import re
from collections.abc import Iterator

from vidgist.readers import heads, metadata, plain, tables, video_properties
from vidgist.readers.cues import Reading
from vidgist.readers.files import File
from vidgist.readers.metadata import About

NAMES = ("markdown",)
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TOML_PAIR = re.compile(r"(?m)^\s*([A-Za-z_][\w-]*)\s*=\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|(?:- ){2,}-|(?:\* ){2,}\*)\s*")
_MARKUP = re.compile(
    r"!\[[^][]{0,500}\]\([^()\s]{0,2000}\)"
    r"|\[(?P<label>[^][]{0,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,200}\")?\)"
    r"|\[\[(?:[^][|]{1,200}\|)?(?P<wiki>[^][|]{1,200})\]\]"
    r"|\^\[[^][]{0,500}\]|\[\^[^][\s]{1,40}\]"
)
_LEAD = re.compile(r"\s*(?:>\s*)*(?:(?:[-*+]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?)?")
_STRONG = re.compile(
    r"\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<![\w*])\*(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\*(?![\w*])|(?<!\w)__(?=\S)([^_\n]+ [^_\n]*|[^_\n]*[:.\d][^_\n]*)(?<=\S)__(?!\w)|(?<!\w)_(?=\S)([^_\n]{1,300}?)(?<=\S)_(?!\w)|~~(?=\S)(.+?)~~|==(?=\S)(.+?)=="
)
_MAY_BE_STRONG = re.compile(r"[*_~=]")
_CODE = re.compile(r"(`{1,3})(?=[^`])(.*?[^`])\1(?!`)")
_ESCAPE = re.compile(r"\\([\[\]()*_#.!>+\-`|~<&\"':])")
_TABLE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*")
_CELL_BAR = re.compile(r"(?<!\\)\|")
_TAG = re.compile(
    r"</?(?:br|p|details|summary|b|i|strong|em|u|sup|sub|span|div|small|a|center|mark)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_FENCE = re.compile(r"\s*(?:```+|~~~+)\s*(?P<kind>\w*).*")
_DIAGRAMS = frozenset("mermaid dataview dataviewjs query plantuml graphviz dot".split())
_LEAST_ROWS = 2


def looks(file: File) -> bool:
    del file
    return False


def read(file: File) -> Reading:
    body = file.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    about = About()
    if front := FRONT_MATTER.match(body):
        about, body = video_properties.read(front[1]), body[front.end() :]
    elif front := _TOML.match(body):
        about, body = video_properties.read(_TOML_PAIR.sub(r"\1: ", front[1])), body[front.end() :]
    rows = list(_lines(_uncommented(body).split("\n")))
    if not about.title and (title := next((text for kind, text in rows if kind == "title"), "")):
        about = about.model_copy(update={"title": metadata.text(title)})
        rows.remove(("title", title))
    cells = [text for kind, text in rows if kind == "row"]
    if len(cells) > _LEAST_ROWS and 2 * len(cells) >= len(rows):
        table = [[_bare(cell).strip() for cell in _CELL_BAR.split(row.strip().strip("|"))] for row in cells]
        headed = any(map(_TABLE.fullmatch, body.split("\n")))
        return Reading(transcript=tables.of_rows(table, file.name, headed=headed), about=about)
    lines = [_bare(text) if kind != "code" else text for kind, text in rows]
    words = plain.reading(_transcript_alone(lines, rows))
    return words.model_copy(update={"about": about.over(words.about)})


def _transcript_alone(lines: list[str], rows: list[tuple[str, str]]) -> list[str]:
    """Return the lines below a heading that says Transcript, where there is one with words below it."""
    for number, (kind, text) in enumerate(rows):
        if kind == "heading" and re.fullmatch(
            r"(?:full |the |raw )?transcript(?:ion)?:?", _bare(text).strip(), re.IGNORECASE
        ):
            below = lines[number + 1 :]
            if sum(map(len, below)) > 2 * sum(map(len, lines[:number])):
                return below
    return lines


def _uncommented(text: str) -> str:
    """Return the text without HTML comments; by hand, since a pattern would search for each end again."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + len("-->")
    return "".join(kept) + text[at:]


def _lines(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each line with its kind: title, heading, row (of a table), code or text."""
    titled = fenced = hidden = in_table = False
    for number, line in enumerate(lines):
        if fence := _FENCE.fullmatch(line):
            hidden = not fenced and fence["kind"].lower() in _DIAGRAMS
            fenced = not fenced
            continue
        if fenced:
            if not hidden:
                yield "code", line
            continue
        heading = _HEADING.fullmatch(line)
        if heading:
            names_talk = heading[1] == "#" and not titled and not heads.is_transcript(heading[2])
            kind = "title" if names_talk else "heading"
            if kind == "title" and heads.is_label(heading[2]):
                continue
            titled = titled or kind == "title"
            yield kind, heading[2]
        elif _is_row(lines, number) or (in_table and "|" in line):
            in_table = in_table or _TABLE.fullmatch(line) is not None
            if not _TABLE.fullmatch(line):
                yield "row", line
            continue
        elif not _RULE.fullmatch(line) and line.strip():
            yield "text", line
        in_table = False


def _is_row(lines: list[str], number: int) -> bool:
    """Return whether a line is of a table: bars at its ends, or a line of dashes beside it."""
    line = lines[number].strip()
    below = lines[number + 1] if number + 1 < len(lines) else ""
    is_head = "|" in line and "|" in below and _TABLE.fullmatch(below) is not None
    return (
        is_head or (line.count("|") > 1 and line[0] == line[-1] == "|") or _TABLE.fullmatch(line) is not None
    )


def _bare(line: str) -> str:
    """Return the line without markup. What an escape keeps from being markup is set aside first."""
    body = line[_LEAD.match(line).end() :]  # type: ignore[union-attr]
    kept: list[str] = []

    def aside(found: re.Match[str]) -> str:
        kept.append(found[found.lastindex or 0])
        return f"\x00{len(kept) - 1}\x01"

    if "`" in body or "\\" in body:
        body = _ESCAPE.sub(aside, _CODE.sub(aside, body))
    if "<" in body:
        body = _TAG.sub(" ", body)
    if "[" in body:
        body = _MARKUP.sub(lambda found: found["label"] or found["wiki"] or "", body)
    for _ in range(2 if _MAY_BE_STRONG.search(body) else 0):
        body = _STRONG.sub(lambda found: next(one for one in found.groups() if one is not None), body)
    return re.sub(r"\x00(\d+)\x01", lambda found: kept[int(found[1])], body) if kept else body
