"""Names in a statement, and whether a talk knows them. Pure."""

import difflib
import re
from functools import lru_cache

from vidgist.evidence.folded_words import fold
from vidgist.evidence.function_words import FUNCTION_WORDS, stem
from vidgist.evidence.units import UNITS, bag

_WORD = re.compile(r"[^\W_][\w'’&.-]*[^\W_]|[^\W_]")
_SENTENCE = re.compile(r"(?<!\bDr)(?<!\bSt)(?<!\bMr)(?<!\bMrs)(?<!\bProf)[.!?:;…]\s+|[\n(“\"«„]")
_OPENER = re.compile(
    r"\W*(?:\w+,|(?:However|Overall|Thus|Hence|Still|Instead|Finally|Moreover|Furthermore|Meanwhile|Similarly|\w+ally)\b)"
)
"""What opens a sentence and is no name, though a name may follow."""

_ALIKE = 0.75
"""Likeness of letters from which a name is one that was misheard."""

_SHORTEST = 3
_FORMS = 5
"""Letters that forms of one name have in common: America, American."""

_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december english i internet ai ok tv""".split()
)
_ENGLISH = FUNCTION_WORDS["en"]
_LONGEST_SHORT = 6
"""Letters of what may be an abbreviation by initials."""

_KINDRED = (
    "united states america american us usa",
    "united kingdom britain british uk england english",
    "france french",
    "netherlands dutch holland",
    "switzerland swiss",
    "spain spanish",
    "greece greek",
    "denmark danish",
    "ireland irish",
    "poland polish",
    "turkey turkish",
    "sweden swedish",
    "european union eu europe",
    "china chinese",
    "japan japanese",
    "italy italian",
    "norway norwegian",
    "wales welsh",
    "iran iranian",
    "iraq iraqi",
    "peru peruvian",
    "cuba cuban",
    "world war",
)
_KIN: dict[str, set[str]] = {}
for _line in _KINDRED:
    for _word in _line.split():
        _KIN.setdefault(_word, set()).update(set(_line.split()) - {_word})

_FORMS_OF_ADDRESS = frozenset("dr st mr mrs ms prof mme sr sra".split())
_TITLES = frozenset(
    "herr frau dr doktor professor prof präsident kanzler kanzlerin könig kaiser minister".split()
)


class Vocabulary:
    """The words of a talk and of what is known of it."""

    def __init__(self, text: str) -> None:
        self.keys = {fold(word) for word in re.findall(r"[^\W_]+", text)}
        self.forms = {key[:_FORMS] for key in self.keys if len(key) >= _FORMS}
        words = [fold(word) for word in re.findall(r"[^\W_]+", text)]
        self.joined = "".join(words)
        self.all_initials = "".join(word[0] for word in words)
        self.initials = "".join(
            word[0] if len(word) >= _SHORTEST and word not in _ENGLISH else " " for word in words
        )
        self.by_letter: dict[str, list[str]] = {}
        for key in self.keys:
            self.by_letter.setdefault(key[:1], []).append(key)


def names(statement: str, language: str) -> list[str]:
    """Return what is written as a name, inside a sentence or together with another name.

    In German, where every noun has a capital, only names of two words or behind a title, and abbreviations.
    """
    found: list[str] = []
    for sentence in _SENTENCE.split(statement):
        words = _WORD.findall(sentence)
        begins = 1 if _OPENER.match(sentence) else 0
        for place, word in enumerate(words[begins:], begins):
            if language == "de" and "-" in word:
                found += [part for part in word.split("-") if _is_abbreviation(part)]
            elif _is_name(words, place, language):
                found.append(word)
    return list(dict.fromkeys(found))


def is_known(name: str, known: Vocabulary) -> bool:
    """Return whether a talk says a name: as it is, in another form, in parts, or misheard."""
    said = re.findall(r"[^\W\d_]+", name.removesuffix("'s").removesuffix("’s"))
    parts = [fold(part) for part in said if not part.islower()] or [fold(part) for part in said]
    letters = "".join(parts)
    if (
        1 < len(letters) <= _LONGEST_SHORT
        and sum(map(str.isupper, name)) > 1
        and (letters in known.initials or (len(letters) >= _SHORTEST and letters in known.all_initials))
    ):
        return True
    return all(_is_word_known(part, known) for part in parts if len(part) >= _SHORTEST or len(parts) == 1)


def _is_word_known(key: str, known: Vocabulary) -> bool:
    if key in known.keys or stem(key) in known.keys or (len(key) >= _FORMS and key[:_FORMS] in known.forms):
        return True
    if any(other in known.keys for other in _KIN.get(key, ())) or (
        len(key) >= _FORMS and key in known.joined
    ):
        return True
    if len(key) < _SHORTEST:
        return key in known.joined
    return any(
        difflib.SequenceMatcher(None, key, other, autojunk=False).ratio() >= _ALIKE
        for other in (*known.by_letter.get(key[:1], ()), *_sounding(key, known))
        if abs(len(other) - len(key)) <= 2 + len(key) // 4
    )


_SOUNDS = (
    ("ph", "f"),
    ("c", "k"),
    ("k", "c"),
    ("g", "j"),
    ("j", "g"),
    ("s", "z"),
    ("z", "s"),
    ("s", "c"),
    ("v", "w"),
    ("y", "i"),
)


def _sounding(key: str, known: Vocabulary) -> list[str]:
    """Return words that begin with another letter of the same sound."""
    return [
        word for one, other in _SOUNDS if key.startswith(one) for word in known.by_letter.get(other[0], ())
    ]


def _is_name(words: list[str], place: int, language: str) -> bool:
    word = words[place]
    if (
        not word[0].isupper()
        or fold(word) in _CALENDAR
        or fold(word) in _FORMS_OF_ADDRESS
        or fold(word) in FUNCTION_WORDS.get(language, ())
        or (fold(word) in UNITS and place > 0 and words[place - 1][-1:].isdigit())
    ):
        return False
    if sum(map(str.isupper, word)) > 1 and len(word) > 1:
        return _is_abbreviation(word)
    follows = place + 1 < len(words) and _is_capital(words[place + 1], language)
    comes_after = place > 0 and _is_capital(words[place - 1], language)
    if language == "de":
        if place == 0:
            return len(words) > 1 and _speaks(word, words[1], language)
        ends = place + 1 == len(words) and _speaks(word, words[place - 1], language)
        return ends or fold(words[place - 1]) in _TITLES
    if place == 0:
        return follows or (len(words) > 1 and _speaks(word, words[1], language))
    return True if place > 0 else comes_after


def _speaks(word: str, verb: str, language: str) -> bool:
    """Return whether a word is one person's name, by the verb beside it; subjects of study and the like are none."""
    key = fold(word)
    is_one = (
        len(key) >= _SHORTEST and key not in _NO_NAMES and not key.endswith(_NO_ENDINGS.get(language, ()))
    )
    return is_one and word[1:].islower() and fold(verb) in _SAYING.get(language, ())


