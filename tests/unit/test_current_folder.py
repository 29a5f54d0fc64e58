"""Nothing of the folder that the program begins in is imported, by us or by yt-dlp."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vidgist import __main__ as program

_MODULES = ("typer.py", "yt_dlp.py", "pydantic/__init__.py", "yt_dlp_plugins/extractor/evil.py")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder whose modules write down that they ran."""
    for name in _MODULES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"open({str(tmp_path / 'RAN')!r}, 'a').write(__name__)\n")
    return tmp_path


_LOAD_YT_DLP = """
import sys
from vidgist.__main__ import leave_current_folder
leave_current_folder()
from yt_dlp import YoutubeDL
import typer, pydantic
YoutubeDL({"quiet": True, "cachedir": False})
"""


@pytest.mark.parametrize(
    ("command", "environ"),
    [
        ((sys.executable, "-P", "-m", "vidgist", "config"), {}),
        ((sys.executable, "-m", "vidgist", "config"), {}),
        (
            (shutil.which("vidgist", path=str(Path(sys.executable).parent)) or "", "config"),
            {"PYTHONPATH": ""},
        ),
        (
            (shutil.which("vidgist", path=str(Path(sys.executable).parent)) or "", "config"),
            {"PYTHONPATH": f"{os.pathsep}/nowhere"},
        ),
        ((sys.executable, "-c", _LOAD_YT_DLP), {}),
    ],
)
def test_no_module_of_the_current_folder_runs(
    here: Path, command: tuple[str, ...], environ: dict[str, str]
) -> None:
    if not command[0]:
        pytest.skip("the program is not installed beside this Python")
    done = subprocess.run(
        command, cwd=here, env={**os.environ, **environ}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not (here / "RAN").exists(), (here / "RAN").read_text()


def test_the_folder_that_vidgist_is_found_in_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = Path(program.__file__).parents[1]
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), str(source)])
    monkeypatch.chdir(tmp_path)
    program.leave_current_folder()
    assert sys.path == [str(source)]
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), str(source)])
    monkeypatch.chdir(source)
    program.leave_current_folder()
    assert sys.path == ["", str(tmp_path), str(source)]
