"""Check that a statement stands on the passages it cites: its figures, its names, its words. Pure.

A statement in the language of its passages shares words with them. One in another language need not; it then
stands on a quote, which is found in the passages letter by letter.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from vidgist.archive import query, related
from vidgist.llm.grounding import Concordance
from vidgist.models import Transcript
from vidgist.site.tokenizer import words

LEAST_SHARED = 0.25
"""Share of a statement's telling words that its passages hold at least, or words like them."""

_FIGURE = re.compile(r"\d+(?:[.,:'’\u00a0\u202f]\d+)*")
_SEPARATORS = re.compile(r"[.,'’\u00a0\u202f](?=\d{3}(?!\d))")
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[^\W\d_a-z][^\W\d_]{2,}")

Known = Callable[[str], bool]
"""Whether a word stands anywhere in the notes."""


def fault(
    statement: str, quote: str, cited: Sequence[str], asked: str = "", known: Known | None = None
) -> str:
    """Return why a statement does not stand on the passages cited, in a few words; empty where it does.

    ``asked`` is the question, whose figures and names may be repeated. ``known`` tells words of the notes
    from invented ones.
    """
    if not cited:
        return "it cites no passage"
    text = "\n".join(cited)
    absent = figures(statement) - figures(text) - figures(asked)
    if absent:
        return f"{', '.join(sorted(absent))} is not in what it cites"
    invented = _invented(statement, f"{text}\n{asked}", known)
    if invented:
        return f"{', '.join(invented)} is in no note"
    if shares(statement, text) or (quote and holds(text, quote)):
        return ""
    return "what it cites says something else"


def figures(text: str) -> set[str]:
    """Return the numbers of a text in one form: 14,000 and 14 000 alike, small number words as digits."""
    found = {_SEPARATORS.sub("", one).replace(",", ".") for one in _FIGURE.findall(text)}
    spelt = related.numbers()
    return found | {spelt[word] for word in words(text) if word in spelt}


def shares(statement: str, text: str) -> bool:
    """Return whether enough of a statement's telling words stand in a text, in any inflection."""
    told = query.telling(statement)
    if not told:
        return False
    held = set(words(text))
    shared = sum(_stands(word, held) for word in told)
    return shared >= max(1, LEAST_SHARED * len(told))


def holds(text: str, quote: str) -> bool:
    """Return whether a quote stands in a text, as evidence is found in a transcript."""
    return Concordance(Transcript.untimed(text)).find(quote) is not None


def _stands(word: str, held: set[str]) -> bool:
    if word in held:
        return True
    stub = related.stub(word)
    return any(other.startswith(stub) and related.inflects(word, other) for other in held)


def _invented(statement: str, text: str, known: Known | None) -> list[str]:
    """Return names that stand neither in the passages nor anywhere in the notes."""
    if known is None:
        return []
    held = set(words(text))
    return [
        name
        for name in dict.fromkeys(_NAME.findall(statement))
        if not any(_stands(word, held) or known(word) for word in words(name))
    ]


def cited(numbers: Iterable[int], passages: Sequence[str]) -> list[str]:
    """Return the passages of these numbers, counted from 1; numbers that name none are passed over."""
    return [passages[number - 1] for number in numbers if 1 <= number <= len(passages)]
