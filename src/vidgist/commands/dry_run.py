"""The estimate of a run: what it would do and cost, item by item, without doing it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TextIO

from vidgist.errors import ItemError
from vidgist.events import Event, Skipped
from vidgist.llm import prices
from vidgist.models import Item, Segment, Transcript, Usage, Video
from vidgist.run.item import ItemProcessor
from vidgist.text import record
from vidgist.ui import columns, phrases

WORDS_A_SECOND = 1_900 / 523
"""Of an ordinary conversation: the talk that the record's format comes from."""
UNKNOWN_SECONDS = 600.0

_WHY = {
    "done": "done already",
    "failed": "failed earlier and not due",
    "seen": "marked as seen",
    "older": "older than asked for",
}


class PassedOver:
    """Count the items that a run would leave alone, by reason; `reasons` says so in words."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def __call__(self, event: Event) -> None:
        if isinstance(event, Skipped) and event.why in _WHY:
            self._counts[event.why] += 1

    def reasons(self) -> Iterator[str]:
        """Return a phrase for each reason that there was."""
        return (f"{self._counts[why]} {words}" for why, words in _WHY.items() if self._counts[why])


def show(
    work_list: Iterable[Item], items: ItemProcessor, model: str, stream: TextIO, passed_over: PassedOver
) -> int:
    """Print one line an item and a closing one; return how many of them cannot be done."""
    count, hopeless, total = 0, 0, Usage()
    for item in work_list:
        name = phrases.short(phrases.name(item))
        try:
            usage, basis = estimate(item, items)
        except ItemError as error:
            hopeless += 1
            head, basis = "cannot be done".ljust(len(_figures(model, Usage()))), phrases.visible(str(error))
        else:
            count, total = count + 1, total + usage
            head = _figures(model, usage)
        print(columns.hang(f"{head}  ", f"{name}  ({basis})", stream), file=stream)
    parts = [f"{count} to do, about {total.tokens:,} tokens, {_money(model, total)}", *passed_over.reasons()]
    if hopeless:
        parts.append(f"{hopeless} cannot be done")
    print(columns.hang("", "; ".join(parts), stream), file=stream)
    return hopeless


def estimate(item: Item, items: ItemProcessor) -> tuple[Usage, str]:
    """Estimate the tokens of an item and say what that rests on: its transcript, its length, or an
    assumption.

    Raises `ItemError` for an item at hand that cannot be read.
    """
    if items.is_at_hand(item):
        fetched = items.fetch(item)
        return items.estimate(fetched.video, fetched.transcript), "from its transcript"
    video = item.video or Video(title=item.url)
    spoken = round((video.seconds or UNKNOWN_SECONDS) * WORDS_A_SECOND)
    stand_in = Transcript(segments=(Segment(start=0, duration=0, text="words " * spoken),), timed=False)
    basis = "length unknown: 10 minutes assumed"
    if video.seconds:
        basis = f"from its length, {record.clock(int(video.seconds))}"
    return items.estimate(video, stand_in), basis


def _figures(model: str, usage: Usage) -> str:
    return f"{usage.tokens:>9,} tokens  {_money(model, usage):>7}"


def _money(model: str, usage: Usage) -> str:
    return phrases.money(prices.cost(model, usage))
