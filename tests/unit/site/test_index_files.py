import json
from collections import Counter
from pathlib import Path

from vidgist.site import index_files
from vidgist.site.index_files import ALPHABET, Index, count


def read(text: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """What ``search.js`` makes of a file."""
    names = set()
    found: dict[str, list[tuple[int, int]]] = {}
    assert text.endswith("\n")
    for line in text.splitlines():
        assert line.startswith('vidgist.words("')
        name, postings = json.loads("[" + line.removeprefix("vidgist.words(").removesuffix(");") + "]")
        names.add(name)
        for word, p in postings.items():
            found.setdefault(word, []).extend(
                (
                    (ALPHABET.index(p[at]) << 12)
                    | (ALPHABET.index(p[at + 1]) << 6)
                    | ALPHABET.index(p[at + 2]),
                    ALPHABET.index(p[at + 3]),
                )
                for at in range(0, len(p), 4)
            )
    (name,) = names
    return name, found


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def enter(made: Index, number: int, counts: Counter[str]) -> None:
    made.add(number, counts, index_files.weights(counts.values()))


def test_postings_are_read_as_written(tmp_path: Path) -> None:
    made = Index(tmp_path)
    enter(made, 0, Counter(river=1, rivers=3, 深度=1))
    enter(made, 70_000, Counter(river=1000))
    made.save()
    texts = files(tmp_path)
    assert len(texts) == 2
    found = dict(map(read, texts.values()))
    (rivers,) = (words for words in found.values() if "river" in words)
    assert rivers == {"river": [(0, 8), (70_000, 63)], "rivers": [(0, 16)]}
    assert all(f"{name}.js" in texts for name in found)


def test_later_records_are_appended_and_only_their_files_written(tmp_path: Path) -> None:
    first = Index(tmp_path)
    enter(first, 0, Counter(river=1, bend=1))
    first.save()
    before = files(tmp_path)
    second = Index(tmp_path, first.parts)
    enter(second, 1, Counter(river=1))
    second.save()
    after = files(tmp_path)
    ((name, text),) = ((name, text) for name, text in after.items() if text != before[name])
    assert text.startswith(before[name])
    assert [number for number, _ in read(text)[1]["river"]] == [0, 1]
    assert second.parts == 2
    second.save()
    assert files(tmp_path) == after
    assert second.parts == 2


def test_files_of_many_parts_are_made_whole_again(tmp_path: Path) -> None:
    made = Index(tmp_path)
    enter(made, 0, Counter(bend=1))
    made.save()
    for number in range(1, index_files.MOST_PARTS + 3):
        made = Index(tmp_path, made.parts)
        enter(made, number, Counter(river=1))
        made.save()
    assert made.parts == 4
    texts = files(tmp_path)
    (rivers,) = (text for text in texts.values() if "river" in text)
    assert rivers.count("\n") == 4
    assert [number for number, _ in read(rivers)[1]["river"]] == list(range(1, index_files.MOST_PARTS + 3))
    (bends,) = (text for text in texts.values() if "bend" in text)
    assert read(bends)[1] == {"bend": [(0, 8)]}


def test_words_that_are_names_of_everything_are_only_words(tmp_path: Path) -> None:
    made = Index(tmp_path)
    enter(made, 0, Counter(constructor=1, __proto__=1, toString=1))
    made.save()
    assert len(files(tmp_path)) == 3


def test_the_largest_number_fits(tmp_path: Path) -> None:
    made = Index(tmp_path)
    enter(made, index_files.MOST_RECORDS - 1, Counter(a=1))
    made.save()
    (text,) = files(tmp_path).values()
    assert read(text)[1] == {"a": [(index_files.MOST_RECORDS - 1, 8)]}


def test_a_title_counts_more() -> None:
    assert count([(12, "River"), (1, "a river, the river")]) == Counter(river=14, a=1, the=1)
