"""A program of the person's own as the model."""

import os
import shlex
import sys
import time

import pytest

from vidgist.config import Settings
from vidgist.engines import command
from vidgist.errors import ConfigError, Transient
from vidgist.models import Message, Request

ASKED = Request(
    messages=(Message(role="system", content="Be brief."), Message(role="user", content="Hello; $HOME"))
)


def made(code: str, timeout: float = 60.0) -> command.Command:
    return command.create(Settings(timeout=timeout), shlex.join([sys.executable, "-c", code]))


def test_the_prompt_goes_in_and_the_reply_comes_out() -> None:
    reply = made("import sys; print('<think>x</think>' + sys.stdin.read().upper())").complete(ASKED)
    assert reply.text == "BE BRIEF.\n\nHELLO; $HOME"
    assert reply.usage.calls == 1


def test_a_program_that_fails_says_why() -> None:
    with pytest.raises(Transient, match="ended with 3: not logged in"):
        made("import sys; sys.stderr.write('not logged in'); sys.exit(3)").complete(ASKED)


def test_a_silent_program_is_ended() -> None:
    with pytest.raises(Transient, match="--timeout") as caught:
        made("import time; time.sleep(60)", timeout=0.2).complete(ASKED)
    assert caught.value.code == "timeout"


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
def test_what_a_program_has_started_ends_with_it() -> None:
    wrapper = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    began = time.monotonic()
    with pytest.raises(Transient, match="--timeout"):
        made(wrapper, timeout=0.2).complete(ASKED)
    assert time.monotonic() - began < 30


@pytest.mark.skipif(not hasattr(os, "getsid"), reason="no sessions here")
def test_an_interrupt_at_the_terminal_does_not_reach_the_program() -> None:
    assert made("import os; print(os.getsid(0) == os.getpid())").complete(ASKED).text == "True"


@pytest.mark.parametrize("name", ["", "no-such-program-at-all", "'"])
def test_what_is_no_program_is_refused(name: str) -> None:
    with pytest.raises(ConfigError):
        command.create(Settings(), name)
