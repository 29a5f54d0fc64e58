"""When what failed is tried again. Pure.

A failure that may pass is tried at each of the next three runs, then after 1, 3, 7 and every 30 days. Final
is what the site calls final, and that a video older than a month has no captions.
"""

from datetime import date, timedelta

from vidgist.models import Failure

RUNS = 3
"""Number of next runs that try again on any day."""

GAPS = (1, 3, 7, 30)
"""Days from one try to the next after that; the last gap repeats."""

SETTLED = 31
"""Days after which captions that never came are not awaited any more."""

_AWAITED = ("no_captions", "no_speech")
"""Codes of a video without words, which may get some while it is young."""

_PASSING = (*_AWAITED, "captions_locked", "empty_captions", "garbled_captions", "no_sound", "format")
"""Codes that a site's answer may have today and not tomorrow."""


def planned(
    failure: Failure, earlier: Failure | None, today: date, *, remote: bool, published: date | None
) -> Failure:
    """Return the failure with the number of its try and the day of the next one.

    ``earlier`` is how the same item failed before, ``published`` the day of the video.
    """
    retry = failure.retry
    if remote and retry == "never" and failure.code in _PASSING:
        retry = "later"
    if failure.code in _AWAITED and published and (today - published).days > SETTLED:
        retry = "never"
    same = earlier is not None and (earlier.stage, earlier.code) == (failure.stage, failure.code)
    tries = earlier.tries + 1 if earlier is not None and same else 1
    days = gap(tries)
    due = today + timedelta(days=days) if retry != "never" and days else None
    return failure.model_copy(update={"retry": retry, "tries": tries, "due": due})


def is_due(failure: Failure, today: date) -> bool:
    """Return whether a run on that day tries again by itself."""
    return failure.retry != "never" and (failure.due is None or failure.due <= today)


def gap(tries: int) -> int:
    """Return the days until the next try after so many; 0 for the next run."""
    return GAPS[min(tries - RUNS, len(GAPS)) - 1] if tries > RUNS else 0
