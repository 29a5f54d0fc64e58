"""Prompt files: found, read, checked and filled. Knows nothing of transcripts, models or replies.

A prompt file is UTF-8 text: TOML between two ``+++`` lines, then ``# System`` and ``# User``. Variables
stand in double braces. They are filled in one pass, so braces inside a value stay what they are.
"""

import atexit
import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from pydantic import Field, ValidationError

from vidgist import config
from vidgist.config import trust
from vidgist.errors import PromptError
from vidgist.models import Line, Message, Value

VARIABLES = (
    "title",
    "channel",
    "duration",
    "language",
    "url",
    "chapters",
    "description",
    "size",
    "purpose",
    "transcript",
)
"""``size`` is how many entries each list should have, ``purpose`` what the notes on a part are for."""

NOTES = "notes"
"""The prompt that takes notes on one part of a long transcript; no run can choose it."""

HERE = Path()

LARGEST = 100_000
"""Bytes of a prompt file. The longest that ships has 2,000."""

_FENCE = "+++"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_VARIABLE = re.compile(r"\{\{([^{}\n]*)\}\}")


Extra = Literal["overview", "outline", "mentions", "figures", "questions", "decisions", "tasks"]


class Header(Value):
    """The front matter. ``output`` says what the reply is: a typed summary, free text, or notes on a part.

    ``extras`` are what a summary has beside its four sections; ``most_ideas`` and ``most_nodes`` hold one
    that is to be short. How much else it says follows the length of the talk.

    ``version`` is for people and stands in the answer; its fingerprint shows whether a prompt changed.
    """

    name: str = Field(pattern=rf"^{_NAME.pattern}$")
    version: Line = Field(min_length=1, max_length=40)
    description: Line = Field(max_length=200)
    output: Literal["summary", "text", "notes"]
    temperature: float | None = Field(default=None, ge=0, le=2)
    max_output_tokens: int = Field(default=4_000, ge=1, le=1_000_000)
    extras: tuple[Extra, ...] = ()
    most_ideas: int = Field(default=15, ge=1, le=15)
    most_nodes: int = Field(default=24, ge=2, le=24)


class Prompt(Header):
    system: str
    user: str

    @property
    def fingerprint(self) -> str:
        """Return what changes whenever a model would get another text; name, version and description do
        not.
        """
        parts = (
            self.system,
            self.user,
            self.output,
            self.temperature,
            self.max_output_tokens,
            self.extras,
            self.most_ideas,
            self.most_nodes,
        )
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:12]

    @property
    def signature(self) -> str:
        """Return ``name@version``, for people."""
        return f"{self.name}@{self.version}"

    def asks(self, variable: str) -> bool:
        """Return whether a variable stands in the prompt."""
        return any(
            match[1].strip() == variable for match in _VARIABLE.finditer(f"{self.system}\n{self.user}")
        )

    def fill(self, values: Mapping[str, str]) -> tuple[Message, ...]:
        """Return the messages to send. ``values`` has a text for each of `VARIABLES`."""
        messages = (
            Message(role="system", content=_fill(self.system, values)),
            Message(role="user", content=_fill(self.user, values)),
        )
        return messages if self.system else messages[1:]


class Entry(Value):
    """A prompt that a name reaches. ``problem`` says why it cannot be used; then ``prompt`` is None."""

    name: str
    path: Path
    prompt: Prompt | None = None
    problem: str = ""


def find(wanted: str, folder: Path = HERE) -> Prompt:
    """Return the prompt of a run begun in ``folder``. ``wanted`` is a name, or a path where it looks like
    one.

    Raises `PromptError`, with names that come close where there is no such prompt.
    """
    prompt = read(locate(wanted, folder))
    if prompt.output == "notes":
        raise PromptError(f"prompt {wanted!r} takes notes on parts; it makes no summary")
    return prompt


def notes(folder: Path = HERE) -> Prompt:
    """Return the prompt for one part of a long transcript. Raises `PromptError`."""
    path = locate(NOTES, folder)
    prompt = read(path)
    if prompt.output != "notes":
        raise PromptError(f'{path}: the prompt {NOTES!r} must have output = "notes"')
    return prompt


def locate(wanted: str, folder: Path = HERE) -> Path:
    """Return the file of a prompt. Raises `PromptError` where there is none."""
    if wanted.endswith(".md") or "/" in wanted or "\\" in wanted:
        return folder / config.at_home(wanted)
    for shelf in _shelves(folder):
        path = shelf / f"{wanted}.md"
        if _NAME.fullmatch(wanted) and path.is_file():
            return path
    known = [entry.name for entry in entries(folder)]
    close = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else f"there are: {', '.join(known)}"
    raise PromptError(f"no prompt is called {wanted!r}", hint=hint)


def entries(folder: Path = HERE) -> tuple[Entry, ...]:
    """Return every prompt that a run in ``folder`` can name, by name, broken ones too."""
    paths: dict[str, Path] = {}
    for shelf in _shelves(folder):
        for path in sorted(shelf.glob("*.md")):
            if _NAME.fullmatch(path.stem) and path.stem != NOTES:
                paths.setdefault(path.stem, path)
    found = []
    for name, path in sorted(paths.items()):
        try:
            found.append(Entry(name=name, path=path, prompt=read(path)))
        except PromptError as error:
            found.append(Entry(name=name, path=path, problem=str(error)))
    return tuple(found)


def show(wanted: str, folder: Path = HERE) -> str:
    """Return the text of a prompt's file, whether it is in order or not. Raises `PromptError`."""
    return _text(locate(wanted, folder))


