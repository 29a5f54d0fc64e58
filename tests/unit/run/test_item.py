"""One item's steps: each repeated only when what it was made from has changed."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.doubles.parts import MADE, Site, Thinker, item
from tests.doubles.session import NOW, session
from vidgist import readers
from vidgist.errors import (
    Blocked,
    ConfigError,
    ItemError,
    NoTranscript,
    NotYet,
    RunError,
    Unavailable,
    Unreadable,
    WriteFailed,
)
from vidgist.events import Skipped
from vidgist.models import Item, Segment, Usage, Video
from vidgist.run import retries
from vidgist.run.destinations import Destination, Stream
from vidgist.run.item import ItemProcessor, Stage
from vidgist.run.session import Session
from vidgist.store import Job, Store
from vidgist.text import record


class Workshop:
    """One state and one notes folder, in which runs follow each other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "notes"
        self.store = Store(folder / "state")
        self.site = Site()
        self.language_model = Thinker()
        self.formats: tuple[str, ...] = ("txt",)
        self.now = NOW

    def session(self, where: Destination | None = None, **settings: object) -> Session:
        return session(
            self.store,
            where or self.folder,
            self.language_model,
            self.site,
            **{"formats": self.formats, "now": self.now, **settings},  # type: ignore[arg-type]
        )

    def items(self, where: Destination | None = None, **settings: object) -> ItemProcessor:
        return self.session(where, **settings).items

    def do(self, which: Item, where: Destination | None = None, **settings: object) -> None:
        items = self.items(where, **settings)
        if items.finished(which) is None:
            items.finish(which)

    def give_up(self, error: ItemError | Blocked, stage: Stage = "fetch", **settings: object) -> Job | None:
        """Fail the first item; its row of the ledger."""
        self.items(None, **settings).fail(item(1), error, stage)
        return self.store.jobs.find(str(self.folder), item(1))

    def files(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in sorted(self.folder.iterdir())}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workshop]:
    workshop = Workshop(tmp_path)
    yield workshop
    workshop.store.close()


def test_a_finished_item_is_left_alone(shop: Workshop) -> None:
    shop.do(item(1))
    before = shop.files()
    assert list(before) == ["video000001-Talk-video000001.txt"]
    assert record.parse(before["video000001-Talk-video000001.txt"]).timestamp == MADE
    shop.do(item(1))
    assert shop.site.visits == ["video000001"]
    assert shop.language_model.calls == ["video000001"]
    assert shop.files() == before


def test_a_file_that_was_deleted_is_written_again_from_memory(shop: Workshop) -> None:
    shop.do(item(1))
    before = shop.files()
    (shop.folder / next(iter(before))).unlink()
    shop.do(item(1))
    assert shop.files() == before
    assert (len(shop.site.visits), len(shop.language_model.calls)) == (1, 1)


def test_a_changed_mind_fetches_nothing_again(shop: Workshop) -> None:
    shop.do(item(1))
    shop.language_model = Thinker("two")
    shop.do(item(1))
    assert len(shop.site.visits) == 1
    assert shop.language_model.calls == ["video000001"]
    assert "two: water" in next(iter(shop.files().values()))


