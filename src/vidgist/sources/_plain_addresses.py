"""An address as a shell, an encoder, a page or a forwarder left it, made plain. Pure."""

import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

_FORWARDERS = re.compile(
    r"(?:(?:www|consent|accounts|m)\.)?(?:youtube|google)\.[a-z.]{2,6}"
    r"|(?:l|lm)\.(?:facebook|instagram)\.com|(?:www\.)?(?:facebook|linkedin|reddit)\.com|out\.reddit\.com"
    r"|duckduckgo\.com|slack-redir\.net|vk\.com|t\.umblr\.com|[a-z0-9]+\.safelinks\.protection\.outlook\.com"
    r"|href\.li|(?:www\.)?bing\.com|steamcommunity\.com|exit\.sc|getpocket\.com"
)
_PAGES = re.compile(
    r"/(?:attribution_link|m|ml|d|s|d/.*|url|imgres|redirect|signin|verify_age|verify_controversy|das_captcha|oembed"
    r"|l\.php|flx/warn/?|l/?|link/?|away\.php|safety/go|redir/redirect|linkfilter/?|redirect/?|v3/signin/.*"
    r"|ServiceLogin|AccountChooser|accounts/.*|sorry/index|)"
)
_FIELDS = ("continue", "u", "url", "q", "next", "next_url", "uddg", "to", "imgrefurl", "z", "followup")
_DEEPEST = 4
_ESCAPED = re.compile(r"\\([?=&%_~#!*()\[\]-])")
_ENCODED = re.compile(r"https?%(?:25){0,3}3a%(?:25){0,3}2f", re.IGNORECASE)
_PAIRS = ("<>", '""', "''", "()", "[]", "“”", "„“", "‘’", "«»", "``")
_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'(].*)?\)")
_INTENT = re.compile(r"(?:intent|youtube|vnd\.youtube)://(?=[\w-]+\.[a-z]|watch\?)", re.IGNORECASE)
_OPENED = (("(", ")"), ("[", "]"), ("{", "}"))
_STRAY = ".,;:!?'\"”’»>`"
"""What a sentence leaves at the end of an address."""


def unwrapped(text: str) -> str:
    """Return the address that was meant; a text that is none is returned as it stands."""
    text = text.strip()
    linked = _LINK.fullmatch(text)
    inner = linked[1] if linked else text
    for pair in _PAIRS:
        if len(inner) > 1 and inner[0] + inner[-1] == pair:
            inner = inner[1:-1].strip()
    if not _is_address(inner):
        return inner if text[:1] in "<\"'" else text
    text = _in_web(_ended(inner))
    for _ in range(_DEEPEST):
        plain = _decoded(text)
        inner = _forwarded(plain)
        if not inner:
            return plain
        text = inner
    return text


def _is_address(text: str) -> bool:
    is_bare = re.search(r"youtu\.?be", text, re.IGNORECASE) is not None
    return "://" in text or is_bare or _ENCODED.match(text) is not None


def _ended(text: str) -> str:
    """Drop what a sentence leaves behind an address: its punctuation, and what nothing has opened."""
    while text and (
        text[-1] in _STRAY
        or any(text.endswith(end) and text.count(end) > text.count(begin) for begin, end in _OPENED)
    ):
        text = text[:-1]
    return text


def _in_web(text: str) -> str:
    """Return an address of an app, or one without its scheme, as one of the web."""
    if text.startswith("//"):
        return f"https:{text}"
    if not _INTENT.match(text):
        return text
    rest = _INTENT.sub("", text).partition("#Intent;")[0]
    return f"https://{'www.youtube.com/' if rest.startswith('watch?') else ''}{rest}"


def _decoded(text: str) -> str:
    """Undo what a shell, HTML or a second encoding made of an address."""
    text = _ESCAPED.sub(r"\1", text)
    if "&amp;" in text:
        text = html.unescape(text)
    for _ in range(_DEEPEST):
        is_hidden = "?" not in text and re.search(r"%(?:25)*3f(?:v|list)%(?:25)*3d", text, re.IGNORECASE)
        if not is_hidden and not _ENCODED.match(text):
            break
        text = unquote(text)
    return re.sub(r"(?<=[?&])(v|list)%3d", r"\1=", text, flags=re.IGNORECASE)


def _forwarded(text: str) -> str:
    """Return the address within one that only leads on; empty for any other."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = parts.hostname or ""
        query = parse_qs(parts.query)
    except ValueError:
        return ""
    if not _FORWARDERS.fullmatch(host) or not _PAGES.fullmatch(parts.path):
        return ""
    for field in _FIELDS:
        target = query.get(field, [""])[0]
        if re.match(r"https?://", target, re.IGNORECASE):
            return target
        if target.startswith("/") and "youtube" in host:
            return f"https://www.youtube.com{target}"
    return ""
