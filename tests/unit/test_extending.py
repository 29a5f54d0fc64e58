"""What other packages offer: found by name, guarded, and of two with one name the first."""

import signal
from datetime import datetime
from types import ModuleType
from typing import Any

import pytest

from vidgist import registry
from vidgist.config import Settings
from vidgist.errors import Blocked, ConfigError, NoTranscript, PluginFailed
from vidgist.models import Fetched, Item, Note, Ref, Transcript, Video
from vidgist.protocols import Source
from vidgist.registry import guest_calls, guests
from vidgist.run import throttles

SOURCE = """
class Lectures:
    name = "lectures"
    remote = True

    def __init__(self, settings):
        self.shelf = settings.plugins.get("lectures", {}).get("shelf", "")

    def claims(self, ref):
        return ref.startswith("lecture:")

    def expand(self, ref, visit):
        yield Item(source="lectures", id=self.shelf or "none", name="x", url=ref.text)

    def fetch(self, item, captions):
        raise NoTranscript("nobody took it down")


def create(settings):
    from vidgist.errors import NoTranscript
    from vidgist.models import Item

    globals().update(NoTranscript=NoTranscript, Item=Item)
    return Lectures(settings)
"""


class Point:
    """An entry point of another package: a name, and a module made of code."""

    dist = None

    def __init__(self, name: str, code: str) -> None:
        self.name = name
        self.code = code

    def load(self) -> ModuleType:
        module = ModuleType(self.name)
        exec(compile(self.code, self.name, "exec"), module.__dict__)
        return module


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    monkeypatch.setattr(registry, "entry_points", lambda *, group: found.get(group, []))
    return found


def lectures(offered: dict[str, list[Point]], settings: Settings | None = None) -> Source:
    offered["vidgist.sources"] = [Point("lectures", SOURCE)]
    sources = registry.sources(settings or Settings())
    return next(source for source in sources if source.name == "lectures")


def test_a_source_is_asked_after_ours_and_before_any_site_and_file(offered: dict[str, list[Point]]) -> None:
    lectures(offered)
    names = [source.name for source in registry.sources(Settings())]
    assert names == ["podcast", "youtube", "lectures", "site", "local"]


def test_its_settings_are_its_own(offered: dict[str, list[Point]]) -> None:
    source = lectures(offered, Settings(plugins={"lectures": {"shelf": "north"}}))
    (item,) = source.expand(Ref(text="lecture:1"))
    assert item.id == "north"
    with pytest.raises(NoTranscript, match="nobody took it down"):
        source.fetch(item, ())


def test_it_waits_in_a_lane_of_its_own(offered: dict[str, list[Point]]) -> None:
    source = lectures(offered)
    assert throttles.lane(source, "lecture:1") == "the plug-in lectures"
    assert throttles.lane(registry.sources(Settings())[1], "https://youtu.be/x") == ""


def test_of_two_with_one_name_the_first_counts(offered: dict[str, list[Point]]) -> None:
    offered["vidgist.sources"] = [Point("lectures", SOURCE), Point("lectures", "raise AssertionError")]
    assert [plugin.fault for plugin in registry.plugins(Settings())] == ["", "its name is taken"]
    assert registry.faults(registry.sources(Settings())) == []


def test_what_comes_with_vidgist_cannot_be_shadowed(offered: dict[str, list[Point]]) -> None:
    offered["vidgist.writers"] = [Point("txt", "raise AssertionError('shadowed')")]
    writers = registry.writers(Settings(), ("txt",))
    assert type(writers["txt"]).__module__ == "vidgist.writers.txt"


def test_a_format_that_nobody_offers_is_named_with_those_that_are(offered: dict[str, list[Point]]) -> None:
    offered["vidgist.writers"] = [Point("title", "")]
    with pytest.raises(ConfigError, match="unknown format 'pdf'") as raised:
        registry.writers(Settings(), ("pdf",))
    assert "title" in raised.value.hint
    with pytest.raises(ConfigError, match="the plug-in title: it has no function create"):
        registry.writers(Settings(), ("title",))


def test_metadata_that_cannot_be_read_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*, group: str) -> list[Point]:
        raise ValueError(group)

    monkeypatch.setattr(registry, "entry_points", broken)
    assert registry.plugins(Settings()) == []


def test_vidgists_own_errors_and_a_persons_interrupt_go_through() -> None:
    def blocked() -> None:
        raise Blocked("slow down")

    with pytest.raises(Blocked):
        guest_calls.guarded("it", "fetch", blocked)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            guest_calls.guarded("it", "fetch", lambda: signal.raise_signal(signal.SIGINT))
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), SystemExit(3), GeneratorExit(), MemoryError(), ValueError("x\ny")]
)
def test_all_else_is_its_own_failure_in_one_line(error: BaseException) -> None:
    def act() -> None:
        raise error

    with pytest.raises(PluginFailed) as raised:
        guest_calls.guarded("the plug-in it", "fetch", act)
    assert str(raised.value).startswith(f"the plug-in it: fetch raised {type(error).__name__}")
    assert (raised.value.code, "\n" in str(raised.value)) == ("plugin", False)


def test_an_error_that_cannot_be_shown_is_named() -> None:
    class Odd(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert guest_calls.described(Odd()) == "Odd"


NAN = float("nan")
NOTHING: dict[str, Any] = {"title": None}
HALF: dict[str, Any] = {"video": Video(title="x")}


@pytest.mark.parametrize(
    "value",
    [
        None,
        "words",
        Video(title="x"),
        Fetched(video=Video(title="x", seconds=NAN), transcript=Transcript(segments=())),
        Fetched(video=Video(title="x", seconds=float("inf")), transcript=Transcript(segments=())),
        Fetched.model_construct(video=Video.model_construct(**NOTHING), transcript=Transcript(segments=())),
        Fetched.model_construct(**HALF),
    ],
)
def test_nonsense_is_named(value: object) -> None:
    with pytest.raises(PluginFailed, match=r"^it: fetch returned"):
        guests.sound("it", "fetch", value, Fetched)


def test_what_is_sound_stays_as_it_is() -> None:
    item = Item(
        source="a", id="b", name="c", url="", remark="described once", video=Video(title="x", url="u")
    )
    assert guests.sound("it", "expand", item, Item) == item
    note = Note(item=item, created=datetime(2026, 1, 2))
    assert guests.sound("it", "expand", note, Note) == note
