"""Stand-ins for the doors, for tests of what lies between them."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from vidgist.errors import ItemError, RunError
from vidgist.events import Event
from vidgist.models import (
    Answer,
    ConceptMap,
    Edge,
    Evidence,
    Fetched,
    Item,
    Node,
    Point,
    Ref,
    Segment,
    Summary,
    Transcript,
    Usage,
    Video,
)
from vidgist.protocols import Visit, at_once

Kind = TypeVar("Kind")
MADE = datetime(2026, 1, 31, 2, 30, 0, 125)


def item(number: int, *, source: str = "site", **changes: object) -> Item:
    return Item.model_validate(
        {
            "source": source,
            "id": f"video{number:06}",
            "name": f"video{number:06}",
            "url": f"https://site.example/{number}",
            **changes,
        }
    )


def summary(text: str = "Water boils at a lower temperature up there.") -> Summary:
    point = Point(label="Boiling", text=text, evidence=(Evidence(quote="water boils", start=1.5),))
    return Summary(
        core_ideas=(point, point, point),
        core_point=point,
        fundamental_point=Point(label="Pressure", text="Pressure decides."),
        framework="From kettle to mountain.",
        concept_map=ConceptMap(
            nodes=(Node(id="a", label="water (hot)"), Node(id="b", label="steam")),
            edges=(Edge(source="a", target="b", label="becomes"),),
        ),
    )


class Site:
    """A source whose inputs are numbers, ``7``, or ranges, ``1-9``, which it lists.

    ``faults`` are raised by the visit of that id, each once for every time that it stands there;
    ``listing_faults`` by requests for the pages of a list after its first, which end at multiples of ``page``.
    """

    def __init__(self, *, name: str = "site", remote: bool = True) -> None:
        self.name = name
        self.remote = remote
        self.requests: Counter[str] = Counter()
        self.faults: dict[str, list[ItemError | RunError | Exception]] = {}
        self.visits: list[str] = []
        self.words = "water boils sooner on a mountain and that is why tea is weak up there"
        self.published: dict[str, object] = {}
        self.heard_by = ""
        self.listing_faults: list[Exception] = []
        self.page = 100
        self.is_closed = False

    def claims(self, ref: str) -> bool:
        return ref.replace("-", "").isdigit()

    def lists(self, ref: str) -> bool:
        return "-" in ref

    def expand(self, ref: Ref, visit: Visit = at_once, /) -> Iterator[Item]:
        first, _, last = ref.text.partition("-")
        if last:
            visit(self._ask_for_page)
        for number in range(int(first), int(last or first) + 1):
            if last and number > int(first) and number % self.page == 0:
                visit(self._ask_for_next_page)
            yield item(number, source=self.name, origin=ref.origin)

    def _ask_for_page(self) -> None:
        self.requests["playlist"] += 1

    def _ask_for_next_page(self) -> None:
        self._ask_for_page()
        if self.listing_faults:
            raise self.listing_faults.pop(0)

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        self.requests["page"] += 1
        self.visits.append(item.id)
        if self.faults.get(item.id):
            raise self.faults[item.id].pop(0)
        video = Video.model_validate(
            {"title": f"Talk {item.id}", "seconds": 90, "published": self.published.get(item.id)}
        )
        segments = (
            Segment(start=0, duration=5, text=f"{self.words} {item.id} {' '.join(captions)}".strip()),
        )
        return Fetched(
            video=video, transcript=Transcript(segments=segments, language="en", heard_by=self.heard_by)
        )

    def close(self) -> None:
        self.is_closed = True


class Thinker:
    """A summarizer that counts; ``faults`` as in `Site`, by the title's last word."""

    def __init__(self, fingerprint: str = "one") -> None:
        self.fingerprint = fingerprint
        self.calls: list[str] = []
        self.faults: dict[str, list[Exception]] = {}
        self.hold: threading.Event | None = None

    def summarize(self, video: Video, transcript: Transcript) -> Answer:
        identity = video.title.split()[-1]
        if self.hold is not None:
            assert self.hold.wait(60)
        self.calls.append(identity)
        if self.faults.get(identity):
            raise self.faults[identity].pop(0)
        return Answer(
            summary=summary(f"{self.fingerprint}: {transcript.text[:40]}"),
            model="fake:one",
            prompt="summary@1",
            usage=Usage(input_tokens=100, output_tokens=20, calls=1),
            created=MADE,
        )

    def estimate(self, video: Video, transcript: Transcript) -> Usage:
        return Usage(input_tokens=len(transcript.text.split()), output_tokens=20, calls=1)


class Ears:
    """A reporter that remembers."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.events if isinstance(event, kind)]
