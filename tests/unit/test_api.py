"""vidgist inside a program: what comes back, what is raised, what is remembered, and that all is closed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.doubles.parts import Ears, Site, Thinker
from tests.e2e.conftest import EXAMPLES
from vidgist.api import fetch, render, summarize, summarize_all
from vidgist.config import Settings
from vidgist.errors import (
    Blocked,
    Busy,
    ConfigError,
    InputError,
    NoTranscript,
    QuotaExhausted,
    Transient,
    Unavailable,
)
from vidgist.events import Done, Failed, Listed, Retrying
from vidgist.models import Note, Segment, Transcript
from vidgist.run import summarizers
from vidgist.run.summarizers import SummarizerHandle
from vidgist.store import Store
from vidgist.text import record

ADDRESS = EXAMPLES / "gettysburg-address.srt"
INAUGURAL = EXAMPLES / "second-inaugural.md"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(model="offline:", state=tmp_path / "state", pace=0, block_wait=0)


class House:
    """A site and a language_model in place of the real ones."""

    def __init__(self) -> None:
        self.site = Site()
        self.language_model = Thinker()
        self.minds_closed = 0

    def build(self, *_: object) -> SummarizerHandle:
        def close() -> None:
            self.minds_closed += 1

        return SummarizerHandle(
            "fake:one", self.language_model, lambda answer: answer.usage.tokens / 1000, close=close
        )


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    made = House()
    monkeypatch.setattr(summarizers, "build", made.build)
    monkeypatch.setattr("vidgist.registry.sources", lambda _: [made.site])
    return made


def free(settings: Settings) -> bool:
    """Whether nobody holds the state any more."""
    with closing(Store(settings.state)) as store, store.locked(wait=False):
        return True


# One


@pytest.mark.parametrize("what", [ADDRESS, str(ADDRESS), ADDRESS.as_uri()])
def test_a_file_becomes_a_note_with_evidence(settings: Settings, what: Path | str) -> None:
    note = summarize(what, settings)
    assert note.answer is not None
    found = note.answer.summary
    assert found is not None
    points = (*found.core_ideas, found.core_point, found.fundamental_point)
    assert min(point.evidence[0].start or 0.0 for point in points) == 0.0
    assert max(point.evidence[0].start or 0.0 for point in points) > 0.0
    assert note.video is not None
    assert note.video.title == "gettysburg-address"
    assert note.cost == 0.0
    assert note.failure is None
    assert free(settings)


def test_asking_twice_costs_once(settings: Settings, house: House) -> None:
    first, second = (summarize("7", settings) for _ in range(2))
    assert first == second
    assert first.cost == 0.12
    assert (house.site.visits, house.language_model.calls) == (["video000007"], ["video000007"])
    summarize("7", settings.model_copy(update={"fresh": "summary"}))
    assert len(house.language_model.calls) == 2
    assert (house.minds_closed, house.site.is_closed) == (3, True)


def test_a_failure_is_raised_as_it_was_each_time(settings: Settings, house: House) -> None:
    house.site.faults["video000007"] = [Unavailable("it is private", code="private") for _ in range(2)]
    for _ in range(2):
        with pytest.raises(Unavailable, match="it is private") as raised:
            summarize("7", settings)
        assert raised.value.code == "private"
    assert summarize("7", settings).answer
    assert free(settings)


@pytest.mark.parametrize("error", [Blocked("turned away"), QuotaExhausted("no credit")])
def test_what_would_stop_a_run_is_raised(settings: Settings, house: House, error: Blocked) -> None:
    house.site.faults["video000007"] = [error]
    with pytest.raises(type(error)):
        summarize("7", settings)
    assert free(settings)


def test_the_reporter_hears_of_waits(
    settings: Settings, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vidgist.run.throttle._random", lambda: 0.0)
    monkeypatch.setattr("vidgist.run.throttle.FIRST_WAIT", 0.0)
    house.site.faults["video000007"] = [Transient("broke off")]
    ears = Ears()
    assert summarize("7", settings, report=ears).answer
    assert [event.reason for event in ears.of(Retrying)] == ["broke off"]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("1-3", "stands for several"),
        ("what is this", "'what is this': nothing that vidgist knows"),
        ("", "'': no input"),
    ],
)
def test_what_is_not_one_item_is_no_input(settings: Settings, house: House, what: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        summarize(what, settings)
    assert house.site.visits == []
    assert free(settings)


def test_a_list_of_one_is_one(settings: Settings, house: House) -> None:
    assert summarize("4-4", settings).item.id == "video000004"


def test_a_batch_takes_hours_and_is_refused(settings: Settings) -> None:
    with pytest.raises(ConfigError, match="hours"):
        summarize(ADDRESS, settings.model_copy(update={"batch": True}))


def test_a_state_that_is_held_is_busy(settings: Settings) -> None:
    with closing(Store(settings.state)) as store, store.locked(wait=False), pytest.raises(Busy):
        summarize(ADDRESS, settings)


def test_the_server_named_in_the_environment_is_the_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def build(given: Settings, *_: object) -> SummarizerHandle:
        seen.append(given.base_url)
        return House().build()

    monkeypatch.setattr(summarizers, "build", build)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    summarize(ADDRESS, settings)
    summarize(ADDRESS, settings.model_copy(update={"base_url": "http://127.0.0.1:8/v1"}))
    assert seen == ["http://127.0.0.1:9/v1", "http://127.0.0.1:8/v1"]


def test_the_defaults_of_a_program_are_those_of_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDGIST_PROMPT", "nowhere.md")
    assert summarize(ADDRESS).answer is not None
    state = Settings().state
    assert state is not None
    assert state.is_dir()


# A transcript in hand


SAID = (
    "A starter is flour and water left alone.",
    "Wild yeast lives in the flour and wakes up slowly.",
    "A cold night makes the dough strong &amp; elastic.",
    "So good bread needs little work and much time.",
)


def timed() -> Transcript:
    segments = (Segment(start=4.0 * n, duration=4.0, text=text) for n, text in enumerate(SAID))
    return Transcript(segments=tuple(segments), language="en")


def test_a_transcript_in_hand_is_cleaned_and_quoted(settings: Settings) -> None:
    note = summarize(timed(), settings, title="Bread\nbaking")
    assert note.video is not None
    assert (note.video.title, note.video.seconds, note.video.language) == ("Bread baking", 16.0, "en")
    assert note.transcript is not None
    assert "strong & elastic" in note.transcript.text
    assert note.answer is not None
    assert note.answer.summary is not None
    assert note.answer.summary.core_ideas[0].evidence[0].start is not None


def test_words_without_times_have_quotes_without_times(settings: Settings) -> None:
    words = Transcript.untimed("\n\n".join(SAID), "en")
    assert (len(words.segments), words.timed, words.language) == (4, False, "en")
    timed_note, note = summarize(timed(), settings), summarize(words, settings)
    assert note.video is not None
    assert (note.video.title, note.video.seconds) == ("A transcript", None)
    assert note.answer is not None
    assert note.answer.summary is not None
    assert note.answer.summary.core_ideas[0].evidence[0].start is None
    assert note.item.id != timed_note.item.id


def test_the_same_words_under_another_title_are_another_question(settings: Settings, house: House) -> None:
    for title in ("Bread one", "Bread one", "Bread two"):
        summarize(timed(), settings, title=title)
    assert house.language_model.calls == ["one", "two"]


@pytest.mark.parametrize("words", [Transcript(segments=()), Transcript.untimed(" \n\t\n")])
def test_no_words_are_no_transcript(settings: Settings, words: Transcript) -> None:
    with pytest.raises(NoTranscript) as raised:
        summarize(words, settings)
    assert raised.value.code == "empty_transcript"


# Transcripts alone, and files


def test_a_transcript_is_fetched_without_a_model(settings: Settings, house: House) -> None:
    fetched = fetch("7", settings)
    assert fetched.transcript.text.startswith("water boils sooner")
    assert fetch("7", settings) == fetched
    assert len(house.site.visits) == 1
    assert house.language_model.calls == []
    house.site.faults["video000008"] = [Unavailable("gone")]
    with pytest.raises(Unavailable, match="gone"):
        fetch("8", settings)


@pytest.mark.parametrize("form", ["txt", "md", "json", "html", "vtt"])
def test_a_note_is_rendered_as_the_command_writes_it(settings: Settings, form: str) -> None:
    for note in (summarize(ADDRESS, settings), summarize(timed(), settings)):
        text = render(note, form, settings)
        assert "nation" in text.lower() or "dough" in text.lower()
        if form == "txt":
            assert record.render(record.parse(text)) == text


def test_a_format_that_nobody_offers_is_named(settings: Settings) -> None:
    with pytest.raises(ConfigError, match="unknown format 'pdf'"):
        render(summarize(ADDRESS, settings), "pdf")


# Many


def by_id(notes: Iterator[Note]) -> dict[str, Note]:
    return {note.item.id: note for note in notes}


def test_many_come_each_once_and_one_that_fails_stops_none(settings: Settings, house: House) -> None:
    house.site.faults["video000002"] = [Unavailable("gone", code="deleted")]
    ears = Ears()
    notes = by_id(summarize_all(["1-3", "3", "nonsense", "5"], settings, report=ears))
    assert set(notes) == {*(f"video00000{n}" for n in (1, 2, 3, 5)), "nonsense"}
    failures = {name: note.failure.code for name, note in notes.items() if note.failure}
    assert failures == {"video000002": "deleted", "nonsense": "input"}
    assert all((note.answer is None) == (note.failure is not None) for note in notes.values())
    assert notes["video000001"].cost == 0.12
    assert (len(ears.of(Done)), len(ears.of(Failed))) == (3, 2)
    assert [event.count for event in ears.of(Listed) if event.complete] == [3]
    assert (house.site.is_closed, house.minds_closed) == (True, 1)
    assert free(settings)


def test_what_failed_for_good_is_tried_again_when_asked_again(settings: Settings, house: House) -> None:
    house.site.faults["video000001"] = [Unavailable("gone", code="deleted")]
    (first,) = summarize_all(["1"], settings)
    (second,) = summarize_all(["1"], settings)
    assert first.failure is not None
    assert second.answer is not None


def test_bounds_leave_items_out(settings: Settings, house: House) -> None:
    house.site.published = {"video000001": "2020-01-01"}
    bounded = Settings.model_validate({**settings.model_dump(), "limit": 3, "since": "2024-01-01"})
    assert set(by_id(summarize_all(["1-9"], bounded))) == {"video000002", "video000003"}
    assert len(house.site.visits) == 3


def test_a_block_ends_the_notes_with_its_error(settings: Settings, house: House) -> None:
    fetch("1", settings)
    house.site.faults = {f"video00000{n}": [Blocked("turned away")] for n in range(2, 9)}
    notes = summarize_all(["2-8", "1"], settings)
    assert next(notes).item.id == "video000001"
    with pytest.raises(Blocked, match="turned away"):
        next(notes)
    assert free(settings)


def test_a_broken_state_is_raised_where_the_notes_are_read(
    settings: Settings, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr("vidgist.run.worklist.WorkList.__iter__", broken)
    with pytest.raises(KeyError, match="a bug"):
        list(summarize_all(["1"], settings))
    assert free(settings)


def test_closing_early_begins_nothing_new_and_frees_the_state(settings: Settings, house: House) -> None:
    notes = summarize_all(["1-500"], settings.model_copy(update={"jobs": 1}))
    next(notes)
    notes.close()
    assert len(house.language_model.calls) < 500
    assert (house.site.is_closed, house.minds_closed) == (True, 1)
    assert free(settings)
    assert not [thread for thread in threading.enumerate() if thread.name == "vidgist"]


def test_nothing_is_opened_before_the_first_note_is_asked_for(settings: Settings, house: House) -> None:
    notes = summarize_all(["1"], settings)
    assert free(settings)
    assert house.site.visits == []
    assert len(list(notes)) == 1


def test_an_error_in_the_readers_loop_closes_all(settings: Settings, house: House) -> None:
    def consume(act: Callable[[Note], None]) -> None:
        with closing(summarize_all(["1-50"], settings)) as notes:
            for note in notes:
                act(note)

    def fail(_: Note) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        consume(fail)
    assert free(settings)
    assert house.minds_closed == 1


def test_files_are_done_too(settings: Settings) -> None:
    notes = by_id(summarize_all([ADDRESS, INAUGURAL], settings))
    assert set(notes) == {str(ADDRESS), str(INAUGURAL)}
