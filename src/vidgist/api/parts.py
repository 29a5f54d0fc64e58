"""The parts of vidgist that other programs ask for by themselves: quotes, records, maps, notes. No model."""

from os import PathLike
from pathlib import Path

from vidgist.evidence import Concordance
from vidgist.models import ConceptMap, Evidence, Note, Record, Transcript
from vidgist.notes import document, reading
from vidgist.text import record
from vidgist.text.mermaid import checking, writing
from vidgist.text.mermaid import reading as diagrams


def ground(quote: str, transcript: Transcript) -> Evidence | None:
    """Return the passage of a transcript that a quote repeats, as it was said, with its second.

    Case, punctuation and figures written otherwise do not matter. Of a quote with words left out (``...``)
    the first part. None where the transcript has no such words.
    """
    found = Concordance(transcript).find(quote)
    return found[0].evidence if found else None


def parse_record(text: str) -> Record:
    """Return the record in the text of a txt file. Raises `Unreadable` saying which part is off."""
    return record.parse(text)


def render_record(made: Record) -> str:
    """Return the text of a record, byte for byte what it was parsed from."""
    return record.render(made)


def parse_note(text: str) -> Note:
    """Return the note in the text of a json file, with all that was known of it. Raises `Unreadable`."""
    return document.parse(text)


def read_note(path: str | PathLike[str]) -> Note:
    """Return the note in a file of any format; json keeps all, the others what they show.

    Raises `Unreadable`, also where the file cannot be read.
    """
    return reading.read(Path(path))


def check_map(diagram: str) -> str:
    """Return what real Mermaid would refuse in a flowchart, in one line; empty where it draws it."""
    return checking.check(diagram)


def parse_map(diagram: str) -> ConceptMap:
    """Return the concept map that a Mermaid flowchart draws, or means to draw; empty where none."""
    return diagrams.read(diagram).map


def draw_map(concept_map: ConceptMap, *, title: str = "") -> str:
    """Return a concept map as a whole SVG file, which holds no script and loads nothing."""
    from vidgist import drawing

    return drawing.svg(concept_map, title=title)


def render_map(concept_map: ConceptMap) -> str:
    """Return a concept map as a Mermaid flowchart that parses, with any labels."""
    return writing.render(concept_map)
