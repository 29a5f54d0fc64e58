"""What a thousand, a hundred thousand and ten million videos take on paper: ``python -m benchmarks.paper``.

Every assumption stands here by name, with where it is from; the tables in docs/scale.md are computed from them.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import table
from benchmarks.run import put

DOCUMENT = Path(__file__).parents[1] / "docs" / "scale.md"

Row = tuple[str, Callable[[int], str]]
"""What is counted, and how much of it so many videos take."""

VIDEOS = (1_000, 100_000, 10_000_000)

REQUESTS = 3
"""A video, at YouTube: watch page, player, caption file (docs/benchmarks.md, measured)."""

REQUESTS_AN_HOUR = 1_000
"""Of one address without an account. The yt-dlp wiki says about 300 videos an hour for a guest; nobody promises."""

PACE = 2.25
"""Seconds between two visits, with the jitter: what vidgist does when nothing else is said."""

SECONDS_A_CALL = 15.0
"""Of a reply of 700 tokens: 50 tokens a second and a second for the prompt."""

TRANSCRIPT_TOKENS = 2_651
"""Of twelve minutes, 1,900 words, as vidgist estimates them (benchmarks/corpus.py, measured)."""

PROMPT, ANSWER = 900, 700
"""Tokens: the shipped prompt with its schema, and a summary of three to eight ideas with quotes."""

TOKENS_A_MINUTE = {"first": 200_000, "second": 2_000_000}
"""Of an account at OpenAI, by its tier, as the page of a small model says; other providers differ."""

BATCH_FILE, BATCH_REQUEST = 200_000_000, 19_000
"""Bytes: the most of one file, and a request with this transcript; 50,000 requests would be the other limit."""

PRICES = {"gpt-5.4-nano": (0.20, 1.25), "gpt-5.4-mini": (0.75, 4.50)}
"""US dollars a million tokens in and out (src/vidgist/llm/prices.toml, with its date)."""

BATCH = 0.5
TRANSCRIPT, ANSWERS, RECORD, LEDGER = 5_800, 3_000, 14_000, 2_000
"""Bytes a video: the transcript as it is kept, compressed (measured on the same talk), reply and answer, the
record with all words, rows and indexes."""

CPU = 0.08
"""Seconds a video, of a worker (measured below, with pages lighter than YouTube's own)."""

COMMITS = 65
"""A video with two calls, in PostgreSQL: claims, memory, places, ledger (measured with ``pg_stat_database``)."""

CONNECTIONS = 10
"""Of a worker, at most: four for its threads, four of its queue, one for each lane that listens."""

MONTH = 30 * 24
"""Hours."""


def model() -> str:
    """One column a size."""
    tokens_in, tokens_out = TRANSCRIPT_TOKENS + PROMPT, ANSWER
    rows: list[Row] = [
        ("requests to YouTube", lambda n: _count(REQUESTS * n)),
        ("hours of one address", lambda n: _hours(REQUESTS * n / REQUESTS_AN_HOUR)),
        ("hours of one worker at its usual pace", lambda n: _hours(PACE * n / 3_600)),
        ("addresses to be done in 30 days", lambda n: f"{_addresses(n):,}"),
        ("connections to PostgreSQL, a worker an address", lambda n: f"{CONNECTIONS * _addresses(n):,}"),
        ("tokens in and out, one call a video", lambda n: _count((tokens_in + tokens_out) * n)),
        *(_at_limit(tier, limit, tokens_in + tokens_out) for tier, limit in TOKENS_A_MINUTE.items()),
        ("calls in flight to keep up with those addresses", _in_flight),
        *(_price(name, prices, tokens_in, tokens_out) for name, prices in PRICES.items()),
        ("files of a batch", lambda n: f"{_whole(n / (BATCH_FILE // BATCH_REQUEST)):,}"),
        ("records", lambda n: _bytes(RECORD * n)),
        ("memory and ledger", lambda n: _bytes((TRANSCRIPT + ANSWERS + LEDGER) * n)),
        ("CPU of all workers", lambda n: _hours(CPU * n / 3_600)),
        ("commits in PostgreSQL", lambda n: _count(COMMITS * n)),
    ]
    return table(
        ("", *(f"{n:,} videos" for n in VIDEOS)), [(name, *map(cell, VIDEOS)) for name, cell in rows]
    )


def _addresses(videos: int) -> int:
    return _whole(REQUESTS * videos / REQUESTS_AN_HOUR / MONTH)


def _in_flight(videos: int) -> str:
    a_second = _addresses(videos) * REQUESTS_AN_HOUR / REQUESTS / 3_600
    return f"{_whole(SECONDS_A_CALL * a_second):,}"


def _at_limit(tier: str, limit: int, tokens: int) -> Row:
    return f"hours at the {tier} tier's {_count(limit)} tokens a minute", lambda n: _hours(
        tokens * n / limit / 60
    )


def _price(name: str, prices: tuple[float, float], tokens_in: int, tokens_out: int) -> Row:
    each = (tokens_in * prices[0] + tokens_out * prices[1]) / 1_000_000
    return (
        f"{name}: one call a video / two / one by batch",
        lambda n: " / ".join(f"${each * n * calls:,.0f}" for calls in (1, 2, BATCH)),
    )


def _whole(value: float) -> int:
    return max(1, -int(-value // 1))


def _count(value: float) -> str:
    for limit, name in ((1e9, "billion"), (1e6, "million")):
        if value >= limit:
            return f"{value / limit:,.3g} {name}"
    return f"{value:,.0f}"


def _hours(hours: float) -> str:
    if hours > 24 * 365:
        return f"{hours / 24 / 365:.1f} years"
    if hours > 48:
        return f"{hours / 24:.1f} days"
    return f"{hours:.1f} h" if hours >= 1 else f"{hours * 60:.1f} min"


def _bytes(value: float) -> str:
    return f"{value / 1e9:,.1f} GB" if value >= 1e9 else f"{value / 1e6:,.0f} MB"


def main() -> int:
    DOCUMENT.write_text(put(DOCUMENT.read_text(encoding="utf-8"), "paper", model()), encoding="utf-8")
    print(model())
    return 0


if __name__ == "__main__":
    sys.exit(main())
