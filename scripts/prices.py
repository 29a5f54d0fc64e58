# ruff: noqa: ANN401 (genai-prices is met by duck typing)
"""Writes the price list that ships, from genai-prices: ``python scripts/prices.py [--check] [--date DAY]``.

For a release, with the version of genai-prices that pyproject.toml pins. One row a model of the providers in
our table: US dollars for a million tokens of input, of cached input (null: as other input) and of output.
Only what the source is sure of: a model without both prices has no row, of prices by tiers the first is
taken, and one that depends on the time of day has none. With --check nothing is written: ends with 1 where
the file differs.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "src" / "vidgist" / "llm" / "prices.json"

PROVIDERS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google": "gemini",
    "mistral": "mistral",
    "deepseek": "deepseek",
    "x-ai": "xai",
    "groq": "groq",
    "openrouter": "openrouter",
    "together": "together",
    "fireworks": "fireworks",
    "cerebras": "cerebras",
    "cohere": "cohere",
    "moonshotai": "moonshot",
}
"""Providers' names there, and ours."""


def listed(day: date) -> str:
    """Return the whole file, as prices are on a day."""
    from genai_prices.data import providers

    models: dict[str, list[float | None]] = {}
    for provider in providers:
        ours = PROVIDERS.get(str(provider.id))
        for model in provider.models if ours else ():
            row = _row(model.prices, day)
            if row is not None:
                models |= {f"{ours}:{name}": row for name in (model.id, *_names(model.match))}
    head = {"source": f"genai-prices {version('genai-prices')}", "updated": day.isoformat()}
    lines = (f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(models.items()))
    return f'{json.dumps(head)[:-1]},\n"models": {{\n' + ",\n".join(lines) + "\n}}\n"


def _row(prices: Any, day: date) -> list[float | None] | None:
    price = _on(prices, day)
    if price is None:
        return None
    paid = [_plain(getattr(price, field)) for field in ("input_mtok", "cache_read_mtok", "output_mtok")]
    return None if paid[0] is None or paid[2] is None else paid


def _on(prices: Any, day: date) -> Any:
    """The price of a day; None where it depends on the hour."""
    if not isinstance(prices, list):
        return prices
    found = None
    for one in prices:
        constraint = one.constraint
        if constraint is None:
            found = one.prices
        elif not hasattr(constraint, "start_date"):
            found = None
        elif constraint.start_date <= day:
            found = one.prices
    return found


def _plain(price: Any) -> float | None:
    """A price, or the first of its tiers."""
    price = getattr(price, "base", price)
    return float(price) if isinstance(price, Decimal | int | float) else None


def _names(match: Any) -> Iterator[str]:
    """Names that mean exactly this model."""
    if hasattr(match, "equals"):
        yield str(match.equals)
    for clause in getattr(match, "or_", ()):
        yield from _names(clause)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="compare with the file's own date; write nothing"
    )
    parser.add_argument(
        "--date", type=date.fromisoformat, default=date.today(), help="whose prices (today's)"
    )
    options = parser.parse_args()
    if not options.check:
        FILE.write_text(listed(options.date), encoding="utf-8")
        return 0
    kept = FILE.read_text("utf-8")
    return 0 if kept == listed(date.fromisoformat(json.loads(kept)["updated"])) else 1


if __name__ == "__main__":
    sys.exit(main())
