"""What the embedded summarizer knows of each language: function words, fillers, joints, fixed phrases.

Small lists of our own, in languages.toml. A language that is not there is treated by its punctuation and lines alone.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Language:
    """What languages.toml says of a language; a table takes from English what it does not say itself.

    ``passage`` stands before an idea that has no phrase of its own; ``conclusions`` are the labels of the two points, and
    ``instead`` what is shown where there is none, and where there is no other passage at all. ``about`` and ``course`` are the sentences and half sentences of the
    framework paragraph, without full stops, {0} being phrases: it opens with, turns to, goes on to, and to, closes with;
    ``picked`` is its last one. ``edges`` are the map's: opens with, turns to, closes with, dwells on, touches on, and in English where; ``kind`` is
    its title where the talk has none. ``listing`` parts the things of a list, and the last of them.

    ``stops`` carry no topic; ``fillers`` are dropped for display; ``joints`` often begin a clause. ``weighty`` is in what reads
    as a conclusion, ``announcing`` in what only leads to one; English has rules of its own for these. ``dense`` scripts write
    no spaces; ``capitals`` says that nouns are written with one.
    """

    code: str
    passage: str
    conclusions: tuple[str, str]
    instead: tuple[str, str, str]
    about: str
    course: tuple[str, str, str, str, str]
    picked: str
    edges: tuple[str, ...]
    listing: tuple[str, str]
    kind: str
    stops: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    weighty: frozenset[str] = frozenset()
    announcing: frozenset[str] = frozenset()
    dense: bool = False
    capitals: bool = False


_WORDS, _CUES = ("stops", "fillers", "joints"), ("weighty", "announcing")


def _read() -> dict[str, Language]:
    tables = tomllib.loads((files("vidgist.offline") / "languages.toml").read_text(encoding="utf-8"))
    common = {key: value for key, value in tables["en"].items() if key not in _WORDS}
    return {code: Language(code=code, **_values({**common, **table})) for code, table in tables.items()}


def _values(table: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a table: words as sets, cues (parted by slashes) with a space on either side, the rest as it is."""
    found: dict[str, Any] = dict(table)
    for name in found.keys() & _WORDS:
        found[name] = frozenset(found[name].split())
    for name in found.keys() & _CUES:
        cues = (" ".join(cue.split()) for cue in found[name].split("/"))
        found[name] = frozenset(cue if table.get("dense") else f" {cue} " for cue in cues)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}


_ALL = _read()
ENGLISH, GERMAN, CHINESE, ARABIC = (_ALL[code] for code in ("en", "de", "zh", "ar"))
UNKNOWN = replace(ENGLISH, code="", stops=frozenset(), fillers=frozenset(), joints=frozenset())


FEW, FOREIGN, LEAST = 4, 0.2, 0.25
"""Words of a sentence from which, and share of function words by which, it is of another language; and by which a talk without a code is of one."""


def detect(code: str, keys: list[str]) -> Language:
    """Return the language of a transcript: by its code where we know that, else by its own words.

    ``keys`` are the words of the transcript. A code is believed unless the words are plainly another's.
    """
    sample = keys[:: max(1, len(keys) // 4_000)]
    named = _ALL.get(code.lower().split("-")[0].split("_")[0])
    if code and named is None and _share(sample, ENGLISH) < 0.3:
        return UNKNOWN
    best = max((*_ALL.values(), UNKNOWN), key=lambda language: _share(sample, language))
    if best is not named and _share(sample, best) < LEAST:
        best = UNKNOWN
    if named is not None and _share(sample, named) >= _share(sample, best) - 0.1:
        return named
    return best


def foreign(keys: Sequence[str], language: Language) -> bool:
    """Return whether a sentence has so many function words of another language that it is none of this one."""
    odd = [key for key in keys if key not in language.stops] if language.stops else []
    most = max(sum(key in other.stops for key in odd) for other in _ALL.values())
    return len(keys) >= FEW and most >= FOREIGN * len(keys)


def _share(sample: list[str], language: Language) -> float:
    """Return how far a sample of words looks like a language, 0 to 1."""
    if not sample:
        return 0.0
    if language.code == "ja":
        return sum("\u3040" <= key[0] <= "\u30ff" for key in sample) / len(sample)
    if language.code == "zh":
        han = sum("\u4e00" <= key[0] <= "\u9fff" for key in sample)
        kana = sum("\u3040" <= key[0] <= "\u30ff" for key in sample)
        return max(0.0, han - 5 * kana) / len(sample) * 0.9
    if language.code == "ar":
        return sum(key in language.stops for key in sample) / len(sample) * 3
    if not language.stops:
        return 0.08
    return sum(key in language.stops for key in sample) / len(sample)
