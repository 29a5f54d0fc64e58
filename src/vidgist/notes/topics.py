"""What a video is about in a few words, for tags and for finding it again. Pure."""

from collections import Counter

from vidgist.models import Note, Summary
from vidgist.text import filenames
from vidgist.text.hygiene import one_line

MOST = 5
_WORDS = 3
_CHARACTERS = 28


def of(note: Note) -> tuple[str, ...]:
    """Return at most five short topics, the most central first.

    They are the concepts with most relations in the concept map, then the labels of the core ideas; only
    short ones, since a sentence is no topic.
    """
    summary = note.answer.summary if note.answer else None
    if summary is None:
        return ()
    found: dict[str, str] = {}
    for label in _candidates(summary):
        topic = one_line(label)
        if topic and len(topic.split()) <= _WORDS and len(topic) <= _CHARACTERS and tag(topic):
            found.setdefault(tag(topic), topic)
    return tuple(found.values())[:MOST]


def _candidates(summary: Summary) -> list[str]:
    graph = summary.concept_map
    relations = Counter(end for edge in graph.edges for end in (edge.source, edge.target))
    central = sorted(graph.nodes, key=lambda node: -relations[node.id])
    return [node.label for node in central] + [idea.label for idea in summary.core_ideas]


def tag(topic: str) -> str:
    """Return the topic as one word of lower-case letters, digits and hyphens; empty
    where it has no letter.
    """
    word = filenames.slug(topic).casefold()
    return word if any(character.isalpha() for character in word) else ""
