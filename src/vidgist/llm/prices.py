"""What tokens cost: the shipped price lists, and a user's own before them.

A price is unknown rather than zero: a model on neither list costs None, also on a server of one's own.
"""

import fnmatch
import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import Field, NonNegativeFloat, ValidationError

from vidgist.config import user_folder
from vidgist.errors import ConfigError
from vidgist.models import Usage, Value

USER_FILE = "prices.toml"
_MILLION = 1_000_000
_SNAPSHOT = re.compile(r"-\d{4}-?\d{2}-?\d{2}$")


class Price(Value):
    """US dollars for a million tokens. ``cached`` is None where cached input costs what other input does."""

    input: NonNegativeFloat
    output: NonNegativeFloat
    cached: NonNegativeFloat | None = None

    def cost(self, usage: Usage) -> float:
        """Return US dollars."""
        cached = min(usage.cached_tokens, usage.input_tokens)
        price = self.input if self.cached is None else self.cached
        fresh = usage.input_tokens - cached
        return (fresh * self.input + cached * price + usage.output_tokens * self.output) / _MILLION


class PriceList(Value):
    """A price file. ``batch`` is the share of a price that is paid through the Batch API."""

    updated: date | None = None
    batch: float = Field(default=0.5, ge=0, le=1)
    models: dict[str, Price] = Field(default_factory=dict)

    def find(self, model: str) -> Price | None:
        """Return the price under the model's own name, that without its date, or the most exact pattern."""
        for name in (model, _SNAPSHOT.sub("", model)):
            if name in self.models:
                return self.models[name]
        patterns = (name for name in self.models if "*" in name and fnmatch.fnmatchcase(model, name))
        best = max(patterns, key=len, default=None)
        return None if best is None else self.models[best]


def cost(model: str, usage: Usage, *, batch: bool = False) -> float | None:
    """Return US dollars of a usage, None where the price of ``provider:name`` is unknown. Raises
    `ConfigError`.
    """
    return of(model, batch=batch)(usage)


def of(model: str, *, batch: bool = False) -> Callable[[Usage], float | None]:
    """Return `cost` of one model, looked up once for many usages. Raises `ConfigError`."""
    for listed in (read_user_list(user_folder() / USER_FILE), shipped()):
        price = listed.find(model)
        if price is not None:
            share = listed.batch if batch else 1.0
            return lambda usage: price.cost(usage) * share
    generated = _generated_price(model)
    if generated is None:
        return lambda _: None
    share = shipped().batch if batch else 1.0
    return lambda usage: generated.cost(usage) * share


def _generated_price(model: str) -> Price | None:
    rows = generated()["models"]
    row = next((rows[name] for name in (model, _SNAPSHOT.sub("", model)) if name in rows), None)
    return None if row is None else Price(input=row[0], cached=row[1], output=row[2])


@lru_cache(maxsize=1)
def generated() -> dict[str, Any]:
    """Return the list that scripts/prices.py has written: its source, its date, and rows of three prices a
    model.
    """
    found: dict[str, Any] = json.loads(files("vidgist.llm").joinpath("prices.json").read_text("utf-8"))
    return found


@lru_cache(maxsize=1)
def shipped() -> PriceList:
    """Return the list that is kept by hand: of what costs nothing."""
    return PriceList.model_validate(
        tomllib.loads(files("vidgist.llm").joinpath("prices.toml").read_text("utf-8"))
    )


@lru_cache(maxsize=8)
def read_user_list(path: Path) -> PriceList:
    """Return a user's list, read once; empty where there is none. Raises
    `ConfigError` saying what is wrong.
    """
    try:
        return PriceList.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return PriceList()
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(map(str, problem["loc"]))
        raise ConfigError(f"{path}: {place}: {problem['msg']}") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}") from error
