"""Malformed input to every reader of local files: refused with one line, or read; never a crash, never for ever.

`HOSTILE_EXAMPLES=10000` tries ten thousand inputs a reader; a few by default.
"""

import io
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vidgist import inputs, record, transcript
from vidgist.config import Settings
from vidgist.errors import VidgistError
from vidgist.models import Fetched, Ref
from vidgist.sources import _sidecar
from vidgist.sources.local import create
from vidgist.transcript import MOST_SECONDS

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "30"))
ROOT = Path(__file__).parents[1]

INFO = {
    "title": "T",
    "duration": 12.5,
    "upload_date": "20260131",
    "webpage_url": "https://x.org/",
    "language": "en",
}
INFO |= {"channel": "C", "chapters": [{"start_time": 0.0, "title": "a"}]}
SAMPLES = {
    "vtt": (ROOT / "fixtures/subtitles/rolling.en.vtt").read_bytes(),
    "srt": b"1\n00:00:01,000 --> 00:00:02,500\n<i>Hello</i>\nyou\n\n2\n00:00:03,000 --> 00:00:04,000\n{\\an8}again\n",
    "json3": b'{"events": [{"tStartMs": 10, "dDurationMs": 20, "segs": [{"utf8": "a"}, {"utf8": " b"}]}, {"aAppend": 1}]}',
    "json": b'{"language": "en", "segments": [{"text": "a", "start": 1.5, "end": 2}, {"text": "b", "start": 3}]}',
    "list.json": b'[{"text": "a", "start": 1.5, "duration": 2}, {"text": "b", "start": 3, "duration": 1e3}]',
    "own.json": b'{\n"format": "vidgist/1",\n"url": "https://youtu.be/WDsAhkFsKfE",\n"transcript": {"segments": [{"text": "a"}]}}',
    "txt": b"Title\n[00:12] hello there.\n[00:15] and 12:30 again\n1:02:03 bye\n",
    "md": b"---\ntitle: 'x'\nduration: 1:02\ndate: 2026-01-31\n---\n# H\n- [0:12](http://x) **a**\n<!-- c -->\n> b\n",
    "record.txt": (ROOT / "golden/seed_record.txt").read_bytes()[-4000:],
}
SAMPLES["record.txt"] = record.render(
    record.parse((ROOT / "golden/seed_record.txt").read_text(encoding="utf-8")).model_copy(
        update={"description": "d\n", "content": "some words"}
    )
).encode()
LIST = b"# talks\nhttps://youtu.be/WDsAhkFsKfE # x\n\ntalk #3.vtt\r\n"

BAITS = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"-->",
    b"99:99:99.999",
    b"-1",
    b"NaN",
    b"Infinity",
    b"1e999",
    b"9" * 400,
]
BAITS += [
    b"[" * 2000,
    b'{"a":' * 2000,
    b"\n\n",
    b"\r",
    b"WEBVTT\n",
    b"&#x110000;",
    b"&#0;",
    b"&amp;" * 50,
    b"<c" * 50,
]
BAITS += [
    b"\\ud800",
    b"null",
    b"true",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"---\n",
    b"\n\n\nContent:\n",
    b"{\\",
    b"<!--",
]

junk = (
    st.binary(max_size=12)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(str.encode)
    | st.sampled_from(BAITS)
)
edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), junk), min_size=1, max_size=4)


def broken(sample: bytes) -> st.SearchStrategy[bytes]:
    """The sample with a few places cut out and filled with something else, or something else altogether."""

    def edit(places: list[tuple[float, int, bytes]]) -> bytes:
        data = sample
        for place, cut, filling in places:
            at = int(place * len(data))
            data = data[:at] + filling + data[at + cut :]
        return data

    return edits.map(edit) | st.binary(max_size=300)


def hostile(test: Callable[..., None]) -> Callable[..., None]:
    return settings(
        max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )(test)


def check(fetched: Fetched) -> None:
    segments = fetched.transcript.segments
    assert segments
    assert transcript.speaks(segments)
    assert all(0 <= one.start <= MOST_SECONDS and 0 <= one.duration <= MOST_SECONDS for one in segments)
    assert all(one.text == " ".join(one.text.split()) != "" for one in segments)
    assert fetched.video.seconds is None or 0 <= fetched.video.seconds <= 2 * MOST_SECONDS
    assert Fetched.model_validate_json(fetched.model_dump_json()) == fetched
    record.clock(fetched.video.seconds)


def read(path: Path) -> None:
    """A file through the source's whole way."""
    source = create(Settings())
    try:
        for item in source.expand(Ref(text=str(path))):
            item.model_dump_json()
            check(source.fetch(item, ()))
    except VidgistError as error:
        assert error.code and "\n" not in str(error)  # noqa: PT017, PT018 (anything else fails the test)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"talk.{name}"
    path.write_bytes(SAMPLES[name])
    source = create(Settings())
    check(source.fetch(next(iter(source.expand(Ref(text=str(path))))), ()))


@pytest.mark.parametrize("name", SAMPLES)
@hostile
@given(data=st.data())
def test_a_reader_reads_or_refuses_anything(tmp_path: Path, name: str, data: st.DataObject) -> None:
    path = tmp_path / f"talk.{name}"
    path.write_bytes(data.draw(broken(SAMPLES[name])))
    read(path)


@hostile
@given(data=broken(json.dumps(INFO).encode()))
def test_any_sidecar_leaves_the_words_alone(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "talk.srt").write_bytes(SAMPLES["srt"])
    (tmp_path / f"talk{_sidecar.SUFFIX}").write_bytes(data)
    source = create(Settings())
    (item,) = source.expand(Ref(text=str(tmp_path / "talk.srt")))
    fetched = source.fetch(item, ())
    check(fetched)
    assert fetched.transcript.text == "Hello you again"


@hostile
@given(data=broken(LIST))
def test_a_list_is_read_or_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "talks.txt").write_bytes(data)
    source = create(Settings())
    try:
        for ref in inputs.read([], str(tmp_path / "talks.txt"), io.StringIO()):
            inputs.route(ref, [source])
    except VidgistError as error:
        assert error.code  # noqa: PT017


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "events",
                    "segs",
                    "utf8",
                    "tStartMs",
                    "segments",
                    "transcript",
                    "text",
                    "start",
                    "end",
                    "format",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@hostile
@given(document=json_values)
def test_any_json_is_read_or_refused(tmp_path: Path, document: object) -> None:
    (tmp_path / "talk.json").write_text(json.dumps(document), encoding="utf-8")
    read(tmp_path / "talk.json")


LARGE = 300_000


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
    """A third of a megabyte made to be slow: in real time a fraction of what is allowed here."""
    (tmp_path / name).write_bytes(data)
    started = time.process_time()
    read(tmp_path / name)
    assert time.process_time() - started < 3
