"""A model's free text as HTML: its headings, lists and bold words; everything else is text. Pure."""

import html
import itertools
import re

_HEADING = re.compile(r"#{1,6} +(.*)")
_BULLET = re.compile(r"\s*[-*+•] +(.*)")
_NUMBER = re.compile(r"\s*\d{1,9}[.)] +(.*)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_KINDS = (("h3", _HEADING), ("ul", _BULLET), ("ol", _NUMBER))


def to_html(text: str) -> str:
    """Write blocks of HTML, one a line."""
    lines = [_kind(line.rstrip()) for line in text.split("\n")]
    blocks = []
    for kind, group in itertools.groupby(lines, key=lambda line: line[0]):
        rows = [_inline(row) for _, row in group]
        if kind in ("ul", "ol"):
            blocks.append(f"<{kind}>{''.join(f'<li>{row}</li>' for row in rows)}</{kind}>")
        elif kind == "h3":
            blocks.extend(f"<h3>{row}</h3>" for row in rows)
        elif kind == "p":
            blocks.append(f"<p>{'<br>'.join(rows)}</p>")
    return "\n".join(blocks)


def _kind(line: str) -> tuple[str, str]:
    for kind, pattern in _KINDS:
        match = pattern.fullmatch(line)
        if match:
            return kind, match[1]
    return ("p", line.strip()) if line.strip() else ("", "")


def _inline(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", html.escape(text))
