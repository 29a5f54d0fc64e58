"""What holds for every test: no network but loopback, no key, and a home of its own."""

import _socket
import gc
import ipaddress
import itertools
import os
import socket
from collections.abc import Callable, Generator, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import coverage
import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "calm",
    derandomize=True,  # what passes today passes tomorrow; more is tried by the suites that are asked for it
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # of the machine, not of the test
)
settings.load_profile("calm")

pytest_plugins = [
    name
    for name in (
        "tests.doubles.chromium",
        "tests.doubles.llm",
        "tests.doubles.web",
        "tests.doubles.whisper",
        "tests.doubles.youtube",
    )
    if find_spec(name) is not None
]

_outside: list[str] = []
"""Hosts that a test tried to reach or to look up; emptied before each."""


def _is_local(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode(errors="replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _check(host: object) -> None:
    if not _is_local(host):
        _outside.append(str(host))
        raise PermissionError(f"a test may not reach {host!s}")


def _close_network() -> None:
    """Let every socket and every look-up of this process check its host first.

    An audit hook would see as much, but in Python 3.11 a thread dies silently as it begins where coverage
    traces it and another thread has just got into such a hook (`sys.settrace` is not safe for threads there).
    """
    places: dict[str, Callable[[tuple[Any, ...]], object]] = {
        "connect": lambda arguments: arguments[0],
        "connect_ex": lambda arguments: arguments[0],
        "sendto": lambda arguments: arguments[-1],
        "sendmsg": lambda arguments: arguments[3] if len(arguments) > 3 else None,
    }
    for name, place in places.items():
        _close_method(name, place)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        _close_lookup(name)


def _close_method(name: str, place: Callable[[tuple[Any, ...]], object]) -> None:
    reach = getattr(socket.socket, name, None)  # Windows has no sendmsg
    if reach is None:
        return

    def checked(self: socket.socket, *arguments: Any) -> object:
        address = place(arguments) if arguments else None
        _check(address[0] if isinstance(address, tuple) else None)
        return reach(self, *arguments)

    setattr(socket.socket, name, checked)


def _close_lookup(name: str) -> None:
    look_up = getattr(_socket, name)

    def checked(host: object, *arguments: Any, **options: Any) -> object:
        _check(host)
        return look_up(host, *arguments, **options)

    setattr(_socket, name, checked)
    if getattr(socket, name) is look_up:
        setattr(socket, name, checked)


_close_network()

_UNMEASURED = ("unmeasured", "browser", "mermaid", "environs")
"""Marks of tests that the coverage gates do without: not every machine has what some of them need."""

_PROCESS_CONFIG = "COVERAGE_PROCESS_CONFIG"
"""The variable by which coverage reaches the workers of pytest-xdist, and would reach what a test starts."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Leave what a test starts out of coverage, and stop it while a test with a mark of ``_UNMEASURED`` runs.

    Tracing takes twice the time and more; the other tests run nearly every line and branch that these do.
    """
    os.environ.pop(_PROCESS_CONFIG, None)
    measuring = coverage.Coverage.current() if any(map(item.get_closest_marker, _UNMEASURED)) else None
    if measuring is None:
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


_FULL_EVERY = 50
"""Tests between two collections of all objects; those a test has made are looked through after each."""

_tests = itertools.count(1)


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Collect garbage after a test and never within one.

    A finalizer that ran anywhere else, as at the bottom of a deep recursion, would fail whichever test was on.
    """
    gc.disable()
    yield
    gc.enable()
    gc.collect(1 if next(_tests) % _FULL_EVERY else 2)


@pytest.fixture(autouse=True)
def _closed_network() -> Iterator[None]:
    """Let only loopback be reached; an attempt fails the test even where the code swallows the error."""
    _outside.clear()
    yield
    assert not _outside, f"tried to reach {', '.join(sorted(set(_outside)))}"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new, empty home folder, and an environment without a key, a proxy or a setting of vidgist."""
    folder = tmp_path_factory.mktemp("home")
    for name in os.environ:
        if name.upper().startswith(("VIDGIST_", "OPENAI_", "XDG_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))
    for name in ("APPDATA", "LOCAL_APPDATA"):  # platformdirs' own, where Windows would ask the registry
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{name}", str(folder))
    return folder
