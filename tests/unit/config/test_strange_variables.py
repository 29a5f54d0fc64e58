"""A variable that is called like a setting and is none is named, with what is meant; its value never is."""

from pathlib import Path

import pytest

from vidgist import config
from vidgist.errors import ConfigError


def _told(folder: Path, **environ: str) -> str:
    return "\n".join(config.load({}, environ=environ, folder=folder).notices)


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("VIDGIST_MODLE", "VIDGIST_MODEL"),
        ("VIDGIST_FORMAT", "VIDGIST_FORMATS"),
        ("VIDGIST_BASEURL", "VIDGIST_BASE_URL"),
        ("VIDGIST_MAXCOST", "VIDGIST_MAX_COST"),
        ("vidgist_output", "VIDGIST_OUTPUT"),
    ],
)
def test_a_mistyped_variable_is_named_with_what_is_meant(tmp_path: Path, variable: str, meant: str) -> None:
    told = _told(tmp_path, **{variable: "sk-secret"})
    assert variable in told
    assert meant in told
    assert "sk-secret" not in told


def test_what_is_like_no_setting_is_named_alone(tmp_path: Path) -> None:
    assert _told(tmp_path, VIDGIST_ZZZZ="1") == (
        "the variable VIDGIST_ZZZZ sets nothing; vidgist config lists the settings"
    )


def test_right_variables_and_those_of_others_are_passed_over(tmp_path: Path) -> None:
    right = {"VIDGIST_MODEL": "offline:", "VIDGIST_DATABASE": "postgresql://h/n", "VIDGIST_SUBJECT": "x"}
    assert not _told(tmp_path, **right, MY_VIDGIST_X="1", VIDGIST="git+https://example.org/x")


def test_a_mistyped_field_of_a_template_is_named_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load({"name_template": "{titel}"}, environ={}, folder=tmp_path)
    assert str(caught.value) == "name_template (flag): no field is called {titel}; {title} is meant?"
