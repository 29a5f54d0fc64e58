"""Profiles: settings and inputs under a name, and what a stranger's may not do."""

from pathlib import Path

import pytest

from vidgist import config
from vidgist.config import trust
from vidgist.errors import ConfigError

_LECTURES = """
language = "fr"
[profiles.lectures]
inputs = ["https://youtu.be/WDsAhkFsKfE", "talk.vtt"]
format = "md,html"
name-template = "{channel}/{title}"
output = "notes/lectures"
model = "ollama:qwen3"
language = "German"
"""


def _user_file(text: str) -> None:
    config.user_folder().mkdir(parents=True, exist_ok=True)
    (config.user_folder() / "config.toml").write_text(text, encoding="utf-8")


def _load(folder: Path, profile: str, **flags: object) -> config.Loaded:
    return config.load(flags, environ={"VIDGIST_LANGUAGE": "ja"}, folder=folder, profile=profile)


def test_a_profile_stands_between_the_environment_and_the_flags(tmp_path: Path) -> None:
    _user_file(_LECTURES)
    plain = _load(tmp_path, "")
    assert (plain.settings.language, plain.inputs) == ("ja", ())
    loaded = _load(tmp_path, "lectures", output="here")
    assert loaded.inputs == ("https://youtu.be/WDsAhkFsKfE", "talk.vtt")
    assert (loaded.settings.language, loaded.settings.formats) == ("de", ("md", "html"))
    assert (loaded.settings.name_template, loaded.settings.output) == ("{channel}/{title}", "here")
    assert (loaded.origins["model"], loaded.origins["output"]) == ("profile lectures", "flag")
    assert loaded.untaken == ()


def test_a_strangers_profile_sends_spends_and_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "vidgist.toml").write_text(
        _LECTURES + 'notify = "command:true"\nbase_url = "http://127.0.0.1:9/v1"\n'
    )
    loaded = _load(tmp_path, "lectures")
    assert (loaded.inputs, loaded.from_file) == ((), "")
    assert (loaded.settings.model, loaded.settings.base_url, loaded.settings.notify) == ("", "", "")
    assert loaded.settings.formats == ("md", "html")
    assert set(loaded.untaken) == {
        f"profiles.lectures.{name}" for name in ("model", "notify", "base_url", "inputs")
    }
    assert "profiles.lectures.model" in " ".join(loaded.notices)
    trust.trust(tmp_path)
    trusted = _load(tmp_path, "lectures")
    assert (trusted.settings.model, len(trusted.inputs), trusted.untaken) == ("ollama:qwen3", 2, ())


def test_a_strangers_profile_cannot_leave_its_folder_or_widen_a_bound(tmp_path: Path) -> None:
    _user_file("max_cost = 1.0\n")
    (tmp_path / "vidgist.toml").write_text(
        '[profiles.p]\noutput = "../out"\nmax_cost = 9.0\nfrom_file = "/etc/passwd"\n'
    )
    loaded = _load(tmp_path, "p")
    assert (loaded.settings.output, loaded.settings.max_cost, loaded.from_file) == ("notes", 1.0, "")


def test_a_strangers_profile_does_not_take_the_place_of_ones_own(tmp_path: Path) -> None:
    _user_file('[profiles.p]\noutput = "mine"\n')
    (tmp_path / "vidgist.toml").write_text('[profiles.p]\noutput = "theirs"\n')
    assert _load(tmp_path, "p").settings.output == "mine"


@pytest.mark.parametrize(
    ("text", "profile", "told", "hint"),
    [
        ("", "lectures", "no profile is called 'lectures'", "vidgist config --path"),
        ("[profiles.lectures]\n", "lecture", "no profile is called 'lecture'", "lectures is meant?"),
        ("[profiles.a]\n", "lectures", "no profile is called", "known: a"),
        ("profiles = 3\n", "a", "no table of tables", "[profiles.a]"),
        ("[profiles]\na = 3\n", "a", "no table of tables", "[profiles.a]"),
        ("[profiles.a]\ninputs = 3\n", "a", "no list of texts", ""),
        ("[profiles.a]\nfrom_file = 3\n", "a", "no path", ""),
        ("[profiles.a]\nmodle = 'x'\n", "a", "unknown setting 'modle'", "model is meant?"),
        ("[profiles.a]\njobs = 'many'\n", "a", "jobs (profile a)", ""),
    ],
)
def test_what_is_wrong_with_a_profile_is_said(
    tmp_path: Path, text: str, profile: str, told: str, hint: str
) -> None:
    _user_file(text)
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, profile)
    assert told in str(caught.value)
    assert hint in caught.value.hint
