"""Tell what kind of thing a question asks for, and whether sentences give one: a person, a time, a sum. Pure.

A weak model answers "who paid for it" with any sentence about it. Where English words say plainly what is
asked for, one sentence of an answer must hold such a thing; a denial is an answer too. Questions that ask for
anything else (what, why, how) are let through.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import BeforeValidator, TypeAdapter

from vidgist.archive import related
from vidgist.evidence import function_words, names, tokenizing
from vidgist.evidence.figures import Figure
from vidgist.models import Value
from vidgist.offline import lexicon
from vidgist.text.search_words import words

_DENIES = re.compile(
    r"\b(?:nobody|none|nothing|never|nowhere|unknown|unclear|any(?:one|body|thing))\b"
    r"|\bno (?!matter|longer|doubt|less)\w"
    r"|(?:\bnot|n['’]t|cannot)\b[^.]{0,30}"
    r"\b(?:sa[iy]|know|mention|state|give|name|clear|tell|told|specif|answer|reveal)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b|\b\d\ds\b")
_DOER = re.compile(r"(?P<verb>[a-z]{3,})(?:ers?|ors?)|[a-z]{3,}(?:ists?|ians?|men|man|woman|women|folk)")
_NO_DOERS = related.bag(
    """
        matter number paper water letter order power server computer other under over ever never however
        whether rather either after better later offer differ consider
        remember enter layer error color factor user
    """
)
_BY = re.compile(r"\bby (?:an?|the|two|three|some|our|his|her|their|its)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow many (?P<what>\w+)", re.IGNORECASE)
_LONGEST = 200
"""Characters of a question in which its kind is looked for."""

_Words = Annotated[frozenset[str], BeforeValidator(related.bag)]


class Kind(Value):
    """A kind of thing. ``asks`` recognizes the question; units of ``measures``, and ``words``, give one."""

    name: str
    asks: re.Pattern[str]
    measures: frozenset[str] = frozenset()
    words: _Words
    again: _Words = frozenset()
    persons: bool = False
    plain: bool = False
    years: bool = False
    figure: bool = False


@cache
def _kinds() -> tuple[Kind, ...]:
    text = resources.files("vidgist.archive").joinpath("answer_kinds.toml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[Kind, ...]).validate_python(tomllib.loads(text)["kind"])


def missing(question: str, sentences: Iterable[str]) -> str:
    """Return the kind of thing that is plainly asked for and that no sentence gives; empty where one does."""
    asked = question[:_LONGEST].lower()
    kind = next((one for one in _kinds() if re.search(rf"\b(?:{one.asks.pattern})", asked)), None)
    if kind is None or any(_gives(one, kind, question) for one in sentences):
        return ""
    return kind.name


def _gives(sentence: str, kind: Kind, question: str) -> bool:
    if function_words.code("", sentence) not in ("en", "" if sentence.isascii() else "en"):
        return True
    said = set(words(sentence))
    own = said - set(words(question))
    if _DENIES.search(sentence) or own & kind.words | said & kind.again:
        return True
    if kind.persons:
        named = {word for name in names.names(f"So {sentence}", "en") for word in words(name)}
        return bool(named & own) or any(map(_is_doer, own)) or bool(_BY.search(sentence))
    figures = [figure for _, figure in tokenizing.figures(tokenizing.tokens(sentence, "en"))]
    if kind.years and _YEAR.search(sentence):
        return True
    if kind.figure:
        unit = _unit(question)
        return any(unit in ("", one.unit.kind if one.unit else "") for one in figures)
    return any(_measures(one, kind) for one in figures)


def _unit(question: str) -> str:
    """Return the kind of unit whose number is asked for: data for gigabytes; empty where it is none."""
    asked = _COUNTED.search(question)
    found = tokenizing.figures(tokenizing.tokens(f"5 {asked['what']}", "en")) if asked else []
    return next((one.unit.kind for _, one in found if one.unit), "")


def _measures(figure: Figure, kind: Kind) -> bool:
    if figure.unit is None:
        return figure.kind in kind.measures or (kind.plain and figure.kind == "number")
    return figure.unit.kind in kind.measures


def _is_doer(word: str) -> bool:
    """Return whether a word is of somebody who does or is something: keeper, chemist."""
    found = None if word in _NO_DOERS else _DOER.fullmatch(word)
    if found is None or found["verb"] is None:
        return found is not None
    known = lexicon.shipped()
    verbs = (found["verb"], f"{found['verb']}e", found["verb"][:-1])
    return any(known.knows(verb) and "v" in known.letters(verb) for verb in verbs)
