"""Which statements of a draft stand on words of the transcript, and what becomes of the others. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vidgist.errors import BadReply
from vidgist.evidence import Candidate, Check, Checker, Passage
from vidgist.llm import normalization, replies
from vidgist.llm.drafts import Claim, Draft

CORE, FUNDAMENTAL = "Core Point", "Fundamental Point"

MOST_QUOTES = 4
"""Passages that are shown below one statement."""

_OFFERED = 3
_SHARERS = 2
"""Ideas that one passage may carry."""

_OVERLAP = 0.6

_TIME = re.compile(r"^\W*(?:\d+:)?\d{1,2}:\d\d\W+")
_NUMBERED = re.compile(r'\s*(\d+)[.):]\s*["“]?(.+?)["”]?\s*')


@dataclass(frozen=True)
class Judged:
    """A statement, where it stands in the talk, and what is wrong with it.

    ``repeats`` names the statement that it says over again; ``offered`` are passages that may carry it.
    """

    label: str
    text: str
    passages: tuple[Passage, ...] = ()
    check: Check = field(default_factory=Check)
    offered: tuple[Candidate, ...] = ()
    repeats: str = ""

    @property
    def stands(self) -> bool:
        """Return whether the talk carries it: by a passage that has to do with it, and with nothing added."""
        return bool(self.passages) and not self.check.doubts

    @property
    def faults(self) -> str:
        """Return what is to be put right, for a model; empty where nothing is."""
        if self.repeats:
            return f"says the same as {self.repeats}: say something else, with another label"
        if self.check.doubts:
            return f"not said in the talk: {'; '.join(self.check.doubts)}"
        return "" if self.passages else "no quote of the talk carries it"


@dataclass(frozen=True)
class Correction:
    """What a model gave when it was asked again about one statement; empty where it gave nothing."""

    quote: str = ""
    label: str = ""
    text: str = ""


class Findings:
    """A draft, and for each of its statements what was found so far.

    Statements are numbered from 1: the ideas, then the core point, then the fundamental point. ``notes`` are
    notes on the talk by their text, for a model that saw these alone.
    """

    def __init__(
        self, draft: Draft, checker: Checker, notes: Mapping[str, tuple[Passage, ...]] | None = None
    ) -> None:
        self.checker = checker
        self.notes = notes or {}
        ideas = _merged([self.judge(idea.label, idea) for idea in draft.core_ideas])
        self.ideas = len(ideas)
        self.statements: list[Judged] = [
            *ideas,
            self.judge(CORE, draft.core_point),
            self.judge(FUNDAMENTAL, draft.fundamental_point),
        ]
        self._settle_shared()
        self._mark_repeated()

    @property
    def faulty(self) -> dict[int, Judged]:
        """Return the statements that are worth asking about, by number."""
        return {number: one for number, one in enumerate(self.statements, 1) if one.faults}

    @property
    def asks(self) -> bool:
        """Return whether more is wanting than the quote of a conclusion, or one that says an idea over again.

        Those two are reported and cost no call of their own.
        """
        return any(number <= self.ideas or one.check.doubts for number, one in self.faulty.items())

    def judge(self, label: str, claim: Claim, known: tuple[Passage, ...] = ()) -> Judged:
        """Look up a statement's quotes, or passages in their place, and check what it says.

        ``known`` are passages that carried it before, where it gives none of its own.
        """
        passages = _distinct(one for quote in claim.quotes for one in self._find(quote)) or known
        offered: tuple[Candidate, ...] = ()
        if not passages:
            offered = self._look_up(" ".join(claim.quotes), claim.text)
            passages = tuple(one.passage for one in offered if one.sure)
        check = self.checker.check(claim.text, passages, label)
        if not check.related:
            passages, offered = (), self._look_up("", claim.text)
            check = self.checker.check(claim.text, ())
        if passages:
            passages = _distinct((*passages, *check.also))[:MOST_QUOTES]
        return Judged(label, claim.text, passages, check, offered)

    def add(self, corrections: Mapping[int, Correction]) -> None:
        """Take what was given later, where it is better than what stood there."""
        for number, before in self.faulty.items():
            given = corrections.get(number)
            if given is None:
                continue
            text = given.text if given.text.strip() else before.text
            label = (
                normalization.label(given.label)
                if given.label.strip() and number <= self.ideas
                else before.label
            )
            after = self.judge(label, Claim(quotes=(given.quote,), text=text), before.passages)
            is_better = not before.stands and len(after.check.doubts) < len(before.check.doubts)
            if after.stands or is_better or before.repeats:
                self.statements[number - 1] = after
        self._settle_shared()
        self._mark_repeated()

    def _find(self, quote: str) -> tuple[Passage, ...]:
        """Return the passages that a quote repeats; of one that repeats a note, those of the note."""
        found = self.checker.concordance.find(quote)
        if found:
            return found
        said = _TIME.sub("", quote)
        return next((held for text, held in self.notes.items() if normalization.holds(text, said)), ())

    def _look_up(self, quote: str, text: str) -> tuple[Candidate, ...]:
        if not quote.strip() and not self.checker.is_same_language:
            return ()
        return self.checker.index.look_up(quote, text, _OFFERED)

    def _settle_shared(self) -> None:
        """Leave a passage that several ideas name to the two that have most to do with it."""
        ideas = self.statements[: self.ideas]
        for number, idea in enumerate(ideas):
            kept = tuple(one for one in idea.passages if self._may_keep(idea, one, ideas))
            if kept != idea.passages:
                self.statements[number] = replace(idea, passages=kept)

    def _may_keep(self, idea: Judged, passage: Passage, ideas: Sequence[Judged]) -> bool:
        sharers = [one for one in ideas if any(_is_same_place(passage, other) for other in one.passages)]
        if len(sharers) <= _SHARERS:
            return True
        ranked = sorted(sharers, key=lambda one: -self.checker.overlap(one.text, passage))
        return any(one is idea for one in ranked[:_SHARERS])

    def _mark_repeated(self) -> None:
        """Note which label stands twice, and which conclusion says an idea over again."""
        seen: dict[str, str] = {}
        for number, one in enumerate(self.statements):
            repeats = ""
            if number < self.ideas:
                repeats = "another label" if one.label.casefold() in seen else ""
                seen.setdefault(one.label.casefold(), one.label)
            else:
                others = self.statements[:number]
                repeats = next(
                    (f"“{other.label}”" for other in others if normalization.same(one.text, other.text)), ""
                )
            if repeats != one.repeats:
                self.statements[number] = replace(one, repeats=repeats)


def _merged(ideas: list[Judged]) -> list[Judged]:
    """Return the ideas; of two that say the same, one, with the passages of both."""
    found: list[Judged] = []
    for idea in ideas:
        place = next((at for at, one in enumerate(found) if normalization.same(one.text, idea.text)), None)
        if place is None:
            found.append(idea)
        else:
            before = found[place]
            passages = _distinct((*before.passages, *idea.passages))[:MOST_QUOTES]
            found[place] = replace(before, passages=passages)
    return found


def _distinct(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the passages without those that say again what one before them holds."""
    found: list[Passage] = []
    for passage in passages:
        if not any(_is_same_place(passage, other) for other in found):
            found.append(passage)
    return tuple(found)


