"""Prices: known, unknown, a user's own, and the arithmetic."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist import config
from vidgist.config import providers
from vidgist.errors import ConfigError
from vidgist.llm import prices
from vidgist.models import Usage

ROOT = Path(__file__).parents[3]

MILLION = Usage(input_tokens=1_000_000, output_tokens=1_000_000)


def write(text: str) -> Path:
    folder = config.user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / prices.USER_FILE
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("model", "dollars"),
    [
        ("openai:gpt-5-nano", 0.45),
        ("openai:gpt-5", 11.25),
        ("openai:gpt-4o-mini-2024-07-18", 0.75),
        ("offline:", 0.0),
        ("offline:extractive", 0.0),
        ("local:model-1a2b3c4d", 0.0),
        ("openai:gpt-5-nanotech", None),
        ("openai:llama3", None),
        ("other:gpt-5", None),
    ],
)
def test_a_million_tokens_each_way(model: str, dollars: float | None) -> None:
    assert prices.cost(model, MILLION) == (None if dollars is None else pytest.approx(dollars))


def test_cached_input_is_cheaper_and_never_more_than_the_input() -> None:
    seen = Usage(input_tokens=1_000_000, cached_tokens=400_000)
    assert prices.cost("openai:gpt-5-nano", seen) == pytest.approx(0.6 * 0.05 + 0.4 * 0.005)
    odd = Usage(input_tokens=1_000_000, cached_tokens=9_000_000)
    assert prices.cost("openai:gpt-5-nano", odd) == pytest.approx(0.005)


def test_the_batch_api_takes_half() -> None:
    assert prices.cost("openai:gpt-5-nano", MILLION, batch=True) == pytest.approx(0.225)


def test_only_this_machine_costs_nothing_by_hand() -> None:
    assert set(prices.shipped().models) == {"offline:*", "local:*"}


def test_the_generated_list_has_a_source_a_date_and_a_price_for_each_model_that_is_usual() -> None:
    listed = prices.generated()
    assert re.fullmatch(r"genai-prices \d+\.\d+\.\d+", listed["source"])
    assert date.fromisoformat(listed["updated"])
    assert len(listed["models"]) > 1_000
    for name, (paid, cached, written) in listed["models"].items():
        assert min(paid, cached or 0.0, written) >= 0, name
        assert name.partition(":")[0] in providers.table()


@pytest.mark.parametrize(
    "model",
    [
        "openai:gpt-4o",
        "anthropic:claude-haiku-4-5",
        "gemini:gemini-2.5-flash",
        "mistral:mistral-small-latest",
    ],
)
def test_what_is_asked_where_no_model_is_named_has_a_price(model: str) -> None:
    assert (prices.cost(model, MILLION) or 0) > 0


def test_a_price_that_depends_on_the_hour_is_unknown() -> None:
    assert prices.cost("deepseek:deepseek-chat", MILLION) is None


def test_the_shipped_file_is_what_the_script_writes() -> None:
    """With the version of genai-prices that it names; with another there is nothing to compare."""
    metadata = pytest.importorskip("importlib.metadata")
    pytest.importorskip("genai_prices")
    if prices.generated()["source"] != f"genai-prices {metadata.version('genai-prices')}":
        pytest.skip("another version of genai-prices")
    ended = subprocess.run([sys.executable, "scripts/prices.py", "--check"], check=False, cwd=ROOT)
    assert ended.returncode == 0


def test_a_users_list_comes_first_and_its_longest_pattern_fits() -> None:
    write(
        "batch = 0.25\n[models]\n"
        '"openai:gpt-5-nano" = { input = 1, output = 2 }\n'
        '"openai:llama*" = { input = 0, output = 0 }\n'
        '"openai:llama-big*" = { input = 4, output = 4 }\n'
    )
    assert prices.cost("openai:gpt-5-nano", MILLION) == 3
    assert prices.cost("openai:gpt-5-nano", MILLION, batch=True) == 0.75
    assert prices.cost("openai:llama3.2", MILLION) == 0
    assert prices.cost("openai:llama-big-3", MILLION) == 8
    assert prices.cost("openai:gpt-5-mini", MILLION) == pytest.approx(2.25)
    assert prices.cost("openai:gpt-5-nano", Usage(input_tokens=10**6, cached_tokens=10**6)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[models", "prices.toml"),
        ("[models]\nx = { input = 1 }", "models.x.output"),
        ("[models]\nx = { input = -1, output = 1 }", "models.x.input"),
        ("[models]\nx = { input = 1, output = 1, tax = 1 }", "models.x.tax"),
        ("batch = 2", "batch"),
    ],
)
def test_a_wrong_list_is_named_with_its_place(text: str, said: str) -> None:
    path = write(text)
    with pytest.raises(ConfigError, match=said) as caught:
        prices.cost("openai:gpt-5", MILLION)
    assert str(path) in str(caught.value)


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**7))
def test_costs_add_up_and_are_never_negative(fresh: int, cached: int, output: int) -> None:
    usage = Usage(input_tokens=fresh + cached, cached_tokens=cached, output_tokens=output)
    price = prices.Price(input=2, cached=0.5, output=8)
    assert price.cost(usage + usage) == pytest.approx(2 * price.cost(usage))
    assert price.cost(usage) >= 0
