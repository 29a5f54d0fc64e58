"""What tools write above and below a transcript: its title, its date, its length, who was there, what made it.

Otter, Teams, Meet, Fathom and others begin so, and some put a summary above. A head is known by
its lines: dates, lengths, addresses, named fields, and a title beside one of these or apart from the words.
"""

import re
from collections import Counter
from collections.abc import Sequence

from vidgist.readers import voices
from vidgist.readers.stamps import WEAK, Row, row, unboxed

_CREDIT = re.compile(
    r"transcribed by https?://\S+|(?:transcription|meeting) ended after [\d:]+\W*"
    r"|this editable transcript was computer generated.*|(?:hide|show) (?:transcript|timestamps?)"
    r"|detected language:? '?[\w-]+'? (?:\([\w ]+\) )?(?:with|\().*"
    r"|@ this file (?:was )?(?:written|created) .*|<(?:begin|end) subtitles>"
    r"|view recording\b.*|[A-Z][A-Z ]{3,20}: .{1,300} - watch: https?://\S+"
    r"|tactiq\.io free youtube transcript|no title found|this material may be protected by copyright\.?",
    re.IGNORECASE,
)
"""What tools write about a transcript in it."""

_BEGUN = re.compile(
    r"(?:[^\W\d_][^.!?:]{0,60} )?(?:(?:has |hat |ha |a |heeft )?(?:started|stopped|gestartet|beendet|angehalten|démarré|arrêté|iniciado"
    r"|iniciou|inició|detenido|detuvo|interrompeu|parou|avviato|interrotto|gestart|gestopt|startade|stoppade|startet|stoppet)\b"
    r"[^.!?:]{0,20}\btra?[ns]\w*s?[ck]ri[a-zçãóé]+|(?:die |la |de |il |a )?tra?[ns]\w*s?[ck]ri[a-zçãóé]+ "
    r"(?:gestartet|beendet|angehalten|gestart|gestopt))\W*|.{1,40}(?:文字起こし|トランスクリプト)を(?:開始|停止)しました|.{1,40}(?:开始|停止)了?(?:转录|听录)",
    re.IGNORECASE,
)
"""What a meeting tool writes when its transcription begins and ends, in the language of its window."""

_OVER = re.compile(r"(?:transcription|meeting) ended after [\d:]+\W*", re.IGNORECASE)
_EXCERPT, _LONGEST_EXCERPT = "excerpt from", 6
"""What players put behind words that are copied from them."""

_DATE = re.compile(
    r"(?:\w{3,12},? )?(?:\w{3,12}\.? \d{1,2},? \d{4}|\d{1,2}\.? \w{3,12}\.? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[AP]M)?.{0,12})?(?:\s*[•·|]\s*[^|•·]{1,40}){0,4}",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?=.*\d)(?:\d{1,3}\s?h[a-z]{0,5}\.?,?\s*)?(?:\d{1,4}\s?m[a-z]{0,6}\.?,?\s*)?(?:\d{1,2}\s?se?[a-z]{0,7}\.?)?",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"\W*(?:(?:summary )?keywords|speakers|attendees|invited|participants)\W*", re.IGNORECASE
)
_FIELD = re.compile(
    r"(?P<key>title|meeting(?: title)?|topic|subject|date|time|start(?:ed)?|duration|length|attendees|participants|invitees|speakers"
    r"|organi[sz]er|url|link|source|recording|file(?:name)?|language|created|recorded|exported)(?: \w{2,6})?\s*:\s+\S.*",
    re.IGNORECASE,
)
_TITLE_FIELD = re.compile(r"(?:meeting )?(?:title|topic|subject)\s*:\s*(?P<title>.+)", re.IGNORECASE)
_ADDRESS = re.compile(r"\W*https?://\S+\W*")
_NAME_OF_FILE = re.compile(
    r"(?P<stem>[^\n]{1,150})\.(?:mp[34]|m4[av]|wav|mov|mkv|webm|ogg|opus|flac|aac)", re.IGNORECASE
)
_RULE = re.compile(r"[-–—=_*~]{3,}")
_WEAK = (_LENGTH, _ADDRESS, _FIELD, _RULE, _NAME_OF_FILE)
"""What may be said as well: one of these alone makes no head."""

