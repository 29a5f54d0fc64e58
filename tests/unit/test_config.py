"""Settings: which layer wins, where each value came from, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from vidgist import config
from vidgist.errors import ConfigError


def _user_file(text: str) -> None:
    config.user_folder().mkdir(parents=True, exist_ok=True)
    (config.user_folder() / "config.toml").write_text(text, encoding="utf-8")


def test_each_layer_overrides_the_one_before(tmp_path: Path) -> None:
    _user_file('output = "a"\nprompt = "brief"\njobs = 2\nlanguage = "de"\npace = 7.0\n')
    (tmp_path / "vidgist.toml").write_text('prompt = "lecture"\njobs = 1\nlanguage = "fr"\n')
    environ = {"VIDGIST_JOBS": "4", "VIDGIST_LANGUAGE": "ja", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}
    settings, origins, *_ = config.load({"language": "zh", "limit": None}, environ=environ, folder=tmp_path)
    assert (settings.output, settings.prompt, settings.jobs) == ("a", "lecture", 4)
    assert (settings.language, settings.pace, settings.limit) == ("zh", 7.0, None)
    assert settings.base_url == "http://127.0.0.1:1/v1"
    assert origins["output"] == str(config.user_folder() / "config.toml")
    assert origins["prompt"] == str(tmp_path / "vidgist.toml")
    assert (origins["jobs"], origins["language"]) == ("VIDGIST_JOBS", "flag")
    assert (origins["limit"], origins["base_url"]) == ("default", "OPENAI_BASE_URL")


def test_lists_may_be_written_with_commas(tmp_path: Path) -> None:
    flags = {"formats": "txt, md,", "captions": "de,en", "since": "2026-01-31"}
    settings, *_ = config.load(flags, environ={}, folder=tmp_path)
    assert (settings.formats, settings.captions) == (("txt", "md"), ("de", "en"))
    assert settings.since == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ({"jobs": "0"}, r"jobs \(flag\)"),
        ({"jobs": "many"}, r"jobs \(flag\).*'many'"),
        ({"since": "yesterday"}, r"since \(flag\)"),
        ({"fresh": "everything"}, r"fresh \(flag\).*one of summary"),
        ({"colour": "red"}, "unknown setting 'colour'"),
    ],
)
def test_a_wrong_value_is_named_with_its_origin(tmp_path: Path, flags: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        config.load(flags, environ={}, folder=tmp_path)


@pytest.mark.parametrize("text", [b"output = ", b"\xff\xfe", b"colour = 1\n"])
def test_a_broken_file_is_named(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "vidgist.toml").write_bytes(text)
    with pytest.raises(ConfigError, match=r"vidgist\.toml: "):
        config.load({}, environ={}, folder=tmp_path)


def test_a_file_that_cannot_be_had_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "vidgist.toml").mkdir()
    with pytest.raises(ConfigError, match=r"vidgist\.toml: [A-Z][a-z ]+$"):
        config.load({}, environ={}, folder=tmp_path)


def test_the_environment_is_the_process_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDGIST_OUTPUT", "there")
    assert config.environment()["VIDGIST_OUTPUT"] == "there"
