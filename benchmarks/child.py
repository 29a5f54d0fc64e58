"""Runs a command and writes what it took as JSON: wall and CPU seconds, peak memory, exit code.

A process of its own, started small: a child's peak memory counts from that of the process that forked it.
The peak is that of the largest single process among the command and what it waited for.
"""

import json
import os
import resource
import subprocess
import sys
import time


def main() -> None:
    report, *command = sys.argv[1:]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    peak = max(usage.ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * unit
    spent = {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": peak, "code": process.returncode}
    with open(report, "w", encoding="utf-8") as stream:  # noqa: PTH123 (pathlib would cost more than it measures)
        json.dump(spent, stream)


main()
