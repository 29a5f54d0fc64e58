"""The stages: each repeated only when what it was made from has changed."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.doubles.parts import MADE, Site, Thinker, item
from vidgist.config import Settings
from vidgist.errors import Blocked, NoTranscript, NotYet, Unavailable, WriteFailed
from vidgist.events import Skipped
from vidgist.models import Item, Usage, Video
from vidgist.run import retries
from vidgist.run.destinations import Destination, Folder, Stream
from vidgist.run.stages import Stages
from vidgist.store import Store
from vidgist.text import record
from vidgist.writers import txt, vtt

NOW = datetime(2026, 2, 1, 8)


class Workshop:
    """One state and one notes folder, in which runs follow each other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "notes"
        self.store = Store(folder / "state")
        self.site = Site()
        self.thinker = Thinker()
        self.formats: tuple[str, ...] = ("txt",)
        self.now = NOW

    def stages(
        self,
        *,
        fresh: str = "",
        shelf: Destination | None = None,
        failed_records: bool = True,
        listener: str = "",
    ) -> Stages:
        writers = {"txt": txt.create(Settings()), "vtt": vtt.create(Settings())}
        return Stages(
            sources={"site": self.site},
            summarizer=self.thinker,
            writers={name: writers[name] for name in self.formats},
            shelf=shelf or Folder(self.folder),
            store=self.store,
            captions=(),
            listener=listener,
            layout=",".join(self.formats),
            failed_records=failed_records,
            fresh=fresh,
            price=lambda answer: answer.usage.tokens / 1000,
            now=lambda: self.now,
            run="run-1",
        )

    def do(self, which: Item, **changes: object) -> None:
        stages = self.stages(**changes)  # type: ignore[arg-type]
        if stages.finished(which) is None:
            fetched = stages.fetch(which)
            answer, _ = stages.think(which, fetched)
            stages.write(which, fetched, answer)

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
    assert shop.thinker.calls == ["video000001"]
    assert shop.files() == before


def test_a_file_that_was_deleted_is_written_again_from_memory(shop: Workshop) -> None:
    shop.do(item(1))
    before = shop.files()
    (shop.folder / next(iter(before))).unlink()
    shop.do(item(1))
    assert shop.files() == before
    assert (len(shop.site.visits), len(shop.thinker.calls)) == (1, 1)


def test_a_changed_mind_fetches_nothing_again(shop: Workshop) -> None:
    shop.do(item(1))
    shop.thinker = Thinker("two")
    shop.do(item(1))
    assert len(shop.site.visits) == 1
    assert shop.thinker.calls == ["video000001"]
    assert "two: water" in next(iter(shop.files().values()))


def test_a_changed_format_asks_no_model(shop: Workshop) -> None:
    shop.do(item(1))
    shop.formats = ("txt", "vtt")
    shop.do(item(1))
    assert len(shop.thinker.calls) == 1
    assert sorted(shop.files()) == ["video000001-Talk-video000001.txt", "video000001-Talk-video000001.vtt"]
    shop.formats = ("vtt",)
    shop.do(item(1))
    assert len(shop.files()) == 2


@pytest.mark.parametrize(
    ("fresh", "visits", "calls"), [("summary", 1, 2), ("transcript", 2, 1), ("all", 2, 2)]
)
def test_fresh_makes_anew_what_it_names(shop: Workshop, fresh: str, visits: int, calls: int) -> None:
    shop.do(item(1))
    stages = shop.stages(fresh=fresh)
    assert stages.finished(item(1)) is None
    assert stages.needs_visit(item(1)) == (fresh != "summary")
    fetched = stages.fetch(item(1))
    assert stages.fetch(item(1)) == fetched
    stages.think(item(1), fetched)
    assert (len(shop.site.visits), len(shop.thinker.calls)) == (visits, calls)


def test_what_was_heard_is_remembered_with_who_listened(shop: Workshop) -> None:
    shop.site.heard_by = "whisper:tiny"
    for _ in range(2):
        shop.do(item(1), listener="whisper:tiny")
    assert (len(shop.site.visits), len(shop.thinker.calls)) == (1, 1)
    shop.site.heard_by = "whisper:large"
    assert shop.stages(listener="whisper:large").finished(item(1)) is None
    shop.do(item(1), listener="whisper:large")
    assert (len(shop.site.visits), len(shop.thinker.calls)) == (2, 2)
    assert shop.stages().needs_visit(item(1))


