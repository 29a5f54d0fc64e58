"""How many facts planted in long talks reach the call that writes the summary, by minutes and window.

    python -m benchmarks.planted [--minutes 57,68,137,148] [--windows 8192,16384,32768] [--readers brief,long,deaf]

The talks and the readers that answer by script are those of `tests.doubles.planted`.
"""

import argparse
from collections.abc import Sequence

from tests.doubles.planted import READERS, arrived

from benchmarks.measuring import table


def compare(minutes: Sequence[int], windows: Sequence[int], readers: Sequence[str]) -> str:
    """The table: a line for each length and reader, a column for each window."""
    rows = []
    for length in minutes:
        for kind in readers:
            cells = []
            for window in windows:
                reached, planted, calls = arrived(length, window, kind)
                cells.append(f"{reached} of {planted} ({reached / planted:.0%}), {calls} calls")
            rows.append((f"{length} min", kind, *cells))
    return table(("talk", "reader", *(f"window {window:,}" for window in windows)), rows)


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", default="57,68,137,148")
    parser.add_argument("--windows", default="8192,16384,32768")
    parser.add_argument("--readers", default=",".join(READERS))
    asked = parser.parse_args()
    numbers = [list(map(int, listed.split(","))) for listed in (asked.minutes, asked.windows)]
    print(compare(numbers[0], numbers[1], asked.readers.split(",")))


if __name__ == "__main__":
    main()
