"""How the words of a talk are spelt for display: names and acronyms with their capitals, common words without.

Evidence, strongest first: the video's title, channel and chapters (names that captions write as several words
or in lower case), how the talk itself mostly writes a word inside sentences, the packaged list of names.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from vidgist.models import Video
from vidgist.offline import lexicon
from vidgist.offline.languages import Language
from vidgist.offline.words import Word, split

_PRONOUNS = {"i": "I", "i'm": "I'm", "i'll": "I'll", "i'd": "I'd", "i've": "I've", "i's": "I's"}


class Spelling:
    """Spells words of one talk."""

    def __init__(
        self, text: str, words: Sequence[Word], openings: Iterable[int], video: Video, language: Language
    ) -> None:
        self._english = language.code == "en"
        self._names = _titled(video, language)
        self._forms = _majority(text, words, frozenset(openings))
        self._shouted = _mostly_capitals(text)

    def word(self, surface: str, key: str) -> str:
        """One word inside a sentence."""
        name = self._names.get(key)
        if name:
            return name
        if self._english and key in _PRONOUNS:
            return _PRONOUNS[key]
        if key.endswith("'s") and self._names.get(key[:-2]):
            return self._names[key[:-2]] + "'s"
        form = surface.lower() if self._shouted else self._forms.get(key, surface)
        if self._english and form.islower():
            stripped = key.removesuffix("'s")
            name = lexicon.shipped().name(stripped)
            if name:
                return name + key[len(stripped) :]
        return form

    def joined(self, left: str, right: str) -> str:
        """The name that two words of captions together are; empty where they are none."""
        whole = left + right
        if whole in self._names and " " not in self._names[whole] and left not in self._names:
            return self._names[whole]
        if whole.endswith("s") and whole[:-1] in self._names and left not in self._names:
            return self._names[whole[:-1]] + "'s"
        return ""


def _titled(video: Video, language: Language) -> dict[str, str]:
    """Names that the title and channel spell with inner capitals or digits."""
    names: dict[str, str] = {}
    for text in (video.channel, *(chapter.title for chapter in video.chapters), video.title):
        words = split(text)
        shouted = sum(text[word.start : word.end].isupper() for word in words) > len(words) / 2
        for word in words:
            surface = text[word.start : word.end]
            for part in _latin(surface):
                inner = any(character.isupper() for character in part[1:])
                if inner and not (shouted and part.isupper()) and part.lower() not in language.stops:
                    names[part.lower()] = part
    return names


def _latin(surface: str) -> list[str]:
    run, runs = "", []
    for character in surface + " ":
        if character.isascii() and character.isalnum():
            run += character
        elif run:
            runs.append(run)
            run = ""
    return runs


def _majority(text: str, words: Sequence[Word], openings: frozenset[int]) -> dict[str, str]:
    """The commonest form of each word where it does not open a sentence; lower case wins a draw."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        surface = text[word.start : word.end]
        if surface != surface.lower() and word.start in openings:
            continue
        forms[word.key][surface] += 1
    return {
        key: max(counts.items(), key=lambda pair: (pair[1], pair[0].islower(), pair[0]))[0]
        for key, counts in forms.items()
    }


def _mostly_capitals(text: str) -> bool:
    letters = [character for character in text[:20_000] if character.isalpha()]
    return bool(letters) and sum(character.isupper() for character in letters) > len(letters) / 2
