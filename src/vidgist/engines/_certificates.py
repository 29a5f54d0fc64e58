"""Checks the certificate authorities that the environment names, before a connection trips over them."""

import ssl
from collections.abc import Mapping
from pathlib import Path

from vidgist.errors import ConfigError

_FILE = "SSL_CERT_FILE"
_HINT = f"set {_FILE} to a file of PEM certificates, or unset it"


def check(environ: Mapping[str, str]) -> None:
    """Raise `ConfigError` for a ``SSL_CERT_FILE`` that is not there or holds no certificate."""
    path = environ.get(_FILE, "")
    if not path:
        return
    try:
        if not Path(path).is_file():
            raise ConfigError(f"{_FILE} names {path}, which is not there", hint=_HINT)
        ssl.create_default_context(cafile=path)
    except (OSError, ValueError) as error:  # ssl's errors are OSErrors
        raise ConfigError(f"{_FILE} names {path}, which holds no certificates", hint=_HINT) from error
