"""Which statements of a draft stand on words of the transcript, and what becomes of the others. Pure."""

import re
from collections.abc import Mapping, Sequence

from vidgist.errors import BadReply
from vidgist.evidence import Concordance
from vidgist.llm import drafts, replies
from vidgist.llm.drafts import Claim, Draft, Idea, Schema
from vidgist.models import Evidence, Point, Summary

CORE, FUNDAMENTAL = "Core Point", "Fundamental Point"

_NUMBERED = re.compile(r'\s*(\d+)[.):]\s*["“]?(.+?)["”]?\s*')


class Findings:
    """A draft, and for each of its statements the evidence found so far.

    Statements are numbered from 1: the ideas, then the core point, then the fundamental point.
    """

    def __init__(self, draft: Draft, concordance: Concordance) -> None:
        self.draft = draft
        self.concordance = concordance
        self.claims: tuple[Claim, ...] = (*draft.core_ideas, draft.core_point, draft.fundamental_point)
        self.evidence = [self._find(claim.quotes) for claim in self.claims]

    @property
    def unsupported(self) -> dict[int, str]:
        """The statements without evidence, by number, each on one line."""
        return {
            number: f"{_label(claim, number, len(self.draft.core_ideas))}: {' '.join(claim.text.split())}"
            for number, (claim, found) in enumerate(zip(self.claims, self.evidence, strict=True), start=1)
            if not found
        }

    @property
    def asks(self) -> bool:
        """Whether an idea, not only a conclusion, is without evidence: then it is worth asking for quotes."""
        return any(number <= len(self.draft.core_ideas) for number in self.unsupported)

    def add(self, quotes: Mapping[int, str]) -> None:
        """Look up quotes that were given later for the statements that had none."""
        for number in self.unsupported:
            self.evidence[number - 1] = self._find([quotes.get(number, "")])

    def settle(self) -> tuple[Summary, tuple[str, ...]]:
        """The summary and what a reader must be told of it.

        Ideas without evidence are left out where more than `drafts.FEWEST` others have some, and stay,
        marked by having none, where a summary could not do without them.
        """
        ideas = list(zip(self.draft.core_ideas, self.evidence, strict=False))
        bare = [idea.label for idea, found in ideas if not found]
        notices = []
        if bare and len(ideas) - len(bare) > drafts.FEWEST:
            ideas = [(idea, found) for idea, found in ideas if found]
            notices.append(f"left out, as no quote in the transcript carries it: {'; '.join(bare)}")
        elif bare:
            notices.append(f"no quote in the transcript carries: {'; '.join(bare)}")
        core, fundamental = self.evidence[-2:]
        summary = Summary(
            core_ideas=tuple(
                Point(label=idea.label, text=idea.text, evidence=found) for idea, found in ideas
            ),
            core_point=Point(label=CORE, text=self.draft.core_point.text, evidence=core),
            fundamental_point=Point(
                label=FUNDAMENTAL, text=self.draft.fundamental_point.text, evidence=fundamental
            ),
            framework=self.draft.framework,
            concept_map=self.draft.concept_map,
        )
        return summary, tuple(notices)

    def _find(self, quotes: Sequence[str]) -> tuple[Evidence, ...]:
        found = (passage.evidence for quote in quotes for passage in self.concordance.find(quote))
        return tuple(dict.fromkeys(found))


def read_quotes(text: str) -> dict[int, str]:
    """The quotes in a reply, by the number of their statement. Raises `BadReply` where none can be read."""
    data = replies.document(text, ("quotes",))
    members = data["quotes"] if data else None
    if isinstance(members, list):
        pairs = [
            (member.get("number"), member.get("quote")) for member in members if isinstance(member, dict)
        ]
    else:
        lines = map(_NUMBERED.fullmatch, replies.without_thoughts(text).split("\n"))
        pairs = [(int(match[1]), match[2]) for match in lines if match and len(match[1]) < len("1000")]
        if not pairs:
            raise BadReply("the reply holds no quotes by number")
    return {number: quote for number, quote in pairs if isinstance(number, int) and isinstance(quote, str)}


def quotes_schema() -> Schema:
    """The JSON schema of quotes given later, in the form that strict servers take."""
    quote: Schema = {
        "type": "object",
        "properties": {"number": {"type": "integer"}, "quote": drafts.QUOTE},
        "required": ["number", "quote"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "quotes": {"type": "array", "items": quote, "minItems": 1, "maxItems": drafts.MOST + 2}
        },
        "required": ["quotes"],
        "additionalProperties": False,
    }


def _label(claim: Claim, number: int, ideas: int) -> str:
    if isinstance(claim, Idea):
        return claim.label
    return CORE if number == ideas + 1 else FUNDAMENTAL
