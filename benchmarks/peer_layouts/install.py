"""Nothing, in; the peers that can be installed here installed, and a sentence for each that cannot, out."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence

from peer_layouts.node_layouts import NODE_FOLDER

# The program looked for, and the Debian packages that have it.
_PROGRAMS: Mapping[str, Sequence[str]] = {
    "dot": ("graphviz",),
    "plantuml": ("plantuml",),
    "node": ("nodejs",),
    "npm": ("npm",),
}


def install_peers(tell: Callable[[str], None]) -> None:
    """Debian's programs where this user may install them, the JavaScript libraries by npm, as pinned and by hash."""
    packages = [package for name, wanted in _PROGRAMS.items() if not shutil.which(name) for package in wanted]
    if packages and os.name == "posix" and os.getuid() == 0 and shutil.which("apt-get"):
        tell(f"installing {', '.join(packages)} …")
        quiet = {"capture_output": True, "check": False, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
        for package in packages:  # one by one: what one lacks must not keep the others away
            subprocess.run([*install, package], **quiet)  # type: ignore[call-overload]
    elif packages:
        tell(f"not on this machine; on Debian and Ubuntu: sudo apt-get install {' '.join(packages)}")
    if shutil.which("npm") and not _up_to_date():
        tell("installing ELK and d3 …")
        done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=NODE_FOLDER, capture_output=True, text=True)
        if done.returncode:
            tell(f"npm ci failed: {(done.stderr.strip().splitlines() or ['?'])[-1]}")


def _up_to_date() -> bool:
    """Whether what npm installed last is what is pinned now."""
    installed = NODE_FOLDER / "node_modules" / ".package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= (NODE_FOLDER / "package-lock.json").stat().st_mtime
