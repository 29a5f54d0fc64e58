"""Writes docs/cli.md from the program's own help: ``python scripts/cli_docs.py``."""

import os
import subprocess
import sys
from pathlib import Path

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
    parts = [INTRODUCTION]
    for command in COMMANDS:
        arguments = [sys.executable, "-m", "vidgist", *command.split(), "--help"]
        environment = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"}
        told = subprocess.run(arguments, capture_output=True, text=True, check=True, env=environment)
        parts.append(f"\n## vidgist {command}".rstrip() + f"\n\n```\n{told.stdout.strip()}\n```\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
