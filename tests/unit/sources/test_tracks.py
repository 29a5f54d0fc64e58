"""Which caption track is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.sources._tracks import Track, choose, notices, spoken_language


def tracks(*names: str) -> list[Track]:
    """``en`` is written, ``en*`` generated, ``en!`` generated and the original."""
    return [
        Track(name.rstrip("*!"), generated=name[-1] in "*!", original=name.endswith("!"), url=name)
        for name in names
    ]


@pytest.mark.parametrize(
    ("names", "preferred", "spoken", "chosen"),
    [
        # a preferred language, by its code or a relative
        (["de", "en"], ["en"], "", "en"),
        (["de", "en-US"], ["en"], "", "en-US"),
        (["de", "en"], ["en-US"], "", "en"),
        (["de", "en-GB"], ["en-US"], "", "en-GB"),
        (["zh-Hant", "zh-Hans"], ["zh-Hans"], "", "zh-Hans"),
        (["en-GB", "en"], ["en"], "", "en"),
        (["fr", "PT-br"], ["pt_BR"], "", "PT-br"),
        (["english", "eng"], ["en"], "", "eng"),
        # the order of languages counts before that of kinds, written before generated within one
        (["de", "en*"], ["en", "de"], "", "en*"),
        (["en*", "en-US", "de"], ["en"], "", "en-US"),
        # none of the preferred: written, then what was heard
        (["ja", "fr*"], ["en"], "", "ja"),
        (["fr*", "ja!"], ["en"], "", "ja!"),
        (["fr*"], ["en"], "", "fr*"),
        # no preference
        (["es", "en"], [], "en", "en"),
        (["es", "en*"], [], "en", "en*"),
        (["es", "en*"], ["fr"], "en", "en*"),
        (["es", "fr!"], [], "", "es"),
        # other names and regions of a language
        (["en", "iw*"], ["he"], "", "iw*"),
        (["zh-Hant", "zh-Hans"], ["zh-CN"], "", "zh-Hans"),
        (["zh-CN", "zh-TW"], ["zh-Hant"], "", "zh-TW"),
        (["zh-Hant", "zh-Hans"], ["zh"], "", "zh-Hans"),
        (["en", "zh-TW"], ["zh-CN"], "", "zh-TW"),
        (["pt-PT", "pt-BR"], ["pt-BR"], "", "pt-BR"),
        (["es-ES", "es-419"], ["es-MX"], "", "es-419"),
        (["en", "no*"], ["nb"], "", "no*"),
        (["en", "fil*"], ["tl"], "", "fil*"),
        (["sv", "in*"], ["id"], "", "in*"),
        (["fr*", "en!", "de*"], [], "", "en!"),
        (["fr!", "en!"], [], "en", "en!"),
        (["fr", "en"], [""], "", "fr"),
    ],
)
def test_the_best_track(names: list[str], preferred: list[str], spoken: str, chosen: str) -> None:
    track = choose(tracks(*names), preferred, spoken)
    assert track is not None
    assert track.url == chosen


def named(name: str, language: str = "en", *, generated: bool = False) -> Track:
    return Track(language, generated, name=name)


@pytest.mark.parametrize(
    "aside",
    ["English - Commentary", "Director's commentary", "Audio description", "Descriptive", "Hörfilmfassung"],
)
def test_a_commentary_is_never_taken_by_accident(aside: str) -> None:
    words = named("English", generated=True)
    assert choose([named(aside), words], ["en"], "en") == words
    assert choose([named(aside), named("Deutsch", "de")], ["en"]) == named("Deutsch", "de")
    assert choose([named(aside)], ["en"]) == named(aside)
    assert "may not hold what is said" in notices(named(aside), ["en"])[0]


@pytest.mark.parametrize("name", ["English", "English (United Kingdom)", "English [CC]", "", "SDH"])
def test_other_names_say_nothing(name: str) -> None:
    assert not named(name).is_aside
    assert notices(named(name), ["en"]) == notices(named(name), []) == ()


@pytest.mark.parametrize(
    ("wanted", "taken", "told"),
    [
        (["en"], "en-GB", False),
        (["en-US"], "en-GB", True),
        (["he"], "iw", False),
        (["zh-CN"], "zh-Hans", False),
        (["zh-CN"], "zh-TW", True),
        (["pt-BR"], "pt-PT", True),
        (["de", "fr"], "en", True),
        (["de", "en"], "en", False),
        (["no"], "nb", False),
        ([""], "en", False),
    ],
)
def test_what_was_taken_in_place_is_told(wanted: list[str], taken: str, told: bool) -> None:
    assert bool(notices(Track(taken, generated=False), wanted)) is told


def test_no_track_no_choice() -> None:
    assert choose([], ["en"], "en") is None


@given(
    st.lists(st.sampled_from(["en", "en-US*", "de!", "fr*", "zh-Hans"]), min_size=1, unique=True),
    st.lists(st.sampled_from(["en", "de-AT", "zh", "xx"])),
)
def test_where_there_are_tracks_one_is_chosen(names: list[str], preferred: list[str]) -> None:
    assert choose(tracks(*names), preferred) in tracks(*names)


@pytest.mark.parametrize(
    ("names", "language"), [(["en!", "de"], "en"), (["en!", "fr!"], ""), (["en", "de*"], ""), ([], "")]
)
def test_the_language_heard(names: list[str], language: str) -> None:
    assert spoken_language(tracks(*names)) == language
