"""The choices beside the list before anything is chosen; ``library.js`` makes the same. Pure."""

import html
from collections import Counter
from collections.abc import Iterable, Sequence

from vidgist.site.list_entries import Entry

FIRST_CHOICES = 8
MOST_TOPICS = 300


_DATES = (
    '<fieldset class="facet dates"><legend>Date</legend>'
    '<label>From <input type="date" id="from"></label>'
    '<label>To <input type="date" id="to"></label></fieldset>'
)


def render(entries: Sequence[Entry]) -> str:
    """Return all the filters, drawn at once so that nothing moves when the script takes over."""
    status = Counter("failed" if entry.status else "done" for entry in entries)
    channels = Counter(entry.channel for entry in entries if entry.channel)
    topics = Counter(topic for entry in entries for topic in entry.topics)
    common = {topic: number for topic, number in topics.items() if number > 1}
    return "\n".join(
        (
            _field("status", "Status", status.most_common(), {"done": "Summarized", "failed": "Failed"}),
            _DATES,
            _field("channel", "Channel", _ordered(channels.items())),
            _field("topic", "Topic", _ordered((common or topics).items())[:MOST_TOPICS]),
        )
    )


def _ordered(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda one: (-one[1], one[0].casefold()))


def _field(
    name: str, legend: str, counts: Sequence[tuple[str, int]], names: dict[str, str] | None = None
) -> str:
    choices = "".join(
        f'<label><input type="checkbox" name="{name}" value="{html.escape(value)}">'
        f"<span><bdi>{html.escape((names or {}).get(value, value))}</bdi></span>"
        f'<span class="count">{number:,}</span></label>'
        for value, number in counts[:FIRST_CHOICES]
    )
    is_more = len(counts) > FIRST_CHOICES
    more = f'<button type="button" class="more"{"" if is_more else " hidden"}>Show all {len(counts)}</button>'
    return (
        f'<fieldset class="facet" id="facet-{name}"{"" if counts else " hidden"}><legend>{legend}</legend>'
        f'<div class="choices">{choices}</div>{more}</fieldset>'
    )
