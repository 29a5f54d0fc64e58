"""Tell whether a question is of another language than the notes, and what it may share with them. Pure."""

import re
from collections.abc import Sequence

from vidgist.archive.terms import Terms
from vidgist.evidence import function_words
from vidgist.text.search_words import words

_SENTENCE = 3
"""Words from which a query shows its language."""

_SELDOM = 0.002
"""Share of the passages below which a word is hardly one of their language."""

_COMMONEST = {
    "en": ("the", "of", "and", "to", "that", "with"),
    "de": ("und", "der", "nicht", "das", "ein", "mit"),
    "fr": ("et", "les", "des", "est", "une", "dans"),
    "es": ("el", "los", "las", "una", "por", "con"),
    "it": ("che", "di", "il", "non", "sono", "per"),
    "pt": ("uma", "os", "do", "da", "em", "com"),
}
_USED = 0.3
"""Times a passage from which on these words are those of the notes."""

_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufdff]")
"""Letters of other scripts than the Latin one."""

_OPENING = "\"'(“«„¿¡"
_LONG = 6
"""Letters from which words of two languages that are alike are hardly so by chance."""


def is_foreign(text: str, asked: Sequence[str], index: Terms) -> bool:
    """Return whether a sentence is of another language than the notes.

    They have none of the words of another script, or few of its words, even of its smallest.
    """
    other = [word for word in asked if _OTHER_SCRIPT.search(word)]
    if other and len(other) * 2 >= len(asked) and not any(map(index.vocabulary.count, other)):
        return True
    small = function_words.FUNCTION_WORDS.get(function_words.code("", text), frozenset())
    if len(asked) < _SENTENCE or not small & set(asked):
        return False
    seldom = sum(index.vocabulary.count(word) <= _SELDOM * index.size for word in asked)
    return seldom * 2 > len(asked) and not _has_language(function_words.code("", text), index)


def _has_language(code: str, index: Terms) -> bool:
    """Return whether the notes use the commonest words of a language, in a part of their passages."""
    return sum(map(index.vocabulary.count, _COMMONEST.get(code, ()))) >= _USED * index.size


def alike(text: str, content: Sequence[str]) -> list[str]:
    """Return what a text of another language may share with the notes: names, figures, long words."""
    capital = {word for one in text.split()[1:] if one.lstrip(_OPENING)[:1].isupper() for word in words(one)}
    is_german = function_words.code("", text) == "de"
    whole = {word for one in text.split() if one.isupper() for word in words(one)}
    return [
        word
        for word in content
        if len(word) >= _LONG
        or word in whole
        or any(map(str.isdigit, word))
        or (word in capital and not is_german)
        or (word.isascii() and not text.isascii() and _OTHER_SCRIPT.search(text))
    ]
