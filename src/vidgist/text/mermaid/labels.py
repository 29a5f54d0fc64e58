"""Label text: cleaned for people, escaped for Mermaid, and read back. Pure.

Mermaid decodes entities before it looks for icons, formulas and (11.0 to 11.9) Markdown, so escaping
alone does not keep a label as it is. `clean` settles what the label says, `escape` guards and escapes it,
`unescape` gives the cleaned label back: ``unescape(escape(clean(x))) == clean(x)``.
"""

import re
import sys
import unicodedata
from html.entities import html5

UNTITLED = "(untitled)"
JOINER = "\u2060"
"""The word joiner: invisible and of no width. It separates what Mermaid would take for markup."""

_LOOK_ALIKES = str.maketrans({"\u02cb": "`", "\u2217": "*", "\u223c": "~", "\uff3f": "_"})
_DROPPED = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    r"\u2060\ufeff\u202a-\u202e\u2066-\u2069"  # joiner, byte order mark, bidi overrides and isolates
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols that show nothing
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"})

_GUARDED_AFTER = re.compile(
    r"\\"  # \n is a line break
    r"|\$(?=\$)"  # a formula
    r"|fa\w?:(?=fa-)"  # an icon
    # What follows is Markdown to 11.0-11.9.
    r"|https?(?=:)|ftp(?=:)|www(?=\.)|(?<=[\w.+-])(?=@\w)|\](?=[(:\[])"
    r"|&(?=#?\w+;)|<(?=[A-Za-z/!?])",
    re.IGNORECASE,
)
_GUARDED_START = re.compile(r"[-+>#=|<]|\d{1,9}[.)](?:\s|$)|:-")
_TILDES = re.compile(r"~{2,}")
_FLANKING = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_NOT_LITERAL = re.compile(r"[^A-Za-z0-9 ,'?]")
_DIRECTION = re.compile(r"d(?=irection +(?:TB|TD|BT|RL|LR))")
_ENTITY = re.compile(
    r"&?#(?P<decimal>\d{1,7});|&#x(?P<hex>[0-9a-fA-F]{1,6});|[&#](?P<name>[A-Za-z]\w{1,31};)"
)

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")
_ICON = re.compile(r"\bfa\w?:fa-[\w-]+\s*")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")


def clean(text: str, limit: int) -> str:
    """Return the label as it will be shown; empty where nothing of it is visible.

    Lines stay apart, white space becomes single spaces, control and format tricks go, characters that
    Mermaid keeps for itself are replaced. At most ``limit`` characters, the last one an ellipsis if cut.
    """
    lines = (" ".join(_DROPPED.sub("", line).split()) for line in text.translate(_LOOK_ALIKES).splitlines())
    whole = "\n".join(filter(None, lines)).replace("\ufb02", "fl").replace("¶ß", "¶ ß")
    if len(whole) > limit:
        whole = whole[: limit - 1].rstrip() + "…"
    return whole if any(_is_visible(character) for character in whole) else ""


def escape(label: str) -> str:
    """Return a cleaned label as it stands between double quotes in a flowchart."""
    guarded = "\n".join(_guard(line) for line in label.split("\n"))
    return _DIRECTION.sub("#100;", _NOT_LITERAL.sub(_escaped, guarded))


def unescape(source: str) -> str:
    """Return the text behind a label's source, with entities of Mermaid and of HTML decoded once."""
    text = _ENTITY.sub(_decoded, _BREAK.sub("\n", source))
    return text.replace(JOINER, "").translate(_LOOK_ALIKES)


def _decoded(entity: re.Match[str]) -> str:
    if name := entity["name"]:
        return html5.get(name, entity[0])
    code = int(entity["decimal"]) if entity["decimal"] else int(entity["hex"], 16)
    return chr(code) if code <= sys.maxunicode else entity[0]


def plain(source: str) -> str:
    """Return a label's text as others write it: unquoted, without tags, icons and
    emphasis, entities decoded.
    """
    text = source.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].strip()
    if len(text) > 1 and text[0] == text[-1] == "`":
        text = text[1:-1]
    text = _ICON.sub("", _TAG.sub("", _SCRIPT.sub("", _BREAK.sub("\n", text))))
    return unescape(_STRONG.sub(r"\1", text)).strip()


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE and character not in _BLANK


def _guard(line: str) -> str:
    joined = _GUARDED_AFTER.sub(lambda match: match[0] + JOINER, line)
    joined = _TILDES.sub(lambda match: "\u223c" * len(match[0]), joined)
    joined = _FLANKING.sub("\uff3f", joined).replace("`", "\u02cb").replace("*", "\u2217")
    return JOINER + joined if _GUARDED_START.match(line) else joined


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character == "\n":
        return "<br/>"
    if character.isascii() or character in "°¶ß" or unicodedata.category(character) in {"Cf", "Zs", "Co"}:
        return f"#{ord(character)};"
    return character
