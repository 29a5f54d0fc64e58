"""What the keys of an entry are for, found once for all entries with the same keys: a talk has thousands."""

import functools
from typing import NamedTuple

from vidgist.readers import json_times, speakers

TEXTS = {
    name: rank
    for rank, name in enumerate(
        "punctuatedword text sentence body utf8 display lexical line caption transcript transcription content "
        "utterance snippet phrase value word words dialogue message spoken rawtext transcripttext subtitle "
        "captiontext segmenttext cue simpletext segment w".split()
    )
}
"""Keys of what is said, as they are without case and dashes; the first of them counts."""


READINGS = ("alternatives", "nbest", "nBest", "NBest", "hypotheses")


class Shape(NamedTuple):
    """Keys of an entry by what they say, the best first. ``times`` has a key's kind and unit beside it."""

    texts: tuple[str, ...]
    times: tuple[tuple[str, str, float], ...]
    voices: tuple[tuple[int, str], ...]
    sure: tuple[tuple[int, str], ...]
    """Of the keys of speakers those that name one in any place; a document's own ``name`` does not."""

    readings: tuple[str, ...]
    """Keys of lists of which the first element is what was heard, and the others what it may have been."""

    counted: bool
    """Whether a key begins with a digit, as times do that are keys."""


def of(one: dict[str, object]) -> Shape:
    """Return the shape of an entry."""
    return _of(tuple(one))


@functools.lru_cache(maxsize=512)
def _of(keys: tuple[str, ...]) -> Shape:
    bare = [(key, speakers.bare(key)) for key in keys]
    texts = sorted((key for key, name in bare if name in TEXTS), key=lambda key: TEXTS[speakers.bare(key)])
    voices = sorted((speakers.RANKS[name], key) for key, name in bare if name in speakers.RANKS)
    times = [(key, *kind) for key in sorted(keys, key=json_times.rank) if (kind := json_times.kind(key))[0]]
    if times and not json_times.rank(times[0][0]):
        times = [times[0], *(one for one in times if one[1] == "length")]
    return Shape(
        texts=tuple(texts),
        times=tuple(times),
        voices=tuple(voices),
        sure=tuple(one for one in voices if one[0] < speakers.UNSURE),
        readings=tuple(key for key in READINGS if key in keys),
        counted=any(key[:1].isdigit() for key in keys),
    )
