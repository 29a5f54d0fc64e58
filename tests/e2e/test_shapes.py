"""The whole program over every shape of server: a record that is exact, quotes found, and nothing found out twice."""

from pathlib import Path

import pytest

from tests.doubles.llm import Llm
from tests.doubles.quoting import quoting
from tests.doubles.shapes import SHAPES
from tests.e2e.conftest import EXAMPLES, Vidgist
from vidgist.text import record, tokens

pytestmark = pytest.mark.unmeasured

TALKS = (
    EXAMPLES / "gettysburg-address.srt",
    EXAMPLES / "second-inaugural.md",
    EXAMPLES / "deepseek-ptx.en.vtt",
)
LETTERS = str.maketrans("0123456789", "abcdefghij")
"""Makes words of numbers: each figure of a talk is compared with each of the statements."""


@pytest.fixture(autouse=True)
def _served(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    llm.responder = quoting


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_of_server_makes_exact_records(
    vidgist: Vidgist, llm: Llm, tmp_path: Path, name: str
) -> None:
    llm.shape = SHAPES[name]
    ended = vidgist("run", *TALKS[:2], "--model", "openai:double", "--jobs", "1")
    assert ended.code == 0, ended.err
    found_out = len(llm.chats)
    assert vidgist("run", TALKS[2], "--model", "openai:double").code == 0
    assert len(llm.chats) == found_out + 1
    notes = sorted((tmp_path / "notes").glob("*.txt"))
    assert vidgist("validate", *notes).code == 0
    assert [record.parse(path.read_text("utf-8")).status for path in notes] == ["success"] * len(TALKS)


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape.window])
def test_a_long_talk_fits_every_window(vidgist: Vidgist, llm: Llm, tmp_path: Path, name: str) -> None:
    """The name of the model says nothing of its window, and nor does the setting: the server has to."""
    llm.shape = SHAPES[name]
    talk = tmp_path / "long.txt"
    talk.write_text(
        "".join(f"Stone {n} of the bridge was laid in year {n + 700}. " for n in range(5_000)).translate(
            LETTERS
        ),
        encoding="utf-8",
    )
    ended = vidgist("run", talk, "--model", "openai:gpt-4.1-mini")
    assert ended.code == 0, ended.err
    cuts_silently = not llm.shape.too_long
    assert ("the talk was done in parts" in ended.err) is cuts_silently
    (made,) = (tmp_path / "notes").glob("*.txt")
    assert vidgist("validate", made).code == 0
    if not cuts_silently:
        return
    answered = [tokens.estimate(chat.prompt) for chat in llm.chats if chat.status == 200]
    assert max(answered[1:]) < llm.shape.window, "what the first reply showed is heeded by all others"
    begun = len(llm.chats)
    again = tmp_path / "again.txt"
    again.write_text(talk.read_text("utf-8").replace("bridge", "temple"), encoding="utf-8")
    assert vidgist("run", again, "--model", "openai:gpt-4.1-mini").code == 0
    assert max(tokens.estimate(chat.prompt) for chat in llm.chats[begun:]) < llm.shape.window
