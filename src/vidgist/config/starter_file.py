"""Writes a settings file to begin with: every setting, what it means and its default, as comments."""

import json
from pathlib import Path

from vidgist.config.settings import Settings
from vidgist.errors import ConfigError

_EXAMPLES = {"max_cost": "2.0", "max_tokens": "1000000", "limit": "20", "since": "2026-01-31"}
"""Values to show for settings that have none of their own."""

_HEAD = """\
## Settings of vidgist. Take away the # in front of a line to set it.
## Order: defaults < this file < vidgist.toml of the current folder < VIDGIST_* variables < --profile < flags.
## Keys of models stand in no file: they come from the environment.

"""
_PROFILE = """
## A profile: what vidgist run --profile lectures, and a schedule with it, does. It takes every setting above.
# [profiles.lectures]
# inputs = ["https://www.youtube.com/playlist?list=PL..."]
# formats = ["md"]
# output = "~/Notes/Lectures"
"""


def commented() -> str:
    """Return the whole file: valid TOML, also once the mark before any line is taken away."""
    usual = Settings()
    rows = [
        f"## {field.description}\n# {name} = {_EXAMPLES.get(name) or _toml(getattr(usual, name))}\n"
        for name, field in Settings.model_fields.items()
    ]
    return _HEAD + "\n".join(rows) + _PROFILE


def write(path: Path) -> Path:
    """Write the file where none is. Raises `ConfigError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(commented())
    except FileExistsError as error:
        raise ConfigError(f"{path} is there already and stays", hint="edit it, or move it away") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}") from error
    return path


def _toml(value: object) -> str:
    if isinstance(value, Path):
        value = str(value)
    return json.dumps(value, ensure_ascii=False)
