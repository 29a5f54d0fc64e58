"""What the keys of an entry are for: told once for all entries with the same keys, of which a talk has thousands."""

import functools
from typing import NamedTuple

from vidgist.readers import moments, speakers

TEXTS = {
    name: rank
    for rank, name in enumerate(
        "punctuatedword text sentence body utf8 display lexical line caption transcript transcription content "
        "utterance snippet phrase value word words dialogue message spoken rawtext transcripttext subtitle "
        "captiontext segmenttext".split()
    )
}
"""Keys of what is said, as they are without case and dashes; the first of them counts."""


class Shape(NamedTuple):
    """Keys of an entry by what they say, the best first. ``times`` has a key's kind and unit beside it."""

    texts: tuple[str, ...]
    times: tuple[tuple[str, str, float], ...]
    voices: tuple[tuple[int, str], ...]
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
    times = [(key, *kind) for key in keys if (kind := moments.kind(key))[0]]
    return Shape(tuple(texts), tuple(times), tuple(voices), any(key[:1].isdigit() for key in keys))