def test_captions_are_the_same_whoever_could_have_listened(shop: Workshop) -> None:
    shop.do(item(1))
    for listener in ("whisper:tiny", "whisper:large"):
        assert shop.stages(listener=listener).finished(item(1)) is not None
    shop.do(item(2), listener="whisper:tiny")
    assert shop.stages().finished(item(2)) is not None
    assert len(shop.site.visits) == 2


def test_captions_that_are_gone_are_forgotten_for_what_is_heard(shop: Workshop) -> None:
    shop.do(item(1))
    shop.site.heard_by, shop.site.words = "whisper:tiny", "the dough was heard"
    stages = shop.stages(fresh="transcript", listener="whisper:tiny")
    assert stages.fetch(item(1)).transcript.text.startswith("the dough was heard")
    assert stages.fetch(item(1)).transcript.heard_by == "whisper:tiny"
    assert len(shop.site.visits) == 2


@pytest.mark.parametrize("code", ["no_captions", "captions_locked", "empty_captions"])
def test_a_lack_of_captions_is_tried_again_by_who_listens(shop: Workshop, code: str) -> None:
    for _ in range(retries.RUNS + 1):
        shop.stages().give_up(item(1), NoTranscript("it has none", code=code), "fetch", None)
    assert shop.stages().finished(item(1)) is not None
    assert shop.stages(listener="whisper:tiny").finished(item(1)) is None


def test_silence_is_not_listened_to_again(shop: Workshop) -> None:
    for _ in range(retries.RUNS + 1):
        shop.stages().give_up(item(1), NoTranscript("nobody speaks", code="no_speech"), "fetch", None)
    assert shop.stages(listener="whisper:tiny").finished(item(1)) is not None


def test_a_local_item_is_read_each_time_and_done_again_when_edited(shop: Workshop) -> None:
    shop.site.remote = False
    shop.do(item(1, digest="a"))
    assert not shop.stages().needs_visit(item(1, digest="a"))
    shop.do(item(1, digest="a"))
    assert len(shop.thinker.calls) == 1
    shop.site.words = "something else entirely was said in the edited file"
    shop.do(item(1, digest="b"))
    assert len(shop.thinker.calls) == 2


def test_a_stream_gets_everything_each_time_from_memory(shop: Workshop) -> None:
    for _ in range(2):
        out = io.StringIO()
        shop.do(item(1), shelf=Stream(out))
        assert out.getvalue().startswith("Timestamp: 2026-01-31")
    assert len(shop.thinker.calls) == 1


def test_what_may_come_is_tried_at_three_more_runs_and_then_on_its_day(shop: Workshop) -> None:
    for tries in range(1, retries.RUNS + 1):
        shop.stages().give_up(item(1), NoTranscript("it has none"), "fetch", None)
        assert shop.stages().finished(item(1)) is None, tries
        status = "failed: no_captions: it has none (tried again at the next run)"
        assert record.parse(shop.files()["video000001.txt"]).status == status
    shop.stages().give_up(item(1), NoTranscript("it has none"), "fetch", None)
    tomorrow = NOW.date() + timedelta(days=1)
    assert shop.stages().finished(item(1)) == Skipped(
        item=item(1), why="failed", code="no_captions", due=tomorrow
    )
    assert f"(tried again from {tomorrow})" in shop.files()["video000001.txt"]
    shop.now = NOW + timedelta(days=1)
    assert shop.stages().finished(item(1)) is None


def test_a_failure_for_good_is_recorded_and_not_tried_again(shop: Workshop) -> None:
    stages = shop.stages()
    stages.give_up(item(1), Unavailable("The video is private.", code="private"), "fetch", None)
    text = shop.files()["video000001.txt"]
    assert record.parse(text).status == "failed: private: The video is private."
    assert record.parse(text).timestamp == NOW
    given_up = Skipped(item=item(1), why="failed", code="private")
    assert stages.finished(item(1)) == given_up
    shop.thinker = Thinker("two")
    assert shop.stages().finished(item(1)) == given_up


