"""Inputs as people write them, and who takes them."""

import contextlib
import io
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.errors import InputError
from vidgist.models import Fetched, Item, Ref
from vidgist.protocols import Source, Visit, at_once
from vidgist.run import inputs
from vidgist.sources._recordings import SUFFIXES as RECORDINGS
from vidgist.sources.local import SUFFIXES, Local


class Videos:
    """Claims what is written like an id or a link; nothing else of a source is asked here."""

    name = "videos"
    remote = True

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()

    def claims(self, ref: str) -> bool:
        return len(ref) == 11 or ref.startswith("https://youtu.be/")

    def lists(self, ref: str) -> bool:
        raise NotImplementedError

    def expand(self, ref: Ref, visit: Visit = at_once, /) -> Iterator[Item]:
        raise NotImplementedError

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


SOURCES: list[Source] = [Videos(), Local()]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def stdin(data: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="ascii")


def texts(data: bytes, path: Path = Path("talks.txt")) -> list[str]:
    path.write_bytes(data)
    return [ref.text for ref in inputs.read([], str(path), stdin())]


def test_arguments_come_first_then_the_list() -> None:
    Path("talks.txt").write_text("# mine\n\n c \nd\n", encoding="utf-8")
    assert list(inputs.read(["a", "b"], "talks.txt", stdin())) == [
        Ref(text="a", origin="argument 1"),
        Ref(text="b", origin="argument 2"),
        Ref(text="c", origin="talks.txt:3"),
        Ref(text="d", origin="talks.txt:4"),
    ]


def test_standard_input_is_a_list() -> None:
    refs = inputs.read([], "-", stdin("﻿# list\r\nü.vtt # trailing\r\n".encode()))
    assert list(refs) == [Ref(text="ü.vtt", origin="stdin:2")]


def test_standard_input_may_be_text() -> None:
    assert [ref.text for ref in inputs.read([], "-", io.StringIO("a\nb"))] == ["a", "b"]


def test_standard_input_is_read_as_it_comes() -> None:
    endless = cast("io.TextIOWrapper", SimpleNamespace(buffer=itertools.repeat(b"a\n")))
    refs = inputs.read([], "-", endless)
    assert [next(refs).origin, next(refs).origin] == ["stdin:1", "stdin:2"]