def copy(wanted: str, folder: Path = HERE) -> Path:
    """Put a prompt into the user's own folder, where it takes the place of the one copied.

    Returns the new file. Raises `PromptError` where there is one already or it cannot be written.
    """
    source = locate(wanted, folder)
    text = _text(source)
    target = user_folder(write=True) / f"{source.stem}.md"
    if target.exists():
        raise PromptError(f"{target} is there already", hint="edit it, or move it away first")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise PromptError(f"{target} cannot be written: {error.strerror}") from error
    return target


def read(path: Path) -> Prompt:
    """Return the prompt in a file. Raises `PromptError` naming the file and, where there is one, the line."""
    return parse(_text(path), str(path))


def parse(text: str, origin: str) -> Prompt:
    """Return the prompt that a text is. ``origin`` names it in messages. Raises `PromptError`."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        raise PromptError(f"{origin}:1: a prompt begins with a line {_FENCE}")
    end = _line(lines, _FENCE, 1)
    if end is None:
        raise PromptError(f"{origin}: no second line {_FENCE} ends the front matter")
    system, user = _line(lines, "# System", end), _line(lines, "# User", end)
    if system is None or user is None or user < system:
        raise PromptError(f"{origin}: a line '# System' and below it a line '# User' are needed")
    stray = next((number for number in range(end + 1, system) if lines[number].strip()), None)
    if stray is not None:
        raise PromptError(f"{origin}:{stray + 1}: text between the front matter and '# System'")
    for number, line in enumerate(lines[system:], start=system + 1):
        _check(line, f"{origin}:{number}", may_quote=number > user)
    head = _header("\n".join(["", *lines[1:end]]), origin)
    prompt = Prompt(
        **head.model_dump(),
        system="\n".join(lines[system + 1 : user]).strip(),
        user="\n".join(lines[user + 1 :]).strip(),
    )
    if not any(match[1].strip() == "transcript" for match in _VARIABLE.finditer(prompt.user)):
        raise PromptError(f"{origin}: the part below '# User' holds no {{{{transcript}}}}")
    return prompt


def user_folder(*, write: bool = False) -> Path:
    """Return where a user's own prompts lie."""
    return config.user_folder(write=write) / "prompts"


def shipped_folder() -> Path:
    """Return where the prompts that come with vidgist lie: in the package, or
    beside ``src`` in a checkout.
    """
    package = Path(__file__).parents[1]
    inside = package / "prompts"
    if inside.is_dir():
        return inside
    zipped = files("vidgist").joinpath("prompts").is_dir()
    return _unzipped() if zipped else package.parents[1] / "prompts"


@cache
def _unzipped() -> Path:
    """Copy the prompts of a package that runs from a zip file to where files can be read; until the end."""
    copied = TemporaryDirectory(prefix="vidgist-")
    atexit.register(copied.cleanup)
    for one in files("vidgist").joinpath("prompts").iterdir():
        Path(copied.name, one.name).write_bytes(one.read_bytes())
    return Path(copied.name)


def shadowed(folder: Path = HERE) -> tuple[str, ...]:
    """Return names of a folder's prompts that others have too, and have alone while the folder is not
    trusted.
    """
    if trust.is_trusted(folder):
        return ()
    known = {path.name for shelf in (user_folder(), shipped_folder()) for path in shelf.glob("*.md")}
    return tuple(
        sorted(path.stem for path in trust.prompts_folder(folder).glob("*.md") if path.name in known)
    )


def notice(folder: Path = HERE) -> str:
    """Return one line on prompts of a folder that are not used; empty where there are none."""
    names = shadowed(folder)
    listed = ", ".join(names)
    return f"vidgist/prompts of this folder is not trusted: {listed} not taken from it" if names else ""


def _shelves(folder: Path) -> tuple[Path, ...]:
    """Return folders of prompts, the first that has a name wins: a stranger's folder takes no name from
    others.
    """
    project, others = trust.prompts_folder(folder), (user_folder(), shipped_folder())
    return (project, *others) if trust.is_trusted(folder) else (*others, project)


def _line(lines: list[str], wanted: str, start: int) -> int | None:
    return next((number for number in range(start, len(lines)) if lines[number].rstrip() == wanted), None)


def _header(text: str, origin: str) -> Header:
    """Return the front matter. ``text`` keeps the file's line numbers."""
    try:
        return Header.model_validate(tomllib.loads(text))
    except ValidationError as error:
        problem = error.errors()[0]
        name = ".".join(map(str, problem["loc"]))
        raise PromptError(f"{origin}: front matter: {name}: {problem['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise PromptError(f"{origin}: front matter: {error}") from error


def _check(line: str, origin: str, *, may_quote: bool) -> None:
    for match in _VARIABLE.finditer(line):
        name = match[1].strip()
        if name not in VARIABLES:
            raise PromptError(
                f"{origin}: unknown variable {{{{{name}}}}}", hint=f"there are: {', '.join(VARIABLES)}"
            )
        if name == "transcript" and not may_quote:
            raise PromptError(f"{origin}: {{{{transcript}}}} belongs below '# User': it is no instruction")


def _fill(template: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda match: values[match[1].strip()], template)


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise PromptError(f"{path}: there is no such prompt file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise PromptError(f"{path}: {error.strerror}") from error
    if len(data) > LARGEST:
        raise PromptError(f"{path}: larger than {LARGEST:,} bytes")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PromptError(f"{path}: not UTF-8 text (byte {error.start})") from error
    if "\0" in text:
        raise PromptError(f"{path}:{text[: text.index(chr(0))].count(chr(10)) + 1}: holds a NUL character")
    return text
