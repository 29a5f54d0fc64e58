"""Files and batches of the OpenAI API: sent, looked at, read.

The format is that of https://platform.openai.com/docs/guides/batch.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from vidgist.errors import ItemError, RunError, VidgistError
from vidgist.protocols import BatchStatus

if TYPE_CHECKING:
    import openai

ENDPOINT: Final = "/v1/chat/completions"
T = TypeVar("T")

_LABEL = "vidgist"
_OVER = {"completed", "failed", "expired", "cancelled"}
_NO_BATCHES = {404, 405, 501}


class OpenAIBatches:
    """Where batches are handed in and fetched. ``translate`` gives our error for one of the library's."""

    def __init__(
        self, client: "Callable[[], openai.OpenAI]", translate: Callable[[Exception], VidgistError]
    ) -> None:
        self._client = client
        self._translate = translate

    def send(self, lines: Path, token: str) -> str:
        """Hand a file of lines in; the batch's id. Raises `RunError` where the server takes no batches."""

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
        """The id of the batch that carries our token; empty where none does."""

        def seek(client: "openai.OpenAI") -> str:
            for batch in client.batches.list(limit=100):
                if (batch.metadata or {}).get(_LABEL) == token:
                    return str(batch.id)
            return ""

        return self._do(seek)

    def look(self, identity: str) -> BatchStatus:
        """How far a batch is."""

        def see(client: "openai.OpenAI") -> BatchStatus:
            batch = client.batches.retrieve(identity)
            counts = batch.request_counts
            faults = batch.errors.data if batch.errors and batch.errors.data else []
            return BatchStatus(
                status=batch.status,
                over=batch.status in _OVER,
                done=counts.completed + counts.failed if counts else 0,
                total=counts.total if counts else 0,
                files=tuple(name for name in (batch.output_file_id, batch.error_file_id) if name),
                reason="; ".join(fault.message or fault.code or "" for fault in faults),
            )

        return self._do(see)

    def read(self, file: str) -> Iterator[tuple[str, int, object]]:
        """Of each line of a result file: our key, the HTTP status (0: never asked), the answer's body."""
        text = self._do(lambda client: client.files.content(file).text)
        for line in text.splitlines():
            try:
                told = json.loads(line)
                response = told.get("response") or {}
                yield str(told["custom_id"]), int(response.get("status_code") or 0), response.get("body")
            except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
                continue  # an unreadable line is one that was not answered: it is sent again

    def _do(self, call: "Callable[[openai.OpenAI], T]") -> T:
        client = self._client()
        import openai

        try:
            return call(client)
        except openai.APIStatusError as error:
            if error.status_code in _NO_BATCHES:
                raise RunError(
                    "this server has no Batch API", code="no_batches", hint="run without --batch"
                ) from error
            raise self._as_stop(error) from error
        except openai.OpenAIError as error:
            raise self._as_stop(error) from error

    def _as_stop(self, error: Exception) -> VidgistError:
        """A batch concerns all its items: what would fail one of them stops the run."""
        ours = self._translate(error)
        if isinstance(ours, ItemError):
            return RunError(f"the Batch API: {ours}", code=ours.code, hint="run vidgist collect later")
        return ours
