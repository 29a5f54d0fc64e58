"""Check that a statement stands on the passages it cites: its figures, its names, its words. Pure.

A statement in the language of its passages shares words with them. One in another language need not; it then
stands on a quote, which is found in the passages as evidence is found in a talk.
"""

import re
from collections.abc import Iterable, Sequence

from vidgist.archive import related, terms
from vidgist.evidence import Checker, Concordance, function_words
from vidgist.models import Transcript
from vidgist.text.search_words import words

_DIGITS = re.compile(r"\d+")
_BELOW_ONE = re.compile(r"\D{0,4}0[.,](\d\d)\D*")
_UNIT = 2
"""Capitals that are a unit (MB) rather than a name."""

LEAST_SHARED = 0.25
"""Share of a statement's content words that its passages hold at least, or words like them."""


COPIED = 0.85
"""Share from which a statement stands on a passage that it does not cite: a number was mistaken."""


def fault(
    statement: str, quote: str, cited: Sequence[str], asked: str = "", shown: Sequence[str] = ()
) -> str:
    """Return why a statement does not stand on the passages cited, in a few words; empty where it does.

    ``asked`` is the question, whose figures and names may be repeated; names may also stand in the other
    passages ``shown``.
    """
    if not cited:
        return "it cites no passage"
    text = "\n".join(cited)
    concordance = Concordance(Transcript.untimed(text))
    if not concordance.tokens:
        return "what it cites holds no words"
    invented = ", ".join(_invented(statement, concordance, text, asked, shown))
    if invented:
        return f"{invented} is not in what it cites"
    if shares(statement, text) or (quote and concordance.find(quote)):
        return ""
    return "what it cites says something else"


def invented(statement: str, text: str) -> tuple[str, ...]:
    """Return figures and names of a statement that stand nowhere in a text."""
    return _invented(statement, Concordance(Transcript.untimed(text)), text, "", [text])


def _invented(
    statement: str, concordance: Concordance, text: str, asked: str, shown: Sequence[str]
) -> tuple[str, ...]:
    """Return the figures of a statement that are not in a text, or else its names that are in none shown."""
    checker = Checker(concordance, [asked], function_words.code("", f"{statement} {asked}"))
    found = checker.check(statement, [concordance.passage(0, max(0, len(concordance.tokens) - 1))])
    absent = [
        one
        for one in found.figures
        if not _in_cents(one, text) and (checker.is_same_language or not _in_digits(one, text))
    ]
    if absent:
        return tuple(absent)
    others = set(words("\n".join(shown)))
    return tuple(
        name
        for name in found.names
        if not name.isupper() or len(name) > _UNIT
        if not all(_stands(word, others) or _shortens(name, word, others) for word in words(name))
    )


def _shortens(name: str, word: str, others: set[str]) -> bool:
    """Return whether capitals are the beginning of a longer word: MPC of the title “#MPCbros”."""
    return name.isupper() and any(other.startswith(word) for other in others)


def _in_cents(figure: str, text: str) -> bool:
    """Return whether a sum below one is given in cents, pence or the like: $0.17 as 17 cents."""
    small = _BELOW_ONE.fullmatch(figure.strip())
    return small is not None and re.search(rf"\b{int(small[1])} (?:cents?|pence|c|p)\b", text) is not None


def _in_digits(figure: str, text: str) -> bool:
    """Return whether the digits of a figure stand in a text of another language, whose units may differ."""
    digits = _DIGITS.findall(figure)
    return bool(digits) and set(digits) <= set(_DIGITS.findall(text))


def shares(statement: str, text: str, least: float = LEAST_SHARED) -> bool:
    """Return whether enough of a statement's content words stand in a text, in any inflection."""
    content = terms.content_words(statement)
    if not content:
        return False
    held = set(words(text))
    return sum(_stands(word, held) for word in content) >= max(1, least * len(content))


def touches(statement: str, question: str) -> bool:
    """Return whether a statement has a content word of a question, in any inflection."""
    held = set(words(statement))
    return any(_stands(word, held) for word in terms.content_words(question))


def holds(text: str, quote: str) -> bool:
    """Return whether a quote stands in a text, as evidence is found in a transcript."""
    return bool(quote) and bool(Concordance(Transcript.untimed(text)).find(quote))


def _stands(word: str, held: set[str]) -> bool:
    if word in held:
        return True
    stub = related.stub(word)
    return any(other.startswith(stub) and related.inflects(word, other) for other in held)


def cited(numbers: Iterable[int], passages: Sequence[str]) -> list[str]:
    """Return the passages of these numbers, counted from 1; numbers that name none are passed over."""
    return [passages[number - 1] for number in numbers if 1 <= number <= len(passages)]
