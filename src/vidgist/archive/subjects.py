"""Name what several claims speak of: one rare word that they share, or two that stand side by side. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import fsum

from vidgist.archive.claims import Claim
from vidgist.evidence import function_words
from vidgist.offline import common
from vidgist.offline import words as english
from vidgist.text.search_words import words

Key = tuple[str, ...]
"""One stem, or two that stand side by side."""

_NOUN_LAST = frozenset({"en", "de"})

_PAIR = 1.5
"""What two words that stand together are worth, of one."""


def language(claims: Sequence[Claim]) -> str:
    """Return the two letters of the language of claims; empty where its words are not known."""
    return function_words.code("", " ".join(one.text for one in claims))


def stem(word: str, language: str) -> str:
    return english.stem(word) if language == "en" else function_words.stem(word)


def stems(text: str, language: str) -> list[str]:
    """Return the stems of a text in their order; an empty one in the place of a word without meaning."""
    return [
        stem(word, language) if function_words.matters(word, language) and not word.isdecimal() else ""
        for word in words(text)
    ]


def keys(text: str, language: str) -> set[Key]:
    """Return all that a text may be about."""
    found = stems(text, language)
    return {(one,) for one in found if one} | {pair for pair in pairwise(found) if all(pair)}


def of(claim: Claim, language: str) -> set[Key]:
    """Return what a claim may be about: what it says, its label, and of that what it says a word of."""
    said, label = set(stems(claim.text, language)), tuple(stems(claim.label, language))
    named = {key for key in keys(claim.label, language) if said & set(key) or key == label}
    return keys(claim.text, language) | named


def named(label: str, language: str) -> set[Key]:
    """Return what a label names: where its language sets the noun last, no word before it by itself."""
    found = keys(label, language)
    last = next(reversed(stems(label, language)), "")
    return {key for key in found if len(key) > 1 or language not in _NOUN_LAST or key == (last,)}


def specific(key: Key) -> float:
    """Return how much a key says of a talk, from 0 to 1.5: little where all speech has it."""
    return (_PAIR if len(key) > 1 else 1.0) * fsum(map(common.weight, key)) / len(key)


def title(key: Key, group: Sequence[Claim], language: str) -> str:
    """Return the shortest label with the key if most talks have its words, else the key as it is said."""
    labels = [one.label for one in group if one.label and key in keys(one.label, language)]
    talks = {one.talk for one in group}
    for label in sorted(labels, key=lambda one: (len(one.split()), -labels.count(one), one)):
        parts = set(stems(label, language)) - {""}
        have = {one.talk for one in group if parts <= set(stems(f"{one.label} {one.text}", language))}
        if len(have) * 2 > len(talks):
            return label
    said = Counter(
        " ".join(pair)
        for one in group
        for pair in zip(*(words(f"{one.label} {one.text}")[at:] for at in range(len(key))), strict=False)
        if tuple(stem(word, language) for word in pair) == key
    )
    name = min(said, key=lambda one: (-said[one], one), default=" ".join(key))
    written = re.compile(rf"\b{re.escape(name)}\b".replace(r"\ ", r"\W+"), re.IGNORECASE)
    forms = Counter(form for one in group for form in written.findall(f"{one.label}\n{one.text}"))
    shown = min(forms, key=lambda one: (-forms[one], one), default=name)
    return f"{shown[:1].upper()}{shown[1:]}"
