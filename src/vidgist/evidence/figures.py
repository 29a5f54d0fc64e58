"""What a figure is, and when two figures say the same. Pure."""

from typing import Literal, NamedTuple

from vidgist.evidence.units import Unit

Kind = Literal["number", "ordinal", "share", "decade", "clock", "month", "sequence"]

_CLOSE = 1e-6
_ROUNDED = 0.02
"""Relative error up to which a figure with fewer digits is the same one, rounded."""

_SHARE_ROUNDED = 0.7
"""Percentage points by which two thirds may be given as 66 or 67 percent."""

_LEAST_DIGITS = 2
_CENTURY, _TEN = 100, 10
_NOON = 12 * 60


class Figure(NamedTuple):
    """A number as it stands in a text.

    ``values`` are its readings, the likeliest first; a clock's is minutes after midnight, a share's percent.
    ``spelt``: in words. ``named``: a part of a name, such as ``GPT-4``. ``text`` is all of it, for people.
    """

    values: tuple[float, ...]
    kind: Kind = "number"
    unit: Unit | None = None
    spelt: bool = False
    text: str = ""
    named: bool = False

    @property
    def value(self) -> float:
        return self.values[0]

    def scaled(self) -> tuple[float, ...]:
        """Return its readings in the smallest unit of what it measures."""
        return tuple(value * self.unit.size for value in self.values) if self.unit else self.values


def equal(stated: Figure, said: Figure) -> bool:
    """Return whether a figure of a statement is one that was said, of any unit: spelling and rounding
    aside.
    """
    if "share" in (stated.kind, said.kind) or _are_of_one_kind(stated, said):
        return any(_near(one, other) for one in stated.scaled() for other in said.scaled()) or (
            {stated.kind, said.kind} <= {"share", "number"}
            and any(abs(one - other) < _SHARE_ROUNDED for one in stated.values for other in said.values)
            and "share" in (stated.kind, said.kind)
        )
    if "clock" in (stated.kind, said.kind):
        return _same_time(stated, said)
    if stated.kind == "decade":
        return _in_decade(stated.value, said)
    if said.kind == "decade":
        return stated.kind == "number" and stated.value == said.value
    plain = {"number", "ordinal", "sequence"}
    return {stated.kind, said.kind} <= plain and any(
        _near(one, other) for one in stated.values for other in said.values
    )


def _are_of_one_kind(stated: Figure, said: Figure) -> bool:
    return bool(stated.unit and said.unit and stated.unit.kind == said.unit.kind and stated.kind == said.kind)


def _near(stated: float, said: float) -> bool:
    """Return whether they are equal, or the same with fewer digits: 8,700 of 8,742, 36 of 35.7."""
    if abs(stated - said) <= _CLOSE * max(1.0, abs(said)):
        return True
    if not said or abs(stated - said) > _ROUNDED * abs(said):
        return False
    digits = len(f"{abs(stated):.12g}".replace(".", "").strip("0"))
    return digits >= _LEAST_DIGITS and float(f"{said:.{digits}g}") == stated and digits < _digits(said)


def _digits(value: float) -> int:
    return len(f"{abs(value):.12g}".replace(".", "").strip("0"))


def _same_time(stated: Figure, said: Figure) -> bool:
    """Return whether two times of day are the same, on a clock of twelve hours or of twenty-four; an hour
    alone may be said as a number.
    """
    if stated.kind == said.kind:
        return any(abs(one - other) % _NOON == 0 for one in stated.values for other in said.values)
    clock, number = (stated, said) if stated.kind == "clock" else (said, stated)
    hour = number.value
    return number.kind == "number" and any(
        (value - 60 * hour) % _NOON == 0 or value == hour // 100 * 60 + hour % 100 for value in clock.values
    )


def _in_decade(decade: float, said: Figure) -> bool:
    if said.kind == "decade":
        return decade % _CENTURY == said.value % _CENTURY and (
            min(decade, said.value) < _CENTURY or decade == said.value
        )
    if decade < _CENTURY:
        return said.kind == "number" and said.value // _TEN * _TEN % _CENTURY == decade
    return said.kind == "number" and said.value // _TEN * _TEN == decade
