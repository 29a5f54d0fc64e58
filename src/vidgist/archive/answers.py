"""What a model answers a question with: how it is asked for, read, and checked against its passages. Pure.

A reply is a draft until each of its sentences was checked. A sentence without a passage that carries it is
left out and counted; where none stays, the notes do not say.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from vidgist.archive import answer_kinds, checking
from vidgist.archive.search import Hit
from vidgist.errors import BadReply
from vidgist.evidence import function_words
from vidgist.llm import replies
from vidgist.llm.schemas import Schema
from vidgist.models import Usage, Value
from vidgist.text.search_words import words

MOST_SENTENCES, MOST_CITED = 40, 8
LEAST_HELD, OF_THE_BEST = 0.2, 0.5
"""Shares that one of the passages cited holds at least: of a question, by how specific its words are, and
of what the best passage holds. Of 120 questions, half of them paraphrases, the passage with the answer holds
0.26 or more, and 0.92 or more of the best.
"""

_SENTENCE_CHARACTERS, _QUOTE_CHARACTERS, _MISSING_CHARACTERS = 500, 200, 300
_CITATION = re.compile(r"\s*[\[【(]\s*((?:\d{1,3}\s*[,;]?\s*)+)[\])】]")
_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.!?。！？]+|$)(?:\s*[\[【(]\s*(?:\d{1,3}\s*[,;]?\s*)+[\])】])*")
_OF_A_TALK = re.compile(
    r"talk|video|vídeo|vidéo|episod|épisod|lecture|podcast|interview|session|stream|publish|upload|record|post|"
    r"vortrag|folge|sendung|charla|palestra|conf[eé]ren|puntata|動画|講演|视频|演讲",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:no|not|never|none|nothing|neither|nor|without|lack\w*|missing|absent|unclear|unknown|nicht|nichts|kein\w*|"
    r"ohne|fehl\w*|unklar|ne|pas|aucun\w*|rien|sans|manque\w*|sin|nada|ning\w*|falta\w*|non|nessun\w*|senza|manca\w*|"
    r"não|nenhum\w*|sem|nem)\b|n['’]t\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^[\s*•#>-]+|\*\*")


class Sentence(Value):
    """One sentence of an answer and the numbers of the passages that carry it."""

    text: str
    passages: tuple[int, ...] = ()


class LeftOut(Value):
    """A sentence that a model wrote and no passage carries, and why it does not stand."""

    text: str
    why: str


class AskResult(Value):
    """The answer to a question about a notes folder.

    ``sentences`` are what was checked and stands; empty where the notes do not say, or where no model was
    asked (``model`` is then ``offline:``). ``passages`` are numbered from 1 in the order given.
    ``unknown`` are words of the question that stand in no note; ``is_foreign``: it is of another language
    than the notes. ``missing`` is what the notes do not say of it, in the model's words. ``cost`` is in US
    dollars, None where no price is known.
    """

    question: str
    sentences: tuple[Sentence, ...] = ()
    passages: tuple[Hit, ...] = ()
    missing: str = ""
    left_out: tuple[LeftOut, ...] = ()
    unknown: tuple[str, ...] = ()
    is_foreign: bool = False
    notes: int = 0
    model: str = ""
    usage: Usage = Usage()
    cost: float | None = 0.0

    @property
    def says(self) -> bool:
        """Return whether the notes answer the question."""
        return bool(self.sentences)

    @property
    def cited(self) -> tuple[int, ...]:
        """Return the numbers of the passages that the answer stands on."""
        return tuple(sorted({number for one in self.sentences for number in one.passages}))


def _numbers(value: object) -> object:
    """Take the numbers of passages that a reply gives: a single one, or text that holds some."""
    members = value if isinstance(value, list | tuple) else [value]
    found = []
    for member in members:
        if isinstance(member, int) and not isinstance(member, bool):
            found.append(member)
        elif isinstance(member, str):
            found += [int(one) for one in re.findall(r"\d{1,4}", member)]
    return tuple(dict.fromkeys(found))[:MOST_CITED]


def _text(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else ""


_Line = Annotated[str, BeforeValidator(_text)]


class Asked(Value):
    """A question, and the names in it, of which ``absent`` ones stand in no note."""

    question: str
    names: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


class Said(BaseModel):
    """A sentence as a model wrote it. ``quote`` are words that it says to have copied."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: _Line
    passages: Annotated[tuple[int, ...], BeforeValidator(_numbers)] = ()
    quote: _Line = ""


