"""What a GGUF file says of its model."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles.llama import ARCHITECTURE, gguf, pair, text, window
from vidgist.engines import _gguf

NAMES = pair("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 3) + text("a") + text("bé") + text(""))
SCORES = pair("tokenizer.ggml.scores", 9, struct.pack("<IQ", 6, 4) + struct.pack("<4f", 0, 1, 2, 3))
FLAG = pair("general.flag", 7, b"\x01")


@pytest.mark.parametrize(
    "pairs",
    [
        (ARCHITECTURE, window(8_192)),
        (window(8_192), ARCHITECTURE),
        (NAMES, SCORES, FLAG, ARCHITECTURE, window(1, "clip"), window(8_192)),
    ],
)
def test_the_window_stands_under_the_architecture(tmp_path: Path, pairs: tuple[bytes, ...]) -> None:
    assert _gguf.context_length(gguf(tmp_path / "m.gguf", *pairs)) == 8_192


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no GGUF file"),
        (b"PK\x03\x04 a zip", "no GGUF file"),
        (b"GGUF", "breaks off"),
        (b"GGUF" + struct.pack("<IQQ", 1, 0, 0), "too old"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 0), "no context length"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1 << 60) + ARCHITECTURE, "breaks off"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 1 << 60), "breaks off"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + pair("a", 99, b""), "type 99"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + pair("a", 9, struct.pack("<IQ", 9, 1)), "lists of lists"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + pair("a", 9, struct.pack("<IQ", 8, 1 << 60)), "breaks off"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 2) + pair("a", 9, struct.pack("<IQ", 4, 1 << 60)), "breaks off"),
    ],
)
def test_what_is_no_model_says_why(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=said):
        _gguf.context_length(path)


@given(st.binary(max_size=200), st.integers(0, 1 << 63))
def test_any_bytes_give_a_window_or_a_value_error(
    tmp_path_factory: pytest.TempPathFactory, rest: bytes, count: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.gguf"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, count) + rest)
    try:
        found = _gguf.context_length(path)
    except ValueError:
        found = 1
    assert found > 0
