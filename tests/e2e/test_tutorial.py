"""The tutorial is followed to the letter: each command of the page, in its order, in one folder."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.doubles.llm import Llm
from tests.doubles.youtube import YouTube
from tests.e2e.conftest import EXAMPLES, Vidgist
from tests.unit.commands.test_schedule_installing import Machine
from vidgist.commands import schedule
from vidgist.commands.schedule import installing

pytestmark = pytest.mark.unmeasured

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
STANDS_FOR = {"VIDEO": "bread_talk1", "PLAYLIST": "PLgood000000"}
BEFORE = ("pip install", "export ")
"""Lines that prepare a machine: `test_wheel` installs, and the key is set here."""


def commands() -> list[str]:
    blocks = re.findall(r"^```\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if not line.startswith(BEFORE)]


@pytest.fixture(autouse=True)
def _machine(llm: Llm, youtube: YouTube, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert youtube
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-loopback")
    monkeypatch.setenv("VIDGIST_PACE", "0")
    machine = Machine("")
    monkeypatch.setattr(
        schedule, "install", lambda planned, place: installing.install(planned, place, machine)
    )


def test_every_command_does_what_the_page_says(vidgist: Vidgist, tmp_path: Path) -> None:
    said: dict[str, str] = {}
    for command in commands():
        written = command
        for name, stands in STANDS_FOR.items():
            written = written.replace(name, stands)
        program, *arguments = shlex.split(written)
        assert program == "vidgist"
        ended = vidgist(*arguments)
        assert ended.code == 0, f"{command}\n{ended.out}{ended.err}"
        said[command] = ended.out + ended.err
    assert len(said) >= 14
    assert (tmp_path / "notes" / "_site" / "index.html").is_file()
    first, *_ = said
    assert re.match(r"vidgist \d", said[first])
    repeated = [one for one in commands() if commands().count(one) == 2]
    assert repeated
    assert "nothing new" in said[repeated[0]]
    assert any(path.suffix == ".md" for path in (tmp_path / "notes").iterdir())
    assert "nightly" in said["vidgist schedule list"]
