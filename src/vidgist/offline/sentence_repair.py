"""A spoken sentence made readable: fillers, stutters and false starts go, capitals and the full stop come.

Only words are left out or re-spelt, none is added: what is shown is what was said.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from vidgist.offline import english, lexicon
from vidgist.offline import tagging as pos
from vidgist.offline.english import FILLERS, OPENERS
from vidgist.offline.languages import ENGLISH, Language
from vidgist.offline.spelling import Spelling
from vidgist.offline.words import Word, is_dense

WHOLE, SCRAP, RUN = 3, 4, 4
"""Words that are always left, letters up to which a word can be a broken beginning, words that may be said twice together."""
CLAUSE = -2.5
"""Log odds of a sentence's beginning from which a subject without a conjunction begins a clause."""
_CLOSERS, _KEPT, _STUBS, _DOUBLES = map(english.words, ("closers", "kept", "stubs", "doubles"))
_CLAUSES, _LINKS, _KNOWING, _DETERMINERS = map(english.words, ("clauses", "links", "knowing", "determiners"))
_SUBJECTS = english.words("nominative") | {"you", "it"}
_FORMULA, _LIKING = map(english.words, ("formula", "liking"))
_NEVER_LIKE = pos.PREPOSITION + pos.CONJUNCTION + pos.SUBORDINATOR + pos.DETERMINER + pos.POSSESSIVE
"""Parts of speech behind which ``like`` says nothing: for like a block."""
_OPENING, _FIXED, _ANYWHERE, _HEDGES = map(english.phrases, ("openings", "fixed", "anywhere", "hedges"))


class Piece(NamedTuple):
    """A word for display: what stands before it (space, comma, hyphen …), itself, its key, its part of speech."""

    before: str
    surface: str
    key: str
    tag: str


def repaired(
    text: str, words: Sequence[Word], language: Language, joints: Mapping[int, float]
) -> list[Piece]:
    """Return the words that a reader sees.

    ``joints`` are the places of words that seem to begin a clause, with the log odds that a sentence begins there: a
    comma comes before those that are a subject, or a conjunction with one.
    """
    found: list[Piece] = []
    for at, word in enumerate(words):
        before = text[words[at - 1].end : word.start] if at else ""
        if before == " " and word.start in joints and _joins(words, at, joints[word.start]):
            before = ", "
        found.append(Piece(before, text[word.start : word.end], word.key, word.tag or "?"))
    if language.code == "en":
        spoken = [piece for piece in found if piece.key not in FILLERS]
        return _trim(_unstutter(_without_chatter(_unstutter(spoken))))
    return _once([piece for piece in found if piece.key not in language.fillers] or found)


def _joins(words: Sequence[Word], at: int, odds: float) -> bool:
    """Return whether a clause begins with the word here, which is not the last."""
    if at + 1 == len(words) or words[at - 1].key in ENGLISH.stops:
        return False
    linked = words[at].key in _LINKS and words[at + 1].key in _CLAUSES
    return linked or (words[at].key in _CLAUSES and odds > CLAUSE)


