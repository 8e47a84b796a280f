"""Where in an AVIF file the metadata lies: boxes within boxes.

By ISO/IEC 14496-12, 8.11: the box ``meta`` holds ``iinf``, which names the items, and
``iloc``, which says where their bytes are; by ISO/IEC 23008-12, annex A, metadata are
the items ``Exif`` and ``mime``.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_METADATA: Final = frozenset({b"Exif", b"mime"})
#: An item may be counted from the start of the file, or of the box ``idat``.
_IN_FILE: Final = 0
_IN_IDAT: Final = 1


def find_metadata(data: bytes) -> list[tuple[bytes, int, int]]:
    """Return kind, start and end of the metadata of an AVIF file.

    :raises Exception: where the file is damaged.
    """
    boxes = {
        name: (start, end)
        for outer, outer_start, outer_end in _split(data, 0, len(data))
        if outer == b"meta"
        for name, start, end in _split(data, outer_start + 4, outer_end)
    }
    if not {b"iinf", b"iloc"} <= boxes.keys():
        return []
    kinds = dict(_read_kinds(data, *boxes[b"iinf"]))
    starts = {_IN_FILE: 0, _IN_IDAT: boxes.get(b"idat", (0, 0))[0]}
    return [
        (kinds[item], starts[method] + start, starts[method] + start + length)
        for item, method, start, length in _read_places(data, boxes[b"iloc"][0])
        if kinds.get(item) in _METADATA and method in starts
    ]


def _split(data: bytes, place: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name of each box, and where its content starts and ends."""
    while place + 8 <= stop:
        size, name = struct.unpack_from(">I4s", data, place)
        start = place + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, start)
            start += 8
        end = place + size if size else stop
        if end < start:
            message = "a box ends before it starts"
            raise ValueError(message)
        yield name, start, min(end, stop)
        place = end


def _read_kinds(data: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield number and kind of each item."""
    first = start + (6 if data[start] == 0 else 8)
    for name, place, _ in _split(data, first, end):
        if name != b"infe" or data[place] < 2:
            continue
        form = ">HH4s" if data[place] == 2 else ">IH4s"
        item, _, kind = struct.unpack_from(form, data, place + 4)
        yield item, kind


def _read_places(data: bytes, start: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield number, method, start and length of each piece of each item."""
    version = data[start]
    sizes = (data[start + 4] >> 4, data[start + 4] & 15, data[start + 5] >> 4)
    index_size = data[start + 5] & 15 if version else 0
    place = start + 6
    wide = 4 if version == 2 else 2

    def take(size: int) -> int:
        nonlocal place
        place += size
        return int.from_bytes(data[place - size : place], "big")

    for _ in range(take(wide)):
        item = take(wide)
        method = take(2) & 15 if version else _IN_FILE
        take(2)
        base = take(sizes[2])
        for _ in range(take(2)):
            take(index_size)
            offset, length = take(sizes[0]), take(sizes[1])
            yield item, method, base + offset, length
