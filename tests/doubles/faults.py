"""What can be wrong with a server, and when it is."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

FAULTS = {
    "rate_limit": (429, "Rate limit reached", "rate_limit_exceeded"),
    "quota": (429, "You exceeded your current quota, please check your plan.", "insufficient_quota"),
    "server_error": (500, "The server had an error while processing your request.", None),
    "overloaded": (503, "The engine is currently overloaded, please try again later.", None),
    "auth": (401, "Incorrect API key provided.", "invalid_api_key"),
    "no_model": (404, "The model `nobody` does not exist", "model_not_found"),
    "context_length": (
        400,
        "Your input exceeds the context window of this model.",
        "context_length_exceeded",
    ),
    "bad_request": (400, "Something about this request is wrong.", None),
}
"""Faults that are an error with status, message and code."""

ENDLESS = {"trickle": b" ", "flood": b" " * 1_000_000}
"""Replies that never end, by what they are made of."""

OTHER_FAULTS = {
    *("hang", "slow", *ENDLESS, "reset", "truncated", "not_json", "broken_json", "error_in_200"),
    *("invalid_json", "wrong_schema", "fenced", "refusal", "content_filter", "length", "empty"),
}
"""Faults of the connection or of the content."""


@dataclass
class Rule:
    """When a fault happens: every condition that is set must hold, and the first rule that fits acts.

    ``match`` is a pattern on the prompt, ``nth`` numbers of chat requests from 1, ``every`` that many requests,
    ``after`` the number of the last one that is spared, ``rate`` a share of them at random but always the same ones, ``times`` how often in all, ``endpoint``
    chat or batch. ``message`` replaces the usual words, ``status`` the usual status.
    """

    fault: str
    match: str = ""
    nth: Sequence[int] = ()
    every: int = 0
    after: int = 0
    rate: float = 1.0
    times: int = -1
    endpoint: str = ""
    model: str = ""
    retry_after: float | None = None
    seconds: float = 600.0
    status: int = 0
    message: str = ""
    used: int = 0

    def __post_init__(self) -> None:
        assert self.fault in FAULTS or self.fault in OTHER_FAULTS, f"unknown fault {self.fault}"

    def fits(self, endpoint: str, model: str, prompt: str, number: int) -> bool:
        return (
            self.times != self.used
            and self.endpoint in ("", endpoint)
            and self.model in ("", model)
            and (not self.nth or number in self.nth)
            and (not self.every or number % self.every == 0)
            and number > self.after
            and (self.rate >= 1 or random.Random(f"{self.fault} {number}").random() < self.rate)
            and (not self.match or re.search(self.match, prompt) is not None)
        )


class ApiError(Exception):
    """An answer that is an error."""

    def __init__(
        self, status: int, message: str, code: str | None = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        self.body = {
            "error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}
        }
