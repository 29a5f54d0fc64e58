"""A database for each test on one real server, and machines that work on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doubles.llm import Llm
from tests.doubles.machines import Machines
from tests.doubles.postgres import Postgres, binaries
from tests.doubles.youtube import YouTube


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """One server for all tests; each takes a database of its own."""
    yield from _server()


@pytest.fixture
def own_server() -> Iterator[Postgres]:
    """A server for one test, which may let it crash."""
    yield from _server()


def _server() -> Iterator[Postgres]:
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    with Postgres() as running:
        yield running


@pytest.fixture
def url(server: Postgres, request: pytest.FixtureRequest) -> Iterator[str]:
    """A new, empty database."""
    psycopg = pytest.importorskip("psycopg", reason="vidgist[cluster] is not installed")
    name = f"test_{abs(hash(request.node.nodeid))}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield server.url.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def machines(
    tmp_path: Path, url: str, youtube: YouTube, llm: Llm, request: pytest.FixtureRequest
) -> Iterator[Machines]:
    """Machines with as many videos as the parameter says (6)."""
    with Machines(tmp_path, url, youtube, llm, videos=getattr(request, "param", 6)) as running:
        yield running
