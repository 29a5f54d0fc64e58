"""The names that a question is about, each by the word that tells most of it. Pure."""

import difflib
from collections.abc import Sequence

from vidgist.archive import related
from vidgist.archive.terms import ASKING, Group
from vidgist.evidence import function_words, names
from vidgist.offline import lexicon
from vidgist.text.search_words import words

_ALIKE = 0.8
"""Likeness of letters from which a name is another one mistyped."""


def find(text: str, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return the most specific word of each name that a text writes; in small letters, of known names.

    Capitals alone are none: they may stand for words.
    """
    known = {group.word: group for group in groups}
    language = function_words.code("", text)
    if text == text.lower():
        return tuple(one for one in groups if not one.terms and lexicon.shipped().name(one.word))
    if _is_title(text):
        return ()
    found: list[list[Group]] = []
    at = 0
    for name in names.names(text, language):
        begin = text.find(name, at)
        held = (
            [] if name.isupper() else [known[word] for word in words(name) if len(word) > 1 and word in known]
        )
        if found and begin >= 0 and not text[at:begin].strip():
            found[-1] += held
        else:
            found.append(held)
        at = max(at, begin + len(name))
    return tuple(_meant(_telling(run)) for run in found if run)


def _telling(name: Sequence[Group]) -> Group:
    """Return the word of a name that tells most: the last one, unless others are far rarer."""
    rarest = max(name, key=lambda one: one.weight)
    return name[-1] if 2 * name[-1].weight >= rarest.weight else rarest


def _meant(name: Group) -> Group:
    """Return a name without spellings that are not almost its own."""
    exact = {term: worth for term, worth in name.terms.items() if worth != related.NEAR}
    slips = {term: worth for term, worth in name.terms.items() if _is_slip(name.word, term)}
    return name._replace(terms=exact or slips)


def _is_slip(word: str, other: str) -> bool:
    """Return whether a name is another one mistyped: a letter more or less, wrong, or moved."""
    if other.startswith(word):
        return True
    match = difflib.SequenceMatcher(None, word, other, autojunk=False)
    return word[0] == other[0] and abs(len(word) - len(other)) <= 1 and match.ratio() >= _ALIKE


def _is_title(text: str) -> bool:
    """Return whether small words have capitals too, as in a headline."""
    small = [one for one in text.split()[1:] if one.lower() in ASKING and one != "I"]
    return bool(small) and sum(one[:1].isupper() for one in small) * 2 > len(small)
