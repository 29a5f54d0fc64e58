"""Flowcharts as people, models and enemies write them: about half of them parse, nobody says which."""

# ruff: noqa: SIM905 (one string of alternatives is read at a glance, a hundred strings are not)

import random
from collections.abc import Callable

_IDS = (
    "A¦B¦c1¦node-a¦v1.2¦开始¦été¦vend¦v¦1¦12¦1end¦x¦o¦ox¦end¦endpoint¦end-x¦é1¦default¦style¦styled¦"
    "class¦click¦href¦graph¦subgraph¦_self¦1_self¦Bob's¦a/b¦a.b-c¦A-¦x-¦call¦direction¦LR¦"
    "__proto__¦toString¦R&D¦A:¦linkStyle¦9class¦a!b¦a?¦ΑΒ¦קל¦ab¦일¦Vstyle¦vvend¦accTitle¦flowchart¦"
    "callback¦BT"
).split("¦")
_LABELS = (
    'text¦a b¦R & D¦a; b¦x, y¦"q"¦"a (b) [c]"¦"a\nb"¦"`md`"¦"`a"¦""¦"a`"¦~~~¦~~~~ x¦ ~~~¦-x¦- x¦/p¦'
    '/p/¦\\p¦a/¦a\\¦a-b¦a--b¦a-->b¦>¦<¦<b>¦<b x="1">¦a="b"¦x@y¦@¦#35;¦#quot;¦style x:#1;¦%%¦%%{¦'
    "100%% x¦end¦direction LR¦\nx¦x\n¦a\n%% b¦a\n%%b\nc¦x|y¦{x}¦(x)¦[x]¦é¦مرحبا¦🚀¦\u00a0¦\u202e¦a:b¦"
    ':::¦*¦**b**¦$¦?¦!¦=¦==¦x=¦.¦..¦a.b¦.-¦-.¦_¦1.¦#¦&¦~¦^¦+¦"a" b¦a "b"¦v¦x¦o¦ox¦ ¦a ¦x ¦-¦--¦'
    'fa:fa-car¦"#35;"¦"direction LR"¦"style x:#1;"¦\'q\'¦|'
).split("¦")
_BRACKETS = [
    pair.split("¦")
    for pair in "[¦] (¦) {¦} ((¦)) ([¦]) [[¦]] [(¦)] {{¦}} >¦] [/¦/] [\\¦\\] [/¦\\] (((¦))) (-¦-) [|¦|]".split()
]
_LINKS = (
    "-->¦---¦--x¦--o¦<-->¦-.->¦-.-¦==>¦===¦~~~¦---->¦-..->¦--->¦<==>¦<-.->¦->¦=>¦--¦==¦-.¦-->>¦x--x¦"
    "o--o¦<--¦-.-x¦====>¦~~~~"
).split("¦")
_INNER_LINKS = (
    ("--", "-->"),
    ("==", "==>"),
    ("-.", ".->"),
    ("--", "---"),
    ("-.", ".-"),
    ("==", "==="),
    ("--", "==>"),
)
_LOOKS = (
    "style A fill:#f9f¦style A fill:#f9f,stroke:#333,stroke-width:2px¦"
    "style A,B fill: #f9f, stroke: #333;¦style 开始 color:red¦style A fill:violet¦"
    "style A stroke-dasharray: 5 5¦classDef hot fill:#f00;¦class A,B hot¦class A hot;¦class A class¦"
    "linkStyle 0 stroke:red¦linkStyle default stroke:#333¦linkStyle 9 stroke:red¦"
    "linkStyle 0,1 stroke:#333;¦style A fill:end¦style A opacity:0.5¦style A fill:#fff ¦"
    "style A rx:5px, ry:5px¦style A fill:style¦style A font-size:12px¦style A fill:#9ff stroke:#1¦"
    'style A¦click A "https://x.example"¦click A "x" "tip"¦click A href "x" "t" _blank¦'
    'click A call f(x)¦click A  "x"¦%% c¦%%¦%% a\n¦  %% x "y¦%%{x}%%¦%%{init: {}}%%¦¦;¦ ¦;;¦'
    "direction LR¦direction TD¦direction  BT¦direction LR;¦direction LR x¦direction\nLR"
).split("¦")
_TITLES: tuple[Callable[[random.Random], str], ...] = (
    lambda dice: dice.choice(_IDS),
    lambda dice: f"{dice.choice(_IDS)} {dice.choice(_IDS)}",
    lambda dice: f'"{dice.choice(_LABELS)}"',
    lambda dice: f"{dice.choice(_IDS)}[{dice.choice(_LABELS)}]",
    lambda dice: f"{dice.choice(_IDS)} [{dice.choice(_LABELS)}]",
    lambda dice: dice.choice(("a: b", "R & D", "", "a - b", "a, b", "1. Intro", " Title  two", '"a`"')),
)
_HEADERS = (
    "graph TD\n¦flowchart TB\n¦graph LR;¦graph\n¦flowchart-elk LR\n¦graph LR \n¦  graph LR\n¦"
    "graph  LR\n¦%% c\ngraph LR\n¦---\ntitle: x\n---\ngraph LR\n¦\n\ngraph BT\n¦graph LR ;¦"
    "graph RL\r\n¦graph LR A-->B\n¦---\n---\ngraph LR\n¦graphLR\n¦graph\tLR\n¦graph \n¦Graph LR\n¦"
).split("¦")
_CHARACTERS = "[](){}|\"-=.<>&;:,#%@~/\\ \nxovend`'1é"