def test_other_readers_clean_what_is_remembered_without_a_visit(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.site.words = "Ann Example: tea\u200b is weak up there"
    shop.do(item(1))
    assert "\u200b" in next(iter(shop.files().values()))
    monkeypatch.setattr(readers, "VERSION", readers.VERSION + 1)
    assert shop.items().finished(item(1)) is None
    shop.do(item(1))
    assert "tea is weak" in next(iter(shop.files().values()))
    assert (len(shop.site.visits), len(shop.language_model.calls)) == (1, 2)
    shop.do(item(1))
    assert (len(shop.site.visits), len(shop.language_model.calls)) == (1, 2)


def test_words_that_other_readers_leave_as_they_are_ask_no_model(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.do(item(1))
    before = shop.files()
    monkeypatch.setattr(readers, "VERSION", readers.VERSION + 1)
    shop.do(item(1))
    assert (len(shop.site.visits), len(shop.language_model.calls)) == (1, 1)
    assert shop.files() == before


def test_a_file_that_readers_refused_is_read_by_other_readers(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.site.remote = False
    shop.give_up(Unreadable("talk.srt is no SRT file", code="format"))
    assert shop.items().finished(item(1)) is not None
    monkeypatch.setattr(readers, "VERSION", readers.VERSION + 1)
    shop.do(item(1))
    assert shop.site.visits == ["video000001"]
    assert shop.items().finished(item(1)) == Skipped(item=item(1), why="done")


def test_what_a_site_calls_final_is_not_asked_again_by_other_readers(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.give_up(Unavailable("the video is private", code="private"))
    monkeypatch.setattr(readers, "VERSION", readers.VERSION + 1)
    assert shop.items().finished(item(1)) is not None


def test_what_was_remembered_before_readers_had_versions_is_cleaned_too(shop: Workshop) -> None:
    fetched = shop.site.fetch(item(1), ())
    shop.site.visits.clear()
    lines = (
        "Ann Example: the dough rests",
        "Bo Example: how long",
        "Ann Example: a night",
        "Bo Example: good",
    )
    segments = tuple(Segment(start=n, duration=1, text=text) for n, text in enumerate(lines))
    old = fetched.model_copy(
        update={"transcript": fetched.transcript.model_copy(update={"segments": segments})}
    )
    items = shop.items()
    shop.store.memory.remember("fetched", items.memory.origin(item(1)), old.model_dump_json())
    again = items.fetch(item(1)).transcript.segments
    assert [one.speaker for one in again] == ["Ann Example", "Bo Example"] * 2
    assert not shop.site.visits
    assert items.fetch(item(1)).transcript.segments == again


def test_a_changed_format_asks_no_model(shop: Workshop) -> None:
    shop.do(item(1))
    shop.formats = ("txt", "vtt")
    shop.do(item(1))
    assert len(shop.language_model.calls) == 1
    assert sorted(shop.files()) == ["video000001-Talk-video000001.txt", "video000001-Talk-video000001.vtt"]
    shop.formats = ("vtt",)
    shop.do(item(1))
    assert len(shop.files()) == 2


@pytest.mark.parametrize(
    ("fresh", "visits", "calls"), [("summary", 1, 2), ("transcript", 2, 1), ("all", 2, 2)]
)
def test_fresh_makes_anew_what_it_names(shop: Workshop, fresh: str, visits: int, calls: int) -> None:
    shop.do(item(1))
    items = shop.items(fresh=fresh)
    assert items.finished(item(1)) is None
    assert items.needs_visit(item(1)) == (fresh != "summary")
    fetched = items.fetch(item(1))
    assert items.fetch(item(1)) == fetched
    items.summarize(item(1), fetched)
    assert (len(shop.site.visits), len(shop.language_model.calls)) == (visits, calls)


def test_what_was_heard_is_remembered_with_who_listened(shop: Workshop) -> None:
    shop.site.heard_by = "whisper:tiny"
    for _ in range(2):
        shop.do(item(1), listener="whisper:tiny")
    assert (len(shop.site.visits), len(shop.language_model.calls)) == (1, 1)
    shop.site.heard_by = "whisper:large"
    assert shop.items(listener="whisper:large").finished(item(1)) is None
    shop.do(item(1), listener="whisper:large")
    assert (len(shop.site.visits), len(shop.language_model.calls)) == (2, 2)
    assert shop.items().needs_visit(item(1))


def test_captions_are_the_same_whoever_could_have_listened(shop: Workshop) -> None:
    shop.do(item(1))
    for listener in ("whisper:tiny", "whisper:large"):
        assert shop.items(listener=listener).finished(item(1)) is not None
    shop.do(item(2), listener="whisper:tiny")
    assert shop.items().finished(item(2)) is not None
    assert len(shop.site.visits) == 2


def test_captions_that_are_gone_are_forgotten_for_what_is_heard(shop: Workshop) -> None:
    shop.do(item(1))
    shop.site.heard_by, shop.site.words = "whisper:tiny", "the dough was heard"
    items = shop.items(fresh="transcript", listener="whisper:tiny")
    assert items.fetch(item(1)).transcript.text.startswith("the dough was heard")
    assert items.fetch(item(1)).transcript.heard_by == "whisper:tiny"
    assert len(shop.site.visits) == 2


@pytest.mark.parametrize("code", ["no_captions", "captions_locked", "empty_captions"])
def test_a_lack_of_captions_is_tried_again_by_who_listens(shop: Workshop, code: str) -> None:
    for _ in range(retries.RUNS + 1):
        shop.give_up(NoTranscript("it has none", code=code))
    assert shop.items().finished(item(1)) is not None
    assert shop.items(listener="whisper:tiny").finished(item(1)) is None


def test_silence_is_not_listened_to_again(shop: Workshop) -> None:
    for _ in range(retries.RUNS + 1):
        shop.give_up(NoTranscript("nobody speaks", code="no_speech"))
    assert shop.items(listener="whisper:tiny").finished(item(1)) is not None


def test_a_local_item_is_read_each_time_and_done_again_when_edited(shop: Workshop) -> None:
    shop.site.remote = False
    shop.do(item(1, digest="a"))
    assert not shop.items().needs_visit(item(1, digest="a"))
    shop.do(item(1, digest="a"))
    assert len(shop.language_model.calls) == 1
    shop.site.words = "something else entirely was said in the edited file"
    shop.do(item(1, digest="b"))
    assert len(shop.language_model.calls) == 2


def test_a_stream_gets_everything_each_time_from_memory(shop: Workshop) -> None:
    for _ in range(2):
        out = io.StringIO()
        shop.do(item(1), Stream(out))
        assert out.getvalue().startswith("Timestamp: 2026-01-31")
    assert len(shop.language_model.calls) == 1


def test_what_may_come_is_tried_at_three_more_runs_and_then_on_its_day(shop: Workshop) -> None:
    for tries in range(1, retries.RUNS + 1):
        shop.give_up(NoTranscript("it has none"))
        assert shop.items().finished(item(1)) is None, tries
        status = "failed: no_captions: it has none (tried again at the next run)"
        assert record.parse(shop.files()["video000001.txt"]).status == status
    shop.give_up(NoTranscript("it has none"))
    tomorrow = NOW.date() + timedelta(days=1)
    assert shop.items().finished(item(1)) == Skipped(
        item=item(1), why="failed", code="no_captions", due=tomorrow
    )
    assert f"(tried again from {tomorrow})" in shop.files()["video000001.txt"]
    shop.now = NOW + timedelta(days=1)
    assert shop.items().finished(item(1)) is None


def test_a_failure_for_good_is_recorded_and_not_tried_again(shop: Workshop) -> None:
    items = shop.items()
    items.fail(item(1), Unavailable("The video is private.", code="private"), "fetch")
    text = shop.files()["video000001.txt"]
    assert record.parse(text).status == "failed: private: The video is private."
    assert record.parse(text).timestamp == NOW
    given_up = Skipped(item=item(1), why="failed", code="private")
    assert items.finished(item(1)) == given_up
    shop.language_model = Thinker("two")
    assert shop.items().finished(item(1)) == given_up


def test_a_failure_of_thinking_is_tried_again_with_another_mind(shop: Workshop) -> None:
    items = shop.items()
    fetched = items.fetch(item(1))
    items.fail(item(1), Unavailable("no", code="refused"), "summarize", fetched)
    assert items.finished(item(1)) is not None
    assert record.parse(next(iter(shop.files().values()))).content.startswith("water boils")
    shop.language_model = Thinker("two")
    assert shop.items().finished(item(1)) is None


@pytest.mark.parametrize("error", [NotYet("live now", code="live"), Blocked("turned away")])
def test_what_may_pass_is_tried_at_the_next_run(shop: Workshop, error: NotYet | Blocked) -> None:
    job = shop.give_up(error)
    assert job is not None
    assert job.failure is not None
    assert job.failure.retry == "later"
    assert shop.items().finished(item(1)) is None


def test_success_replaces_the_failed_record_under_its_full_name(shop: Workshop) -> None:
    shop.give_up(NotYet("live now"))
    assert list(shop.files()) == ["video000001.txt"]
    shop.do(item(1))
    assert list(shop.files()) == ["video000001-Talk-video000001.txt"]


def test_a_failure_never_takes_the_place_of_a_good_record(shop: Workshop) -> None:
    shop.do(item(1))
    before = shop.files()
    shop.language_model = Thinker("two")
    kept = shop.give_up(Unavailable("no"), "summarize")
    assert shop.files() == before
    assert kept is not None
    assert kept.status == "done"
    assert shop.items().finished(item(1)) is None


def test_failed_records_can_be_turned_off(shop: Workshop) -> None:
    job = shop.give_up(Unavailable("gone"), failed_records=False)
    assert job is not None
    assert job.files == ()
    assert shop.files() == {}


def test_what_was_learnt_before_a_failure_stands_in_its_record(shop: Workshop) -> None:
    error = NoTranscript("no captions", video=Video(title="A title", seconds=61))
    shop.give_up(error)
    found = record.parse(shop.files()["video000001-A-title.txt"])
    assert (found.title, found.duration, found.content) == ("A title", "1:01", "")


def test_a_failed_write_is_in_the_ledger_without_a_file(shop: Workshop) -> None:
    items = shop.items()
    items.fail(item(1), WriteFailed("no room for it"), "write", items.fetch(item(1)))
    job = shop.store.jobs.find(str(shop.folder), item(1))
    assert job is not None
    assert job.files == ()
    assert items.finished(item(1)) is None


def test_an_empty_transcript_is_a_failure(shop: Workshop) -> None:
    items = shop.items()
    fetched = items.fetch(item(1))
    empty = fetched.model_copy(update={"transcript": fetched.transcript.model_copy(update={"segments": ()})})
    with pytest.raises(NoTranscript, match="empty") as caught:
        items.summarize(item(1), empty)
    assert caught.value.code == "empty_transcript"


def test_what_was_marked_as_seen_stays_undone(shop: Workshop) -> None:
    shop.items().delivery.mark_seen(item(1))
    assert shop.items().finished(item(1)) == Skipped(item=item(1), why="seen")


def test_the_cost_and_tokens_of_an_item_are_in_the_ledger(shop: Workshop) -> None:
    shop.do(item(1))
    job = shop.store.jobs.find(str(shop.folder), item(1))
    assert job is not None
    assert (job.tokens, job.cost, job.run) == (120, 0.12, "run-1")


def test_without_a_summarizer_the_transcript_alone_is_written(shop: Workshop) -> None:
    shop.formats = ("vtt",)
    items = session(shop.store, shop.folder, None, shop.site, formats="vtt").items
    fetched = items.fetch(item(1))
    assert items.summarize(item(1), fetched) == (None, False)
    items.finish(item(1))
    assert next(iter(shop.files().values())).startswith(
        "WEBVTT\nLanguage: en\n\n00:00:00.000 --> 00:00:05.000\nwater"
    )
    assert items.estimate(fetched.video, fetched.transcript) == Usage()


def test_what_is_wrong_with_the_settings_fails_no_item_alone(shop: Workshop) -> None:
    shop.site.faults = {item(1).id: [ConfigError("no such proxy")]}
    with pytest.raises(RunError, match="no such proxy"):
        shop.items().visit(item(1))
    shop.language_model.faults = {item(1).id: [ConfigError("no such model")]}
    with pytest.raises(RunError, match="no such model"):
        shop.items().finish(item(1))
    assert shop.files() == {}
