"""Language tags as people and sites write them, and how near two of them are. The door to langcodes."""

import functools
import re

RELATIVE = 10
"""Up to this distance two tags are one language in another spelling or region."""

_ANOTHER_SCRIPT = 60
"""The distance of one language in two scripts or dialects; unrelated languages are farther apart."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_OF_THREE = frozenset(
    (
        *(
            "fil",
            "yue",
            "haw",
            "ceb",
            "hmn",
            "ckb",
            "gsw",
            "mai",
            "bho",
            "ast",
            "sah",
            "nso",
            "crs",
            "kri",
            "lus",
        ),
        *(
            "war",
            "iba",
            "ilo",
            "jam",
            "kha",
            "krc",
            "kum",
            "luo",
            "mfe",
            "min",
            "pam",
            "rar",
            "sat",
            "scn",
            "shn",
        ),
        *("sdh", "szl", "tet", "tpi", "tum", "zza", "cmn", "nan", "hak", "und", "mul"),
    )
)
"""Languages of captions without a tag of two letters; other words of three letters are part of a name."""

_NAMES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "portuguese": "pt", "italian": "it",
    "dutch": "nl", "russian": "ru", "ukrainian": "uk", "polish": "pl", "turkish": "tr", "arabic": "ar",
    "hindi": "hi", "japanese": "ja", "korean": "ko", "chinese": "zh", "vietnamese": "vi", "indonesian": "id",
    "swedish": "sv", "norwegian": "no", "danish": "da", "finnish": "fi", "czech": "cs", "greek": "el",
    "hebrew": "he", "hungarian": "hu", "romanian": "ro", "thai": "th", "catalan": "ca", "persian": "fa",
}  # fmt: skip
"""What Whisper and others write out."""


_MORE_NAMES = {
    "afrikaans": "af", "albanian": "sq", "amharic": "am", "armenian": "hy", "azerbaijani": "az",
    "basque": "eu", "belarusian": "be", "bengali": "bn", "bosnian": "bs", "bulgarian": "bg",
    "burmese": "my", "cantonese": "yue", "croatian": "hr", "estonian": "et", "farsi": "fa",
    "filipino": "fil", "galician": "gl", "georgian": "ka", "gujarati": "gu", "hausa": "ha",
    "icelandic": "is", "irish": "ga", "kannada": "kn", "kazakh": "kk", "khmer": "km", "lao": "lo",
    "latin": "la", "latvian": "lv", "lithuanian": "lt", "macedonian": "mk", "malay": "ms",
    "malayalam": "ml", "mandarin": "zh", "marathi": "mr", "mongolian": "mn", "nepali": "ne",
    "punjabi": "pa", "serbian": "sr", "sinhala": "si", "slovak": "sk", "slovenian": "sl", "somali": "so",
    "swahili": "sw", "tagalog": "tl", "tamil": "ta", "telugu": "te", "tibetan": "bo", "urdu": "ur",
    "uzbek": "uz", "welsh": "cy", "yiddish": "yi", "yoruba": "yo", "zulu": "zu",
    "simplified chinese": "zh-Hans", "traditional chinese": "zh-Hant", "brazilian portuguese": "pt-BR",
    "deutsch": "de", "français": "fr", "español": "es", "português": "pt", "italiano": "it",
    "nederlands": "nl", "русский": "ru", "українська": "uk", "polski": "pl", "türkçe": "tr",
    "العربية": "ar", "हिन्दी": "hi", "日本語": "ja", "한국어": "ko", "中文": "zh", "tiếng việt": "vi",
    "svenska": "sv", "norsk": "no", "dansk": "da", "suomi": "fi", "čeština": "cs", "ελληνικά": "el",
    "עברית": "he", "magyar": "hu", "română": "ro", "català": "ca", "فارسی": "fa",
}  # fmt: skip
"""What people write, in English or in the language itself."""


def named(text: str) -> str:
    """Return the tag of a language that a person has written, as a tag or by its name; empty for neither."""
    bare = " ".join(text.split())
    return _MORE_NAMES.get(bare.casefold(), "") or standard(bare)


def distance(wanted: str, offered: str) -> int | None:
    """Return how far ``offered`` is from ``wanted``: 0 the same, None another language. Never raises.

    ``he`` and ``iw`` are the same, so are ``zh-CN`` and ``zh-Hans``; ``pt-BR`` and ``pt-PT`` are near.
    """
    one, other = _plain(wanted), _plain(offered)
    if not one or not other:
        return None
    return 0 if one == other else _distance(one, other)


def is_stand_in(wanted: str, offered: str) -> bool:
    """Return whether ``offered`` is another region or script than the one that ``wanted`` names."""
    one, other = _plain(wanted), _plain(offered)
    if other.startswith(f"{one}-"):
        return False
    apart = distance(one, other)
    return apart is None or apart > (RELATIVE if "-" not in one else 1)


@functools.lru_cache(maxsize=4096)
def standard(tag: str) -> str:
    """Write the tag as its registry does, or nothing where it is none: ``eng_us`` is ``en-US``."""
    import langcodes

    bare = tag.strip()
    if name := _NAMES.get(bare.lower()):
        return name
    if not _TAG.fullmatch(bare):
        return ""
    bare = bare.replace("_", "-")
    try:
        if not langcodes.tag_is_valid(bare):
            return ""
        written = langcodes.standardize_tag(bare)
    except ValueError:
        return ""
    first = written.split("-")[0]
    return written if len(first) == len("en") or first in _OF_THREE else ""


@functools.lru_cache(maxsize=4096)
def _distance(one: str, other: str) -> int | None:
    import langcodes

    try:
        apart: int = langcodes.tag_distance(one, other)
        related = langcodes.Language.get(one).language == langcodes.Language.get(other).language
    except ValueError:
        return _ANOTHER_SCRIPT if one.split("-", 1)[0] == other.split("-", 1)[0] else None
    if apart <= RELATIVE:
        return apart
    return min(apart, _ANOTHER_SCRIPT) if related else None


def _plain(tag: str) -> str:
    return tag.strip().replace("_", "-").casefold()
