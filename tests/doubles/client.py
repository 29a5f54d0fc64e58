"""What tests of the engine share: requests, a memory, and engines whose connections are closed at the end."""

from collections.abc import Iterator

import openai as library
import pytest

from tests.doubles.engine import Kept
from tests.doubles.llm import Llm
from vidgist.config import Settings
from vidgist.engines import openai
from vidgist.models import Message, Request

SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"title": {"type": "string"}, "points": {"type": "array", "items": {"type": "string"}}},
    "required": ["title", "points"],
    "additionalProperties": False,
}
MESSAGES = (
    Message(role="system", content="You summarize talks."),
    Message(role="user", content="A kettle boils water. Tea needs hot water. The clock has stopped. " * 20),
)
ASKED = Request(messages=MESSAGES, schema_=SCHEMA, temperature=0.3)
FREE = Request(messages=MESSAGES)


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close every client that a test opened: an open connection is a warning, and a warning a failure."""
    opened: list[library.OpenAI] = []
    original = library.OpenAI.__init__

    def noted(self: library.OpenAI, **options: object) -> None:
        opened.append(self)
        original(self, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(library.OpenAI, "__init__", noted)
    yield
    for client in opened:
        client.close()


def engine(server: Llm, memory: Kept, *, timeout: float = 60.0, window: int = 0) -> openai.OpenAI:
    settings = Settings(base_url=server.base_url, timeout=timeout, window=window)
    return openai.create(settings, "double", memory)
