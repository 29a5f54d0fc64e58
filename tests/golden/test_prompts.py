"""The prompts that ship: whoever changes one raises its version, and none costs much beside a short talk."""

import pytest

from vidgist.engines import _bodies, _outlines
from vidgist.engines._abilities import RUNGS, Ability, Rung
from vidgist.llm import prompts
from vidgist.llm.context_window import ContextWindow
from vidgist.llm.filled_prompts import Questions
from vidgist.llm.splitting import Part
from vidgist.models import Message, Request, Segment, Transcript, Video
from vidgist.text import tokens

PINNED = {
    "brief@3": "1b819770ea22",
    "lecture@3": "8ae5fc198a5c",
    "meeting@3": "b7b1575ce961",
    "notes@3": "be457540ae16",
    "plain@3": "1667d75498da",
    "podcast@3": "f34628b869dc",
    "summary@3": "bcc6a944cf16",
}

SHIPPED = sorted(signature.partition("@")[0] for signature in PINNED)

TALK = Transcript(segments=(Segment(start=0, duration=600, text="the kettle " * 950),), language="en")
"""Ten minutes of ordinary speech, 1,900 words."""

VIDEO = Video(title="How an electric kettle knows that the water boils", seconds=600, channel="Home Lab")
MOST_OVERHEAD = 0.25


@pytest.mark.parametrize("signature", PINNED)
def test_a_changed_prompt_has_a_new_version(signature: str) -> None:
    name, _, version = signature.partition("@")
    prompt = prompts.read(prompts.shipped_folder() / f"{name}.md")
    assert (prompt.version, prompt.fingerprint) == (version, PINNED[signature])


def test_every_shipped_prompt_is_pinned() -> None:
    shipped = [prompts.read(path).signature for path in prompts.shipped_folder().glob("*.md")]
    assert sorted(shipped) == sorted(PINNED)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("rung", RUNGS)
def test_a_prompt_adds_little_to_a_ten_minute_talk(name: str, rung: Rung) -> None:
    body = _bodies.build(_asked(name), "model", Ability(rung=rung))
    messages = body["messages"]
    assert isinstance(messages, list)
    sent = tokens.of_request(Request(messages=tuple(map(Message.model_validate, messages))))
    said = tokens.estimate(TALK.text)
    assert 0 < sent - said <= MOST_OVERHEAD * said


@pytest.mark.parametrize("name", [name for name in SHIPPED if name != "plain"])
def test_a_shipped_prompt_shows_the_shape_of_its_reply(name: str) -> None:
    request = _asked(name)
    assert request.schema_ is not None
    assert _outlines.is_shown(request.schema_, request.messages[0].content)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_prompt_warns_of_what_stands_in_a_transcript(name: str) -> None:
    prompt = prompts.read(prompts.shipped_folder() / f"{name}.md")
    assert "written by strangers" in prompt.system
    assert "only source" in prompt.system
    assert "{{" not in prompt.system  # the same for every video: providers read it once
    assert prompt.user.startswith("{{transcript}}")


def _asked(name: str) -> Request:
    """What is asked about the talk with a prompt; with that for notes, about the talk as a part."""
    notes = prompts.notes()
    if name == prompts.NOTES:
        asking = Questions(prompts.find("summary"), notes, "", ContextWindow(lambda: 128_000))
        return asking.part(VIDEO, TALK, Part(TALK.segments, ()))
    return Questions(prompts.find(name), notes, "", ContextWindow(lambda: 128_000)).whole(VIDEO, TALK)
