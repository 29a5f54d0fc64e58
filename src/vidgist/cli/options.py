"""The options that commands share. Each defaults to None: what is not given overrides nothing."""

from typing import Annotated

import typer

_WHERE, _MODEL, _YOUTUBE, _SPEECH, _BOUNDS, _SHOWN = (
    "Output",
    "Summaries",
    "YouTube",
    "Speech",
    "What is done",
    "What is shown",
)


def _option(*names: str, help: str, panel: str, metavar: str = "") -> object:  # noqa: A002
    return typer.Option(*names, help=help, rich_help_panel=panel, metavar=metavar or None, show_default=False)


Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[INPUT]...",
        help="Watch, youtu.be, shorts, live or embed URL; 11-character id; playlist; channel or @handle; "
        "transcript file (docs/formats.md); note of vidgist's own.",
        show_default=False,
    ),
]
FromFile = Annotated[
    str | None,
    _option(
        "--from-file",
        metavar="FILE",
        help="List of inputs, one a line; - reads standard input.",
        panel=_BOUNDS,
    ),
]
Profile = Annotated[
    str,
    _option(
        "--profile",
        metavar="NAME",
        help="Settings, and inputs where none is named, of [profiles.NAME] in config.",
        panel=_BOUNDS,
    ),
]
Notify = Annotated[
    str | None,
    _option(
        "--notify",
        metavar="TARGET",
        help="Send what is new, failed or stopped: 'command:mail -s vidgist me@example.org', or an Apprise "
        "URL (an extra).",
        panel=_SHOWN,
    ),
]
Output = Annotated[
    str | None,
    _option(
        "-o",
        "--output",
        metavar="DIR",
        help="Notes folder (notes); - writes to standard output.",
        panel=_WHERE,
    ),
]
Formats = Annotated[
    str | None,
    _option("--format", metavar="txt,md,json,html", help="One or more outputs an item (txt).", panel=_WHERE),
]
FailedRecords = Annotated[
    bool | None,
    _option(
        "--failed-records/--no-failed-records",
        help="A record for what could not be done too (yes).",
        panel=_WHERE,
    ),
]
Wikilinks = Annotated[
    bool | None, _option("--wikilinks/--no-wikilinks", help="Wikilinks in md output (no).", panel=_WHERE)
]
NameTemplate = Annotated[
    str | None,
    _option(
        "--name-template",
        metavar="TEMPLATE",
        help="Names of notes, folders too: '{channel}/{published} {title}' ({id}-{slug}).",
        panel=_WHERE,
    ),
]
IndexNotes = Annotated[
    bool | None,
    _option(
        "--index-notes/--no-index-notes",
        help="A note that lists its notes for each channel and playlist, in md output (no).",
        panel=_WHERE,
    ),
]
Model = Annotated[
    str | None,
    _option(
        "--model",
        metavar="PROVIDER:NAME",
        help="openai:<name>, offline:, local:<file> (openai where a key or base URL is set, else offline:).",
        panel=_MODEL,
    ),
]
BaseUrl = Annotated[
    str | None,
    _option(
        "--base-url",
        metavar="URL",
        help="Any OpenAI-compatible server: Ollama, vLLM, llama.cpp, OpenRouter ...; also OPENAI_BASE_URL.",
        panel=_MODEL,
    ),
]
PlainHttp = Annotated[
    bool | None,
    _option(
        "--plain-http/--no-plain-http",
        help="Send the key over http, without encryption, to another machine too (no).",
        panel=_MODEL,
    ),
]
Prompt = Annotated[
    str | None, _option("--prompt", metavar="NAME|PATH", help="Which prompt (summary).", panel=_MODEL)
]
Language = Annotated[
    str | None,
    _option(
        "--language",
        metavar="LANGUAGE",
        help="Language of the summary: de, German (the transcript's own).",
        panel=_MODEL,
    ),
]
Window = Annotated[
    int | None,
    _option(
        "--window", metavar="TOKENS", help="Context window of the model, where it is not known.", panel=_MODEL
    ),
]
Jobs = Annotated[
    str | None,
    _option("--jobs", metavar="N", help="LLM calls in flight, or auto: what the server bears.", panel=_MODEL),
]
Timeout = Annotated[
    float | None,
    _option("--timeout", metavar="SECONDS", help="Silence of a model server (600).", panel=_MODEL),
]
MaxCost = Annotated[
    float | None, _option("--max-cost", metavar="USD", help="Stop before it costs more.", panel=_MODEL)
]
MaxTokens = Annotated[
    int | None, _option("--max-tokens", metavar="N", help="Stop before it uses more tokens.", panel=_MODEL)
]
Batch = Annotated[
    bool | None,
    _option(
        "--batch/--no-batch",
        help="Through the provider's Batch API: half price, up to 24 h; vidgist collect picks results up.",
        panel=_MODEL,
    ),
]
Captions = Annotated[
    str | None,
    _option("--captions", metavar="LANG,...", help="Preferred caption languages, in order.", panel=_YOUTUBE),
]
Pace = Annotated[
    float | None,
    _option(
        "--pace", metavar="SECONDS", help="Least time between two videos (2; 0 turns it off).", panel=_YOUTUBE
    ),
]
BlockWait = Annotated[
    float | None,
    _option(
        "--block-wait",
        metavar="SECONDS",
        help="How long to wait in all for a block to pass (65).",
        panel=_YOUTUBE,
    ),
]
Proxy = Annotated[
    str | None,
    _option(
        "--proxy", metavar="URL", help="Proxy, also socks5://; also HTTPS_PROXY, ALL_PROXY.", panel=_YOUTUBE
    ),
]
Cookies = Annotated[
    str | None, _option("--cookies", metavar="FILE", help="Netscape cookie file.", panel=_YOUTUBE)
]
CookiesFromBrowser = Annotated[
    str | None,
    _option(
        "--cookies-from-browser",
        metavar="NAME[:PROFILE]",
        help="Cookies of a browser of this machine: firefox, chrome, safari ...",
        panel=_YOUTUBE,
    ),
]
Transcribe = Annotated[
    bool | None,
    _option(
        "--transcribe/--no-transcribe",
        help="Transcribe what has no captions, and recordings (no); needs the extra asr.",
        panel=_SPEECH,
    ),
]
AsrModel = Annotated[
    str | None,
    _option(
        "--asr-model",
        metavar="NAME|DIR",
        help="Speech model: its folder, or its name where it is in the cache (small).",
        panel=_SPEECH,
    ),
]
Limit = Annotated[
    int | None, _option("--limit", metavar="N", help="At most so many new items.", panel=_BOUNDS)
]
Since = Annotated[
    str | None,
    _option("--since", metavar="DATE", help="Only videos published on that day or later.", panel=_BOUNDS),
]
NewestFirst = Annotated[
    bool | None, _option("--newest-first/--as-listed", help="Newest members of a list first.", panel=_BOUNDS)
]
SeedOnly = Annotated[
    bool | None, _option("--seed-only", help="Mark all as seen without doing them.", panel=_BOUNDS)
]
Fresh = Annotated[
    str | None,
    _option(
        "--fresh",
        metavar="[summary|transcript|all]",
        help="Ignore what is remembered (all, where no scope is named).",
        panel=_BOUNDS,
    ),
]
RetryFailed = Annotated[bool | None, _option("--retry-failed", help="Only what failed.", panel=_BOUNDS)]
DryRun = Annotated[
    bool | None,
    _option("--dry-run", help="List what would be done, with its estimated tokens and cost.", panel=_BOUNDS),
]
DigestToo = Annotated[
    bool, typer.Option("--digest", help="Write a digest of what this run made.", rich_help_panel=_BOUNDS)
]
Wait = Annotated[
    bool | None,
    _option("--wait/--no-wait", help="Wait for another run on the same state to end.", panel=_BOUNDS),
]
State = Annotated[
    str | None,
    _option("--state", metavar="PATH", help="Folder of the memory (the user's data folder).", panel=_WHERE),
]
Quiet = Annotated[bool, _option("-q", "--quiet", help="Only what went wrong.", panel=_SHOWN)]
Verbose = Annotated[bool, _option("-v", "--verbose", help="The log as well.", panel=_SHOWN)]
JsonEvents = Annotated[bool, _option("--json-events", help="Progress as JSON lines.", panel=_SHOWN)]
Json = Annotated[bool, _option("--json", help="As JSON.", panel=_SHOWN)]
