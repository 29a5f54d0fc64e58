"""The record that the format comes from, byte for byte."""

from pathlib import Path

from vidgist.models import ConceptMap, Point, Summary
from vidgist.text import record

SEED = Path(__file__).with_name("seed_record.txt").read_bytes()


def test_the_seed_renders_to_its_own_bytes() -> None:
    assert record.render(record.parse(SEED.decode())).encode() == SEED


def test_the_seed_is_read_field_by_field() -> None:
    seed = record.parse(SEED.decode())
    assert seed.title == "DeepSeek如何绕过英伟达的护城河CUDA"
    assert seed.url == "https://youtube.com/watch?v=WDsAhkFsKfE&si=Sfk7CV7L4lHBZPpj"
    assert (seed.status, seed.duration, record.seconds(seed.duration)) == ("success", "8:43", 523)
    assert seed.description.startswith("### Summary of the Content:\n\n**I. Core Ideas**\n\n*   **DeepSeek's")
    assert seed.description.endswith("</Mermaid_Diagram>\n")
    assert len(seed.content.split()) == 1680
    assert seed.content.endswith("keep questioning and keep diving deep")


def test_the_layout_of_a_summary_is_that_of_the_seed() -> None:
    """All but the diagram, which Mermaid itself refuses in the seed."""
    description = record.parse(SEED.decode()).description
    ideas, conclusions, framework = (
        [line for line in part.split("\n") if line][1:] for part in description.split("\n\n**I")[1:4]
    )
    core, fundamental = map(_point, conclusions)
    summary = Summary(
        core_ideas=tuple(map(_point, ideas)),
        core_point=core,
        fundamental_point=fundamental,
        framework=framework[0],
        concept_map=ConceptMap(),
    )
    head = description.partition("<Mermaid_Diagram>")[0]
    assert record.sections(summary).partition("<Mermaid_Diagram>")[0] == head


def _point(bullet: str) -> Point:
    label, _, text = bullet.removeprefix("*   **").partition(":** ")
    return Point(label=label, text=text)
