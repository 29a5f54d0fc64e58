"""An answer while it is being written: each sentence is checked and shown as soon as it is whole."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from pydantic import ValidationError

from vidgist.archive import answer_kinds, answers
from vidgist.archive.answers import Asked, Said, Sentence
from vidgist.archive.search import Hit
from vidgist.models import Reply, Request
from vidgist.protocols import Engine

_ANSWER = re.compile(r'"answer"\s*:\s*\[')
_MOST = 200_000
"""Characters of a reply that are looked at; a longer one is read when it is whole."""

Hear = Callable[[str], None]


class StreamingEngine:
    """An engine that lets its replies be heard as they arrive, where the engine behind it can."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._hear: Hear | None = None
        self.model = engine.model
        self.host = engine.host

    @property
    def window(self) -> int:
        return self._engine.window

    def complete(self, request: Request) -> Reply:
        hear, stream = self._hear, getattr(self._engine, "stream", None)
        if hear is None or stream is None:
            return self._engine.complete(request)
        self._hear = None  # a second try would stream the same again
        reply: Reply = stream(request, hear)
        return reply

    def close(self) -> None:
        self._engine.close()

    @contextmanager
    def heard(self, hear: Hear) -> Iterator[None]:
        """Give the pieces of the next reply to ``hear``."""
        self._hear = hear
        try:
            yield
        finally:
            self._hear = None


class Sentences:
    """Shows the sentences of a reply that stand on what they cite, each once, as they become whole."""

    def __init__(
        self,
        passages: Sequence[Hit],
        asked: Asked,
        show: Callable[[Sentence], None],
    ) -> None:
        self.passages = passages
        self.asked = asked
        self.show = show
        self._waiting: list[Sentence] = []
        self._is_to_the_point = False
        self._is_whole = False
        self._text = ""
        self._at = -1
        self._decoder = json.JSONDecoder(strict=False)

    def feed(self, piece: object) -> None:
        """Take the next piece of a reply."""
        if not isinstance(piece, str) or len(self._text) > _MOST:
            return
        self._text += piece
        if self._at < 0:
            found = _ANSWER.search(self._text)
            if found is None:
                return
            self._at = found.end()
        for value in self._whole():
            self._take(value)

    def _whole(self) -> Iterator[object]:
        """Return the members of the answer that are complete by now."""
        while True:
            begin = self._text.find("{", self._at)
            if begin < 0 or "]" in self._text[self._at : begin]:
                return
            try:
                value, self._at = self._decoder.raw_decode(self._text, begin)
            except ValueError:
                return
            yield value

    def _take(self, value: object) -> None:
        try:
            said = Said.model_validate(value)
        except ValidationError:
            return
        made = answers.checked(said, self.passages, self.asked)
        if not isinstance(made, Sentence) or not made.text:
            return
        self._waiting.append(made)
        self._is_to_the_point |= answers.is_to_the_point(made, self.passages, self.asked)
        texts = [one.text for one in self._waiting]
        self._is_whole |= not answer_kinds.missing(self.asked.question, texts)
        if self._is_to_the_point and self._is_whole:
            for one in self._waiting:
                self.show(one)
            self._waiting = []
