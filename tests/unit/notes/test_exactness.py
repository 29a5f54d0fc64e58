"""What makes a record exact, and one damage for each thing that can be off."""

from pathlib import Path

import pytest

from tests.samples import FULL, HOSTILE, hostile
from vidgist.models import Note
from vidgist.notes.exactness import fault
from vidgist.text import record

SEED = (Path(__file__).parents[2] / "golden" / "seed_record.txt").read_text(encoding="utf-8")
BEFORE, _, REST = SEED.partition("<Mermaid_Diagram>\n")
DIAGRAM, _, AFTER = REST.partition("</Mermaid_Diagram>\n")
WHOLE = f'{BEFORE}<Mermaid_Diagram>\ngraph LR\n    n0["a"] --> n1["b"]\n</Mermaid_Diagram>\n{AFTER}'
IDEAS = [line for line in WHOLE.splitlines(keepends=True) if line.startswith("*   ")][:5]
FRAMEWORK = "**III. Overarching Framework**\n\n"


def test_the_seed_is_exact_but_for_its_diagram() -> None:
    assert fault(SEED).startswith("the diagram does not parse: line 3: ")
    assert fault(WHOLE) == ""


@pytest.mark.parametrize("note", [FULL, *map(hostile, HOSTILE)])
def test_what_is_written_is_exact(note: Note) -> None:
    assert fault(record.render(record.of(note))) == ""


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("Timestamp: ", "Time: ", "line 1 does not begin with 'Timestamp:'"),
        ("Title: DeepSeek如何绕过英伟达的护城河CUDA\n", "Title: \n", "line 2: '' is no title"),
        ("Title: D", "Title: \0D", "is no title"),
        ("URL: https", "URL:  https", "is no URL"),
        ("### Summary of the Content:\n\n", "", "'### Summary of the Content:'"),
        ("**I. Core Ideas**", "**II. Core Ideas**", "'**I. Core Ideas**' and 1 to 15 bullets"),
        ("*   **Hardware", "*  **Hardware", "'**I. Core Ideas**' and 1 to 15 bullets"),
        ("*   **Hardware", "-   **Hardware", "'**I. Core Ideas**' and 1 to 15 bullets"),
        ("*   **Hardware Optimization:** ", "*   Hardware Optimization: ", "1 to 15 bullets"),
        ("".join(IDEAS), "", "1 to 15 bullets"),
        (IDEAS[0], IDEAS[0] * 16, "1 to 15 bullets"),
        ("**Core Point:**", "**Main Point:**", "'*   **Core Point:**'"),
        (FRAMEWORK, "", "'**III. Overarching Framework**'"),
        (FRAMEWORK, FRAMEWORK + "one\ntwo\n\n", "paragraphs of one line each"),
        ("**IV. Conceptual Map**\n\n", "**IV. Map**\n\n", "'**IV. Conceptual Map**' is wanted"),
        ("<Mermaid_Diagram>\n", "\n<Mermaid_Diagram>\n", "no diagram between"),
        ("</Mermaid_Diagram>\n", "", "no diagram between"),
        ("</Mermaid_Diagram>\n", "</Mermaid_Diagram>\nmore\n", "goes on after </Mermaid_Diagram>"),
        ("graph LR", "grph LR", "the diagram does not parse: line 1"),
        ("all right", "all  right", "more than single spaces"),
        ("all right", "all\0right", "control characters"),
    ],
)
def test_one_thing_off_is_named(old: str, new: str, wrong: str) -> None:
    damaged = WHOLE.replace(old, new, 1)
    assert damaged != WHOLE
    assert wrong in fault(damaged)


def test_a_framework_has_as_many_paragraphs_as_it_needs() -> None:
    assert fault(WHOLE.replace(FRAMEWORK, FRAMEWORK + "One paragraph.\n\nAnother.\n\n")) == ""


def test_a_success_has_content() -> None:
    head = WHOLE[: WHOLE.rindex("Content:\n")]
    assert fault(f"{head}Content:\n") == "not an exact record: a success without content"


def test_two_records_in_one_file_are_none() -> None:
    assert "goes on after </Mermaid_Diagram>" in fault(WHOLE + WHOLE)


def test_a_failed_record_has_no_summary() -> None:
    failed = WHOLE[: WHOLE.index("### ")].replace("success", "failed: private: it is private")
    assert fault(f"{failed}\n\nContent:\n") == "no summary: failed: private: it is private"
