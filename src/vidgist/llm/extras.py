"""What a note says beyond the four sections, out of a draft: each entry found in the talk. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator

from vidgist.evidence import Checker, Passage
from vidgist.llm import normalization, schemas, sizes
from vidgist.llm.draft_checks import Findings
from vidgist.llm.drafts import Claim, Draft, Entry
from vidgist.models import Evidence, Extras, Mention, OutlineEntry, Statement, Task
from vidgist.text import hygiene

NAMES = ("overview", "outline", "mentions", "figures", "questions", "decisions", "tasks")
"""What a prompt may ask for, as its front matter calls it."""

_SPOKEN = {"outline": "parts of the outline", "mentions": "names"}
"""What lists are called for a reader."""

_SHORT = re.compile(r"(?:\b(?:Dr|St|Mr|Mrs|Ms|Prof|No|Nr|vs|ca|bzw|etc)|\b[A-Z])\.\s*$")

_NAMED = 6
"""Names of entries that lost a detail, for one notice."""

_SHOWN = 2
"""Quotes below an entry."""


def standing(text: str, checker: Checker) -> tuple[str, tuple[str, ...]]:
    """Return the sentences of a text whose figures and names the talk says, and what others say that it does
    not.
    """
    kept: list[str] = []
    doubts: list[str] = []
    for paragraph in filter(None, map(str.strip, text.split("\n\n"))):
        standing_here = _standing(paragraph, checker, doubts)
        if standing_here:
            kept.append(standing_here)
    return "\n\n".join(kept), tuple(dict.fromkeys(doubts))


def _standing(paragraph: str, checker: Checker, doubts: list[str]) -> str:
    kept = []
    for sentence in _sentences(paragraph):
        found = checker.check(sentence, ()).doubts
        doubts += found
        if not found:
            kept.append(sentence.strip())
    return " ".join(kept)


def _sentences(paragraph: str) -> list[str]:
    """Return its sentences; an abbreviation before a name ends none."""
    found: list[str] = []
    for part in hygiene.sentences(paragraph):
        if found and _SHORT.search(found[-1]):
            found[-1] = f"{found[-1].rstrip()} {part.lstrip()}"
        else:
            found.append(part)
    return found


def keep(draft: Draft, findings: Findings, wanted: Collection[str]) -> tuple[Extras, tuple[str, ...]]:
    """Return the extras that were asked for, and how many entries of each were left out and why."""
    lost: dict[str, str] = {}
    lost_told: list[str] = []
    bare: list[str] = []
    checker = findings.checker

    def statements(name: str, most: int) -> list[_Found]:
        entries = getattr(draft, name) if name in wanted else ()
        kept, reasons = _statements(name, entries, most, findings)
        if reasons:
            lost[name] = _told(name, len(entries), len(kept), reasons)
        return kept

    overview, doubts = standing(draft.overview, checker) if "overview" in wanted else ("", ())
    extras = Extras(
        overview=normalization.closed(overview, checker.language),
        outline=tuple(_outline(draft, checker, bare)) if "outline" in wanted else (),
        mentions=tuple(_mentions(draft, checker, bare)) if "mentions" in wanted else (),
        figures=_stated(statements("figures", sizes.MOST_FIGURES), checker.language),
        questions=_stated(statements("questions", sizes.MOST_QUESTIONS), checker.language),
        decisions=_stated(statements("decisions", sizes.MOST_DECISIONS), checker.language),
        tasks=tuple(
            Task(
                text=entry.text,
                who=_said(entry.who, checker, bare),
                due=_said(entry.due, checker, bare),
                evidence=found,
            )
            for entry, found in statements("tasks", sizes.MOST_TASKS)
        ),
    )
    for name in ("outline", "mentions"):
        missing = len(getattr(draft, name)) - len(getattr(extras, name))
        if name in wanted and missing:
            most = sizes.MOST_IDEAS if name == "outline" else sizes.MOST_MENTIONS
            beyond = max(0, len(getattr(draft, name)) - most)
            reasons = [f"a note holds {most} at most"] * beyond
            reasons += ["the talk does not carry them"] * (missing - beyond)
            lost[name] = _told(name, len(getattr(draft, name)), len(getattr(extras, name)), reasons)
    if bare:
        lost_told.append(
            f"details left out, as the talk does not say them ({len(bare)}): {'; '.join(bare[:_NAMED])}"
        )
    notices = [f"left out of the overview, as not found in the talk: {'; '.join(doubts)}"] if doubts else []
    return extras, (*notices, *lost.values(), *lost_told)


_Found = tuple[Entry, tuple[Evidence, ...]]


def _statements(
    name: str, entries: Iterable[Entry], most: int, findings: Findings
) -> tuple[list[_Found], list[str]]:
    """Return the entries of a list that the talk carries, with their quotes, and why others are left out."""
    seen = [one.text for one in findings.statements] if name == "questions" else []
    kept: list[_Found] = []
    reasons: list[str] = []
    for entry in entries:
        evidence = _evidence(entry, findings)
        if not entry.text or evidence is None:
            reasons.append("the talk does not carry them")
        elif any(normalization.same(entry.text, other) for other in seen):
            reasons.append("they repeat what is said already")
        elif name == "figures" and not findings.checker.holds_figure(entry.text):
            reasons.append("they hold no figure")
        elif len(kept) == most:
            reasons.append(f"a note holds {most} at most")
        else:
            seen.append(entry.text)
            kept.append((entry, evidence))
    return kept, reasons


def _told(name: str, total: int, kept: int, reasons: Iterable[str]) -> str:
    """Return how many entries of a list are not in the note, and why."""
    why = ", or ".join(dict.fromkeys(reasons))
    return f"{total - kept} of {total} {_SPOKEN.get(name, name)} left out, as {why}"


def _stated(found: Iterable[_Found], language: str) -> tuple[Statement, ...]:
    return tuple(
        Statement(text=normalization.closed(entry.text, language), evidence=evidence)
        for entry, evidence in found
    )


def _evidence(entry: Entry, findings: Findings) -> tuple[Evidence, ...] | None:
    """Return the words that carry an entry; None where the talk has none, or not its figures and names."""
    quotes = (entry.quote,) if entry.quote else ()
    judged = findings.judge("", Claim(quotes=quotes, text=entry.text or "-"))
    passages = judged.passages or judged.check.also
    if not passages or judged.check.doubts:
        return None
    return tuple(dict.fromkeys(one.evidence for one in passages))[:_SHOWN]


def _held(text: str, name: str, checker: Checker, bare: list[str], passages: tuple[Passage, ...] = ()) -> str:
    """Return a text whose figures and names the talk says, also in these passages; else nothing, and ``name``
    goes onto ``bare``.
    """
    if not checker.check(text, ()).doubts or (passages and not checker.check(text, passages).doubts):
        return text
    bare.append(name)
    return ""


def _outline(draft: Draft, checker: Checker, bare: list[str]) -> Iterator[OutlineEntry]:
    """Yield the parts in the order of the talk; one whose place is not found stands
    behind the one before it.
    """
    placed: list[tuple[int, OutlineEntry]] = []
    last = -1
    for entry in draft.outline[: sizes.MOST_IDEAS]:
        title = entry.title or normalization.opening(entry.text)
        if not title or checker.check(title, ()).doubts:
            continue
        found: tuple[Passage, ...] = checker.concordance.find(entry.quote) if entry.quote else ()
        if not found and checker.is_same_language:
            likely = checker.index.look_up(entry.quote, f"{title} {entry.text}", 1)
            found = tuple(one.passage for one in likely if one.sure or one.passage.first > last)
        start = found[0].evidence.start if found else None
        last = found[0].first if found else last
        text = normalization.shortened(entry.text, schemas.TEXT_CHARACTERS)
        text = _held(text, title, checker, bare) if found else text
        if found or not checker.check(text, ()).doubts:
            text = normalization.closed(text, checker.language)
            placed.append((last, OutlineEntry(title=title, text=text, start=start)))
    placed.sort(key=lambda one: one[0])
    yield from (entry for _, entry in placed)


def _mentions(draft: Draft, checker: Checker, bare: list[str]) -> Iterator[Mention]:
    """Yield the names that the talk says, in its own spelling or that of the title, each once.

    What is said of one name in the words of another is left out, as small models say the same of all.
    """
    seen: set[str] = set()
    said_of: set[str] = set()
    for entry in draft.mentions:
        name = entry.name or normalization.opening(entry.text)
        if not name or name.casefold() in seen or len(seen) == sizes.MOST_MENTIONS or not checker.knows(name):
            continue
        seen.add(name.casefold())
        kind = entry.kind if entry.kind in schemas.KINDS else "term"
        place = checker.place(name)
        text = normalization.shortened(entry.text, schemas.TEXT_CHARACTERS)
        text = _held(text, name, checker, bare, (place,) if place else ())
        said = text.replace(name, "").strip(" .")
        text = "" if said and said in said_of else text
        said_of.add(said)
        evidence = (place.evidence,) if place else ()
        yield Mention(name=name, kind=kind, text=text, evidence=evidence)


_NOBODY = frozenset(
    ("none", "unknown", "n/a", "-", "not said", "unspecified", "not specified", "null", "keine", "niemand")
)


def _said(text: str, checker: Checker, bare: list[str]) -> str:
    """Return who or when, as it was said; empty where it was not said."""
    found = " ".join(text.split())
    if not found or found.casefold() in _NOBODY:
        return ""
    is_said = not checker.is_same_language or checker.says_some(found)
    if is_said and not checker.check(found, ()).figures:
        return found
    bare.append(found)
    return ""
