"""Maps with every ill will that a label or an id can hold, the same ones for the same seed."""

import random

from vidgist.models import ConceptMap, Edge, Group, Node

FRAGMENTS = (
    # what Mermaid, its Markdown, its icons and its formulas look for
    *(
        '"',
        "#",
        "#34;",
        "#quot;",
        "#colon;",
        "&quot;",
        "&#34;",
        "&lt;b&gt;",
        "&nbsp;",
        "`",
        '"`md`"',
        "*bold*",
        "**b**",
    ),
    *(
        "_i_",
        "__u__",
        "~~x~~",
        "~~~",
        "x*y*z",
        "snake_case",
        "`c`",
        "$$x^2$$",
        "$",
        "$$",
        "\\n",
        "\\",
        "\\*",
        "fa:fa-car",
    ),
    *(
        "fab:fa-x",
        "mdi:home",
        "http://x.example",
        "www.x.example",
        "a@x.example",
        "[a](b)",
        "![x](y)",
        "[x]: y",
        "[^1]",
    ),
    *(
        "1. ",
        "10)",
        "- ",
        "+ ",
        "# ",
        "> ",
        "=",
        "===",
        "---",
        "| a | b |",
        "[ ]",
        "- [ ] t",
        "<a@x.example>",
    ),
    # what the flowchart's lexer looks for
    *(
        "end",
        "graph TB",
        "direction TB",
        "direction LR",
        "subgraph",
        "click",
        "style x fill:#f9f;",
        "classDef y:#1;",
    ),
    *(
        "%%",
        "%%{init: {}}%%",
        "-->",
        "--",
        "|",
        "||",
        "{",
        "}",
        "[[",
        "((",
        "A --> B",
        ";",
        ":",
        ":::",
        "@{",
        "default",
    ),
    # what a page looks for
    *(
        "<b>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "<!--",
        "]]>",
        "javascript:alert(1)",
        "&amp;",
        "<br/>",
    ),
    # what Mermaid keeps for itself, and what it could be mistaken for
    *("\ufb02", "\ufb02°°34¶ß", "¶ß", "°", "¶", "ß", "\u2060", "\u2217", "\u223c", "\uff3f", "\u02cb"),
    # scripts, marks and characters that are no text
    *(
        "中文",
        "العربية",
        "עברית",
        "ไทย",
        "👩\u200d👩\u200d👧",
        "e\u0301",
        "𝕏",
        "\u202e",
        "\u200d",
        "\u2066",
        "\ufeff",
        "\uffff",
    ),
    *(
        "\n",
        "\r\n",
        "\t",
        "\u2028",
        "\x00",
        "\x1b[31m",
        "\x85",
        "\ud800",
        "\u00a0",
        "\u3000",
        "\ue000",
        "\u0378",
        "\u3164",
    ),
    *("word", "Mixture (671B)", "don't", "?", "!", "a", "12", "e", "x"),
)
_IDS = ("end", "graph", "n0", "n1", "g0", "style", '"', " ", "", "__proto__", "a-->b")


def label(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.05:
        return ""
    if kind < 0.15:
        return "".join(chr(dice.randrange(32, 127)) for _ in range(dice.randint(1, 30)))
    if kind < 0.2:
        spans = ((0, 0x300), (0x2000, 0x3100), (0x1F300, 0x1F700), (0, 0x110000))
        return "".join(chr(dice.randrange(*dice.choice(spans))) for _ in range(dice.randint(1, 20)))
    return dice.choice(("", " ")).join(dice.choice(FRAGMENTS) for _ in range(dice.randint(1, 8)))


def hostile_map(seed: int) -> ConceptMap:
    dice = random.Random(seed)
    ids = [
        dice.choice(_IDS) if dice.random() < 0.3 else f"x{n}"
        for n in range(dice.choice((0, 1, 2, 3, 5, 8, 12)))
    ]
    groups = [dice.choice(("g", "", "n0", "end", f"q{n}")) for n in range(dice.randint(0, 4))]
    ends = [*ids, "unknown"]
    return ConceptMap(
        direction=dice.choice(("LR", "TB")),
        nodes=tuple(
            Node(
                id=id_,
                label=label(dice),
                shape=dice.choice(("box", "round", "decision")),
                group=dice.choice([*groups, "", "unknown"]),
            )
            for id_ in ids
        ),
        edges=tuple(
            Edge(
                source=dice.choice(ends),
                target=dice.choice(ends),
                label=label(dice) if dice.random() < 0.5 else "",
            )
            for _ in range(dice.randint(0, 2 * len(ids)))
        ),
        groups=tuple(Group(id=id_, label=label(dice)) for id_ in groups),
    )
