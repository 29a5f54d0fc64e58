"""A client for many threads: opened once, bounded in time, given up at once, closed whole."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.aside import aside
from tests.doubles.llm import Llm
from tests.doubles.parts import Ears, Site, Thinker
from tests.e2e.conftest import EXAMPLES
from vidgist.api import AsyncClient, Client
from vidgist.config import Settings
from vidgist.errors import (
    Blocked,
    Busy,
    Cancelled,
    ConfigError,
    InputError,
    NoTranscript,
    OutOfTime,
    QuotaExhausted,
    RunError,
)
from vidgist.events import Notice
from vidgist.models import Note, Summarized, Transcript
from vidgist.run import summarizers
from vidgist.run.summarizers import SummarizerHandle
from vidgist.store import Store

ADDRESS = EXAMPLES / "gettysburg-address.srt"


class House:
    """A site and a language_model in place of the real ones; ``opened`` and ``closed`` count the language_model."""

    def __init__(self) -> None:
        self.site = Site()
        self.language_model = Thinker()
        self.opened = self.closed = 0

    def build(self, *_: object) -> SummarizerHandle:
        def close() -> None:
            self.closed += 1

        self.opened += 1
        return SummarizerHandle("fake:one", self.language_model, lambda _: 0.0, close=close)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    made = House()
    monkeypatch.setattr(summarizers, "build", made.build)
    monkeypatch.setattr("vidgist.registry.sources", lambda _: [made.site])
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(model="offline:", state=tmp_path / "state", pace=0, block_wait=0)


@pytest.fixture
def held(house: House) -> Iterator[threading.Event]:
    """A model that does not answer before the event is set."""
    house.language_model.hold = threading.Event()
    yield house.language_model.hold
    house.language_model.hold.set()


def in_threads(*calls: Callable[[], object]) -> list[object]:
    """What each call returned, or the error that it raised."""
    made: list[object] = [None] * len(calls)

    def work(place: int) -> None:
        try:
            made[place] = calls[place]()
        except Exception as error:  # noqa: BLE001
            made[place] = error

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return made


def free(settings: Settings) -> bool:
    with closing(Store(settings.state)) as store, store.locked(wait=False):
        return True


def test_a_client_opens_once_for_many_calls_and_closes_all(settings: Settings, house: House) -> None:
    with Client(settings) as client:
        for number in range(3):
            note = client.summarize(str(number))
            assert type(note) is Summarized
            assert note.summary.core_ideas[0].label == "Boiling"
            assert note.title == f"Talk video00000{number}"
        with pytest.raises(Busy):
            Client(settings)
    assert (house.opened, house.closed, house.site.is_closed) == (1, 1, True)
    assert free(settings)
    client.close()
    with pytest.raises(ConfigError, match="the client is closed"):
        client.summarize("4")


def test_threads_share_a_client(settings: Settings, house: House) -> None:
    with Client(settings) as client:
        made = in_threads(*((lambda n=n: client.summarize(str(n))) for n in range(16)))
    assert all(isinstance(note, Summarized) for note in made), made
    assert len(house.language_model.calls) == 16
    assert house.opened == 1


def test_threads_that_ask_for_the_same_pay_once(settings: Settings, house: House) -> None:
    with Client(settings) as client:
        made = in_threads(*(lambda: client.summarize("7") for _ in range(8)))
    assert {note.title for note in made if isinstance(note, Note)} == {"Talk video000007"}
    assert (house.language_model.calls, house.site.visits) == (["video000007"], ["video000007"])


def test_nothing_of_a_client_in_memory_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Client(Settings(model="offline:", state=None)) as client, Client(client.settings) as other:
        assert client.summarize(ADDRESS).answer == client.summarize(ADDRESS).answer
        assert other.summarize(ADDRESS).summary.core_ideas
    assert list(tmp_path.iterdir()) == []


def test_a_deadline_ends_a_call_at_once_and_its_answer_is_remembered(
    settings: Settings, house: House, held: threading.Event
) -> None:
    with Client(settings) as client:
        with pytest.raises(OutOfTime, match=r"not done within 0.05 s") as raised:
            client.summarize("7", deadline=0.05)
        assert raised.value.code == "deadline"
        held.set()
        assert client.summarize("7", deadline=60).title == "Talk video000007"
    assert house.language_model.calls == ["video000007"]


def test_a_deadline_that_has_passed_asks_nobody(settings: Settings, house: House) -> None:
    with Client(settings) as client, pytest.raises(OutOfTime):
        client.summarize("7", deadline=0)
    assert house.site.visits == []


def test_a_call_is_cancelled_by_the_callers_event(
    settings: Settings, house: House, held: threading.Event
) -> None:
    cancel = threading.Event()
    with Client(settings) as client:
        timer = threading.Timer(0.05, cancel.set)
        timer.start()
        with pytest.raises(Cancelled):
            client.summarize("7", cancel=cancel)
        timer.join()
        held.set()
        assert client.fetch("8").video.title == "Talk video000008"


def test_a_call_that_waits_for_its_turn_at_a_site_can_be_cancelled(settings: Settings, house: House) -> None:
    slow = settings.model_copy(update={"pace": 3600.0})
    with Client(slow) as client:
        client.summarize("1")
        made = in_threads(*(lambda: client.summarize("2", deadline=0.1) for _ in range(3)))
        assert [type(error) for error in made] == [OutOfTime] * 3
        assert client.summarize("1", deadline=60).title == "Talk video000001"


def test_closing_ends_the_calls_of_other_threads(
    settings: Settings, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = settings.model_copy(update={"pace": 3600.0})
    client = Client(slow)
    client.summarize("1")
    begun = threading.Event()

    def close() -> None:
        assert begun.wait(60)
        client.close()

    def wait() -> object:
        begun.set()
        return client.summarize("2")

    made = in_threads(wait, close)
    assert isinstance(made[0], RunError | ConfigError)
    assert free(slow)


@pytest.mark.parametrize("error", [Blocked("turned away"), QuotaExhausted("no credit")])
def test_what_stops_a_call_does_not_stop_the_next(settings: Settings, house: House, error: RunError) -> None:
    with Client(settings) as client:
        house.site.faults["video000007"] = [error]
        with pytest.raises(type(error)):
            client.summarize("7")
        assert client.summarize("8").title == "Talk video000008"


def outcomes(notes: object) -> dict[str, str]:
    """The failures of notes by their ids, empty for those that were made."""
    assert isinstance(notes, list), notes
    return {note.item.id: note.failure.code if note.failure else "" for note in notes}


def test_runs_share_a_client(settings: Settings, house: House) -> None:
    house.site.faults["video000002"] = [NoTranscript("no captions")]
    with Client(settings) as client:
        made = in_threads(lambda: list(client.run(["1-3"])), lambda: list(client.run(["4-6", "nonsense"])))
        first, second = map(outcomes, made)
        assert first == {"video000001": "", "video000002": "no_captions", "video000003": ""}
        assert second == {"video000004": "", "video000005": "", "video000006": "", "nonsense": "input"}
        with closing(client.run(["10-99"])) as notes:
            next(notes)
        assert len(list(client.run(["7-8"]))) == 2


def test_a_run_ends_at_its_deadline_with_the_notes_made_by_then(
    settings: Settings, house: House, held: threading.Event
) -> None:
    with Client(settings) as client:
        with pytest.raises(OutOfTime):
            list(client.run(["1-9"], deadline=0.1))
        held.set()
        assert len(list(client.run(["1-9"], deadline=60))) == 9


def test_several_items_are_no_summary(settings: Settings, house: House) -> None:
    with Client(settings) as client, pytest.raises(InputError, match="stands for several"):
        client.summarize("1-3", deadline=60)


def test_a_transcript_is_fetched_where_no_model_can_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with Client(Settings(model="openai:gpt-x", state=None)) as client:
        assert client.fetch(ADDRESS, deadline=60).transcript.text


def test_a_notice_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    ears = Ears()
    with Client(Settings(state=None), report=ears) as client:
        client.summarize(ADDRESS)
        client.summarize(ADDRESS)
    assert [event.text for event in ears.of(Notice)] == [
        "no key and no --base-url: the embedded engine, offline:, summarizes"
    ]


# With a model


@pytest.fixture
def asking(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nobody")
    return Settings(model="openai:double", base_url=llm.base_url, state=None)


def talk(number: int) -> Transcript:
    return Transcript.untimed(f"Talk {number}. Bread needs time.\nA cold night makes dough strong.", "en")


def test_eight_threads_have_eight_calls_under_way(llm: Llm, asking: Settings) -> None:
    with Client(asking) as client:
        client.summarize(talk(99))
        llm.together = 8
        made = in_threads(*((lambda n=n: client.summarize(talk(n), deadline=60)) for n in range(8)))
    assert all(isinstance(note, Summarized) for note in made), made
    assert llm.max_concurrency == 8


def test_what_is_under_way_when_a_call_is_left_is_paid_once(llm: Llm, asking: Settings) -> None:
    with Client(asking) as client:
        with llm.holding(), pytest.raises(OutOfTime):
            client.summarize(talk(1), deadline=0.1)
        assert client.summarize(talk(1), deadline=60).summary.core_ideas
    prompts = [str(seen.body["messages"]) for seen in llm.chats]
    assert len(set(prompts)) == len(prompts)


def test_what_would_be_sent_is_told_without_a_call(llm: Llm, asking: Settings) -> None:
    with Client(asking) as client:
        told = client.preview(talk(1), title="Bread")
        assert llm.chats == []
        assert "A cold night makes dough strong" in told.messages[-1].content
        assert (told.model, told.usage.calls > 0, told.usage.input_tokens > 100) == (
            "openai:double",
            True,
            True,
        )
        client.summarize(talk(1), title="Bread")
    sent = [(one["role"], one["content"]) for one in llm.chats[0].body["messages"]]
    assert sent == [(one.role, one.content) for one in told.messages]


def test_nothing_is_sent_without_a_model() -> None:
    with Client(Settings(model="offline:", state=None)) as client:
        told = client.preview(ADDRESS, deadline=60)
    assert (told.messages, told.usage.tokens, told.cost) == ((), 0, 0.0)


# Tasks


def test_tasks_share_a_client(settings: Settings, house: House) -> None:
    async def work() -> tuple[list[Summarized], list[str]]:
        async with AsyncClient(settings) as client:
            notes = await asyncio.gather(*(client.summarize(str(n), deadline=60) for n in range(8)))
            assert (await client.fetch("9")).video.title == "Talk video000009"
            ids = [note.item.id async for note in client.run(["10-12"])]
            return list(notes), ids

    notes, ids = aside(lambda: asyncio.run(work()))
    assert [note.item.id for note in notes] == [f"video00000{n}" for n in range(8)]
    assert sorted(ids) == ["video000010", "video000011", "video000012"]
    assert free(settings)


def test_a_cancelled_task_cancels_its_call(settings: Settings, house: House, held: threading.Event) -> None:
    async def work() -> None:
        async with AsyncClient(settings) as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.summarize("7"), 0.05)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(client.run(["1-9"])), 0.05)
            held.set()

    aside(lambda: asyncio.run(work()))
    assert free(settings)


def test_an_async_loop_that_is_left_closes_its_run(settings: Settings, house: House) -> None:
    async def work() -> None:
        async with AsyncClient(settings) as client:
            notes = client.run(["1-99"])
            async for _ in notes:
                break
            await notes.aclose()

    aside(lambda: asyncio.run(work()))
    assert len(house.language_model.calls) < 99
    with pytest.raises(ConfigError, match="not open"):
        aside(lambda: asyncio.run(AsyncClient(settings).fetch("1")))
