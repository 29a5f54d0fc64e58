"""docs/extending.md followed to the letter: a package of three plug-ins, built, installed, used and broken."""

import builtins
import importlib
import re
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.doubles.youtube import YouTube
from tests.e2e.conftest import EXAMPLES, Ended, Vidgist
from vidgist.registry import guest_calls, guests
from vidgist.text import record

PAGE = (Path(__file__).parents[2] / "docs" / "extending.md").read_text(encoding="utf-8")
PYPROJECT = next(found for found in re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))
MODULES = {
    Path(name).name: code
    for name, code in re.findall(
        r"^`my_talks/(\w+\.py)`:\n\n```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE
    )
}
ADDRESS = EXAMPLES / "gettysburg-address.srt"
ECHO = (
    '+++\nname = "echo"\nversion = "1"\ndescription = "the last words"\noutput = "text"\n+++\n'
    "# System\nRepeat.\n\n# User\n{{transcript}}\n"
)

Install = Callable[..., None]


def changed(code: str, changes: Sequence[tuple[str, str]]) -> str:
    for old, new in changes:
        code = code.replace(old, new)
    return code


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Builds the page's package, some of its text replaced, and installs it beside vidgist."""
    monkeypatch.setenv("VIDGIST_PACE", "0")

    def install(*changes: tuple[str, str], pyproject: tuple[str, str] = ("", "")) -> None:
        tree, site = tmp_path / "my-talks", tmp_path / "site"
        (tree / "my_talks").mkdir(parents=True)
        (tree / "my_talks" / "__init__.py").touch()
        (tree / "pyproject.toml").write_text(PYPROJECT.replace(*pyproject), encoding="utf-8")
        for name, code in MODULES.items():
            (tree / "my_talks" / name).write_text(changed(code, changes), encoding="utf-8")
        (wheel,) = WheelBuilder(str(tree)).build(directory=str(tmp_path / "dist"), versions=["standard"])
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(site)
        monkeypatch.syspath_prepend(str(site))
        importlib.invalidate_caches()

    released = threading.Event()
    monkeypatch.setattr(builtins, "released", released, raising=False)
    yield install
    released.set()
    for thread in threading.enumerate():
        if thread.name.startswith("vidgist: the plug-in"):
            thread.join(10)
    for name in [name for name in sys.modules if name.partition(".")[0] == "my_talks"]:
        del sys.modules[name]


def of(ended: Ended, tmp_path: Path) -> dict[str, str]:
    """The status of each record that was written, by the first word of its name."""
    notes = sorted((tmp_path / "notes").glob("*.txt"))
    return {path.stem: record.parse(path.read_text("utf-8")).status for path in notes}


def test_the_page_has_three_modules() -> None:
    assert set(MODULES) == {"lectures.py", "title.py", "parrot.py"}


def test_all_three_work_together(vidgist: Vidgist, install: Install, tmp_path: Path) -> None:
    install()
    (tmp_path / "echo.md").write_text(ECHO)
    ended = vidgist(
        *("run", "course:bridges", "--model", "parrot:grey", "--prompt", "echo.md", "--format", "txt,title")
    )
    assert ended.code == 1, ended.err
    notes = tmp_path / "notes"
    assert (notes / "lecture-1-Lecture-1.title").read_text() == "Lecture 1\n"
    assert not list(notes.glob("lecture-2*.title"))
    made = record.parse((notes / "lecture-1-Lecture-1.txt").read_text("utf-8"))
    assert made.content == "Today: why bridges stand. An arch carries what a beam breaks under."
    assert "a beam breaks under." in made.description
    failed = record.parse((notes / "lecture-2-Lecture-2.txt").read_text("utf-8"))
    assert failed.status.startswith("failed: no_captions: this lecture has no transcript")
    assert vidgist("run", "lecture:1", "--model", "parrot:grey", "--prompt", "echo.md").code == 0


def test_they_are_listed(vidgist: Vidgist, install: Install) -> None:
    install()
    told = vidgist("doctor", "--no-network").out
    for plugin in ("source lectures", "format title", "engine parrot"):
        assert re.search(rf"^ok  {plugin} +my-talks 1\.0$", told, re.MULTILINE), told
    shown = vidgist("run", "--help").out
    assert "Plug-ins: source lectures, engine parrot, format title" in " ".join(shown.split())
    assert re.search(
        r"^plugins +source lectures, engine parrot, format title ", vidgist("config").out, re.MULTILINE
    )
    assert "title" in vidgist("export", "--format", "list").out


