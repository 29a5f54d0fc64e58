"""Makes the records of a site, in a process a core where there are many; the same bytes come of it.

Each process is a Python of its own that reads an order a line and writes a share a line. It takes nothing
from the current folder, ends when its input does, and leaves interrupts to its parent. What no process
answers is made in this one.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue

from vidgist.models import Value
from vidgist.site import making
from vidgist.site.making import Order, Share

WORTH = 100
"""Records from which processes pay."""

MOST = 8
"""Processes, one for each core."""

_COMMAND = (sys.executable, "-P", "-c", "from vidgist.site.processes import serve; serve()")

Process = subprocess.Popen[str]


class _Answer(Value):
    """A share, or the error of the system that kept it from being written."""

    share: Share | None = None
    number: int = 0
    reason: str = ""
    file: str = ""


def make(orders: Sequence[Order], cores: int | None = None) -> Iterator[Share]:
    """Return the share of each order, in their order. Raises `OSError` where one cannot be written."""
    cores = min(MOST, _cores() if cores is None else cores)
    processes = _started(cores) if len(orders) >= WORTH and cores > 1 else []
    if not processes:
        yield from map(making.make, orders)
        return
    idle: SimpleQueue[Process] = SimpleQueue()
    for process in processes:
        idle.put(process)

    def made(order: Order) -> Share:
        process = idle.get()
        try:
            share = _ask(process, order)
        finally:
            idle.put(process)
        return making.make(order) if share is None else share

    pool = ThreadPoolExecutor(len(processes), thread_name_prefix="site")
    try:
        yield from pool.map(made, orders)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            _end(process)


def serve() -> None:
    """Answer each line of standard input until it ends; an empty answer to what cannot be made here."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        try:
            answer = _Answer(share=making.make(Order.model_validate_json(line)))
        except OSError as error:
            answer = _Answer(
                number=error.errno or 0, reason=error.strerror or "", file=str(error.filename or "")
            )
        except Exception:  # noqa: BLE001
            answer = _Answer()
        sys.stdout.write(f"{answer.model_dump_json()}\n")
        sys.stdout.flush()


def _ask(process: Process, order: Order) -> Share | None:
    """Return the share as a process makes it; None where this process has to. Raises `OSError`."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(f"{order.model_dump_json()}\n")
        process.stdin.flush()
        answer = _Answer.model_validate_json(process.stdout.readline())
    except (OSError, ValueError):
        return None
    if answer.number:
        raise OSError(answer.number, answer.reason, answer.file)
    return answer.share


def _end(process: Process) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what was not read stays unwritten
            if pipe:
                pipe.close()


def _started(count: int) -> list[Process]:
    started: list[Process] = []
    for _ in range(count):
        try:
            process = subprocess.Popen(  # noqa: S603
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
        except OSError:
            break
        started.append(process)
    return started


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