def test_nothing_given_is_nothing() -> None:
    assert list(inputs.read([], None, stdin(b"unread"))) == []


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("https://youtu.be/x#t=12", "https://youtu.be/x#t=12"),
        ("https://youtu.be/x   # see notes.txt", "https://youtu.be/x"),
        ("https://youtu.be/x\t#later", "https://youtu.be/x"),
        ("Talk #3.vtt", "Talk #3.vtt"),
        ("Talk #3.VTT  # third", "Talk #3.VTT"),
        *((f"Talk #3{suffix} # third", f"Talk #3{suffix}") for suffix in (*SUFFIXES, *RECORDINGS)),
        ("a#b.txt #", "a#b.txt"),
        ("  #only a comment", None),
        ("   ", None),
    ],
)
def test_comments_end_a_line_and_fragments_do_not(line: str, text: str | None) -> None:
    assert texts(line.encode()) == ([text] if text else [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_may_have_a_byte_order_mark_and_any_line_ends(encoding: str) -> None:
    assert texts("ä.vtt\r\n\r\nb\rc\n".encode(encoding)) == ["ä.vtt", "b", "c"]


@pytest.mark.parametrize(("data", "told"), [(b"a\0b", "a binary file"), (b"\xff\xfe\xfa", "damaged text")])
def test_a_list_that_is_no_text_stops_the_run(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        texts(data)


def test_a_byte_that_is_no_utf8_spoils_its_own_line(folder: Path) -> None:
    assert texts(b"a.vtt\nGr\xfc.vtt\nb.vtt") == ["a.vtt", f"{folder.as_uri()}/Gr%FC.vtt", "b.vtt"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize(
    "text",
    [
        "title,url\nBread,https://youtu.be/bread_talk1\n",
        '<opml><body><outline url="https://youtu.be/bread_talk1"/></body></opml>',
        '["https://youtu.be/bread_talk1"]',
        "https://youtu.be/bread_talk1\n",
    ],
)
def test_standard_input_may_be_a_list_of_any_kind(text: str, encoding: str) -> None:
    assert [ref.text for ref in inputs.read([], "-", stdin(text.encode(encoding)))] == [
        "https://youtu.be/bread_talk1"
    ]


def test_a_list_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MOST_BYTES", 3)
    with pytest.raises(InputError, match="too large"):
        texts(b"abcd")


@pytest.mark.parametrize("name", ["nowhere.txt", ".", "no\0name"])
def test_a_list_that_cannot_be_read_stops_the_run_at_once(name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        inputs.read(["a"], name, stdin())


def test_standard_input_that_is_no_text_is_told_of() -> None:
    refs = inputs.read([], "-", stdin(b"a\nb\0\n"))
    assert next(refs).text == "a"
    with pytest.raises(InputError, match="standard input is a binary file"):
        next(refs)


def test_a_path_that_is_not_utf8_becomes_its_uri(folder: Path) -> None:
    (ref,) = inputs.read(["caf\udce9.vtt"], None, stdin())
    assert ref.text == (folder / "caf").as_uri() + "%E9.vtt"
    assert inputs.route(ref, SOURCES).name == "local"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("WDsAhkFsKfE", "videos"),
        ("https://youtu.be/WDsAhkFsKfE", "videos"),
        ("transcripts", "local"),  # a folder that exists here, and eleven characters
        ("elevenc.txt", "local"),  # a file that exists here, and eleven characters
        ("elevenchars", "videos"),  # a file that exists here without a suffix
        ("missing_talk.vtt", "local"),
        ("./anything", "local"),
        ("file:///x.srt", "local"),
    ],
)
def test_an_input_goes_to_the_first_who_claims_it(text: str, name: str) -> None:
    Path("transcripts").mkdir()
    Path("elevenc.txt").touch()
    Path("elevenchars").touch()
    assert inputs.route(Ref(text=text), SOURCES).name == name


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("WDsAhkFsKfEx", "12 characters; a video id has 11"),
        ("WDsAhkFsKf", "10 characters; a video id has 11"),
        ("http://youtu.be/WDsAhkFsK", "9 characters; a video id has 11"),
        ("http://www.youtube.com/watch?v=WDsAhkFsKfEx&t=3", "12 characters; a video id has 11"),
        ("https://vimeo.com/12345678901", "vidgist takes videos"),
        ("some words", "vidgist takes videos"),
        ("-", "--from-file -"),
        ("talk.vt", "there is a talk.vtt"),
        ("nowhere/at/all", "vidgist takes videos"),
        ("", "vidgist takes videos"),
        ("a\0b.vtt", "vidgist takes videos"),
        ("x" * 5000 + ".vtt", "vidgist takes videos"),
    ],
)
def test_an_input_that_nobody_claims_is_told_of(text: str, hint: str) -> None:
    Path("talk.vtt").touch()
    with pytest.raises(InputError) as caught:
        inputs.route(Ref(text=text, origin="talks.txt:12"), SOURCES)
    assert hint in caught.value.hint
    assert "talks.txt:12" not in str(caught.value)
    assert text not in str(caught.value) or not text


def test_a_name_that_the_system_refuses_is_no_file() -> None:
    with pytest.raises(InputError):
        inputs.route(Ref(text="x" * 300), SOURCES)


@given(st.text(st.characters(), max_size=60))
def test_route_takes_or_refuses_anything(text: str) -> None:
    with contextlib.suppress(InputError):
        assert inputs.route(Ref(text=text), SOURCES).claims(text)


@given(st.binary(max_size=200))
def test_a_list_of_any_bytes_is_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert all(text == text.strip() != "" for text in texts(data))
