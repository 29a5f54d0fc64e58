import json
from collections import Counter
from pathlib import Path

from vidgist.site import index
from vidgist.site.index import ALPHABET, Index, count


def read(text: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """What ``search.js`` makes of a file."""
    assert text.startswith('vidgist.words("')
    name, postings = json.loads("[" + text.removeprefix("vidgist.words(").removesuffix(");\n") + "]")
    return name, {
        word: [
            (
                (ALPHABET.index(p[at]) << 12) | (ALPHABET.index(p[at + 1]) << 6) | ALPHABET.index(p[at + 2]),
                ALPHABET.index(p[at + 3]),
            )
            for at in range(0, len(p), 4)
        ]
        for word, p in postings.items()
    }


def save(made: Index) -> list[Path]:
    paths = []
    for path, text in made.save():
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def test_postings_are_read_as_written(tmp_path: Path) -> None:
    made = Index(tmp_path)
    made.add(0, Counter(river=1, rivers=3, 深度=1))
    made.add(70_000, Counter(river=1000))
    paths = save(made)
    assert len(paths) == 2
    found = dict(read(path.read_text(encoding="utf-8")) for path in paths)
    (rivers,) = (words for words in found.values() if "river" in words)
    assert rivers == {"river": [(0, 8), (70_000, 63)], "rivers": [(0, 16)]}
    assert all(path.stem in found for path in paths)


def test_later_records_are_appended_and_only_their_files_written(tmp_path: Path) -> None:
    first = Index(tmp_path)
    first.add(0, Counter(river=1, bend=1))
    save(first)
    second = Index(tmp_path)
    second.add(1, Counter(river=1))
    (path,) = save(second)
    assert [number for number, _ in read(path.read_text(encoding="utf-8"))[1]["river"]] == [0, 1]
    assert not save(second)


def test_words_that_are_names_of_everything_are_only_words(tmp_path: Path) -> None:
    made = Index(tmp_path)
    made.add(0, Counter(constructor=1, __proto__=1, toString=1))
    assert len(save(made)) == 3


def test_the_largest_number_fits() -> None:
    made = Index(Path("nowhere"))
    made.add(index.MOST_RECORDS - 1, Counter(a=1))
    (_, text), *_ = made.save()
    assert read(text)[1] == {"a": [(index.MOST_RECORDS - 1, 8)]}


def test_a_title_counts_more() -> None:
    assert count([(12, "River"), (1, "a river, the river")]) == Counter(river=14, a=1, the=1)
