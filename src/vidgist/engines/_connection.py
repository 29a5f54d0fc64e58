"""One model server over one client: sends a body, gives back the answer or what went wrong.

An address that lacks its usual path is mended at the first answer that says so, and the mended one
remembered.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from vidgist.engines import _addresses, _error_map, _faults, _proxies, _transport_errors
from vidgist.engines._addresses import Address
from vidgist.engines._credentials import Key
from vidgist.engines._deferral import deferred
from vidgist.engines._faults import Fault, Refusal
from vidgist.engines._liveness import Liveness
from vidgist.engines._streams import Cut
from vidgist.engines._transport_errors import Place
from vidgist.errors import BadCredentials, ConfigError, RunError, Transient, VidgistError
from vidgist.protocols import Memory

if TYPE_CHECKING:
    import openai

Answered = tuple[object, Mapping[str, str]]
"""An answer's JSON and its headers."""

_MENDED = "base_url"
_USUAL_PATH, _CHAT = "/v1", "/chat/completions"
_CONNECT_SECONDS = 10.0
_NOT_FOUND = 404
_GATEWAY_PAGE = (
    "502",
    "503",
    "504",
    "520",
    "52",
    "bad gateway",
    "unavailable",
    "time-out",
    "timeout",
    "error",
)
"""In the title of a page that a server sends while it is in trouble, and not because the address is wrong."""


