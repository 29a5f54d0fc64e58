"""What the import contracts cannot say: plug-ins of a kind know no other, and no pattern is one that a Python misreads."""

import ast
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import vidgist.engines
import vidgist.sources
import vidgist.writers

KINDS = (vidgist.engines, vidgist.sources, vidgist.writers)


def imported(source: str) -> Iterator[str]:
    """Absolute names of all that a module imports, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def plugins() -> Iterator[tuple[str, Path]]:
    for kind in KINDS:
        folder = Path(next(iter(kind.__path__)))
        for module in pkgutil.iter_modules(kind.__path__):
            yield f"{kind.__name__}.{module.name}", folder / f"{module.name}.py"


PUBLIC = {name for name, _ in plugins() if not name.rpartition(".")[2].startswith("_")}


def test_imports_are_found_wherever_they_stand() -> None:
    source = "import a.b\nfrom c import d\ndef f():\n    from e.f import g as h"
    assert list(imported(source)) == ["a.b", "c.d", "e.f.g"]


@pytest.mark.parametrize(("name", "path"), [pytest.param(*each, id=each[0]) for each in plugins()])
def test_a_plugin_knows_no_other(name: str, path: Path) -> None:
    wanted = set(imported(path.read_text(encoding="utf-8")))
    others = {other for other in PUBLIC - {name} for each in wanted if f"{each}.".startswith(f"{other}.")}
    assert not others


def test_there_are_plugins() -> None:
    assert {
        "vidgist.sources.local",
        "vidgist.sources.youtube",
        "vidgist.engines.openai",
        "vidgist.writers.txt",
    } <= PUBLIC


_POSSESSIVE = re.compile(r"\(\?>|\)(?:[*+?]|\{[\d,]+\})\+")
"""An atomic group, or one that is repeated and gives nothing back: Python 3.11.0 to 3.11.4 match these wrongly."""


def possessive(source: str) -> list[str]:
    """The texts of a module that hold such a group, if they are patterns."""
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    plain = [re.sub(r"\\.|\[\^?\]?[^]]*\]", "x", text) for text in texts if isinstance(text, str)]
    return [text for text in plain if _POSSESSIVE.search(text)]


def test_no_pattern_is_possessive() -> None:
    modules = sorted(Path(next(iter(vidgist.__path__))).rglob("*.py"))
    assert {path.name: found for path in modules if (found := possessive(path.read_text("utf-8")))} == {}


def test_a_possessive_pattern_is_found() -> None:
    source = (
        r'A = r"(?:a|-(?!-))*+b"; B = rf"(?:{A})++"; C = r"(?>a|b)c"; D = r"(a[)*+]+b\)*+c)"; E = "a ++ b"'
    )
    assert len(possessive(source)) == 3
