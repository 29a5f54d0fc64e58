"""File names that no title can make unsafe."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.text import filenames

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
HOSTILE = [
    "",
    ".",
    "..",
    "../../etc/passwd",
    "a\0b",
    "CON",
    "con.txt",
    "Aux ",
    "LPT1",
    "com¹",
    "\u202egnp.exe",
    "\x1b[31m",
]
HOSTILE += [
    "-rf",
    "~",
    " a ",
    "a.",
    "C:\\x",
    "e\u0301" * 200,
    "字" * 300,
    "👩‍👩‍👧" * 90,
    "\u0301" * 300,
    "ﷺ" * 150,
    "\ud800",
]

anything = st.text(st.characters(), max_size=120) | st.sampled_from(HOSTILE)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("DeepSeek如何绕过英伟达的护城河CUDA", "DeepSeek如何绕过英伟达的护城河CUDA"),
        ("What's new? (2026) — part 1/2", "What-s-new-2026-part-1-2"),
        ("مرحبا بالعالم", "مرحبا-بالعالم"),
        ("हिन्दी में", "हिन्दी-में"),
        ("cafe\u0301", "caf\u00e9"),
        ("👩‍👩‍👧 !!!", ""),
        ("--a--", "a"),
    ],
)
def test_slug_keeps_letters_of_every_script(title: str, slug: str) -> None:
    assert filenames.slug(title) == slug


@pytest.mark.parametrize(
    ("name", "title", "stem"),
    [
        ("abcdefghij-", "👩‍👩‍👧", "abcdefghij-"),
        (":", "", "-"),
        ("con-", "", "con-"),
        ("WDsAhkFsKfE", "A talk", "WDsAhkFsKfE-A-talk"),
        ("-abc_def-gh", "", "-abc_def-gh"),
        ("talk.en", "", "talk.en"),
        ("../../etc/passwd", "x", "-..-etc-passwd-x"),
        ("CON", "", "_CON"),
        ("con.en", "x", "_con.en-x"),
        ("nul ", "", "_nul"),
        ("...", "", "note"),
        ("", "title", "note-title"),
    ],
)
def test_stem_is_name_and_slug(name: str, title: str, stem: str) -> None:
    assert filenames.stem(name, title) == stem


@given(anything)
def test_slug_is_short_and_holds_letters_alone(title: str) -> None:
    slug = filenames.slug(title)
    assert len(slug) <= filenames.SLUG_CHARACTERS
    assert len(slug.encode()) <= filenames.NAME_BYTES
    assert all(one == "-" or unicodedata.category(one)[0] in "LNM" for one in slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert "--" not in slug


@given(anything, anything)
def test_stem_is_safe_on_every_system(name: str, title: str) -> None:
    stem = filenames.stem(name, title)
    assert stem
    assert len(stem.encode()) <= filenames.NAME_BYTES
    assert not set(stem) & set('/\\:*?"<>|\0')
    assert not any(unicodedata.category(one)[0] == "C" for one in stem)
    assert stem[0] not in ". "
    assert stem[-1] not in ". "
    assert stem.split(".")[0].strip().casefold() not in RESERVED
    assert stem == unicodedata.normalize("NFC", stem)


@given(st.text(st.sampled_from("कािे्n\u0301\u0323á字"), min_size=60, max_size=200))
def test_a_cut_never_parts_a_mark_from_its_letter(title: str) -> None:
    whole, slug = "".join(unicodedata.normalize("NFC", title).split()), filenames.slug(title)
    rest = whole[len(slug) :]
    assert whole.startswith(slug)
    assert not slug or not rest or unicodedata.category(rest[0])[0] != "M"


@given(st.text("aZ09-_", min_size=11, max_size=11), anything)
def test_a_video_id_begins_its_file_name(video_id: str, title: str) -> None:
    assert filenames.stem(video_id, title).startswith(video_id)
