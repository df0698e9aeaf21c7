"""A Markdown file, in; every example in it run as a reader would run it, and a count, out.

Exits 1 at the first that fails.

Blocks fenced as ```sh and ```python are run in order in one empty folder that holds a copy of data/, styles/ and
orgchart.toml, with this Python's commands first on the path. A block whose fence says ```text, ```make or ```sh setup
is not run; one whose fence says ```sh exits 1 must end with that exit code, whatever those before its last one are.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_BLOCK = re.compile(r"^```(sh|python)(?: exits (\d))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROOT = Path(__file__).resolve().parent.parent


def main(document: str) -> int:
    blocks = _BLOCK.findall(Path(document).read_text(encoding="utf-8"))
    path = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("data", "styles"):
            shutil.copytree(_ROOT / name, Path(folder) / name)
        shutil.copy(_ROOT / "orgchart.toml", folder)
        for language, code, source in blocks:
            stops = "-uo" if code else "-euo"
            shell = ["bash", stops, "pipefail", "-c", source]
            command = shell if language == "sh" else [sys.executable, "-c", source]
            ran = subprocess.run(
                command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
            )
            wanted = int(code or 0)
            if ran.returncode != wanted:
                said = f"{document}: this example exits with {ran.returncode}, not {wanted}:"
                print(f"{said}\n{source}\n{ran.stdout}{ran.stderr}")
                return 1
    print(f"{document}: {len(blocks)} examples run")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
