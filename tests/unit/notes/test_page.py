"""HTML notes read back from what is enclosed in them."""

import base64
import zlib

import pytest

from tests import samples
from vidgist.config import Settings
from vidgist.errors import Unreadable
from vidgist.models import Note
from vidgist.notes import page
from vidgist.writers import html

WRITER = html.create(Settings.model_validate({}))


@pytest.mark.parametrize("note", [samples.FULL, samples.FAILED, samples.hostile(samples.HOSTILE[0])])
def test_nothing_is_lost(note: Note) -> None:
    text = WRITER.render(note)
    assert page.is_note(text[:4096])
    assert page.parse(text) == note


def broken(content: bytes) -> str:
    return f'<meta name="vidgist-note" content="{base64.b64encode(content).decode()}">'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>mine</p>", "no note is enclosed"),
        (broken(b"no zlib"), "damaged"),
        (broken(zlib.compress(b"x" * 1000)[:-4]), "cut or too large"),
        (broken(zlib.compress(b"\xff\xfe")), "damaged"),
        (broken(zlib.compress(b"{}")), "not a JSON document"),
        ('<meta name="vidgist-note" content="a">', "damaged"),
    ],
)
def test_what_is_damaged_is_named(text: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        page.parse(text)


def test_what_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_BYTES", 100)
    with pytest.raises(Unreadable, match="too large"):
        page.parse(WRITER.render(samples.FULL))
