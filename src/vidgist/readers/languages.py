"""Language tags by their registry: what is one, how it is written, which of two is nearer. The one door of langcodes."""

import re
from functools import lru_cache

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_OF_THREE = frozenset(
    "fil yue haw ceb hmn ckb gsw mai bho ast sah nso crs kri lus war iba ilo jam kha krc kum luo mfe min pam "
    "rar sat scn shn sdh szl tet tpi tum zza cmn nan hak und mul".split()
)
"""Languages without a tag of two letters that captions come in; of others, three letters are a word of a name."""

FAR = 25
"""From here on two tags are two languages; below, one is read for the other."""

_NAMES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "portuguese": "pt", "italian": "it",
    "dutch": "nl", "russian": "ru", "ukrainian": "uk", "polish": "pl", "turkish": "tr", "arabic": "ar",
    "hindi": "hi", "japanese": "ja", "korean": "ko", "chinese": "zh", "vietnamese": "vi", "indonesian": "id",
    "swedish": "sv", "norwegian": "no", "danish": "da", "finnish": "fi", "czech": "cs", "greek": "el",
    "hebrew": "he", "hungarian": "hu", "romanian": "ro", "thai": "th", "catalan": "ca", "persian": "fa",
}  # fmt: skip
"""What Whisper and others write out."""


@lru_cache(maxsize=4096)
def standard(tag: str) -> str:
    """The tag as the registry writes it, or nothing where it is none: ``en_US`` is ``en-US``, ``eng`` is ``en``."""
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


@lru_cache(maxsize=4096)
def distance(wanted: str, has: str) -> int:
    """How far two tags are apart: 0 for the same, below `FAR` for what a reader of one reads too."""
    import langcodes

    one, other = standard(wanted), standard(has)
    if not one or not other:
        return 0 if wanted.casefold() == has.casefold() and wanted else FAR
    apart: int = min(langcodes.tag_distance(one, other), langcodes.tag_distance(other, one))
    return apart
