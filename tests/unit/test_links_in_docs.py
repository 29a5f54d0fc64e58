"""Every link of a page leads somewhere: its file is there, and the heading or line of it that is meant."""

import re
from collections import Counter
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
PAGES = (
    *sorted(ROOT.glob("*.md")),
    *(path for folder in (".github", "docs", "examples") for path in sorted((ROOT / folder).rglob("*.md"))),
)
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_TAG = re.compile(r'<(?:a|img)\b[^>]*?\b(?:href|src)="([^"]+)"')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def links(text: str) -> list[str]:
    """Where a page's links and images lead, those in HTML among them."""
    spans = [span for token in _MARKDOWN.parse(text) for span in token.children or ()]
    found = [span.attrGet("href") or span.attrGet("src") for span in spans]
    return [str(target) for target in found if target] + _TAG.findall(text)


def anchors(text: str) -> set[str]:
    """What ``#...`` can name in a page: each heading, as GitHub makes an anchor of it."""
    tokens = _MARKDOWN.parse(text)
    headings = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "heading_open"]
    seen: Counter[str] = Counter()
    found = set()
    for heading in headings:
        anchor = re.sub(r"[^\w\- ]", "", _words(heading).lower()).replace(" ", "-")
        found.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return found


def _words(heading: Token) -> str:
    return "".join(span.content for span in heading.children or ())


def dead(text: str, folder: Path) -> list[str]:
    """The links within the project that lead nowhere, of a page that lies in ``folder``."""
    lost = []
    for link in links(text):
        if _SCHEME.match(link):
            continue
        place, _, anchor = link.partition("#")
        path = folder / place
        page = path.read_text("utf-8") if place and path.is_file() and path.suffix == ".md" else text
        if (place and not path.exists()) or (anchor and anchor not in anchors(page)):
            lost.append(link)
    return lost


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_is_dead(page: Path) -> None:
    assert dead(page.read_text("utf-8"), page.parent) == []


def test_links_are_found() -> None:
    readme = links((ROOT / "README.md").read_text("utf-8"))
    assert {"docs/cli.md", "docs/images/map.png"} <= set(readme)


def test_a_dead_one_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# One `two`, three\n\n# Again\n\n# Again\n", "utf-8")
    page = """# Here

[a](other.md) [b](other.md#one-two-three) [c](#here) [d](https://example.org/gone) [e](other.md#again-1)

[f](gone.md) [g](other.md#four) [h](#there) ![i](gone.png) <img src="gone.jpg">

`[in code](nowhere.md)`
"""
    assert dead(page, tmp_path) == ["gone.md", "other.md#four", "#there", "gone.png", "gone.jpg"]
