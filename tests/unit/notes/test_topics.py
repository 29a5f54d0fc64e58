from tests import samples
from vidgist.models import ConceptMap, Node
from vidgist.notes import topics


def test_the_most_connected_concepts_come_first() -> None:
    assert topics.of(samples.FULL) == ("River", "Bend", "Soft bank", "Straighten it?", "Oxbow lake")


def test_long_labels_are_no_topics_and_ideas_fill_up() -> None:
    nodes = (Node(id="a", label="A statement of more than three words"), Node(id="b", label="bends grow"))
    assert samples.FULL.answer
    assert samples.FULL.answer.summary
    summary = samples.FULL.answer.summary.model_copy(update={"concept_map": ConceptMap(nodes=nodes)})
    note = samples.FULL.model_copy(
        update={"answer": samples.FULL.answer.model_copy(update={"summary": summary})}
    )
    assert topics.of(note) == ("bends grow", "Oxbow lakes", "Straight rivers")


def test_nothing_is_known_of_a_failure() -> None:
    assert topics.of(samples.FAILED) == ()


def test_a_tag_is_one_word_with_a_letter() -> None:
    assert topics.tag("Soft bank?") == "soft-bank"
    assert topics.tag("深度学习") == "深度学习"
    assert topics.tag("2026") == ""
    assert topics.tag("#x [[y]]") == "x-y"
