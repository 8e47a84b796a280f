"""What is known of a picture file before anything is made of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image, UnidentifiedImageError

if TYPE_CHECKING:
    from pathlib import Path

#: EXIF orientations that lie on their side; browsers turn such a picture upright.
#: Exif 2.32 (CIPA DC-008), tag 0x0112.
_ORIENTATION_TAG: Final = 0x0112
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
_SVG_SIZE: Final = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE | re.DOTALL)
_UNSAFE: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSource:
    """A readable picture: its size in pixels as seen, its MIME type, its name.

    ``name`` holds the file's own stem and a hash of its bytes, so that equal names
    never meet and a changed picture is a new file to every cache on the way.
    """

    width: int
    height: int
    mimetype: str
    name: str


class PictureUnreadableError(ValueError):
    """A file that is no picture; the message says why."""


def inspect_picture(path: Path) -> PictureSource:
    """Return what is known of the picture at ``path``; only its head is decoded.

    :raises PictureUnreadableError: where it is no picture that Pillow or a browser
        could show, or cannot be read at all.
    """
    try:
        digest = hash_file(path)
        if path.suffix.lower() == ".svg":
            width, height, mimetype = _measure_svg(path)
        else:
            width, height, mimetype = _measure(path)
    except (
        OSError,
        UnidentifiedImageError,
        Image.DecompressionBombError,
        ValueError,
        SyntaxError,
    ) as error:
        message = f"{path.name} cannot be read as a picture ({error})"
        raise PictureUnreadableError(message) from error
    stem = _UNSAFE.sub("-", path.stem) or "picture"
    return PictureSource(
        width=width,
        height=height,
        mimetype=mimetype,
        name=f"{stem}-{digest[:12]}{path.suffix.lower()}",
    )


def hash_file(path: Path) -> str:
    """Return the SHA-256 of the bytes of ``path``, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _measure(path: Path) -> tuple[int, int, str]:
    with Image.open(path) as image:
        width, height = image.size
        if image.getexif().get(_ORIENTATION_TAG) in _SIDEWAYS:
            width, height = height, width
        mimetype = image.get_format_mimetype() or "application/octet-stream"
        return width, height, mimetype


def _measure_svg(path: Path) -> tuple[int, int, str]:
    match = _SVG_SIZE.search(path.read_bytes()[:65536])
    if match is None:
        message = "it has no <svg> element"
        raise ValueError(message)
    tag = match[0].decode("utf-8", "replace")
    size = [re.search(rf'\b{name}="([\d.]+)(?:px)?"', tag) for name in _SVG_SIDES]
    if size[0] and size[1]:
        width, height = float(size[0][1]), float(size[1][1])
    elif box := re.search(
        r'\bviewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"', tag
    ):
        width, height = float(box[1]), float(box[2])
    else:
        width, height = 0, 0
    return round(width), round(height), "image/svg+xml"


_SVG_SIDES: Final = ("width", "height")
