"""The examples of the documentation pass a strict type checker that has no plug-in."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from vidgist.config import Settings

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/library.md", "docs/extending.md", "docs/across.md")
_CODE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
MADE_BY_HAND = """
from datetime import date
from pathlib import Path

from vidgist.config import Settings

from vidgist import Item, Segment, Settings, Transcript, Video, summarize

Settings(model="offline:")
Settings(state=Path("state"), output=Path("notes"), prompt=Path("mine.md"), cookies=Path("cookies.txt"))
Settings(state="state", output="notes", formats="txt,md", captions=["en", "de"], since="2026-01-31", jobs=4)
Settings(state=None, since=date(2026, 1, 31), max_cost=1, plugins={"lectures": {"shelf": "north"}})
words = Transcript(segments=(Segment(start=0, duration=1, text="Hello."),))
Video(title="Bread")
Item(source="site", id="1", name="one", url="")
print(summarize(Path("talk.vtt")).summary.core_ideas[0].label)
"""
PYRIGHT = Path(sys.executable).with_name("pyright")
WRONG = "from vidgist import Settings\nSettings(model=7)\nSettings(modle='offline:')\n"


def _checked(folder: Path, files: dict[str, str]) -> str:
    (folder / "mypy.ini").write_text("[mypy]\nstrict = true\npython_version = 3.11\n")
    for name, code in files.items():
        (folder / name).write_text(code, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--cache-dir", str(folder / "c"), *files],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.stdout + ended.stderr


def _examples() -> dict[str, str]:
    files = {
        f"{Path(page).stem.lower()}_{number}.py": code
        for page in PAGES
        for number, code in enumerate(_CODE.findall((ROOT / page).read_text("utf-8")), 1)
    }
    assert len(files) >= 14
    files |= {path.name: path.read_text("utf-8") for path in (ROOT / "examples").glob("*.py")}
    return {**files, "by_hand.py": MADE_BY_HAND, "wrong.py": WRONG}


def test_the_examples_are_typed(tmp_path: Path) -> None:
    reported = _checked(tmp_path, _examples())
    complaints = [line for line in reported.splitlines() if ": error:" in line]
    assert [line for line in complaints if not line.startswith("wrong.py")] == [], reported
    assert len(complaints) == 2, reported


@pytest.mark.skipif(not PYRIGHT.exists(), reason="pyright is not installed")
def test_the_examples_are_typed_for_pyright_too(tmp_path: Path) -> None:
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "pythonVersion": "3.11"}')
    for name, code in _examples().items():
        (tmp_path / name).write_text(code, encoding="utf-8")
    ended = subprocess.run(
        [PYRIGHT, "--pythonpath", sys.executable, "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line.strip() for line in ended.stdout.splitlines() if " - error:" in line]
    assert [line for line in complaints if "/wrong.py:" not in line] == [], ended.stdout
    assert len(complaints) == 2, ended.stdout + ended.stderr


def test_what_a_program_may_give_are_the_settings_in_their_order() -> None:
    text = (ROOT / "src" / "vidgist" / "config" / "settings.py").read_text("utf-8")
    (signature,) = re.findall(r"def __init__\(\n\s+self,\n\s+\*,\n(.*?)\n\s+\) -> None", text, re.DOTALL)
    assert re.findall(r"^\s+(\w+):", signature, re.MULTILINE) == list(Settings.model_fields)
