"""What was asked for together, and what each worker must know to do a part of it. Pure."""

import hashlib
import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, Field, ValidationError

from vidgist import config
from vidgist.config import Settings
from vidgist.errors import ConfigError
from vidgist.llm.bounds import Bounds
from vidgist.models import Item, Value

SHARED = frozenset(
    {
        "output",
        "formats",
        "failed_records",
        "wikilinks",
        "tags",
        "properties",
        "name_template",
        "model",
        "base_url",
        "prompt",
        "language",
        "window",
        "timeout",
        "captions",
        "transcribe",
        "asr_model",
        "since",
    }
)
"""Settings that shape what is made, the same for all workers. The others are each worker's own."""

NEVER = {"batch": False, "fresh": ""}
"""Settings of a single machine that no worker follows: an order itself says what is made again."""

BUCKET = "s3://"

log = logging.getLogger(__name__)


class Renewal(Value):
    """What is made again, where the database has it from before ``since``, a moment of its own clock."""

    what: Literal["summary", "transcript", "all"]
    since: datetime


class Order(Value):
    """Inputs that were enqueued with the same settings.

    ``shared`` is the JSON of the settings that shape what is made; it holds no key, proxy or cookie.
    ``fingerprint`` is the summarizer's: a worker that would summarize differently does not touch the order.
    ``destination`` is the ledger's name of the place of the records; workers may have other names for it.
    """

    shared: str
    fingerprint: str
    destination: str = Field(validation_alias=AliasChoices("destination", "shelf"))
    bounds: Bounds = Bounds()
    renewal: Renewal | None = None

    @classmethod
    def read(cls, document: object) -> Self | None:
        """Return an order as the database kept it; None where that is damaged."""
        try:
            return cls.model_validate_json(str(document))
        except ValidationError:
            log.warning("an order is damaged: it is as good as not there")
            return None

    @property
    def id(self) -> str:
        """Return the same for the same settings, so that enqueuing again adds to the order and renews its
        bounds.
        """
        anew = [self.renewal.model_dump_json()] if self.renewal else []
        return _digest(self.shared, self.fingerprint, self.destination, *anew)[:16]

    def settings(self, own: Settings) -> Settings:
        """Return a worker's settings for this order, made of its ``own``; a login is the worker's too."""
        shared = Settings.model_validate_json(self.shared).model_dump(include=set(SHARED))
        return config.private(own.model_copy(update=shared | NEVER), own)


def check(settings: Settings) -> None:
    """Raise `ConfigError` where many machines could not do what is asked for."""
    if settings.output == "-":
        raise ConfigError(
            "many machines cannot write to standard output", hint="name a folder that all share with -o"
        )
    if settings.batch:
        raise ConfigError(
            "a batch is handed in and picked up by one machine, not by a cluster",
            hint="let the machines fetch, with --model offline: --format json; then vidgist run --batch",
        )


def place(settings: Settings, fingerprint: str, bounds: Bounds) -> Order:
    """Return the order for these settings, which have been checked."""
    output = settings.output
    destination = output.rstrip("/") if output.startswith(BUCKET) else str(Path(output).absolute())
    lasting = config.public(settings.model_copy(update={"output": destination}))
    shared = lasting.model_dump_json(include=set(SHARED))
    return Order(shared=shared, fingerprint=fingerprint, destination=destination, bounds=bounds)


class Ticket(Value):
    """One item of an order, on its way through the lanes."""

    order: str
    item: Item

    @property
    def key(self) -> str:
        """Return the same for the same item of the same order, of fixed length."""
        return _digest(self.order, self.item.source, self.item.id, self.item.digest)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
