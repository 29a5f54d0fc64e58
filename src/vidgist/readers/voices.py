"""Names of who speaks, where they stand before the words: ``Ann Example:``, ``[SPEAKER_00]:``, ``>> BO:``.

One such line proves nothing ("Remember: water it"), so labels are judged together: which of them come again,
how many there are, and whether they are written as names are.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from vidgist.readers.cues import Cue

_NUMBERED = re.compile(
    r"(?:(?:unknown |unidentified )?(?:speaker|spk|voice|participant|person|guest|host|interviewer|interviewee"
    r"|moderator|sprecher(?:in)?|locuteur|intervenant|hablante|orador|falante|interlocutor|spreker|talare|taler"
    r"|puhuja|mówca|konuşmacı|спикер|говорящий|диктор|мовець|화자|참석자)[ _-]?#?(?:\d{1,3}|[A-Z])?"
    r"|unknown|(?:说话人|發言者|发言人|話者|发言者)\s?\d{1,3})",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*(?:>{1,3}\s*|[-–—]\s+)?(?:\[(?P<boxed>[^][\n]{1,50})\]"
    r"|(?P<name>[^\W\d_][^:：\n\]\[<>{}\"“”?!;]{0,50}?(?:\s?\[[^][:\n]{1,30}\])?))"
    r"\s*(?::(?!//)(?:\s+|(?=[^\x00-\x7f]))|：\s*)(?=\S)"
)
_BOXED_NUMBER = re.compile(r"\s*[\[(](?P<name>[^][()\n]{1,40})[\])]\s+(?=\S)")
_COLON_END = re.compile(r"(?m)^(\s*(?P<name>[^\W\d_][^:：\n]{0,50})[:：])[ \t]*\n(?=\s*\S)")
_PARTICLES = frozenset(
    "de del della der den di da dos das du la le van von ter ten bin ibn al el of the and y e af av zu".split()
)
_ASIDE = re.compile(r"\s*(?:\([^()]{1,40}\)|\[[^][]{1,40}\])\s*$")
_MOST_WORDS, _MOST_LETTERS = 5, 60
_INITIAL = 3
_LEAST_TURNS = 3
_SAID = frozenset("thank thanks you oh my me good the all right yes no okay of and well so amen".split())
"""Words of what people say, and of no first and last name."""

_ABOUT_NAME = " \t:：[]()（）【】"
"""What may stand about a name that is a line of its own."""

_TURN = "[SPEAKER_TURN]"

_SOUND = re.compile(
    r"(?:laugh|applau|clap|music|cheer|sigh|cough|gasp|whisper|inaudible|unintelligible|indistinct|crosstalk|silence|pause|noise"
    r"|sing|shout|chuckl|beep|door|phone|musik|lach|beifall|rire|applaudiss|musique|risa|aplauso|música|risate|applausi|смех|аплодис|музык)"
    r"|[笑拍咳泣]|(?:音|声|音楽|曲|息|ベル|ノック|掌声|音乐)$",
    re.IGNORECASE,
)
"""Words in brackets that name a sound."""

_IN_BRACKETS = re.compile(
    r"\s*(?:[（【〔［](?P<wide>[^（）()【】〔〕［］\n:：]{1,20})[）】〕］]|\((?P<round>[^（）()\n:：]{1,30})\)"
    r"|\[(?P<square>[^][\n:]{1,40})\]|<(?P<angle>[^<>\n:/]{1,40})>)\s*(?=\S)"
)
_PARTED = re.compile(r"\s*(?P<name>[^\W\d_][^\n:|—–]{2,40}?)\s+[|—–-]\s+(?=\S)")
"""A full name before a bar or a dash; a single word there may be said."""

_MAY_NAME = re.compile(r"[:\[(<|]| - |[^\x00-\x7f]")


def is_numbered(name: str) -> bool:
    """Return whether it is what tools call a voice that they do not know: ``Speaker 1``, ``SPEAKER_00``."""
    return _NUMBERED.fullmatch(name.strip()) is not None


def is_name(text: str) -> bool:
    """Return whether a text is written as a name is: few words, each with a capital, or a letter that has
    none.
    """
    bare = _ASIDE.sub("", text.strip())
    words = bare.split()
    if not words or len(words) > _MOST_WORDS or len(bare) > _MOST_LETTERS or _ends_sentence(words[-1]):
        return False
    if is_numbered(bare):
        return True
    return _is_capital(words[0]) and all(_is_capital(one) or one in _PARTICLES for one in words[1:])


def _ends_sentence(word: str) -> bool:
    return word[-1] in ".!?,;…" and not (len(word) <= _INITIAL or word in ("Prof.", "PhD."))


_HANDLE = re.compile(r"[^\W\d_][\w.-]{0,30}")
_PREFIXED = re.compile(r"(?:[a-z]{1,2}['’]|al-|el-|bin-)(?=[^\W\d_])")


def may_be_handle(name: str) -> bool:
    """Return whether it is written as the name of an account is, or as a name in small letters: one word."""
    return _HANDLE.fullmatch(name.strip()) is not None


def _is_capital(word: str) -> bool:
    word = _PREFIXED.sub("", word)
    letters = [one for one in word if one.isalpha()]
    if not letters:
        return (word.isdigit() and len(word) <= _INITIAL) or word in "&-|/"
    return letters[0].isupper() or not letters[0].islower()


def named(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues with the names before their words taken for who speaks, where that is what they are.

    A mark that tinydiarize leaves where the voice changes is taken away.
    """
    if any(_TURN in cue.text for cue in cues):
        cues = [cue._replace(text=cue.text.replace(_TURN, "").rstrip()) for cue in cues]
    if headed := _headed(cues):
        return headed
    cues = list(map(_joined, cues))
    rows = [line for cue in cues if not cue.speaker for line in cue.text.split("\n") if line.strip()]
    labels = [label for line in rows if _MAY_NAME.search(line) and (label := _label(line)) is not None]
    known = {
        (name, form)
        for form in _FORMS
        for name in _accepted(Counter(one.name for one in labels if one.form == form), len(rows))
    }
    if not known:
        return list(cues)
    return [part for cue in cues for part in (_parted(cue, known) if not cue.speaker else (cue,))]