def test_settings_of_its_own_reach_a_source(vidgist: Vidgist, install: Install, tmp_path: Path) -> None:
    install()
    (tmp_path / "vidgist.toml").write_text('[plugins.lectures]\nshelf = "south"\n')
    assert vidgist("run", "lecture:1", "--model", "offline:").code == 0
    vidgist("trust")
    ended = vidgist("run", "lecture:1", "--model", "offline:", "--fresh", "all", "-o", "other")
    assert (ended.code, "this lecture has no transcript" in ended.err) == (1, True), ended.err
    assert "south" not in vidgist("config").out


BROKEN = {
    "does not import": (("SHELVES = {", "raise ImportError('no such library')\nSHELVES = {"),),
    "ends the process when imported": (("SHELVES = {", "raise SystemExit(7)\nSHELVES = {"),),
    "has no create": (("def create(settings: Settings) -> Lectures:", "def make(settings):"),),
    "has a create of another signature": (
        ("def create(settings: Settings) -> Lectures:", "def create(a, b):"),
    ),
    "has a fetch of another signature": (("item: Item, captions: Sequence[str]", "item"),),
    "raises in claims": (('return ref.startswith(("lecture:", "course:"))', "raise KeyError(ref)"),),
    "raises while it lists": (("return COURSES.get(course, [])", "return COURSES['none']"),),
    "raises in fetch": (('self.requests["lecture"] += 1', "raise ZeroDivisionError"),),
    "ends the process in fetch": (('self.requests["lecture"] += 1', "raise SystemExit(0)"),),
    "interrupts in fetch": (('self.requests["lecture"] += 1', "raise KeyboardInterrupt"),),
    "interrupts while it lists": (("return COURSES.get(course, [])", "raise KeyboardInterrupt"),),
    "returns nothing": (
        ("return Fetched(video=video, transcript=Transcript.untimed(words))", "return None"),
    ),
    "returns a number that is none": (
        ('video = Video(title=f"Lecture {item.id}")', 'video = Video(title="x", seconds=float("nan"))'),
    ),
    "returns a title that is none": (
        ('video = Video(title=f"Lecture {item.id}")', "video = Video.model_construct(title=7)"),
    ),
    "returns items of another source": (("source=self.name,", 'source="youtube",'),),
    "returns words for items": (("yield Item(", "yield str("), ("str(\n", "dict(\n")),
    "has a name that is taken": (('name = "lectures"', 'name = "youtube"'),),
    "fails to close": (('"""Give up connections kept open, where there are any."""', "raise OSError('no')"),),
    "counts nonsense": (
        ("self.requests: Counter[str] = Counter()", "self.requests = {'lecture': 0, 'course': 0, 'x': None}"),
    ),
}


@pytest.mark.parametrize("way", BROKEN)
@pytest.mark.parametrize("asked", ["lecture:1", "course:bridges"])
def test_a_source_that_is_broken_fails_its_own_items_alone(
    vidgist: Vidgist, install: Install, tmp_path: Path, way: str, asked: str
) -> None:
    install(*BROKEN[way])
    ended = vidgist("run", asked, ADDRESS, "--model", "offline:", "--block-wait", "0", "--pace", "0")
    assert "a bug" not in ended.err
    assert any(name.startswith("gettysburg") for name in of(ended, tmp_path)), ended.err
    if way in ("fails to close", "counts nonsense"):
        assert "plug-in" not in ended.err
        return
    if asked == "lecture:1" and "list" in way:
        assert ended.code == 0
        return
    assert ended.code == 1
    assert "the plug-in lectures (my-talks 1.0)" in ended.err, ended.err
    events = vidgist("run", asked, ADDRESS, "--model", "offline:", "--json-events", "--retry-failed").err
    assert '"code":"plugin"' in events.replace(": ", ":") or "plugin" in ended.err


def test_no_address_and_no_file_of_ours_is_taken(vidgist: Vidgist, install: Install, tmp_path: Path) -> None:
    install(('return ref.startswith(("lecture:", "course:"))', "return True"))
    ended = vidgist("run", ADDRESS, "--model", "offline:")
    assert ended.code == 0, ended.err
    ended = vidgist("run", "https://www.youtube.com/watch?v=short", "--model", "offline:")
    assert "a video id has 11 characters" in ended.err


WRITERS = {
    "takes the suffix of the record": (('".title"', '".txt"'), 2, "files with .txt are another format's"),
    "takes it in capitals": (('".title"', '".MD"'), 2, "files with .MD are another format's"),
    "has a path for a suffix": (('".title"', '"/../x"'), 2, "its suffix is '/../x'"),
    "does not import": (
        ("class TitleOnly", "raise RuntimeError('no')\n\nclass TitleOnly"),
        2,
        "importing it raised",
    ),
    "raises": (
        ("if note.failure:", "if True:\n            raise LookupError('x')"),
        1,
        "render raised LookupError: x",
    ),
    "ends the process": (
        ("if note.failure:", "if True:\n            raise SystemExit"),
        1,
        "render raised SystemExit",
    ),
    "returns bytes": (
        ("if note.failure:", "if True:\n            return b'x'"),
        1,
        "render returned a bytes",
    ),
    "has another signature": (('note: Note, old: str = ""', "note"), 1, "render raised TypeError"),
}


