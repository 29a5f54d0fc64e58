"""Processes that summarize beside this one, since threads share one core: started only where a batch is long enough.

Each is a Python of its own that reads a talk a line and writes its summary a line. It takes nothing from the current
folder, ends when its input does, and leaves interrupts to its parent. What no process answers is done in this one.
"""

import json
import os
import subprocess
import sys
from queue import Empty, SimpleQueue
from threading import Lock

from vidgist.models import Summary, Transcript, Video

WORTH, MOST, _PATIENCE = 12, 8, 60.0
"""Talks of a run from which processes pay; processes, one for each core; seconds to wait for one that is free."""
_COMMAND = (sys.executable, "-P", "-c", "from vidgist.offline.engine import serve; serve()")


class Workers:
    """Summarizes talks in other processes once there are many. Safe for use by several threads."""

    def __init__(self, cores: int | None = None) -> None:
        affinity = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._cores = min(MOST, affinity if cores is None else cores)
        self._idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
        self._started: list[subprocess.Popen[str]] = []
        self._asked = 0
        self._lock = Lock()

    def summarize(self, video: Video, transcript: Transcript) -> tuple[Summary, str] | None:
        """Return a summary and its language as a process makes them; None where this process has to."""
        with self._lock:
            self._asked += 1
            if self._cores < 2 or self._asked < WORTH:
                return None
            if len(self._started) < self._cores:
                self._start()
        try:
            worker = self._idle.get(timeout=_PATIENCE)
        except Empty:
            return None
        answer = _ask(worker, video, transcript)
        if worker.poll() is None:
            self._idle.put(worker)
        return answer

    def _start(self) -> None:
        pipe = subprocess.PIPE
        try:
            worker = subprocess.Popen(  # noqa: S603
                _COMMAND, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8"
            )
        except OSError:
            self._cores = 0
            return
        self._started.append(worker)
        self._idle.put(worker)

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            self._cores, started, self._started = 0, self._started, []
        for worker in started:
            with worker:
                worker.kill()


def _ask(worker: "subprocess.Popen[str]", video: Video, transcript: Transcript) -> tuple[Summary, str] | None:
    question = json.dumps([video.model_dump(mode="json"), transcript.model_dump(mode="json")])
    try:
        print(question, file=worker.stdin, flush=True)
        summary, code = json.loads(worker.stdout.readline() if worker.stdout else "")
        return Summary.model_validate(summary), code
    except (OSError, ValueError, TypeError):
        return None
