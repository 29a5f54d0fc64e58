"""Runs a call in a thread of its own, where no event loop runs: a browser's driver keeps one in the main thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def aside(call: Callable[[], T]) -> T:
    """Return what the call returns, made in another thread. Raises what it raises."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()
