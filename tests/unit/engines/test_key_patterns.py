"""A key that a server repeats is masked, in whatever coding it repeats it."""

import base64
import html
import json
import time
from urllib.parse import quote

import pytest

from vidgist.engines._credentials import Key

KEY = "k-check+/0123456789abcdef=0123456789"
_KEY = Key("OPENAI_API_KEY", KEY)


@pytest.mark.parametrize(
    "told",
    [
        KEY,
        KEY.upper(),
        quote(KEY, safe=""),
        quote(quote(KEY, safe=""), safe=""),
        "".join(f"%{ord(one):02X}" for one in KEY),
        "".join(f"\\u{ord(one):04x}" for one in KEY),
        json.dumps("".join(f"\\x{ord(one):02x}" for one in KEY)),
        html.escape(KEY),
        "".join(f"&#{ord(one)};" for one in KEY),
        "".join(f"&#x{ord(one):X};" for one in KEY),
        KEY.encode().hex(),
        KEY.encode().hex(" ").upper(),
        KEY[:20] + "...",
        base64.b64encode(KEY.encode()).decode(),
        base64.urlsafe_b64encode(KEY.encode()).decode(),
        base64.b64encode(f"Bearer {KEY}".encode()).decode(),
        base64.b64encode(f"user:{KEY}".encode()).decode(),
        base64.b64encode(f"x{KEY}yz".encode()).decode(),
    ],
)
def test_an_echoed_key_is_masked(told: str) -> None:
    masked = _KEY.masked(f"Incorrect key {told} in header")
    assert masked.startswith("Incorrect key ")
    assert "***" in masked
    assert not any(told[at : at + 8] in masked for at in range(len(told) - 8))


def test_other_words_stay() -> None:
    said = "The model k-check does not exist; see https://example.com/?a=%2B&b=0123456789abcdef"
    assert _KEY.masked(said) == said
    assert Key("", "").masked(said) == said
    assert Key("OPENAI_API_KEY", "k").masked("thin air") == "thin air"
    assert Key("OPENAI_API_KEY", "EMPTY").masked("sent EMPTY to it") == "sent *** to it"


@pytest.mark.unmeasured
def test_long_answers_are_masked_at_once() -> None:
    began = time.process_time()
    _KEY.masked("k-check+/0123" * 100_000)
    _KEY.masked("a" * 1_000_000)
    assert time.process_time() - began < 10
