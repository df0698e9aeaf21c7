"""A zip package and the parts that change, in; the package with every other part copied as it lies there, out.

Python's zipfile can only pack anew, which changes dates, sizes and order of parts that nobody touched. So the packed
bytes are copied here together with their headers, and only the directory at the end is told the new places.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from orgchart.packages import NotReadableError

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_CENTRAL_SIGN, _LOCAL_SIGN, _END_SIGN = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
_DAY_ONE: Final = (0, 0x21)  # 1 January 1980, 0:00, the first that a zip file can hold
_STORED, _DEFLATED = 0, 8
_UTF8_NAME: Final = 0x800
_ZIP64: Final = 0xFFFFFFFF


class _Entry(NamedTuple):
    """A part as it lies in the package: its record in the directory, and its header and packed bytes."""

    name: str
    record: bytes
    piece: bytes


def spliced(
    content: bytes,
    package: zipfile.ZipFile,
    replaced: Mapping[str, bytes],
    added: Mapping[str, bytes],
    removed: Collection[str],
) -> bytes:
    """The package with some parts replaced in their place, some removed, and some added at its end.

    Replaced parts keep their date and whether they are packed; added ones have the date 1 January 1980. Raises
    NotReadableError for a package whose parts overlap or are not where its directory says.
    """
    pieces: list[bytes] = []
    records: list[bytes] = []
    place = 0
    for entry in _entries(content, package):
        if entry.name in removed:
            continue
        record, piece = entry.record, entry.piece
        if entry.name in replaced:
            record, piece = _repacked(entry, replaced[entry.name])
        records.append(record[:42] + struct.pack("<I", place) + record[46:])
        pieces.append(piece)
        place += len(piece)
    for name, part in added.items():
        record, piece = _added(name, part)
        records.append(record[:42] + struct.pack("<I", place) + record[46:])
        pieces.append(piece)
        place += len(piece)
    directory = b"".join(records)
    comment = package.comment
    end = _END.pack(_END_SIGN, 0, 0, len(records), len(records), len(directory), place, len(comment))
    return b"".join([*pieces, directory, end, comment])


def _entries(content: bytes, package: zipfile.ZipFile) -> list[_Entry]:
    """The parts in the order of the directory."""
    records = _records(content, package)
    infos = package.infolist()
    if len(records) != len(infos):
        raise NotReadableError("its directory does not list its parts")
    ordered = sorted(infos, key=lambda info: info.header_offset)
    ends = [*(info.header_offset for info in ordered[1:]), package.start_dir]
    pieces = {}
    for info, end in zip(ordered, ends, strict=True):
        begin = info.header_offset
        header = content[begin : begin + _LOCAL.size]
        if len(header) < _LOCAL.size or not header.startswith(_LOCAL_SIGN):
            raise NotReadableError(f"its part {info.filename} is not where its directory says")
        *_, name_length, extra_length = _LOCAL.unpack(header)
        if begin + _LOCAL.size + name_length + extra_length + info.compress_size > end:
            raise NotReadableError(f"its part {info.filename} overlaps with another")
        pieces[begin] = content[begin:end]
    return [
        _Entry(info.filename, record, pieces[info.header_offset]) for info, record in zip(infos, records, strict=True)
    ]


def _records(content: bytes, package: zipfile.ZipFile) -> list[bytes]:
    records = []
    at = package.start_dir
    while content[at : at + 4] == _CENTRAL_SIGN:
        fields = _CENTRAL.unpack_from(content, at)
        length = _CENTRAL.size + sum(fields[10:13])
        if fields[-1] == _ZIP64:
            raise NotReadableError("it is a zip file of the kind for more than 4 GB")
        records.append(content[at : at + length])
        at += length
    return records


def _repacked(entry: _Entry, part: bytes) -> tuple[bytes, bytes]:
    """The same part with other bytes: its name, date and way of packing stay."""
    _, _, _, flags, method, time, date, *_, attributes, _ = _CENTRAL.unpack_from(entry.record)
    name_length = _CENTRAL.unpack_from(entry.record)[10]
    name = entry.record[_CENTRAL.size : _CENTRAL.size + name_length]
    return _packed(name, part, flags & _UTF8_NAME, method != _STORED, (time, date), attributes)


def _added(name: str, part: bytes) -> tuple[bytes, bytes]:
    return _packed(name.encode("utf-8"), part, 0 if name.isascii() else _UTF8_NAME, True, _DAY_ONE, 0)


def _packed(
    name: bytes, part: bytes, flags: int, deflate: bool, moment: tuple[int, int], attributes: int
) -> tuple[bytes, bytes]:
    """A part's record for the directory, without its place, and its header with its packed bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(part) + packer.flush() if deflate else part
    method = _DEFLATED if deflate else _STORED
    shared = (20, flags, method, *moment, zlib.crc32(part), len(packed), len(part), len(name))
    header = _LOCAL.pack(_LOCAL_SIGN, *shared, 0) + name
    record = _CENTRAL.pack(_CENTRAL_SIGN, 20, *shared, 0, 0, 0, 0, attributes, 0) + name
    return record, header + packed
