"""Hands the notes of a run from its threads to the one that reads them."""

import queue
import threading
from collections.abc import Iterator
from datetime import datetime

from vidgist.bounds.scope import BREATH, Scope
from vidgist.events import Event, Failed
from vidgist.models import Note

_BACKLOG = 8
"""Notes that wait for their reader before the run waits for it."""


class Handover:
    """A bounded queue that its reader can leave at any time."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._notes: queue.Queue[Note | None] = queue.Queue(_BACKLOG)
        self._left = threading.Event()

    def put(self, note: Note | None) -> None:
        """Hand a note over, None for the last; once the reader is gone, drop it."""
        while not self._left.is_set():
            try:
                self._notes.put(note, timeout=BREATH)
            except queue.Full:
                continue
            return

    def hear(self, event: Event) -> None:
        """Hand over a note for each input of which nothing could be made."""
        if isinstance(event, Failed) and not event.item.source:
            self.put(Note(item=event.item, created=datetime.now(), failure=event.failure))

    def read(self) -> Iterator[Note]:
        """Yield the notes until the last. Raises what ends the scope."""
        try:
            while (note := self._next()) is not None:
                yield note
        finally:
            self._left.set()

    def _next(self) -> Note | None:
        while True:
            try:
                return self._notes.get(timeout=self._scope.breath)
            except queue.Empty:
                self._scope.check()
