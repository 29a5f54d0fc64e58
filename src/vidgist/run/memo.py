"""What is remembered of an item, and by which keys. No threads, no loop, no retries.

alone      by the input that is one item, as its site said
fetched    by (source, id, digest, captions), or by these and the model that heard the words
answer     by that, the transcript's words and the summarizer's fingerprint

What was fetched is kept with the version of the readers that cleaned it. One of another version is cleaned
again as it is recalled: nothing is fetched for it, and where its words come out the same its answer holds.
"""

import hashlib
import json
from typing import TypeVar

from pydantic import ValidationError

from vidgist import readers
from vidgist.config import Fresh
from vidgist.models import Answer, Fetched, Item, Value
from vidgist.protocols import Memory


class _Visit(Value):
    """What was fetched, and which version of the readers cleaned it."""

    readers: int
    fetched: Fetched


Kept = TypeVar("Kept", Fetched, Answer, Item, _Visit)


class ItemMemory:
    """Recall and keep what was fetched and answered for items.

    ``listener`` names the model that hears what has no captions, empty where none does. ``fresh`` names what
    is made again though it is remembered.
    """

    def __init__(
        self, memory: Memory, *, captions: tuple[str, ...] = (), listener: str = "", fresh: Fresh = ""
    ) -> None:
        self._memory = memory
        self._captions = captions
        self._fresh = fresh
        self._fetched_now: set[str] = set()
        self.listener = listener

    def origin(self, item: Item) -> str:
        """Name the words of an item: what they were fetched by, and which model heard them."""
        written = self._origin_by("", item)
        if not self.listener or self._memory.recall("fetched", written) is not None:
            return written
        return self._origin_by(self.listener, item)

    def _origin_by(self, listener: str, item: Item) -> str:
        parts = (item.source, item.id, item.digest, *self._captions)
        return digest(*parts, f"heard by {listener}") if listener else digest(*parts)

    def fetched(self, item: Item) -> Fetched | None:
        """Return what was fetched before, where that counts and can still be read."""
        key = self.origin(item)
        if self._fresh in ("transcript", "all") and key not in self._fetched_now:
            return None
        body = self._memory.recall("fetched", key)
        visit = _read(_Visit, body)
        if visit is not None and visit.readers == readers.VERSION:
            return visit.fetched
        known = visit.fetched if visit is not None else _read(Fetched, body)
        if known is None:
            return None
        again = known.model_copy(update={"transcript": readers.again(known.transcript)})
        self._remember(key, again)
        return again

    def keep_fetched(self, item: Item, fetched: Fetched) -> None:
        """Remember what was fetched; captions that were remembered and are gone are forgotten."""
        if fetched.transcript.heard_by:
            self._memory.forget("fetched", self._origin_by("", item))
        key = self._origin_by(fetched.transcript.heard_by, item)
        self._remember(key, fetched)
        self._fetched_now.add(key)

    def _remember(self, key: str, fetched: Fetched) -> None:
        visit = _Visit(readers=readers.VERSION, fetched=fetched)
        self._memory.remember("fetched", key, visit.model_dump_json())

    def alone(self, source: str, ref: str) -> Item | None:
        """Return the one item that an input turned out to be when its site was asked."""
        if self._fresh == "all":
            return None
        return _read(Item, self._memory.recall("alone", digest(source, ref)))

    def keep_alone(self, item: Item, ref: str) -> None:
        self._memory.remember("alone", digest(item.source, ref), item.model_dump_json())

    def answer_key(self, item: Item, text: str, fingerprint: str) -> str:
        """Name the answer to a transcript's text by a summarizer."""
        return digest(self.origin(item), hashlib.sha256(text.encode()).hexdigest(), fingerprint)

    def answer(self, key: str) -> Answer | None:
        """Return the answer of a key, where it counts and can still be read."""
        if self._fresh in ("summary", "all"):
            return None
        return _read(Answer, self._memory.recall("answer", key))

    def keep_answer(self, key: str, answer: Answer) -> None:
        self._memory.remember("answer", key, answer.model_dump_json())


def digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _read(kind: type[Kept], body: str | None) -> Kept | None:
    """Parse a remembered value; one that another version wrote in another form counts as forgotten."""
    try:
        return None if body is None else kind.model_validate_json(body)
    except ValidationError:
        return None
