"""The coverage gates, and the one place where their lists stand.

Reads the data files that ``coverage run`` left in the current folder. They hold what tests ran in their own
process: no process that a test starts, and no test that is marked ``unmeasured`` (tests/conftest.py).
Where a gate does not hold, a table shows what is missing and the exit code is 1.
"""

import subprocess
import sys

OVERALL = 95
"""Least per cent of lines and branches of the whole package."""

PURE = (
    "commands/schedule/*",
    "drawing/*",
    "errors.py",
    "events.py",
    "llm/grounding.py",
    "llm/prices.py",
    "llm/prompts.py",
    "models.py",
    "protocols.py",
    "text/filenames.py",
    "text/mermaid/*",
    "text/record.py",
    "text/transcript.py",
    "writers/*",
)
"""Rooms with neither network nor threads."""

LEAST = 99
"""Least per cent of lines and branches of the pure rooms that a test runs."""


def _coverage(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def main() -> int:
    combined = _coverage("combine", "--quiet")
    if combined.returncode:
        print(combined.stdout or combined.stderr, end="")
        return 1
    pure = ",".join(f"*/vidgist/{room}" for room in PURE)
    gates = (
        ("pure rooms", LEAST, _coverage("report", f"--fail-under={LEAST}", f"--include={pure}")),
        ("everything", OVERALL, _coverage("report", f"--fail-under={OVERALL}")),
    )
    held = True
    for name, least, report in gates:
        if report.returncode:
            held = False
            print(report.stdout or report.stderr, end="")
        total = _coverage("report", "--format=total", *([f"--include={pure}"] if least > OVERALL else []))
        print(f"{name}: {total.stdout.strip()} % of lines and branches, at least {least} % wanted")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
