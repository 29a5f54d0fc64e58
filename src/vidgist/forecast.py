"""What a run would do and cost, item by item, without doing it."""

from collections.abc import Iterable
from typing import TextIO

from vidgist.errors import ItemError
from vidgist.llm import prices
from vidgist.models import Item, Segment, Transcript, Usage, Video
from vidgist.stages import Stages
from vidgist.ui import words

WORDS_A_SECOND = 1_900 / 523
"""Of an ordinary conversation: the talk that the record's format comes from."""
UNKNOWN_SECONDS = 600.0


def show(items: Iterable[Item], stages: Stages, model: str, stream: TextIO) -> None:
    """One line an item and a closing one."""
    count, total = 0, Usage()
    for count, item in enumerate(items, start=1):  # noqa: B007
        usage, basis = estimate(item, stages)
        total += usage
        title = item.video.title if item.video else item.url
        figures = f"{usage.tokens:>9,} tokens  {_money(model, usage):>7}"
        print(f"{figures}  {words.short(title)}  ({basis})", file=stream)
    print(f"{count} to do, about {total.tokens:,} tokens, {_money(model, total)}", file=stream)


def estimate(item: Item, stages: Stages) -> tuple[Usage, str]:
    """Expected tokens of an item and what that rests on: its transcript, its length, or an assumption."""
    if stages.is_at_hand(item):
        try:
            fetched = stages.fetch(item)
        except ItemError as error:
            return Usage(), str(error)
        return stages.estimate(fetched.video, fetched.transcript), "from its transcript"
    video = item.video or Video(title=item.url)
    spoken = round((video.seconds or UNKNOWN_SECONDS) * WORDS_A_SECOND)
    stand_in = Transcript(segments=(Segment(start=0, duration=0, text="words " * spoken),), timed=False)
    basis = "from its length" if video.seconds else "length unknown: 10 minutes assumed"
    return stages.estimate(video, stand_in), basis


def _money(model: str, usage: Usage) -> str:
    return words.money(prices.cost(model, usage))
