"""Long talks with planted facts, and readers of them: do the facts reach the call for the summary?

Talks are invented, 144 words a minute, with one fact for every two minutes. Readers answer by script: ``brief``
keeps to the length asked for, ``long`` writes 25 words a note and shortens when it is asked to; ``deaf`` gives
notes back as they are. A fact has arrived where its figure and its place stand in one line of that call.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from vidgist.llm import prompts
from vidgist.llm.summarizer import LlmSummarizer
from vidgist.models import Reply, Request, Segment, Transcript, Usage, Video
from vidgist.text import tokens

WORDS_A_MINUTE, MINUTES_A_FACT = 144, 2
READERS = ("brief", "long", "deaf")
NOUNS = [
    "harbour",
    "engine",
    "river",
    "teacher",
    "market",
    "signal",
    "garden",
    "winter",
    "council",
    "bridge",
    "window",
    "machine",
    "letter",
    "budget",
    "village",
]
_VERBS = [
    "carries",
    "changes",
    "follows",
    "needs",
    "explains",
    "builds",
    "measures",
    "protects",
    "replaces",
    "improves",
    "questions",
    "supports",
]
_MORE = [
    "because",
    "people",
    "kept",
    "asking",
    "about",
    "it",
    "and",
    "nobody",
    "had",
    "counted",
    "before",
    "then",
    "although",
    "the",
    "first",
    "attempt",
    "had",
    "failed",
    "in",
    "public",
]
_FACT = re.compile(r"In (P\w+) the keepers counted (\d+) lamps in the year of the flood")
_MATERIAL = re.compile(r"<(transcript|notes)-\w{8}>\n(.*)\n</\1-", re.DOTALL)


def talk(minutes: int, seed: int) -> tuple[Transcript, list[tuple[str, str]]]:
    """An invented talk of so many minutes, and its facts: place and figure."""
    chance = random.Random(seed)
    lines: list[str] = []
    facts: list[tuple[str, str]] = []
    said = 0
    while said < minutes * WORDS_A_MINUTE:
        if said > (len(facts) + 0.5) * MINUTES_A_FACT * WORDS_A_MINUTE:
            facts.append((f"P{_letters(len(facts))}ham", str(chance.randrange(1_000, 99_999))))
            place, figure = facts[-1]
            lines.append(f"In {place} the keepers counted {figure} lamps in the year of the flood.")
        else:
            noun, verb = NOUNS, _VERBS
            more = " ".join(_MORE[: chance.randrange(4, len(_MORE))])
            lines.append(
                f"The {chance.choice(noun)} {chance.choice(verb)} the {chance.choice(noun)} {more} "
                f"{chance.choice(noun)} {chance.choice(verb)} every {chance.choice(noun)}."
            )
        said += len(lines[-1].split())
    pace = 60 / WORDS_A_MINUTE
    segments, start = [], 0.0
    for line in lines:
        lasts = len(line.split()) * pace
        segments.append(Segment(start=start, duration=lasts, text=line))
        start += lasts
    return Transcript(segments=tuple(segments), language="en"), facts


def _letters(number: int) -> str:
    return "".join("bcdfgklmnr"[int(digit)] + "aeiou"[int(digit) % 5] for digit in f"{number:03}")


class Reader:
    """Stands in for a model behind a window; ``last`` is the material of the last call for a summary."""

    model = "scripted:reader"

    def __init__(self, kind: str, window: int) -> None:
        self.kind = kind
        self.window = window
        self.last = ""
        self.calls = 0
        self.too_long = 0

    def complete(self, request: Request, _what: str) -> Reply:
        """The reply to a request, by script."""
        self.calls += 1
        sent = tokens.of_request(request)
        self.too_long += sent + request.max_output_tokens > self.window
        schema = request.schema_ or {}
        members = schema.get("properties")
        assert isinstance(members, dict)
        user = request.messages[1].content
        found = _MATERIAL.search(user)
        material = found[2] if found else user
        if "core_ideas" in members:
            self.last = material
            reply: object = _summary(material)
        elif "notes" in members:
            reply = self._notes(material, user, members["notes"])
        else:
            reply = {"quotes": [{"number": 1, "quote": "", "label": "", "text": ""}]}
        text = json.dumps(reply)
        return Reply(
            text=text,
            finish="stop",
            usage=Usage(input_tokens=sent, output_tokens=tokens.estimate(text), calls=1),
        )

    @contextmanager
    def item(
        self, expected: Callable[[], Usage], placed: Callable[[], object] = lambda: None
    ) -> Iterator["Reader"]:
        """The same: nothing is paid for."""
        yield self

    def forget(self, request: Request) -> None:
        """Nothing is kept."""

    def _notes(self, material: str, user: str, schema: dict[str, object]) -> object:
        most = schema["maxItems"]
        assert isinstance(most, int)
        told = re.search(r"of at most (\d+) words", user)
        words = int(told[1]) if told else 25
        if re.match(r"\d+\. ", material):
            lines = re.findall(r"^(\d+)\. (?:[\d:]+ )?(.*)$", material, re.MULTILINE)
            if self.kind == "deaf":
                return {"notes": [{"quote": "", "text": text} for _, text in lines[:most]]}
            ranked = sorted(lines, key=lambda line: not _FACT.search(line[1]))[:most]
            return {
                "notes": [{"number": int(number), "text": _short(text, words)} for number, text in ranked]
            }
        about = re.search(r'"notes": \[about (\d+)', user)
        count = int(about[1]) if about else most
        sentences = re.findall(r"[^.]+\.", material)
        facts = [one for one in sentences if _FACT.search(one)]
        step = max(1, len(sentences) // count)
        others = [one for one in sentences[::step] if one not in facts][: max(0, count - len(facts))]
        chosen = sorted((*facts, *others), key=sentences.index)[:count]
        length = 25 if self.kind != "brief" else words
        return {"notes": [{"quote": one.strip(), "text": _padded(one.strip(), length)} for one in chosen]}


def _padded(sentence: str, length: int) -> str:
    """The sentence in so many words, before it where it is short what a person says to fill."""
    filler = [
        "It",
        "was",
        "said",
        "at",
        "some",
        "length",
        "by",
        "the",
        "one",
        "who",
        "spoke",
        "here",
        "today",
        "to",
        "all",
        "of",
        "those",
        "present",
        "that",
    ]
    said = sentence.split()
    if len(said) >= length:
        return _short(sentence, length)
    return " ".join((*filler[: length - len(said)], *said))


def _short(text: str, words: int) -> str:
    """The text in so many words, a fact's figure and place kept."""
    fact = _FACT.search(text)
    said = f"{fact[1]}: {fact[2]} lamps" if fact and len(text.split()) > words else text
    return " ".join(said.split()[:words])