@pytest.mark.parametrize("way", WRITERS)
def test_a_format_that_is_broken_is_named(
    vidgist: Vidgist, install: Install, tmp_path: Path, way: str
) -> None:
    change, code, told = WRITERS[way]
    install(change)
    (tmp_path / "empty.srt").write_text("1\n00:00:00,000 --> 00:00:09,000\nA kettle knows when to stop.\n")
    ended = vidgist("run", "empty.srt", ADDRESS, "--model", "offline:", "--format", "txt,title,md")
    assert ended.code == code, ended.err
    assert told in ended.err
    assert "the plug-in title (my-talks 1.0)" in ended.err
    if code == 1:
        assert len(list((tmp_path / "notes").glob("*.txt"))) == 2, "the other formats are written"
        assert len(list((tmp_path / "notes").glob("*.md"))) == 2


ENGINES = {
    "does not import": (("class Parrot", "import no_such_library\n\nclass Parrot"), 2, "ModuleNotFoundError"),
    "is another's model": (('f"parrot:{name}"', '"openai:gpt-5"'), 2, "it should begin with parrot:"),
    "has no window": (("window = 32_000", "window = float('nan')"), 2, "its window is nan"),
    "has another signature": (
        ("def create(settings: Settings, name: str, memory: Memory)", "def create(x)"),
        2,
        "create raised",
    ),
    "raises": (
        ("said = request", "raise ValueError('no seeds')\n        said = request"),
        1,
        "complete raised ValueError: no seeds",
    ),
    "ends the process": (
        ("said = request", "raise SystemExit(3)\n        said = request"),
        1,
        "complete raised SystemExit: 3",
    ),
    "interrupts": (
        ("said = request", "raise KeyboardInterrupt\n        said = request"),
        1,
        "complete raised KeyboardInterrupt",
    ),
    "returns text": (("return Reply(", "return str("), 1, "complete"),
    "returns nothing": (("return Reply(", "Reply("), 1, "complete returned nothing, not Reply"),
}


@pytest.mark.parametrize("way", ENGINES)
def test_an_engine_that_is_broken_is_named(
    vidgist: Vidgist, install: Install, tmp_path: Path, way: str
) -> None:
    change, code, told = ENGINES[way]
    install(change)
    (tmp_path / "echo.md").write_text(ECHO)
    ended = vidgist(
        "run", ADDRESS, EXAMPLES / "second-inaugural.md", "--model", "parrot:grey", "--prompt", "echo.md"
    )
    assert ended.code == code, ended.err
    assert told in ended.err
    assert "the plug-in parrot (my-talks 1.0)" in ended.err
    if code == 1:
        assert {status.split(":")[1] for status in of(ended, tmp_path).values()} == {" plugin"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("lectures =", "youtube =", "source youtube"),
        ("title =", "txt =", "format txt"),
        ("title =", "svg =", "format svg"),
        ("parrot =", "anthropic =", "engine anthropic"),
        ("parrot =", "offline =", "engine offline"),
    ],
)
def test_a_name_that_means_something_already_is_not_taken(
    vidgist: Vidgist, install: Install, tmp_path: Path, old: str, new: str, told: str
) -> None:
    install(pyproject=(old, new))
    doctor = vidgist("doctor", "--no-network")
    assert re.search(rf"^BAD {told} +my-talks 1\.0: its name is taken$", doctor.out, re.MULTILINE), doctor.out
    assert vidgist("run", ADDRESS, "--model", "offline:").code == 0


def test_a_source_that_cannot_be_used_is_told_of_and_passed_over(
    vidgist: Vidgist, install: Install, tmp_path: Path
) -> None:
    install(("SHELVES = {", "import no_such_library\nSHELVES = {"))
    ended = vidgist("run", ADDRESS, "--model", "offline:")
    assert ended.code == 0
    assert "the plug-in lectures (my-talks 1.0): importing it raised ModuleNotFoundError" in ended.err
    assert re.search(
        r"^BAD source lectures +my-talks 1\.0: .*no_such_library",
        vidgist("doctor", "--no-network").out,
        re.MULTILINE,
    )


