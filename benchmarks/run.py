"""Measures vidgist and writes the tables into docs/benchmarks.md: ``python -m benchmarks.run [SECTION]...``.

All servers are loopback doubles; nothing leaves the machine, but where ``peers`` installs them.
"""

import argparse
import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import batches, faults, library, long, peers, reading, site, slots, startup, videos
from benchmarks.measuring import Failed

DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"

SECTIONS: dict[str, Callable[[Path], str]] = {
    "start": startup.start,
    "size": startup.size,
    "model": batches.language_model,
    "slots": slots.slots,
    "slots-simulated": slots.simulated,
    "long": long.long_talk,
    "reading": reading.captions,
    "faults": faults.faults,
    "offline": batches.offline,
    "youtube": videos.youtube,
    "growth": library.growth,
    "notes": library.notes,
    "site": site.library,
}
"""In the order in which they run: ``notes`` reads what ``growth`` has made."""

ON_DEMAND: dict[str, Callable[[Path], str]] = {"peers": peers.peers}
"""Only where named: it downloads half a gigabyte of other programs."""


def put(document: str, section: str, text: str) -> str:
    """The document with what stands between the section's two markers replaced."""
    begin, end = f"<!-- {section} -->\n", f"<!-- /{section} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(document):
        raise Failed(f"{DOCUMENT} has no markers for {section}")
    return pattern.sub(lambda _: begin + text + end, document)


def machine() -> str:
    load = f"; load average at the start {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"Measured on {date.today().isoformat()}: {platform.system()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores{load}.\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sections", nargs="*", choices=[*SECTIONS, *ON_DEMAND, []], help="all, where none is named"
    )
    parser.add_argument(
        "--print", action="store_true", help="print the tables and leave the document as it is"
    )
    options = parser.parse_args()
    wanted = options.sections or list(SECTIONS)
    found = {"machine": machine()} if wanted == list(SECTIONS) else {}
    with tempfile.TemporaryDirectory(prefix="vidgist-benchmarks-") as scratch:
        for name, measure in (SECTIONS | ON_DEMAND).items():
            if name in wanted:
                print(f"\n{name}", flush=True)
                found[name] = measure(Path(scratch))
                print(found[name], flush=True)
    if not options.print:
        text = DOCUMENT.read_text(encoding="utf-8")
        for name, section in found.items():
            text = put(text, name, section)
        DOCUMENT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as error:
        sys.exit(f"{error}")
