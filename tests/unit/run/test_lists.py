"""Lists as people have them: a corpus of each kind, and what never happens."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.run import lists

A, B = "https://www.youtube.com/watch?v=bread_talk1", "https://youtu.be/de_only_005"

TEXT = {
    "a comment behind": (f"{A} # the first\n", [A]),
    "a comment alone": (f"# {A}\n{B}", [B]),
    "a fragment": (f"{A}#t=12", [f"{A}#t=12"]),
    "quotes": (f'"{A}"\n\'{B}\'', [A, B]),
    "typographic quotes": (f"“{A}”\n«{B}»", [A, B]),
    "quotes and commas, as in code": (f'"{A}",\n"{B}"', [A, B]),
    "angle brackets": (f"<{A}>", [A]),
    "bullets": (f"- {A}\n* {B}\n+ {A}\n• {B}", [A, B, A, B]),
    "numbers": (f"1. {A}\n2) {B}\n(3) {A}", [A, B, A]),
    "check boxes": (f"- [ ] {A}\n- [x] {B}\n[ ] {A}", [A, B, A]),
    "a quotation": (f"> {A}\n> > - {B}", [A, B]),
    "words around": (f"Bread – {A} (8:43)\nSee {B}.", [A, B]),
    "a numbered talk": (f"Talk #3 - {A}", [A]),
    "an address in brackets": (f"It ({A}), too", [A]),
    "two on a line": (f"{A} {B}", [A, B]),
    "without a scheme": ("a talk: youtu.be/de_only_005, and more", ["youtu.be/de_only_005"]),
    "paths with blanks": ("talks/My talk, part 2.vtt\n'a b.srt'", ["talks/My talk, part 2.vtt", "a b.srt"]),
    "a path with a number sign": ("Talk #3.vtt # third", ["Talk #3.vtt"]),
    "a search": ("ytsearch5:how bread rises # five", ["ytsearch5:how bread rises"]),
    "an archive": (
        "youtube bread_talk1\nyoutube -e_only_005\nvimeo 76979871",
        ["bread_talk1", "-e_only_005", "https://vimeo.com/76979871"],
    ),
    "an id that begins with a stroke": ("-e_only_005", ["-e_only_005"]),
    "a song list": (f"#EXTM3U\n#EXTINF:52,Bread\n{A}", [A]),
    "a shortcut": (f"[InternetShortcut]\nURL={A}\nIconIndex=0", [A]),
    "words alone": ("some words", ["some words"]),
    "a rule and a fence": (f"---\n```\n{A}\n```\n", [A]),
    "escaped by a shell": (r"https://www.youtube.com/watch\?v\=bread_talk1", [A.replace("?", r"\?").replace("=", r"\=")]),
    "encoded": ("see https%3A%2F%2Fyoutu.be%2Fde_only_005 now", ["https%3A%2F%2Fyoutu.be%2Fde_only_005"]),
}  # fmt: skip

MARKDOWN = {
    "links": (f"# To watch\n\n- [Bread]({A})\n- [ ] {B}\n", [A, B]),
    "prose between": (f"For the weekend:\n\n1. [Talk #3 of 5]({A} 'a title')\n\nThat is all.", [A]),
    "a link in prose": (f"I liked [this one]({A}) and also <{B}>.", [A, B]),
    "a picture as a link": (f"[![a loaf](https://i.ytimg.com/vi/x/hq.jpg)]({A})", [A]),
    "references": (f"Read [this][1].\n\n[1]: {A}", [A]),
    "brackets within": (f"[Bread (part [2])](<{A}>)", [A]),
    "a table": (f"| Talk | Where |\n|---|---|\n| Bread | {A} |\n| Brot | [hier]({B}) |", [A, B]),
    "front matter": (f"---\ntitle: My list\n---\n- {A}", [A]),
    "files": ("- [a talk](talks/bread.vtt)\n- talks/brot.srt", ["talks/bread.vtt", "talks/brot.srt"]),
    "anchors and mail": (f"[up](#top) [me](mailto:a@example.org) [it]({A})", [A]),
    "bare ids": ("- bread_talk1\n- @slowbakery", ["bread_talk1", "@slowbakery"]),
    "entities": (
        "[x](https://www.youtube.com/watch?a=1&amp;v=bread_talk1)",
        ["https://www.youtube.com/watch?a=1&v=bread_talk1"],
    ),
}

TABLES = {
    "names and a quoted comma": (f'title,url\nBread,{A}\n"Brot, ohne Hefe",{B}\n', [A, B]),
    "semicolons": (f"Titel;Adresse;Dauer\nBrot;{B};3:10\nBread;{A};8:43", [B, A]),
    "tabs": (f"{A}\tBread\n{B}\tBrot", [A, B]),
    "no names": (f"Bread,{A},8:43\nBrot,{B},3:10", [A, B]),
    "Takeout, a playlist": (
        (
            "Video ID,Playlist Video Creation Timestamp\nbread_talk1,2024-05-01T10:00:00+00:00\n"
            "de_only_005,2024-05-02T10:00:00+00:00\n"
        ),
        ["bread_talk1", "de_only_005"],
    ),
    "Takeout, in German": (
        "Video-ID,Zeitstempel der Erstellung\nbread_talk1,2024-05-01T10:00:00+00:00\n",
        ["bread_talk1"],
    ),
    "Takeout, of old": (
        (
            "Playlist ID,Channel ID,Time Created,Time Updated,Title,Description,Visibility\n"
            f"PLabcdefghijklm,UC{'a' * 22},2020-01-01 10:00:00 UTC,2020-01-01 10:00:00 UTC,Mine,,Private\n\n"
            "Video ID,Time Added\nbread_talk1,2020-01-01 10:00:00 UTC\nde_only_005,2020-01-02 10:00:00 UTC\n"
        ),
        ["bread_talk1", "de_only_005"],
    ),
    "Takeout, subscriptions": (
        (
            "Channel Id,Channel Url,Channel Title\n"
            f"UC{'a' * 22},http://www.youtube.com/channel/UC{'a' * 22},Slow Bakery\n"
        ),
        [f"http://www.youtube.com/channel/UC{'a' * 22}"],
    ),
    "pictures beside": (f"https://example.org/a.jpg,{A}\nhttps://example.org/b.jpg,{B}", [A, B]),
    "a formula": (f'title,link\nBread,"=HYPERLINK(""{A}"",""Bread"")"\n', [A]),
    "a spreadsheet's own mark": (f"sep=;\ntitle;url\nBread;{A}", [A]),
    "a cell on two lines": (f'url,remark\n{A},"good\nbread"\n{B},', [A, B]),
    "a row without": (f"title,url\nBread,{A}\nBrot,\n", [A, "Brot"]),
    "one column": (f"url\n{A}\n{B}\n", [A, B]),
    "blank rows": (f"title,url\n\nBread,{A}\n,\nBrot,{B}\n", [A, B]),
}

MARKUP = {
    "bookmarks": (
        (f'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF="{A}" ADD_DATE="1">Bread</A>\n'
        f'<DT><A HREF="javascript:void(0)">x</A>\n<DT><A HREF="{B}">Brot</A>\n</DL>'),
        [A, B],
    ),
    "podcasts": (
        ('<?xml version="1.0"?><opml version="2.0"><body><outline text="Bread">'
        '<outline type="rss" text="Talks" xmlUrl="https://example.org/feed?a=1&amp;b=2"/></outline></body></opml>'),
        ["podcast:https://example.org/feed?a=1&b=2"],
    ),
    "subscriptions": (
        ('<opml version="1.1"><body><outline text="YouTube Subscriptions">'
        f'<outline type="rss" xmlUrl="https://www.youtube.com/feeds/videos.xml?channel_id=UC{"a" * 22}"/>'
        "</outline></body></opml>"),
        [f"https://www.youtube.com/feeds/videos.xml?channel_id=UC{'a' * 22}"],
    ),
    "a watch history": (
        (f'<html><body><div class="outer-cell mdl-cell"><div class="content-cell">Watched <a href="{A}">Bread</a>'
        f'<br><a href="https://www.youtube.com/channel/UC{"a" * 22}">Bakery</a></div></div></body></html>'),
        [A],
    ),
    "a watch history in JSON": (
        (f'[{{"header":"YouTube","title":"Watched Bread","titleUrl":"{A}","subtitles":[{{"name":"Bakery",'
        f'"url":"https://www.youtube.com/channel/UC{"a" * 22}"}}]}},'
        f'{{"titleUrl":"{B}","details":[{{"name":"From Google Ads"}}]}}]'),
        [A],
    ),
    "a list of strings": (f'["{A}", "{B}"]', [A, B]),
    "what yt-dlp prints of a playlist": (
        f'{{"id": "PLx", "webpage_url": "https://example.org/list", "entries": [{{"id": "bread_talk1", "url": "{A}"}}]}}',
        [A],
    ),
    "JSON lines": (f'{{"url": "{A}"}}\n{{"videoId": "de_only_005"}}\n', [A, "de_only_005"]),
    "a player's subscriptions": (
        f'{{"app_version": "0.1", "subscriptions": [{{"service_id": 0, "url": "{A}", "name": "x"}}]}}',
        [A],
    ),
}  # fmt: skip


def texts(text: str, name: str) -> list[str]:
    return [entry.text for entry in lists.read(text, name)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", TEXT)
def test_lines(case: str) -> None:
    text, wanted = TEXT[case]
    assert texts(text, "talks.url" if case == "a shortcut" else "talks.txt") == wanted


@pytest.mark.parametrize("case", MARKDOWN)
def test_markdown(case: str) -> None:
    text, wanted = MARKDOWN[case]
    assert texts(text, "talks.md") == wanted


@pytest.mark.parametrize("case", TABLES)
def test_tables(case: str) -> None:
    text, wanted = TABLES[case]
    assert texts(text, "talks.csv") == wanted
    if case not in ("one column", "a formula", "a row without"):
        assert texts(text, "talks.txt") == wanted


@pytest.mark.parametrize("case", MARKUP)
def test_markup(case: str) -> None:
    text, wanted = MARKUP[case]
    assert texts(text, "talks") == wanted


def test_a_file_that_is_named_like_a_list_item_keeps_its_name() -> None:
    Path("1. Bread.vtt").touch()
    assert texts("1. Bread.vtt\n2. Brot.vtt", "talks.txt") == ["1. Bread.vtt", "Brot.vtt"]


def test_each_input_has_its_line() -> None:
    assert list(lists.read(f"# x\n\n{A}\n{B} {A}", "talks.txt")) == [(3, A), (4, B), (4, A)]
    assert list(lists.read(f"title,url\nBread,{A}", "talks.csv")) == [(2, A)]
    assert list(lists.read(f"<html>\n<a href='{A}'>x</a>", "talks.html")) == [(2, A)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding: str) -> None:
    assert texts(lists.decode(f"{A}\r\nBäckerei.vtt\r".encode(encoding)), "talks.txt") == [A, "Bäckerei.vtt"]


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfe\xfa", bytes(range(256)) * 20])
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(lists.NotText):
        lists.decode(data)


def test_a_byte_that_is_no_utf8_spoils_its_own_line() -> None:
    assert texts(lists.decode(f"{A}\nB".encode() + b"\xe4cker.vtt\n"), "talks.txt") == [A, "B\udce4cker.vtt"]


@given(
    st.text(st.sampled_from("ab \n\t#-*[]()<>\"',;|{}:/=?&._0AhtpsyoutuBe"), max_size=80),
    st.sampled_from(["a.txt", "a.md", "a.csv", ""]),
)
def test_anything_is_read(text: str, name: str) -> None:
    assert all(entry.text for entry in lists.read(text, name))


@given(st.binary(max_size=100))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with contextlib.suppress(lists.NotText):
        assert "\0" not in lists.decode(data)


_ONE, _TWO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://youtu.be/WDsAhkFsKfE"


@pytest.mark.parametrize(
    "text",
    [
        f'# Talks\n\nSee [one][a] and [two].\n\n[a]: {_ONE} "title"\n[two]: <{_TWO}>\n',
        f"| title | link |\n|---|---|\n| a | {_ONE} |\n| b | [b]({_TWO}) |\n",
        f"* Talks\n** [[{_ONE}][One]]\n- [[{_TWO}]]\n",
        f"<{_ONE}|One>\n<{_TWO}>\n",
        f"- url: {_ONE}\n  title: x\n- url: {_TWO}\n  title: y\n",
        json.dumps({"roots": {"bar": {"children": [{"url": _ONE}]}, "other": {"children": [{"url": _TWO}]}}}),
        f'<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"><location>{_ONE}</location><a href="{_TWO}">',
        f"<plist><array><dict><key>URL</key><string>{_ONE}</string></dict><string>{_TWO}</string></array></plist>",
        f"#EXTM3U\n#EXTINF:123,One\n{_ONE}\n#EXTINF:1,Two\n{_TWO}\n",
        f"Titel;Adresse\nEins;{_ONE}\nZwei;{_TWO}\n",
    ],
    ids=["reference", "table", "org", "chat", "yaml", "chrome", "xspf", "plist", "m3u", "semicolons"],
)
def test_addresses_in_the_files_of_other_programs(text: str) -> None:
    assert [entry.text for entry in lists.read(text)] == [_ONE, _TWO]


def test_a_table_of_one_row() -> None:
    text = "Kanal-ID,Kanal-URL,Kanaltitel\nUC{0},https://www.youtube.com/channel/UC{0},Name\n".format(
        "a" * 22
    )
    assert [entry.text for entry in lists.read(text)] == [f"https://www.youtube.com/channel/UC{'a' * 22}"]
