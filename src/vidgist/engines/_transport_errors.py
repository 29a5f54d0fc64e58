"""What an exception of the openai library means: a connection that failed, and why. The table is
complete.

A certificate that is not trusted and a proxy in between are named, since trying again mends neither.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from vidgist.engines import _faults
from vidgist.errors import BadCredentials, Refused, RunError, Transient, Truncated, VidgistError

_UNREACHED = {"ConnectError", "ConnectTimeout", "ProxyError", "UnsupportedProtocol"}
"""Errors of the transport before a request is sent, by name."""

_UNTRUSTED = re.compile(r"CERTIFICATE_VERIFY_FAILED|certificate verify failed", re.IGNORECASE)
_NO_TLS = re.compile(
    r"WRONG_VERSION_NUMBER|record layer failure|UNKNOWN_PROTOCOL|HTTP_REQUEST", re.IGNORECASE
)
_WHY_UNTRUSTED = re.compile(r"verify failed: ([^(\]]+)", re.IGNORECASE)


class Place(NamedTuple):
    """Where a call went: the host, the proxy before it for people, and the bound on silence in seconds."""

    host: str
    proxy: str = ""
    seconds: float = 0.0


def translate(error: Exception, place: Place, masked: Callable[[str], str]) -> VidgistError:
    """Return the error to raise. ``masked`` takes keys out of a text."""
    reasons = list(_causes(error))
    words = " ".join(map(str, reasons))
    if _UNTRUSTED.search(words):
        return _untrusted(words, place)
    if _NO_TLS.search(words):
        said = f"{place.host}: the server does not speak TLS"
        return RunError(said, code="no_endpoint", hint="check --base-url: this server may want http://")
    reason = reasons[1] if len(reasons) > 1 and str(reasons[1]) else error
    said = f"{place.host}: {_faults.shown(masked(str(reason)))}"
    return meaning(type(error))(said, type(error.__cause__).__name__, place)


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    for _ in range(8):
        if found is None:
            return
        yield found
        found = found.__cause__ or found.__context__


def _untrusted(words: str, place: Place) -> RunError:
    why = _WHY_UNTRUSTED.search(words)
    said = f"{place.host}: its certificate is not trusted" + (f" ({why[1].strip()})" if why else "")
    hint = "set SSL_CERT_FILE to a file with the certificate authority of the server"
    if place.proxy:
        hint += f", or of the proxy {place.proxy}"
    return RunError(said, code="untrusted", hint=hint)


_Make = Callable[[str, str, Place], VidgistError]


def meaning(kind: type[Exception]) -> _Make:
    """Return what an exception of the library means: made of a message, the name of
    its cause, and the place.
    """
    import openai

    table: dict[str, _Make] = {
        "APITimeoutError": _timeout,
        "APIConnectionError": _lost,
        "APIResponseValidationError": lambda said, *_: Transient(said, code="bad_response"),
        "APIError": lambda said, *_: Transient(said, code="server_error"),
        "StreamAlreadyConsumed": lambda said, *_: Transient(said, code="bad_response"),
        "WebSocketConnectionClosedError": lambda said, *_: Transient(said, code="network"),
        "WebSocketQueueFullError": lambda said, *_: Transient(said, code="network"),
        "LengthFinishReasonError": lambda said, *_: Truncated(said),
        "ContentFilterFinishReasonError": lambda said, *_: Refused(said),
        "SubjectTokenProviderError": lambda said, *_: BadCredentials(said),
        "MutuallyExclusiveAuthError": lambda said, *_: BadCredentials(said),
        "APIRemovedInV1": lambda said, *_: RunError(said, code="client"),
        "_AmbiguousModuleClientUsageError": lambda said, *_: RunError(said, code="client"),
        "OpenAIError": lambda said, *_: RunError(said, code="client"),
    }
    for ancestor in kind.__mro__:
        if ancestor.__name__ in table and issubclass(ancestor, openai.OpenAIError):
            return table[ancestor.__name__]
    raise TypeError(f"{kind.__name__} is no exception of openai")


def _timeout(said: str, cause: str, place: Place) -> VidgistError:
    if cause in _UNREACHED:
        return _lost(said, cause, place)
    return Transient(
        f"{place.host}: nothing came for {place.seconds:g} seconds, the limit of --timeout",
        code="timeout",
        hint="raise --timeout (or VIDGIST_TIMEOUT) for a slow model, or choose a smaller one",
    )


def _lost(said: str, cause: str, place: Place) -> VidgistError:
    """Return a connection that was never made is another thing than one that broke."""
    if cause not in _UNREACHED:
        return Transient(said, code="network")
    if place.proxy:
        return Transient(
            f"{said} (by the proxy {place.proxy})",
            code="unreachable",
            hint=f"check the proxy, or set NO_PROXY={place.host.partition(':')[0]} to go without",
        )
    return Transient(said, code="unreachable", hint="is the server running, and --base-url right?")
