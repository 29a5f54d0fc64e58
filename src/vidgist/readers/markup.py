"""Takes the markup of captions from their words: tags, overrides, entities. For formats that have markup alone."""

import html
import re

from vidgist.text import transcript

_NAMES = (
    "a|abbr|acronym|b|bdi|bdo|big|blockquote|body|c|center|cite|code|del|div|em|font|h[1-6]|head|html|i|ins|kbd"
    "|label|lang|li|mark|ol|p|pre|q|rp|rt|ruby|s|small|span|strike|strong|sub|sup|sync|table|tbody|td|tr|tt|u"
    "|ul|v"
)
_STYLE = re.compile(
    rf"</?(?:{_NAMES})(?:\.[\w.-]+)*\s*/?>|<(?:{_NAMES})(?:\.[\w.-]+)*\s[^<>]*>|<\d{{1,4}}:[\d:.,]{{2,20}}>",
    re.IGNORECASE,
)
"""Tags of WebVTT and SubRip and words' times. ``a < b`` is none of these."""

_WORD_TIME = re.compile(r"<(?:/?c|\d{1,4}:[\d:.,]{2,20})>")
"""What automatic captions put about each word; taken away first, since they have thousands."""

_OVERRIDE = re.compile(
    r"\{(?:\*?\\(?:an?\d{1,2}|[ibusq]\d{0,3}|(?:pos|move|org|fade?|i?clip|t)\([^{}]*\)"
    r"|[1-4]?[ca](?:&H?[0-9A-F]{1,8}&?)?|alpha&H?[0-9A-F]{1,8}&?|f(?:n[^\\{}]*|sc?p?[xy]?-?[\d.]+|r[xyz]?-?[\d.]+|a[xy]-?[\d.]+)"
    r"|[xy]?(?:bord|shad)-?[\d.]+|be\d|blur[\d.]+|k[fot]?\d+|r[^\\{}]{0,40}|p\d{1,2}|pbo-?\d+|fe\d+))+\}"
    r"|\{[ycsfpo]:[^{}]{1,40}\}",
    re.IGNORECASE,
)
"""Overrides of SubStation and MicroDVD. ``{\\beta}`` is none."""

_BREAK = re.compile(r"<(?:br|hr)\s*/?>|\[br\]", re.IGNORECASE)
_LEFT = re.compile(r"(?<![A-Za-z]:)(?<![A-Za-z]:[\\/])\\(?:[Nh]|n(?![a-z]))")
_ESCAPED_TWICE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[\w.-]+)*\s+([^<>]{1,200})>", re.IGNORECASE)


def read(text: str) -> str:
    """Return the words of a cue, in its lines, without tags and overrides and with entities decoded."""
    bare = text
    if "<" in bare or "[" in bare:
        low = bare.lower()
        if "<br" in low or "<hr" in low or "[br]" in low:
            bare = _BREAK.sub("\n", bare)
    if "{" in bare:
        bare = _OVERRIDE.sub("", bare)
    if "<c>" in bare:
        bare = _WORD_TIME.sub("", bare)
    if "<" in bare:
        bare = _STYLE.sub("", bare)
    if "\\" in bare:
        bare = _LEFT.sub(" ", bare)
    return decoded(bare)


def decoded(text: str) -> str:
    """Return the text with its entities decoded, twice where they were escaped twice."""
    if "&" not in text:
        return text
    once = html.unescape(text)
    return html.unescape(once) if _ESCAPED_TWICE.search(once) else once


def voices(text: str) -> list[tuple[str, str]]:
    """Return the parts of a WebVTT cue with whose voice each is: a name, which may be empty, and the text."""
    parts = _VOICE.split(text)
    pairs = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    return [(transcript.line(decoded(name)), said) for name, said in pairs if said.strip()]


def has_time_of_words(text: str) -> bool:
    """Return whether the words of a cue have times of their own."""
    return "<" in text and re.search(r"<\d{1,4}:[\d:.,]{2,20}>", text) is not None


_QUOTES = re.compile(r"&(?:amp;)?(?:#0?39|#x27|apos|quot|#34|nbsp|#160);|&gt;&gt;", re.IGNORECASE)


def quotes_decoded(text: str) -> str:
    """Return the text with the entities of quotation marks decoded, which no one says; a ``&lt;`` may be
    said.
    """
    return _QUOTES.sub(lambda found: decoded(found[0]), text) if "&" in text else text
