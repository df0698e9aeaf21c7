"""Three units files, in; how large their pages for a browser are, when they can be used and how they move, out.

    python benchmarks/html_page.py
    python benchmarks/html_page.py --write      the table into docs/html.md

Needs Chromium and playwright. *Made in* is the processor time of the whole command; *can be used* is when the search
answers, from the start of loading; a frame is measured while the page is dragged 120 times by 8 pixels.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from report import replaced, table

HERE = Path(__file__).parent
DOCUMENT = HERE.parent / "docs" / "html.md"
MARKERS = ("<!-- pages:begin -->", "<!-- pages:end -->")
SEED, BERLIN, SWISS = (
    "data/units.json",
    "benchmarks/data/berlin_finance.units.json",
    "benchmarks/data/swiss_federal.units.json",
)
CHARTS = {
    "the sector of this repository, 9 units, two drawings": [SEED],
    "Berlin's finance department, 69 units, A3": [BERLIN, "--page", "A3"],
    "the Swiss federal administration, 2,338 units, an atlas of A3": [SWISS, "--page", "A3", "--atlas", "always"],
    "the same on one page": [SWISS, "--page", "none", "--atlas", "never"],
}
READY = "() => document.documentElement.dataset.ready !== undefined && performance.now()"
# One after the other, each in a frame of its own; the time from one frame to the next.
DRAG = """() => new Promise(done => {
  const canvas = document.querySelector('[role=application]'), room = canvas.getBoundingClientRect();
  let x = room.left + room.width / 2, y = room.top + room.height / 2, last = 0, times = [];
  const tell = kind => canvas.dispatchEvent(new PointerEvent(kind, {
    bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, button: 0, buttons: 1, clientX: x, clientY: y,
  }));
  tell('pointerdown');
  const step = now => {
    if (last) times.push(now - last);
    last = now;
    x += times.length % 40 < 20 ? 8 : -8;
    tell('pointermove');
    if (times.length < 120) requestAnimationFrame(step);
    else { tell('pointerup'); done(times); }
  };
  requestAnimationFrame(step);
})"""


def main(arguments: list[str]) -> int:
    browser = shutil.which("chromium")
    if browser is None:
        print("Chromium is not on this machine", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    header = ["Chart", "Page", "Made in", "Can be used after", "A frame while dragged: median, 95 of 100, longest"]
    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as programs:
        started = programs.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, wishes in CHARTS.items():
            seconds = made(wishes, Path(folder))
            page = Path(folder, "page.html")
            ready, frames = looked_at(started, page)
            size = page.stat().st_size
            shown = f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
            moved = f"{median(frames):.0f} ms, {frames[int(len(frames) * 0.95)]:.0f} ms, {frames[-1]:.0f} ms"
            rows.append([name, shown, f"{seconds:.1f} s", f"{ready / 1000:.2f} s", moved])
        started.close()
    shown = table(header, rows)
    print(shown)
    if "--write" in arguments:
        DOCUMENT.write_text(replaced(DOCUMENT.read_text(encoding="utf-8"), shown, MARKERS), encoding="utf-8")
    return 0


def made(wishes: list[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-m",
        "orgchart",
        "render",
        *wishes,
        "--format",
        "html",
        "--name",
        "page",
        "-o",
        str(folder),
    ]
    subprocess.run(command, check=True, cwd=HERE.parent, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def looked_at(browser: Any, page: Path) -> tuple[float, list[float]]:
    """When it was ready, in milliseconds, the median of three, and the frames of one drag, rising."""
    readies, frames = [], []
    for _ in range(3):
        window = browser.new_page(viewport={"width": 1280, "height": 800})
        window.goto(page.as_uri(), wait_until="commit")
        while not (ready := window.evaluate(READY)):
            window.wait_for_timeout(5)
        readies.append(ready)
        window.wait_for_timeout(500)
        frames = sorted(window.evaluate(DRAG))
        window.close()
    return median(readies), frames


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
