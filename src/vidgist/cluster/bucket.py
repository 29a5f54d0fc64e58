"""The one door to object storage: a bucket, or a part of one, as a destination.

An object is put whole or not at all, which is all that a record needs. Address, region and keys come from the
environment, under the names that the provider's own tools read (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL``).
"""

from datetime import timedelta

import obstore
from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError
from obstore.store import from_url

from vidgist.errors import InputError, OutputFull, WriteFailed
from vidgist.run.destinations import encoded

RETRIES = 5
PATIENCE = timedelta(seconds=60)
"""Of one request with all its retries."""


class Bucket:
    """A destination at ``s3://bucket/prefix``. Raises `InputError` where it cannot be used."""

    keeps = True
    root = ""

    def __init__(self, url: str, key: str) -> None:
        self.key = key
        self._url = url
        try:
            self._store = from_url(url, retry_config={"max_retries": RETRIES, "retry_timeout": PATIENCE})
            next(iter(obstore.list(self._store, chunk_size=1)), None)
        except (BaseError, ValueError) as error:
            raise InputError(
                f"the bucket {url} cannot be used: {_reason(error)}",
                hint="set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION or AWS_ENDPOINT_URL",
            ) from error

    def old(self, name: str) -> str:
        try:
            return bytes(obstore.get(self._store, name).bytes()).decode()
        except (FileNotFoundError, NotFoundError, UnicodeDecodeError):
            return ""
        except BaseError as error:
            raise self._failed(name, error, "read") from error

    def read(self, name: str) -> bytes | None:
        try:
            return bytes(obstore.get(self._store, name).bytes())
        except (FileNotFoundError, NotFoundError):
            return None
        except BaseError as error:
            raise self._failed(name, error, "read") from error

    def stamp(self, name: str) -> str:
        try:
            found = obstore.head(self._store, name)
        except (FileNotFoundError, NotFoundError):
            return ""
        except BaseError as error:
            raise self._failed(name, error, "read") from error
        return f"{found['size']}-{found['e_tag']}".replace(" ", "_")

    def is_at(self, folder: str) -> bool:
        return folder == self.key

    def put(self, name: str, content: str | bytes, *, new: bool = False) -> str:
        data = content if isinstance(content, bytes) else encoded(content)
        try:
            obstore.put(self._store, name, data, mode="create" if new else "overwrite")
        except BaseError as error:
            raise self._failed(name, error, "written") from error
        return name

    def is_locked(self, name: str) -> bool:  # noqa: ARG002 (objects have no such bit)
        return False

    def holds(self, name: str) -> bool:
        try:
            obstore.head(self._store, name)
        except (FileNotFoundError, NotFoundError):
            return False
        except BaseError as error:
            raise self._failed(name, error, "read") from error
        return True

    def own(self, note: str) -> str:  # noqa: ARG002
        """Return nothing: no note of a bucket is an input."""
        return ""

    def drop(self, name: str) -> None:
        try:
            obstore.delete(self._store, name)
        except (FileNotFoundError, NotFoundError):
            pass
        except BaseError as error:
            raise self._failed(name, error, "deleted") from error

    def _failed(self, name: str, error: BaseError, done: str) -> OutputFull | WriteFailed:
        if isinstance(error, PermissionDeniedError | UnauthenticatedError):
            return OutputFull(
                f"the bucket {self._url} lets nothing be {done}: {_reason(error)}",
                code="output_denied",
                hint="check the bucket's credentials and permissions, then run the same command again",
            )
        return WriteFailed(f"{name} cannot be {done}: {_reason(error)}")


def _reason(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
