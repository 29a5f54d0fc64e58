"""Made-up talks for the tests of the embedded summarizer."""

from vidgist.models import Segment, Transcript
from vidgist.offline import sentences
from vidgist.offline.languages import ENGLISH
from vidgist.offline.sentences import Sentence

BRIDGE = (
    "Welcome to this lecture on suspension bridges. A suspension bridge hangs its deck from two main cables. "
    "The main cables carry the weight of the deck to the towers. Um, the towers push that weight down into the "
    "ground. In this lecture we compare steel cables with carbon cables. Steel cables are heavy but cheap. Carbon "
    "cables are light, and the the carbon fibre costs four times as much. Wind is the great danger for a long deck. "
    "The deck of the Tacoma bridge twisted in the wind and fell in 1940. After that engineers tested every deck in a "
    "wind tunnel. A wind tunnel shows how the deck twists before it is built. Maintenance crews inspect the main "
    "cables every second year. Rust inside the main cables is hard to see. So, you know, sensors now listen for wires "
    "that break. The sensors report each broken wire to the maintenance crew. Should we paint the cables again? In "
    "the end a suspension bridge lasts as long as its main cables are kept dry."
)

CAPTIONS = " ".join("".join(c if c.isalnum() or c in "' " else " " for c in BRIDGE.lower()).split())


def lines(text: str, words: int = 8, seconds: float = 3.0) -> tuple[Segment, ...]:
    """The text as caption lines of so many words and seconds."""
    said = text.split()
    return tuple(
        Segment(start=at / words * seconds, duration=seconds, text=" ".join(said[at : at + words]))
        for at in range(0, len(said), words)
    )


def transcript(text: str, language: str = "en") -> Transcript:
    return Transcript(segments=lines(text), language=language)


def tagged(said: Transcript) -> list[Sentence]:
    """Its English sentences with the part of speech of each word."""
    return sentences.of(said, (), ENGLISH)
