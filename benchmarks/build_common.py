"""Write which stems are common in all speech: those that a share of one kind of talk and of another have.

    python benchmarks/build_common.py TALKS.jsonl MEETINGS.jsonl [-o src/vidgist/offline/common.txt]

Each line of the files holds ``text``. A stem's share is the smaller of the two, so what only one kind speaks of is not common.
"""

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from vidgist.offline import common
from vidgist.offline.words import split, stem

LEAST = 0.03
"""Share from which a stem is listed."""


def shares(path: Path) -> dict[str, float]:
    """In what share of the documents of a file each stem stands."""
    texts = [
        json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    counts = Counter(found for text in texts for found in {stem(word.key) for word in split(text)})
    return {found: count / len(texts) for found, count in counts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("talks", type=Path)
    parser.add_argument("meetings", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path(common.__file__).with_name("common.txt"))
    arguments = parser.parse_args()
    talks, meetings = shares(arguments.talks), shares(arguments.meetings)
    steps: dict[int, list[str]] = defaultdict(list)
    for found in talks.keys() & meetings.keys():
        share = min(talks[found], meetings[found])
        if share >= LEAST and found.isascii():
            steps[min(common.STEPS - 1, int(share * common.STEPS))].append(found)
    lines = (f"{step} {' '.join(sorted(stems))}\n" for step, stems in sorted(steps.items()))
    arguments.output.write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
