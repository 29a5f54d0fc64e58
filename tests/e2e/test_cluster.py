"""``vidgist cluster`` where it cannot begin: one line, exit code 2."""

import socket
import subprocess
import sys

import pytest

from tests.e2e.conftest import EXAMPLES, Vidgist

COMMANDS = [("enqueue", str(EXAMPLES / "talks")), ("work",), ("status",), ("drop", "a1")]


@pytest.mark.parametrize("command", COMMANDS)
def test_without_its_libraries_it_says_what_to_install(command: tuple[str, ...]) -> None:
    words = ("vidgist", "cluster", *command, "--database", "postgresql://nobody@127.0.0.1/x")
    begin = f"import sys; sys.modules['psycopg'] = None; sys.argv = {list(words)}"
    ended = subprocess.run(
        [sys.executable, "-c", f"{begin}; from vidgist import cli; cli.main()"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "vidgist cluster needs an extra: psycopg is not installed" in ended.stderr
    assert "pip install '.[cluster]'" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.fixture
def unreachable() -> str:
    """The URL of a database on a port where nobody listens."""
    pytest.importorskip("procrastinate", reason="vidgist[cluster] is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return f"postgresql://me:secret@127.0.0.1:{port}/notes"


@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_database_it_says_how_to_name_one(
    vidgist: Vidgist, unreachable: str, command: tuple[str, ...]
) -> None:
    ended = vidgist("cluster", *command)
    assert ended.code == 2
    assert "no database is named" in ended.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_that_cannot_be_reached(
    vidgist: Vidgist, unreachable: str, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("VIDGIST_DATABASE", unreachable)
    ended = vidgist("cluster", *command)
    assert ended.code == 2
    assert "the database notes on 127.0.0.1 cannot be used" in ended.err
    assert "Traceback" not in ended.err
    assert "secret" not in ended.err
    assert len(ended.err.splitlines()) == 2


@pytest.mark.parametrize(
    "named",
    ["postgresql://host:port/x y=z", "mysql://me:secret@host/x", "nonsense", "host=a password=secret x"],
)
def test_what_names_no_database(vidgist: Vidgist, unreachable: str, named: str) -> None:
    ended = vidgist("cluster", "status", "--database", named)
    assert ended.code == 2
    assert "--database" in ended.err
    assert "secret" not in ended.err
    assert len(ended.err.splitlines()) == 2
