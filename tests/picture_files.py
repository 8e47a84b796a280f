"""Real picture files for tests, and some that no program should make."""

from __future__ import annotations

import io
import math
import struct
import zlib

from PIL import Image, ImageDraw

GPS = "Greenwich 51.4779 N"
ARTIST = 0x013B
GPS_IFD = 0x8825


def make_photo(size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Return a picture with detail, so that encoders have something to do."""
    noise = Image.effect_noise((max(2, size[0] // 6), max(2, size[1] // 6)), 60)
    image = Image.merge("RGB", (noise, noise.rotate(90).resize(noise.size), noise))
    return image.resize(size, Image.Resampling.BICUBIC)


def make_arrow(size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Return a picture that is red at its top, green below, blue at the left."""
    image = Image.new("RGB", size, "green")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0], size[1] // 2), fill="red")
    draw.rectangle((0, 0, size[0] // 4, size[1]), fill="blue")
    return image


def make_logo(size: tuple[int, int] = (600, 600)) -> Image.Image:
    """Return a disc on nothing."""
    image = Image.new("RGBA", size)
    box = (size[0] // 4, size[1] // 4, size[0] * 3 // 4, size[1] * 3 // 4)
    ImageDraw.Draw(image).ellipse(box, fill="crimson")
    return image


def encode(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def make_exif(orientation: int = 1) -> Image.Exif:
    """Return metadata that says where the picture was taken, in two ways."""
    exif = Image.Exif()
    if orientation != 1:
        exif[0x0112] = orientation
    exif[ARTIST] = GPS
    exif.get_ifd(GPS_IFD)[1] = "N"
    exif.get_ifd(GPS_IFD)[2] = (51.0, 28.0, 40.0)
    return exif


def make_chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def make_png_head(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and has hardly any pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = make_chunk(b"IHDR", header) + make_chunk(b"IDAT", zlib.compress(bytes(9)))
    return b"\x89PNG\r\n\x1a\n" + chunks + make_chunk(b"IEND", b"")


def make_p3_profile() -> bytes:
    """Return an ICC profile of Display P3: its primaries on D50, the curve of sRGB."""

    def fixed(*numbers: float) -> bytes:
        return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)

    curve = b"para\0\0\0\0\0\3\0\0" + fixed(
        2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045
    )
    text = "Display P3".encode("utf-16-be")
    label = b"mluc" + bytes(4) + struct.pack(">II", 1, 12)
    label += b"enUS" + struct.pack(">II", len(text), 28) + text
    tags = {
        b"desc": label,
        b"cprt": label,
        b"wtpt": b"XYZ " + bytes(4) + fixed(0.9642, 1, 0.8249),
        b"rXYZ": b"XYZ " + bytes(4) + fixed(0.51512, 0.24120, -0.00105),
        b"gXYZ": b"XYZ " + bytes(4) + fixed(0.29198, 0.69225, 0.04189),
        b"bXYZ": b"XYZ " + bytes(4) + fixed(0.15710, 0.06657, 0.78407),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI", start + len(body), b"lcms", 0x04200000)
    head += b"mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    head += fixed(0.9642, 1, 0.8249)
    return head.ljust(128, b"\0") + table + body


def measure_delta(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return how far two colours of sRGB look apart: CIE 1976, in L*a*b* of D65."""
    return math.dist(_to_lab(one), _to_lab(other))


def _to_lab(colour: tuple[int, ...]) -> tuple[float, float, float]:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in colour[:3])
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (
        value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
        for value in (x, y, z)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
