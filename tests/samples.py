"""Notes to write, read and show: a full one in several scripts, a failed one, and the hostile one."""

from datetime import date, datetime

from hypothesis import strategies as st

from vidgist.models import (
    Answer,
    Chapter,
    ConceptMap,
    Edge,
    Evidence,
    Failure,
    Group,
    Item,
    Node,
    Note,
    Point,
    Segment,
    Summary,
    Transcript,
    Usage,
    Video,
)

HOSTILE = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "</title><script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "<!-- --><!--",
    "]]><b>bold</b>",
    "[x](javascript:window.pwned=1)",
    "![x](https://evil.example/x.png)",
    "<https://evil.example>",
    "https://evil.example/auto and www.evil.example and mail@evil.example",
    "![[embedded]] and [[linked|shown]]",
    "#tag #nested/tag",
    "---",
    "***",
    "===",
    "+++",
    "# heading",
    "> quote",
    "- [ ] task",
    "1. first",
    "12) second",
    "    four spaces",
    "```dataviewjs",
    "~~~",
    "`code` and ``more``",
    "%% comment %%",
    "%%",
    "$x^2$ and $$y$$",
    "==marked== and ~~gone~~",
    "a | b | c",
    "**bold** __bold__ *it* _it_",
    "word ^block-id",
    "[^1]: footnote",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "<% tp.file.title %> {{value}} {% raw %}",
    "field:: value",
    "back\\slash \\",
    "javascript:alert(1)",
    "title: injected",
    "'single' \"double\"",
    "\u202eright to left override",
    "<!-- vidgist: what you write below this line is kept -->",
    "constructor __proto__ toString",
)

st.register_type_strategy(Video, st.builds(Video, url=st.just("")))
st.register_type_strategy(Item, st.builds(Item, note=st.just(""), remark=st.just("")))
"""A note keeps no video's URL: it is the item's."""


WORDS = (
    "We begin with a simple question. Why do some rivers bend and others run straight? "
    "A river that runs through soft ground moves its own banks. On the outside of a bend the water is fast and "
    "takes soil away. On the inside it is slow and leaves soil behind. So every small bend becomes a larger one. "
    "After a long time two bends meet, and the river cuts through. What is left is a lake in the form of a "
    "horseshoe. Engineers have often made rivers straight. The water then runs faster and the floods come "
    "downstream. Giving a river its room back costs land, but it costs less than the dikes do. "
    "In the end a river is a balance between the slope, the water and the ground."
)


def segments(words: str = WORDS, *, size: int = 8, step: float = 3.5) -> tuple[Segment, ...]:
    parts = words.split()
    return tuple(
        Segment(start=n * step, duration=step, text=" ".join(parts[at : at + size]))
        for n, at in enumerate(range(0, len(parts), size))
    )


MAP = ConceptMap(
    nodes=(
        Node(id="river", label="River", shape="round", group="water"),
        Node(id="bend", label="Bend", group="water"),
        Node(id="bank", label="Soft bank", group="ground"),
        Node(id="lake", label="Oxbow lake", group="ground"),
        Node(id="dike", label="Straighten it?", shape="decision"),
        Node(id="flood", label="Floods downstream"),
    ),
    edges=(
        Edge(source="river", target="bank", label="moves"),
        Edge(source="bank", target="bend", label="grows"),
        Edge(source="bend", target="lake", label="is cut off"),
        Edge(source="dike", target="flood", label="brings"),
        Edge(source="river", target="dike"),
    ),
    groups=(Group(id="water", label="Water"), Group(id="ground", label="Ground")),
)

SUMMARY = Summary(
    core_ideas=(
        Point(
            label="Bends grow",
            text="Fast water takes soil on the outside of a bend, slow water leaves it on the inside.",
            evidence=(
                Evidence(quote="On the outside of a bend the water is fast and takes soil away.", start=14.0),
                Evidence(quote="So every small bend becomes a larger one.", start=21.0),
            ),
        ),
        Point(
            label="Oxbow lakes",
            text="When two bends meet, the river cuts through and leaves a lake.",
            evidence=(Evidence(quote="What is left is a lake in the form of a horseshoe.", start=28.0),),
        ),
        Point(label="Straight rivers", text="Straightening moves the floods downstream."),
    ),
    core_point=Point(
        label="Core Point",
        text="A river needs room.",
        evidence=(Evidence(quote="Giving a river its room back costs land", start=42.0),),
    ),
    fundamental_point=Point(
        label="Fundamental Point", text="A river is a balance of slope, water and ground."
    ),
    framework="The talk goes from a question to a mechanism.\n\nThen it asks what people should do with it.",
    concept_map=MAP,
)

FULL = Note(
    item=Item(
        source="youtube",
        id="dQw4w9WgXcQ",
        name="dQw4w9WgXcQ",
        url="https://www.youtube.com/watch?v=dQw4w9WgXcQ&si=abc",
        origin="talks.txt:3",
    ),
    created=datetime(2026, 11, 24, 2, 30, 5, 120),
    video=Video(
        title="Why rivers bend: “a question” of 10 minutes",
        seconds=63.5,
        channel="Ground & Water",
        channel_url="https://www.youtube.com/@groundwater",
        published=date(2026, 11, 20),
        language="en",
        chapters=(Chapter(start=0, title="The question"), Chapter(start=31.5, title="What people do")),
    ),
    transcript=Transcript(segments=segments(), language="en", generated=True),
    answer=Answer(
        summary=SUMMARY,
        model="openai:small",
        prompt="summary 3",
        usage=Usage(input_tokens=1200, output_tokens=400, calls=1),
        created=datetime(2026, 11, 24, 2, 30, 5, 120),
        notices=("one idea had no quote",),
    ),
    cost=0.0012,
)

FAILED = Note(
    item=Item(source="youtube", id="aaaaaaaaaaa", name="aaaaaaaaaaa", url="https://youtu.be/aaaaaaaaaaa"),
    created=datetime(2026, 11, 24, 2, 31),
    video=None,
    failure=Failure(
        stage="fetch",
        code="private",
        message="the video is private",
        hint="ask its owner",
        retry="never",
    ),
)


def labelled(text: str, label: str = "") -> Point:
    return Point(label=label or text, text=text, evidence=(Evidence(quote=text, start=3.0),))


def hostile(text: str) -> Note:
    """A note in which every text is this one."""
    return Note(
        item=FULL.item,
        created=FULL.created,
        video=Video(
            title=text,
            seconds=9,
            channel=text,
            channel_url=text,
            chapters=(Chapter(start=0, title=text),),
            language="en",
        ),
        transcript=Transcript(segments=(Segment(start=0, duration=9, text=text),), language=text[:8]),
        answer=Answer(
            summary=Summary(
                core_ideas=(labelled(text), labelled(text), labelled(text)),
                core_point=labelled(text),
                fundamental_point=labelled(text),
                framework=text,
                concept_map=ConceptMap(
                    nodes=(Node(id="a", label=text, group="g"), Node(id="b", label=text, shape="round")),
                    edges=(Edge(source="a", target="b", label=text),),
                    groups=(Group(id="g", label=text),),
                ),
            ),
            model=text,
            prompt=text,
            created=FULL.created,
            notices=(text,),
        ),
    )
