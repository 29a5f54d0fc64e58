"""Over which addresses a key may travel."""

import pytest

from vidgist.engines import _keys


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("https://api.openai.com/v1", False),
        ("http://localhost:11434/v1", False),
        ("http://box.localhost/v1", False),
        ("http://127.3.2.1/v1", False),
        ("http://[::1]:8000/v1", False),
        ("HTTPS://192.0.2.7/v1", False),
        ("http://192.0.2.7/v1", True),
        ("http://gpu-box:8000/v1", True),
        ("http://127.0.0.1.example.com/v1", True),
        ("http://localhost.example.com/v1", True),
        ("http://[fe80::1%25eth0]/v1", True),
    ],
)
def test_a_key_travels_encrypted_or_within_this_machine(address: str, is_open: bool) -> None:
    assert _keys.is_open(address) is is_open
    assert _keys.sendable("k", address, plain_http=False) == ("" if is_open else "k")
    assert _keys.sendable("k", address, plain_http=True) == "k"
