"""YAML front matter: strings in double quotes, dates bare, so that every reader takes them alike. Pure.

What a plug-in of Obsidian would run in the file as it stands is written as YAML's own escapes.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

Scalar = str | int | date | datetime
_UNSAFE = re.compile(
    "[\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
    r"|[`<>{}]|\$(?==)|%(?=%)|(?<=%)%|:(?=:)"  # templates, queries, inline fields
)


def front_matter(fields: Mapping[str, Scalar | Sequence[str]]) -> str:
    """Return the block between its two ``---`` lines. Keys are words; values may be anything."""
    lines = []
    for key, value in fields.items():
        if isinstance(value, str | int | date):
            lines.append(f"{key}: {_scalar(value)}")
        elif value:
            lines.append(f"{key}:")
            lines.extend(f"  - {_scalar(one)}" for one in value)
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n"


def _scalar(value: Scalar) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, str):
        return _UNSAFE.sub(lambda one: f"\\u{ord(one[0]):04x}", json.dumps(value, ensure_ascii=False))
    return str(value)