def test_an_engine_with_a_fingerprint_is_asked_again_when_it_changes(
    vidgist: Vidgist, install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(
        (
            '    host = ""',
            '    host = ""\n    fingerprint = property(lambda _: __import__("os").environ["SEEDS"])',
        )
    )
    (tmp_path / "echo.md").write_text(ECHO)
    run = ("run", ADDRESS, "--model", "parrot:grey", "--prompt", "echo.md")
    outcomes = []
    for seeds in ("1", "1", "2"):
        monkeypatch.setenv("SEEDS", seeds)
        outcomes.append(vidgist(*run, "--json-events").err.count('"event": "done"'))
    assert outcomes == [1, 0, 1]


FETCH = 'self.requests["lecture"] += 1'
HANG = "__import__('builtins').released.wait()"


def test_what_it_prints_is_no_result(vidgist: Vidgist, install: Install) -> None:
    install(
        (FETCH, "print('NOISE')"),
        ('return ref.startswith(("lecture:", "course:"))', "print('NOISE', flush=True); return ':' in ref"),
    )
    ended = vidgist("run", "lecture:1", "--model", "offline:", "-o", "-")
    assert ended.code == 0, ended.err
    assert record.parse(ended.out).status == "success"
    assert ("NOISE" in ended.out, "NOISE" in ended.err) == (False, True)


@pytest.mark.parametrize("asked", ["lecture:1", "course:bridges"])
def test_a_fetch_that_does_not_end_fails_its_item_in_time(
    vidgist: Vidgist, install: Install, tmp_path: Path, asked: str
) -> None:
    install((FETCH, HANG))
    ended = vidgist("run", asked, ADDRESS, "--model", "offline:", "--timeout", "0.3", "--pace", "0")
    assert ended.code == 1, ended.err
    assert "the plug-in lectures (my-talks 1.0): fetch did not end within 0.3 s" in ended.err
    assert any(name.startswith("gettysburg") for name in of(ended, tmp_path)), ended.err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("SHELVES = {", f"{HANG}\nSHELVES = {{", "importing it did not end"),
        ("self.requests: Counter[str] = Counter()", HANG, "create did not end"),
        ('return ref.startswith(("lecture:", "course:"))', HANG, "claims did not end"),
        ('return ref.startswith("course:")', HANG, "lists did not end"),
        ("return COURSES.get(course, [])", HANG, "expand did not end"),
    ],
)
def test_one_that_hangs_elsewhere_is_passed_over(
    vidgist: Vidgist,
    install: Install,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    old: str,
    new: str,
    told: str,
) -> None:
    monkeypatch.setattr(guest_calls, "QUICK", 0.3)
    install((old, new))
    ended = vidgist(
        "run", "course:bridges", ADDRESS, "--model", "offline:", "--timeout", "0.3", "--pace", "0"
    )
    assert ended.code == 1, ended.err
    assert told in ended.err
    assert any(name.startswith("gettysburg") for name in of(ended, tmp_path)), ended.err


def test_an_engine_and_a_format_that_hang_fail_their_items(
    vidgist: Vidgist, install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guest_calls, "QUICK", 0.3)
    install(("said = request", f"{HANG}\n        said = request"), ("if note.failure:", f"if {HANG}:"))
    (tmp_path / "echo.md").write_text(ECHO)
    ended = vidgist("run", ADDRESS, "--model", "parrot:grey", "--prompt", "echo.md", "--timeout", "0.3")
    assert (ended.code, "complete did not end within 0.3 s" in ended.err) == (1, True), ended.err
    ended = vidgist("run", ADDRESS, "--model", "offline:", "--format", "txt,title", "-o", "other")
    assert (ended.code, "render did not end within 0.3 s" in ended.err) == (1, True), ended.err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '        words = self.words.get(item.id, "")',
            "        words = 'many words ' * 300",
            "more than 3,000 characters",
        ),
        (
            'for number in visit(lambda: self.members(name)) if kind == "course" else [name]:',
            "for number in map(str, __import__('itertools').count()):",
            "more than 40 items",
        ),
    ],
)
def test_more_than_anybody_asked_for_is_refused(
    vidgist: Vidgist, install: Install, monkeypatch: pytest.MonkeyPatch, old: str, new: str, told: str
) -> None:
    monkeypatch.setattr(guests, "MOST_TEXT", 3_000)
    monkeypatch.setattr(guests, "MOST_ITEMS", 40)
    install((old, new))
    ended = vidgist("run", "lecture:1", "--model", "offline:", "--pace", "0")
    assert (ended.code, told in ended.err) == (1, True), ended.err


@pytest.mark.parametrize(
    "address",
    ["https://www.youtube.com/playlist?list=PLmixed00000", "https://youtu.be/bread_talk1", "@bread"],
)
def test_one_that_claims_every_address_gets_none_of_ours(
    vidgist: Vidgist, install: Install, youtube: YouTube, address: str
) -> None:
    install(('return ref.startswith(("lecture:", "course:"))', "return True"))
    ended = vidgist("run", address, "--dry-run", "--model", "offline:", "--pace", "0")
    assert "lecture" not in ended.out + ended.err
