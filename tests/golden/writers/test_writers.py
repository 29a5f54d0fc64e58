"""Each format of one note, byte for byte. After a wanted change: ``python -m tests.golden.writers.test_writers``."""

import importlib
from pathlib import Path

import pytest

from tests import samples
from vidgist.config import Settings
from vidgist.models import Note
from vidgist.protocols import Writer

HERE = Path(__file__).parent
FORMATS = ("txt", "json", "md")
NOTES = {"full": samples.FULL, "failed": samples.FAILED}


def writer(name: str) -> Writer:
    created: Writer = importlib.import_module(f"vidgist.writers.{name}").create(Settings.model_validate({}))
    return created


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("stem", "note"), NOTES.items())
def test_the_file_is_as_it_was(stem: str, note: Note, name: str) -> None:
    assert writer(name).render(note) == (HERE / f"{stem}.{name}").read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in FORMATS:
        for stem, note in NOTES.items():
            text = writer(name).render(note) or ""
            (HERE / f"{stem}.{name}").write_text(text, encoding="utf-8", newline="\n")
