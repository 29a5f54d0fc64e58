"""Who speaks, in JSON: by which keys, by which lists of people, and how a voice without a name is called."""

import functools
import re
from collections.abc import Mapping, Sequence

from vidgist.readers import voices

Document = dict[str, object]

RANKS = {
    name: rank
    for rank, name in enumerate(
        "speakername speakerdisplayname speaker speakerlabel speakertag speakerid speakeridentification spk sp "
        "participant voice username users channeltag author from who name".split()
    )
}
UNSURE = RANKS["author"]
"""From this rank on a key names who speaks only where its value is written as a name is."""

_PEOPLE = ("speakers", "participants", "users", "speakerNames", "attendees")

Names = Mapping[str, str]
"""Names of who speaks by the numbers that stand for them in a document."""


@functools.lru_cache(maxsize=4096)
def bare(key: str) -> str:
    """Return a key without case, dashes, underscores and spaces."""
    return re.sub(r"[\W_]", "", key).lower()


def people(data: object, depth: int = 6) -> dict[str, str]:
    """Return names by the numbers that stand for them, from a document's list of who speaks."""
    found: dict[str, str] = {}
    if isinstance(data, dict) and depth:
        for key, value in data.items():
            if key in _PEOPLE and isinstance(value, list):
                for one in value:
                    if isinstance(one, dict) and (name := _name_in(one)) and "id" in one:
                        found[str(one["id"])] = name
            elif isinstance(value, dict | list):
                found |= people(value, depth - 1)
    elif isinstance(data, list) and depth:
        for one in data[:4]:
            found |= people(one, depth - 1)
    return found


def _name_in(one: Document) -> str:
    keys = ("name", "display_name", "displayName", "label", "username", "user_name")
    return next(
        (value.strip() for key in keys if isinstance(value := one.get(key), str) and value.strip()), ""
    )


def speaker_of(one: Document, names: Names, keys: Sequence[tuple[int, str]]) -> str:
    """Return the speaker under ``keys``, given with their ranks: the name, or ``Speaker 0`` for ``0`` and
    ``spk_0``.
    """
    for rank, key in keys:
        value = one[key]
        if isinstance(value, list) and value and isinstance(value[0], dict) and bare(key) == "users":
            value = value[0]
        if isinstance(value, dict):
            value = _name_in(value) or value.get("id")
        if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).strip():
            continue
        name = names.get(str(value), str(value)).strip()
        if rank >= UNSURE and not (isinstance(value, str) and voices.is_name(name)):
            continue
        return shown(name)
    return ""


def shown(name: str) -> str:
    """Return the name of a voice; of one that only has a number or a letter ``Speaker`` and that."""
    plain = re.sub(r"(?i)^(?:spk|s)[_-]?(?=\d+$)", "", name)
    return f"Speaker {plain}" if re.fullmatch(r"\d{1,4}|[A-Za-z]", plain) else name
