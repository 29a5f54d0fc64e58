"""The framework paragraph: what the talk takes up, stretch by stretch, and what runs through all of it."""

from collections.abc import Sequence

from vidgist.offline.languages import Language


def compose(stretches: Sequence[Sequence[str]], threads: Sequence[str], kind: str, language: Language) -> str:
    """One paragraph from the phrases of each stretch, in the talk's order; empty where no stretch has any.

    ``threads`` are phrases that come back throughout; ``kind`` is what the talk calls itself.
    """
    named = [phrases for phrases in stretches if phrases]
    if not named:
        return ""
    forms = [
        language.opening,
        *(language.further[index % len(language.further)] for index in range(len(named) - 2)),
        language.closing,
    ]
    if len(named) == 1:
        forms = [language.alone]
    sentences = [
        form.format(_list(phrases, language), kind or language.kind)
        for form, phrases in zip(forms, named, strict=True)
    ]
    if threads:
        sentences.append(language.thread.format(_list(threads, language)))
    return ("" if language.code in ("zh", "ja") else " ").join(sentences)


def _list(phrases: Sequence[str], language: Language) -> str:
    if len(phrases) == 1:
        return phrases[0]
    return language.separator.join(phrases[:-1]) + language.conjunction + phrases[-1]
