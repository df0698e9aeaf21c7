"""Bytes from atheris, in; a crash where reading them as a rulebook raises anything but an OrgChartError, out.

Needs ``pip install atheris``, which is no dependency of the project: it has no wheels for every platform.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports():
    from orgchart.errors import OrgChartError
    from orgchart.rulebook import read_rulebook
    from orgchart.rulebook.review import write_review
    from orgchart.units import dump_units


def one_input(content: bytes) -> None:
    """The whole road from bytes to the units file and the review."""
    try:
        reading = read_rulebook([("fuzz.txt", content)])
        if reading.units is not None:
            dump_units(reading.units)
        write_review(reading, "json")
    except OrgChartError:
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