_SAYING = {
    "en": bag(
        "argues argued says said claims claimed recalls recalled insists insisted warns warned believes believed thinks "
        "thought wrote writes admits admitted objects objected replied replies asked asks"
    ),
    "de": bag("sagt sagte meint meinte behauptet behauptete schrieb glaubt glaubte warnt warnte erinnert"),
    "fr": bag("affirme explique pense croit écrit raconte prévient estime insiste"),
    "es": bag("dice dijo afirma afirmó cree piensa escribe cuenta advierte opina insiste"),
    "it": bag("afferma spiega crede pensa scrive racconta avverte sostiene insiste"),
    "pt": bag("diz disse afirma afirmou acredita pensa escreve conta avisa defende insiste"),
}
"""Verbs of one who speaks, before or behind whom no article stands."""

_NO_NAMES = bag(
    """speaker host guest moderator presenter narrator author everyone everybody someone somebody nobody anyone one critic
    audience government law theory data nature life money reason legend wisdom gossip rumor rumour scripture history
    jeder keiner niemand jemand mancher einer publikum man wer
    chacun quelqu'un quelqu'une personne nul tout
    alguien nadie quien cada uno todo
    qualcuno nessuno ognuno chi
    alguém ninguém quem cada tudo"""
)
_NO_ENDINGS = {
    "en": (
        "ics",
        "tion",
        "sion",
        "ism",
        "ment",
        "ity",
        "ness",
        "ology",
        "ing",
        "ence",
        "ance",
        "ship",
        "search",
    ),
    "de": ("ung", "heit", "keit", "schaft", "ion", "ik", "tät", "tum", "in", "ismus"),
    "fr": ("tion", "isme", "ment", "té"),
    "es": ("cion", "ismo", "dad"),
    "it": ("zione", "ismo", "ta"),
    "pt": ("cao", "ismo", "dade"),
}
"""Of words that mean no person."""


def _is_abbreviation(word: str) -> bool:
    """Return whether a word has several capitals, and is neither a numeral nor a unit."""
    return sum(map(str.isupper, word)) > 1 and not _is_roman(word) and fold(word) not in UNITS


def _is_capital(word: str, language: str) -> bool:
    return word[0].isupper() and word[1:].islower() and fold(word) not in FUNCTION_WORDS.get(language, ())


@lru_cache(256)
def _is_roman(word: str) -> bool:
    return bool(re.fullmatch(r"[IVXLCDM]+(?:e|è|er|re|ème|eme|th|st|nd|rd|º|ª)?", word))
