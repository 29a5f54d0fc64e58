"""The client's door to its transport: httpx2 has no public way to give a connection pool a backend."""

import httpx2

from vidgist.engines import _clients
from vidgist.engines._liveness import Liveness


def test_the_transport_still_has_the_backend_that_is_replaced() -> None:
    plain = httpx2.HTTPTransport()
    assert hasattr(plain._pool, "_network_backend"), "_clients._Transport has to find another way in"
    ours = _clients._Transport(Liveness(1.0, lambda: 0.0))
    assert isinstance(ours._pool._network_backend, _clients._Backend)


def test_a_proxys_pool_has_it_too() -> None:
    ours = _clients._Transport(Liveness(1.0, lambda: 0.0), proxy="http://127.0.0.1:3128")
    assert isinstance(ours._pool._network_backend, _clients._Backend)
