"""Links to passages for a vault: ``[[note#^t-83|1:23]]``, and to the second on the web. Pure."""

import re

from vidgist.archive.search import Hit
from vidgist.text.hygiene import one_line
from vidgist.text.record import clock
from vidgist.writers._markdown import escape

_BREAKS_WIKILINK = re.compile(r"[\[\]|#^\\%]")
_ACTS_IN_ALIAS = re.compile(r"[\[\]|#^\\%<>{}`$]|://|(?<=www)\.|@")
"""What would end the link, or be read as HTML, an address or a template by some reader."""


def wikilink(stem: str, block: str, shown: str) -> str:
    """Return a link to a block of a note by the name of its file; a plain name where none can be made."""
    shown = " ".join(_ACTS_IN_ALIAS.sub(" ", one_line(shown)).split()) or stem
    if _BREAKS_WIKILINK.search(stem):
        return escape(shown)
    return f"[[{stem}{f'#^{block}' if block else ''}|{shown}]]"


def passage(hit: Hit, *, short: bool = False) -> str:
    """Return the link to a passage, under its time, or under title and time."""
    time = clock(int(hit.start)) if hit.start is not None else ""
    shown = time or hit.label if short else " · ".join(filter(None, (hit.title, time)))
    return wikilink(hit.stem, hit.block, shown or hit.title)


def target(address: str) -> str:
    """Return an address as it stands between the parentheses of a Markdown link."""
    return address.replace("(", "%28").replace(")", "%29")
