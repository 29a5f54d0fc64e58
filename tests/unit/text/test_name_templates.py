"""Names by a person's template: safe whatever a title holds, whole whatever is not known."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.text.test_filenames import HOSTILE, RESERVED
from vidgist.notes.folders import MOST_DEPTH
from vidgist.text import name_templates

KNOWN = {"id": "abc", "title": "A: B / C?", "slug": "A-B-C", "channel": "Foo", "playlist_index": "7"}
anything = st.text(st.characters(), max_size=200) | st.sampled_from(HOSTILE)
LINK = set('\\:*?"<>|#^[]%{}`$\0')
"""What a file name, or a link of Obsidian to it, cannot hold."""


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{channel}/{published} {title}", "Foo/A - B - C"),
        ("{channel}/{published} - {title}", "Foo/A - B - C"),
        ("{channel} - {published} - {id}", "Foo - abc"),
        ("{title} ({published})", "A - B - C"),
        ("{title} [{language}]", "A - B - C"),
        ("{channel}_{published}_{slug}", "Foo_A-B-C"),
        ("{playlist}/{playlist_index:3} {slug}", "007 A-B-C"),
        ("{playlist_index} {slug}", "7 A-B-C"),
        ("Videos/{year}/{id}", "Videos/abc"),
        ("CON/{id}", "CON_/abc"),
        ("_private/{id}", "private/abc"),
        ("{channel}/{channel}/{channel}/{channel}/{slug}", "Foo/Foo/Foo/Foo/A-B-C"),
    ],
)
def test_what_is_not_known_leaves_no_gap(template: str, name: str) -> None:
    assert name_templates.fault(template) == ""
    assert name_templates.fill(template, KNOWN, "abc-A-B-C") == name


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{chanel}/{title}", "{channel} is meant"),
        ("{uploader} {title}", "known are id, title"),
        ("/{title}", "a folder without a name"),
        ("{channel}//{title}", "a folder without a name"),
        ("../{title}", "a folder without a name"),
        ("{channel}/", "a folder without a name"),
        ("", "a folder without a name"),
        ("{channel}", "needs one of"),
        ("{title}/{channel}", "needs one of"),
        ("a\\{title}", "set apart by /"),
        ("{title", "is written {title}"),
        ("{title!r}", "is written {title}"),
        ("{title.__class__}", "is written {title}"),
        ("a/b/c/d/e/{title}", "4 folders"),
        ("{title}\n", "control character"),
        ("x" * 200 + "{title}", "200 characters"),
    ],
)
def test_a_template_that_names_nothing_is_refused(template: str, problem: str) -> None:
    assert problem in name_templates.fault(template)


@pytest.mark.parametrize("title", ["???", "...", " - ", "!!!", "\u200d", "[[]]", "::", "\u202e", "%%", "---"])
def test_a_title_of_signs_alone_falls_back_on_the_usual_name(title: str) -> None:
    assert name_templates.fill("{channel}/{title}", {"title": title, "channel": title}, "abc") == "abc"


@pytest.mark.parametrize(
    "title", ["🎉🎉", "👩\u200d👩\u200d👧", "می\u200cخواهم", "क्\u200dष", "don't & won't, (ever)!"]
)
def test_what_a_title_is_made_of_stays(title: str) -> None:
    assert name_templates.fill("{title}", {"title": title}, "abc") == title


@given(
    anything, anything, st.sampled_from(["{channel}/{title}", "{channel}/{playlist}/{published} - {title}"])
)
def test_a_name_is_safe_on_every_system_and_in_links(title: str, channel: str, template: str) -> None:
    name = name_templates.fill(template, {"title": title, "channel": channel, "playlist": title}, "abc")
    *folders, stem = name.split("/")
    for part in (*folders, stem):
        assert part
        assert not set(part) & LINK
        assert not any(unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn") for one in part)
        assert part[0] not in ". "
        assert part[-1] not in ". "
        assert len(part.encode()) <= 200
        assert part.partition(".")[0].strip().casefold() not in RESERVED
    assert not any(folder.startswith("_") for folder in folders)
    assert len(name_templates.FIELDS) > name_templates.MOST_FOLDERS
    assert len(folders) <= name_templates.MOST_FOLDERS < MOST_DEPTH
