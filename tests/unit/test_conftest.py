"""The guards of the test suite itself hold."""

import asyncio
import contextlib
import gc
import json
import os
import socket
import sys
import threading
import weakref
from pathlib import Path
from types import FrameType
from urllib.request import urlopen

import platformdirs
import pytest

from tests import conftest


def test_another_host_can_be_neither_reached_nor_looked_up() -> None:
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as packets:
        attempts = (
            lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
            lambda: socket.getaddrinfo("example.org", 443),
            lambda: socket.gethostbyname("example.org"),
            lambda: socket.gethostbyname_ex("example.org"),
            lambda: socket.gethostbyaddr("192.0.2.1"),
            lambda: stream.connect_ex(("192.0.2.1", 80)),
            lambda: packets.sendto(b"it", ("192.0.2.1", 53)),
            lambda: packets.sendto(b"it", 0, ("192.0.2.1", 53)),
            lambda: packets.sendmsg([b"it"], [], 0, ("192.0.2.1", 53)),
            lambda: urlopen("http://192.0.2.1/", timeout=1),
            lambda: asyncio.run(_connect("192.0.2.1")),
        )
        for attempt in attempts:
            with pytest.raises(OSError, match="may not reach"):
                attempt()
    assert len(conftest._outside) == len(attempts)
    conftest._outside.clear()


async def _connect(host: str) -> None:
    await asyncio.open_connection(host, 80)


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


def test_packets_reach_loopback() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as there, socket.socket(type=socket.SOCK_DGRAM) as here:
        there.bind(("127.0.0.1", 0))
        here.connect(there.getsockname())
        here.sendmsg([b"one"])
        here.sendmsg((b"two",), (), 0)
        here.sendto(b"three", there.getsockname())
        assert [there.recv(9) for _ in range(3)] == [b"one", b"two", b"three"]


def test_threads_that_begin_at_once_are_all_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Coverage traces each; in Python 3.11 an audit hook would make some die as they begin, silently."""
    died: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", died.append)
    monkeypatch.setattr(threading, "excepthook", died.append)
    interval, traced = sys.getswitchinterval(), threading.gettrace()
    sys.setswitchinterval(1e-6)
    threading.settrace(_trace)
    try:
        threads = [threading.Thread(target=_switch_tracing) for _ in range(200)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        threading.settrace(traced)
        sys.setswitchinterval(interval)
    assert not died


def _trace(frame: FrameType, event: str, argument: object) -> None:
    """Trace nothing further."""


def _switch_tracing() -> None:
    for _ in range(200):
        sys.settrace(_trace)
    sys.settrace(None)


def test_garbage_is_not_collected_at_the_bottom_of_a_deep_recursion() -> None:
    """A finalizer that Python calls there has no room to run, and what is printed of it fails the test."""
    collected: list[bool] = []
    circle = Circle()
    weakref.finalize(circle, collected.append, True)
    del circle
    with pytest.raises(RecursionError):
        json.loads("[" * 100_000)
    assert not collected
    gc.collect()
    assert collected


class Circle:
    """What only a collection of garbage can free."""

    def __init__(self) -> None:
        self.it = self


def test_the_home_folder_is_new_and_the_environment_has_no_key(home: Path) -> None:
    assert home in Path(platformdirs.user_data_dir("vidgist")).parents
    assert home in Path(platformdirs.user_config_dir("vidgist")).parents
    assert not any(home.iterdir())
    assert not [name for name in os.environ if name.startswith(("OPENAI_", "VIDGIST_"))]
    assert "HTTPS_PROXY" not in os.environ
