"""A word or a number on its way to a token, and what rules make of several. Pure."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from vidgist.evidence.figures import Figure


class Item(NamedTuple):
    """A word or a number on its way to a token.

    ``named``: digits that belong to a name, as in ``GPT-4``. ``unit``: one that stands within the number.
    """

    key: str
    begin: int
    end: int
    kind: str
    values: tuple[float, ...] = ()
    spelt: bool = False
    digits: str = ""
    named: bool = False
    unit: str = ""


class Token(NamedTuple):
    """``text[begin:end]``, in the form that is compared."""

    key: str
    begin: int
    end: int
    figure: Figure | None = None


Found = tuple[Item, int] | None
Rule = Callable[[Sequence[Item], str], Found]


def joined(
    items: Sequence[Item], values: tuple[float, ...], kind: str = "number", key: str = ""
) -> tuple[Item, int]:
    spelt = items[0].spelt or not items[0].values
    whole = Item(key, items[0].begin, items[-1].end, kind, values, spelt=spelt, named=items[0].named)
    return whole, len(items)


def is_number(item: Item) -> bool:
    return item.kind == "number" and bool(item.values)
