"""Make a digest of many notes: claims gathered, compared by a model or by words, checked, laid out."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, datetime
from os import PathLike
from pathlib import Path

from vidgist.archive import claims, clustering, comparing, model, themes, watch_list
from vidgist.archive.claims import Gathered
from vidgist.archive.entries import Entry
from vidgist.archive.index import Index
from vidgist.archive.model import Model
from vidgist.archive.search import EVERYTHING, Scope
from vidgist.archive.themes import Cited, Digest, Draft, Stretch, Theme
from vidgist.config import Settings
from vidgist.errors import InputError
from vidgist.models import ConceptMap, Edge, Group, Node, Note, Usage
from vidgist.protocols import Reporter

_A_THEME = 5
"""Talks that a joint map shows of one theme: those that differ or agree first."""

_BY_WORDS = (
    "made without a model: themes are words that talks share, agreement and difference are seen in shared "
    "words and figures, not in meaning"
)


def digest(
    notes: str | PathLike[str] = "notes",
    settings: Settings | None = None,
    *,
    since: date | None = None,
    channel: str = "",
    title: str = "",
    report: Reporter | None = None,
) -> Digest:
    """Return the digest of a notes folder: themes, agreement, contradiction, and what to watch first.

    It is made of the notes' checked ideas by their numbers; each statement was checked against those it
    names. With ``offline:`` it is made of the ideas' words. Raises `InputError` where fewer than two notes
    have ideas, other `SetupError`, `ItemError` where the model gives nothing of use, and `RunError`.
    """
    chosen = settings or Settings()
    with (
        closing(Index(Path(notes))) as index,
        model.opened(chosen, report or (lambda _: None)) as (language_model, _),
    ):
        index.refresh()
        return make(index, language_model, scope=Scope(since=since, channel=channel), title=title)


def make(
    index: Index,
    language_model: Model | None,
    *,
    scope: Scope = EVERYTHING,
    title: str = "",
    now: Callable[[], datetime] = datetime.now,
) -> Digest:
    """Return the digest of an open index. Raises as `digest`."""
    entries = [entry for entry in index.entries.values() if scope.takes(entry)]
    if not entries and index.entries:
        raise InputError("no note is of that channel, or since that day", hint="without these bounds all are")
    gathered = claims.gather(index, entries)
    if len(gathered.talks) < 2:  # noqa: PLR2004 (two talks)
        reasons = "; ".join(gathered.left_out[:3])
        count = f"{len(gathered.talks)} of {len(entries)} notes have ideas to compare"
        raise InputError(
            f"{count}{f' ({reasons})' if reasons else ''}",
            hint="a digest needs two; run makes them from videos and transcripts",
        )
    draft, usage = (
        (clustering.compare(gathered), Usage())
        if language_model is None
        else comparing.compare(gathered, language_model)
    )
    found, fallen = themes.settle(draft, gathered, verbatim=language_model is None)
    kept = found[: themes.MOST]
    bill = language_model.bill if language_model else None
    return Digest(
        title=title or f"Digest of {index.folder.resolve().name}",
        created=now(),
        talks=gathered.talks,
        themes=kept,
        watch=_watch(draft, kept, gathered, index, entries),
        open_questions=_questions(draft, gathered),
        concept_map=joint_map(kept, gathered),
        claims=gathered.claims,
        questions=gathered.questions,
        model=language_model.name if language_model else "offline:",
        usage=usage,
        cost=bill.cost if bill else 0.0,
        left_out=fallen,
        notices=_notices(gathered, language_model),
    )


def _watch(
    draft: Draft, found: Sequence[Theme], gathered: Gathered, index: Index, entries: Sequence[Entry]
) -> tuple[Stretch, ...]:
    """Return what the draft names, then the first timed claim of each theme, within a quarter of an hour."""
    by_file = {entry.file: entry for entry in entries}

    def read(number: int) -> Note:
        return index.read(by_file[gathered.talk(number).file])

    further = [
        themes.Watch(id=claim.id, why=clustering.short(claim))
        for theme in found
        for claim in gathered.of(number for one in theme.statements for number in one.claims)[:2]
    ]
    return watch_list.choose((*draft.watch, *further), gathered, read)


def _questions(draft: Draft, gathered: Gathered) -> tuple[Cited, ...]:
    """Return the open questions that name what they stand on; else those that the talks themselves asked."""
    known = [
        Cited(text=one.text, claims=tuple(claim.id for claim in gathered.of(one.ids)))
        for one in draft.questions
        if one.text and gathered.of(one.ids) and not themes.fault(one, "says", gathered)
    ]
    own = [Cited(text=one.text, claims=(one.id,)) for one in gathered.questions]
    return tuple(known or own)[:12]


def joint_map(found: Sequence[Theme], gathered: Gathered) -> ConceptMap:
    """Return the themes and the talks that have to do with them; an edge says how."""
    edges: dict[tuple[int, int], str] = {}
    joint = [theme for theme in found if theme.says or theme.agree or theme.differ]
    for place, theme in enumerate(joint):
        relations: dict[int, str] = {}
        for kind, label in (("differ", "differs"), ("agree", "agrees"), ("says", ""), ("only", "alone")):
            for one in getattr(theme, kind):
                for talk in sorted({claim.talk for claim in gathered.of(one.claims)}):
                    relations.setdefault(talk, label)
        edges |= {(place, talk): label for talk, label in list(relations.items())[:_A_THEME]}
    shown = sorted({talk for _, talk in edges})
    return ConceptMap(
        direction="LR",
        groups=(Group(id="talks", label="Talks"),),
        nodes=(
            *(Node(id=f"theme{n}", label=theme.title, shape="round") for n, theme in enumerate(joint)),
            *(Node(id=f"talk{n}", label=gathered.talk(n).title, group="talks") for n in shown),
        ),
        edges=tuple(
            Edge(source=f"theme{place}", target=f"talk{talk}", label=label)
            for (place, talk), label in sorted(edges.items())
        ),
    )


def _notices(gathered: Gathered, language_model: Model | None) -> tuple[str, ...]:
    notices = [] if language_model else [_BY_WORDS]
    bare = sum(not claim.evidence for claim in gathered.claims)
    if bare:
        notices.append(f"{bare} of {len(gathered.claims)} ideas have no quote in their note")
    notices.extend(f"left out: {line}" for line in gathered.left_out)
    return tuple(notices)
