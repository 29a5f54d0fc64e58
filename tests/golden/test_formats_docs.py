"""The page of formats names each case of the corpus, and no other."""

import importlib.util
import re
from pathlib import Path

from vidgist import readers

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "formats.md"


def test_the_page_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("formats_docs", ROOT / "scripts" / "formats_docs.py")
    assert spec is not None
    assert spec.loader is not None
    formats_docs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(formats_docs)
    assert PAGE.read_text(encoding="utf-8") == formats_docs.page()


def test_each_case_is_named_and_each_named_case_exists() -> None:
    named = re.findall(r"^\| .* \| `([\w-]+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    cases = sorted(path.parent.name for path in (ROOT / "tests" / "corpus").glob("*/expected.toml"))
    assert sorted(named) == cases


def test_each_suffix_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    lists = (".url", ".urls", ".opml", ".m3u", ".m3u8", ".webloc")
    assert [one for one in readers.SUFFIXES if one not in page and one not in lists] == []
