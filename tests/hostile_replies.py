"""Replies of models that mean ill or know no better, the same ones for the same seed, and what becomes of them."""

import json
import random
from collections.abc import Callable
from datetime import datetime
from functools import cache

from tests.doubles.mind import Mind, said
from tests.hostile_maps import hostile_map, label
from tests.mermaid.flowcharts import flowchart, mutant
from vidgist.config import Settings
from vidgist.errors import ItemError
from vidgist.llm import prompts
from vidgist.llm.summarizer import LlmSummarizer
from vidgist.models import Item, Note, Segment, Transcript, Video
from vidgist.text import record
from vidgist.writers import md

SPOKEN = "the lock keepers refused to work until the first frost and nobody kept the accounts"
TALK = Transcript(segments=(Segment(start=0, duration=9, text=SPOKEN),), language="en")
ITEM = Item(source="local", id="talk", name="talk", url="talk.vtt")
NOW = datetime(2026, 1, 2, 3, 4, 5, 6)

_OPENS, _CLOSES = "\n<Mermaid_Diagram>\n", "</Mermaid_Diagram>"


def reply(seed: int) -> str:
    """A reply whose texts hold every ill will, its map a graph, a graph askew, Mermaid text, or Markdown."""
    dice = random.Random(seed)
    kinds: tuple[Callable[[random.Random], str], ...] = (_graph, _askew, _mermaid, _markdown)
    return kinds[seed % len(kinds)](dice)


def note(text: str, title: str = "A talk") -> Note:
    """The note of a talk whose model gives this reply, however often it is asked. Raises `ItemError`."""
    video = Video(title=title, seconds=9)
    asked = LlmSummarizer(Mind(*[said(text)] * 20), prompts.find("summary"), now=lambda: NOW)
    return Note(item=ITEM, created=NOW, video=video, transcript=TALK, answer=asked.summarize(video, TALK))


def diagram(made: Note) -> str:
    """The Mermaid text in a record."""
    text = record.render(record.of(made))
    begin = text.rindex(_OPENS) + len(_OPENS)
    return text[begin : text.index(_CLOSES, begin)]


@cache
def diagrams(count: int) -> list[str]:
    """Those of the first so many replies that make a record at all; in Markdown they are the same."""
    found: list[str] = []
    writer = md.create(Settings())
    seed = 0
    while len(found) < count:
        try:
            made = note(reply(seed), label(random.Random(seed)))
        except ItemError:
            made = None
        if made is not None:
            found.append(diagram(made))
            assert f"```mermaid\n{found[-1]}```\n" in writer.render(made)
        seed += 1
    return found


def _text(dice: random.Random) -> str:
    return label(dice) or "word"


def _document(dice: random.Random, concept_map: object) -> str:
    claim = {"quotes": [SPOKEN], "text": _text(dice)}
    ideas = [{**claim, "label": _text(dice)} for _ in range(dice.randint(3, 6))]
    document = {
        "core_ideas": ideas,
        "core_point": claim,
        "fundamental_point": claim,
        "framework": _text(dice),
        "concept_map": concept_map,
    }
    return json.dumps(document, ensure_ascii=dice.random() < 0.5)


def _graph(dice: random.Random) -> str:
    return _document(dice, hostile_map(dice.randrange(10**6)).model_dump())


def _askew(dice: random.Random) -> str:
    """As models put it that half know what was asked."""
    graph = hostile_map(dice.randrange(10**6))
    nodes: list[object] = [
        node.label if dice.random() < 0.3 else {"id": node.id, "label": node.label} for node in graph.nodes
    ]
    nodes += [7, None, {"label": 3}, {"id": 4}, [], _text(dice)]
    edges = [{"from": edge.source, "to": edge.target, "label": edge.label} for edge in graph.edges]
    return _document(
        dice, {"nodes": nodes, "edges": edges, "groups": [_text(dice)], "direction": _text(dice)}
    )


def _mermaid(dice: random.Random) -> str:
    source = flowchart(dice)
    return _document(dice, mutant(dice, source) if dice.random() < 0.5 else source)


def _markdown(dice: random.Random) -> str:
    bullets = "\n".join(f"*   **{_text(dice)}:** {_text(dice)}" for _ in range(4))
    return (
        f"**I. Core Ideas**\n\n{bullets}\n\n**II. Conclusion Points**\n\n*   **Core Point:** {_text(dice)}\n"
        f"*   **Fundamental Point:** {_text(dice)}\n\n**III. Overarching Framework**\n\n{_text(dice)}\n\n"
        f"**IV. Conceptual Map**\n\n```mermaid\n{flowchart(dice)}\n```\n"
    )
