"""Plain lines for a pipe or a log, and JSON lines for a program."""

import json
from typing import TextIO

from vidgist.events import (
    Done,
    Event,
    Failed,
    Listed,
    Notice,
    Paused,
    Report,
    Retrying,
    Started,
    Stopped,
)
from vidgist.ui import phrases


class Lines:
    """One line for each thing that matters; with ``quiet`` only for what went wrong."""

    def __init__(self, stream: TextIO, *, quiet: bool) -> None:
        self._stream = stream
        self._quiet = quiet

    def __call__(self, event: Event) -> None:
        line = self._trouble(event) or ("" if self._quiet else self._news(event))
        if line:
            print(line, file=self._stream, flush=True)

    def _trouble(self, event: Event) -> str:
        match event:
            case Failed():
                name = phrases.short(phrases.name(event.item, event.title))
                return f"failed  {name}: {phrases.trouble(event)}"
            case Stopped():
                return f"stopped {phrases.visible(phrases.advised(event.reason, event.hint))}"
            case _:
                return ""

    def _news(self, event: Event) -> str:  # noqa: PLR0911
        match event:
            case Started():
                return f"vidgist {phrases.begun(event)}"
            case Listed(complete=True):
                return f"listed  {phrases.short(event.ref)}: {event.count} members"
            case Done():
                outcome = phrases.outcome(event)
                lines = [f"done    {phrases.short(event.title)}{f': {outcome}' if outcome else ''}"]
                lines += (
                    f"note    {phrases.short(event.title)}: {phrases.visible(one)}" for one in event.notices
                )
                return "\n".join(lines)
            case Retrying():
                return f"again   {phrases.again(event)}"
            case Paused():
                return f"waiting {phrases.visible(event.reason)}: {phrases.span(event.seconds)}"
            case Notice():
                return f"note    {phrases.visible(event.text)}"
            case Report():
                return phrases.total(event) if phrases.is_idle(event) else f"total   {phrases.total(event)}"
            case _:
                return ""


class JsonLines:
    """Every event as one JSON object a line; its ``event`` field names it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __call__(self, event: Event) -> None:
        fields = event.model_dump(mode="json")
        print(json.dumps(fields), file=self._stream, flush=True)  # in ASCII: titles steer no terminal
