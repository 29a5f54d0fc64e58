"""Bytes become the text they were, or are refused; they never become other letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.errors import Unreadable
from vidgist.readers import encodings

GERMAN = "Grüße aus München, schöne Straße. Äpfel und Öl für die Übung. "
ENGLISH = "It’s a long talk — about the café and we’re going to say what’s new here. "
SPANISH = "El niño comió una piña mañana y después también fue al baño. "
FRENCH = "Voilà, c'est l'été à la forêt, où les élèves goûtent le gâteau. "
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy a šel domů. "
POLISH = "Zażółć gęślą jaźń, proszę państwa, to już dziś wieczorem. "
RUSSIAN = "Привет всем, сегодня мы поговорим о машинном обучении и нейронных сетях. "
GREEK = "Καλημέρα σε όλους, σήμερα θα μιλήσουμε για την τεχνητή νοημοσύνη. "
ARABIC = "مرحبا بكم في هذه الحلقة سوف نتحدث عن الذكاء الاصطناعي. "
JAPANESE = "これは日本語の字幕です。今日はいい天気ですね。散歩に行きましょう。"
CHINESE = "大家好，欢迎来到今天的节目，我们来讨论人工智能。"
KOREAN = "안녕하세요 여러분 오늘은 인공지능에 대해 이야기하겠습니다. "

SAMPLES = [
    (GERMAN, "cp1252"),
    (ENGLISH, "cp1252"),
    (SPANISH, "cp1252"),
    (FRENCH, "iso8859_15"),
    (CZECH, "cp1250"),
    (CZECH, "iso8859_2"),
    (POLISH, "cp1250"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8_r"),
    (GREEK, "cp1253"),
    (ARABIC, "cp1256"),
    (JAPANESE, "shift_jis"),
    (CHINESE, "gb18030"),
    (KOREAN, "euc_kr"),
]


def subtitles(text: str) -> str:
    return "".join(f"{n}\r\n00:00:0{n},000 --> 00:00:0{n},900\r\n{text}\r\n\r\n" for n in range(1, 6))


@pytest.mark.parametrize(("text", "encoding"), SAMPLES)
def test_old_encodings_are_told_by_their_letters(text: str, encoding: str) -> None:
    assert encodings.decode(subtitles(text).encode(encoding), "x.srt") == subtitles(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_as_it_says(encoding: str) -> None:
    assert encodings.decode((ARABIC + CHINESE).encode(encoding), "x") == ARABIC + CHINESE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("Grüße".encode("cp1252"), "encoding"),
        (b"plain words " * 50 + b"\xff\xfe\xfd\xfc\x81\x8d", "encoding"),
        (bytes(range(1, 256)) * 4, "encoding"),
        (b"\xff\xfea", "encoding"),
        (b"\xef\xbb\xbf\xff", "encoding"),
        (b"wo\0rds", "binary"),
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        encodings.decode(data, "x.srt")
    assert caught.value.code == code
    assert str(caught.value).startswith("x.srt ")


def test_a_file_that_is_cut_within_a_letter_is_read_up_to_it() -> None:
    assert encodings.decode((GERMAN * 20).encode() + b"\xc3", "x.srt") == GERMAN * 20


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_utf8_is_never_anything_else(text: str) -> None:
    assert encodings.decode(text.encode(), "x") == text.removeprefix("\ufeff")
