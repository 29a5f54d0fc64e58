"""Video transcripts in, exact notes out.

    from vidgist import Settings, summarize

    note = summarize("talk.vtt", Settings(model="offline:"))

`summarize` and the other functions are what a program calls once, `Client` and `AsyncClient` serve one that
stays; the other names are the values they take and give, and the errors they raise. Each is imported when it
is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vidgist.api import (
        AsyncClient,
        Client,
        Preview,
        fetch,
        preview,
        render,
        summarize,
        summarize_all,
    )
    from vidgist.api.parts import (
        check_map,
        draw_map,
        ground,
        parse_map,
        parse_note,
        parse_record,
        read_note,
        render_map,
        render_record,
    )
    from vidgist.archive.answers import AskResult
    from vidgist.archive.ask import ask
    from vidgist.archive.digest import digest
    from vidgist.archive.search import Found, search
    from vidgist.archive.themes import Digest
    from vidgist.config import Settings
    from vidgist.errors import (
        Cancelled,
        ItemError,
        OutOfTime,
        RunError,
        SetupError,
        VidgistError,
    )
    from vidgist.models import (
        Answer,
        ConceptMap,
        Evidence,
        Extras,
        Failure,
        Fetched,
        Item,
        Mention,
        Note,
        OutlineEntry,
        Point,
        Record,
        Segment,
        Statement,
        Summarized,
        Summary,
        Task,
        Transcript,
        Video,
    )

__version__ = "0.1.0"

__all__ = [
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

_HOMES = {
    "Settings": "config",
    **dict.fromkeys(
        ("Cancelled", "ItemError", "OutOfTime", "RunError", "SetupError", "VidgistError"), "errors"
    ),
    **dict.fromkeys(
        ("AsyncClient", "Client", "Preview", "fetch", "preview", "render", "summarize", "summarize_all"),
        "api",
    ),
    **dict.fromkeys(
        (
            "check_map",
            "draw_map",
            "ground",
            "parse_map",
            "parse_note",
            "parse_record",
            "read_note",
            "render_map",
            "render_record",
        ),
        "api.parts",
    ),
    "AskResult": "archive.answers",
    "Digest": "archive.themes",
    "Found": "archive.search",
    "ask": "archive.ask",
    "digest": "archive.digest",
    "search": "archive.search",
}


if not TYPE_CHECKING:  # to a type checker, a name that is not imported above does not exist

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'models')}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
