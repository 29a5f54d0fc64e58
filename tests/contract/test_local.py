"""The source of local files: what it claims, what it makes of files, how it says no."""

import hashlib
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from vidgist.config import Settings
from vidgist.errors import ItemError, NoTranscript, Unreadable
from vidgist.models import Chapter, Fetched, Item, Ref, Transcript, Video
from vidgist.protocols import Source
from vidgist.sources import _files
from vidgist.sources.local import create

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "subtitles"
SEED = ROOT / "tests" / "golden" / "seed_record.txt"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.500\nhello there\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def source() -> Source:
    return create(Settings())


def item(source: Source, text: str) -> Item:
    (one,) = source.expand(Ref(text=text, origin="argument 1"))
    return one


def fetch(source: Source, text: str) -> Fetched:
    return source.fetch(item(source, text), ())


def refusal(source: Source, text: str) -> ItemError:
    with pytest.raises(ItemError) as caught:
        fetch(source, text)
    assert str(caught.value).isprintable()
    return caught.value


# What it claims


@pytest.mark.parametrize(
    ("ref", "claimed"),
    [
        ("talk.vtt", True),
        ("TALK.SRT", True),
        ("talk.json3", True),
        ("./talk", True),
        ("../talk", True),
        ("~/talk", True),
        ("/talk", True),
        ("C:\\talks\\talk", True),
        ("file:///talk", True),
        ("FILE:talk", True),
        ("here", True),
        ("there", False),
        ("WDsAhkFsKfE", False),
        ("https://example.com/talk.vtt", False),
        ("", False),
        (" ", False),
        ("a\0b", False),
        ("x" * 5000, False),
    ],
)
def test_it_claims_paths(source: Source, ref: str, claimed: bool) -> None:
    Path("here").touch()
    assert source.claims(ref) is claimed
    assert not source.lists(ref)
    assert not source.remote
    assert not source.requests


# Items


def test_an_item_is_a_file_with_its_digest(source: Source, folder: Path) -> None:
    (folder / "my talk.vtt").write_text(VTT, encoding="utf-8")
    assert item(source, "my talk.vtt") == Item(
        source="local",
        id=str(folder / "my talk.vtt"),
        name="my talk",
        url=(folder / "my talk.vtt").as_uri(),
        origin="argument 1",
        digest=hashlib.sha256(VTT.encode()).hexdigest(),
    )


@pytest.mark.parametrize("size", [0, 1, 1 << 16, (1 << 16) + 1, 300_000])
def test_the_digest_is_over_every_byte(source: Source, folder: Path, size: int) -> None:
    data = b"x" * size
    (folder / "talk.txt").write_bytes(data)
    assert item(source, "talk.txt").digest == hashlib.sha256(data).hexdigest()
    (folder / "talk.info.json").write_bytes(b"{}")
    assert item(source, "talk.txt").digest == hashlib.sha256(data + b"{}").hexdigest()


