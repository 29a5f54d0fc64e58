"""SubRip: a cue a segment, in the form that players take."""

from tests import samples
from vidgist.config import Settings
from vidgist.models import Segment, Transcript
from vidgist.writers import srt

WRITER = srt.create(Settings.model_validate({}))


def test_a_cue_a_segment() -> None:
    words = Transcript(
        segments=(
            Segment(start=0.5, duration=2, text="One  two -->"),
            Segment(start=3, duration=0, text=" "),
            Segment(start=3661.25, duration=0, text="Three", speaker="Ann"),
            Segment(start=3662, duration=1, text="Four", speaker="Ann"),
        )
    )
    assert WRITER.render(samples.FULL.model_copy(update={"transcript": words})) == (
        "1\n00:00:00,500 --> 00:00:02,500\nOne two ->\n\n"
        "2\n01:01:01,250 --> 01:01:01,251\nAnn: Three\n\n"
        "3\n01:01:02,000 --> 01:01:03,000\nFour\n"
    )


def test_a_note_without_words_has_no_cue() -> None:
    assert WRITER.render(samples.FAILED) == ""
