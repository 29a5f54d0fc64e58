"""What plug-ins of Obsidian run stands nowhere in a Markdown note as foreign text, and reads as the same words."""

import html
import re

import pytest
import yaml

from tests import samples
from vidgist.config import Settings
from vidgist.models import (
    Answer,
    Chapter,
    ConceptMap,
    Edge,
    Evidence,
    Failure,
    Node,
    Note,
    Point,
    Segment,
    Transcript,
)
from vidgist.writers import md
from vidgist.writers.md import MARK

ATTACKS = {
    "templater": "<%* tR += 6 * 7 %>",
    "templater-trimmed": "<%_ tp.file.move('/x') -%>",
    "quickadd": "{{VALUE:name}}",
    "liquid": "{% raw %}{{ x }}{% endraw %}",
    "dataview-js": "`$= dv.pages().length`",
    "dataview-inline": "`= this.file.name`",
    "dataview-fence": "```dataviewjs dv.list() ```",
    "inline-field": "[rating:: 5] (due:: 2026-01-01) key:: value",
    "comment": "%%hidden%% text",
    "html": "<script>x</script><!-- c -->",
    "embed": "![[secret]] [[note|alias]]",
    "callout": "[!danger] block ^blk ==mark==",
}
OPENINGS = ("<%", "%>", "{{", "}}", "{%", "`", "$=", "%%", "::", "<script", "<!--", "![[", "[[", "==", "^blk")


def _note(text: str) -> Note:
    point = Point(label=f"Label {text}", text=f"Text {text} end", evidence=(Evidence(quote=text, start=2.0),))
    graph = ConceptMap(
        direction="LR",
        nodes=(
            Node(id="a", label=f"A {text}", shape="box"),
            Node(id="b", label=f"B {text}", shape="box"),
        ),
        edges=(Edge(source="a", target="b", label=text),),
    )
    whole = samples.FULL
    assert whole.answer is not None
    assert whole.answer.summary is not None
    assert whole.video is not None
    summary = whole.answer.summary.model_copy(
        update={
            "core_ideas": (point,),
            "core_point": point,
            "fundamental_point": point,
            "framework": f"Rests on {text} and so on.",
            "concept_map": graph,
        }
    )
    update = {"summary": summary, "model": f"openai:{text}", "notices": (f"notice {text}",)}
    answer = whole.answer.model_copy(update=update)
    video = whole.video.model_copy(
        update={
            "title": f"Title {text} end",
            "channel": f"Channel {text} end",
            "author": f"Author {text}",
            "playlist": f"List {text}",
            "description": f"About {text}",
            "chapters": (Chapter(start=0.0, title=f"Chapter {text}"),),
        }
    )
    item = whole.item.model_copy(update={"url": f"https://example.com/a?q={text}%%b"})
    transcript = Transcript(
        segments=(Segment(start=0.0, duration=2.0, text=f"said {text} then"),), language="en"
    )
    return whole.model_copy(update={"answer": answer, "video": video, "item": item, "transcript": transcript})


@pytest.mark.parametrize("wikilinks", [False, True])
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_no_opening_of_a_plug_in_stands_raw(attack: str, wikilinks: bool) -> None:
    text = md.create(Settings(wikilinks=wikilinks)).render(_note(attack))
    ours = text.replace(MARK, "").replace("```mermaid\n", "").replace("\n```", "")
    if wikilinks:
        ours = re.sub(r"\[\[([^\[\]]*)\]\]", r"\1", ours)
    head, _, body = ours[4:].partition("\n---\n")
    found = [line for line in body.splitlines() for opening in OPENINGS if opening in line]
    found += [line for line in head.splitlines() for opening in OPENINGS[:-2] if opening in line]
    assert not found


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_it_reads_as_the_same_words(attack: str) -> None:
    text = md.create(Settings()).render(_note(attack))
    head = yaml.safe_load(text[4:].partition("\n---\n")[0])
    assert head["title"].replace("\u2060", "") == f"Title {attack} end"
    assert head["model"].replace("\u2060", "") == f"openai:{attack}"
    heading = next(line for line in text.splitlines() if line.startswith("# "))
    assert html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", heading)) == f"# Title {attack} end"


def test_a_failure_is_inert_too() -> None:
    failure = Failure(
        code="refused", message="the model said <%* x %> {{y}} `$= z`", hint="", stage="summarize"
    )
    note = _note("x").model_copy(update={"answer": None, "failure": failure})
    text = md.create(Settings()).render(note)
    assert not [opening for opening in ("<%", "{{", "`$") if opening in text]


def test_free_text_of_a_model_is_inert_too() -> None:
    answer = Answer.model_validate(
        {
            "text": "# <%* x %>\n- {{y}}\n\n```dataviewjs\ndv.list()\n```\n`$= z` [k:: v]",
            "model": "m",
            "prompt": "p",
            "created": "2026-11-24T00:00:00",
        }
    )
    text = md.create(Settings()).render(_note("x").model_copy(update={"answer": answer}))
    body = text.partition("## Summary")[2].partition("## ")[0]
    assert not [opening for opening in ("<%", "{{", "`", "::") if opening in body]
