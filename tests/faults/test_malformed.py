"""Malformed input to every reader: read, or refused with one line; never a crash.

`HOSTILE_EXAMPLES=10000` tries ten thousand inputs a reader; about a thousand in all by default. Always the same
ones, so that what fails once fails again.
"""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.readers import READERS, attempt

pytestmark = pytest.mark.unmeasured

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "40"))

BAITS = [
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"-->", b"99:99:99.999", b"-1", b"NaN", b"Infinity", b"1e999"),
    *(
        b"9" * 400,
        b"9" * 5000,
        b"[" * 2000,
        b"[" * 450 + b"]" * 450,
        b'{"error":' * 450 + b"1" + b"}" * 450,
        b'{"a":' * 2000,
        b"a=" + b"[" * 2000,
        b"\n\n",
        b"\r",
    ),
    *(b"WEBVTT\n", b"&#x110000;", b"&#0;", b"&amp;" * 50, b"<c" * 50, b"\\ud800", b"\\u0000", b"null"),
    *(b"true", b"\xc2\x85", b"\xe2\x80\xa8", b"---\n", b"+++\n", b"\n\n\nContent:\n", b"{\\", b"<!--"),
    *(b"# User\n", b"{{transcript}}", b"\x1b[2J", b"\xe2\x80\xae", b"../../x", b"~nobody/x", b'"', b"'''"),
    *(
        b"2026-02-30",
        b"0001-01-01",
        b"\t",
        b"=",
        b"subgraph ",
        b"end\n",
        b"<think>",
        b"```json\n",
        b"\xed\xa0\x80",
    ),
]

FIELDS = (
    *("events", "segs", "utf8", "tStartMs", "segments", "transcript", "text", "start", "end", "format"),
    *("choices", "message", "content", "error", "code", "notes", "quotes", "core_ideas"),
)

_junk = (
    st.binary(max_size=12)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(str.encode)
    | st.sampled_from(BAITS)
)
_edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), _junk), min_size=1, max_size=4)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(FIELDS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def broken(sample: bytes) -> st.SearchStrategy[bytes]:
    """The sample with a few places cut out and filled with something else, or something else altogether."""

    def edit(places: list[tuple[float, int, bytes]]) -> bytes:
        data = sample
        for place, cut, filling in places:
            at = int(place * len(data))
            data = data[:at] + filling + data[at + cut :]
        return data

    return _edits.map(edit) | st.binary(max_size=300) | _json.map(json.dumps).map(str.encode)


@pytest.mark.parametrize("name", READERS)
def test_every_sample_is_read(tmp_path: Path, name: str) -> None:
    assert attempt(name, READERS[name].sample, tmp_path)


@pytest.mark.parametrize("name", READERS)
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
        HealthCheck.too_slow,
    ],
)
@given(data=st.data())
def test_a_reader_reads_or_refuses_anything(tmp_path: Path, name: str, data: st.DataObject) -> None:
    attempt(name, data.draw(broken(READERS[name].sample)), tmp_path)
