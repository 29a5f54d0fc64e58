"""Numbers of several words: no rule is left out where a word is passed over without being looked at."""

import pytest

from vidgist.evidence import combining, quantities, tokenizing, units

LANGUAGES = ("en", "de", "fr", "es")
BEHIND = ("half past five thousand", "drei y media", "de los 90 百五十")


class _Everything(frozenset[str]):
    def __contains__(self, key: object) -> bool:
        return True


def _words() -> list[str]:
    """Return every word of the tables of quantities and units."""
    tables = [held for held in vars(quantities).values() if isinstance(held, (frozenset, dict, tuple))]
    named = {word for table in tables for word in table if isinstance(word, str)}
    return sorted(
        named | set(list(units.UNITS)[::5]) | {"a", "of", "and", "talk", "couple", "二", "½", "halb"}
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_is_passed_over_begins_no_number(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    texts = [" . ".join(f"{word} {behind}" for word in _words()) for behind in BEHIND]
    short = [tokenizing.tokens(text, language) for text in texts]
    monkeypatch.setattr(combining, "_BEGINNINGS", _Everything())
    assert short == [tokenizing.tokens(text, language) for text in texts]


def test_most_words_of_a_text_are_passed_over() -> None:
    assert not {"the", "talk", "kettle", "steam", "und", "avec"} & combining._BEGINNINGS
