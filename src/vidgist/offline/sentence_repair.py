"""A spoken sentence made readable: fillers, stutters and false starts go, capitals and the full stop come.

Only words are left out or re-spelt, none is added: what is shown is what was said.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from vidgist.offline import english, lexicon
from vidgist.offline.english import FILLERS, OPENERS
from vidgist.offline.languages import ENGLISH, Language
from vidgist.offline.spelling import Spelling
from vidgist.offline.words import Word, is_dense


@dataclass(slots=True)
class Piece:
    """A word for display: what stands before it (space, comma, hyphen …), itself, its key, its part of speech."""

    before: str
    surface: str
    key: str
    tag: str = ""


_CLOSERS, _KEPT, _STUBS, _DOUBLES = map(english.words, ("closers", "kept", "stubs", "doubles"))
_CLAUSES, _LINKS, _KNOWING, _DETERMINERS = map(english.words, ("clauses", "links", "knowing", "determiners"))
_OPENING, _ANYWHERE, _HEDGES = map(english.phrases, ("openings", "anywhere", "hedges"))
WHOLE = 3
"""Words that are always left."""
CLAUSE = -2.5
"""Log odds of a sentence's beginning from which a subject without a conjunction begins a clause."""
SCRAP = 4
"""Letters up to which a word can be a broken beginning."""


def pieces(text: str, words: list[Word] | tuple[Word, ...]) -> list[Piece]:
    """The words of a stretch of text with what stands between them."""
    found: list[Piece] = []
    end = words[0].start if words else 0
    for word in words:
        found.append(Piece(text[end : word.start], text[word.start : word.end], word.key, word.tag))
        end = word.end
    return found


def repaired(
    text: str, words: tuple[Word, ...], language: Language, joints: Mapping[int, float]
) -> list[Piece]:
    """The words that a reader sees.

    ``joints`` are the places of words that seem to begin a clause, with the log odds that a sentence begins there: a
    comma comes before those that are a subject, or a conjunction with one.
    """
    found = pieces(text, words)
    for index, word in enumerate(words[1:-1], start=1):
        linked = word.key in _LINKS and words[index + 1].key in _CLAUSES
        begins = linked or (word.key in _CLAUSES and joints.get(word.start, CLAUSE) > CLAUSE)
        spaced = found[index].before == " " and words[index - 1].key not in ENGLISH.stops
        if word.start in joints and begins and spaced:
            found[index].before = ", "
    if language.code == "en":
        return _english(found)
    if language.fillers:
        found = [piece for piece in found if piece.key not in language.fillers] or found
        return _unstutter(found)
    return found


def _english(found: list[Piece]) -> list[Piece]:
    spoken = [piece for piece in found if piece.key not in FILLERS]
    return _trim(_unstutter(_without_chatter(_unstutter(spoken))))


def _without_chatter(found: list[Piece]) -> list[Piece]:
    lex = lexicon.shipped()
    kept: list[Piece] = []
    index = 0
    while index < len(found):
        pair = tuple(piece.key for piece in found[index : index + 2])
        previous = found[index - 1].key if index else ""
        idle = pair in _ANYWHERE and previous not in _KNOWING
        hedge = pair in _HEDGES and previous not in _DETERMINERS
        if idle or (hedge and not lex.letters(previous).startswith("a")):
            index += 2
        else:
            kept.append(found[index])
            index += 1
    return kept


def _unstutter(found: list[Piece]) -> list[Piece]:
    """Words or runs of up to four words said twice are said once; scraps of the next word go."""
    kept: list[Piece] = []
    for piece in found:
        kept.append(piece)
        for run in (4, 3, 2, 1):
            if len(kept) >= 2 * run and _same(kept[-run:], kept[-2 * run : -run]):
                if run > 1 or piece.key not in _DOUBLES:
                    del kept[-run:]
                break
        if len(kept) > 2 and piece.key == kept[-3].key and _letter(kept[-2].surface):
            del kept[-2:]
    kept = [piece for at, piece in enumerate(kept) if not _stray(kept, at)] or kept
    following = [*(piece.key for piece in kept[1:]), ""][: len(kept)]
    return [piece for piece, after in zip(kept, following, strict=True) if not _scrap(piece.key, after)]


def _same(left: list[Piece], right: list[Piece]) -> bool:
    return all(one.key == other.key for one, other in zip(left, right, strict=True))


def _stray(found: list[Piece], at: int) -> bool:
    """Whether a word is one small letter alone: a false start, unless its neighbours spell something too."""
    near = [piece.key for piece in found[max(0, at - 1) : at] + found[at + 1 : at + 2]]
    return _letter(found[at].surface) and all(len(key) > 1 and not key[0].isdigit() for key in near)


def _letter(surface: str) -> bool:
    """Whether a word is one small letter that is no word."""
    return len(surface) == 1 and "a" < surface <= "z" and surface != "i"


def _scrap(key: str, following: str) -> bool:
    """Whether a word is the beginning of the next one, broken off."""
    if not key.isascii() or not key.isalpha() or key in {"a", "i", "an"} or not following.startswith(key):
        return False
    if len(key) == 1 or key in _STUBS:
        return True
    return len(key) <= SCRAP and len(key) < len(following) and _unknown(key)


def _unknown(key: str) -> bool:
    return not lexicon.shipped().knows(key) and key not in ENGLISH.stops


def _trim(found: list[Piece]) -> list[Piece]:
    """Cut chatter from both ends, down to `WHOLE` words."""
    first, last = 0, len(found)
    moved = True
    while moved and last - first > WHOLE:
        moved = False
        for phrase in _OPENING:
            if tuple(piece.key for piece in found[first : first + len(phrase)]) == phrase:
                first += len(phrase)
                moved = True
        if last - first > WHOLE and (
            found[first].key in OPENERS or _broken(found[first].key, found[first + 1].key)
        ):
            first += 1
            moved = True
    while last - first > WHOLE and _dangles(found[last - 1].key, found[last - 2].key):
        last -= 1
    return found[first:last]


def _broken(key: str, following: str) -> bool:
    """Whether a word was broken off for the opening of a sentence: ``th so``."""
    return len(key) < SCRAP and following in OPENERS and key.isascii() and key.isalpha() and _unknown(key)


def _dangles(key: str, previous: str) -> bool:
    return key in _CLOSERS and not (key in _KEPT and previous not in _CLOSERS)


def written(found: list[Piece], spelling: Spelling, mark: str) -> str:
    """Words as one sentence that ends in ``mark``; empty where there are none."""
    parts: list[str] = []
    if not found:
        return ""
    for left, piece in zip([None, *found], found, strict=False):
        if left is not None:
            lined = piece.before == " " and is_dense(left.key) and is_dense(piece.key)
            # Caption lines of a script without spaces are clauses, parted by spaces.
            parts.append("，" if lined and mark != "." else _between(piece.before))
        parts.append(spelling.said(piece.surface, piece.key))
    text = "".join(parts)
    for place, character in enumerate(text):
        if character.isalnum():
            text = text[:place] + character.upper() + text[place + 1 :]
            break
    return _balanced(text) + mark


def _between(before: str) -> str:
    """What stands between two words, once the words between them are gone."""
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
    if text.count('"') % 2:
        text = text.replace('"', "")
    return text


def stop(words: tuple[Word, ...]) -> str:
    """The full stop of the script of these words."""
    return "。" if sum(word.dense for word in words) > len(words) / 2 else "."
