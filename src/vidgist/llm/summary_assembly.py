"""A summary out of a draft and what was found of it, and the notices about it. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from vidgist.evidence import Checker
from vidgist.llm import extras as extras_of
from vidgist.llm import maps, normalization, sizes
from vidgist.llm.draft_checks import CORE, FUNDAMENTAL, Findings, Judged
from vidgist.llm.drafts import Draft
from vidgist.models import ConceptMap, Extras, Point, Summary

_ENOUGH = 3
"""Ideas that stand, from which those that do not are left out; fewer of a short talk."""

_NAMED = 12
"""Labels that one notice names."""


def assemble(
    draft: Draft, findings: Findings, title: str, enough: int = _ENOUGH, extras: Extras | None = None
) -> tuple[Summary, tuple[str, ...]]:
    """Return the summary, and one-line notices of what is doubtful in it and what is not in it.

    Ideas that the talk does not carry are left out where ``enough`` others stand, and stay, marked, where a
    summary could not do without them.
    """
    ideas, notices, left_out = _ideas(findings, min(enough, _ENOUGH))
    core, fundamental = findings.statements[findings.ideas :]
    notices += _told_of_conclusions((core, fundamental))
    framework, doubts = extras_of.standing(draft.framework, findings.checker)
    if doubts:
        where = "left out of" if framework else "not found in the talk, in"
        notices.append(
            f"{where} the framework{', as not found in the talk' if framework else ''}: {'; '.join(doubts)}"
        )
    drawn, more = drawn_map(draft.concept_map, title, [one.label for one in ideas])
    more += _doubts_of_map(drawn, findings.checker)
    language = findings.checker.language
    summary = Summary(
        core_ideas=tuple(_point(idea, language) for idea in ideas),
        core_point=_point(replace(core, label=CORE), language),
        fundamental_point=_point(replace(fundamental, label=FUNDAMENTAL), language),
        framework=normalization.closed(framework or draft.framework, language),
        concept_map=drawn,
        extras=extras or Extras(),
        left_out=left_out,
    )
    return summary, (*notices, *more)


def drawn_map(found: ConceptMap, title: str, labels: Sequence[str]) -> tuple[ConceptMap, list[str]]:
    """Return the map as it may be drawn, one of the ideas where there is none, and what is not in it."""
    if not found.nodes:
        notices = ["the model drew no map that can be read: this one shows the core ideas alone"]
        return maps.plain(title, labels), notices
    fitted = maps.fitted(found, title)
    total = len(found.nodes)
    notices = []
    if fitted.beyond:
        notices.append(
            f"{fitted.beyond} of {total} nodes are not in the map: it holds {sizes.MOST_NODES} at most"
        )
    if fitted.loose:
        notices.append(f"{fitted.loose} of {total} nodes are not in the map: nothing ties them to another")
    if fitted.beyond and fitted.loose:
        lost = fitted.beyond + fitted.loose
        notices = [
            f"{lost} of {total} nodes are not in the map: it holds {sizes.MOST_NODES} at most, and none alone"
        ]
    if fitted.edges_beyond:
        notices.append(
            f"{fitted.edges_beyond} relations are not in the map: it holds {sizes.MOST_EDGES} at most"
        )
    return fitted.map, notices


def _doubts_of_map(drawn: ConceptMap, checker: Checker) -> list[str]:
    labels = (*(node.label for node in drawn.nodes), *(edge.label for edge in drawn.edges))
    doubts = dict.fromkeys(one for label in labels for one in checker.check("", (), label).figures)
    return [f"not found in the talk, in the map: {'; '.join(doubts)}"] if doubts else []


def _ideas(findings: Findings, enough: int) -> tuple[list[Judged], list[str], int]:
    """Return the ideas to show, the notices about them, and how many were left out."""
    ideas = findings.statements[: findings.ideas]
    standing = [one for one in ideas if one.stands or (one.passages and not one.check.figures)]
    notices: list[str] = []
    total, left_out = len(ideas), 0
    if len(standing) < total and len(standing) >= enough:
        dropped = [one for one in ideas if one not in standing]
        left_out = len(dropped)
        notices.append(
            f"{left_out} of {total} ideas left out, as the talk does not carry them: {_names(dropped)}"
        )
        ideas = standing
    bare = [one for one in ideas if not one.passages]
    if bare:
        notices.append(f"no quote in the transcript carries {len(bare)} of {total} ideas: {_names(bare)}")
    notices += [_doubt(one) for one in ideas if one.check.doubts]
    beyond = len(ideas) - sizes.MOST_IDEAS
    if beyond > 0:
        notices.append(f"{beyond} of {total} ideas left out: a record holds {sizes.MOST_IDEAS} at most")
        left_out += beyond
    return _told_apart(ideas[: sizes.MOST_IDEAS]), notices, left_out


def _told_of_conclusions(points: Sequence[Judged]) -> list[str]:
    notices = []
    for one in points:
        if one.check.doubts:
            notices.append(_doubt(one))
        elif not one.passages:
            notices.append(f"no quote in the transcript carries the {one.label}")
        if one.repeats:
            notices.append(f"the {one.label} says the same as {one.repeats}")
    return notices


def _told_apart(ideas: Sequence[Judged]) -> list[Judged]:
    """Return the ideas with a label of its own for each, out of its text where two have the same."""
    seen: set[str] = set()
    found = []
    for one in ideas:
        label = one.label
        if label.casefold() in seen:
            label = normalization.opening(one.text) or label
        number = 2
        while label.casefold() in seen:
            label, number = f"{one.label} ({number})", number + 1
        seen.add(label.casefold())
        found.append(replace(one, label=label))
    return found


def _point(one: Judged, language: str) -> Point:
    evidence = tuple(dict.fromkeys(passage.evidence for passage in one.passages))
    text = normalization.closed(one.text, language)
    return Point(label=one.label, text=text, evidence=evidence, doubts=one.check.doubts)


def _doubt(one: Judged) -> str:
    return f"not found in the talk, in “{one.label}”: {'; '.join(one.check.doubts)}"


def _names(ideas: Sequence[Judged]) -> str:
    listed = "; ".join(one.label for one in ideas[:_NAMED])
    return f"{listed}; and {len(ideas) - _NAMED} more" if len(ideas) > _NAMED else listed
