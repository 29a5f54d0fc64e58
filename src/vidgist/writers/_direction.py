"""Which way a text is read, and what language one may say it is in. Pure."""

import re
import unicodedata
from typing import Literal

Direction = Literal["ltr", "rtl", "auto"]

_SAMPLE = 2000
_LETTER = re.compile("[A-Za-z]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_RIGHT_TO_LEFT = {
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi",
}  # fmt: skip


def direction(text: str) -> Direction:
    """Return the direction of most strong characters at the beginning of the text; ``auto`` where there
    are none.
    """
    sample = text[:_SAMPLE]
    if sample.isascii():  # whose strong characters are its letters
        return "ltr" if _LETTER.search(sample) else "auto"
    kinds = [unicodedata.bidirectional(character) for character in sample]
    right = sum(kind in ("R", "AL") for kind in kinds)
    left = kinds.count("L")
    if not right and not left:
        return "auto"
    return "rtl" if right > left else "ltr"


def language(code: str, text: str) -> str:
    """Return the code for a ``lang`` attribute; empty where it is none, or where the text is read the other
    way.
    """
    if not _LANGUAGE.fullmatch(code):
        return ""
    parts = code.lower().split("-")
    is_rtl = (parts[0] in _RIGHT_TO_LEFT or "arab" in parts) and "latn" not in parts
    found = direction(text)
    return code if found == "auto" or (found == "rtl") == is_rtl else ""
