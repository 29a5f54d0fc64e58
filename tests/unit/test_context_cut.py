"""A context that a server cut is seen by its count, at any share."""

import pytest

from vidgist.models import Message, Reply, Request, Usage
from vidgist.text import tokens


@pytest.mark.parametrize(
    ("sent", "told", "cut"),
    [
        (6_500, 4_096, True),
        (9_000, 8_192, False),
        (9_200, 8_192, True),
        (6_500, 4_500, True),
        (6_500, 5_600, False),
        (1_000, 100, False),
    ],
)
def test_a_round_or_a_low_count_is_a_cut(sent: int, told: int, cut: bool) -> None:
    request = Request(messages=(Message(role="user", content="word" * sent),))
    reply = Reply(text="x", usage=Usage(input_tokens=told))
    assert tokens.truncated_context(request, reply) is cut
