"""A render under strace, in; every file that it opened, by where it lies, and every connection, out.

    python benchmarks/strace_render.py --write

Whatever is opened must be an input, an output, or belong to Python and its packages, to orgchart, to fonts or to the
system's libraries, or be a temporary file, of which there are some where Python looks for the library cairo; there must
be no connection. Exits with 1 where something else is opened.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from pathlib import Path

from reliability import kept_figures

ROOT = Path(__file__).resolve().parent.parent
_OPENED = re.compile(r'\b(?:openat|open)\((?:AT_FDCWD|\d+)?(?:<[^>]*>)?,? ?"([^"]*)", ([A-Z_|]+).*\) = (\d+)')
_CONNECTED = re.compile(r"\b(connect|sendto|bind|listen)\(")
_SOCKET = re.compile(r"\bsocket\((AF_\w+)")


def classes(folder: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Where what may be opened lies, by what it is; the first that fits counts."""
    python = {sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), str(Path(sys.executable).resolve().parent)}
    return [
        ("inputs and outputs", (str(folder),)),
        ("fonts", ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/var/cache/fontconfig",
                   "/usr/share/fontconfig", "/usr/share/xml/fontconfig", str(Path.home() / ".fonts"),
                   str(Path.home() / ".cache/fontconfig"), str(Path.home() / ".local/share/fonts"),
                   str(Path.home() / ".config/fontconfig"))),
        ("Python and its packages", tuple(python)),
        ("orgchart", (str(ROOT / "orgchart"), str(ROOT / "styles"), str(ROOT / "pyproject.toml"))),
        ("the system's libraries and tables", (
            "/lib", "/lib64", "/usr/lib", "/usr/local/lib", "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime",
            "/usr/share/zoneinfo", "/usr/share/locale", "/usr/share/mime", "/etc/mime.types", "/etc/nsswitch.conf",
            "/etc/passwd",
        )),
        ("the kernel's devices and tables", ("/dev/null", "/dev/urandom", "/dev/shm", "/proc", "/sys")),
        ("temporary files", (tempfile.gettempdir(),)),
    ]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description="See what a render opens.")
    parser.add_argument("--formats", default="dot,svg,pdf,png,html,pptx,drawio,csv,jsonld,mermaid,graphml")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "units.json").write_bytes((ROOT / "data" / "units.json").read_bytes())
        record = folder / "calls"
        subprocess.run(
            ["strace", "-f", "-qq", "-e", "trace=open,openat,connect,socket,sendto,bind,listen", "-s", "4096",
             "-o", str(record), sys.executable, "-m", "orgchart", "render", "units.json", "--format", asked.formats],
            cwd=folder, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        lines = record.read_text(encoding="utf-8", errors="replace").splitlines()
        opened = [
            (Path(os.path.normpath(folder / found[1])), found[2]) for line in lines if (found := _OPENED.search(line))
        ]
        searched = {os.path.normpath(each) for each in (*sys.path, ROOT) if each}  # for modules
        counted: Counter[str] = Counter()
        other = []
        for path, _ in opened:
            places = {str(path), os.path.realpath(path)}
            fits = (what for what, roots in classes(folder) if any(_is_below(place, roots) for place in places))
            what = next(fits, "") or ("Python and its packages" if str(path) in searched else "")
            counted[what or "anything else"] += 1
            if not what:
                other.append(path)
        connections = [line for line in lines if _CONNECTED.search(line)]
        sockets = [each[1] for line in lines if (each := _SOCKET.search(line))]
        written = {path for path, how in opened if re.search("O_WRONLY|O_RDWR|O_CREAT", how) and not _is_below(
            str(path), (str(folder), tempfile.gettempdir(), "/dev/null", "/dev/shm", "/proc"))}  # fmt: skip
    for what, count in counted.most_common():
        print(f"{count:5}  {what}")
    for path in sorted(set(other)):
        print(f"       {path}")
    print(f"{len(connections)} connections, {len(sockets)} sockets, written elsewhere: {sorted(map(str, written))}")
    if asked.write:
        kinds = ", ".join(f"{what} {count}" for what, count in counted.most_common())
        kept_figures(
            "strace", "What a render opens", f"`strace` of a render of {asked.formats.count(',') + 1} formats: {kinds}",
            f"{len(connections)} connections, {len(set(other))} other files read, {len(written)} written elsewhere",
        )  # fmt: skip
    return int(bool(connections or other or written))


def _is_below(place: str, roots: tuple[str, ...]) -> bool:
    return any(place == root or place.startswith(f"{root.rstrip('/')}/") for root in roots)


if __name__ == "__main__":
    sys.exit(main())
