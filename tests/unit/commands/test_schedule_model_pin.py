"""A schedule names its model, and says where the key has to be for the night."""

from pathlib import Path

import pytest

from vidgist import config
from vidgist.commands.schedule import Place, model_pin
from vidgist.errors import ConfigError


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(
        folder=tmp_path,
        home=tmp_path,
        configuration=tmp_path,
        variables=tmp_path / "environment",
        executable="/usr/bin/python3",
        user=1000,
    )


def pinned(place: Place, environ: dict[str, str], **flags: str) -> tuple[str, ...]:
    loaded = config.load(flags, environ=environ, folder=place.folder)
    return model_pin.pinned(["x"], loaded.settings, loaded.origins, environ)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({}, ("--model", "offline:")),
        ({"ANTHROPIC_API_KEY": "k"}, ("--model", "anthropic:claude-haiku-4-5")),
        ({"VIDGIST_MODEL": "mistral:x"}, ("--model", "mistral:x")),
        (
            {"OPENAI_BASE_URL": "http://localhost:1234/v1"},
            ("--base-url", "http://localhost:1234/v1", "--model", "openai:"),
        ),
    ],
)
def test_what_only_this_shell_knows_is_named(
    place: Place, environ: dict[str, str], words: tuple[str, ...]
) -> None:
    assert pinned(place, environ) == (*words, "x")


def test_a_model_that_is_named_already_stays_as_it_is(place: Place) -> None:
    assert pinned(place, {"OPENAI_API_KEY": "k"}, model="groq:m") == ("x",)
    (place.folder / "vidgist.toml").write_text('model = "offline:"\n', encoding="utf-8")
    assert pinned(place, {}) == ("x",)


def test_several_keys_leave_no_schedule_open(place: Place) -> None:
    with pytest.raises(ConfigError, match="several keys"):
        pinned(place, {"OPENAI_API_KEY": "k", "XAI_API_KEY": "k"})


@pytest.mark.parametrize(
    ("model", "base_url", "kept", "missing"),
    [
        ("openai:gpt", "", "", True),
        ("openai:gpt", "", "OPENAI_API_KEY=k", False),
        ("openai:gpt", "", "# OPENAI_API_KEY=k", True),
        ("openai:gpt", "", "OPENAI_API_KEY=", True),
        ("gemini:g", "", "GOOGLE_API_KEY=k", False),
        ("anthropic:c", "", "OPENAI_API_KEY=k", True),
        ("openai:m", "http://localhost:1234/v1", "", False),
        ("ollama:m", "", "", False),
        ("offline:", "", "", False),
        ("command:llm", "", "", False),
    ],
)
def test_a_key_that_the_night_will_not_have_is_told(
    place: Place, model: str, base_url: str, kept: str, missing: bool
) -> None:
    place.variables.write_text(kept, encoding="utf-8")
    settings = config.Settings(model=model, base_url=base_url)
    told = model_pin.missing_key(model, settings, place)
    assert bool(told) is missing
    assert not told or str(place.variables) in told
