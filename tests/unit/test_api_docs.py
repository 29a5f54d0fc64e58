"""Every example in docs/library.md and README.md runs as it stands, against the loopback sites."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.aside import aside
from tests.doubles.llm import Llm
from tests.doubles.youtube import YouTube

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def _examples() -> list[object]:
    return [
        pytest.param(code, id=f"{page}-{number}")
        for page in ("README.md", "docs/library.md")
        for number, code in enumerate(_CODE.findall((ROOT / page).read_text("utf-8")), 1)
    ]


def _unpaced(code: str) -> str:
    """Return the example without waits between requests to a site."""
    return code.replace(", pace=2", "").replace("Settings(", "Settings(pace=0, ")


def test_there_are_examples() -> None:
    assert len(_examples()) >= 9


@pytest.mark.parametrize("code", _examples())
def test_an_example_runs(
    code: str,
    youtube: YouTube,
    llm: Llm,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nobody")
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    shutil.copy(ROOT / "examples" / "deepseek-ptx.en.vtt", "talk.vtt")
    shutil.copy(ROOT / "examples" / "gettysburg-address.srt", "other.vtt")
    bread = youtube.catalogue.videos["bread_talk1"]
    youtube.catalogue.add(replace(bread, id="WDsAhkFsKfE"))
    program = compile(_unpaced(code), "example", "exec")
    aside(lambda: exec(program, {"__name__": "example"}))
    assert capsys.readouterr().out or "import" in code
