"""A time limit and a command, in; a line with its wall and CPU time, peak memory, wait status, out. Run: python -I -S.

    python -I -S benchmarks/launch.py SECONDS COMMAND ARGUMENT …

A process's peak memory counts from before its exec, when it still shares the memory of the process that started it.
So it is started from here, where only what Python itself needs is in memory. Its standard output is thrown away.
"""

import contextlib
import os
import signal
import sys
import time
from types import FrameType


def main() -> None:
    limit, command = float(sys.argv[1]), sys.argv[2:]
    quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1)]
    started = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet, setpgroup=0)

    def stop(number: int, frame: FrameType | None) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    _, status, usage = os.wait4(process, 0)
    print(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, status)


if __name__ == "__main__":
    main()