def test_an_edit_that_keeps_size_and_time_changes_the_digest(source: Source, folder: Path) -> None:
    talk = folder / "talk.txt"
    talk.write_text("one word", encoding="utf-8")
    before, times = item(source, "talk.txt").digest, talk.stat()
    talk.write_text("two word", encoding="utf-8")
    os.utime(talk, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert item(source, "talk.txt").digest != before


def test_an_empty_file_is_not_taken_for_what_stands_beside_it(source: Source, folder: Path) -> None:
    (folder / "talk.vtt").touch()
    (folder / "talk.info.json").write_bytes(SEED.read_bytes())
    assert (item(source, "talk.vtt").name, item(source, "talk.vtt").video) == ("talk", None)


def test_a_path_is_the_same_item_however_it_is_written(source: Source, folder: Path) -> None:
    (folder / "a b.vtt").write_text(VTT, encoding="utf-8")
    (folder / "below").mkdir()
    written = ["a b.vtt", "./a b.vtt", "below/../a b.vtt", str(folder / "a b.vtt")]
    written += [(folder / "a b.vtt").as_uri(), (folder / "a b.vtt").as_uri().replace("///", "//localhost/")]
    assert len({item(source, text).id for text in written}) == 1


def test_a_home_folder_is_spelt_out(source: Source, home: Path) -> None:
    (home / "talk.vtt").write_text(VTT, encoding="utf-8")
    assert item(source, "~/talk.vtt").id == str(home / "talk.vtt")


def test_a_folder_stands_for_the_transcripts_in_it(source: Source, folder: Path) -> None:
    below = folder / "talks"
    (below / "deeper").mkdir(parents=True)
    for name in (
        "b.srt",
        "a.VTT",
        "c.md",
        ".hidden.vtt",
        "a.info.json",
        "film.mp4",
        "deeper/d.vtt",
        "e.json3",
    ):
        (below / name).write_text("x", encoding="utf-8")
    assert [Path(one.id).name for one in source.expand(Ref(text="talks"))] == [
        "a.VTT",
        "b.srt",
        "c.md",
        "e.json3",
    ]


def test_a_folder_may_be_named_like_a_transcript(source: Source, folder: Path) -> None:
    (folder / "talks.vtt").mkdir()
    (folder / "talks.vtt" / "a.vtt").write_text(VTT, encoding="utf-8")
    assert item(source, "talks.vtt").name == "a"


def test_a_folder_without_transcripts_says_so(source: Source, folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(Unreadable, match="holds no transcripts") as caught:
        list(source.expand(Ref(text="empty")))
    assert caught.value.code == "empty"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that bind")
def test_a_folder_that_is_closed_says_so(source: Source, folder: Path) -> None:
    (folder / "closed").mkdir(mode=0)
    with pytest.raises(Unreadable, match="cannot be read"):
        list(source.expand(Ref(text="closed")))


def test_a_folder_that_goes_away_says_so(
    source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "closed").mkdir()
    monkeypatch.setattr(os, "scandir", _closed)
    with pytest.raises(Unreadable, match=r"the folder .*closed cannot be read: Permission denied"):
        list(source.expand(Ref(text="closed")))


def _closed(_: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX alone")
def test_a_name_that_is_not_utf8_is_read_all_the_same(source: Source, folder: Path) -> None:
    (folder / "caf\udce9.vtt").write_text(VTT, encoding="utf-8")
    (one,) = source.expand(Ref(text=str(folder)))
    assert (one.id, one.name) == (folder.as_uri() + "/caf%E9.vtt", "caf\ufffd")
    again = Item.model_validate_json(one.model_dump_json())
    assert source.fetch(again, ()).video.title == "caf\ufffd"


# Subtitles


def test_automatic_captions_are_said_once(source: Source) -> None:
    fetched = fetch(source, str(FIXTURES / "rolling.en.vtt"))
    assert fetched.transcript.text == (
        "so today we talk about bees & what they do [Music] buzz buzz buzz buzz and no no no honey"
    )
    assert [segment.start for segment in fetched.transcript.segments] == [
        0.16,
        2.399,
        4.88,
        6.64,
        8.32,
        10.08,
    ]
    assert fetched.transcript.language == fetched.video.language == "en"
    assert fetched.transcript.generated
    assert fetched.video == Video(title="rolling", seconds=12, language="en")


def test_written_captions_are_not_called_generated(source: Source, folder: Path) -> None:
    (folder / "talk.de.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHallo\n", encoding="utf-8")
    (folder / "talk.en-orig.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n", encoding="utf-8")
    german, english = fetch(source, "talk.de.srt"), fetch(source, "talk.en-orig.srt")
    assert (german.transcript.language, german.transcript.generated) == ("de", False)
    assert (english.transcript.language, english.transcript.generated) == ("en", True)
    assert german.video.title == english.video.title == "talk"


@pytest.mark.parametrize("name", ["talk.txt", "talk.md", "talk.srt"])
def test_content_counts_for_more_than_the_suffix(source: Source, folder: Path, name: str) -> None:
    (folder / name).write_text(VTT, encoding="utf-8")
    assert fetch(source, name).transcript.segments[0].start == 1


# Sidecars

INFO = {
    "title": "Bees &amp; honey",
    "duration": 125.5,
    "webpage_url": "https://www.youtube.com/watch?v=abcdefghijk",
    "channel": "Apiary",
    "channel_url": "https://www.youtube.com/@apiary",
    "upload_date": "20260131",
    "language": "en-US",
    "chapters": [{"start_time": 0, "end_time": 9, "title": "Intro"}, {"start_time": "x"}, 7],
}


def test_a_sidecar_tells_of_the_video(source: Source, folder: Path) -> None:
    (folder / "bees.en.vtt").write_text(VTT, encoding="utf-8")
    (folder / "bees.info.json").write_text(json.dumps(INFO), encoding="utf-8")
    one = item(source, "bees.en.vtt")
    assert (one.url, one.name) == ("https://www.youtube.com/watch?v=abcdefghijk", "bees.en")
    expected = Video(
        title="Bees & honey",
        seconds=125.5,
        channel="Apiary",
        channel_url="https://www.youtube.com/@apiary",
        published=date(2026, 1, 31),
        language="en-US",
        chapters=(Chapter(start=0, title="Intro"),),
    )
    assert one.video == expected
    assert source.fetch(one, ()).video == expected


def test_a_changed_sidecar_changes_the_digest(source: Source, folder: Path) -> None:
    (folder / "bees.vtt").write_text(VTT, encoding="utf-8")
    digests = [item(source, "bees.vtt").digest]
    for title in ("one", "two"):
        (folder / "bees.info.json").write_text(json.dumps({"title": title}), encoding="utf-8")
        digests.append(item(source, "bees.vtt").digest)
    assert len(set(digests)) == 3


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_sidecar_is_passed_over(source: Source, folder: Path, broken: bytes) -> None:
    (folder / "bees.vtt").write_text(VTT, encoding="utf-8")
    (folder / "bees.info.json").write_bytes(broken)
    assert fetch(source, "bees.vtt").video == Video(title="bees", seconds=2.5)


# Records


def test_a_record_is_summarized_again(source: Source) -> None:
    one = item(source, str(SEED))
    assert (one.id, one.name) == (str(SEED), "WDsAhkFsKfE")
    assert one.url == "https://youtube.com/watch?v=WDsAhkFsKfE&si=Sfk7CV7L4lHBZPpj"
    expected = Video(title="DeepSeek如何绕过英伟达的护城河CUDA", seconds=523)
    assert one.video == expected
    fetched = source.fetch(one, ())
    assert fetched.video == expected
    assert fetched.transcript.text + "\n" == SEED.read_text(encoding="utf-8").rpartition("\nContent:\n")[2]
    assert not fetched.transcript.timed


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n\n",
    ],
)
def test_what_editors_do_to_line_ends_of_a_record_is_forgiven(
    source: Source, folder: Path, changed: Callable[[str], str]
) -> None:
    (folder / "r.txt").write_bytes(changed(SEED.read_text(encoding="utf-8")).encode())
    assert fetch(source, "r.txt").video.seconds == 523


def test_a_record_of_something_else_keeps_its_stem(source: Source, folder: Path) -> None:
    text = SEED.read_text(encoding="utf-8").replace(
        "https://youtube.com/watch?v=WDsAhkFsKfE", "https://x.org/v?v=1"
    )
    (folder / "mine.txt").write_text(
        text.replace("DeepSeek如何绕过英伟达的护城河CUDA", "unknown"), encoding="utf-8"
    )
    one = item(source, "mine.txt")
    assert one.name == "mine"
    assert one.url == "https://x.org/v?v=1&si=Sfk7CV7L4lHBZPpj"
    assert source.fetch(one, ()).video.title == "mine"


@pytest.mark.parametrize(
    ("cut", "code"),
    [
        (lambda text: text.rpartition("Content:\n")[0] + "Content:\n", "no_content"),
        (lambda text: text.replace("\n\n\nContent:", "\nContent:"), "record"),
    ],
)
def test_a_record_that_cannot_be_used_says_why(
    source: Source, folder: Path, cut: Callable[[str], str], code: str
) -> None:
    (folder / "r.txt").write_text(cut(SEED.read_text(encoding="utf-8")), encoding="utf-8")
    error = refusal(source, "r.txt")
    assert error.code == code
    assert error.video
    assert error.video.seconds == 523


def test_own_json_keeps_its_video(source: Source, folder: Path) -> None:
    told = {
        "format": "vidgist/1",
        "title": "T",
        "url": "https://youtu.be/WDsAhkFsKfE",
        "seconds": 9,
        "published": "2026-01-31",
        "transcript": {
            "segments": [{"start": 1.0, "duration": 2.0, "text": "hello"}],
            "language": "en",
            "generated": True,
            "timed": True,
        },
    }
    (folder / "n.json").write_text(json.dumps(told, indent=2), encoding="utf-8")
    one = item(source, "n.json")
    assert (one.name, one.url) == ("WDsAhkFsKfE", "https://youtu.be/WDsAhkFsKfE")
    fetched = source.fetch(one, ())
    assert fetched.video == Video(title="T", seconds=9, published=date(2026, 1, 31), language="en")
    assert fetched.transcript == Transcript.model_validate(told["transcript"])


# Refusals


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("gone.vtt", None, "missing"),
        ("no\0name.vtt", None, "missing"),
        ("x" * 300 + ".vtt", None, "missing"),
        ("file://elsewhere/x.vtt", None, "missing"),
        ("file://[x.vtt", None, "missing"),
        ("\x1b[31mred.vtt", None, "missing"),
        ("empty.vtt", b"", "empty"),
        ("blank.txt", b" \n\t ", "empty"),
        ("film.vtt", b"\x00\x01\x02", "binary"),
        ("film.bin", b"\x00\x01\x02", "binary"),
        ("film.mp4", b"\x00\x01\x02", "unheard"),
        ("short.srt", "1\n00:00:01,000 --> 00:00:02,000\nGr\u00fc\u00dfe\n".encode("cp1252"), "encoding"),
        ("broken.vtt", b"\xff\xfe\x00", "encoding"),
        ("page.html", b"<p>words</p>", "format"),
        ("prose.srt", b"no times at all\n", "format"),
        ("bad.json", b"{", "format"),
        ("other.json", b'{"a": 1}', "format"),
        ("deep.json3", b"[" * 100_000, "format"),
        ("head.vtt", b"WEBVTT\n\n", "empty_transcript"),
        ("nothing.json", b"[]", "empty_transcript"),
        ("music.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]\n", "no_speech"),
    ],
)
def test_each_refusal_has_its_code(source: Source, name: str, data: bytes | None, code: str) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    error = refusal(source, name)
    assert error.code == code
    assert isinstance(error, NoTranscript) is (code in ("empty_transcript", "no_speech"))