_HEADING = re.compile(
    r"\W*(?:full |meeting |audio |video )?(?:transcript(?:ion)?|transkript(?:ion)?|transcripci[óo]n|trascrizione|transcriç[ãa]o"
    r"|transcriptie|文字起こし|文字记录|逐字稿)\W*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\W*(?:(?:meeting |ai )?notes|summary|audio file|details|overview)\W*", re.IGNORECASE)
_OF_TITLE = re.compile(
    r"\s*[-–—]\s*(?:transcript(?:ion)?|meeting (?:recording|transcript))\s*\Z", re.IGNORECASE
)
_END = re.compile(r"[.!?…。！？,;:]\Z")
_LONGEST_HEAD, _LONGEST_TITLE, _LONGEST_FREE = 12, 15, 2
_SEEN, _LEAST_TURNS = 60, 3


def trimmed(lines: Sequence[str]) -> tuple[list[str], str]:
    """Return the lines that are speech, and the title that stood above them, if one did."""
    kept, title = _below(
        _ended([line for line in lines if not _is_credit(line) or _OVER.fullmatch(_bare(line))])
    )
    full = [line for line in kept if _bare(line)]
    end, name = _head(full[:_LONGEST_HEAD])
    if not end:
        end, name = _lead(kept)
    return full[end:], title or name


def is_transcript(title: str) -> bool:
    """Return whether a heading says that the transcript follows."""
    return _HEADING.fullmatch(title) is not None


def is_label(title: str) -> bool:
    """Return whether a heading names a part of a page, as ``Notes`` does, and no talk."""
    return _LABEL.fullmatch(title) is not None


def _bare(line: str) -> str:
    return line.strip("\ufeff \t\u200e\u200f")


def _is_credit(line: str) -> bool:
    bare = _bare(line)
    return _CREDIT.fullmatch(bare) is not None or _BEGUN.fullmatch(bare) is not None


def _ended(lines: list[str]) -> list[str]:
    """Return the lines without the note that a player puts behind what is copied, and up to the last line of a
    meeting tool where no turns follow it.
    """
    over = next((n for n, line in enumerate(lines) if _OVER.fullmatch(_bare(line))), len(lines))
    if sum(_is_turn(row(line)) for line in lines[over:] if _bare(line)) < _LEAST_TURNS:
        lines = lines[:over]
    lines = [line for line in lines if not _OVER.fullmatch(_bare(line))]
    last = lines[-_LONGEST_EXCERPT:]
    place = next((n for n, line in enumerate(last) if _bare(line).lower() == _EXCERPT), len(last))
    return lines[: len(lines) - len(last) + place]


def _below(lines: list[str]) -> tuple[list[str], str]:
    """Return what stands below a line that says ``Transcript``, where nothing above it is a turn; and the title above
    it.
    """
    place = next((n for n, line in enumerate(lines) if _bare(line) and _HEADING.fullmatch(_bare(line))), -1)
    if place < 0:
        return lines, ""
    above = [_bare(line) for line in lines[:place] if _bare(line)]
    below = [row(line) for line in lines[place + 1 :] if _bare(line)][:_SEEN]
    turns = sum(_is_turn(one) for one in below) >= min(_LEAST_TURNS, len(below))
    if (
        not below
        or any(_is_turn(row(line)) and not _describes(line) for line in above)
        or (above and not turns)
    ):
        return lines, ""
    free = [line for line in above if _may_be_title(line) and not _describes(line) and not is_label(line)]
    named = [line for line in above if _NAME_OF_FILE.fullmatch(line)]
    return lines[place + 1 :], _titled(next(iter(free or named), ""))


def _is_turn(one: Row) -> bool:
    name, colon, _ = one.line.partition(":")
    labelled = bool(colon) and voices.is_name(name) and not _FIELD.fullmatch(_bare(one.line))
    return (bool(one.form) and one.form not in WEAK) or labelled