class Connection:
    """``path`` is that of the requests that cost, and ``read`` takes the text of their answers.

    It raises `Cut`, or `ValueError` for what is no answer. ``liveness`` carries the bound on silence.
    """

    def __init__(
        self,
        address: Address,
        path: str,
        read: Callable[[str], object],
        key: Key,
        liveness: Liveness,
        memory: Memory,
    ) -> None:
        mended = memory.recall(_MENDED, address.url)
        self.given = address
        self.address = _addresses.read(mended) if mended else address
        self.host = address.host
        self.key = key
        self.liveness = liveness
        self._path = path
        self._read = read
        self._memory = memory
        self._opening, self._mending = threading.Lock(), threading.Lock()
        self._has_served = False

    @property
    def client(self) -> "openai.OpenAI":
        """Return the shared client, opened at its first use. Raises `ConfigError`."""
        with self._opening:
            return self._opened

    @cached_property
    def _opened(self) -> "openai.OpenAI":
        with deferred("openai.types"):  # half of what the import costs, and no completion needs them
            import openai
        from vidgist.engines import _clients

        timeout = openai.Timeout(self.liveness.seconds, connect=min(_CONNECT_SECONDS, self.liveness.seconds))
        proxy = _proxies.before(self.address)
        try:
            return openai.OpenAI(
                api_key=self.key.value or "none",
                base_url=self.address.url,
                default_query=self.address.query,
                default_headers=self.key.headers,
                timeout=timeout,
                max_retries=0,
                http_client=_clients.create(self.host, self._path, self.liveness, proxy.url if proxy else ""),
            )
        except Exception as error:  # a bad proxy or certificate setting: any exception of the transport
            raise ConfigError(f"cannot prepare the connection to {self.host}: {error}") from error

    def close(self) -> None:
        """Close the client's connections, where any was opened."""
        with self._opening:
            if "_opened" in vars(self):
                self._opened.close()

    def post(self, body: Mapping[str, object]) -> Answered:
        """Return an answer that is no error. Raises `Refusal`, or what the connection failed with."""
        asked = self.address
        try:
            return self._post(body)
        except Refusal as refusal:
            if self._has_served or not self._may_lack_path(refusal.fault):
                raise
            with self._mending:
                return self._mended(body, asked, refusal)

    def _may_lack_path(self, fault: Fault) -> bool:
        if _error_map.translate(fault, self.host).code != "no_endpoint":
            return False
        return not self.address.path.endswith(_USUAL_PATH) or self.address is not self.given

    def _mended(self, body: Mapping[str, object], asked: Address, refusal: Refusal) -> Answered:
        """Return the answer at the address with the usual path; another thread may have found that."""
        if self.address is not asked:
            return self._post(body)
        self.address = _addresses.read(self.given.url + _USUAL_PATH)
        try:
            self._with_address()
            answer = self._post(body)
        except (Refusal, VidgistError) as error:
            if isinstance(error, Refusal) and not self._may_lack_path(error.fault):
                self._memory.remember(_MENDED, self.given.url, self.address.url)
                raise
            self.address = self.given
            self._with_address()
            raise self._no_endpoint(refusal.fault) from refusal
        self._memory.remember(_MENDED, self.given.url, self.address.url)
        return answer

    def _with_address(self) -> None:
        self.client.base_url = self.address.url

    def _no_endpoint(self, fault: Fault) -> VidgistError:
        error = _error_map.translate(fault, self.host)
        where = f"{self.given.url}{_USUAL_PATH} was tried too"
        return RunError(str(error), code=error.code, hint=f"{error.hint} ({where})")

    def _post(self, body: Mapping[str, object]) -> Answered:
        client = self.client
        import openai

        try:
            response = client.post(self._path, cast_to=openai.APIResponse[object], body=body)
            text, headers = response.http_response.text, response.headers
        except openai.APIStatusError as error:
            refused = error.response
            fault = _faults.read(error.status_code, refused.headers, self.key.masked(refused.text))
            raise Refusal(replace(fault, is_starting=self._may_be_starting(fault))) from error
        except openai.OpenAIError as error:
            raise self.translated(error) from error
        if self._is_wrong_page(text):
            said = _faults.shown(f"{_faults.first_words(text)} in place of an answer")
            raise Refusal(Fault(_NOT_FOUND, said, said, headers, is_page=True))
        answer = self._answer(text, headers)
        self._has_served = True
        return answer, headers

    def _answer(self, text: str, headers: Mapping[str, str]) -> object:
        try:
            answer = self._read(text)
            fault = _faults.in_answer(headers, answer)
        except Cut as error:
            raise Transient(f"{self.host}: the stream of the reply broke off", code="bad_response") from error
        except (ValueError, RecursionError) as error:
            said = _faults.not_json(self.key.masked(text))
            raise Transient(f"{self.host}: {said}", code="bad_response") from error
        if fault is not None:
            message, words = self.key.masked(fault.message), self.key.masked(fault.words)
            raise Refusal(replace(fault, message=message, words=words))
        return answer

    def _may_be_starting(self, fault: Fault) -> bool:
        near = _addresses.is_near(self.address.name)
        return near and not self._has_served and fault.status in _error_map.GATEWAYS

    def _is_wrong_page(self, text: str) -> bool:
        """Return whether a page stands at this address, rather than a server in trouble for the moment."""
        if self._has_served or not _faults.is_page(text):
            return False
        return not any(word in _faults.first_words(text).lower() for word in _GATEWAY_PAGE)

    def get(self, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> object:
        """Return the JSON of an answer that costs nothing; ``headers`` go in place of those that carry the
        key.

        Raises `RunError`.
        """
        try:
            return self._got(path, body, headers)
        except RunError as error:
            if error.code != "no_endpoint" or not self._may_be_mended():
                raise
            with self._mending:
                return self._got_mended(path, body, headers, error)

    def probe(self) -> None:
        """Send a request for a reply that names no model, which every server refuses at no cost.

        Raises `BadCredentials` for a key that is not accepted, and `RunError` for whatever else it says.
        """
        self.get(self._path, {})

    def _may_be_mended(self) -> bool:
        is_asked = self._has_served or self.address is not self.given
        return not is_asked and self._path == _CHAT and not self.address.path.endswith(_USUAL_PATH)

    def _got_mended(
        self, path: str, body: object, headers: Mapping[str, str] | None, refused: RunError
    ) -> object:
        """Return the answer at the address with the usual path. Raises what was refused
        where there is none.
        """
        self.address = _addresses.read(self.given.url + _USUAL_PATH)
        self._with_address()
        try:
            found = self._got(path, body, headers)
        except RunError as error:
            if error.code != "no_endpoint":
                self._memory.remember(_MENDED, self.given.url, self.address.url)
                raise
            self.address = self.given
            self._with_address()
            raise refused from error
        self._memory.remember(_MENDED, self.given.url, self.address.url)
        return found

    def _got(self, path: str, body: object, headers: Mapping[str, str] | None) -> object:
        client = self.client
        import openai

        hint = "is the server running, and --base-url right? or name a model with --model PROVIDER:NAME"
        sent: dict[str, str | openai.Omit] = {}
        if headers is not None:
            sent = {name: openai.Omit() for name in ("Authorization", *self.key.headers)} | dict(headers)
        try:
            send = client.get if body is None else partial(client.post, body=body)
            found: object = send(path, cast_to=object, options={"headers": sent})
        except openai.APIStatusError as error:
            words = self.key.masked(error.response.text)
            fault = _faults.read(error.status_code, error.response.headers, words)
            fault = replace(fault, is_starting=self._may_be_starting(fault))
            ours = _error_map.translate(fault, self.host)
            if isinstance(ours, BadCredentials):
                raise ours from error
            raise RunError(str(ours), code=ours.code, hint=ours.hint or hint) from error
        except openai.OpenAIError as error:
            failed = self.translated(error)
            if failed.code == "timeout":
                said = f"{self.host}: no answer within {self.liveness.seconds:g} s"
                raise RunError(said, code="unreachable", hint=hint) from error
            code = "unreachable" if failed.code == "network" else failed.code
            raise RunError(str(failed), code=code, hint=failed.hint or hint) from error
        except ValueError as error:
            raise RunError(f"{self.host}: no JSON in its answer", code="no_endpoint", hint=hint) from error
        if isinstance(found, str):
            said = f"{_faults.first_words(self.key.masked(found))[:120]} in place of an answer"
            page = Fault(_NOT_FOUND, said, said, is_page=_faults.is_page(found))
            ours = _error_map.translate(page, self.host)
            raise RunError(str(ours), code="no_endpoint", hint=ours.hint or hint)
        return found

    def translated(self, error: Exception) -> VidgistError:
        """Return what an exception of the library means here."""
        proxy = _proxies.before(self.address)
        place = Place(self.host, proxy.shown if proxy else "", self.liveness.seconds)
        return _transport_errors.translate(error, place, self.key.masked)
