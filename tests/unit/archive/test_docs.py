"""The example of docs/across.md runs, and the description for agents names what there is."""

import re
from pathlib import Path

import pytest
import yaml

from tests.unit.archive.folders import write

ROOT = Path(__file__).parents[3]


def test_the_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = re.findall(
        r"^```python\n(.*?)^```", (ROOT / "docs/across.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )[0]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDGIST_STATE", str(tmp_path / "state"))
    write(tmp_path / "notes")
    exec(
        compile(code.replace("Settings(max_tokens=20_000)", 'Settings(model="offline:")'), "example", "exec"),
        {"__name__": "example"},
    )
    assert "[" in capsys.readouterr().out


def test_the_description_is_a_skill() -> None:
    _, head, body = (ROOT / "docs/SKILL.md").read_text("utf-8").split("---\n", 2)
    told = yaml.safe_load(head)
    assert told["name"] == "vidgist"
    assert len(told["description"]) < 1_000
    assert "vidgist ask" in body
