"""Which parts of speech an English word can be, from a packaged extract of WordNet 3.0.

A word that is not known counts as a noun: names and new words are. See lexicon.LICENSE.
"""

from functools import cache
from importlib.resources import files

from vidgist.offline import english

_AUXILIARIES = english.words("auxiliaries")


class Lexicon:
    """Parts of speech and spellings of names."""

    def __init__(self, text: str) -> None:
        self._letters: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for line in text.splitlines():
            letters, *words = line.split(" ")
            if letters == "P":
                self._names.update((word.lower(), word) for word in words)
            else:
                letters = letters.rstrip("+")
                for word in words:
                    self._letters[word] = letters + self._letters.get(word, "").replace(letters, "")
        self._cache: dict[str, str] = {}

    def name(self, key: str) -> str:
        """Return how a name is spelt; empty where the word is none or also a common word."""
        return self._names.get(key, "")

    def knows(self, key: str) -> bool:
        """Return whether this is an English word, inflected or not."""
        return bool(self._find(key)) or key in _AUXILIARIES

    def letters(self, key: str) -> str:
        """Return the parts of speech of a word in falling order of use: n, v, a, r."""
        return self._find(key) or ("v" if key.endswith("ed") and len(key) > 5 else "n")

    def _find(self, key: str) -> str:
        found = self._cache.get(key)
        if found is None:
            listed = self._letters.get(key, "")
            found = listed + "".join(letter for letter in self._inflected(key) if letter not in listed)
            self._cache[key] = found
        return found

    def _inflected(self, key: str) -> str:
        for suffix, rests, kept in _INFLECTIONS:
            base = key.removesuffix(suffix)
            if base == key or len(base) < 2:
                continue
            for rest in rests:
                found = "".join(letter for letter in self._letters.get(base + rest, "") if letter in kept)
                if found:
                    return found
            doubled = len(base) > 2 and base[-1] == base[-2]
            if doubled and "v" in kept and "v" in self._letters.get(base[:-1], ""):
                return "v"
        return self._find(key.rsplit("-", 1)[1]) if "-" in key else ""


_INFLECTIONS = (
    ("'s", ("",), "n"), ("ies", ("y",), "nv"), ("es", ("", "e"), "nv"), ("s", ("",), "nv"), ("ied", ("y",), "v"),
    ("ed", ("", "e"), "v"), ("ing", ("", "e"), "v"), ("iest", ("y",), "a"), ("ier", ("y",), "a"), ("est", ("", "e"), "a"),
    ("er", ("", "e"), "a"),
)  # fmt: skip
"""The ending of a form, what stands in its place in the word listed, and what parts of speech have it."""


@cache
def shipped() -> Lexicon:
    """Return the lexicon that comes with the package."""
    return Lexicon((files("vidgist.offline") / "lexicon.txt").read_text(encoding="ascii"))
