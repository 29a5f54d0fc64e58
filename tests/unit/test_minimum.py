"""The lower bounds in pyproject.toml: each dependency has one, and a job and a script install them."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_dependency_has_a_lower_bound_that_the_script_installs() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "minimum.py"))
    lowest = script["constraints"]()
    assert len(lowest) >= 25
    assert all("==" in one for one in lowest)
    assert "python scripts/minimum.py" in (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")


def test_actions_are_pinned_by_commit() -> None:
    for path in (ROOT / ".github" / "workflows").iterdir():
        uses = [
            line.partition("uses:")[2].split()[0]
            for line in path.read_text("utf-8").splitlines()
            if "uses:" in line
        ]
        assert [one for one in uses if len(one.partition("@")[2]) != 40] == [], path.name
