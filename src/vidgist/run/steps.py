"""One item through its stages, and what is told of it. No threads, no loop, no queue.

An `ItemError`, and what no class of errors foresaw, fails the item and goes no further. A `RunError` is for
the caller: the item is as it was, and can be taken up again.
"""

import logging
import time
from datetime import date

from vidgist.errors import Blocked, Deferred, ItemError, RunError
from vidgist.events import Done, Failed, Skipped, Working
from vidgist.models import Fetched, Item, Usage
from vidgist.protocols import Reporter
from vidgist.run.stages import Stage, Stages

log = logging.getLogger(__name__)


class Steps:
    """``since``: what turns out to be older is passed over."""

    def __init__(self, stages: Stages, report: Reporter, since: date | None = None) -> None:
        self._stages = stages
        self._report = report
        self._since = since

    def finish(self, item: Item) -> None:
        """From what is fetched, or needs no visit, to the item's files. Raises `RunError`."""
        fetched: Fetched | None = None
        stage: Stage = "fetch"
        try:
            began = time.monotonic()
            fetched = self._stages.fetch(item)
            published = fetched.video.published
            if self._since and published and published < self._since:
                self._report(Skipped(item=item, why="older"))
                return
            stage = "summarize"
            self._report(Working(item=item, stage="summarize"))
            answer, reused = self._stages.think(item, fetched)
            stage = "write"
            job = self._stages.write(item, fetched, answer)
        except Deferred:
            assert fetched is not None
            self._stages.wait(item, fetched)
            self._report(Skipped(item=item, why="waiting"))
        except ItemError as error:
            self.fail(item, error, stage, fetched)
        except RunError:
            raise
        except Exception as error:  # noqa: BLE001
            self.fail(item, internal(error), stage, fetched)
        else:
            self._report(
                Done(
                    item=item,
                    title=job.title,
                    files=job.files,
                    usage=answer.usage if answer and not reused else Usage(),
                    cost=0.0 if reused else job.cost,
                    supported=answer.summary.supported if answer and answer.summary else None,
                    notices=answer.notices if answer else (),
                    seconds=time.monotonic() - began,
                    reused=reused,
                )
            )

    def fail(self, item: Item, error: ItemError | Blocked, stage: Stage, fetched: Fetched | None) -> None:
        """Give an item up. Raises `RunError` where not even that can be kept."""
        try:
            job = self._stages.give_up(item, error, stage, fetched)
        except ItemError as worse:
            job = self._stages.give_up(item, worse, "write", fetched)
        assert job.failure is not None
        self._report(Failed(item=item, title=job.title, failure=job.failure))


def internal(error: Exception) -> ItemError:
    """What an item fails with when the program is at fault; the details go to the log."""
    log.error("a bug", exc_info=error)
    return ItemError(
        f"a bug in vidgist: {type(error).__name__}: {error}",
        code="internal",
        hint="the log file of this run has the details; please report it",
    )
