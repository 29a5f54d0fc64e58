"""Hostile replies by way of the whole stage: see tests/mermaid for what the real Mermaid says to more of them."""

import pytest

from tests.hostile_replies import diagrams
from vidgist.text.mermaid.checking import check


@pytest.mark.unmeasured
def test_the_diagram_of_any_reply_parses() -> None:
    found = diagrams(120)
    assert [(check(one), one) for one in found if check(one)] == []
    assert len(set(found)) > 100
