"""Bytes to text, or a plain word on why not; never guessed letters. The one door of charset-normalizer.

Text without a byte order mark that is not UTF-8 is recognized by its letters. The detector ranks what could be; of
candidates that read alike, one is taken only where it alone spells a language's own letters.
"""

import codecs
import re
import unicodedata
from typing import Final

from vidgist.errors import Unreadable

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES: Final = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "iso8859_9", "iso8859_15", "koi8_r", "koi8_u"),
    *("cp932", "shift_jis", "euc_jp", "gb18030", "big5", "cp949", "euc_kr"),
]
"""What subtitle files come in; with the detector's other seventy much would read alike."""

_TAG: Final = re.compile(rb"<[^<>]{0,400}>|\{[^{}]{0,200}\}")
_SAMPLE_BYTES = 20_000
_LONGEST_LETTER = 4
"""Bytes of a letter in UTF-8; a file that is cut short may end within one."""

_SPACES = frozenset(
    "\r\n\t\x0c\u00a0\u00ad\u3000\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2068\u2069"
)
"""What is not printable and stands in text all the same."""

_LEAST_LETTERS = 3
"""Fewer letters than this outside ASCII show nothing."""

_NOISE_APART, _SENSE_APART = 0.05, 2
"""A candidate is out that has so much more noise than the best, or so many times less of a language in it."""

_SURE, _CLEARLY = 0.4, 1.3
"""A reading is taken that makes so much sense, and so many times more than the next one."""

_FEW_LETTERS = 0.05

_ALPHABETS: Final = tuple(
    frozenset(letters)
    for letters in (
        "áéíóúüñ¿¡ªº",  # Spanish
        "àâæçèéêëîïôœùûüÿ",  # French
        "äöüßé",  # German
        "ãáàâçéêíóôõúüªº",  # Portuguese
        "àèéìíîòóùúº",  # Italian
        "àèéíïòóúüç·",  # Catalan
        "áéëïíóöúüèêà",  # Dutch
        "åäöéæøüà",  # Danish, Norwegian, Swedish, Finnish
        "áéíóúýðþæö",  # Icelandic
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "čćđšž",  # Croatian, Slovenian
        "ăâîșțşţ",  # Romanian
        "çğıöşüâîû",  # Turkish
        "ąčęėįšųūž",  # Lithuanian
        "āčēģīķļņšūž",  # Latvian
        "õäöüšž",  # Estonian
    )
)
_MARKS_OF_TYPE: Final = frozenset("‘’‚“”„‹›«»–—…•°§©®™€£´·\u00a0\u00ad♪♫")


