"""Which provider a run means, and what the table says of each."""

from pathlib import Path

import pytest

from tests.doubles.engine import Kept
from vidgist.config import Settings, providers, user_folder
from vidgist.errors import ConfigError, MissingKey
from vidgist.registry import engine


@pytest.mark.parametrize(
    ("model", "base_url", "environ", "chosen"),
    [
        ("", "", {}, ("offline", "")),
        ("", "", {"OPENAI_API_KEY": "k"}, ("openai", "")),
        ("", "", {"ANTHROPIC_API_KEY": "k"}, ("anthropic", "")),
        ("", "", {"GOOGLE_API_KEY": "k", "GEMINI_API_KEY": "k"}, ("gemini", "")),
        ("", "", {"OPENAI_API_KEY": " ", "GROQ_API_KEY": "k"}, ("groq", "")),
        ("", "", {"HF_TOKEN": "k", "GITHUB_TOKEN": "k"}, ("offline", "")),
        ("", "http://127.0.0.1/v1", {}, ("openai", "")),
        ("", "http://127.0.0.1/v1", {"OPENAI_API_KEY": "k", "GROQ_API_KEY": "k"}, ("openai", "")),
        ("", "https://api.groq.com/openai/v1", {}, ("groq", "")),
        ("offline:", "", {"OPENAI_API_KEY": "k", "GROQ_API_KEY": "k"}, ("offline", "")),
        ("openai:org/model:free", "", {}, ("openai", "org/model:free")),
        ("ollama:qwen3:8b", "", {}, ("ollama", "qwen3:8b")),
    ],
)
def test_the_model_follows_from_what_is_there(
    model: str, base_url: str, environ: dict[str, str], chosen: tuple[str, str]
) -> None:
    assert providers.choose(Settings(model=model, base_url=base_url), environ)[:2] == chosen


def test_the_one_key_that_is_there_is_said() -> None:
    told = providers.choose(Settings(), {"MISTRAL_API_KEY": "k"}).notice
    assert told == "MISTRAL_API_KEY is set: mistral:mistral-small-latest summarizes; --model names another"


def test_several_keys_want_a_name() -> None:
    with pytest.raises(ConfigError, match="OPENAI_API_KEY, XAI_API_KEY") as caught:
        providers.choose(Settings(), {"XAI_API_KEY": "k", "OPENAI_API_KEY": "k"})
    assert "--model openai:" in caught.value.hint
    assert "--model xai:" in caught.value.hint


@pytest.mark.parametrize(
    ("model", "hint"),
    [("gpt-x", "openai:gpt-x"), ("claude-x", "anthropic:claude-x"), ("llama3", "ollama:llama3")],
)
def test_a_model_must_name_its_provider(model: str, hint: str) -> None:
    with pytest.raises(ConfigError, match="names no provider") as caught:
        providers.choose(Settings(model=model), {})
    assert hint in caught.value.hint


@pytest.mark.parametrize("name", [name for name, row in providers.table().items() if row.url])
def test_each_provider_is_asked_at_its_own_address_with_its_own_key(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = providers.table()[name]
    monkeypatch.setenv(row.keys[0], "key-of-it")
    memory = Kept()
    memory.remember("capability", "localhost:11434 m", '{"window": 4096}')
    made = engine(Settings(), memory, name, "m")
    assert made.model == f"{name}:m"
    assert made.host in row.url


def test_a_missing_key_names_its_variable() -> None:
    with pytest.raises(MissingKey) as caught:
        engine(Settings(), Kept(), "gemini", "m")
    assert "GEMINI_API_KEY" in caught.value.hint


def test_a_server_without_an_address_of_its_own_asks_for_one() -> None:
    with pytest.raises(ConfigError) as caught:
        engine(Settings(), Kept(), "azure", "m")
    assert "AZURE_OPENAI_ENDPOINT" in caught.value.hint


def test_an_address_for_openai_is_none_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("GROQ_API_KEY", "k")
    made = engine(Settings(base_url="http://127.0.0.1:9/v1"), Kept(), "groq", "m")
    assert made.host == "api.groq.com"


def test_the_users_table_adds_and_changes(tmp_path: Path) -> None:
    own = tmp_path / "providers.toml"
    own.write_text('[mine]\nurl = "http://mine/v1"\nkeys = ["MINE"]\n[groq]\nmodel = "other"\n')
    rows = providers.read(own)
    assert (rows["mine"].title, rows["mine"].url) == ("mine", "http://mine/v1")
    assert (rows["groq"].model, rows["groq"].title) == ("other", "Groq")


@pytest.mark.parametrize(
    "text", ["mine = 7", "[mine]\nkeys = 7", "[mine]\nfoo = 7", "[mine", "[mine]\nname = 'x'"]
)
def test_a_broken_table_says_what_is_wrong(text: str, tmp_path: Path) -> None:
    own = tmp_path / "providers.toml"
    own.write_text(text)
    with pytest.raises(ConfigError, match=r"providers\.toml"):
        providers.read(own)


def test_the_users_table_lies_in_the_configuration_folder() -> None:
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / providers.USER_FILE).write_text('[mine]\nurl = "http://mine/v1"\n')
    assert "mine" in providers.table()
