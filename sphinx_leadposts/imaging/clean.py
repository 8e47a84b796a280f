"""A picture file without its metadata, the pixels as they were, bit by bit.

Cameras write into a file where and when it was taken, and by whom. What a picture is
shown by stays: pixels, colour profile, transparency, frames, and the direction.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.imaging.boxes import find_metadata
from sphinx_leadposts.imaging.source import open_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

#: JPEG (ITU-T T.81, B.1.1): a marker in coded data is 0xFF and neither 0 nor a restart.
_MARKER: Final = re.compile(rb"\xff+([^\xff\0\xd0-\xd7])", re.DOTALL)
_START_OF_SCAN: Final = 0xDA
_END_OF_IMAGE: Final = 0xD9
#: Markers with no length behind them: TEM, restarts, start and end of image.
_BARE: Final = frozenset({0x01, *range(0xD0, 0xDA)})
_APP0: Final = 0xE0
_APP2: Final = 0xE2
_APP14: Final = 0xEE
_APP15: Final = 0xEF
_COMMENT: Final = 0xFE
_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
#: PNG (W3C, third edition, 5.6): what has a say in how pixels look, or move.
_PNG_KEPT: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST sPLT "
    b"pHYs acTL fcTL fdAT".split()
)
#: A directory of no entries (TIFF 6.0, section 2).
_NO_EXIF: Final = b"MM\0*" + struct.pack(">IHI", 8, 0, 0)
#: WebP (RFC 9649, 2.7.1): flags of the extended header.
_WEBP_EXIF: Final = 0x08
_WEBP_XMP: Final = 0x04
_WEBP_KEPT: Final = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM"))


def remove_metadata(data: bytes) -> bytes:
    """Return a JPEG, PNG, WebP or AVIF without metadata; other files as they are.

    The EXIF orientation is kept, alone. Pictures behind the first one of a JPEG, and
    whatever else lies behind the end, are left out.

    :raises Exception: where the file is damaged.
    """
    image, orientation = open_picture(data)
    with image:
        form = image.format
    if form in {"JPEG", "MPO"}:
        return _clean_jpeg(data, orientation)
    if form == "PNG":
        return _clean_png(data, orientation)
    if form == "WEBP":
        return _clean_webp(data, orientation)
    if form == "AVIF":
        return _blank(data)
    return data


def _clean_jpeg(data: bytes, orientation: int) -> bytes:
    parts = [b"\xff\xd8"]
    is_turned = orientation != 1
    for marker, segment in _split_jpeg(data):
        # Exif (CIPA DC-008, 4.5.4) asks to be first, JFIF to be before it.
        if is_turned and marker != _APP0:
            exif = b"Exif\0\0" + _write_exif(orientation)
            parts.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
            is_turned = False
        if _is_shown(marker, segment):
            parts.append(segment)
    return b"".join(parts)


def _is_shown(marker: int, segment: bytes) -> bool:
    if marker == _APP2:
        return segment[4:16] == b"ICC_PROFILE\0"
    if marker == _APP0:
        return segment[4:9] == b"JFIF\0"
    return marker == _APP14 or not (_APP0 <= marker <= _APP15 or marker == _COMMENT)


def _split_jpeg(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the marker and the bytes of each segment, scans with their coded data."""
    place = 2
    while place < len(data):
        found = _MARKER.match(data, place)
        if found is None:
            message = "it has no marker where one must be"
            raise ValueError(message)
        marker = found[1][0]
        start, end = found.end() - 2, found.end()
        if marker not in _BARE:
            end += int.from_bytes(data[end : end + 2], "big")
        if marker == _START_OF_SCAN:
            following = _MARKER.search(data, end)
            end = following.start() if following else len(data)
        yield marker, data[start:end]
        if marker == _END_OF_IMAGE:
            return
        place = end


def _clean_png(data: bytes, orientation: int) -> bytes:
    parts = [_PNG_HEAD]
    place = len(_PNG_HEAD)
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place)
        name = data[place + 4 : place + 8]
        end = place + 12 + length
        if name in _PNG_KEPT:
            parts.append(data[place:end])
        if name == b"IHDR" and orientation != 1:
            exif = b"eXIf" + _write_exif(orientation)
            check = struct.pack(">I", zlib.crc32(exif))
            parts.append(struct.pack(">I", len(exif) - 4) + exif + check)
        if name == b"IEND":
            break
        place = end
    return b"".join(parts)


def _clean_webp(data: bytes, orientation: int) -> bytes:
    parts = []
    place = 12
    while place + 8 <= len(data):
        name = data[place : place + 4]
        (length,) = struct.unpack_from("<I", data, place + 4)
        end = place + 8 + length + length % 2
        chunk = data[place:end]
        if name == b"VP8X":
            flags = chunk[8] & ~(_WEBP_EXIF | _WEBP_XMP)
            flags |= _WEBP_EXIF if orientation != 1 else 0
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        if name in _WEBP_KEPT:
            parts.append(chunk)
        place = end
    if orientation != 1:
        exif = _write_exif(orientation)
        parts.append(b"EXIF" + struct.pack("<I", len(exif)) + exif)
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _blank(data: bytes) -> bytes:
    """Return an AVIF with the metadata overwritten, so that all keeps its place.

    Its orientation stands elsewhere.
    """
    blank = bytearray(data)
    for kind, start, end in find_metadata(data):
        # Exif begins with the distance to its own beginning, and must be readable.
        text = bytes(4) + _NO_EXIF if kind == b"Exif" else b""
        filling = b"\0" if kind == b"Exif" else b" "
        blank[start:end] = text.ljust(end - start, filling)[: end - start]
    return bytes(blank)


def _write_exif(orientation: int) -> bytes:
    """Return TIFF data of one entry: the orientation, a short."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