def test_a_folder_is_no_file(source: Source, folder: Path) -> None:
    gone = item(source, "talk.vtt")
    (folder / "talk.vtt").mkdir()
    with pytest.raises(Unreadable, match="no regular file"):
        source.fetch(gone, ())


@pytest.mark.skipif(os.name != "posix", reason="POSIX alone has them")
def test_a_device_is_no_file(source: Source) -> None:
    assert "no regular file" in str(refusal(source, "/dev/null"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_nobody_writes_is_not_waited_for(source: Source, folder: Path) -> None:
    os.mkfifo(folder / "live.vtt")
    assert item(source, "live.vtt").digest == ""
    assert "no regular file" in str(refusal(source, "live.vtt"))


class _Hashless:
    def update(self, block: bytes) -> None:
        raise AssertionError("a file is read that is too large")

    def hexdigest(self) -> str:
        raise AssertionError


def test_a_large_file_is_refused_before_it_is_read(
    source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / "huge.vtt").open("wb") as file:
        file.truncate(200_000_000)  # sparse

    monkeypatch.setattr(hashlib, "sha256", _Hashless)
    one = item(source, "huge.vtt")
    assert one.digest == ""
    error = refusal(source, "huge.vtt")
    assert error.code == "too_large"
    assert "200 MB, 50 MB at most" in str(error)


def test_a_file_that_grows_is_read_no_further(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_files, "MOST_BYTES", 5)
    (folder / "a").write_bytes(b"abcde")
    assert _files.read(folder / "a") == b"abcde"
    (folder / "a").write_bytes(b"abcdef")
    with pytest.raises(Unreadable, match="too large"):
        _files.read(folder / "a")


def test_a_file_that_is_closed_says_so(source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "mine.txt").write_text("words", encoding="utf-8")
    monkeypatch.setattr(Path, "open", lambda *_, **__: _closed(0))
    error = refusal(source, "mine.txt")
    assert (error.code, str(error).endswith("cannot be read: Permission denied")) == ("unreadable", True)


# The examples of the repository


def test_the_examples_are_read(source: Source) -> None:
    texts = {}
    for line in (ROOT / "examples" / "talks.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("examples/"):
            path = ROOT / line.split("#")[0].strip()
            fetched = fetch(source, str(path))
            texts[path.suffix] = fetched.transcript.text
            assert fetched.video.title != path.stem or path.suffix == ".srt"
    assert sorted(texts) == [".md", ".srt", ".vtt"]
    assert texts[".vtt"] + "\n" == SEED.read_text(encoding="utf-8").rpartition("\nContent:\n")[2]
    assert texts[".srt"].endswith("shall not perish from the earth.")
    assert texts[".md"].startswith("Fellow-Countrymen:")
