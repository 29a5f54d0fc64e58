"""Bytes to text, or a plain word on why not; never guessed letters. The one door of charset-normalizer.

Text without a byte order mark that is not UTF-8 is told by its letters. The detector ranks what could be; of
candidates that read alike, one is taken only where it alone spells a language's own letters.
"""

import codecs
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

_SAMPLE_BYTES = 20_000
_WIDE_SHARE = 0.4
"""Of the bytes at odd or even places; times and line ends make as many zero whatever the script."""

_LEAST_LETTERS = 3
"""Fewer letters than this outside ASCII tell nothing."""

_NOISE_APART, _SENSE_APART = 0.05, 2
"""A candidate is out that has so much more noise than the best, or so many times less of a language in it."""

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
    """The text of a file. Raises `Unreadable` with the code ``binary`` or ``encoding``."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _unknown(name, f"begins as {encoding} and goes on as something else") from error
    if b"\0" in data:
        if wide := _wide(data):
            return data.decode(wide)
        raise Unreadable(f"{name} is a binary file, not a transcript", code="binary")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        encoding = _detected(data)
        where = f"is not UTF-8 (first at byte {error.start}), and no other encoding fits"
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise _unknown(name, where) from error


def _wide(data: bytes) -> str:
    """UTF-16 without its mark, which half of the bytes of Latin text and of line ends tell; empty for a binary."""
    head = data[:_SAMPLE_BYTES]
    for encoding, zeros, others in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        if zeros.count(0) > _WIDE_SHARE * len(zeros) and not others.count(0):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if all(one.isprintable() or one in "\r\n\t\ufeff\u200b" for one in text[:1000]):
                return encoding
    return ""


def _unknown(name: str, why: str) -> Unreadable:
    return Unreadable(f"{name} {why}", code="encoding", hint="save it as UTF-8")


def _detected(data: bytes) -> str:
    """The encoding, judged by the lines outside ASCII, which time lines would drown; empty if in doubt."""
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in data.split(b"\n") if not line.isascii())
    telling = telling[:_SAMPLE_BYTES].rpartition(b"\n")[0] or telling[:_SAMPLE_BYTES]
    matches = list(from_bytes(telling, cp_isolation=_CANDIDATES))
    noise = min((match.chaos for match in matches), default=0.0) + _NOISE_APART
    sense = max((match.coherence for match in matches), default=0.0) / _SENSE_APART
    close = [match for match in matches if match.chaos <= noise and match.coherence >= sense]
    spelt = {str(match): match.encoding for match in reversed(close) if _spells(str(match))}
    return spelt.popitem()[1] if len(spelt) == 1 else ""


def _spells(text: str) -> bool:
    """Whether the letters outside ASCII are those of one alphabet or script."""
    foreign = {one for one in text.lower() if not one.isascii()} - _MARKS_OF_TYPE
    if sum(not one.isascii() for one in text) < _LEAST_LETTERS or not all(map(_is_written, foreign)):
        return False
    if any(foreign <= alphabet for alphabet in _ALPHABETS):
        return True
    scripts = {unicodedata.name(one, "?").split()[0] for one in foreign if one.isalpha()}
    return bool(scripts) and "LATIN" not in scripts and len(scripts & _ALPHABETIC) <= 1


_ALPHABETIC: Final = frozenset({"CYRILLIC", "GREEK", "ARABIC", "HEBREW", "THAI", "HANGUL", "HIRAGANA"})


def _is_written(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMNPZ"
