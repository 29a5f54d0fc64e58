"""The table that compares prompts says of models that read well or badly what they do."""

from pathlib import Path

import pytest
from benchmarks import prompts

from tests.doubles.llm import Llm
from tests.doubles.planted import NOUNS
from tests.doubles.reading_minds import reading

FACTS = (
    "In Pelham the keepers counted 4211730 lamps in the year of the flood.",
    "Nobody here says this of 12 mills.",
)
SUBJECTS = NOUNS[:14]


@pytest.fixture
def talk(tmp_path: Path) -> str:
    lines = [
        f"The {one} of the {other} was repaired in {1_800 + 7 * number} by {number + 12} people from the coast."
        for number, (one, other) in enumerate(zip(SUBJECTS * 4, SUBJECTS[3:] * 5, strict=False))
    ]
    lines.insert(len(lines) // 2 + 3, FACTS[0])
    cues = (
        f"00:{4 * at // 60:02}:{4 * at % 60:02}.000 --> 00:{4 * at // 60:02}:{(4 * at % 60) + 3:02}.900\n{line}\n\n"
        for at, line in enumerate(lines)
    )
    path = tmp_path / "talk.en.vtt"
    path.write_text("WEBVTT\n\n" + "".join(cues), "utf-8")
    return str(path)


def row(talk: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    with Llm(responder=reading(kind)) as server:
        settings: dict[str, object] = {
            "model": "openai:double",
            "base_url": server.base_url,
            "window": 128_000,
        }
        lines = prompts.compare([talk], settings, ["summary"], FACTS).splitlines()
    cells = [cell.strip() for cell in lines[2].strip("| ").split("|")]
    return dict(zip(prompts.HEADS, cells, strict=True))


def thirds(told: dict[str, str]) -> list[int]:
    return [int(one) for one in told["evidence by thirds"].split(" · ")]


def test_a_careful_model_keeps_all_and_covers_all(talk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = row(talk, "careful", monkeypatch)
    assert (told["ideas kept"], told["supported"]) == ("6 of 6", "100%")
    assert told["facts reached"] == "1 of 1"
    right, _, all_of_them = told["figures right"].split()
    assert right == all_of_them != "0"
    assert min(thirds(told)) > 0


def test_a_hasty_model_covers_the_beginning(talk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = row(talk, "hasty", monkeypatch)
    assert thirds(told)[2] == 0
    assert told["facts reached"] == "0 of 1"


def test_an_inventive_model_supports_little(talk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = row(talk, "inventive", monkeypatch)
    assert told["supported"] == "0%"
    right, _, all_of_them = told["figures right"].split()
    assert int(right) < int(all_of_them) / 2
