"""The framework paragraph: what the talk takes up, stretch by stretch, in whole sentences."""

from collections.abc import Sequence

from vidgist.offline.languages import Language


def compose(topics: Sequence[Sequence[str]], kind: str, language: Language) -> str:
    """One paragraph from the phrases of each stretch, in the talk's order; empty where no stretch has any.

    ``kind`` is what the talk calls itself.
    """
    named = [list(phrases) for phrases in topics if phrases]
    if not named:
        return ""
    listed = [_list(phrases, language) for phrases in named]
    if len(listed) == 1:
        return language.alone.format(listed[0], kind or language.kind)
    inner = [
        language.further[index % len(language.further)].format(text)
        for index, text in enumerate(listed[1:-1])
    ]
    gap = "" if language.code in ("zh", "ja") else " "
    return gap.join(
        [
            language.opening.format(listed[0], kind or language.kind),
            *inner,
            language.closing.format(listed[-1]),
        ]
    )


def _list(phrases: Sequence[str], language: Language) -> str:
    if len(phrases) == 1:
        return phrases[0]
    return language.separator.join(phrases[:-1]) + language.conjunction + phrases[-1]
