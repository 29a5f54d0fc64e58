"""For every reader and every shape of captions: the words that go in come out, once, in order, with times and voices."""

import csv
import io
import itertools
import json
import zipfile
from collections.abc import Callable, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidgist import readers

NAMES = ("Ann Example", "Bo Sample")
STEP = 4
ALPHABETS = ("abcdeghilmnorstu", "аеиклмнорст", "αεικλμνοστ", "بتدرسعلمني")


class Turn(NamedTuple):
    start: int
    speaker: str
    text: str

    @property
    def end(self) -> int:
        return self.start + STEP


@st.composite
def talks(draw: st.DrawFn, *, alike: bool = True) -> list[Turn]:
    """Return turns of two speakers, a few seconds each; some say the same again unless they are not ``alike``."""
    letters = draw(st.sampled_from(ALPHABETS))
    word = st.text(letters, min_size=3, max_size=8)
    sentence = st.lists(word, min_size=4, max_size=9, unique=True).map(lambda words: f"{' '.join(words)}.")
    texts = draw(st.lists(sentence, min_size=4, max_size=9, unique=True))
    if alike and draw(st.booleans()):
        texts += texts[:2]
    return [Turn(n * 5, NAMES[n % 2], text) for n, text in enumerate(texts)]


def clock(seconds: float, mark: str = ".", *, hours: bool = True) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    head = f"{minutes // 60:02}:{minutes % 60:02}" if hours else f"{minutes:02}"
    return f"{head}:{rest // 1000:02}{mark}{rest % 1000:03}"


