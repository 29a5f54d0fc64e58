"""What the embedded summarizer knows of each language: function words, fillers, joints, fixed phrases.

Small lists of our own, in languages.toml. A language that is not there is treated by its punctuation and lines alone.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Language:
    """``stops`` carry no topic; ``fillers`` are dropped for display; ``joints`` often begin a clause.

    ``passage`` stands before an idea that has no phrase of its own. ``about`` to ``made`` are the sentences and half
    sentences of the framework paragraph, without full stops; {0} are phrases, {1} is the ``kind`` of talk, one of ``kinds``
    where one of ``pointers`` stands before it, or, where the talk begins and ends, one of ``articles``. ``picked`` is
    its last sentence. ``nearest`` and ``second`` stand before what is shown in place of a conclusion; ``opens`` to
    ``touches`` are on the edges of the map. ``dense`` scripts write no spaces.

    ``weighty`` is in what reads as a conclusion, ``announcing`` in what only leads to one; English has rules of its own
    for these. ``capitals`` says that its nouns are written with one.
    """

    code: str
    stops: frozenset[str]
    fillers: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    passage: str = "Passage"
    core: str = "Core Point"
    fundamental: str = "Fundamental Point"
    about: str = "The {1} is about {0}"
    opening: str = "It opens with {0}"
    then: str = ", then turns to {0}"
    further: str = "It goes on to {0}"
    later: str = ", and from there to {0}"
    closing: str = "It closes with {0}"
    returning: str = ", coming back to {0}"
    made: str = "its core point is made in the part on {0}"
    picked: str = (
        "These passages were picked from the talk's own words, without a language model; "
        "`vidgist run --model PROVIDER:NAME` has one written"
    )
    nearest: str = "The passage nearest to the whole talk: {0}"
    second: str = "Next nearest: {0}"
    opens: str = "opens with"
    turns: str = "turns to"
    closes: str = "closes with"
    dwells: str = "dwells on"
    touches: str = "touches on"
    dense: bool = False
    conjunction: str = " and "
    separator: str = ", "
    weighty: frozenset[str] = frozenset()
    announcing: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    capitals: bool = False
    kind: str = "talk"
    kinds: frozenset[str] = frozenset()
    pointers: frozenset[str] = frozenset()


def _read() -> dict[str, Language]:
    tables = tomllib.loads((files("vidgist.offline") / "languages.toml").read_text(encoding="utf-8"))
    return {code: Language(code=code, **_values(table)) for code, table in tables.items()}


def _values(table: dict[str, Any]) -> dict[str, Any]:
    """The fields of a table: words as sets, phrases (parted by slashes) with a space on either side, the rest as it is."""
    found: dict[str, Any] = dict(table)
    for name in _WORDS & found.keys():
        found[name] = frozenset(found[name].split())
    for name in _PHRASES & found.keys():
        cues = (" ".join(cue.split()) for cue in found[name].split("/"))
        found[name] = frozenset(cue if table.get("dense") else f" {cue} " for cue in cues)
    return found


_WORDS = {"stops", "fillers", "joints", "kinds", "pointers", "articles"}
_PHRASES = {"weighty", "announcing"}
_ALL = _read()
ENGLISH, GERMAN, SPANISH, CHINESE, JAPANESE, ARABIC = (
    _ALL[code] for code in ("en", "de", "es", "zh", "ja", "ar")
)
UNKNOWN = Language(code="", stops=frozenset())


def detect(code: str, keys: list[str]) -> Language:
    """The language of a transcript: by its code where we know that, else by its own words.

    ``keys`` are the words of the transcript. A code is believed unless the words are plainly another's.
    """
    sample = keys[:: max(1, len(keys) // 4_000)]
    named = _ALL.get(code.lower().split("-")[0].split("_")[0])
    if code and named is None and _share(sample, ENGLISH) < 0.3:
        return UNKNOWN
    best = max((*_ALL.values(), UNKNOWN), key=lambda language: _share(sample, language))
    if named is not None and _share(sample, named) >= _share(sample, best) - 0.1:
        return named
    return best


def _share(sample: list[str], language: Language) -> float:
    """How far a sample of words looks like a language, 0 to 1."""
    if not sample:
        return 0.0
    if language.code == "ja":
        return sum("\u3040" <= key[0] <= "\u30ff" for key in sample) / len(sample)
    if language.code == "zh":
        han = sum("\u4e00" <= key[0] <= "\u9fff" for key in sample)
        kana = sum("\u3040" <= key[0] <= "\u30ff" for key in sample)
        return max(0.0, han - 5 * kana) / len(sample) * 0.9
    if language.code == "ar":
        return sum(key in language.stops for key in sample) / len(sample) * 1.5
    if not language.stops:
        return 0.08
    return sum(key in language.stops for key in sample) / len(sample)
