"""Where the program is started: locales, missing parts, a package inside a zip file."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import vidgist

TALK = """1
00:00:00,000 --> 00:00:05,000
A kettle knows when to stop because steam bends a strip of two metals.

2
00:00:05,000 --> 00:00:10,000
The lid must be shut, or the steam never reaches the switch.
"""


def _run(folder: Path, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    given = {"HOME": str(folder), "VIDGIST_STATE": str(folder / "state"), "PATH": os.environ["PATH"]}
    return subprocess.run(
        command,
        cwd=folder,
        env=given | environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="file names are always Unicode there")
def test_a_locale_that_cannot_name_a_file_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "talk.srt").write_text(TALK)
    (tmp_path / "list.txt").write_text("水壶.srt\ntalk.srt\n", encoding="utf-8")
    ended = _run(
        tmp_path,
        *(sys.executable, "-P", "-m", "vidgist", "run", "--from-file", "list.txt", "--model", "offline:"),
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    assert "a bug" not in ended.stderr
    assert ended.returncode == 1
    assert [path.name for path in (tmp_path / "notes").glob("talk*")] == ["talk-talk.txt"]


def test_a_missing_dependency_is_named_in_one_line(tmp_path: Path) -> None:
    code = "import sys; sys.modules['typer'] = None; from vidgist.__main__ import main; main()"
    ended = _run(tmp_path, sys.executable, "-c", code)
    assert ended.returncode == 2
    assert ended.stderr == "vidgist: typer is missing: install vidgist again with its dependencies\n"


def test_prompts_are_found_in_a_zip_file(tmp_path: Path) -> None:
    package = Path(next(iter(vidgist.__path__)))
    with zipfile.ZipFile(tmp_path / "v.pyz", "w") as packed:
        for path in package.rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                packed.write(path, path.relative_to(package.parent))
        if not (package / "prompts").is_dir():
            for path in (package.parents[1] / "prompts").glob("*.md"):
                packed.write(path, f"vidgist/prompts/{path.name}")
        packed.writestr("__main__.py", "from vidgist.cli import main\nmain()\n")
    ended = _run(tmp_path, sys.executable, "v.pyz", "prompts", "list")
    assert ended.returncode == 0, ended.stderr
    assert "summary" in ended.stdout
