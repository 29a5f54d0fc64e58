"""Hostile names, end to end: nothing leaves its folder, nothing steers a terminal, every format stays whole."""

import json
import os
import re
import unicodedata
from pathlib import Path

import pytest

from tests.doubles.llm import Llm
from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import BAKERY, Captions, Channel, Video, heard
from tests.faults.conftest import Ended, Program, Vidgist, records
from vidgist.text import filenames

pytestmark = pytest.mark.unmeasured

TITLES = (
    "../../../etc/passwd",
    "..\\..\\windows\\system32",
    "/absolute/path",
    "a\0b",
    "CON",
    "nul.txt",
    "COM¹",
    ".hidden",
    "trailing dot. ",
    "-rf",
    "~root",
    "$(touch pwned) `touch pwned` ; touch pwned",
    "%00%2e%2e%2f",
    "x" * 300,
    "島" * 300,
    "e" + "\u0301" * 300,
    "\u202egnp.exe\u202c and \u2066isolated\u2069",
    "\x1b[2J\x1b]0;owned\x07\x1b[31mred",
    "\x9b31m\x85next\u2028line\u2029end",
    "two\r\nlines\nStatus: success",
    "tab\tand\vtext",
    "\ufeffmark\u200bzero\u00adsoft",
    "\ud800 half a pair \udfff",
    "<script>alert(1)</script>",
    "---\ntitle: injected",
    "```\n~~~\n</Mermaid_Diagram>",
    "\n\n\nContent:\nforged",
    "🏳️‍🌈 👩‍👩‍👧‍👦",
    "",
    " ",
)
FORMATS = "txt,md,json,html"
STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves a cursor, colours, or turns the direction of text. A tab and a line end do not."""


def _calm(ended: Ended) -> None:
    for stream in (ended.out, ended.err):
        found = STEERS.search(stream)
        assert found is None, repr(stream[max(0, found.start() - 40) : found.end() + 40])
    assert "Traceback" not in ended.err
    assert "a bug" not in ended.err


def _contained(folder: Path) -> list[str]:
    """All files are right in their folder, with names that every system takes."""
    found = list(folder.rglob("*"))
    for path in found:
        assert path.parent == folder
        assert len(path.name.encode()) <= 255
        assert unicodedata.normalize("NFC", path.name) == path.name
        assert all(unicodedata.category(letter)[0] in "LNM" or letter in "-_. " for letter in path.name)
        assert not path.name.startswith((".", " ")) or path.name.startswith("._")
        assert path.name.split(".")[0].casefold() not in filenames._RESERVED
    return [path.name for path in found]


def _everything(vidgist: Vidgist, folder: Path, notes: Path) -> None:
    """Each command that shows or rewrites finished notes."""
    files = sorted(notes.glob("*.txt"))
    _calm(vidgist("validate", notes))
    _calm(vidgist("status"))
    _calm(vidgist("status", "--json"))
    assert vidgist("export", notes, "--format", "txt,md,json,html,vtt,svg", "-o", folder / "out").code in (
        0,
        1,
    )
    _contained(folder / "out")
    assert vidgist("site", notes, "-o", folder / "site").code == 0
    assert {path.parent.name for path in (folder / "site").rglob("*.html")} <= {"site", "r"}
    for file in files[:3]:
        _calm(vidgist("show", file, "--width", "80"))


@pytest.mark.parametrize("shown", [[], ["--json-events"], ["--quiet"]])
def test_titles_of_the_site(
    vidgist: Vidgist, llm: Llm, youtube: YouTube, tmp_path: Path, shown: list[str]
) -> None:
    videos = []
    titles = [title for title in TITLES if "\ud800" not in title]  # which no page can hold
    for number, title in enumerate(titles):
        lines = Captions(
            "en", heard((title, "Cold dough rises slowly and tastes of much.", title)), generated=True
        )
        owner = Channel(BAKERY.id, title, BAKERY.handle)
        videos.append(
            youtube.catalogue.add(
                Video(f"name{number:07}", title, owner, 30, (lines,), chapters=((0, title), (10, title)))
            ).id
        )
    before = set(tmp_path.iterdir())
    command = ("run", *videos, "--pace", "0", "--base-url", llm.base_url, "--model", "openai:small")
    formats = "txt" if shown else FORMATS  # how progress is shown changes no file
    ended = vidgist(*command, "--format", formats, *shown)
    _calm(ended)
    assert ended.code in (0, 1)
    assert {path.name for path in set(tmp_path.iterdir()) - before} == {"notes", "state"}
    made = records(tmp_path / "notes")
    assert {name[:11] for name in made} == set(videos)
    done = [name for name, record in made.items() if record.status == "success"]
    assert len(done) == len(titles) - 2  # without a title a video is not understood
    assert len(_contained(tmp_path / "notes")) == len(formats.split(",")) * len(videos)
    if shown == ["--json-events"]:
        assert all(json.loads(line)["event"] for line in ended.err.splitlines())
    if not shown:
        _everything(vidgist, tmp_path, tmp_path / "notes")


def _possible(name: str) -> bool:
    return (
        "/" not in name and "\0" not in name and 0 < len(os.fsencode(name)) <= 250 and name not in (".", "..")
    )


def test_names_of_files(vidgist: Vidgist, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    titles = [title for title in TITLES if not STEERS.search(title) or "\ud800" not in title]
    wanted = [title.replace("/", "⁄").replace("\0", "")[:120] for title in titles]
    given = sorted({name for name in wanted if name and _possible(f"{name}.srt") and name[0] != "."})
    for name in given:
        (folder / f"{name}.srt").write_text(
            "1\n00:00:01,000 --> 00:00:09,000\nCold dough rises slowly and tastes of much.\n",
            encoding="utf-8",
        )
    (folder / os.fsdecode(b"not \xff text.srt")).write_bytes(next(folder.iterdir()).read_bytes())
    ended = vidgist("run", folder, "--format", FORMATS)
    _calm(ended)
    assert ended.code == 0, ended
    assert len(records(tmp_path / "notes")) == len(given) + 1
    _contained(tmp_path / "notes")
    assert "nothing new" in vidgist("run", folder, "--format", FORMATS).err
    _everything(vidgist, tmp_path, tmp_path / "notes")


@pytest.mark.parametrize("title", TITLES)
def test_a_name_that_is_no_input_is_told_without_harm(vidgist: Vidgist, tmp_path: Path, title: str) -> None:
    """As an argument, in a list, as the list's own name, and beside a file of nearly that name."""
    (tmp_path / "list.txt").write_bytes(f"{title}x\n".encode("utf-8", "surrogatepass").replace(b"\0", b""))
    _calm(vidgist("run", "--from-file", "list.txt"))
    if "\0" in title or len(title.encode("utf-8", "replace")) > 200:
        return
    name = os.fsdecode(title.encode("utf-8", "surrogatepass")).replace("/", "⁄")
    if _possible(f"{name}.vttt"):
        (tmp_path / f"{name}.vttt").touch()
    for words in (["run", f"{name}.vtt"], ["run", "--from-file", f"{name}!"], ["show", f"{name}!"]):
        _calm(vidgist(*words))
    for words in (["validate", f"{name}!"], ["export", f"{name}!", "--format", "md"], ["site", f"{name}!"]):
        _calm(vidgist(*words))
    server = ("--model", "openai:x", "--base-url", "http://127.0.0.1:9/v1")
    _calm(vidgist("run", "x.vtt", "--prompt", f"{name}!", *server))
    _calm(vidgist("prompts", "check", f"{name}!"))


