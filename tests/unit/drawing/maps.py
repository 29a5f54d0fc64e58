"""Maps to draw: ordinary ones and seeded hostile ones."""

from random import Random

from vidgist.models import ConceptMap, Edge, Group, Node

NASTY = (
    "",
    " ",
    "plain",
    "two words",
    "<script>alert(1)</script>",
    "</title></style><b>",
    "a & b &amp; c",
    "\"quoted\" and 'so'",
    "]]> <!-- x -->",
    "\x00\x1b[31mred\x07\x9b",
    "line\nbreak\r\ttab\u2028here",
    "\u202eevil\u202c\u2066x\u2069\u200f\ufeff",
    "\ud800 half",
    "\uffff\ufffe",
    "W" * 120,
    "word " * 90,
    "混合专家模型（6710亿参数）和并行线程执行编程",
    "نموذج مزيج الخبراء (10 مرات)",
    "מודל שפה גדול",
    "👩‍👩‍👧‍👦 family 🚀🚀 👍🏽",
    "Z" + "\u0301" * 40,
    "हिन्दी में एक लंबा नाम",
    "ไม่มีช่องว่างในประโยคนี้เลยแม้แต่น้อย",
)


def hostile(seed: int) -> ConceptMap:
    chance = Random(seed)
    count = chance.randint(0, 9)
    ids = [str(chance.randrange(20)) for _ in range(count)]  # with doubles
    ends = [*ids, "nobody"]
    shapes = ("box", "round", "decision")
    return ConceptMap(
        direction=chance.choice(("LR", "TB")),
        nodes=tuple(
            Node(id=i, label=chance.choice(NASTY), shape=chance.choice(shapes), group=chance.choice("abcd "))
            for i in ids
        ),
        edges=tuple(
            Edge(source=chance.choice(ends), target=chance.choice(ends), label=chance.choice(("", *NASTY)))
            for _ in range(chance.randint(0, 2 * count))
        ),
        groups=tuple(Group(id=i, label=chance.choice(NASTY)) for i in chance.sample("abcab", 4)),
    )


def tall(seed: int) -> ConceptMap:
    """A long way through many groups, with shortcuts and ways back."""
    chance = Random(seed)
    groups = chance.randint(0, 7)
    count = chance.randint(8, 40)
    nodes = []
    for number in range(count):
        group = str(number * groups // count) if groups and chance.random() < 0.9 else ""
        nodes.append(Node(id=str(number), label=f"Step {number} {chance.choice(NASTY[2:6])}", group=group))
    edges = [
        Edge(source=str(number), target=str(number + 1), label=chance.choice(("", "", "leads to")))
        for number in range(count - 1)
    ]
    for _ in range(chance.randint(0, 5)):
        one, other = chance.sample(range(count), 2)
        edges.append(Edge(source=str(one), target=str(other), label=chance.choice(("", "long way"))))
    return ConceptMap(
        direction=chance.choice(("LR", "TB")),
        nodes=tuple(nodes),
        edges=tuple(edges),
        groups=tuple(Group(id=str(number), label=f"Theme {number}") for number in range(groups)),
    )


def crossed(seed: int) -> ConceptMap:
    """Groups that link to one another in all directions, and nodes between them."""
    chance = Random(seed)
    groups, count = chance.randint(2, 6), chance.randint(8, 22)
    names = ("Yeast", "Carbon price", "Market volatility of small banks", "Voters", *NASTY[2:6])
    ways = ("", "", "leads to", "is measured by", "a label that takes several lines of its own")
    nodes = tuple(
        Node(
            id=str(number),
            label=f"{chance.choice(names)} {number}",
            shape=chance.choice(("box", "round", "decision")),
            group=str(number * (groups + 1) // count),  # the last are in no group
        )
        for number in range(count)
    )
    ends = [(str(chance.randrange(number)), str(number)) for number in range(1, count)]
    ends += [
        (str(one), str(other))
        for one, other in (chance.sample(range(count), 2) for _ in range(chance.randint(2, count)))
    ]
    return ConceptMap(
        direction=chance.choice(("LR", "TB")),
        nodes=nodes,
        edges=tuple(
            Edge(source=one, target=other, label=chance.choice(ways)) for one, other in dict.fromkeys(ends)
        ),
        groups=tuple(Group(id=str(number), label=f"Theme {number}") for number in range(groups)),
    )


def chain(*labels: str, direction: str = "LR") -> ConceptMap:
    return ConceptMap.model_validate(
        {
            "direction": direction,
            "nodes": [{"id": str(n), "label": label} for n, label in enumerate(labels)],
            "edges": [{"source": str(n), "target": str(n + 1), "label": ""} for n in range(len(labels) - 1)],
        }
    )


def large(nodes: int, edges: int) -> ConceptMap:
    chance = Random(7)
    ends = [str(n) for n in range(nodes)]
    return ConceptMap(
        nodes=tuple(Node(id=i, label=f"Concept {i}", group=str(int(i) // 20)) for i in ends),
        edges=tuple(
            Edge(source=chance.choice(ends), target=chance.choice(ends), label=chance.choice(("", "uses")))
            for _ in range(edges)
        ),
        groups=tuple(Group(id=str(n), label=f"Part {n}") for n in range(nodes // 20)),
    )
