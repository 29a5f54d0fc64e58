"""Which caption track is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.sources._tracks import Track, choose, spoken_language


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
        (["english", "eng"], ["en"], "", "english"),
        # the order of languages counts before that of kinds, written before generated within one
        (["de", "en*"], ["en", "de"], "", "en*"),
        (["en*", "en-US", "de"], ["en"], "", "en-US"),
        # none of the preferred: written, then what was heard
        (["ja", "fr*"], ["en"], "", "ja"),
        (["fr*", "ja!"], ["en"], "", "ja!"),
        (["fr*"], ["en"], "", "fr*"),
        # no preference
        (["es", "en"], [], "en", "en"),
        (["es", "en*"], [], "en", "es"),
        (["fr*", "en!", "de*"], [], "", "en!"),
        (["fr!", "en!"], [], "en", "en!"),
        (["fr", "en"], [""], "", "fr"),
    ],
)
def test_the_best_track(names: list[str], preferred: list[str], spoken: str, chosen: str) -> None:
    track = choose(tracks(*names), preferred, spoken)
    assert track is not None
    assert track.url == chosen


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