def _without_chatter(found: list[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    index = 0
    while index < len(found):
        pair = tuple(piece.key for piece in found[index : index + 2])
        last, previous = (found[index - 1].key, found[index - 1].tag) if index else ("", "?")
        idle = pair in _ANYWHERE and last not in _KNOWING
        hedge = pair in _HEDGES and last not in _DETERMINERS
        if idle or (hedge and not lexicon.shipped().letters(last).startswith("a")):
            index += 2
            continue
        after = found[index + 1].tag if index + 1 < len(found) else "?"
        about = (
            after in pos.NUMBER + pos.ADVERB and previous in pos.FINITE + pos.CONTRACTED
        )  # we have like three
        idle = previous in _NEVER_LIKE and last not in _LIKING
        if pair[0] != "like" or not (about or idle):
            kept.append(found[index])
        index += 1
    return kept


def _unstutter(found: list[Piece]) -> list[Piece]:
    """Keep one of words or runs of words said twice; drop stray letters and scraps of the next word."""
    kept = _once(found)
    kept = [piece for at, piece in enumerate(kept) if not _stray(kept, at)] or kept
    following = [*(piece.key for piece in kept[1:]), ""]
    return [piece for piece, after in zip(kept, following, strict=False) if not _scrap(piece, after)]


def _once(found: list[Piece]) -> list[Piece]:
    """Keep one of words or runs of up to four words said twice."""
    kept: list[Piece] = []
    for piece in found:
        kept.append(piece)
        keys = [one.key for one in kept[-2 * RUN :]]
        for run in range(RUN, 0, -1):
            if len(keys) >= 2 * run and keys[-run:] == keys[-2 * run : -run]:
                if run > 1 or piece.key not in _DOUBLES:
                    del kept[-run:]
                break
        again = len(kept) > 2 and piece.key == kept[-3].key  # the b the, i finally i
        if again and (_letter(kept[-2].surface) or (piece.key in _SUBJECTS and kept[-2].tag == pos.ADVERB)):
            del kept[-3:-1]
    return kept


def _stray(found: list[Piece], at: int) -> bool:
    """Return whether a word is one small letter alone: a false start, unless its neighbours spell something too."""
    near = [piece.key for piece in found[max(0, at - 1) : at] + found[at + 1 : at + 2]]
    spelt = any(len(key) == 1 or key[0].isdigit() or key in _FORMULA for key in near)
    return _letter(found[at].surface) and not spelt


def _letter(surface: str) -> bool:
    """Return whether a word is one small letter that is no word."""
    return len(surface) == 1 and "a" < surface <= "z" and surface != "i"


def _scrap(piece: Piece, following: str) -> bool:
    """Return whether a word is the beginning of the next one, broken off."""
    key = piece.key
    if (
        (len(key) == 1 and piece.surface.isupper())
        or not key.isascii()
        or not key.isalpha()
        or key in {"a", "i", "an"}
        or not following.startswith(key)
    ):
        return False
    short = len(key) <= SCRAP and len(key) < len(following)
    return len(key) == 1 or key in _STUBS or (short and _unknown(key))


def _unknown(key: str) -> bool:
    return not lexicon.shipped().knows(key) and key not in ENGLISH.stops


def _trim(found: list[Piece]) -> list[Piece]:
    """Cut chatter from both ends, down to `WHOLE` words."""
    keys = [piece.key for piece in found]
    first, last = 0, len(keys)
    moved = True
    while moved and last - first > WHOLE:
        cut = [len(phrase) for phrase in _OPENING if tuple(keys[first : first + len(phrase)]) == phrase]
        counts = keys[first] == "no" and found[first + 1].tag in pos.NOUN + pos.ADJECTIVE  # no tools
        opens = keys[first] in OPENERS and tuple(keys[first : first + 2]) not in _FIXED
        cut += [1] if opens and not counts else []
        moved = bool(cut)
        first += sum(cut[:1])
    while last - first > WHOLE and keys[last - 1] in _CLOSERS:
        if keys[last - 1] in _KEPT and keys[last - 2] not in _CLOSERS:
            break
        last -= 1
    return found[first:last]


def written(found: list[Piece], spelling: Spelling, mark: str) -> str:
    """Return words as one sentence that ends in ``mark``; empty where there are none."""
    if not found:
        return ""
    parts = [spelling.said(found[0].surface, found[0].key)]
    for left, piece in pairwise(found):
        lined = piece.before == " " and is_dense(left.key) and is_dense(piece.key)
        # Caption lines of a script without spaces are clauses, parted by spaces.
        parts.append("，" if lined and mark != "." else _between(piece.before))
        parts.append(spelling.said(piece.surface, piece.key))
    text = "".join(parts)
    first = next((at for at, character in enumerate(text) if character.isalnum()), 0)
    return _balanced(text[:first] + text[first : first + 1].upper() + text[first + 1 :]) + mark


def _between(before: str) -> str:
    """Return what stands between two words, once the words between them are gone."""
    bare = before.strip()
    if not bare:
        return " " if before else ""
    if any(character in bare for character in '([{"“«'):
        return f" {bare[-1]}" if bare[-1] in '([{"“«' else " "
    if bare[0] in ",;:،、，；：":
        return bare[0] + (" " if before != bare or bare[0] in ",;:،" else "")
    if bare[0] in "-–—/&+'’.@":
        return before if len(before) <= 3 else " "
    return " "


def _balanced(text: str) -> str:
    for opening, closing in ("()", "[]", "{}", "“”"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text.replace('"', "") if text.count('"') % 2 else text


def stop(words: Sequence[Word]) -> str:
    """Return the full stop of the script of these words."""
    return "。" if sum(word.dense for word in words) > len(words) / 2 else "."
