"""The report of a run: a fold over its events. Pure but for its lock."""

import threading

from vidgist.events import Done, Event, Failed, Report, Skipped, Stopped
from vidgist.models import Usage
from vidgist.protocols import Reporter


class ReportBuilder:
    """Count events and pass them on, one at a time, from any thread."""

    def __init__(self, report: Reporter) -> None:
        self._report = report
        self._listeners: list[Reporter] = []
        self._guard = threading.RLock()
        counted = ("done", "reused", "skipped", "failed", "failed_before", "left", "waiting")
        self._figures = dict.fromkeys(counted, 0)
        self._failures: dict[str, int] = {}
        self._waiting: set[tuple[str, str]] = set()
        self._supported = self._judged = 0.0
        self.stopped = ""

    @property
    def has_delivered(self) -> bool:
        """Return whether an item was done, or given up, in this run."""
        return bool(self._figures["done"] or self._figures["failed"])

    def listen(self, listener: Reporter) -> None:
        """Pass each event to another reporter too, after the first one."""
        self._listeners.append(listener)

    def __call__(self, event: Event) -> None:
        with self._guard:
            self._count(event)
            try:
                self._report(event)
            except OSError:  # the reader of the events is gone, which does not stop the run
                self._report = _nobody
        for listener in self._listeners:
            listener(event)

    def _count(self, event: Event) -> None:
        if isinstance(event, Done | Failed):
            self._waiting.discard((event.item.source, event.item.id))
            self._figures["waiting"] = len(self._waiting)
        match event:
            case Done():
                self._figures["done"] += 1
                self._figures["reused"] += event.reused
                if event.supported is not None:
                    self._supported += event.supported
                    self._judged += 1
            case Failed():
                self._figures["failed"] += 1
                code = event.failure.code
                self._failures[code] = self._failures.get(code, 0) + 1
            case Skipped(why="failed"):
                self._figures["failed_before"] += 1
            case Skipped(why="left"):
                self._figures["left"] += 1
            case Skipped(why="waiting"):
                self._waiting.add((event.item.source, event.item.id))
                self._figures["waiting"] = len(self._waiting)
            case Skipped():
                self._figures["skipped"] += 1
            case Stopped():
                self.stopped = event.code
            case _:
                pass

    def total(
        self,
        run: str,
        *,
        usage: Usage,
        cost: float | None,
        seconds: float,
        requests: dict[str, int],
        saved: float | None = None,
        exit_code: int | None = None,
    ) -> Report:
        """Return the report; its exit code is worked out where none is given."""
        with self._guard:
            share = self._supported / self._judged if self._judged else None
            return Report(
                run=run,
                **self._figures,
                failures=dict(sorted(self._failures.items())),
                usage=usage,
                cost=cost,
                saved=saved,
                supported=share,
                seconds=round(seconds, 3),
                requests=requests,
                stopped=self.stopped,
                exit_code=self.exit_code if exit_code is None else exit_code,
            )

    @property
    def exit_code(self) -> int:
        """Return the exit code of a run that ends now."""
        if self.stopped == "interrupted":
            return 130
        if self.stopped:
            return 3
        return 1 if self._figures["failed"] or self._figures["failed_before"] else 0


def _nobody(event: Event) -> None:
    del event
