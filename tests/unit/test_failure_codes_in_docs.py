"""The page of failure codes names each code that an item can fail with."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from vidgist import errors
from vidgist.errors import Blocked, InputError, ItemError, Transient

ROOT = Path(__file__).parents[2]
_VERDICTS = {"blocked", "gone", "not_yet", "withheld"}
"""The functions of ``sources/_verdicts.py`` that make an error from a code."""


def fail_an_item(kind: object) -> bool:
    """Whether it is an error of one item; those that pass by themselves have a row for all."""
    return (
        isinstance(kind, type)
        and issubclass(kind, (ItemError, Blocked, InputError))
        and not issubclass(kind, Transient)
        and kind is not ItemError
    )


KINDS = {name: kind.code for name, kind in vars(errors).items() if fail_an_item(kind)}


def given(source: str) -> Iterator[str]:
    """The codes that a module gives to errors of items."""
    for node in ast.walk(ast.parse(source)):
        for code in _codes(node):
            yield from (
                part.value
                for part in ast.walk(code)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def _codes(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[code, *_]) if name in _VERDICTS:
            return [code]
        case ast.Call(func=ast.Name(id=name), keywords=keywords) if name in KINDS:
            return [keyword.value for keyword in keywords if keyword.arg == "code"]
        case ast.ClassDef(bases=[ast.Name(id=name)], body=body) if name in {*KINDS, "ItemError"}:
            return [
                line.value
                for line in body
                if isinstance(line, ast.Assign) and _named(line.targets) == ["code"]
            ]
        case _:
            return []


def _named(targets: list[ast.expr]) -> list[str]:
    return [target.id for target in targets if isinstance(target, ast.Name)]


def told() -> set[str]:
    page = (ROOT / "docs" / "format.md").read_text("utf-8").partition("## Failure codes\n")[2]
    return {
        code for row in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE) for code in re.findall(r"\w+", row)
    }


def test_codes_are_found() -> None:
    source = """
raise Unavailable("x", code="a")
gone("b", "x")
RunError("x", code="c")
Unreadable("x", code="d" if x else "e")
class Odd(ItemError):
    code = "f"
"""
    assert sorted(given(source)) == ["a", "b", "d", "e", "f"]


def test_each_code_is_told() -> None:
    modules = sorted((ROOT / "src" / "vidgist").rglob("*.py"))
    found = {code for path in modules for code in given(path.read_text("utf-8"))}
    assert {"members_only", "bot_check", "unplayable", "odd_answer"} <= found
    assert {*found, *KINDS.values()} - told() == set()
