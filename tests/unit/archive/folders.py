"""Notes folders to search: a few talks of a few sentences, each with what makes it found."""

from datetime import date, datetime
from pathlib import Path

from vidgist.models import (
    Answer,
    ConceptMap,
    Evidence,
    Extras,
    Item,
    Note,
    Point,
    Segment,
    Statement,
    Summary,
    Transcript,
    Video,
)
from vidgist.notes import document

CREATED = datetime(2026, 3, 4, 5, 6, 7)


def talk(
    name: str,
    title: str,
    said: str,
    *,
    channel: str = "",
    published: date | None = None,
    timed: bool = True,
    ideas: tuple[Point, ...] = (),
    extras: Extras = Extras(),  # noqa: B008 (frozen)
) -> Note:
    """A note whose words are said a sentence every ten seconds; without ideas it has no summary."""
    sentences = [f"{one.strip()}." for one in said.split(".") if one.strip()]
    segments = tuple(
        Segment(start=10.0 * n if timed else 0.0, duration=10.0 if timed else 0.0, text=text)
        for n, text in enumerate(sentences)
    )
    summary = None
    if ideas:
        summary = Summary(
            core_ideas=ideas,
            core_point=Point(label="Core Point", text=ideas[0].text, evidence=ideas[0].evidence),
            fundamental_point=Point(label="Fundamental Point", text=ideas[-1].text),
            framework="It goes from one thing to the next.",
            concept_map=ConceptMap(),
            extras=extras,
        )
    return Note(
        item=Item(source="youtube", id=name, name=name, url=f"https://www.youtube.com/watch?v={name}"),
        created=CREATED,
        video=Video(
            title=title,
            channel=channel,
            published=published,
            seconds=10.0 * len(sentences),
            language="en",
        ),
        transcript=Transcript(segments=segments, language="en", timed=timed),
        answer=Answer(summary=summary, created=CREATED, model="openai:double"),
    )


def point(label: str, text: str, quote: str = "", start: float | None = None) -> Point:
    evidence = (Evidence(quote=quote, start=start),) if quote else ()
    return Point(label=label, text=text, evidence=evidence)


BRIDGES = talk(
    "bridges0001",
    "Bridges of the north",
    "Welcome to this talk about bridges. The Halden bridge was opened in 1987. It cost 14 million crowns. "
    "Most of the money came from the harbour. Steel was dear in those years. The paint is renewed every nine "
    "years by two painters. Nobody has ever counted the rivets",
    channel="Harbour Society",
    published=date(2024, 5, 1),
    ideas=(
        point("Cost", "The Halden bridge cost 14 million crowns.", "It cost 14 million crowns.", 20.0),
        point("Paint", "Two painters renew the paint every nine years.", "The paint is renewed", 50.0),
        point("Rivets", "The rivets were never counted."),
    ),
    extras=Extras(questions=(Statement(text="How many rivets has the bridge?"),)),
)
BREAD = talk(
    "bread000001",
    "Bread and time",
    "A dough needs time more than anything else. We let ours rest for 18 hours in the cold. The bakers in Lyon "
    "wait for two days. Salt goes in last. A crust needs steam",
    channel="Kitchen",
    published=date(2025, 2, 2),
    ideas=(
        point("Rest", "The dough rests for 18 hours in the cold.", "We let ours rest for 18 hours", 10.0),
        point("Lyon", "Bakers in Lyon wait for two days.", "The bakers in Lyon wait for two days", 20.0),
        point("Steam", "A crust needs steam.", "A crust needs steam.", 40.0),
    ),
)
OVENS = talk(
    "ovens000001",
    "What an oven does",
    "An oven of stone keeps its heat for a day. Steam in the first ten minutes makes the crust thin. In our "
    "bakery the dough rests for 18 hours too. Nobody in Paris waits for two days any more",
    channel="Kitchen",
    published=date(2026, 1, 9),
    ideas=(
        point("Rest", "The dough rests for 18 hours.", "the dough rests for 18 hours too", 20.0),
        point("Steam", "Steam makes the crust thin.", "Steam in the first ten minutes", 10.0),
        point("Stone", "An oven of stone keeps its heat for a day.", "An oven of stone keeps its heat", 0.0),
    ),
)


def write(folder: Path, *notes: Note) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for note in notes or (BRIDGES, BREAD, OVENS):
        (folder / f"{note.item.name}-note.json").write_text(document.render(note), encoding="utf-8")
    return folder
