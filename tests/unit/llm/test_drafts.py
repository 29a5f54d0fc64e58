"""Drafts: what is asked for and what is taken for it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.errors import BadReply
from vidgist.llm import drafts, normalization, schemas, sizes
from vidgist.models import ConceptMap

GOOD: dict[str, Any] = {
    "core_ideas": [{"quotes": [f"quote {n}"], "label": f"Label {n}", "text": f"Text {n}."} for n in range(4)],
    "core_point": {"quotes": ["core quote"], "text": "The end."},
    "fundamental_point": {"quotes": [], "text": "The ground."},
    "framework": "How it is built.",
    "concept_map": {
        "direction": "LR",
        "groups": [],
        "nodes": [{"id": n, "label": n.upper(), "shape": "box", "group": ""} for n in "abc"],
        "edges": [{"source": "a", "target": "b", "label": "makes"}],
    },
}


def changed(**fields: object) -> str:
    return json.dumps({**GOOD, **fields})


def idea(**fields: object) -> dict[str, object]:
    return {**GOOD["core_ideas"][0], **fields}


def test_a_reply_as_asked_for_is_a_draft() -> None:
    draft = drafts.read(json.dumps(GOOD))
    assert [(part.label, part.text, part.quotes) for part in draft.core_ideas][1] == (
        "Label 1",
        "Text 1.",
        ("quote 1",),
    )
    assert (draft.core_point.text, draft.core_point.quotes) == ("The end.", ("core quote",))
    assert draft.framework == "How it is built."
    assert [node.label for node in draft.concept_map.nodes] == ["A", "B", "C"]


def test_what_models_write_instead_is_taken() -> None:
    reply = changed(
        core_ideas=[
            idea(quotes="one quote", label=" **A label:** ", extra=1),
            idea(quotes=[{"quote": "as an object"}, {"text": "or so"}, "third"], text=["Two", "paragraphs."]),
            idea(quotes=None, label="x" * 300, text=7),
        ],
        core_point="Only a text.",
        framework=["One.", "Two."],
        unknown="ignored",
    )
    draft = drafts.read(reply)
    first, second, third = draft.core_ideas
    assert (first.label, first.quotes) == ("A label", ("one quote",))
    assert (second.text, second.quotes) == ("Two\n\nparagraphs.", ("as an object", "or so", "third"))
    assert (third.text, third.quotes) == ("7", ())
    assert len(third.label) == normalization.LABEL_CHARACTERS
    assert draft.core_point.text == "Only a text."
    assert draft.framework == "One.\n\nTwo."


def test_every_idea_is_read_but_none_twice() -> None:
    ideas = [idea(label=f"L{n}") for n in range(20)]
    found = drafts.read(changed(core_ideas=[*ideas, ideas[3]])).core_ideas
    assert [part.label for part in found] == [f"L{n}" for n in range(20)]
    assert len(drafts.read(changed(core_ideas=ideas[:1])).core_ideas) == 1


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("**1. Wood beats steel:**", "Wood beats steel"),
        ("## 3) Wood beats steel", "Wood beats steel"),
        ("Idea 2: Wood beats steel", "Wood beats steel"),
        ("- **Wood** beats steel", "Wood** beats steel"),
        ("IV. Wood beats steel.", "Wood beats steel."),
        ("“Wood beats steel”", "Wood beats steel"),
        ("#5: Wood", "Wood"),
        ("3D printing", "3D printing"),
        ("5 habits of sailors", "5 habits of sailors"),
        ("1984", "1984"),
        ("1.5 degrees", "1.5 degrees"),
        ("**", "**"),
    ],
)
def test_a_label_loses_its_number_and_its_markup(written: str, label: str) -> None:
    assert drafts.read(changed(core_ideas=[idea(label=written)])).core_ideas[0].label == label


def test_extras_are_read_as_far_as_they_go() -> None:
    draft = drafts.read(
        changed(
            outline=[{"quote": "one two", "title": "1. Start", "text": "T."}, 7, None, "bare"],
            mentions=[{"name": "**Ada**", "kind": "person", "text": "Wrote it."}],
            figures="none",
            tasks=[{"quotes": ["a", "b"], "text": "Do", "who": "Ada", "due": 3}],
            overview=["One.", "Two."],
        )
    )
    assert [(one.title, one.text, one.quote) for one in draft.outline] == [
        ("Start", "T.", "one two"),
        ("", "bare", ""),
    ]
    assert draft.mentions[0].name == "Ada"
    assert draft.figures == ()
    assert (draft.tasks[0].quote, draft.tasks[0].due) == ("a … b", "3")
    assert draft.overview == "One.\n\nTwo."


LONG = "The toll at the bridge doubled overnight, and the lock keepers refused to work until the first frost came."


def test_texts_that_were_held_to_a_length_end_with_a_sentence() -> None:
    draft = drafts.ended(
        drafts.read(
            changed(
                core_ideas=[
                    idea(text=f"{LONG} Nobody had kept the a"),
                    idea(text=f"{LONG[:-1]} and the h"),
                    idea(
                        text="It ends by itself",
                        label="The effects of a new way of programming on the hardware belo",
                    ),
                ],
                framework=f"{LONG[:-1]} and there is never an end to it at a",
            )
        )
    )
    assert [one.text for one in draft.core_ideas] == [LONG, f"{LONG[:-1]} and the h", "It ends by itself"]
    assert draft.core_ideas[2].label == "The effects of a new way of programming on the hardware"
    assert draft.framework == f"{LONG[:-1]} and there is never an end to it at…"
    assert draft.core_point.text == "The end."


@pytest.mark.parametrize(
    ("text", "language", "closed"),
    [
        ("Ships sail at dawn", "en", "Ships sail at dawn."),
        ("Ships sail at dawn.", "en", "Ships sail at dawn."),
        ("**Ships sail.**", "en", "**Ships sail.**"),
        ("He calls it “the moat”", "en", "He calls it “the moat”."),
        ("One is said. Ships sail to the", "en", "One is said."),
        ("Ships sail to the", "en", "Ships sail to the…"),
        ("They die", "en", "They die."),
        ("Two things matter: wood,", "en", "Two things matter: wood…"),
        ("船は夜明けに出る", "ja", "船は夜明けに出る。"),
        ("배는 새벽에 떠난다", "ko", "배는 새벽에 떠난다."),
        ("जहाज़ सुबह निकलते हैं", "hi", "जहाज़ सुबह निकलते हैं।"),
        ("เรือออกตอนเช้า", "th", "เรือออกตอนเช้า"),
        ("Նավերը մեկնում են", "hy", "Նավերը մեկնում են։"),
        ("Նավերը մեկնում են։", "hy", "Նավերը մեկնում են։"),
        ("", "en", ""),
    ],
)
def test_a_text_that_a_model_ended_without_a_mark_gets_one(text: str, language: str, closed: str) -> None:
    assert normalization.closed(text, language) == closed


@pytest.mark.parametrize(
    ("reply", "broken"),
    [
        ("", "the reply is empty"),
        (" \n", "the reply is empty"),
        ("I cannot do that.", "holds no complete JSON object"),
        (json.dumps(GOOD)[:-20], "holds no complete JSON object"),
        ('{"unexpected": true}', "holds no complete JSON object"),
        (changed(core_ideas=[]), "core_ideas: at least 1 are needed, not 0"),
        (changed(core_ideas="none"), "core_ideas: "),
        (
            changed(core_ideas=[*GOOD["core_ideas"][:3], idea(label=" ")]),
            "core_ideas[3].label: it is empty",
        ),
        (
            changed(core_ideas=[idea(text=""), *GOOD["core_ideas"]]),
            "core_ideas[0].text: it is empty",
        ),
        (changed(core_ideas=[idea(label=None), *GOOD["core_ideas"]]), "core_ideas[0].label: "),
        (changed(core_point={"quotes": []}), "core_point.text: it is missing"),
        (changed(fundamental_point=None), "fundamental_point: "),
        (changed(framework=" "), "framework: it is empty"),
        (changed(concept_map={"nodes": []}), "concept_map: at least 2 nodes"),
        (changed(concept_map=None), "concept_map: at least 2 nodes"),
    ],
)
def test_a_broken_rule_is_named(reply: str, broken: str) -> None:
    with pytest.raises(BadReply) as caught:
        drafts.read(reply)
    assert broken in str(caught.value)


def test_a_reply_that_says_one_thing_in_every_field_breaks_a_rule() -> None:
    one = "PTX is a lower level"
    ideas = [idea(text=one, label="PTX"), idea(text=f"{one}.", label="PTX again")]
    circle = changed(core_ideas=ideas, core_point=one, fundamental_point=one)
    with pytest.raises(BadReply, match="all say the same"):
        drafts.read(circle)
    assert drafts.read(circle, is_strict=False).core_point.text == one
    drafts.read(changed(core_ideas=ideas, core_point=one, fundamental_point="It costs more work."))


def test_a_missing_map_can_be_done_without() -> None:
    assert drafts.read(changed(concept_map="nothing"), is_strict=False).concept_map == ConceptMap()
    with pytest.raises(BadReply, match="framework"):
        drafts.read(changed(concept_map="nothing", framework=""), is_strict=False)


def test_a_mermaid_text_is_a_map() -> None:
    draft = drafts.read(changed(concept_map="graph TD\n  A[One] --> B[Two]\n  A --> C[Three]"))
    assert len(draft.concept_map.nodes) == 3


def test_a_record_in_markdown_is_a_draft() -> None:
    text = (
        "**I. Core Ideas**\n\n*   **A:** One.\n*   **B:** Two.\n*   **C:** Three.\n\n"
        "**II. Conclusion Points**\n\n*   **Core Point:** End.\n*   **Fundamental Point:** Ground.\n\n"
        "**III. Overarching Framework**\n\nBuilt so.\n\n"
        "**IV. Conceptual Map**\n\n<Mermaid_Diagram>\ngraph LR\n  A[One] --> B[Two]\n  B --> C[Three]\n</Mermaid_Diagram>\n"
    )
    draft = drafts.read(text)
    assert [part.label for part in draft.core_ideas] == ["A", "B", "C"]
    assert (draft.core_point.text, draft.fundamental_point.text, draft.framework) == (
        "End.",
        "Ground.",
        "Built so.",
    )
    assert len(draft.concept_map.nodes) == 3


def _objects(schema: object) -> list[dict[str, Any]]:
    if not isinstance(schema, dict):
        return []
    inner = [*schema.get("properties", {}).values(), schema.get("items")]
    here = [schema] if schema.get("type") == "object" else []
    return here + [found for part in inner for found in _objects(part)]


EXTRAS = ("outline", "overview", "mentions", "figures", "questions", "decisions", "tasks")


@pytest.mark.parametrize(("extras", "count"), [((), 8), (EXTRAS, 14)])
def test_the_schema_is_what_strict_servers_take(extras: tuple[str, ...], count: int) -> None:
    schema = schemas.summary(extras=extras)
    text = json.dumps(schema)
    assert "$ref" not in text
    assert "$defs" not in text
    objects = _objects(schema)
    assert len(objects) == count
    for part in objects:
        assert part["required"] == list(part["properties"])
        assert part["additionalProperties"] is False


def test_the_schema_has_the_fields_of_a_draft_quotes_first() -> None:
    schema: dict[str, Any] = schemas.summary(extras=EXTRAS)
    assert list(schema["properties"]) == list(drafts.Draft.model_fields)
    assert next(iter(schema["properties"]["core_ideas"]["items"]["properties"])) == "quotes"
    map_fields = schema["properties"]["concept_map"]["properties"]
    assert set(map_fields) == set(ConceptMap.model_fields)
    assert "outline" not in schemas.summary()["properties"]  # type: ignore[operator]


@pytest.mark.parametrize("minutes", [0.3, 1, 4, 10, 45, 120, 300])
@pytest.mark.parametrize("window", [8_000, 128_000])
def test_a_schema_never_asks_for_less_than_the_prompt(minutes: float, window: int) -> None:
    size = sizes.of_talk(int(minutes * 144 * 4 / 3), window)
    schema: dict[str, Any] = schemas.summary(size)
    ideas = schema["properties"]["core_ideas"]
    nodes = schema["properties"]["concept_map"]["properties"]["nodes"]
    for (low, high), asked in ((size.ideas, ideas), (size.nodes, nodes)):
        assert asked["minItems"] <= low <= high <= asked["maxItems"]


@pytest.mark.parametrize(
    ("minutes", "ideas"),
    [(0.3, (1, 1)), (1.5, (1, 3)), (4, (2, 5)), (10, (3, 8)), (57, (5, 10)), (240, (8, 15))],
)
def test_the_size_follows_the_talk(minutes: float, ideas: tuple[int, int]) -> None:
    assert sizes.of_talk(int(minutes * 144 * 4 / 3), 128_000).ideas == ideas
    assert sizes.of_talk(int(minutes * 144 * 4 / 3), 128_000).within(3, 10).ideas[1] <= 3


@given(
    st.recursive(
        st.none() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["text", "label", "quotes", "nodes"]), inner)
        ),
    ),
    st.sampled_from(list(GOOD)),
)
def test_any_value_in_any_field_is_a_draft_or_a_bad_reply(value: object, field: str) -> None:
    try:
        draft = drafts.read(changed(**{field: value}), is_strict=False)
    except BadReply as error:
        broken = str(error)
    else:
        broken = field
        assert draft.core_ideas
    assert field in broken


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("1. Version 2: proper security", "Version 2: proper security"),
        ("**Cost - benefit:**", "Cost - benefit"),
        ("3) Chapter 4. The end", "Chapter 4. The end"),
    ],
)
def test_a_label_loses_its_own_numbering_only(written: str, label: str) -> None:
    assert normalization.label(written) == label
