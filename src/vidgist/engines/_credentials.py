"""Finds the key of a model server, and keeps it out of what is shown.

A key goes only to the host it belongs to: that of the provider whose variable holds it, or the one that the
person has named.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from vidgist.config import providers
from vidgist.config.providers import Provider
from vidgist.engines import _key_patterns, _keys
from vidgist.engines._addresses import Address
from vidgist.errors import ConfigError

_KEY_LIKE = re.compile(r"\b(sk|pk|gsk|xai|AIza|hf|r8|fw|csk|nvapi|ghp|tgp)([-_])?[\w-]{8,}")
_AZURE = (".azure.com", ".azure-api.net")


@dataclass(frozen=True)
class Key:
    """A key and the variable that holds it; an empty one for a server of one's own, which wants none."""

    variable: str
    value: str
    header: str = ""

    @classmethod
    def find(
        cls, provider: Provider, address: Address, environ: Mapping[str, str], *, plain_http: bool
    ) -> "Key":
        """Return the key for an address, as far as it may travel there. Raises `ConfigError` for what is no
        key.
        """
        variable, value = provider.key(environ)
        owner = providers.table().get(providers.of_host(address.name))
        if owner is not None and owner.name != provider.name and owner.key(environ)[1]:
            variable, value = owner.key(environ)
        if not (value.isascii() and value.isprintable()):
            raise ConfigError(f"{variable} holds characters that no key has", hint="copy it again")
        header = provider.header or ("api-key" if address.name.endswith(_AZURE) else "")
        return cls(variable, _keys.sendable(value, address.url, plain_http=plain_http), header)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _key_patterns.pattern(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def headers(self) -> dict[str, str]:
        """Return headers that carry the key beside the usual one."""
        return {self.header: self.value} if self.header and self.value else {}

    def masked(self, text: str) -> str:
        """Return a text without this key, in any coding of an echo, and without what looks like
        one.
        """
        if self.value:
            text = self._pattern.sub("***", text)
        return _KEY_LIKE.sub(r"\1-***", text)