def short(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def blocks(cues: Sequence[tuple[float, float, str]], mark: str = ",") -> str:
    return "".join(
        f"{n}\n{clock(start, mark)} --> {clock(end, mark)}\n{text}\n\n"
        for n, (start, end, text) in enumerate(cues, 1)
    )


def plain_cues(talk: Sequence[Turn]) -> list[tuple[float, float, str]]:
    return [(one.start, one.end, one.text) for one in talk]


def srt(talk: Sequence[Turn]) -> str:
    return blocks([(one.start, one.end, f"{one.speaker}: {one.text}") for one in talk])


def vtt(talk: Sequence[Turn]) -> str:
    return "WEBVTT\n\n" + blocks([(o.start, o.end, f"<v {o.speaker}>{o.text}</v>") for o in talk], ".")


def sbv(talk: Sequence[Turn]) -> str:
    return "".join(f"{clock(o.start)[1:]},{clock(o.end)[1:]}\n{o.text}\n\n" for o in talk)


def json_list(talk: Sequence[Turn]) -> str:
    return json.dumps([{"start": o.start, "end": o.end, "text": o.text, "speaker": o.speaker} for o in talk])


def json_milliseconds(talk: Sequence[Turn]) -> str:
    return json.dumps([{"offset": o.start * 1000, "duration": STEP * 1000, "body": o.text} for o in talk])


def json_words(talk: Sequence[Turn]) -> str:
    return json.dumps(
        {
            "words": [
                {
                    "word": word,
                    "start": o.start + n * 0.3,
                    "end": o.start + n * 0.3 + 0.2,
                    "speaker": o.speaker,
                }
                for o in talk
                for n, word in enumerate(o.text.split())
            ]
        }
    )


def json_lines(talk: Sequence[Turn]) -> str:
    return "\n".join(json.dumps({"ts": clock(o.start), "line": o.text, "name": o.speaker}) for o in talk)


def json3(talk: Sequence[Turn]) -> str:
    events = [
        {"tStartMs": o.start * 1000, "dDurationMs": 4000, "segs": [{"utf8": f"{w} "} for w in o.text.split()]}
        for o in talk
    ]
    return json.dumps({"events": events})


def ttml(talk: Sequence[Turn]) -> str:
    rows = "".join(f'<p begin="{clock(o.start)}" end="{clock(o.end)}">{escape(o.text)}</p>' for o in talk)
    return f'<tt xmlns="http://www.w3.org/ns/ttml"><body><div>{rows}</div></body></tt>'


def srv1(talk: Sequence[Turn]) -> str:
    rows = "".join(f'<text start="{o.start}" dur="{STEP}">{escape(o.text)}</text>' for o in talk)
    return f"<transcript>{rows}</transcript>"


def srv3(talk: Sequence[Turn]) -> str:
    rows = "".join(f'<p t="{o.start * 1000}" d="4000">{escape(o.text)}</p>' for o in talk)
    return f'<timedtext format="3"><body>{rows}</body></timedtext>'


def ass(talk: Sequence[Turn]) -> str:
    rows = "".join(
        f"Dialogue: 0,0:{o.start // 60:02}:{o.start % 60:02}.00,0:{o.end // 60:02}:{o.end % 60:02}.00"
        f",Default,{o.speaker},0,0,0,,{{\\i1}}{o.text}\n"
        for o in talk
    )
    head = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
    return f"[Script Info]\nScriptType: v4.00+\n\n[Events]\n{head}\n{rows}"


def microdvd(talk: Sequence[Turn]) -> str:
    return "{1}{1}25\n" + "".join(f"{{{o.start * 25}}}{{{o.end * 25}}}{o.text}\n" for o in talk)


def sami(talk: Sequence[Turn]) -> str:
    rows = "".join(f"<SYNC Start={o.start * 1000}><P Class=X>{escape(o.text)}\n" for o in talk)
    return f"<SAMI><BODY>\n{rows}</BODY></SAMI>"


def lrc(talk: Sequence[Turn]) -> str:
    return "".join(f"[{clock(o.start, hours=False)[:-1]}]{o.text}\n" for o in talk)


def table(talk: Sequence[Turn], delimiter: str = ",") -> str:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    rows.writerow(("start", "end", "speaker", "text"))
    rows.writerows((clock(o.start), clock(o.end), o.speaker, o.text) for o in talk)
    return out.getvalue()


def whisper_tsv(talk: Sequence[Turn]) -> str:
    return "start\tend\ttext\n" + "".join(f"{o.start * 1000}\t{o.end * 1000}\t{o.text}\n" for o in talk)


def docx(talk: Sequence[Turn]) -> bytes:
    rows = "".join(
        f"<w:p><w:r><w:t>{o.speaker}   {short(o.start)}</w:t><w:br/><w:t>{escape(o.text)}</w:t></w:r></w:p>"
        for o in talk
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{rows}</w:body></w:document>",
        )
    return packed.getvalue()


def markdown(talk: Sequence[Turn]) -> str:
    return "".join(f"**{o.speaker}** [{short(o.start)}]: {o.text}\n\n" for o in talk)


def markdown_table(talk: Sequence[Turn]) -> str:
    rows = "".join(f"| {short(o.start)} | {o.speaker} | {o.text} |\n" for o in talk)
    return f"| Time | Speaker | Text |\n|---|---|---|\n{rows}"


def html(talk: Sequence[Turn]) -> str:
    rows = "".join(
        f"<cite>{o.speaker}:</cite><time>{short(o.start)}</time><p>{escape(o.text)}</p>" for o in talk
    )
    return f"<html><body>{rows}</body></html>"


def boxed(talk: Sequence[Turn]) -> str:
    return "".join(f"[{clock(o.start)}] {o.speaker}: {o.text}\n" for o in talk)


def otter(talk: Sequence[Turn]) -> str:
    return "".join(f"{o.speaker}  {short(o.start)}\n{o.text}\n\n" for o in talk)


def rev(talk: Sequence[Turn]) -> str:
    return "".join(f"{o.speaker} ({short(o.start)}):\n{o.text}\n\n" for o in talk)


def zoom(talk: Sequence[Turn]) -> str:
    return "".join(f"{clock(o.start)[:8]}\t{o.speaker}:\t{o.text}\n" for o in talk)


def panel(talk: Sequence[Turn]) -> str:
    return "".join(f"{short(o.start)}\n{o.text}\n" for o in talk)


def ctm(talk: Sequence[Turn]) -> str:
    return "".join(
        f"talk 1 {one.start + n * 0.3:.2f} 0.25 {word} 0.98\n"
        for one in talk
        for n, word in enumerate(one.text.split())
    )


def stm(talk: Sequence[Turn]) -> str:
    return "".join(
        f"talk 1 {one.speaker.replace(' ', '_')} {one.start:.2f} {one.end:.2f} <o> {one.text}\n"
        for one in talk
    )


def rtf(talk: Sequence[Turn]) -> str:
    def lettered(text: str) -> str:
        return "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in text)

    lines = "".join(f"{lettered(f'{one.speaker}: {one.text}')}\\par\n" for one in talk)
    return f"{{\\rtf1\\ansi\\deff0 {lines}}}"


def untimed(talk: Sequence[Turn]) -> str:
    return "".join(f"{o.speaker}: {o.text}\n\n" for o in talk)


Shape = Callable[[Sequence[Turn]], str | bytes]
WITH_NAMES = "times names"
SHAPES: list[tuple[str, Shape, str]] = [
    ("talk.srt", srt, WITH_NAMES), ("talk.vtt", vtt, WITH_NAMES), ("talk.sbv", sbv, "times"),
    ("talk.json", json_list, WITH_NAMES), ("talk.json", json_milliseconds, "times"), ("talk.json", json_words, WITH_NAMES),
    ("talk.jsonl", json_lines, WITH_NAMES), ("talk.json3", json3, "times"), ("talk.ttml", ttml, "times"),
    ("talk.srv1", srv1, "times"), ("talk.srv3", srv3, "times"), ("talk.ass", ass, WITH_NAMES),
    ("talk.sub", microdvd, "times"), ("talk.smi", sami, "times"), ("talk.lrc", lrc, "times"),
    ("talk.csv", table, WITH_NAMES), ("talk.tsv", whisper_tsv, "times"), ("talk.docx", docx, WITH_NAMES),
    ("talk.md", markdown, WITH_NAMES), ("talk.md", markdown_table, WITH_NAMES), ("talk.html", html, WITH_NAMES),
    ("talk.txt", boxed, WITH_NAMES), ("talk.txt", otter, WITH_NAMES), ("talk.txt", rev, WITH_NAMES),
    ("talk.txt", zoom, WITH_NAMES), ("talk.txt", panel, "times"), ("talk.txt", untimed, "names"),
    ("talk.ctm", ctm, "times"), ("talk.stm", stm, "times"), ("talk.rtf", rtf, "names"),
    ("talk.txt", srt, WITH_NAMES), ("talk.txt", vtt, WITH_NAMES), ("talk.txt", json_list, WITH_NAMES),
]  # fmt: skip
IDS = [f"{name.partition('.')[2]}-{shape.__name__}" for name, shape, _ in SHAPES]


@pytest.mark.parametrize(("name", "shape", "kept"), SHAPES, ids=IDS)
@settings(max_examples=10, deadline=None)
@given(talk=talks())
def test_words_times_and_voices_are_kept(name: str, shape: Shape, kept: str, talk: list[Turn]) -> None:
    made = shape(talk)
    words = readers.read(name, made.encode() if isinstance(made, str) else made).transcript
    assert [one.text for one in words.segments] == [one.text for one in talk]
    assert words.timed == ("times" in kept)
    if "times" in kept:
        assert [one.start for one in words.segments] == [one.start for one in talk]
    if "names" in kept:
        assert [one.speaker for one in words.segments] == [one.speaker for one in talk]
    assert words.notices == ()


# Captions that a screen shows again.


def lines_of(talk: Sequence[Turn]) -> list[str]:
    words = " ".join(one.text for one in talk).split()
    return [" ".join(words[n : n + 4]) for n in range(0, len(words), 4)]


def roll_up(talk: Sequence[Turn], depth: int) -> list[tuple[float, float, str]]:
    lines = lines_of(talk)
    return [(n * 2, n * 2 + 2, "\n".join(lines[max(0, n - depth + 1) : n + 1])) for n in range(len(lines))]


def with_holds(talk: Sequence[Turn]) -> list[tuple[float, float, str]]:
    cues: list[tuple[float, float, str]] = []
    above = " "
    for n, line in enumerate(lines_of(talk)):
        cues += [(n * 2, n * 2 + 1.99, f"{above}\n{line}"), (n * 2 + 1.99, n * 2 + 2, f"{line}\n ")]
        above = line
    return cues


def growing(talk: Sequence[Turn]) -> list[tuple[float, float, str]]:
    parts = [" ".join(o.text.split()[:n]) for o in talk for n in range(1, len(o.text.split()) + 1)]
    return [(n * 0.25, n * 0.25 + 0.25, part) for n, part in enumerate(parts)]


def marked(talk: Sequence[Turn]) -> list[tuple[float, float, str]]:
    rows = [
        " ".join(f"<u>{word}</u>" if n == at else word for n, word in enumerate(o.text.split()))
        for o in talk
        for at in range(len(o.text.split()))
    ]
    return [(n * 0.25, n * 0.25 + 0.25, row) for n, row in enumerate(rows)]


def marked_in_turns(talk: Sequence[Turn]) -> list[tuple[float, float, str]]:
    cues: list[tuple[float, float, str]] = []
    for start, end, text in marked(talk):
        bare = text.replace("<u>", "").replace("</u>", "")
        cues += [(start, end - 0.05, text), (end - 0.05, end, bare)]
    return cues


def joined(talk: Sequence[Turn]) -> list[tuple[float, float, str]]:
    lines = ["", *lines_of(talk)]
    return [(n * 2, n * 2 + 2, f"{a} {b}".strip()) for n, (a, b) in enumerate(itertools.pairwise(lines))]


SCREENS: list[Callable[[Sequence[Turn]], list[tuple[float, float, str]]]] = [
    plain_cues, lambda talk: roll_up(talk, 2), lambda talk: roll_up(talk, 3), lambda talk: roll_up(talk, 4),
    with_holds, growing, marked, marked_in_turns, joined,
]  # fmt: skip
NAMED = [
    "once",
    "roll-up of 2",
    "roll-up of 3",
    "roll-up of 4",
    "holds",
    "growing",
    "marked",
    "in turns",
    "joined",
]


@pytest.mark.parametrize("screen", SCREENS, ids=NAMED)
@settings(max_examples=15, deadline=None)
@given(talk=talks(alike=False), webvtt=st.booleans())
def test_what_a_screen_shows_again_is_read_once(
    screen: Callable[[Sequence[Turn]], list[tuple[float, float, str]]], talk: list[Turn], webvtt: bool
) -> None:
    cues = screen(talk)
    made = "WEBVTT\n\n" + blocks(cues, ".") if webvtt else blocks(cues)
    words = readers.read("talk.vtt" if webvtt else "talk.srt", made.encode()).transcript
    assert words.text == " ".join(one.text for one in talk)
    starts = [one.start for one in words.segments]
    assert starts == sorted(starts)


@settings(max_examples=20, deadline=None)
@given(talk=talks(), webvtt=st.booleans())
def test_what_is_said_again_is_read_again(talk: list[Turn], webvtt: bool) -> None:
    """A refrain, and a list that is said twice, whether the screen was empty in between or not."""
    twice = [Turn(n * STEP, "", one.text) for n, one in enumerate([*talk, talk[0], talk[0], *talk])]
    made = blocks(plain_cues(twice), ".")
    words = readers.read("talk.vtt", (f"WEBVTT\n\n{made}" if webvtt else made).encode()).transcript
    assert [one.text for one in words.segments] == [one.text for one in twice]
