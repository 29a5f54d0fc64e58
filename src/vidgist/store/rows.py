"""The rows of the ledger: what became of an item, and which batches are under way."""

from typing import Literal

from pydantic import Field

from vidgist.models import Failure, Item, Value


class Batch(Value):
    """A batch with a provider. ``token`` is ours, put into its metadata; ``id`` is the provider's.

    ``state`` is ``sent`` while the id is not known yet, then ``open``, then ``closed``.
    """

    token: str
    id: str = ""
    settings: str
    state: Literal["sent", "open", "closed"] = "sent"


class Job(Value):
    """What became of an item in one notes folder. ``recipe`` names all that its outputs were made from.

    ``notices`` are reported once, when its files are written, and not kept.
    """

    item: Item
    recipe: str
    status: str
    title: str = ""
    failure: Failure | None = None
    files: tuple[str, ...] = ()
    tokens: int = 0
    cost: float | None = None
    run: str = ""
    notices: tuple[str, ...] = Field(default=(), exclude=True)
