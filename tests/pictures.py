"""Two pictures of one chart, or its SVG and a program that shows it, in; how far they differ, or the picture, out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

SIZE = (1123, 794)
MOST_IN_THE_MEAN = 1.5
MOST_DIFFERING = 1 / 2000
DIFFERING = 48
CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--force-device-scale-factor=1",
)  # fmt: skip


def grey(picture: Image.Image) -> Image.Image:
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return paper.convert("L")


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """The mean of all differences in grey, 0 to 255, and the share of pixels that differ clearly."""
    assert one.size == other.size == SIZE
    blurred = [grey(picture).filter(ImageFilter.GaussianBlur(2)) for picture in (one, other)]
    found = ImageChops.difference(*blurred)
    return ImageStat.Stat(found).mean[0], sum(found.histogram()[DIFFERING + 1 :]) / (SIZE[0] * SIZE[1])


def is_same(
    one: Image.Image,
    other: Image.Image,
    most_differing: float = MOST_DIFFERING,
    most_in_the_mean: float = MOST_IN_THE_MEAN,
) -> bool:
    mean, differing = difference(one, other)
    print(f"mean {mean:.2f}, differing {differing:.5f}")  # pytest shows it where it is too much
    return mean <= most_in_the_mean and differing <= most_differing


def run(command: list[str], folder: Path, fonts: Path) -> None:
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=120, check=True)


def by_chromium(svg: bytes, browser: str, folder: Path, fonts: Path) -> Image.Image:
    (folder / "chart.svg").write_bytes(svg)
    size = f"--window-size={SIZE[0]},{SIZE[1]}"
    place = (folder / "chart.svg").as_uri()
    run([browser, *CHROMIUM, f"--user-data-dir={folder}/profile", size, "--screenshot=shot.png", place], folder, fonts)
    return Image.open(folder / "shot.png")


def by_libreoffice(svgs: Mapping[str, bytes], office: str, folder: Path, fonts: Path) -> Mapping[str, Image.Image]:
    """All at once, for it takes long to start."""
    for name, svg in svgs.items():
        (folder / f"{name}.svg").write_bytes(svg)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [f"{name}.svg" for name in svgs]
    run([office, profile, "--headless", "--convert-to", "png", "--outdir", "drawn", *files], folder, fonts)
    return {name: Image.open(folder / "drawn" / f"{name}.png") for name in svgs}