def _is_same_place(one: Passage, other: Passage) -> bool:
    common = min(one.last, other.last) - max(one.first, other.first) + 1
    return common >= _OVERLAP * min(one.last - one.first + 1, other.last - other.first + 1)


def read_corrections(text: str) -> dict[int, Correction]:
    """Return what a reply gives, by the number of the statement. Raises `BadReply` where none can be read."""
    data = replies.document(text, ("quotes",))
    members = data["quotes"] if data else None
    if isinstance(members, list):
        return dict(_correction(member) for member in members if isinstance(member, dict) and _number(member))
    lines = map(_NUMBERED.fullmatch, replies.without_thoughts(text).split("\n"))
    found = {
        int(match[1]): Correction(quote=match[2]) for match in lines if match and len(match[1]) < len("1000")
    }
    if not found:
        raise BadReply("the reply holds no quotes by number")
    return found


def _number(member: Mapping[str, object]) -> int:
    number = member.get("number")
    if isinstance(number, str) and number.strip().isdecimal() and len(number.strip()) < len("1000"):
        return int(number)
    return number if isinstance(number, int) else 0


def _correction(member: Mapping[str, object]) -> tuple[int, Correction]:
    given = {key: value for key in ("quote", "label", "text") if isinstance(value := member.get(key), str)}
    return _number(member), Correction(**given)
