"""A spoken sentence made readable: fillers, stutters and false starts go, capitals and the full stop come.

Only words are left out or re-spelt, none is added: what is shown is what was said.
"""

import re
from dataclasses import dataclass

from vidgist.offline import lexicon
from vidgist.offline.languages import Language
from vidgist.offline.spelling import Spelling
from vidgist.offline.words import Word


@dataclass(slots=True)
class Piece:
    """A word for display: what stands before it (space, comma, hyphen …), itself, its key."""

    before: str
    surface: str
    key: str


_OPENERS = frozenset(
    """so and but well okay ok right yeah yes yep now then also or because anyway actually basically obviously
    alright like no just oh hey still plus cuz 'cause""".split()
)
_PHRASES = (
    ("you", "know"),
    ("i", "mean"),
    ("i", "guess"),
    ("i", "think"),
    ("i", "suppose"),
    ("i", "believe"),
    ("you", "see"),
    ("let's", "see"),
    ("of", "course"),
    ("all", "right"),
    ("that's", "right"),
    ("as", "i", "said"),
    ("like", "i", "said"),
    ("first", "of", "all"),
    ("kind", "of"),
    ("sort", "of"),
)
_ANYWHERE = frozenset({("you", "know"), ("i", "mean")})
_HEDGES = frozenset({("kind", "of"), ("sort", "of")})
_DETERMINERS = frozenset(
    "a an the this that these those what which some any every each other same another certain different one new his her "
    "its their our my your no all first second third".split()
)
_CLOSERS = frozenset(
    """and but or so because um uh like you know i mean right okay ok yeah then also if that which who when where
    the a an of to in on at with for from by as than is are was were be it's that's there's they're we're you're i'm
    into about my your our their his her its this these very really just not and/or i we he she they well now""".split()
)
_PRONOUN_ENDS = frozenset(
    {"it", "them", "us", "me", "you", "that", "this", "so", "now", "well", "too", "then"}
)
_DOUBLES = frozenset({"that", "had", "very", "really", "much", "many", "no", "more", "so", "far", "her"})


def pieces(text: str, words: list[Word] | tuple[Word, ...]) -> list[Piece]:
    """The words of a stretch of text with what stands between them."""
    found: list[Piece] = []
    end = words[0].start if words else 0
    for word in words:
        found.append(Piece(text[end : word.start], text[word.start : word.end], word.key))
        end = word.end
    return found


def tidy(text: str, words: tuple[Word, ...], spelling: Spelling, language: Language, mark: str = "") -> str:
    """The sentence for a reader. ``mark`` is its own end (``?``); a full stop otherwise."""
    if not words:
        return ""
    found = pieces(text, words)
    if language.code == "en":
        found = _english(found)
    elif language.fillers:
        found = [piece for piece in found if piece.key not in language.fillers] or found
        found = _unstutter(found)
    if not found:
        return ""
    return _write(found, spelling, mark or _stop(words))


def _english(found: list[Piece]) -> list[Piece]:
    kept = _trim(_unstutter(_without_phrases(_unstutter(_without_fillers(found)))))
    return kept


def _without_fillers(found: list[Piece]) -> list[Piece]:
    return [piece for piece in found if piece.key not in _FILLERS]


_FILLERS = frozenset("um uh er erm ah eh hm hmm mm mmm mm-hmm mmhmm uh-huh uhm huh ooh aha".split())


def _without_phrases(found: list[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    index = 0
    while index < len(found):
        pair = tuple(piece.key for piece in found[index : index + 2])
        previous = found[index - 1].key if index else ""
        if pair in _ANYWHERE and previous not in {
            "do",
            "don't",
            "if",
            "what",
            "as",
            "did",
            "to",
            "let",
            "how",
            "what",
        }:
            index += 2
        elif (
            pair in _HEDGES
            and previous not in _DETERMINERS
            and not lexicon.shipped().letters(previous).startswith("a")
        ):
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
                if run == 1 and piece.key in _DOUBLES:
                    break
                kept[-2 * run].before, before = kept[-2 * run].before, kept[-run].before
                del kept[-run:]
                break
    out: list[Piece] = []
    for index, piece in enumerate(kept):
        following = kept[index + 1].key if index + 1 < len(kept) else ""
        if _scrap(piece.key, following):
            continue
        out.append(piece)
    return out


def _same(left: list[Piece], right: list[Piece]) -> bool:
    return all(one.key == other.key for one, other in zip(left, right, strict=True))


def _scrap(key: str, following: str) -> bool:
    if not key.isascii() or not key.isalpha() or key in {"a", "i"}:
        return False
    if len(key) == 1:
        return bool(following) and following.startswith(key)
    return (
        len(key) <= 4
        and len(following) > len(key)
        and following.startswith(key)
        and not lexicon.shipped().knows(key)
        and key not in _CLOSERS
    )


def _trim(found: list[Piece]) -> list[Piece]:
    """Cut chatter from both ends."""
    first, last = 0, len(found)
    moved = True
    while moved and last - first > 3:
        moved = False
        for phrase in _PHRASES:
            if tuple(piece.key for piece in found[first : first + len(phrase)]) == phrase:
                first += len(phrase)
                moved = True
        if found[first].key in _OPENERS and last - first > 3:
            first += 1
            moved = True
    while last - first > 3 and found[last - 1].key in _CLOSERS and found[last - 1].key not in _PRONOUN_ENDS:
        last -= 1
    return found[first:last]


def _write(found: list[Piece], spelling: Spelling, mark: str) -> str:
    parts: list[str] = []
    index = 0
    while index < len(found):
        piece = found[index]
        name = ""
        if index + 1 < len(found) and found[index + 1].before == " ":
            name = spelling.joined(piece.key, found[index + 1].key)
        shown = name or spelling.word(piece.surface, piece.key)
        parts.append(_between(piece.before) if parts else "")
        parts.append(shown)
        index += 2 if name else 1
    text = "".join(parts)
    for place, character in enumerate(text):
        if character.isalnum():
            text = text[:place] + character.upper() + text[place + 1 :]
            break
    return _balanced(text) + mark


_GAP = re.compile(r"[^\w]*", re.UNICODE)


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


def _stop(words: tuple[Word, ...]) -> str:
    return "。" if sum(word.dense for word in words) > len(words) / 2 else "."
