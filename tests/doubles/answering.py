"""A model that answers questions from numbered passages by a rule, so that what it says can be foreseen."""

import json
import re
from typing import Any

from vidgist.models import Reply, Request, Usage
from vidgist.text import tokens

_PASSAGE = re.compile(r"^\[(\d+)\] ([^\n]*)\n([^\n]*)", re.MULTILINE)
_QUESTION = re.compile(r"^Question: (.*)$", re.MULTILINE)
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "is",
        "are",
        "was",
        "were",
        "did",
        "does",
        "do",
        "how",
        "what",
        "when",
        "who",
        "which",
        "why",
        "much",
        "many",
    ]
)


def passages(prompt: str) -> list[tuple[int, str, str]]:
    """Number, heading and words of each passage of a prompt."""
    return [(int(number), head, text) for number, head, text in _PASSAGE.findall(prompt)]


def question(prompt: str) -> str:
    return str(_QUESTION.findall(prompt)[-1])


def reply(answer: list[dict[str, Any]], missing: str = "", look_for: list[str] | None = None) -> str:
    return json.dumps({"answer": answer, "missing": missing, "look_for": look_for or []})


def copying(prompt: str) -> str:
    """Answer with the sentence that shares most words with the question; nothing where it shares few."""
    asked = set(re.findall(r"\w+", question(prompt).lower())) - _SMALL
    best = (0, 0, "")
    for number, _, text in passages(prompt):
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            shared = len(asked & set(re.findall(r"\w+", sentence.lower())))
            best = max(best, (shared, -number, sentence))
    if best[0] * 2 < len(asked):
        return reply([], "The passages do not say.")
    return reply([{"text": best[2], "passages": [-best[1]], "quote": " ".join(best[2].split()[:10])}])


class Scripted:
    """An engine whose replies are given, or made from the prompt."""

    model = "openai:double"
    host = "host"

    def __init__(self, *replies: str, window: int = 16_000) -> None:
        self.window = window
        self.replies = list(replies)
        self.asked: list[Request] = []

    def complete(self, request: Request) -> Reply:
        self.asked.append(request)
        asking = (one.content for one in reversed(request.messages) if _QUESTION.search(one.content))
        text = self.replies.pop(0) if self.replies else copying(next(asking))
        usage = Usage(input_tokens=tokens.of_request(request), output_tokens=50, calls=1)
        return Reply(text=text, usage=usage)

    def close(self) -> None:
        """Nothing is kept open."""
