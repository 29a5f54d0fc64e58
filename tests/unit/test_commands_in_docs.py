"""Every ``vidgist ...`` that a page, an example or a workflow tells people to type is one that the program takes."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.e2e.conftest import Vidgist, vidgist
from vidgist.config import Settings

__all__ = ["vidgist"]

ROOT = Path(__file__).parents[2]
PAGES = (
    "README.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")) if path.name != "cli.md"),
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "examples").rglob("*.md"))),
    ".github/workflows/nightly-notes.yml.example",
    "Makefile",
)
_LINE = re.compile(r"^(?:[ \t]*|\t\$\(BIN\)/)(vidgist [^\n]*)", re.MULTILINE)
_SPAN = re.compile(r"`(vidgist [^`\n]*)`")
_BLOCK = re.compile(r"^```(?:sh)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
_ENDS = {"|", "||", "&&", ">", ";"}


def told(page: str) -> list[str]:
    """The commands of a page: lines of its code blocks, and what stands between backticks."""
    text = (ROOT / page).read_text("utf-8")
    if not page.endswith(".md"):
        return _LINE.findall(text)
    return [line for block in _BLOCK.findall(text) for line in _LINE.findall(block)] + _SPAN.findall(text)


def words(command: str) -> list[str]:
    """What a shell makes of it, up to a pipe or the next command; without brackets that say "may be left out"."""
    kept: list[str] = []
    for word in shlex.split(command, comments=True)[1:]:
        if word in _ENDS:
            break
        kept.append(word.strip("[]"))
    return kept


def asked_for_help(arguments: list[str]) -> Iterator[list[str]]:
    """The same command, asking for help: its options are all looked up, and nothing is run."""
    depth = 2 if arguments[:1] in (["prompts"], ["schedule"]) else 1
    yield [*arguments[:depth], "--help", *arguments[depth:]]
    if arguments[:1] == ["schedule"] and "--" in arguments:
        yield ["run", "--help", *arguments[arguments.index("--") + 1 :]]


COMMANDS = [(page, command) for page in PAGES for command in told(page)]


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_a_command_that_is_told_is_taken(vidgist: Vidgist, page: str, command: str) -> None:
    for arguments in asked_for_help(words(command)):
        ended = vidgist(*arguments)
        assert ended.code == 0, f"{page}: {command}: {ended.err}"


@pytest.mark.parametrize("page", ["README.md", ".github/workflows/nightly-notes.yml.example", "Makefile"])
def test_commands_are_found(page: str) -> None:
    assert any(found == page for found, _ in COMMANDS)


@pytest.mark.parametrize(
    "command", ["run --nonsense x", "nonsense", "schedule print -- x --nonsense", "prompts make"]
)
def test_one_that_is_not_taken_is_noticed(vidgist: Vidgist, command: str) -> None:
    codes = [vidgist(*arguments).code for arguments in asked_for_help(command.split())]
    assert codes[-1] == 2


# Variables and workflows


DATABASE = "database"
"""Of ``vidgist cluster`` alone, and no setting: what it names may hold a login."""


@pytest.mark.parametrize("page", PAGES)
def test_a_variable_that_is_told_is_a_setting(page: str) -> None:
    named = re.findall(r"VIDGIST_([A-Z_]+)", (ROOT / page).read_text("utf-8"))
    assert {name.lower() for name in named} <= {*Settings.model_fields, DATABASE}


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github" / "workflows").iterdir()), ids=lambda path: path.name
)
def test_a_workflow_is_whole(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"]
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 360
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step)
            assert "@" in step.get("uses", "@")


# Examples


def test_the_page_of_examples_names_each_file() -> None:
    page = (ROOT / "examples" / "README.md").read_text("utf-8")
    named = set(re.findall(r"`([^`\s]+)`", page))
    there = {
        path.name for path in (ROOT / "examples").iterdir() if path.name not in ("README.md", "__pycache__")
    }
    assert {name if (ROOT / "examples" / name).is_file() else f"{name}/" for name in there} <= named
