"""Where things stand across the ranks: first within each group, then the groups among everything else."""

from collections.abc import Sequence
from dataclasses import dataclass

from vidgist.drawing import ordering

_ROUNDS = 3  # the members of a group turn towards what lies outside, which moves with them


@dataclass(frozen=True, slots=True)
class Body:
    """What stays level over its ranks: a node, or a lane of a link. ``group`` is -1 for none.

    ``size`` is the room across the ranks, ``extra`` that part of it beyond its far side, which is not level
    with its lines; ``air`` is the distance to others.
    """

    first: int
    last: int
    size: float
    extra: float
    air: float
    group: int


@dataclass(frozen=True, slots=True)
class Joint:
    """Bodies ``low``, which ends at ``rank``, and ``high``, which begins at the next, should be level."""

    rank: int
    low: int
    high: int
    weight: float


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A group's ranks, the room its title takes before the first member, its least size, its padding.

    ``air`` is its distance to others.
    """

    first: int
    last: int
    head: float
    least: float
    pad: float
    air: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Level of each body's lines; centre and size of each group."""

    bodies: tuple[float, ...]
    groups: tuple[tuple[float, float], ...]


Known = dict[tuple[ordering.Pull, ...], list[float]]


def place(bodies: Sequence[Body], joints: Sequence[Joint], enclosures: Sequence[Enclosure]) -> Placement:
    """Place all bodies: no two of a rank overlap, nor do groups, and no other body is inside a group."""
    groups = range(len(enclosures))
    members = [[n for n, body in enumerate(bodies) if body.group == group] for group in groups]
    firsts = [(own[0], group) for group, own in enumerate(members)]
    free = [(n, -1) for n, body in enumerate(bodies) if body.group < 0]
    # Input order decides where nothing else does: groups stand where their first member does.
    units = sorted([*firsts, *free])
    owner = [0] * len(bodies)
    for position, (n, group) in enumerate(units):
        for member in members[group] if group >= 0 else [n]:
            owner[member] = position
    offsets = [-body.extra / 2 for body in bodies]
    levels: list[float] = []
    sizes = [0.0] * len(enclosures)
    centres: list[float] = []
    known: dict[int, Known] = {}
    turns = any(bodies[joint.low].group != bodies[joint.high].group for joint in joints)
    for _ in range(_ROUNDS if turns else 1):
        last = list(offsets)
        for group in groups:
            sizes[group] = _place_members(
                members[group],
                bodies,
                joints,
                enclosures[group],
                offsets,
                levels,
                known.setdefault(group, {}),
            )
        if levels and offsets == last:
            break
        blocks = [
            ordering.Block(
                enclosures[group].first, enclosures[group].last, sizes[group] + enclosures[group].air
            )
            if group >= 0
            else ordering.Block(bodies[n].first, bodies[n].last, bodies[n].size + bodies[n].air)
            for n, group in units
        ]
        ties = [
            ordering.Tie(j.rank, owner[j.low], offsets[j.low], owner[j.high], offsets[j.high], j.weight)
            for j in joints
            if owner[j.low] != owner[j.high]
        ]
        centres = ordering.arrange(blocks, ties)
        levels = [centres[owner[n]] + offsets[n] for n in range(len(bodies))]
    return Placement(
        tuple(levels), tuple((centres[owner[own[0]]], size) for own, size in zip(members, sizes, strict=True))
    )


def _place_members(
    members: Sequence[int],
    bodies: Sequence[Body],
    joints: Sequence[Joint],
    enclosure: Enclosure,
    offsets: list[float],
    levels: Sequence[float],
    known: Known,
) -> float:
    """Set the members' offsets from the centre of their group; return its size. ``levels`` are the last
    round's.

    ``known`` is what was found in other rounds, by what pulled at the members then.
    """
    seat = {n: position for position, n in enumerate(members)}
    shift = [-bodies[n].extra / 2 for n in members]
    ties = [
        ordering.Tie(j.rank, low, shift[low], high, shift[high], j.weight)
        for j in joints
        if (low := seat.get(j.low, -1)) >= 0 and (high := seat.get(j.high, -1)) >= 0
    ]
    blocks = [
        ordering.Block(bodies[n].first, bodies[n].last, bodies[n].size + bodies[n].air) for n in members
    ]
    pulls: list[ordering.Pull] = []
    if levels:
        centre = levels[members[0]] - offsets[members[0]]
        rows = [0.0] * (enclosure.last + 1)
        for block in blocks:
            for rank in range(block.first, block.last + 1):
                rows[rank] += block.size
        reach = max(rows) / 2  # what pulls from afar must not tear the group apart
        for j in joints:
            for own, other in ((j.low, j.high), (j.high, j.low)):
                if own in seat and other not in seat:
                    at = max(-reach, min(reach, levels[other] - centre))
                    pulls.append(ordering.Pull(seat[own], at, j.weight / 2))
    key = tuple(pulls)
    if key not in known:
        known[key] = ordering.arrange(blocks, ties, pulls)
    spots = known[key]
    near = min(spot - bodies[n].size / 2 for n, spot in zip(members, spots, strict=True))
    far = max(spot + bodies[n].size / 2 for n, spot in zip(members, spots, strict=True))
    middle = (near + far - enclosure.head) / 2
    for n, spot, aside in zip(members, spots, shift, strict=True):
        offsets[n] = spot - middle + aside
    return max(far - near + 2 * enclosure.pad + enclosure.head, enclosure.least)