def _describes(line: str) -> bool:
    """Return whether a line describes the recording: a date, a length, an address, a named field."""
    return any(
        kind.fullmatch(line) for kind in (_DATE, _LENGTH, _ADDRESS, _FIELD, _SECTION, _RULE, _NAME_OF_FILE)
    )


def _may_be_title(line: str) -> bool:
    """Return whether a line is few words and no sentence."""
    return (
        0 < len(line.split()) <= _LONGEST_TITLE
        and not _END.search(line)
        and not line[0].islower()
        and any(map(str.isalpha, line))
    )


def _titled(line: str) -> str:
    line = named["title"] if (named := _TITLE_FIELD.fullmatch(line)) else line
    line = of_file["stem"] if (of_file := _NAME_OF_FILE.fullmatch(line)) else line
    return _OF_TITLE.sub("", line).strip()


def _head(lines: Sequence[str]) -> tuple[int, str]:
    """Return how many of the first lines describe the recording, and its title; none without a date or
    section.
    """
    bare = list(map(_bare, lines))
    at, title, described, weak = 0, "", False, 0
    while at < len(bare):
        if _SECTION.fullmatch(bare[at]):
            described, at = True, at + 2
        elif _describes(bare[at]) or (_OF_TITLE.search(bare[at]) and (described or title)):
            title = title or (_titled(bare[at]) if _TITLE_FIELD.fullmatch(bare[at]) else "")
            weak += any(kind.fullmatch(bare[at]) for kind in _WEAK)
            described, at = described or weak > 1 or not weak, at + 1
        elif not title and at < 2 and _stands_in_head(bare, at, described=described):  # noqa: PLR2004
            title, at = bare[at], at + 1
        else:
            break
    return (at, _titled(title)) if described and at < len(bare) else (0, "")


def _stands_in_head(lines: Sequence[str], at: int, *, described: bool) -> bool:
    """Return whether a line is a title: no turn, with a date or a section above or below it."""
    line = lines[at]
    below = lines[at + 1] if at + 1 < len(lines) else ""
    is_turn = (
        bool(row(line).form)
        or voices.is_numbered(line)
        or (voices.is_name(line.split(":")[0]) and ":" in line)
    )
    return (
        (described or _describes(below))
        and not is_turn
        and lines.count(line) == 1
        and _may_be_title(line)
        and not (described and voices.is_name(line) and not _OF_TITLE.search(line))
    )


def _are_sentences(lines: Sequence[str]) -> bool:
    """Return whether half of the first lines with words end as sentences do: a line above that does not is none."""
    said = [
        text for line in lines[: 2 * _SEEN] if (text := _bare(row(line).text)) and any(map(str.isalpha, text))
    ]
    return 2 * sum(_END.search(text) is not None for text in said) >= len(said)


def _lead(lines: Sequence[str]) -> tuple[int, str]:
    """Return how many lines stand above the first of many turns with times, where none of them is speech; and the title.

    They describe the recording, or are one or two lines that are no sentences, with a blank line below.
    """
    first, above, gap = -1, [], False
    for number, line in enumerate(lines[: 2 * _LONGEST_HEAD]):
        bare = _bare(line)
        if bare and not _describes(bare) and _is_turn(one := row(line)) and one.form:
            first = number
            break
        gap = not bare
        above += [bare] if bare else []
    turns = Counter(row(line).form for line in lines[max(first, 0) :][:_SEEN] if _bare(line))
    if first < 0 or turns[row(lines[first]).form] < _LEAST_TURNS:
        return 0, ""
    if above and row(lines[first]).form == "alone" and voices.is_name(unboxed(above[-1])):
        above, gap = above[:-1], True
    described = any(map(_describes, above))
    free = [line for line in above if not _describes(line)]
    apart = gap and len(free) <= _LONGEST_FREE and _are_sentences(lines[first:])
    again = any(lines.count(line) > 1 for line in free)
    if not above or again or not all(map(_may_be_title, free)) or not (described or apart):
        return 0, ""
    title = next((line for line in above if _TITLE_FIELD.fullmatch(line)), "")
    named = next((line for line in above if _NAME_OF_FILE.fullmatch(line)), "")
    return len(above), _titled(title or next(iter(free), named))