class Draft(BaseModel):
    """A reply as a model wrote it. ``look_for`` are words that may stand where the passages say nothing."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    answer: tuple[Said, ...] = ()
    missing: _Line = ""
    look_for: tuple[str, ...] = ()


def read(text: str) -> Draft:
    """Return the draft in a reply: JSON however wrapped, or plain sentences with numbers in brackets.

    Raises `BadReply` where there is neither.
    """
    data = replies.document(text, ("answer",))
    if data is not None:
        members = data.get("answer")
        sentences = [said for one in members if (said := _said(one))] if isinstance(members, list) else []
        if isinstance(members, str):
            sentences = list(plain(members))
        words = data.get("look_for")
        return Draft(
            answer=tuple(sentences[:MOST_SENTENCES]),
            missing=data.get("missing", ""),
            look_for=tuple(str(one) for one in words)[:12] if isinstance(words, list) else (),
        )
    spoken = replies.printable(replies.without_thoughts(text)).strip()
    if not spoken or spoken[0] in "{[<":
        raise BadReply("the reply holds no complete JSON object with the field answer")
    return Draft(answer=tuple(plain(spoken))[:MOST_SENTENCES])


def plain(text: str) -> Iterator[Said]:
    """Return the sentences of a text, with the passages named in brackets behind each."""
    for match in _SENTENCE.finditer(text):
        numbers = [int(one) for cited in _CITATION.findall(match[0]) for one in re.findall(r"\d+", cited)]
        sentence = _MARKS.sub("", _CITATION.sub("", match[0])).strip()
        if sentence:
            yield Said(text=sentence, passages=tuple(dict.fromkeys(numbers)))


def _said(value: object) -> Said | None:
    if isinstance(value, str):
        return next(plain(value), None)
    if not isinstance(value, dict):
        return None
    said = Said.model_validate(value)
    if not said.passages and _CITATION.search(said.text):
        return next(plain(said.text), None)
    text = _CITATION.sub("", said.text).strip()
    return said.model_copy(update={"text": text}) if text else None


def check(
    draft: Iterable[Said], passages: Sequence[Hit], asked: Asked
) -> tuple[tuple[Sentence, ...], tuple[LeftOut, ...]]:
    """Return the sentences that stand on what they cite, and those that do not."""
    stand, fall = [], []
    for said in draft:
        kept = checked(said, passages, asked)
        if isinstance(kept, Sentence):
            stand.append(kept)
        else:
            fall.append(kept)
    if stand and not any(is_to_the_point(one, passages, asked) for one in stand):
        fall += [LeftOut(text=one.text, why="what it cites has little of the question") for one in stand]
        stand = []
    kind = answer_kinds.missing(asked.question, [one.text for one in stand])
    if stand and kind:
        fall += [LeftOut(text=one.text, why=f"the question asks for {kind}") for one in stand]
        stand = []
    return tuple(stand), tuple(fall)


def is_to_the_point(sentence: Sentence, passages: Sequence[Hit], asked: Asked) -> bool:
    """Return whether a sentence cites a passage that has enough of the question to answer it."""
    return not to_the_point(passages, asked).isdisjoint(sentence.passages)


def to_the_point(passages: Sequence[Hit], asked: Asked) -> frozenset[int]:
    """Return the numbers of the passages that have enough of the question to answer it."""
    least = max(LEAST_HELD, OF_THE_BEST * max((hit.held for hit in passages), default=0.0))
    return frozenset(
        number for number, hit in enumerate(passages, 1) if hit.held >= least and has_names(hit, asked)
    )


def has_names(hit: Hit, asked: Asked) -> bool:
    """Return whether the note of a passage has half of the names asked for."""
    return 2 * len(hit.lacks) <= len(asked.names)


def checked(said: Said, passages: Sequence[Hit], asked: Asked) -> Sentence | LeftOut:
    """Return a sentence with the passages that carry it, or why it does not stand.

    What is said of a name that stands in no note has nothing to stand on.
    """
    texts = [material(hit, dated=bool(_OF_A_TALK.search(said.text))) for hit in passages]
    own = [number for number in said.passages if 1 <= number <= len(texts)]
    nowhere = [name for name in asked.absent if name in words(said.text)]
    if nowhere:
        return LeftOut(text=said.text, why=f"no note has {', '.join(nowhere)}")
    may = to_the_point(passages, asked)
    why = checking.fault(said.text, said.quote, checking.cited(own, texts), asked.question, texts)
    if own and (why or may.isdisjoint(own)) and (other := _copied(said.text, texts, may, asked)):
        return Sentence(text=said.text, passages=(other,))
    if why:
        return LeftOut(text=said.text, why=why)
    carrying = [
        number
        for number in own
        if checking.shares(said.text, texts[number - 1]) or checking.holds(texts[number - 1], said.quote)
    ]
    return Sentence(text=said.text, passages=tuple(carrying or own))


def _copied(text: str, texts: Sequence[str], among: Iterable[int], asked: Asked) -> int:
    """Return the number of a passage that surely carries a sentence whose number is another one; else 0."""
    if not checking.touches(text, asked.question):
        return 0
    for number in sorted(among):
        own = texts[number - 1]
        if checking.shares(text, own, checking.COPIED) and not checking.fault(
            text, "", [own], asked.question
        ):
            return number
    return 0


def lack(missing: str, question: str) -> str:
    """Return what a model says that the notes lack; empty where that is no denial, or tells a figure or name.

    In a language whose words are not known it is believed.
    """
    code = function_words.code("", missing)
    if not code and not missing.isascii():
        return missing
    denies = _DENIES.search(missing) and not checking.invented(missing, question)
    return missing if denies else ""


def material(hit: Hit, *, dated: bool = True) -> str:
    """Return all that a passage says of itself: where it stands, its label, its words.

    The day is that of the video, so it carries nothing but what is said of the video.
    """
    parts = (hit.title, hit.channel, hit.day if dated else "", hit.label, hit.text)
    return "\n".join(filter(None, parts))


def schema() -> Schema:
    """Return the JSON schema of a reply, in the form that strict servers take."""
    sentence: Schema = {
        "type": "object",
        "properties": {
            "text": {"type": "string", "maxLength": _SENTENCE_CHARACTERS},
            "passages": {
                "type": "array",
                "items": {"type": "integer"},
                "minItems": 1,
                "maxItems": MOST_CITED,
            },
            "quote": {"type": "string", "maxLength": _QUOTE_CHARACTERS},
        },
        "required": ["text", "passages", "quote"],
        "additionalProperties": False,
    }
    words: Schema = {"type": "string", "maxLength": 40}
    return {
        "type": "object",
        "properties": {
            "answer": {"type": "array", "items": sentence, "minItems": 0, "maxItems": MOST_SENTENCES},
            "missing": {"type": "string", "maxLength": _MISSING_CHARACTERS},
            "look_for": {"type": "array", "items": words, "minItems": 0, "maxItems": 12},
        },
        "required": ["answer", "missing", "look_for"],
        "additionalProperties": False,
    }
