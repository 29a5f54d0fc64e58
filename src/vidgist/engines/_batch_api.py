"""Files and batches of the OpenAI API: sent, looked at, read.

The format is that of https://platform.openai.com/docs/guides/batch.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from vidgist.bounds import responses
from vidgist.errors import BatchGone, ItemError, RunError, VidgistError
from vidgist.protocols import BatchStatus

if TYPE_CHECKING:
    import openai

ENDPOINT: Final = "/v1/chat/completions"
T = TypeVar("T")

_LABEL = "vidgist"
_OVER = {"completed", "failed", "expired", "cancelled"}
_NO_BATCHES = {404, 405, 501}
_NOT_THERE = {403, 404, 410}
"""Of one batch or file: forgotten, or that of another key or project."""

_MOST_REQUESTS = 1_000_000_000
_PERHAPS = "it was deleted, or belongs to another key or project"
_LATER = "run vidgist collect later"
_LONGEST_LINE = 8_000_000
"""Bytes of one answer in a result file."""


class OpenAIBatches:
    """Where batches are handed in and fetched. ``translate`` gives our error for one of the library's."""

    def __init__(
        self, client: "Callable[[], openai.OpenAI]", translate: Callable[[Exception], VidgistError]
    ) -> None:
        self._client = client
        self._translate = translate

    def send(self, lines: Path, token: str) -> str:
        """Hand a file of lines in; return the batch's id. Raises `RunError` where the server takes no
        batches.
        """

        def hand_in(client: "openai.OpenAI") -> str:
            with lines.open("rb") as file:
                uploaded = client.files.create(file=(f"{token}.jsonl", file), purpose="batch")
            made = client.batches.create(
                input_file_id=uploaded.id,
                endpoint=ENDPOINT,
                completion_window="24h",
                metadata={_LABEL: token},
            )
            return str(made.id)

        return self._do(hand_in)

    def find(self, token: str) -> str:
        """Return the id of the batch that carries our token; empty where none does."""

        def seek(client: "openai.OpenAI") -> str:
            for batch in client.batches.list(limit=100):
                if (batch.metadata or {}).get(_LABEL) == token:
                    return str(batch.id)
            return ""

        return self._do(seek)

    def look(self, identity: str) -> BatchStatus:
        """Return how far a batch is. Raises `BatchGone`."""

        def see(client: "openai.OpenAI") -> BatchStatus:
            batch = client.batches.retrieve(identity)
            counts = batch.request_counts
            faults = batch.errors.data if batch.errors and batch.errors.data else []
            return BatchStatus(
                status=batch.status,
                over=batch.status in _OVER,
                done=_count(counts.completed) + _count(counts.failed) if counts else 0,
                total=_count(counts.total) if counts else 0,
                files=tuple(name for name in (batch.output_file_id, batch.error_file_id) if name),
                reason="; ".join(fault.message or fault.code or "" for fault in faults),
            )

        return self._do(see, identity)

    def read(self, file: str) -> Iterator[tuple[str, int, object]]:
        """Yield key, HTTP status (0: never asked) and the answer's body of each line of a result file.

        Raises `BatchGone` where the file is not there.
        """
        for line in self._lines(file):
            try:
                row = responses.parsed(line)
                response = row.get("response") or {}
                yield str(row["custom_id"]), int(response.get("status_code") or 0), response.get("body")
            except (ValueError, KeyError, AttributeError, TypeError, RecursionError, OverflowError):
                continue  # an unreadable line is one that was not answered: it is sent again

    def _lines(self, file: str) -> Iterator[bytes]:
        """Yield the lines of a file as they come, however large it is; one that is too
        long is passed over.
        """
        begun, is_too_long = b"", False
        for piece in self._pieces(file):
            *whole, begun = (begun + piece).split(b"\n")
            for line in whole:
                if not is_too_long and len(line) <= _LONGEST_LINE:
                    yield line
                is_too_long = False
            if len(begun) > _LONGEST_LINE:
                begun, is_too_long = b"", True
        if not is_too_long:
            yield begun

    def _pieces(self, file: str) -> Iterator[bytes]:
        asked = self._do(lambda client: client.files.with_streaming_response.content(file), file)
        with ExitStack() as open_ones:
            answer = self._do(lambda _: open_ones.enter_context(asked), file)
            try:
                yield from answer.iter_bytes()
            except VidgistError as error:
                raise self._stopping(error) from error
            except Exception as error:  # the exceptions of a broken connection
                said = "the Batch API: the connection broke off"
                raise RunError(said, code="network", hint=_LATER) from error

    def _do(self, call: "Callable[[openai.OpenAI], T]", what: str = "") -> T:
        """Return what a call returns. ``what`` is the batch or file that it is about. Raises `RunError`."""
        client = self._client()
        import openai

        try:
            return call(client)
        except openai.APIStatusError as error:
            if what and error.status_code in _NOT_THERE:
                raise BatchGone(f"the server does not know {what} (any more): {_PERHAPS}") from error
            if error.status_code in _NO_BATCHES:
                raise RunError(
                    "this server has no Batch API", code="no_batches", hint="run without --batch"
                ) from error
            raise self._stopping(self._translate(error)) from error
        except openai.OpenAIError as error:
            raise self._stopping(self._translate(error)) from error
        except ItemError as error:
            raise self._stopping(error) from error

    @staticmethod
    def _stopping(error: VidgistError) -> VidgistError:
        """Return a batch concerns all its items: what would fail one of them stops the run."""
        if isinstance(error, ItemError):
            return RunError(f"the Batch API: {error}", code=error.code, hint=_LATER)
        return error


def _count(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value <= _MOST_REQUESTS else 0
