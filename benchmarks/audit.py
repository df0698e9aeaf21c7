"""The pinned packages of requirements.lock, in; those with a known vulnerability, out.

    python benchmarks/audit.py --write

Asks the vulnerability service of the index by pip-audit; where that cannot be reached nothing is known. Exits
with 1 where a package has a vulnerability, and with 2 where nothing could be learnt.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from reliability import ROOT, kept_figures


def main() -> int:
    parser = argparse.ArgumentParser(description="Look for known vulnerabilities of the pinned packages.")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    asked = parser.parse_args()
    lock = str(ROOT / "requirements.lock")
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "-r", lock, "--disable-pip", "--no-deps", "--format", "json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        packages = []
    audited = [each for each in packages if "skip_reason" not in each]
    bad = [each["name"] for each in audited if each.get("vulns")]
    found = f"{len(bad)} with a known vulnerability" if audited else "the vulnerability service could not be reached"
    print(f"{len(audited)} of {len(packages)} packages audited: {', '.join(bad) or found}")
    if asked.write:
        tried = f"{len(audited)} of {len(packages)} pinned packages asked after by `pip-audit`"
        kept_figures("audit", "Known vulnerabilities", tried, found)
    return 2 if not audited else int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
