r"""Files of every kind, with what must come of them: a case is a folder in ``tests/corpus``.

    format, about       what the file is, and which trap it holds; docs/formats.md lists them
    input               the file that is read, or "." for the folder (the one file beside ``expected.toml``)
    encoding, line_ends the file lies here in UTF-8 with "\n" and is written so before it is read
    zeros, packed       so many zero bytes are put behind it; it is packed with gzip
    refused             the code of the refusal; nothing else is looked at then
    said                rows of start, speaker and words: all words, in their order, none doubled
    timed               false where there are no times
    title, url, language, captions, chosen, notices (a pattern each; none where it is not there)

A folder that is named ``talk.docx`` holds the members of a Word document.
"""

import gzip
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from vidgist.errors import ItemError
from vidgist.models import Fetched, Ref
from vidgist.sources.local import Local

CORPUS = Path(__file__).parents[2] / "corpus"
CASES = sorted(path.name for path in CORPUS.iterdir() if path.is_dir())
KEYS = frozenset(
    [
        "format",
        "about",
        "input",
        "encoding",
        "line_ends",
        "zeros",
        "packed",
        "refused",
        "said",
        "timed",
        "title",
        "url",
        "language",
        "captions",
        "chosen",
        "notices",
    ]
)
TOLERANCE = 0.05


def told(case: str) -> dict[str, Any]:
    return tomllib.loads((CORPUS / case / "expected.toml").read_text("utf-8"))


def laid_out(case: str, folder: Path, want: dict[str, Any]) -> Path:
    """Write the files of a case as the world has them; what is to be read."""
    given = []
    for path in sorted((CORPUS / case).iterdir()):
        if path.name == "expected.toml":
            continue
        target = folder / path.name
        if path.is_dir():
            with zipfile.ZipFile(target, "w") as archive:
                for member in sorted(path.rglob("*")):
                    if member.is_file():
                        archive.write(member, member.relative_to(path).as_posix())
        elif path.name == want.get("input", path.name):
            text = path.read_text("utf-8").replace("\n", want.get("line_ends", "\n"))
            data = text.encode(want.get("encoding", "utf-8")) + b"\0" * want.get("zeros", 0)
            target = target.with_name(f"{target.name}.gz") if want.get("packed") else target
            target.write_bytes(gzip.compress(data, mtime=0) if want.get("packed") else data)
        else:
            target.write_bytes(path.read_bytes())
        given.append(target)
    if "input" not in want:
        assert len(given) == 1, "name the input"
        return given[0]
    return folder / str(want["input"])


@pytest.mark.parametrize("case", CASES)
def test_a_file_is_read_as_its_case_says(case: str, tmp_path: Path) -> None:
    want = told(case)
    assert not set(want) - KEYS
    captions = tuple(want.get("captions", ()))
    source = Local(captions=captions)
    items = list(source.expand(Ref(text=str(laid_out(case, tmp_path, want)))))
    assert [Path(item.id).name for item in items] == want.get("chosen", [Path(items[0].id).name])
    if "refused" in want:
        with pytest.raises(ItemError) as caught:
            source.fetch(items[0], captions)
        assert caught.value.code == want["refused"]
        return
    fetched = source.fetch(items[0], captions)
    compare(fetched, want)
    if "url" in want:
        assert items[0].url == want["url"]


def compare(fetched: Fetched, want: dict[str, Any]) -> None:
    words = fetched.transcript
    assert (
        " ".join(one.text for one in words.segments).split()
        == " ".join(row[2] for row in want["said"]).split()
    )
    assert words.timed is want.get("timed", True)
    text = ""
    begins: list[tuple[int, float, str]] = []
    for one in words.segments:
        begins.append((len(text), one.start, one.speaker))
        text += f"{one.text} "
    place = 0
    for start, speaker, said in want["said"]:
        place = text.index(" ".join(said.split()), place)
        _, found, voice = [row for row in begins if row[0] <= place][-1]
        assert voice == speaker, said
        assert abs(found - start) < TOLERANCE, said
        place += 1
    patterns = want.get("notices", [])
    assert len(words.notices) == len(patterns), words.notices
    assert all(map(re.search, patterns, words.notices))
    assert fetched.video.title == want.get("title", fetched.video.title)
    assert words.language == want.get("language", words.language)


def test_every_case_says_what_it_is() -> None:
    for case in CASES:
        want = told(case)
        assert want["format"], case
        assert want["about"], case
        assert ("refused" in want) != ("said" in want), case