def flowchart(dice: random.Random) -> str:
    header = dice.choice(_HEADERS) if dice.random() < 0.4 else "graph LR\n"
    ends = ("\n", "\n", "\n", ";\n", " \n", ";", " ; ", "\n\n")
    body = "".join(
        dice.choice(("", "  ", "\t")) + _statement(dice) + dice.choice(ends)
        for _ in range(dice.choice((1, 1, 2, 3, 4)))
    )
    return header + body


def mutant(dice: random.Random, source: str) -> str:
    """The source with up to three slips of the pen."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        at, kind = dice.randrange(len(source) + 1), dice.random()
        if kind < 0.35:
            source = source[:at] + source[at + 1 :]
        elif kind < 0.7:
            source = source[:at] + dice.choice(_CHARACTERS) + source[at:]
        elif kind < 0.85:
            source = source[:at] + dice.choice(_IDS + _LABELS + _LINKS) + source[at:]
        else:
            start = dice.randrange(len(source) + 1)
            source = source[:at] + source[start : start + 20] + source[at:]
    return source


def _node(dice: random.Random) -> str:
    text = dice.choice(_IDS) if dice.random() < 0.45 else dice.choice("ABCDEF")
    if dice.random() < 0.5:
        opener, closer = dice.choice(_BRACKETS[:5] if dice.random() < 0.6 else _BRACKETS)
        if dice.random() < 0.05:
            closer = dice.choice(_BRACKETS)[1]
        label = dice.choice(_LABELS) if dice.random() < 0.5 else dice.choice(("word", "two words", '"q"'))
        text += dice.choice(("", "", "", " ")) + opener + label + closer
    return text + (f":::{dice.choice(_IDS)}" if dice.random() < 0.05 else "")


def _link(dice: random.Random) -> str:
    space, kind = dice.choice(("", " ", " ", "  ", "\t")), dice.random()
    plain = dice.choice(_LINKS[:9] if dice.random() < 0.6 else _LINKS)
    if kind < 0.5:
        return space + plain + space
    if kind < 0.75:
        return f"{space}{plain}{dice.choice(('', ' '))}|{dice.choice(_LABELS)}|{space}"
    start, end = dice.choice(_INNER_LINKS)
    inner = dice.choice(("", " ", " ")) + dice.choice(_LABELS) + dice.choice(("", " ", " "))
    return space + start + inner + end + space


def _statement(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.65:
        text = _node(dice)
        for _ in range(dice.choice((0, 1, 1, 1, 2))):
            if dice.random() < 0.1:
                text += dice.choice((" & ", "&", " &", "  &  ")) + _node(dice)
            text += _link(dice) + _node(dice)
        return text
    if kind < 0.75:
        inside = "\n".join(_statement(dice) for _ in range(dice.randint(0, 2)))
        start = (
            "subgraph"
            + dice.choice((" ", " ", "  ", "\t"))
            + dice.choice(_TITLES)(dice)
            + dice.choice(("", "", " "))
        )
        return f"{start}\n{inside}\n{dice.choice(('end', 'end', 'end', 'end ', 'end;', 'END', '  end', ''))}"
    return dice.choice(_LOOKS)
