"""Workflows: actions pinned by commit, least rights, and no package named that is on no index of ours."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
PAGES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/**/*.md"),
    *ROOT.glob(".github/**/*"),
    *ROOT.glob("src/**/*.py"),
]
_INSTALLS = re.compile(
    r"(?:pipx? install|pipx run|uv tool install|uvx|uv pip install|uv add)\b(?P<what>[^\n`|)]*)"
)


def _read(path: Path) -> dict[str, Any]:
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit_with_its_version_beside_it(path: Path) -> None:
    used = re.findall(r"uses: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert used
    for action in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_rights_are_named_and_no_credential_is_left_behind(path: Path) -> None:
    workflow = _read(path)
    assert workflow["permissions"] in ({"contents": "read"}, {"contents": "write"})
    if workflow["permissions"] == {"contents": "write"}:
        assert "git push" in path.read_text(encoding="utf-8")


def test_a_release_publishes_by_trust_alone_and_only_when_told_to() -> None:
    jobs = _read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert jobs["publish"]["environment"] == "pypi"
    assert "vars.PUBLISH == 'true'" in jobs["publish"]["if"]
    assert all("run" not in step for step in jobs["publish"]["steps"])
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    assert "secrets." not in text
    steps = [step.get("uses", "").partition("@")[0] for step in jobs["build"]["steps"]]
    assert {"actions/attest-build-provenance", "actions/attest-sbom"} <= set(steps)


def test_no_page_hint_or_workflow_installs_vidgist_from_an_index() -> None:
    """A name that is not ours on an index may become anybody's."""
    named = []
    for path in PAGES:
        if path.is_file():
            for found in _INSTALLS.finditer(path.read_text(encoding="utf-8", errors="replace")):
                words = found["what"].split()
                named += [
                    (path.name, word) for word in words if re.fullmatch(r"['\"]?vidgist(?:\[.*)?['\"]?", word)
                ]
    assert named == []
