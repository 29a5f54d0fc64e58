"""The guards of the test suite itself hold."""

import contextlib
import os
import socket
import threading
from pathlib import Path

import platformdirs
import pytest

from tests import conftest


def test_another_host_can_be_neither_reached_nor_looked_up() -> None:
    attempts = (
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.getaddrinfo("example.org", 443),
        lambda: socket.gethostbyname("example.org"),
    )
    for attempt in attempts:
        with pytest.raises(PermissionError, match="may not reach"):
            attempt()
    assert len(conftest._outside) == 3
    conftest._outside.clear()


def test_an_attempt_in_a_thread_that_swallows_its_error_is_noticed() -> None:
    def attempt() -> None:
        with contextlib.suppress(OSError):
            socket.create_connection(("192.0.2.1", 80), timeout=1)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    assert conftest._outside == ["192.0.2.1"]
    conftest._outside.clear()


def test_loopback_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=60).close()
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=60).close()


def test_the_home_folder_is_new_and_the_environment_has_no_key(home: Path) -> None:
    assert home in Path(platformdirs.user_data_dir("vidgist")).parents
    assert home in Path(platformdirs.user_config_dir("vidgist")).parents
    assert not any(home.iterdir())
    assert not [name for name in os.environ if name.startswith(("OPENAI_", "VIDGIST_"))]
    assert "HTTPS_PROXY" not in os.environ
