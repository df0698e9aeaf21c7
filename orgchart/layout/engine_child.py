"""DOT source on standard input; Graphviz' SVG of it on standard output. Runs alone, in a process of its own.

Arguments: the engine, the memory limit in MB, the time limit in seconds, and the folder that holds pygraphviz. It
imports nothing of this package, because it is started without the folders that the package comes from.
"""

from __future__ import annotations

import math
import sys


def main() -> None:
    engine, memory_mb, seconds, folder = sys.argv[1:5]
    _limit(int(memory_mb), float(seconds))
    sys.path.append(folder)
    import pygraphviz

    source = sys.stdin.buffer.read().decode("utf-8")
    graph = pygraphviz.AGraph(string=source)
    svg: bytes = graph.draw(format="svg", prog=engine)
    sys.stdout.buffer.write(svg)


def _limit(memory_mb: int, seconds: float) -> None:
    """Memory, processor time and core dumps, where the system knows such limits; the parent's clock holds anywhere."""
    try:
        import resource
    except ImportError:
        return
    wanted = {"RLIMIT_AS": memory_mb * 1_000_000, "RLIMIT_CPU": math.ceil(seconds) + 1, "RLIMIT_CORE": 0}
    for name, amount in wanted.items():
        try:
            limit = getattr(resource, name)
            _, most = resource.getrlimit(limit)
            amount = amount if most == resource.RLIM_INFINITY else min(amount, most)
            resource.setrlimit(limit, (amount, amount))
        except (AttributeError, ValueError, OSError):
            continue


if __name__ == "__main__":
    main()
