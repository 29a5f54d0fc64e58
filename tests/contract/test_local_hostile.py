"""Large files made to be slow: read or refused in a time that grows with their length, not with its square."""

import contextlib
import time
from pathlib import Path

import pytest

from tests.faults.readers import read_transcript
from vidgist.errors import VidgistError

LARGE = 300_000


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.json", b"[" * LARGE),
        ("deep.json3", b'{"events":' * (LARGE // 10)),
        ("digits.json", b'[{"text": "a", "start": ' + b"9" * LARGE + b"}]"),
        ("tags.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v <c <b " * (LARGE // 9)),
        ("braces.srt", b"1\n00:00:01,000 --> 00:00:02,000\n" + b"{\\a" * (LARGE // 3)),
        ("entities.txt", b"&amp;" * (LARGE // 5)),
        ("brackets.txt", b"[" * LARGE),
        ("links.md", b"[a](" * (LARGE // 4)),
        ("stars.md", b"*" * LARGE),
        ("dashes.md", b"---\n" * (LARGE // 4)),
        ("comments.md", b"<!--" * (LARGE // 4)),
        ("spaces.md", b" " * LARGE + b"x"),
        ("hashes.md", b"# " + b" #" * (LARGE // 2) + b"x"),
        ("arrows.vtt", b"WEBVTT\n\n" + b"-->\n" * (LARGE // 4)),
        ("times.srt", b"00:00:01,000 --> 00:00:02,000\n" * (LARGE // 30)),
        ("blank.vtt", b"WEBVTT" + b"\n" * LARGE + b"x"),
        ("words.txt", b"a " * (LARGE // 2)),
        ("word.txt", b"\xe3\x81\x82" * (LARGE // 3)),
        ("stamps.txt", b"0:01 " * (LARGE // 5)),
        ("header.txt", b"Timestamp: a\nTitle: " + b"b" * LARGE),
        ("latin.txt", b"\xe9 " * (LARGE // 2)),
    ],
)
def test_no_large_file_takes_long(tmp_path: Path, name: str, data: bytes) -> None:
    """A third of a megabyte made to be slow: half a second on a quiet machine, or far more than a minute."""
    (tmp_path / name).write_bytes(data)
    began = time.process_time()
    with contextlib.suppress(VidgistError):
        read_transcript(tmp_path / name)
    assert time.process_time() - began < 60
