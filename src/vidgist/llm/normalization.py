"""Labels and sentences out of what a model wrote: cleaned, compared, cut only where a sentence ends. Pure."""

import bisect
import difflib
import itertools
import re
import unicodedata

from vidgist.evidence import folded_words, function_words
from vidgist.text import hygiene
from vidgist.text.hygiene import one_line

LABEL_CHARACTERS = 120

_NUMBERED = re.compile(
    r"[-–—]\s+|(?:(?:idea|point|claim)\s+)?(?:\(?\d{1,2}[.):]|\(\d{1,2}\)|[ivxIVX]{1,5}[.)]|#\d{1,2}:?)\s+",
    re.IGNORECASE,
)
_MARKUP = "*_#`~>• \t"
_ALIKE = 0.92
_FIRST_WORDS = 5
_LEAST_PART = 24
_LEAST_SHARE = 0.8
_FIGURE, _NAME, _LONG_WORD = 8, 4, 7
_DIGITS = re.compile(r"\d+")


def label(text: str) -> str:
    """Return a label without numbering, markup and the colon at its end."""
    found = " ".join(text.split())
    before = None
    while before != found:
        before = found
        found = found.strip(_MARKUP).rstrip(":").strip(_MARKUP)
        numbering = _NUMBERED.match(found)
        found = found[numbering.end() :] if numbering else found
    found = found.strip('"“”«»„ ') or one_line(text)
    return found if len(found) <= LABEL_CHARACTERS else found[: LABEL_CHARACTERS - 1].rstrip() + "…"


def unbroken(found: str, most: int) -> str:
    """Return a label that may have been cut at so many characters, without a broken word at its end."""
    return found.rpartition(" ")[0] or found if len(found) >= most - 1 else found


def whole(text: str) -> str:
    """Return a text that may have been cut, up to the end of its last sentence; with an ellipsis if it has
    none.
    """
    stripped = text.rstrip()
    if not stripped or hygiene.ends_sentence(stripped):
        return stripped
    ends = hygiene.sentence_ends(stripped)
    return stripped[: ends[-1]] if ends else f"{stripped.rpartition(' ')[0] or stripped}…"


def closed(text: str, language: str = "") -> str:
    """Return a text that a model ended by itself, with the mark of a sentence's end.

    One that ends in its midst, at a comma or at a word that needs another, is cut as `whole` cuts.
    ``language`` is one of two letters or empty.
    """
    stripped = text.rstrip()
    bare = stripped.rstrip(_OPEN_MARKS)
    if not bare or hygiene.ends_sentence(stripped.rstrip(_EMPHASIS)):
        return stripped
    words = bare.split()
    is_torn = folded_words.fold(words[-1]) in function_words.DANGLING.get(language, ()) and len(words) > 1
    if bare == stripped and not is_torn:
        return stripped + _full_stop(stripped)
    ends = hygiene.sentence_ends(bare)
    return bare[: ends[-1]] if ends else f"{bare}…"


_OPEN_MARKS = ",;:–—- \n\t("
_EMPHASIS = "*_`"
_FULL_STOPS = {
    **dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO"), "。"),
    **dict.fromkeys(("DEVANAGARI", "BENGALI", "GURMUKHI", "ORIYA"), "।"),
    **dict.fromkeys(("THAI", "LAO"), ""),
    "ARMENIAN": "։",
    "ETHIOPIC": "።",
    "KHMER": "។",
    "MYANMAR": "။",
    "TIBETAN": "།",
}
"""By the first word of the name of a letter (Unicode character database); elsewhere a full stop."""


def _full_stop(text: str) -> str:
    letter = next((one for one in reversed(text) if one.isalpha()), "a")
    return _FULL_STOPS.get(unicodedata.name(letter, "").partition(" ")[0].partition("-")[0], ".")


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters, ended at a sentence, or else at a word."""
    if len(text) <= most:
        return text
    cut = text[:most]
    ends = hygiene.sentence_ends(cut)
    if ends and ends[-1] > most // 3:
        return cut[: ends[-1]]
    return f"{cut[: most - 1].rpartition(' ')[0] or cut[: most - 1]}…"


def kernel(text: str, most: int) -> str:
    """Return the most informative run of a text in so many characters: figures, then names, then long
    words.

    Words left out before or after it are an ellipsis.
    """
    if len(text) <= most:
        return text
    words = text.split(" ")
    joint = " "
    if max(map(len, words)) > most:
        words, joint = list(text), ""
    worth = list(itertools.accumulate((_worth(word) for word in words), initial=0))
    upto = list(itertools.accumulate((len(word) + len(joint) for word in words), initial=0))
    best = (0, 0, 1)
    for begin in range(len(words)):
        room = most - (1 if begin else 0) - 1
        end = bisect.bisect_right(upto, upto[begin] + room + len(joint)) - 1
        best = max(best, (worth[end] - worth[begin], -begin, end))
        if end >= len(words):
            break
    _, before, end = best
    run = joint.join(words[-before:end])
    return f"{'…' if before else ''}{run}{'…' if end < len(words) else ''}"


def telling(text: str) -> int:
    """Return how informative a text is: by its figures, names and long words."""
    return sum(map(_worth, text.split()))


def _worth(word: str) -> int:
    """Return how much a word says of a fact."""
    if any(map(str.isdigit, word)):
        return _FIGURE
    return _NAME if word[:1].isupper() else int(len(word) >= _LONG_WORD)


def same(one: str, other: str) -> bool:
    """Return whether two texts say the same in nearly the same words."""
    first, second = _plain(one), _plain(other)
    if first == second:
        return True
    if min(len(first), len(second)) < _LEAST_SHARE * max(len(first), len(second)):
        return False
    if _DIGITS.findall(first) != _DIGITS.findall(second):
        return False
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return (
        matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
    )  # the first is never less, and soon had


def holds(text: str, part: str) -> bool:
    """Return whether a text says what a part of it, or it all in nearly the same words, says."""
    found = _plain(part)
    return same(text, part) or (len(found) >= _LEAST_PART and found in _plain(text))


def opening(text: str) -> str:
    """Return the first words of a text, as a label for it."""
    words = one_line(text).split()[:_FIRST_WORDS]
    return " ".join(words).rstrip(".,;:!?…")


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
