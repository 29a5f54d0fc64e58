"""The words of a flowchart that every Mermaid from 10.9 to 12 reads alike, as expressions. Pure.

Mermaid's lexer finds its keywords after digits and letters of other scripts too, so an id is safe only where
no token in it can be a keyword. Repetitions that could be tried in several ways are possessive: all of this
takes linear time. Facts about the language come from ``flow.jison`` and the preprocessing of Mermaid 10.9,
11 and 12.
"""

import re

_LETTERS = "A-Za-zÀ-ÖØ-öø-ʯΆΈ-ΊΌΎ-ΡΣ-ϵЀ-ҁҊ-ԧԱ-Ֆա-ևא-תؠ-يٱ-ۓऄ-हก-ะぁ-ゖァ-ヺ㐀-䶵一-鿌가-힣"
"""Letters of common scripts that Mermaid takes for a part of an id."""

_PART = rf"[0-9{_LETTERS}_'!?/]+"
_WORD = rf"{_PART}(?:[.-]{_PART})*"
KEYWORD = re.compile(
    r"(?:\A|[0-9]|[^\x00-\x7f])"
    r"(?:style|linkStyle|interpolate|class|classDef|graph|flowchart|flowchart-elk|subgraph|default(?!\Z)|end"
    r"|href|click|call|_self|_blank|_parent|_top|accTitle|accDescr)(?![0-9A-Za-z_])"
)
RESERVED = frozenset(
    {
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    }
)
"""Ids that parse and are not drawn: names that every JavaScript object has."""

_STRING = r'"(?:`[^`"]+`|[^`"][^"]*)"'
_TEXT = r"(?!\s*~~~)[^\[\](){}|\"@]+"
_SLANTED_TEXT = r"(?!\s*~~~)[^\[\](){}|\"@\\/]+"
_SHAPES = "|".join(
    rf"{opener}(?:{_STRING}|{text}){closer}"
    for opener, text, closer in (
        (r"\(\(\(", _TEXT, r"\)\)\)"),
        (r"\(\[", _TEXT, r"\]\)"),
        (r"\(\((?!-)", _TEXT, r"\)\)"),
        (r"\[\[", _TEXT, r"\]\]"),
        (r"\[\(", _TEXT, r"\)\]"),
        (r"\[[/\\]", _SLANTED_TEXT, r"[/\\]\]"),
        (r"\{\{", _TEXT, r"\}\}"),
        (r"\((?!-)", _TEXT, r"\)"),
        (r"\[(?![/\\])", _TEXT, r"\]"),
        (r"\{", _TEXT, r"\}"),
        (r">", _TEXT, r"\]"),
    )
)
ID = re.compile(_WORD)
SHAPE = re.compile(_SHAPES)
CLASS = re.compile(r":::([A-Za-z][\w-]*\b)", re.ASCII)
LINK = re.compile(r"[ \t]*(?:<--+>|<==+>|<-\.+->|--+[-xo>]|==+[=xo>]|-\.+-[xo>]?|~~~+)[ \t]*")
LINK_TEXT = re.compile(rf"\|(?:{_STRING}|{_TEXT})\|[ \t]?")
LABELLED_LINK = re.compile(
    r"[ \t]*(?:"
    rf"--(?![-xo>])[ \t]*(?:{_STRING}[ \t]*|(?:[^\s\"@~-]|-(?!-))(?:[^\"@~\n-]|-(?!-))*(?<![xo<-]))--+[-xo>]"
    rf"|==(?![=xo>])[ \t]*(?:{_STRING}[ \t]*|[^\s\"@~=][^\"@~=\n]*(?<![xo<]))==+[=xo>]"
    rf"|-\.(?![.-])[ \t]*(?:{_STRING}[ \t]*|[^\s\"@~.-][^\"@~.\n-]*(?<![xo<]))\.+-[xo>]?"
    r")[ \t]*"
)
AND = re.compile(r"[ \t]+&[ \t]+")
BETWEEN = re.compile(r"[ \t\n;]*")
DONE = re.compile(r"[ \t]*(?=[\n;]|\Z)")

HEADER = re.compile(
    r"\s*(?:graph|flowchart)(?:[ \t]+(?:LR|RL|TB|TD|BT)(?:;|[ \t]*(?:\n|\Z))|[ \t]*(?:\n|\Z))"
)
FRONT_MATTER = re.compile(r"---\ntitle: [A-Za-z][A-Za-z0-9 ]*\n---\n")
COMMENT = re.compile(r"^[ \t]*%%(?!\{)[^\n]+$", re.MULTILINE)
SUBGRAPH = re.compile(
    rf"subgraph (?:(?P<string>{_STRING})|(?P<id>{_WORD})[ ]?\[(?![/\\])(?:{_STRING}|{_TEXT})\]"
    rf"|(?P<title>{_WORD}:?(?: (?:&|{_WORD}:?))*))(?=[\n;]|\Z)"
)
END = re.compile(r"end(?=[ \t]*(?:[\n;]|\Z))")
DIRECTION = re.compile(r"direction[ \t]+(?:TB|BT|RL|LR)[ \t;]*(?=\n|\Z)")

_VALUE = (
    r"(?:#[0-9a-fA-F]{3,8}|(?!style|class|default|end|graph|flowchart|subgraph|interpolate|href|click|call)"
    r"[a-uw-z]+|\d+(?:\.\d+)?(?:px|em|%)?(?: \d+)*)"
)
_LOOK = (
    r"(?:fill|stroke|color|opacity|rx|ry|stroke-width|stroke-dasharray|font-size|font-weight)"
    rf":[ ]?{_VALUE}"
)
_LOOKS = rf"{_LOOK}(?:,[ ]?{_LOOK})*"
_LINE_END = r"(?=\n|\Z)"
STYLE = re.compile(
    rf"(?:style|classDef)(?![^\n]*: #[^\n]*;) (?P<ids>{_WORD}(?:,{_WORD})*) {_LOOKS};?{_LINE_END}"
)
CLASSES = re.compile(rf"class (?P<ids>{_WORD}(?:,{_WORD})* [A-Za-z]\w*)(?=;|\n|\Z)", re.ASCII)
LINK_STYLE = re.compile(rf"linkStyle (?P<links>default|\d+(?:,\d+)*) {_LOOKS}{_LINE_END}")
CLICK = re.compile(
    rf"click (?P<ids>{_WORD}) "
    r"(?:(?:href )?\"[^\"\n]+\"(?: \"[^\"\n]+\")?(?: _(?:self|blank|parent|top))?|call [A-Za-z]\w*\(\w*\))"
    r"(?=;|\n|\Z)",
    re.ASCII,
)
LOOSE_END = re.compile(r"(?:\A|.*[0-9]|.*[^\x00-\x7f])[xo]\Z")
"""An id whose last letter Mermaid takes for the beginning of a link that follows without a space."""
