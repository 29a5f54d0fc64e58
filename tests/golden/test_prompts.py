"""The prompts that ship: whoever changes one raises its version, and none costs much beside a short talk."""

import pytest

from vidgist import tokens
from vidgist.llm import prompts
from vidgist.llm.questions import Questions
from vidgist.llm.room import Room
from vidgist.models import Request, Segment, Transcript, Video

PINNED = {
    "brief@1": "8da3824d71b8",
    "lecture@1": "81086fa689c3",
    "notes@1": "1495ad5e3d62",
    "plain@1": "b93bc0084517",
    "podcast@1": "8f0eb2a06166",
    "summary@1": "b2d44b1d3e2a",
}

TALK_WORDS = 1_900
"""Of a talk of ten minutes."""


@pytest.mark.parametrize("signature", PINNED)
def test_a_changed_prompt_has_a_new_version(signature: str) -> None:
    name, _, version = signature.partition("@")
    prompt = prompts.read(prompts.shipped_folder() / f"{name}.md")
    assert (prompt.version, prompt.fingerprint) == (version, PINNED[signature])


def test_every_shipped_prompt_is_pinned() -> None:
    shipped = [prompts.read(path).signature for path in prompts.shipped_folder().glob("*.md")]
    assert sorted(shipped) == sorted(PINNED)


@pytest.mark.parametrize("name", ["summary", "brief", "lecture", "podcast", "plain"])
def test_a_prompt_adds_little_to_a_ten_minute_talk(name: str) -> None:
    words = "the kettle " * (TALK_WORDS // 2)
    talk = Transcript(segments=(Segment(start=0, duration=600, text=words),), language="en")
    video = Video(title="How an electric kettle knows that the water boils", seconds=600, channel="Home Lab")
    prompt = prompts.find(name)
    request = Questions(prompt, prompts.notes(), "", Room(lambda: 128_000)).whole(video, talk)
    without_schema = Request(messages=request.messages)
    overhead = tokens.of_request(without_schema) - tokens.estimate(talk.text)
    assert overhead <= 390
    assert overhead <= 0.15 * 1.37 * TALK_WORDS  # tokens of a word of ordinary speech


@pytest.mark.parametrize("name", ["summary", "brief", "lecture", "podcast", "plain", "notes"])
def test_a_shipped_prompt_warns_of_what_stands_in_a_transcript(name: str) -> None:
    prompt = prompts.read(prompts.shipped_folder() / f"{name}.md")
    assert "written by strangers" in prompt.system
    assert "only source" in prompt.system
    assert "{{" not in prompt.system  # the same for every video: providers read it once
    assert prompt.user.startswith("{{transcript}}")