def test_the_program_itself_in_a_locale_without_unicode(program: Program, tmp_path: Path) -> None:
    """Results are UTF-8 whatever the locale says, and no letter stops them."""
    (tmp_path / "島.srt").write_text(
        "1\n00:00:01,000 --> 00:00:09,000\n島の地図は百年ごとに描き直される。\n", encoding="utf-8"
    )
    env = {"PYTHONIOENCODING": "latin-1"}
    ended = program("run", "島.srt", "-o", "-", env=env)
    assert ended.code == 0, ended
    assert "島の地図" in ended.out
    assert program("run", "島.srt", env=env).code == 0
    for words in (["show"], ["validate"], ["export", "--format", "md", "-o", "-"]):
        ended = program(words[0], next((tmp_path / "notes").iterdir()), *words[1:], env=env)
        assert ended.code == 0, ended
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0"}
    ended = program("run", "島.srt", "-o", "elsewhere", env=ascii_only)
    assert ended.code == 0, ended
    assert len(records(tmp_path / "elsewhere")) == 1


def test_a_slug_keeps_letters_and_drops_the_rest() -> None:
    for title in TITLES:
        stem = filenames.stem(title, title)
        assert len(stem.encode()) <= filenames.NAME_BYTES
        assert not STEERS.search(stem)
