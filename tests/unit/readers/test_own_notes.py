"""Notes of vidgist's own as inputs."""

import pytest

from vidgist.readers import metadata, own_notes


@pytest.mark.parametrize("head", ["", "Timestamp: now\n", "Timestamp: a\nTitle: b\nURL: c\n\nDescription:\n"])
def test_text_that_begins_like_a_record_is_none(head: str) -> None:
    assert own_notes.peek(head) is None


@pytest.mark.parametrize("value", [None, "", "3 days", "2026-13-01", "99999999", [], True])
def test_a_day_is_a_day_or_nothing(value: object) -> None:
    assert metadata.day(value) is None
