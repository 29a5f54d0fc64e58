"""What `import vidgist` offers, and what it costs."""

import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import assert_type

import pytest

import vidgist

NAMES = [
    "Answer",
    "AskResult",
    "AsyncClient",
    "Cancelled",
    "Client",
    "ConceptMap",
    "Digest",
    "Evidence",
    "Extras",
    "Failure",
    "Fetched",
    "Found",
    "Item",
    "ItemError",
    "Mention",
    "Note",
    "OutOfTime",
    "OutlineEntry",
    "Point",
    "Preview",
    "Record",
    "RunError",
    "Segment",
    "Settings",
    "SetupError",
    "Statement",
    "Summarized",
    "Summary",
    "Task",
    "Transcript",
    "Video",
    "VidgistError",
    "__version__",
    "ask",
    "check_map",
    "digest",
    "draw_map",
    "fetch",
    "ground",
    "parse_map",
    "parse_note",
    "parse_record",
    "preview",
    "read_note",
    "render",
    "render_map",
    "render_record",
    "search",
    "summarize",
    "summarize_all",
]


def _fresh(code: str) -> list[str]:
    """What a new interpreter has imported after this code, by the first two parts of the names."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(told.stdout))


def test_the_names_are_these() -> None:
    assert sorted(vidgist.__all__) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(vidgist, name)
    assert name in dir(vidgist)
    assert getattr(vidgist, name) is value
    if name != "__version__":
        assert value.__name__ == name
        assert value.__doc__


def test_a_name_that_is_not_there_is_an_error_as_of_any_module() -> None:
    with pytest.raises(AttributeError, match="module 'vidgist' has no attribute 'summarise'"):
        vidgist.summarise  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(ImportError):
        from vidgist import summarise  # type: ignore[attr-defined]  # noqa: F401


def test_a_star_brings_them_all() -> None:
    scope: dict[str, object] = {}
    exec("from vidgist import *", scope)
    assert set(NAMES) <= set(scope)


def test_importing_it_imports_nothing_else() -> None:
    bare = set(_fresh("import importlib, typing"))
    assert set(_fresh("import vidgist")) - bare == {"vidgist"}


def test_the_errors_come_without_the_rest() -> None:
    modules = _fresh("from vidgist import VidgistError")
    assert "vidgist.errors" in modules
    assert "pydantic" not in modules


def test_summarize_brings_no_library_of_a_site_or_a_model() -> None:
    modules = _fresh("from vidgist import summarize, Settings")
    heavy = {"openai", "yt_dlp", "youtube_transcript_api", "requests", "rich", "typer", "faster_whisper"}
    assert not heavy.intersection(modules)


def test_a_type_checker_knows_them_all(tmp_path: Path) -> None:
    from vidgist import (
        Note,
        Settings,
        Summarized,
        Summary,
        Transcript,
        Video,
        render,
        summarize,
        summarize_all,
    )

    words = Transcript.untimed("Bread needs time. A cold night makes dough strong. Steam keeps a crust soft.")
    note = summarize(words, Settings(model="offline:", state=tmp_path))
    assert_type(note, Summarized)
    assert_type(note.video, Video)
    assert_type(note.summary, Summary)
    assert_type(render(note), str)
    assert_type(summarize_all([]), Generator[Note, None, None])
    assert (Path(vidgist.__file__).parent / "py.typed").is_file()
