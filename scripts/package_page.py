"""Makes the package page of README.md at build time: links to files of the repository become plain text.

A package page shows no files, so such links lead nowhere there. Links to the web and within the page stay.
"""

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"!?\[(?P<text>(?:[^][]|\[[^][]*\])*)\]\((?!https?://|#)[^)\s]+\)")


class PackagePage(MetadataHookInterface):
    """hatchling's hook for the field ``readme``."""

    def update(self, metadata: dict[str, object]) -> None:
        """Set the readme."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": plain(text)}


def plain(text: str) -> str:
    """Return the text without links to files beside it."""
    return _LINK.sub(lambda link: link["text"], text)
