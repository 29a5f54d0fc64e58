"""Writes docs/cli.md from the program's own help: ``python scripts/cli_docs.py``."""

import io
import os
import sys
from contextlib import redirect_stdout, suppress
from pathlib import Path
from unittest.mock import patch

from vidgist import cli

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
INTRODUCTION = """# Commands

What `--help` says, written by `scripts/cli_docs.py`. Progress goes to standard error: a live display on a
terminal, plain lines in a pipe, JSON lines with `--json-events`. Standard output carries results only.
"""
COMMANDS = (
    *("", "run", "fetch", "collect", "status", "show", "export", "validate", "site", "search"),
    *("ask", "digest", "mcp"),
    "prompts",
    *("prompts list", "prompts show", "prompts copy", "prompts check", "schedule", "schedule print"),
    *(
        "schedule install",
        "schedule list",
        "schedule run",
        "schedule remove",
        "doctor",
        "config",
        "config init",
        "trust",
    ),
    *("cluster", "cluster enqueue", "cluster work", "cluster status", "cluster drop"),
)


def page() -> str:
    """The whole page."""
    return INTRODUCTION + "".join(
        f"\n## vidgist {command}".rstrip() + f"\n\n```\n{_help(command).strip()}\n```\n"
        for command in COMMANDS
    )


def _help(command: str) -> str:
    """Return what the command prints on a terminal of 80 columns."""
    printed = io.StringIO()
    arguments = ["vidgist", *command.split(), "--help"]
    with (
        patch.dict(os.environ, COLUMNS="80"),
        patch.object(sys, "argv", arguments),
        redirect_stdout(printed),
        suppress(SystemExit),
    ):
        cli.main()
    return printed.getvalue()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
