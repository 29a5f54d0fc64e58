"""The framework paragraph: what the talk is about, how it gets from stretch to stretch, and how this was made."""

from collections.abc import Sequence
from typing import NamedTuple

from vidgist.offline.languages import Language

STEPS = 2
"""Stretches to a sentence."""


class Course(NamedTuple):
    """What a talk does: the phrases of each stretch in its order, what all of it is about, what the last comes back to.

    ``core`` is the stretch that holds its first conclusion, None where it has none; ``kind`` is what the talk calls itself.
    """

    stretches: Sequence[Sequence[str]]
    about: Sequence[str] = ()
    returning: str = ""
    core: int | None = None
    kind: str = ""


def compose(course: Course, language: Language) -> str:
    """One paragraph of up to six sentences, the last of which says how the passages were had."""
    named = [_list(phrases, language) for phrases in course.stretches if phrases]
    sentences = []
    if course.about or named:
        about = _list(course.about, language) if course.about else named[0]
        sentences.append(language.about.format(about, course.kind or language.kind))
    if len(named) > 1:
        sentences += _steps(named, course, language)
        if course.core is not None and course.stretches[course.core]:
            sentences.append(language.made.format(course.stretches[course.core][0]))
    mark, space = ("。", "") if language.dense else (".", " ")
    sentences.append(language.picked)
    return space.join(f"{sentence[:1].upper()}{sentence[1:]}{mark}" for sentence in sentences)


def _steps(named: Sequence[str], course: Course, language: Language) -> list[str]:
    """The stretches in order, two to a sentence; the last has its own."""
    sentences = []
    forms = (language.opening, language.then), (language.further, language.later)
    inner = named[:-1]
    for at in range(0, len(inner), STEPS):
        first, second = forms[min(1, at)]
        sentence = first.format(inner[at])
        if at + 1 < len(inner):
            sentence += second.format(inner[at + 1])
        sentences.append(sentence)
    back = language.returning.format(course.returning) if course.returning else ""
    return [*sentences, language.closing.format(named[-1]) + back]


def _list(phrases: Sequence[str], language: Language) -> str:
    if len(phrases) == 1:
        return phrases[0]
    return language.separator.join(phrases[:-1]) + language.conjunction + phrases[-1]
