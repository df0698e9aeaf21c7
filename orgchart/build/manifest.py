"""What made each file of an output folder, in; the bytes of orgchart.manifest.json, out; and back again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from orgchart.encodings import NotUtf8Error, decode_utf8
from orgchart.errors import OrgChartError
from orgchart.limits import ExceededError, read_within
from orgchart.strict_json import SuspectError, read_quickly

MANIFEST = "orgchart.manifest.json"
VERSION = 1

_SHA256 = re.compile(r"[0-9a-f]{64}")
# A name from this file is removed by --clean: it must be one name, of a kind that a build writes.
_FILE_NAME = re.compile(r"[a-z0-9][A-Za-z0-9_-]{0,200}\.[a-z0-9]{1,12}")
_TEXTS = ("units", "style", "font")
_HASHES = ("units_sha256", "drawn_sha256", "style_sha256", "font_sha256")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a chart is made of. units_sha256: of the units file's bytes; drawn_sha256: of what of it can reach the
    chart; style_sha256: of the resolved style; font_sha256: of the font's files; settings: the wishes that are not the
    default; versions: of orgchart and the libraries that decide the bytes, cairo not among them."""

    units: str
    units_sha256: str
    drawn_sha256: str
    style: str
    style_sha256: str
    font: str
    font_sha256: str
    settings: Mapping[str, object]
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file. cairo: the version of the system's library that drew it, None where none did."""

    sha256: str
    cairo: str | None = None


@dataclass(frozen=True, slots=True)
class MadeChart:
    """A chart as a build left it: what it was made of, and its files by name."""

    inputs: Inputs
    files: Mapping[str, MadeFile]


@dataclass(frozen=True, slots=True)
class Manifest:
    """All charts of an output folder, by name."""

    charts: Mapping[str, MadeChart] = field(default_factory=dict)

    def maker_of(self, file: str) -> str | None:
        """The chart that a file belongs to."""
        return next((name for name, chart in self.charts.items() if file in chart.files), None)


class BrokenManifestError(OrgChartError):
    """A manifest that is not what a build has written."""


def dump_manifest(manifest: Manifest) -> bytes:
    """The same bytes for equal manifests: names in alphabetical order, no clock, no path of this machine."""
    charts = {name: _chart_document(chart) for name, chart in sorted(manifest.charts.items())}
    document = {"manifest": VERSION, "charts": charts}
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an output folder; an empty one where there is none. Raises BrokenManifestError for one that no
    build has written so, and OrgChartError for one that cannot be read."""
    file = folder / MANIFEST
    try:
        with file.open("rb") as stream:
            content = read_within(stream, "manifest_bytes")
    except ExceededError as error:
        raise BrokenManifestError(f"{file}: {error}") from None
    except (FileNotFoundError, NotADirectoryError):
        return Manifest()
    except OSError as error:
        raise OrgChartError(f"{file}: the file cannot be read ({error.strerror})") from None
    try:
        document = _object(read_quickly(decode_utf8(content)), "manifest", "charts")
        if document["manifest"] != VERSION:
            raise ValueError("another version")
        return Manifest({_file_name(f"{name}.x")[:-2]: _chart(chart) for name, chart in _items(document["charts"])})
    except (NotUtf8Error, SuspectError, ValueError):
        raise BrokenManifestError(
            f"{file}: this is not what a build has written, perhaps two versions were merged; delete it, and the next "
            "orgchart build makes all charts and the file anew"
        ) from None


def _chart_document(chart: MadeChart) -> dict[str, object]:
    inputs = chart.inputs
    return {
        "units": inputs.units,
        "units_sha256": inputs.units_sha256,
        "drawn_sha256": inputs.drawn_sha256,
        "style": inputs.style,
        "style_sha256": inputs.style_sha256,
        "font": inputs.font,
        "font_sha256": inputs.font_sha256,
        "settings": dict(inputs.settings),
        "versions": dict(sorted(inputs.versions.items())),
        "files": {
            name: {"sha256": file.sha256} | ({} if file.cairo is None else {"cairo": file.cairo})
            for name, file in sorted(chart.files.items())
        },
    }


def _chart(value: object) -> MadeChart:
    known = _object(value, *_TEXTS, *_HASHES, "settings", "versions", "files")
    if not all(isinstance(known[key], str) for key in _TEXTS):
        raise ValueError("not text")
    return MadeChart(
        Inputs(
            **{key: known[key] for key in _TEXTS},
            **{key: _sha256(known[key]) for key in _HASHES},
            settings=dict(_items(known["settings"])),
            versions={name: str(version) for name, version in _items(known["versions"])},
        ),
        {_file_name(name): _file(file) for name, file in _items(known["files"])},
    )


def _file(value: object) -> MadeFile:
    known = dict(_items(value))
    cairo = known.pop("cairo", None)
    return MadeFile(_sha256(_object(known, "sha256")["sha256"]), None if cairo is None else str(cairo))


def _items(value: object) -> list[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return list(cast(dict[str, Any], value).items())


def _object(value: object, *keys: str) -> dict[str, Any]:
    found = dict(_items(value))
    if set(found) != set(keys):
        raise ValueError("other keys")
    return found


def _sha256(value: object) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError("not a sha256")
    return value


def _file_name(name: str) -> str:
    if not _FILE_NAME.fullmatch(name):
        raise ValueError("not a file name")
    return name
