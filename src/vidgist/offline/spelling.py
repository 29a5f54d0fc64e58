"""How the words of a talk are spelt for display: names and acronyms with their capitals, common words without.

Evidence, strongest first: the title, channel and chapters of the video (names that captions write as several
words or in lower case), how the talk itself mostly writes a word inside sentences, the packaged names. Captions
without punctuation scatter capitals: there a word of the lexicon is written small.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from vidgist.models import Video
from vidgist.offline import lexicon
from vidgist.offline.languages import Language
from vidgist.offline.tagging import NAME
from vidgist.offline.words import Word, split

_PRONOUNS = {"i": "I", "i'm": "I'm", "i'll": "I'll", "i'd": "I'd", "i've": "I've"}
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{3,5}")
_LATIN = re.compile(r"[A-Za-z0-9]+")
_SENTENCE_WORDS = 60  # to a sentence, above which a text counts as unpunctuated


class Spelling:
    """Spells words of one talk."""

    def __init__(
        self, text: str, words: Sequence[Word], openings: Iterable[int], video: Video, language: Language
    ) -> None:
        self._text, self._stops, self._english = text, language.stops, language.code == "en"
        self._names = _titled(video, language)
        self._forms = _majority(text, words, frozenset(openings))
        letters = [character for character in text[:20_000] if character.isalpha()]
        self._shouted = sum(character.isupper() for character in letters) > len(letters) / 2
        self._scattered = len(re.findall(r"[.!?](?:\s|$)", text)) * _SENTENCE_WORDS < len(words)
        self._cache: dict[str, str] = {}

    def said(self, surface: str, key: str) -> str:
        """Spell one word of a sentence: capitals that punctuated text gives it stay."""
        if self._scattered or self._shouted or key.removesuffix("'s") in self._names:
            return self.word(surface, key)
        return _PRONOUNS.get(key, surface) if self._english else surface

    def phrase(self, words: Sequence[Word]) -> str:
        """Spell a phrase of the talk with its names spelt, as it stands inside a sentence."""
        shown = [self.word(self._text[word.start : word.end], word.key) for word in words]
        return ("" if words[0].dense else " ").join(shown).removesuffix("'s").strip()

    def word(self, surface: str, key: str) -> str:
        """Spell one word by itself, as the talk mostly writes it inside a sentence."""
        if surface not in self._cache:
            self._cache[surface] = self._spell(surface, key)
        return self._cache[surface]

    def merge(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """Return the words with those made one that captions parted: ``deep seek``."""
        merged: list[Word] = []
        for word in words:
            last = merged[-1] if merged else None
            if last and word.start - last.end == 1 and last.key not in self._names:
                whole = last.key + word.key
                owned = whole.endswith("s") and whole[:-1] in self._names and whole not in self._names
                if owned or whole in self._names:
                    key = f"{whole[:-1]}'s" if owned else whole
                    merged[-1] = Word(last.start, word.end, key, NAME if self._english else "")
                    continue
            merged.append(word)
        return tuple(merged)

    def _spell(self, surface: str, key: str) -> str:
        bare = key.removesuffix("'s")
        ending = key[len(bare) :]
        if bare in self._names:
            return self._names[bare] + ending
        form = surface.lower() if self._shouted else self._forms.get(key, surface)
        return self._in_english(form, bare, ending) if self._english else form

    def _in_english(self, form: str, bare: str, ending: str) -> str:
        if bare + ending in _PRONOUNS:
            return _PRONOUNS[bare + ending]
        if bare in self._stops:
            return form.lower()
        lex = lexicon.shipped()
        named = lex.letters(bare) == "v" and not bare.endswith(("s", "ed", "ing"))  # Google, Uber
        if self._scattered and not named and not form.islower() and form[1:].islower() and lex.knows(bare):
            form = form.lower()
        if not form.islower():
            return form
        if self._scattered and lex.name(bare):
            return lex.name(bare) + ending
        singular = self._forms.get(bare[:-1], "") if bare.endswith("s") else ""
        if singular.isupper() and len(singular) > 1:
            return f"{singular}s{ending}"
        if _CONSONANTS.fullmatch(bare) and not lex.knows(bare):
            plural = bare.endswith("s") and len(bare) > len("css")
            return (f"{bare[:-1].upper()}s" if plural else bare.upper()) + ending
        return form


def _titled(video: Video, language: Language) -> dict[str, str]:
    """Return names that the title, the channel and the chapters spell with capitals inside."""
    names: dict[str, str] = {}
    for text in (video.channel, *(chapter.title for chapter in video.chapters), video.title):
        words = split(text)
        shouted = sum(text[word.start : word.end].isupper() for word in words) > len(words) / 2
        for part in _LATIN.findall(text):
            inner = any(character.isupper() for character in part[1:])
            if inner and not (shouted and part.isupper()) and part.lower() not in language.stops:
                names[part.lower()] = part
    return names


def _majority(text: str, words: Sequence[Word], openings: frozenset[int]) -> dict[str, str]:
    """Return the commonest form of each word where it does not open a sentence; lower case wins a draw."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        surface = text[word.start : word.end]
        if surface == surface.lower() or word.start not in openings:
            forms[word.key][surface] += 1
    return {
        key: max(found, key=lambda form: (found[form], form.islower(), form)) for key, found in forms.items()
    }
