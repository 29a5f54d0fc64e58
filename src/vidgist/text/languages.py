"""Language tags as people and sites write them, and how near two of them are. The door to langcodes."""

import functools

RELATIVE = 10
"""Up to this distance two tags are one language in another spelling or region."""

_ANOTHER_SCRIPT = 60
"""The distance of one language in two scripts or dialects; unrelated languages are farther apart."""


def distance(wanted: str, offered: str) -> int | None:
    """Return how far ``offered`` is from ``wanted``: 0 the same, None another language. Never raises.

    ``he`` and ``iw`` are the same, so are ``zh-CN`` and ``zh-Hans``; ``pt-BR`` and ``pt-PT`` are near.
    """
    one, other = _plain(wanted), _plain(offered)
    if not one or not other:
        return None
    return 0 if one == other else _distance(one, other)


def is_stand_in(wanted: str, offered: str) -> bool:
    """Tell whether ``offered`` is another region or script than the one that ``wanted`` names."""
    one, other = _plain(wanted), _plain(offered)
    if other.startswith(f"{one}-"):
        return False
    apart = distance(one, other)
    return apart is None or apart > (RELATIVE if "-" not in one else 1)


@functools.lru_cache(maxsize=4096)
def _distance(one: str, other: str) -> int | None:
    import langcodes

    try:
        apart: int = langcodes.tag_distance(one, other)
        related = langcodes.Language.get(one).language == langcodes.Language.get(other).language
    except ValueError:
        return _ANOTHER_SCRIPT if one.split("-", 1)[0] == other.split("-", 1)[0] else None
    if apart <= RELATIVE:
        return apart
    return min(apart, _ANOTHER_SCRIPT) if related else None


def _plain(tag: str) -> str:
    return tag.strip().replace("_", "-").casefold()