def _summary(material: str) -> object:
    lines = [line for line in material.split("\n") if line.strip()][:6]
    ideas = [
        {"quotes": [line], "label": f"Idea {n}", "text": f"It is told that {line}"}
        for n, line in enumerate(lines)
    ]
    nodes = [{"id": n, "label": n, "shape": "box", "group": ""} for n in ("n1", "n2")]
    edges = [{"source": "n1", "target": "n2", "label": "leads to"}]
    return {
        "core_ideas": ideas,
        "core_point": {"quotes": [], "text": "It comes to this."},
        "fundamental_point": {"quotes": [], "text": "It rests on that."},
        "framework": "From one to the other.",
        "concept_map": {"direction": "LR", "groups": [], "nodes": nodes, "edges": edges},
    }


def arrived(minutes: int, window: int, kind: str, seed: int = 7) -> tuple[int, int, int]:
    """Facts that reach the last call, facts planted, and calls made."""
    transcript, facts = talk(minutes, seed + minutes)
    reader = Reader(kind, window)
    summarizer = LlmSummarizer(reader, prompts.find("summary"), now=lambda: datetime(2026, 1, 1))
    summarizer.summarize(Video(title="Lamps and floods", seconds=minutes * 60), transcript)
    if reader.too_long:
        raise AssertionError(f"{reader.too_long} requests are larger than the window of {window}")
    lines = reader.last.split("\n")
    reached = sum(any(place in line and figure in line for line in lines) for place, figure in facts)
    return reached, len(facts), reader.calls
