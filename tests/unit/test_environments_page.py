"""docs/environments.md names each test of the suite, and no other, with true counts."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "environments.md").read_text(encoding="utf-8")
SUITE = (ROOT / "tests" / "environs" / "test_environs.py").read_text(encoding="utf-8")


def test_each_row_that_is_run_has_its_test_and_each_test_its_row() -> None:
    rows = re.findall(r"^\| .* \| `(test_\w+)` \|$", PAGE, re.MULTILINE)
    assert rows == re.findall(r"^def (test_\w+)", SUITE, re.MULTILINE)
    read = re.findall(r"^\| [^|`e]", PAGE.partition("## Only read")[2], re.MULTILINE)
    assert f"{len(rows)} rows are run, {len(read)} were only read" in PAGE
