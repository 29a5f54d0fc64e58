"""Names and times beside words, in every order, with every mark between them that people and tools write."""

import itertools

import pytest

from vidgist import readers

TURNS = (
    ("Ann Example", "Good evening, and thank you all for coming to the bakery."),
    ("Bo Sample", "Sourdough needs only flour, water and a pinch of salt."),
    ("Ann Example", "A warm kitchen makes the starter rise within four hours."),
    ("Bo Sample", "In a cold one you should wait until the next morning."),
    ("Ann Example", "Fold the dough gently, or the bubbles will be lost."),
    ("Bo Sample", "Bake it hot, and let it cool before you cut it."),
)
STEP = 65
LAYOUTS = (
    "{t} {name}: {said}", "{t} {name}\n{said}\n", "{name} {t}\n{said}\n", "{name}: {t} {said}", "{name} {t}: {said}",
    "{t} - {name}: {said}", "{t}\n{name}: {said}\n", "{t}\n{name}\n{said}\n", "{name}\n{t}\n{said}\n",
    "{t} [{name}] {said}", "{t} <{name}> {said}", "{t} | {name} | {said}", "{t}\t{name}\t{said}", "{name}\t{t}\t{said}",
    "{name} at {t}\n{said}\n", "{t} - {end} {name}: {said}", "{t} --> {end}\n{name}: {said}\n", "## {name} {t}\n{said}\n",
    "- {t} {name}: {said}", "{number}. {t} {name}: {said}", "{name}, {t}\n{said}\n", "{t}, {name}\n{said}\n",
    "{name} | {t}\n{said}\n", "{name} • {t}\n{said}\n", "{t} {name} — {said}", "{t} {name}\n\n{said}\n",
)  # fmt: skip
BRACKETS = ("{}", "[{}]", "({})")


def _minutes(start: int) -> str:
    return f"{start // 60}:{start % 60:02}"


def _hours(start: int) -> str:
    return f"{start // 3600:02}:{start % 3600 // 60:02}:{start % 60:02}"


def _milliseconds(start: int) -> str:
    return f"{_hours(start)}.000"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_names_times_and_words_are_known_from_each_other(layout: str) -> None:
    for clock, bracket in itertools.product((_minutes, _hours, _milliseconds), BRACKETS):
        text = "\n".join(
            layout.format(
                t=bracket.format(clock(number * STEP)),
                end=bracket.format(clock(number * STEP + 4)),
                name=name,
                said=said,
                number=number + 1,
            )
            for number, (name, said) in enumerate(TURNS)
        )
        segments = readers.read("talk.txt", text.encode()).transcript.segments
        found = [(one.start, one.speaker, one.text) for one in segments]
        assert found == [(n * STEP, name, said) for n, (name, said) in enumerate(TURNS)], text
