"""What a thousand, a hundred thousand and ten million videos take on paper: ``python -m benchmarks.paper``.

Every assumption stands here by name, with where it is from; the tables in docs/scale.md are computed from them.
"""

import sys
from pathlib import Path

from benchmarks.measuring import table
from benchmarks.run import put

DOCUMENT = Path(__file__).parents[1] / "docs" / "scale.md"

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

PRICES = {"gpt-5.4-nano": (0.20, 1.25), "gpt-5.4-mini": (0.75, 4.50)}
"""US dollars a million tokens in and out (src/vidgist/llm/prices.toml, with its date)."""

BATCH = 0.5
TRANSCRIPT, ANSWERS, RECORD, LEDGER = 5_800, 3_000, 14_000, 2_000
"""Bytes a video: the transcript as it is kept, compressed (measured on the same talk), reply and answer, the
record with all words, rows and indexes."""

CPU = 0.08
"""Seconds a video, of a worker (measured below, with pages lighter than YouTube's own)."""

COMMITS = 56
"""A video, in PostgreSQL: claims, memory, places, ledger (measured with ``pg_stat_database``)."""


def model() -> str:
    """One column a size."""
    tokens_in, tokens_out = TRANSCRIPT_TOKENS + PROMPT, ANSWER
    rows: list[tuple[str, ...]] = [
        ("requests to YouTube", *(_count(REQUESTS * n) for n in VIDEOS)),
        ("hours of one address", *(_hours(REQUESTS * n / REQUESTS_AN_HOUR) for n in VIDEOS)),
        ("hours of one worker at its usual pace", *(_hours(PACE * n / 3_600) for n in VIDEOS)),
        ("addresses to be done in 30 days", *(_ceil(REQUESTS * n / REQUESTS_AN_HOUR / 720) for n in VIDEOS)),
        ("tokens in and out", *(_count((tokens_in + tokens_out) * n) for n in VIDEOS)),
        (
            "calls in flight to keep up with those addresses",
            *(
                _ceil(
                    SECONDS_A_CALL
                    * _whole(REQUESTS * n / REQUESTS_AN_HOUR / 720)
                    * REQUESTS_AN_HOUR
                    / REQUESTS
                    / 3_600
                )
                for n in VIDEOS
            ),
        ),
    ]
    for name, (price_in, price_out) in PRICES.items():
        each = (tokens_in * price_in + tokens_out * price_out) / 1_000_000
        rows.append(
            (f"{name}, live / by batch", *(f"${each * n:,.0f} / ${each * n * BATCH:,.0f}" for n in VIDEOS))
        )
    rows += [
        ("records", *(_bytes(RECORD * n) for n in VIDEOS)),
        ("memory and ledger", *(_bytes((TRANSCRIPT + ANSWERS + LEDGER) * n) for n in VIDEOS)),
        ("CPU of all workers", *(_hours(CPU * n / 3_600) for n in VIDEOS)),
        ("commits in PostgreSQL", *(_count(COMMITS * n) for n in VIDEOS)),
    ]
    return table(("", *(f"{n:,} videos" for n in VIDEOS)), rows)


def _whole(value: float) -> int:
    return max(1, -int(-value // 1))


def _ceil(value: float) -> str:
    return f"{_whole(value):,}"


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