def decode(data: bytes, name: str) -> str:
    """Return the text of a file. Raises `Unreadable` with the code ``binary`` or ``encoding``."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _unknown(name, f"begins as {encoding} and goes on as something else") from error
    if b"\0" in data and b"\0" not in (filled := data.rstrip(b"\0\x1a")):
        data = filled
    if b"\0" in data:
        if wide := _wide(data):
            return wide
        raise Unreadable(f"{name} is a binary file, not a transcript", code="binary")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        is_cut = error.reason == "unexpected end of data" and error.start > len(data) - _LONGEST_LETTER
        if is_cut and not data[: error.start].isascii():
            return data[: error.start].decode("utf-8")
        encoding = _detected(data)
        where = f"is not UTF-8 (first at byte {error.start}), and no other encoding fits"
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise _unknown(name, where) from error


def _wide(data: bytes) -> str:
    """Return the text of UTF-16 without its mark, in any script; empty for a binary.

    Line ends, digits and spaces are no letters of any script when their bytes change places.
    """
    even = data[: len(data) // 2 * 2]
    found = ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = even.decode(encoding)
        except UnicodeDecodeError:
            continue
        head = text[:_SAMPLE_BYTES]
        if (
            _has_spaces(head)
            and all(one.isprintable() or one in _SPACES for one in head)
            and _ascii(head) > _ascii(found)
        ):
            found = text
    return found


def _has_spaces(text: str) -> bool:
    return any(one in text for one in " \n\r")


def _ascii(text: str) -> int:
    return sum(one < "\x80" for one in text[:_SAMPLE_BYTES])


def _unknown(name: str, why: str) -> Unreadable:
    return Unreadable(f"{name} {why}", code="encoding", hint="save it as UTF-8")


def _detected(data: bytes) -> str:
    """Return the encoding, judged by the lines outside ASCII, which time lines would drown; empty if in
    doubt.
    """
    from charset_normalizer import from_bytes

    bare = _TAG.sub(b" ", data)
    telling = b"\n".join(line for line in bare.split(b"\n") if not line.isascii())
    if len(telling) > _SAMPLE_BYTES:
        telling = telling[:_SAMPLE_BYTES].rpartition(b"\n")[0] or telling[:_SAMPLE_BYTES]
    matches = list(from_bytes(telling, cp_isolation=_CANDIDATES))
    noise = min((match.chaos for match in matches), default=0.0) + _NOISE_APART
    sense = max((match.coherence for match in matches), default=0.0) / _SENSE_APART
    close = [match for match in matches if match.chaos <= noise and match.coherence >= sense]
    spelt = {
        str(match): match
        for match in reversed(close)
        if _spells(str(match)) and _is_common(str(match), match.encoding)
    }
    return _chosen([(text, match.encoding, match.coherence) for text, match in spelt.items()])


def _chosen(read: list[tuple[str, str, float]]) -> str:
    """Return the encoding of the one reading that is left, or of the better one of two; empty if in doubt.

    Read in another alphabet's encoding a text often is all capitals. Two readings that differ in a letter or
    two are by a standard and by Windows: the latter writes files.
    """
    found = [one for one in read if not one[0].isupper()] or read
    found.sort(key=lambda one: one[2], reverse=True)
    if len(found) < 2:  # noqa: PLR2004
        return found[0][1] if found else ""
    (text, best, sense), (other, second, less) = found[:2]
    if sense >= _SURE and sense >= _CLEARLY * less:
        return best
    alike = len(found) == 2 and len(text) == len(other)  # noqa: PLR2004
    if alike and sum(a != b for a, b in zip(text, other, strict=True)) < _FEW_LETTERS * len(text):
        return min(best, second, key=_CANDIDATES.index)
    return ""


def _spells(text: str) -> bool:
    """Return whether the letters outside ASCII are those of one alphabet or script."""
    foreign = {one for one in text.replace("İ", "i").lower() if not one.isascii()} - _MARKS_OF_TYPE
    if sum(not one.isascii() for one in text) < _LEAST_LETTERS or not all(map(_is_written, foreign)):
        return False
    if any(foreign <= alphabet for alphabet in _ALPHABETS):
        return True
    scripts = {unicodedata.name(one, "?").split()[0] for one in foreign if one.isalpha()}
    return bool(scripts) and "LATIN" not in scripts and len(scripts & _ALPHABETIC) <= 1


_COMMON: Final = {
    "cp949": ("euc_kr", range(0xB0, 0xC9)), "euc_kr": ("euc_kr", range(0xB0, 0xC9)),
    "cp932": ("cp932", range(0x81, 0x98)), "shift_jis": ("cp932", range(0x81, 0x98)),
    "euc_jp": ("cp932", range(0x81, 0x98)),
    "gb18030": ("gb2312", range(0xB0, 0xD8)), "big5": ("big5", range(0xA4, 0xC7)),
}  # fmt: skip
"""The first bytes of the characters in daily use, by the standard that set them apart from the rare ones."""

_COMMON_SHARE = 0.85
"""Of the letters of a talk in its own encoding; read as another one most are rare."""


def _is_common(text: str, encoding: str) -> bool:
    """Return whether an East Asian reading of the bytes is made of characters in daily use."""
    if encoding not in _COMMON:
        return True
    standard, first = _COMMON[encoding]
    letters = [one for one in text if one >= "\u1100" and one.isalpha()]
    common = sum(one.encode(standard, "ignore")[:1] in _FIRST_BYTES[first] for one in letters)
    return common >= _COMMON_SHARE * len(letters)


_FIRST_BYTES: Final = {first: frozenset(bytes((one,)) for one in first) for _, first in _COMMON.values()}

_ALPHABETIC: Final = frozenset({"CYRILLIC", "GREEK", "ARABIC", "HEBREW", "THAI", "HANGUL", "HIRAGANA"})


def _is_written(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMNPZ"
