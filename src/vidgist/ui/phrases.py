"""The words for what happens, shared by every display. Pure."""

import unicodedata
from itertools import accumulate
from urllib.parse import unquote

from vidgist.events import Done, Failed, Report, Retrying, Started
from vidgist.models import Item

_TITLE = 60

GOES_ON = "the same command goes on with the rest"


def visible(text: str) -> str:
    """Return one line with nothing that steers a terminal: no control, format or surrogate characters."""
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return " ".join("".join(kept).split())


def short(text: str, most: int = _TITLE) -> str:
    """Return the text on one line of at most so many columns."""
    line = visible(text)
    if columns(line) <= most:
        return line
    fitting = sum(1 for reached in accumulate(map(columns, line)) if reached < most)
    return f"{line[:fitting]}…"


def columns(text: str) -> int:
    """Count the columns that a terminal takes for a text: two for an ideograph, none for a mark on a
    letter.
    """
    return sum(_column(character) for character in text)


def _column(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def name(item: Item, title: str = "") -> str:
    """Return what an item is called: its title, else the name of its file, else its address."""
    title = title or (item.video.title if item.video else "")
    if title or not item.url.startswith("file:"):
        return title or item.url
    return unquote(item.url.rpartition("/")[2])


def money(cost: float | None) -> str:
    """Return US dollars with enough digits to distinguish calls; empty where no price is known."""
    if cost is None:
        return "cost unknown"
    return f"${cost:.2f}" if cost >= 1 else f"${cost:.4f}"


def span(seconds: float) -> str:
    """Return a length of time as people say it."""
    if seconds < 60:  # noqa: PLR2004
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def about(seconds: float) -> str:
    """Return a guess at the time left, no finer than a guess is."""
    if seconds < 55:  # noqa: PLR2004
        return f"about {max(5, 5 * round(seconds / 5))} s left"
    minutes = max(1, round(seconds / 60))
    hours, rest = divmod(minutes, 60)
    return f"about {hours} h {rest:02} min left" if hours else f"about {minutes} min left"


def begun(event: Started) -> str:
    """Return what a run does and where its notes go."""
    place = f" -> {event.output}" if event.output else ""
    return visible(f"{event.model or 'fetching'}{place}")


def outcome(event: Done) -> str:
    """Return what came of an item, in a few words."""
    words = [event.files[0]] if event.files else []
    if event.reused:
        words.append("from memory")
    elif event.usage.tokens:
        words.append(f"{event.usage.tokens:,} tokens")
        if event.cost is not None:
            words.append(money(event.cost))
    if event.supported is not None and event.supported < 1:
        words.append(f"{event.supported:.0%} of its points supported by quotes")
    return " · ".join(words)


def trouble(event: Failed) -> str:
    """Say why an item failed, where it was named, and what to do."""
    where = f" ({event.item.origin})" if event.item.origin else ""
    reason = f"{event.failure.code}: {event.failure.message.removesuffix('.')}{where}"
    again = f"; tried again {event.failure.next_try}" if event.failure.next_try else ""
    return visible(advised(reason, event.failure.hint) + again)


def advised(reason: str, hint: str) -> str:
    """Return a reason and what to do about it."""
    return f"{reason.removesuffix('.')}; {hint}" if hint else reason


def again(event: Retrying) -> str:
    return f"{short(event.what)}: {visible(event.reason).removesuffix('.')}; again in {span(event.seconds)}"


def total(report: Report) -> str:
    """Return a run in one line."""
    if is_idle(report):
        before = report.failed_before
        return f"nothing new{f', {before} failed earlier (see vidgist status)' if before else ''}"
    parts = [f"{report.done} done"]
    if report.reused:
        parts[0] += f" ({report.reused} from memory)"
    for count, word in (
        (report.failed, "failed"),
        (report.failed_before, "failed earlier"),
        (report.skipped, "done earlier"),
        (report.left, "left"),
        (report.waiting, "waiting for a batch"),
    ):
        if count:
            parts.append(f"{count} {word}")
    if report.supported is not None:
        parts.append(f"{report.supported:.0%} of points supported by quotes")
    if report.usage.calls:
        parts.append(f"{report.usage.tokens:,} tokens")
        parts.append(money(report.cost))
    if report.saved:
        parts.append(f"{money(report.saved)} saved")
    parts.append(span(report.seconds))
    return ", ".join(parts)


def is_idle(report: Report) -> bool:
    """Return whether a run found nothing to do."""
    return not (report.done or report.failed or report.left or report.waiting or report.stopped)
