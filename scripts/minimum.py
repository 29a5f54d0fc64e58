"""Install the lowest version of every dependency that pyproject.toml allows, and run the tests with them.

    python scripts/minimum.py                  in .venv-minimum, made anew; then the unit and contract tests
    python scripts/minimum.py PYTEST-ARGUMENTS the same with other tests
    python scripts/minimum.py --print          the constraints alone

Needs Python 3.11 or later and PyPI, nothing else.
"""

import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = ROOT / ".venv-minimum"
TESTS = ("tests/unit", "tests/contract", "tests/golden")
_LOWEST = re.compile(r"(?P<name>[\w.-]+)(?:\[[^]]*\])?\s*(?:>=|==)(?P<version>[\w.]+)")


def constraints() -> list[str]:
    """Return ``name==version`` for each dependency, also of extras. Raises `SystemExit` for one without."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [one for group in project.get("optional-dependencies", {}).values() for one in group]
    found = []
    for requirement in (*project["dependencies"], *extras):
        lowest = _LOWEST.match(requirement)
        if lowest is None:
            sys.exit(f"{requirement!r} has no lower bound")
        marker = requirement.partition(";")[2].strip()
        found.append(f"{lowest['name']}=={lowest['version']}" + (f" ; {marker}" if marker else ""))
    return sorted(dict.fromkeys(found))


def main(arguments: list[str]) -> int:
    """Return the exit code of the tests."""
    lowest = constraints()
    if arguments == ["--print"]:
        print("\n".join(lowest))
        return 0
    venv.create(PLACE, clear=True, with_pip=True)
    (PLACE / "constraints.txt").write_text("\n".join(lowest) + "\n", encoding="utf-8")
    python = PLACE / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--upgrade", "pip>=25.1"], check=True)
    constrained = ["-c", PLACE / "constraints.txt", "-e", ROOT, "--group", f"{ROOT / 'pyproject.toml'}:dev"]
    subprocess.run([*pip, *constrained], check=True)
    tests = arguments or [*TESTS, "-q", "-n", "auto"]
    return subprocess.run([python, "-m", "pytest", *tests], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