def _headed(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues with the names that make up their first lines for who speaks; none unless nearly all
    have one.
    """
    if len(cues) < _LEAST_TURNS or "\n" not in cues[0].text or any(cue.speaker for cue in cues):
        return []
    parted = [cue.text.strip().partition("\n") for cue in cues]
    if 10 * sum(bool(mark) for _, mark, _ in parted) < 9 * len(cues):
        return []
    rows = [(first.strip(_ABOUT_NAME), rest.strip()) for first, _, rest in parted]
    names = Counter(first for first, rest in set(rows) if rest and is_name(first))
    again = sum(count for count in names.values() if count > 1)
    if 10 * names.total() < 9 * len(cues) or 2 * again < len(cues) or 2 * len(names) > len(cues):
        return []
    return [
        cue._replace(text=rest, speaker=first) if rest and first in names else cue
        for cue, (first, rest) in zip(cues, rows, strict=True)
    ]


def _joined(cue: Cue) -> Cue:
    """Return the cue with a name that is alone on its line, with a colon, before the words below it."""
    has_colon = ":" in cue.text or "：" in cue.text
    if cue.speaker or not has_colon or not _COLON_END.search(cue.text):
        return cue
    return cue._replace(
        text=_COLON_END.sub(lambda found: f"{found[1]} " if is_name(found["name"]) else found[0], cue.text)
    )


class _Label(NamedTuple):
    """A name that may stand before the words of a line, how it does, and where these begin."""

    name: str
    form: str
    end: int


_FORMS = ("colon", "brackets", "dash")
"""Labels are judged with others of their form: a colon that is said makes no name of what is in brackets."""


def _label(line: str) -> _Label | None:
    if match := _LABEL.match(line):
        name = (match["boxed"] or match["name"]).strip()
        return _Label(name, "colon", match.end()) if is_name(name) or may_be_handle(name) else None
    boxed = _BOXED_NUMBER.match(line)
    if boxed and is_numbered(boxed["name"]):
        return _Label(boxed["name"].strip(), "brackets", boxed.end())
    if match := _IN_BRACKETS.match(line):
        name = next(filter(None, match.groups())).strip()
        is_person = any(map(str.isalpha, name)) and not _SOUND.search(name) and is_name(name)
        return _Label(name, "brackets", match.end()) if is_person else None
    match = _PARTED.match(line)
    name = match["name"].strip() if match else ""
    return _Label(name, "dash", match.end()) if match and is_full(name) else None


def _accepted(labels: Counter[str], rows: int) -> frozenset[str]:
    """Return which labels are names: those that come again, and beside them the others."""
    labels = _without_small(labels, rows)
    again = {name for name, count in labels.items() if count > 1}
    numbered = {name for name in labels if is_numbered(name)}
    turns = labels.total()
    if numbered and turns >= min(2, rows):
        return frozenset(labels) if 2 * turns >= rows else frozenset(again | numbered)
    if len(again) > 1 and turns >= max(_LEAST_TURNS, rows // 30):
        return frozenset(labels) if 3 * turns >= rows else frozenset(again)
    if again and sum(is_full(name) for name in labels) == len(labels) > 1 and 3 * turns >= rows:
        return frozenset(labels)
    all_of_it = 10 * turns >= 9 * rows
    if all_of_it and len(labels) > 1 and rows > 1:
        return frozenset(labels)
    return frozenset(again) if again and turns >= _LEAST_TURNS and all_of_it else frozenset()


def is_full(name: str) -> bool:
    """Return whether a text is a first and a last name, each with a capital: no word that may be said is
    made so.
    """
    words = name.split()
    return (
        1 < len(words) <= _INITIAL
        and _SAID.isdisjoint(name.lower().split())
        and all(word[0].isupper() and word[1:].islower() for word in words)
    )


def _without_small(labels: Counter[str], rows: int) -> Counter[str]:
    """Return the labels without words in small letters, unless all is labelled and each label comes again."""
    small = {name for name in labels if not is_name(name)}
    turns = labels.total()
    sure = len(labels) > 1 and 10 * turns >= 9 * rows and all(labels[name] > 1 for name in small)
    if sure or not small:
        return labels
    return Counter({name: count for name, count in labels.items() if name not in small})


def _parted(cue: Cue, known: set[tuple[str, str]]) -> list[Cue]:
    """Return the cue, or one for each turn in it."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in cue.text.split("\n"):
        found = _label(line)
        if found and (found.name, found.form) in known:
            parts.append((found.name, [line[found.end :]]))
        else:
            parts[-1][1].append(line)
    return [
        cue._replace(text="\n".join(lines), speaker=name)
        for name, lines in parts
        if any(map(str.strip, lines))
    ]
