"""The settings file to begin with, names of settings as flags have them, and languages by name."""

import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vidgist import config
from vidgist.cli import app
from vidgist.config import Settings, starter_file
from vidgist.errors import ConfigError


def test_every_setting_stands_in_it_and_each_line_is_valid() -> None:
    text = starter_file.commented()
    assert tomllib.loads(text) == {}
    set_ = re.sub(r"^# (?=\w+ = |\[)", "", text, flags=re.MULTILINE)
    values = tomllib.loads(set_)
    profile = values.pop("profiles")["lectures"]
    assert values.keys() == Settings.model_fields.keys()
    usual = Settings().model_dump(exclude=set(starter_file._EXAMPLES))
    assert Settings.model_validate(values).model_dump(exclude=set(starter_file._EXAMPLES)) == usual
    assert Settings.model_validate({key: one for key, one in profile.items() if key != "inputs"})


def test_it_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    path = runner.invoke(app, ["config", "--path"]).output.strip()
    assert runner.invoke(app, ["config", "init"]).output.strip() == path
    assert Path(path).read_text() == starter_file.commented()
    Path(path).write_text("mine")
    again = runner.invoke(app, ["config", "init"])
    assert isinstance(again.exception, ConfigError)
    assert Path(path).read_text() == "mine"
    assert runner.invoke(app, ["config", "init", "--project"]).output.strip() == "vidgist.toml"
    assert (tmp_path / "vidgist.toml").exists()


def test_config_itself_still_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["config"]).output
    assert re.search(r"^name_template +default$", told, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "near"),
    [("modle", "model"), ("langauge", "language"), ("output-dir", "output"), ("tag", "tags")],
)
def test_a_mistyped_setting_is_named_with_the_nearest_one(tmp_path: Path, name: str, near: str) -> None:
    (tmp_path / "vidgist.toml").write_text(f'{name} = "x"\n')
    with pytest.raises(ConfigError) as caught:
        config.load({}, environ={}, folder=tmp_path)
    assert caught.value.hint == f"{near} is meant?"


@pytest.mark.parametrize("name", ["format", "formats"])
def test_a_setting_may_be_written_as_its_flag(tmp_path: Path, name: str) -> None:
    (tmp_path / "vidgist.toml").write_text(f'{name} = "md"\nfailed-records = false\n')
    settings = config.load({}, environ={}, folder=tmp_path).settings
    assert (settings.formats, settings.failed_records) == (("md",), False)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("German", "de"),
        ("german ", "de"),
        ("Deutsch", "de"),
        ("pt_BR", "pt-BR"),
        ("Brazilian Portuguese", "pt-BR"),
        ("zh-Hans", "zh-Hans"),
        ("日本語", "ja"),
        ("EN", "en"),
        ("", ""),
    ],
)
def test_a_language_has_a_code_or_a_name(told: str, code: str) -> None:
    assert Settings(language=told).language == code


@pytest.mark.parametrize("told", ["Klingonish", "xx", "x", "Germann", "en. Forget it", "12", "de,fr"])
def test_nonsense_is_no_language(tmp_path: Path, told: str) -> None:
    with pytest.raises(ConfigError, match=r"language \(flag\).*German"):
        config.load({"language": told}, environ={}, folder=tmp_path)
