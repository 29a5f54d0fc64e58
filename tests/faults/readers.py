"""Every reader of what others wrote, as one function of bytes: they are read, or refused in one line.

A reader raises nothing but a `VidgistError`; anything else is a crash. Used with broken samples here and with
a coverage-guided fuzzer in ``tests/fuzz``.
"""

import io
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.doubles.llama import ARCHITECTURE, window
from vidgist import config, registry
from vidgist.config import Settings
from vidgist.engines import _error_map, _faults, _replies, _streams
from vidgist.engines.local import _window
from vidgist.errors import VidgistError
from vidgist.llm import draft_checks, drafts, extracts, prices, prompts
from vidgist.models import Fetched, Message, Note, Ref, Request
from vidgist.notes import document
from vidgist.notes.exactness import fault
from vidgist.notes.reading import read as read_note
from vidgist.run import inputs
from vidgist.site import build_state
from vidgist.sources import _caption_lines, _network, _sidecar, local
from vidgist.sources._caption_lines import NotJson3
from vidgist.text import record, transcript
from vidgist.text.mermaid import checking, reading, writing
from vidgist.text.transcript import MOST_SECONDS

ROOT = Path(__file__).parents[2]
TALK = (
    b"1\n00:00:01,000 --> 00:00:02,500\n<i>Hello</i>\nyou\n\n2\n00:00:03,000 --> 00:00:04,000\n{\\an8}again\n"
)
INFO = {
    "title": "T",
    "duration": 12.5,
    "upload_date": "20260131",
    "webpage_url": "https://x.org/",
    "language": "en",
    "channel": "C",
    "chapters": [{"start_time": 0.0, "title": "a"}],
}
DRAFT = {
    "core_ideas": [{"quotes": ["a b c"], "label": f"L{n}", "text": "T."} for n in range(3)],
    "core_point": {"quotes": ["a"], "text": "C."},
    "fundamental_point": {"quotes": [], "text": "F."},
    "framework": "W.",
    "concept_map": {
        "direction": "TB",
        "groups": [{"id": "g", "label": "G"}],
        "nodes": [{"id": n, "label": n, "shape": "box", "group": "g"} for n in "ab"],
        "edges": [{"source": "a", "target": "b", "label": "x"}],
    },
}
ANSWER = {
    "choices": [{"message": {"content": "<think>x</think> {}"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 5, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 1}},
}
REFUSAL = {"error": {"message": "maximum context length is 8192 tokens", "code": "x", "param": ["a"]}}


class Reader(NamedTuple):
    """``read`` is called with the bytes and an empty folder; ``sample`` is what it reads without complaint."""

    group: str
    sample: bytes
    read: Callable[[bytes, Path], None]


def _written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _check(fetched: Fetched) -> None:
    segments = fetched.transcript.segments
    assert segments
    assert transcript.speaks(segments)
    assert all(0 <= one.start <= MOST_SECONDS and 0 <= one.duration <= MOST_SECONDS for one in segments)
    assert all(one.text == " ".join(one.text.split()) != "" for one in segments)
    assert fetched.video.seconds is None or 0 <= fetched.video.seconds <= 2 * MOST_SECONDS
    assert Fetched.model_validate_json(fetched.model_dump_json()) == fetched
    record.clock(fetched.video.seconds)


def read_transcript(path: Path) -> None:
    """A transcript file, the whole way of its source."""
    source = local.create(Settings())
    for item in source.expand(Ref(text=str(path))):
        item.model_dump_json()
        _check(source.fetch(item, ()))


def _transcript(name: str) -> Callable[[bytes, Path], None]:
    return lambda data, folder: read_transcript(_written(folder, f"talk.{name}", data))


def _with_sidecar(data: bytes, folder: Path) -> None:
    """Any sidecar leaves the words alone."""
    _written(folder, f"talk{_sidecar.SUFFIX}", data)
    source = local.create(Settings())
    (item,) = source.expand(Ref(text=str(_written(folder, "talk.srt", TALK))))
    fetched = source.fetch(item, ())
    _check(fetched)
    assert fetched.transcript.text == "Hello you again"


def _site_captions(data: bytes, folder: Path) -> None:
    del folder
    try:
        _caption_lines.require_speech(_caption_lines.parse_json3(data))
    except NotJson3:
        return


def _note(name: str) -> Callable[[bytes, Path], None]:
    """A note of ours: what is read renders, and reads the same again."""

    def read(data: bytes, folder: Path) -> None:
        note = read_note(_written(folder, name, data))
        again = document.parse(document.render(note))
        assert _told(again) == _told(note)
        record.parse(record.render(record.of(note)))

    return read


def _told(note: Note) -> dict[str, object]:
    return note.model_dump(exclude={"item": {"video"}})


def _record(data: bytes, folder: Path) -> None:
    del folder
    text = data.decode("utf-8", "replace")
    assert "\n" not in fault(text)
    assert record.render(record.parse(text)) == text


def _list(data: bytes, folder: Path) -> None:
    sources = registry.sources(Settings())
    for ref in inputs.read([], str(_written(folder, "list.urls", data)), io.StringIO()):
        source = inputs.route(ref, sources)
        if not source.lists(ref.text):
            for item in source.expand(ref):
                item.model_dump_json()


def _prompt(data: bytes, folder: Path) -> None:
    prompt = prompts.read(_written(folder, "own.md", data))
    prompt.fill(dict.fromkeys(prompts.VARIABLES, "{{transcript}}"))


def _config(data: bytes, folder: Path) -> None:
    _written(folder, config.PROJECT_FILE, data)
    settings, origins, *_ = config.load({}, environ={}, folder=folder)
    assert set(origins) == set(Settings.model_fields)
    settings.model_dump_json()


def _prices(data: bytes, folder: Path) -> None:
    prices.read_user_list.cache_clear()
    prices.read_user_list(_written(folder, "prices.toml", data)).find("openai:small")


def _cookies(data: bytes, folder: Path) -> None:
    path = _written(folder, "cookies.txt", data)
    _network.create(Settings(cookies=str(path)), {})


def _site_ledger(data: bytes, folder: Path) -> None:
    found = build_state.load(_written(folder, build_state.NAME, data).parent)
    if found is not None:
        build_state.dump(found)


def _draft(data: bytes, folder: Path) -> None:
    del folder
    text = data.decode("utf-8", "replace")
    draft = drafts.read(text, is_strict=False)
    assert len(draft.core_ideas) >= 1
    diagram = writing.render(draft.concept_map)
    assert not draft.concept_map.nodes or not checking.check(diagram)


def _extracts(data: bytes, folder: Path) -> None:
    del folder
    text = data.decode("utf-8", "replace")
    draft_checks.read_corrections(text)
    extracts.read(text)


_ASKED = Request(messages=(Message(role="user", content="a"),))


def _answer(data: bytes, folder: Path) -> None:
    """An answer with status 200, as `vidgist.engines.openai` takes it apart."""
    del folder
    text = data.decode("utf-8", "replace")
    try:
        body = _streams.joined(text) if _streams.is_stream(text) else json.loads(text)
        found = _faults.in_answer({}, body)
    except (ValueError, RecursionError, _streams.Cut):
        assert "\n" not in _faults.not_json(text)
        return
    if found is not None:
        assert "\n" not in str(_error_map.translate(found, "host"))
        return
    _replies.read(body, {}, _ASKED).model_dump_json()


def _refusal(data: bytes, folder: Path) -> None:
    del folder
    found = _faults.read(400, {}, data.decode("utf-8", "replace"))
    _faults.window_told(found)
    assert "\n" not in str(_error_map.translate(found, "host"))


def _model_file(data: bytes, folder: Path) -> None:
    assert _window(_written(folder, "model.gguf", data), 0) > 0


def _mermaid(data: bytes, folder: Path) -> None:
    """What is read is written anew so that it parses."""
    del folder
    text = data.decode("utf-8", "replace")
    assert "\n" not in checking.check(text)
    written = writing.render(reading.read(text).map)
    assert not reading.read(text).map.nodes or not checking.check(written)


def _golden(name: str) -> bytes:
    return (ROOT / "tests" / "golden" / name).read_bytes()


_SEED = record.parse(_golden("seed_record.txt").decode())
_SHORT = record.render(_SEED.model_copy(update={"description": "d\n", "content": "some words"})).encode()
_DIAGRAM = b'flowchart LR\n    subgraph g["G"]\n    a["x (y)"] -->|says| b("z")\n    end\n    c{"?"} -.-> a\n'

_MODEL = b"GGUF" + struct.pack("<IQQ", 3, 0, 2) + ARCHITECTURE + window(8_192)

READERS = {
    "vtt": Reader(
        "subtitles", (ROOT / "tests/fixtures/subtitles/rolling.en.vtt").read_bytes(), _transcript("vtt")
    ),
    "srt": Reader("subtitles", TALK, _transcript("srt")),
    "json3": Reader(
        "json",
        b'{"events": [{"tStartMs": 10, "dDurationMs": 20, "segs": [{"utf8": "a"}, {"utf8": " b"}]}, {"aAppend": 1}]}',
        _transcript("json3"),
    ),
    "whisper json": Reader(
        "json",
        b'{"language": "en", "segments": [{"text": "a", "start": 1.5, "end": 2}, {"text": "b", "start": 3}]}',
        _transcript("json"),
    ),
    "listed json": Reader(
        "json",
        b'[{"text": "a", "start": 1.5, "duration": 2}, {"text": "b", "start": 3, "duration": 1e3}]',
        _transcript("list.json"),
    ),
    "own json": Reader(
        "json",
        b'{\n"format": "vidgist/1",\n"url": "https://youtu.be/WDsAhkFsKfE",\n"transcript": {"segments": [{"text": "a"}]}}',
        _transcript("own.json"),
    ),
    "txt": Reader(
        "prose", b"Title\n[00:12] hello there.\n[00:15] and 12:30 again\n1:02:03 bye\n", _transcript("txt")
    ),
    "md": Reader(
        "prose",
        b"---\ntitle: 'x'\nduration: 1:02\ndate: 2026-01-31\n---\n# H\n- [0:12](http://x) **a**\n<!-- c -->\n> b\n",
        _transcript("md"),
    ),
    "record as input": Reader("records", _SHORT, _transcript("record.txt")),
    "sidecar": Reader("json", json.dumps(INFO).encode(), _with_sidecar),
    "site captions": Reader(
        "json", b'{"events": [{"tStartMs": 10, "dDurationMs": 20, "segs": [{"utf8": "a"}]}]}', _site_captions
    ),
    "record": Reader("records", _SHORT, _record),
    "note txt": Reader("records", _golden("writers/full.txt"), _note("talk.txt")),
    "note json": Reader("records", _golden("writers/full.json"), _note("talk.json")),
    "site ledger": Reader(
        "records",
        b'{"maker": "m", "title": "t", "base": "", "numbers": 1, "sources": {"a": {"name": "a.txt", "modified": 1, "size": 2, "number": null}}, "entries": {}}',
        _site_ledger,
    ),
    "list": Reader("settings", b"# talks\nhttps://youtu.be/WDsAhkFsKfE # x\n\ntalk #3.vtt\r\n", _list),
    "prompt": Reader("settings", (ROOT / "prompts/brief.md").read_bytes(), _prompt),
    "config": Reader(
        "settings",
        b'jobs = 3\nformats = ["txt", "md"]\nsince = 2026-01-31\nmax_cost = 0.5\nproxy = "http://h:1"\n',
        _config,
    ),
    "prices": Reader(
        "settings",
        b'updated = 2026-01-31\nbatch = 0.5\n[models."openai:small*"]\ninput = 1\noutput = 2.5\n',
        _prices,
    ),
    "cookies": Reader(
        "settings",
        b"# Netscape HTTP Cookie File\n#HttpOnly_.youtube.com\tTRUE\t/\tTRUE\t0\tSID\tabc\n",
        _cookies,
    ),
    "draft": Reader("replies", json.dumps(DRAFT).encode(), _draft),
    "extracts": Reader("replies", b'{"notes": [{"quote": "a b", "text": "c"}], "quotes": []}', _extracts),
    "answer": Reader("replies", json.dumps(ANSWER).encode(), _answer),
    "refusal": Reader("replies", json.dumps(REFUSAL).encode(), _refusal),
    "model file": Reader("models", _MODEL, _model_file),
    "mermaid": Reader("mermaid", _DIAGRAM, _mermaid),
}
GROUPS = tuple(dict.fromkeys(reader.group for reader in READERS.values()))


def attempt(name: str, data: bytes, folder: Path) -> bool:
    """Whether the reader took the bytes; False where it refused them in one line. Anything else is raised."""
    try:
        READERS[name].read(data, folder)
    except VidgistError as error:
        refused = error
    else:
        return True
    assert refused.code
    assert str(refused)
    assert "\n" not in str(refused)
    return False
