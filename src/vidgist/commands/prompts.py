"""List, print, copy and check prompts: those that ship, the person's own and the project's."""

from pathlib import Path
from typing import TextIO

from vidgist import config
from vidgist.llm import prompts
from vidgist.ui import columns


def print_all(stream: TextIO) -> None:
    """Print each prompt, what it is for and where it lies; a broken one with what is wrong."""
    for entry in prompts.entries(config.current_folder()):
        version = f"{entry.name}@{entry.prompt.version}" if entry.prompt else entry.name
        purpose = entry.prompt.description if entry.prompt else f"BROKEN: {entry.problem}"
        print(columns.hang(f"{version:16}", purpose, stream), file=stream)
        print(f"{'':16}{entry.path}", file=stream)


def text(name: str) -> str:
    """Return a prompt file's text. Raises `ConfigError`."""
    return prompts.show(name, config.current_folder())


def copy(name: str) -> Path:
    """Copy a prompt to the person's own folder and return where it lies. Raises `ConfigError`."""
    return prompts.copy(name, config.current_folder())


def checked(file: Path) -> str:
    """Return the name and version of a prompt file that is right. Raises `ConfigError`."""
    return prompts.read(file).signature
