"""A coverage-guided fuzzer on every reader, for a bounded time; what it found before is tried everywhere.

``pytest -m fuzz`` runs the fuzzer (atheris) for `FUZZ_SECONDS` a group of readers, 20 by default. The inputs in
``corpus`` are those that together reach the most of the code; without atheris they are read all the same.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.readers import GROUPS, READERS, attempt

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
SECONDS = int(os.environ.get("FUZZ_SECONDS", "20"))
LONGEST = 120
"""Seconds for one input, on a machine with much else to do."""


@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_what_was_found_is_read_or_refused(path: Path, tmp_path: Path) -> None:
    names = [name for name, reader in READERS.items() if reader.group == path.parent.name]
    data = path.read_bytes()
    attempt(names[data[0] % len(names)], data[1:], tmp_path)


def test_every_group_has_a_corpus() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(GROUPS)


@pytest.mark.fuzz
@pytest.mark.parametrize("group", GROUPS)
def test_the_fuzzer_finds_nothing(group: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not installed: pip install atheris")
    corpus = shutil.copytree(CORPUS / group, tmp_path / "corpus")
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz", group, str(corpus)),
            *(f"-max_total_time={SECONDS}", f"-timeout={LONGEST}", "-max_len=6000", "-rss_limit_mb=2048"),
            *(f"-artifact_prefix={tmp_path}/", "-print_final_stats=1"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    print(next(line for line in ran.stderr.splitlines() if line.startswith("Done ")))
