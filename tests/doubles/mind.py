"""A model that answers from the material it is shown, unless it is told how to answer."""

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from vidgist.models import Reply, Request, Usage
from vidgist.text import tokens

Scripted = Reply | Exception | Callable[[Request], Reply]

NOTES = 12
"""Of an honest reply on a part."""

_FENCED = re.compile(r"<(\w+-[0-9a-f]{8})>\n(.*)\n</\1>", re.DOTALL)


class Mind:
    """Stands in for `vidgist.llm.calls.Calls`. ``script`` answers first, one entry a call; then the honest answer.

    ``longest`` is the request in tokens that its server takes; beyond it raises ``refuse_long``.
    """

    model = "double:mind"

    def __init__(self, *script: Scripted, window: int = 128_000) -> None:
        self.window = window
        self.script = deque(script)
        self.asked: list[Request] = []
        self.named: list[str] = []
        self.forgotten: list[Request] = []
        self.before: Callable[[Request], object] = lambda _: None
        self._guard = threading.Lock()

    def complete(self, request: Request, what: str) -> Reply:
        with self._guard:
            self.asked.append(request)
            self.named.append(what)
            scripted = self.script.popleft() if self.script else honest
        self.before(request)
        if isinstance(scripted, Exception):
            raise scripted
        return scripted if isinstance(scripted, Reply) else scripted(request)

    @contextmanager
    def item(
        self, expected: Callable[[], Usage], placed: Callable[[], object] = lambda: None
    ) -> Iterator["Mind"]:
        yield self

    def forget(self, request: Request) -> None:
        self.forgotten.append(request)


def honest(request: Request) -> Reply:
    """What a good model would reply: quotes from the material, in the form asked for."""
    quotes = quotable(request)
    if request.schema_ is None:
        return said(f"In short: {quotes[0]}.")
    asked = request.schema_.get("properties")
    assert isinstance(asked, dict)
    if "notes" in asked:
        most = asked["notes"]["maxItems"]
        notes = [{"quote": quote, "text": f"So {quote}."} for quote in quotes[: min(NOTES, most)]]
        return said({"notes": notes})
    if "quotes" in asked:
        numbers = re.findall(r"^(\d+)\. ", request.messages[-1].content, re.MULTILINE)
        return said({"quotes": [{"number": int(number), "quote": quotes[0]} for number in numbers]})
    return said(draft(*quotes[:4]))


def said(reply: object, finish: Any = "stop") -> Reply:
    text = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
    usage = Usage(input_tokens=100, output_tokens=10, cached_tokens=1, calls=1)
    return Reply(text=text, finish=finish, usage=usage)


def draft(*quotes: str, **changes: object) -> dict[str, object]:
    ideas = [
        {"quotes": [quote], "label": f"Idea {n}", "text": f"It is said: {quote}."}
        for n, quote in enumerate(quotes)
    ]
    concept_map = {
        "direction": "TB",
        "groups": [],
        "nodes": [{"id": n, "label": n.upper(), "shape": "box", "group": ""} for n in "abc"],
        "edges": [
            {"source": "a", "target": "b", "label": "makes"},
            {"source": "b", "target": "c", "label": "makes"},
        ],
    }
    return {
        "core_ideas": ideas,
        "core_point": {
            "quotes": [quotes[0]],
            "text": f"What it comes to when all has been told and weighed is that {quotes[0]}.",
        },
        "fundamental_point": {
            "quotes": [quotes[-1]],
            "text": f"What lies beneath all that has been told and weighed is that {quotes[-1]}.",
        },
        "framework": "How it is built.",
        "concept_map": concept_map,
        **changes,
    }


def material(request: Request) -> str:
    """What stands between the tags of the first user message."""
    user = next(message for message in request.messages if message.role == "user")
    fenced = _FENCED.search(user.content)
    assert fenced is not None
    return fenced[2]


def quotable(request: Request) -> list[str]:
    """Eight words each, evenly spread over the material; of notes, their quotes or their texts."""
    text = material(request)
    quotes = re.findall(r'^  "(.*)"$', text, re.MULTILINE)
    quotes = quotes or re.findall(r"^(?:\d+:)?\d+:\d\d (.*)$", text, re.MULTILINE)
    if quotes:
        return quotes
    words = text.split()
    runs = [" ".join(words[n : n + 8]) for n in range(0, max(1, len(words) - 8), 8)]
    return runs[:: max(1, len(runs) // 25)]


def size(request: Request) -> int:
    return tokens.of_request(request)
