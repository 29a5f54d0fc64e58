"""Documents as programs leave them in files: JSON, JSON a line or one behind the other, Python's print of a list."""

import ast
import json
import re
import warnings

from vidgist.errors import Unreadable
from vidgist.readers.files import File

_CHAT = ("replayChatItemAction", "addChatItemAction")
_MOST_LITERAL = 5_000_000
_COMMA = re.compile(r",(\s*[\]}])")
_FENCE = re.compile(r"```(?:json[5l]?|JSON)?[ \t]*\r?\n(.*?)(?:\r?\n```\s*)?\Z", re.DOTALL)
_SPACE = re.compile(r"[\s,]*")


def unfenced(text: str) -> str:
    """Return the text without the fence of Markdown that models of language put about a document."""
    bare = text.lstrip("\ufeff \t\r\n")
    fenced = _FENCE.match(bare) if bare.startswith("```") else None
    return fenced[1] if fenced else bare


def parsed(file: File) -> object:
    text = unfenced(file.text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        for read in (_json_lines, _one_by_one, _literal):
            if (found := read(text)) is not None:
                return found
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise Unreadable(f"{file.name} is no JSON: {reason}", code="format") from error


def _json_lines(text: str) -> list[object] | None:
    """Return a document a line; a last line that is cut short is left out. None
    where they are no documents.
    """
    found: list[object] = []
    rows = [row for row in text.splitlines() if row.strip()]
    for number, row in enumerate(rows):
        try:
            found.append(json.loads(row))
        except (ValueError, RecursionError):
            if not found or number < len(rows) - 1:
                return None
    if any(isinstance(one, dict) and not set(one).isdisjoint(_CHAT) for one in found):
        raise Unreadable("it is a live chat, not a transcript", code="format")
    return found if any(isinstance(one, dict | list) for one in found) else None


def _one_by_one(text: str) -> list[object] | None:
    """Read documents one after the other, or one with a comma too many at the ends of its lists."""
    decoder, found, at = json.JSONDecoder(), [], 0
    bare = _COMMA.sub(r"\1", text)
    try:
        while rest := _SPACE.match(bare, at):
            at = rest.end()
            if at >= len(bare):
                break
            one, at = decoder.raw_decode(bare, at)
            found.append(one)
    except (ValueError, RecursionError):
        return None
    return found[0] if len(found) == 1 else found or None


def _literal(text: str) -> object | None:
    """Return what Python prints of its lists: single quotes, and objects such as ``Snippet(text='…',
    start=0.0)``.
    """
    if len(text) > _MOST_LITERAL:
        return None
    try:
        with warnings.catch_warnings(action="ignore"):
            return _value(ast.parse(text.strip(), mode="eval").body)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def _value(node: ast.expr) -> object:
    """Return a plain value; nothing is executed. Raises `ValueError` for anything else."""
    if isinstance(node, ast.List | ast.Tuple):
        return [_value(one) for one in node.elts]
    if isinstance(node, ast.Dict):
        return {str(_value(key)): _value(one) for key, one in zip(node.keys, node.values, strict=True) if key}
    if isinstance(node, ast.Call):
        return {one.arg: _value(one.value) for one in node.keywords if one.arg}
    if isinstance(node, ast.Constant):
        return node.value
    return ast.literal_eval(node)
