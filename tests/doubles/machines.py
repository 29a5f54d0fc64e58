"""Several workers of ``vidgist cluster`` on this machine, each a process of its own with a state of its own."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.doubles.llm import Llm
from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import BREAD, MILL, Captions, Video, heard

PATIENCE = 3600.0
"""Seconds for whatever has to happen; the machine may be busy."""

MODEL = "openai:gpt-5.4-mini"


def bulk(count: int) -> list[str]:
    """Ids of so many good videos."""
    return [f"bulk{number:07}" for number in range(count)]


class Machines:
    """The processes; a context manager that leaves none behind. ``url`` names the database."""

    def __init__(self, folder: Path, url: str, site: YouTube, llm: Llm, *, videos: int) -> None:
        self.folder = folder
        self.notes = folder / "notes"
        self.site = site
        self.llm = llm
        self.videos = bulk(videos)
        for name in self.videos:
            site.catalogue.add(_video(name))
        self.environment = (
            {
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("VIDGIST_", "OPENAI_"))
            }
            | site.environment
            | {"VIDGIST_DATABASE": url, "OPENAI_API_KEY": "key", "OPENAI_BASE_URL": llm.base_url}
            | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
        )
        self._started: list[subprocess.Popen[str]] = []
        self.commands = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._started:
            process.kill()
            process.wait()

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """``vidgist cluster`` with these arguments; what it says goes to a file of `said`."""
        self.commands += 1
        state = {"VIDGIST_STATE": str(self.folder / f"state{self.commands}")}
        with (self.folder / f"said{self.commands}").open("w") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "vidgist", "cluster", *arguments],
                cwd=self.folder,
                env=self.environment | state,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self._started.append(process)
        return process

    def run(self, *arguments: str) -> int:
        """The same, waited for: its exit code."""
        return self.start(*arguments).wait(PATIENCE)

    def enqueue(self, *arguments: str) -> int:
        """All videos, with these options."""
        (self.folder / "list").write_text("\n".join(self.videos))
        return self.run("enqueue", "--from-file", "list", "--model", MODEL, "--pace", "0", *arguments)

    def worker(self, *arguments: str, jobs: int = 4) -> "subprocess.Popen[str]":
        return self.start("work", "--pace", "0", "--jobs", str(jobs), *arguments)

    def said(self) -> str:
        """What all commands have said, in the order in which they were started."""
        return "\n".join(
            (self.folder / f"said{number}").read_text() for number in range(1, self.commands + 1)
        )

    def records(self) -> list[Path]:
        """The records that are whole."""
        return sorted(path for path in self.notes.glob("*.txt") if not path.name.startswith("."))

    def calls(self) -> Counter[str]:
        """Replies of the model by the question that was asked."""
        return Counter(seen.prompt for seen in list(self.llm.chats) if seen.status == 200 and seen.ended)


def repeated(counts: Counter[str]) -> int:
    """How much was done more than once."""
    return sum(count - 1 for count in counts.values())


def until(true: Callable[[], bool]) -> None:
    """Return when it is so."""
    ends = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > ends:
            raise TimeoutError
        time.sleep(0.05)


def video_of(text: str) -> str:
    """The id of the bulk video that a record or a question names."""
    found = re.search(r"bulk\d{7}", text)
    return found[0] if found else ""


def _video(name: str) -> Video:
    number = int(name.removeprefix("bulk"))
    lines = heard((f"this is talk number {number}", *BREAD[number % 8 : number % 8 + 4]))
    return Video(name, f"Bulk talk {number}", MILL, 60 + number, (Captions("en", lines, generated=True),))
