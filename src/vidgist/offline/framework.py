"""The framework paragraph: how the talk gets from stretch to stretch, what it comes back to, where its core point falls."""

from collections.abc import Sequence
from typing import NamedTuple

from vidgist.offline.languages import Language

STEPS = 2
"""Stretches to a sentence."""


class Course(NamedTuple):
    """What a talk does: the phrases of each stretch in its order, what the last comes back to, what runs through all.

    ``core`` is the stretch that holds the core point; ``kind`` is what the talk calls itself.
    """

    stretches: Sequence[Sequence[str]]
    returning: str = ""
    threads: Sequence[str] = ()
    core: int = 0
    kind: str = ""


def compose(course: Course, language: Language) -> str:
    """One paragraph of two to four sentences; empty where no stretch has any phrase."""
    named = [_list(phrases, language) for phrases in course.stretches if phrases]
    if not named:
        return ""
    if len(named) == 1:
        sentences = [language.alone.format(named[0], course.kind or language.kind)]
    else:
        sentences = _steps(named, course, language)
    sentences += _through(course, language, several=len(named) > 1)
    mark, space = ("。", "") if language.dense else (".", " ")
    return space.join(f"{sentence[:1].upper()}{sentence[1:]}{mark}" for sentence in sentences)


def _steps(named: Sequence[str], course: Course, language: Language) -> list[str]:
    """The stretches in order, two to a sentence; the last has its own."""
    sentences = []
    forms = (language.opening, language.then), (language.further, language.later)
    inner = named[:-1]
    for at in range(0, len(inner), STEPS):
        first, second = forms[min(1, at)]
        sentence = first.format(inner[at], course.kind or language.kind)
        if at + 1 < len(inner):
            sentence += second.format(inner[at + 1])
        sentences.append(sentence)
    back = language.returning.format(course.returning) if course.returning else ""
    return [*sentences, language.closing.format(named[-1]) + back]


def _through(course: Course, language: Language, *, several: bool) -> list[str]:
    """What holds of the whole, as one sentence; none where there is nothing to say."""
    found = []
    if course.threads:
        found.append(language.thread.format(_list(course.threads, language)))
    if several and course.stretches[course.core]:
        found.append(language.made.format(course.stretches[course.core][0]))
    return [language.pause.join(found)] if found else []


def _list(phrases: Sequence[str], language: Language) -> str:
    if len(phrases) == 1:
        return phrases[0]
    return language.separator.join(phrases[:-1]) + language.conjunction + phrases[-1]
