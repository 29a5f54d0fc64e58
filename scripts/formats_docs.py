"""Writes the tables of docs/formats.md from the cases in tests/corpus: ``python scripts/formats_docs.py``."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "formats.md"
CORPUS = ROOT / "tests" / "corpus"
_CASES = re.compile(r"(<!-- cases -->\n).*?(<!-- /cases -->)", re.DOTALL)


def page() -> str:
    """Return the page with its tables written anew."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(CORPUS.glob("*/expected.toml")):
        told = tomllib.loads(path.read_text("utf-8"))
        found.setdefault(told["format"], []).append((told["about"], path.parent.name))
    parts = [
        f"### {name}\n\n| trap | case |\n| --- | --- |\n"
        + "".join(f"| {about} | `{case}` |\n" for about, case in rows)
        for name, rows in sorted(found.items())
    ]
    tables = "\n".join(parts)
    return _CASES.sub(lambda marks: marks[1] + tables + marks[2], PAGE.read_text("utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
