"""What is known of a run that goes on: who is at what, how much is done, and how long the rest may take.

A fold over events, without a terminal. Times are seconds of one clock.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from vidgist.events import (
    Asking,
    Done,
    Event,
    Failed,
    Planned,
    Retrying,
    Skipped,
    Stopped,
    Working,
)
from vidgist.models import Item
from vidgist.ui import phrases

_RECENT = 30
"""Items that the time left is worked out from: the last ones, as a server's speed changes in a night."""

_USUAL_SECONDS = 600.0
"""Length that is assumed of a talk while no length is known."""

_BASE_SECONDS = 120.0
"""Seconds added to every talk's length: the fixed cost of an item."""

_HALF = 0.5
"""Share of an item under way that is taken to be done."""

_LEAST = 0.1
"""Share of the time that was expected that is always left: what is late is not over."""

_PLACE = "waiting for a place"
_STAGES = {"fetch": "fetching", "ready": _PLACE, "summarize": "summarizing"}

Key = tuple[str, str]


@dataclass
class Call:
    """A call to a model, or what is to be made again at ``until``."""

    stage: str
    tokens: int = 0
    rate: float | None = None
    reason: str = ""
    until: float = 0.0


@dataclass
class Flight:
    """An item under way. ``calls`` are those to a model by their names."""

    title: str
    stage: str
    since: float
    calls: dict[str, Call] = field(default_factory=dict)

    def step_text(self, now: float) -> str:
        """Return what is being done, in a few words."""
        calls = self.calls.values()
        written = sum(call.tokens for call in calls)
        if written:
            rate = sum(call.rate or 0.0 for call in calls)
            return f"{written:,} tokens written{f', {rate:.0f}/s' if rate else ''}"
        asked = sum(call.stage == "ask" for call in calls)
        if asked:
            return "asking" if asked == 1 else f"asking, {asked} parts"
        if any(call.stage == "wait" for call in calls):
            return _PLACE
        for call in calls:
            return f"again in {max(0, round(call.until - now))} s: {call.reason}"
        return self.stage


class Progress:
    """Count events. ``tokens`` and ``cost`` (US dollars, None: no price known) are of calls that are over."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.began = clock()
        self.flights: dict[Key, Flight] = {}
        self.done = self.failed = self.requests = self.tokens = self.calls = 0
        self.cost: float | None = 0.0
        self.is_planned = False
        self.stopped = ""
        self._ahead: dict[Key, float] = {}
        self._known = 0.0
        self._unknown = 0
        self._recent: deque[tuple[float, float]] = deque(maxlen=_RECENT)
        self._since = self.began

    @property
    def left(self) -> int:
        """Return items that are known and not over."""
        return len(self._ahead)

    @property
    def expected(self) -> int:
        """Return items known so far, those that are over among them."""
        return self.done + self.failed + self.left

    @property
    def under_way(self) -> list[Flight]:
        """Return items that are being worked on."""
        return [flight for flight in self.flights.values() if flight.stage != _PLACE]

    @property
    def waiting(self) -> list[Flight]:
        """Return items that are fetched and wait for a place; none after a stop, as they get none then."""
        return [flight for flight in self.flights.values() if flight.stage == _PLACE and not self.stopped]

    def __call__(self, event: Event) -> None:
        match event:
            case Planned():
                self.is_planned = True
            case Working():
                self._enter(event)
            case Asking():
                self._ask(event)
            case Retrying():
                self._again(event)
            case Done():
                self.done += 1
                self._leave(event.item, counts=not event.reused)
            case Failed():
                self.failed += 1
                self._leave(event.item, counts=False)  # which is quick, and says nothing of the others
            case Skipped(why="left"):
                self.flights.pop((event.item.source, event.item.id), None)
            case Skipped():
                self._leave(event.item, counts=False)
            case Stopped():
                self.stopped = event.code
            case _:
                pass

    def shows(self, what: str) -> bool:
        """Return whether an item under way is the one that a call is for."""
        return self._flight_of(what) is not None

    def seconds_left(self) -> float | None:
        """Return how long the rest may take, from what the last items took; None before there was one."""
        if not self._recent or not self._ahead:
            return None
        last = self._recent[-1][0]
        usual = self._usual()
        half = _HALF * usual * len(self.under_way)
        made = sum(weight for _, weight in self._recent)
        rest = max(self._known + self._unknown * usual - half, 0.0)
        expected = rest * (last - self._since) / (made + half)
        since = self._clock() - last
        return max(expected - since, _LEAST * (expected + since))

    def _usual(self) -> float:
        """Return the weight of an item whose length is unknown: the mean of those over."""
        return sum(weight for _, weight in self._recent) / len(self._recent)

    def _enter(self, event: Working) -> None:
        key = event.item.source, event.item.id
        self.requests = max(self.requests, event.requests)
        if event.stage == "wait":
            if self.flights.pop(key, None) is None and key not in self._ahead:
                self._expect(key, event.item)
            return
        if key not in self._ahead:
            self._expect(key, event.item)
        stage = "listening" if event.stage == "fetch" and event.item.recording else _STAGES[event.stage]
        known = self.flights.get(key)
        title = event.title or (known.title if known else "") or phrases.name(event.item)
        self.flights[key] = Flight(title, stage, self._clock())

    def _expect(self, key: Key, item: Item) -> None:
        seconds = item.video.seconds if item.video else None
        self._ahead[key] = _BASE_SECONDS + seconds if seconds else 0.0
        self._known += self._ahead[key]
        self._unknown += not seconds

    def _leave(self, item: Item, *, counts: bool) -> None:
        key = item.source, item.id
        self.flights.pop(key, None)
        weight = self._ahead.pop(key, None)
        if weight is None:
            return
        self._known -= weight
        self._unknown -= not weight
        if counts:
            if len(self._recent) == _RECENT:
                self._since = self._recent[0][0]
            self._recent.append((self._clock(), weight or _BASE_SECONDS + _USUAL_SECONDS))

    def _ask(self, event: Asking) -> None:
        if event.stage == "over":
            self.calls += event.usage.calls
            self.tokens += event.usage.tokens
            self.cost = None if self.cost is None or event.cost is None else self.cost + event.cost
        flight = self._flight_of(event.what, begins=event.stage == "wait")
        if flight is None:
            return
        if event.stage == "over":
            flight.calls.pop(event.what, None)
        else:
            flight.calls[event.what] = Call(event.stage, event.tokens, event.rate)

    def _again(self, event: Retrying) -> None:
        flight = self._flight_of(event.what)
        if flight is not None:
            reason = phrases.visible(event.reason).removesuffix(".")
            until = self._clock() + event.seconds
            flight.calls[event.what] = Call("again", reason=reason, until=until)

    def _flight_of(self, what: str, *, begins: bool = False) -> Flight | None:
        """Return the item that a call is for: the one whose title it begins with, the longest such.

        Of several of one title, one that has that call, or that has none yet where it ``begins``.
        """
        fitting = [flight for flight in self.flights.values() if what.startswith(flight.title)]
        ranked = [flight for flight in fitting if (what in flight.calls) != begins] or fitting
        return max(ranked, key=lambda flight: len(flight.title), default=None)
