import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.text.mermaid.checking import check
from vidgist.text.mermaid.writing import MAX_LENGTH

VERDICTS = Path(__file__).parents[3] / "fixtures" / "mermaid" / "verdicts.jsonl"


def test_against_the_recorded_verdicts_of_mermaid() -> None:
    """``refused_by`` names the versions of the real Mermaid that do not parse a flowchart."""
    rows = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 150
    accepted = [row["source"] for row in rows if not check(row["source"])]
    assert [row["source"] for row in rows if row["source"] in accepted and row["refused_by"]] == []
    valid = [row["source"] for row in rows if not row["refused_by"]]
    assert len(accepted) >= 0.7 * len(valid)


@pytest.mark.parametrize(
    "source",
    [
        "graph LR\n",
        "graph",
        "\ufeffflowchart TB;A-->B",
        "---\ntitle: A map\n---\n%% c\ngraph LR\r\nA --> B\r\n",
        'graph LR\nA["x (y) [z]"] --> B(("q")) --> C(["w"]) & D\n',
        "graph LR\nA -->|yes| B -- no --> C == so ==> D -. or .-> E ~~~ F <--> G\n",
        "graph LR\nA --- B\nlinkStyle 0 stroke:#f00,stroke-width:2px\nlinkStyle default stroke:red\n",
        'graph LR\nA:::hot --> B\nstyle A,B fill:#f9f;\nclassDef hot fill: red\nclass A,B hot\nclick A "x"\n',
        'graph LR\nsubgraph one["A (1)"]\ndirection TB;\nA\nend\nsubgraph Two words: R & D\nB\nend;\nsubgraph "q"\nend\n',
        "graph LR\ndefault --> classics --> 开始 --> Bob's\n",
        "graph LR\nbox--> A --- x --> B\n",
    ],
)
def test_what_every_mermaid_parses(source: str) -> None:
    assert check(source) == ""


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("", "line 1: not a flowchart"),
        ("\n\nmindmap\n", "line 1: not a flowchart"),
        ("graph LR\n\nA[x (y)] --> B\n", "line 3: a label holds brackets"),
        ("graph LR\nA -->|x (y)| B\n", "line 2: a link's label holds"),
        ("graph LR\nA -->\n", "line 2: a node's id is expected"),
        ("graph LR\nA B\n", "line 2: a link, ';'"),
        ("graph LR\nend --> B\n", "line 2: 'end' has a keyword"),
        ("graph LR\nA:::style --> B\n", "line 2: 'style' has a keyword"),
        ("graph LR\nclass A class\n", "line 2: 'class' has a keyword"),
        ("graph LR\n__proto__\n", "line 2: '__proto__' is a name"),
        ("graph LR\nend\n", "line 2: 'end' without 'subgraph'"),
        ("graph LR\nA\nsubgraph X\nB\n", "line 3: 'subgraph' without 'end'"),
        ("graph LR\nsubgraph\nend\n", "line 2: a title of letters"),
        ("graph LR\nsubgraph A (x)\nend\n", "line 2: a title of letters"),
        ("graph LR\nsubgraph default\nend\n", "line 2: 'default' cannot be"),
        ("graph LR\nsubgraph end x\nend\n", "line 2: 'end' has a keyword"),
        ('graph LR\nsubgraph "A"\nA\nend\n', "line 3: 'A' cannot be a node here"),
        ("graph LR\nA --> B\nlinkStyle 1 stroke:red\n", "line 3: 'linkStyle' of a link"),
        ("graph LR\nx--> A\n", "line 2: a space is expected"),
        ('graph LR\nA["go direction LR"]\n', "line 2: 'direction' is not alone"),
        ('graph LR\nA["<b x=1>"]\nB["y="]\n', "line 3: a tag with attributes"),
        ("graph LR\nA\nB[style x:#1;]\n", "line 3: a style beside"),
        ("graph LR\n\n%%{init: {}}%%\n", "line 3: a directive"),
        ("graph LR\nA[\x0b]\n", "line 2: a character that no label holds, U+000B"),
        ("graph LR\nA[\ud800]\n", "line 2: a character that no label holds, U+D800"),
        ("graph LR\n" + "A & B --> C & D\n" * 126, "line 127: more than the 500 links"),
        ("graph LR\n" + "%" * MAX_LENGTH, "longer than the 50000 characters"),
        ("graph LR\n---\n", "line 2: a node's id is expected"),
    ],
)
def test_what_is_refused_and_why(source: str, why: str) -> None:
    found = check(source)
    assert found.startswith(why)
    assert "\n" not in found


@given(st.text())
def test_any_text_gets_a_verdict_of_one_line(text: str) -> None:
    assert "\n" not in check(f"graph LR\n{text}")