def test_a_failure_of_thinking_is_tried_again_with_another_mind(shop: Workshop) -> None:
    stages = shop.stages()
    fetched = stages.fetch(item(1))
    stages.give_up(item(1), Unavailable("no", code="refused"), "summarize", fetched)
    assert stages.finished(item(1)) is not None
    assert record.parse(next(iter(shop.files().values()))).content.startswith("water boils")
    shop.thinker = Thinker("two")
    assert shop.stages().finished(item(1)) is None


@pytest.mark.parametrize("error", [NotYet("live now", code="live"), Blocked("turned away")])
def test_what_may_pass_is_tried_at_the_next_run(shop: Workshop, error: NotYet | Blocked) -> None:
    job = shop.stages().give_up(item(1), error, "fetch", None)
    assert job.failure is not None
    assert job.failure.retry == "later"
    assert shop.stages().finished(item(1)) is None


def test_success_replaces_the_failed_record_under_its_full_name(shop: Workshop) -> None:
    shop.stages().give_up(item(1), NotYet("live now"), "fetch", None)
    assert list(shop.files()) == ["video000001.txt"]
    shop.do(item(1))
    assert list(shop.files()) == ["video000001-Talk-video000001.txt"]


def test_a_failure_never_takes_the_place_of_a_good_record(shop: Workshop) -> None:
    shop.do(item(1))
    before = shop.files()
    shop.thinker = Thinker("two")
    job = shop.stages().give_up(item(1), Unavailable("no"), "summarize", None)
    assert job.failure is not None
    assert shop.files() == before
    kept = shop.store.job(str(shop.folder), item(1))
    assert kept is not None
    assert kept.status == "done"
    assert shop.stages().finished(item(1)) is None


def test_failed_records_can_be_turned_off(shop: Workshop) -> None:
    job = shop.stages(failed_records=False).give_up(item(1), Unavailable("gone"), "fetch", None)
    assert job.files == ()
    assert shop.files() == {}
    assert shop.store.job(str(shop.folder), item(1)) == job


def test_what_was_learnt_before_a_failure_stands_in_its_record(shop: Workshop) -> None:
    error = NoTranscript("no captions", video=Video(title="A title", seconds=61))
    shop.stages().give_up(item(1), error, "fetch", None)
    found = record.parse(shop.files()["video000001-A-title.txt"])
    assert (found.title, found.duration, found.content) == ("A title", "1:01", "")


def test_a_failed_write_is_in_the_ledger_without_a_file(shop: Workshop) -> None:
    stages = shop.stages()
    job = stages.give_up(item(1), WriteFailed("no room for it"), "write", stages.fetch(item(1)))
    assert job.files == ()
    assert stages.finished(item(1)) is None


def test_an_empty_transcript_is_a_failure(shop: Workshop) -> None:
    stages = shop.stages()
    fetched = stages.fetch(item(1))
    empty = fetched.model_copy(update={"transcript": fetched.transcript.model_copy(update={"segments": ()})})
    with pytest.raises(NoTranscript, match="empty") as caught:
        stages.think(item(1), empty)
    assert caught.value.code == "empty_transcript"


def test_what_was_marked_as_seen_stays_undone(shop: Workshop) -> None:
    shop.stages().mark_seen(item(1))
    assert shop.stages().finished(item(1)) == Skipped(item=item(1), why="seen")


def test_the_cost_and_tokens_of_an_item_are_in_the_ledger(shop: Workshop) -> None:
    shop.do(item(1))
    job = shop.store.job(str(shop.folder), item(1))
    assert job is not None
    assert (job.tokens, job.cost, job.run) == (120, 0.12, "run-1")


def test_without_a_mind_the_transcript_alone_is_written(shop: Workshop) -> None:
    shop.formats = ("vtt",)
    stages = shop.stages()
    stages.summarizer = None
    fetched = stages.fetch(item(1))
    answer, reused = stages.think(item(1), fetched)
    assert (answer, reused) == (None, False)
    stages.write(item(1), fetched, answer)
    assert next(iter(shop.files().values())).startswith(
        "WEBVTT\nLanguage: en\n\n00:00:00.000 --> 00:00:05.000\nwater"
    )
    assert stages.estimate(fetched.video, fetched.transcript) == Usage()
