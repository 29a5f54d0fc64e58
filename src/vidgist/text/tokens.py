"""How many tokens a text is, estimated without a tokenizer. Pure.

A tokenizer needs a vocabulary of megabytes that is fetched from the network, and another one for each
model; cutting, budgets and dry runs need only a figure near enough. The characters that a token holds
depend on the script. The ratios fit current byte-pair vocabularies of 100,000 to 200,000 entries
(English: 1.33 tokens a word); smaller vocabularies need more for everything but English.
"""

import json
import re

from vidgist.models import Request

_UNIT = 60
_LATIN = _UNIT // 4
_IDEOGRAPH = _UNIT * 2 // 3
_OTHER = _UNIT * 2 // 5
_ASTRAL = _UNIT * 2
"""Sixtieths of a token for a character: 4 Latin ones a token, 1.5 of Han, kana or hangul, 2.5 of other
scripts, half an emoji. Whole numbers, so that parts add up exactly."""

_MESSAGE_TOKENS = 4
"""What a chat template puts around each message."""

_LATIN_RUN = re.compile(r"[\x00-\x7f\u00a0-\u024f\u1e00-\u1eff\u2010-\u2027\u20ac]+")
_IDEOGRAPHS = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]+")
_ASTRALS = re.compile(r"[\U00010000-\U0001ffff]+")


def estimate(text: str) -> int:
    """Tokens of a text, rounded up; 0 only for the empty one. More text is never fewer tokens."""
    if text.isascii():
        return -(-len(text) * _LATIN // _UNIT)
    rest = _LATIN_RUN.sub("", text)
    latin = len(text) - len(rest)
    ideographs = sum(map(len, _IDEOGRAPHS.findall(rest)))
    astral = sum(map(len, _ASTRALS.findall(rest)))
    other = len(rest) - ideographs - astral
    units = latin * _LATIN + ideographs * _IDEOGRAPH + other * _OTHER + astral * _ASTRAL
    return -(-units // _UNIT)


def of_request(request: Request) -> int:
    """Tokens of what is sent: each message with its wrapping, and the schema, which counts as input."""
    if request.schema_ is None:
        return of_messages(request)
    schema = json.dumps(request.schema_, ensure_ascii=False, separators=(",", ":"))
    return of_messages(request) + estimate(schema)


def of_messages(request: Request) -> int:
    """Tokens of the messages alone: not every server counts the schema."""
    return sum(estimate(message.content) + _MESSAGE_TOKENS for message in request.messages)
