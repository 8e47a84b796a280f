"""What is known of a picture file before anything is made of it."""

from __future__ import annotations

import hashlib
import re
import stat
import threading
import warnings
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, UnidentifiedImageError, features

from sphinx_leadposts.imaging.picture import PictureUnreadableError, name_picture
from sphinx_leadposts.model.picture import PictureSource

if TYPE_CHECKING:
    from pathlib import Path

READABLE: Final = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")
"""The formats that are decoded, by Pillow's names.

Pillow knows more, and some of its readers run other programs (EPS); a file is what its
bytes say, so none of them may be reached through a name that ends in ``.png``.
"""

SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""The EXIF orientations in which a picture lies on its side."""

_MIMETYPES: Final = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with further pictures behind it; browsers show one
    "PNG": "image/png",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
#: How the files begin that are pictures, though none that is decoded here. Those of
#: ISO base media (HEIC, AVIF) have their brand from the ninth byte on (ISO/IEC
#: 14496-12).
_STRANGE: Final = (
    (re.compile(rb".{4}ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)", re.S), "heic"),
    (re.compile(rb".{4}ftypavi[fs]", re.S), "avif"),
    (re.compile(rb"\xff\x0a|\x00\x00\x00\x0cJXL \r\n\x87\n"), "jxl"),
    (re.compile(rb"\x00\x00\x00\x0cjP  \r\n\x87\n"), "jp2"),
    (re.compile(rb"\x00\x00\x01\x00[^\x00]"), "x-icon"),
)
#: Exif 2.32 (CIPA DC-008), tag 0x0112; browsers turn such a picture upright.
_ORIENTATION_TAG: Final = 0x0112
_ANIMATED: Final = frozenset({"GIF", "PNG", "WEBP", "AVIF"})
_SVG_TAG: Final = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE | re.DOTALL)
_SVG_SIDES: Final = tuple(
    # Not the end of ``stroke-width``.
    re.compile(rf'(?<![\w-]){name}="([\d.]+)(?:px)?"')
    for name in ("width", "height")
)
_SVG_BOX: Final = re.compile(
    r'\bviewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"'
)
_MOST_BYTES: Final = 512 * 1024 * 1024
#: Python's filters of warnings are one for all threads.
_OPENING: Final = threading.Lock()


def describe_picture(path: Path, data: bytes) -> PictureSource:
    """Return what is known of a picture by its bytes, of which the head is decoded.

    :param path: gives the name; nothing is read there
    :raises PictureUnreadableError: where it is no picture that Pillow or a browser
        could show.
    """
    try:
        known = _measure_svg(data) if path.suffix.lower() == ".svg" else _measure(data)
    # A damaged file can make a decoder raise anything: KeyError, struct.error, …
    except Exception as error:
        message = f"{path.name} cannot be read as a picture ({explain(error)})"
        raise PictureUnreadableError(message) from error
    digest = hashlib.sha256(data).hexdigest()
    return name_picture(replace(known, digest=digest, size=len(data)), path)


def read_picture(path: Path) -> bytes:
    """Return the bytes of a file.

    :raises PictureUnreadableError: where it is missing, a folder, a pipe, larger than
        512 MiB or not allowed to be read.
    """
    try:
        status = path.stat()
        # To read from a pipe would be to wait for ever.
        if not stat.S_ISREG(status.st_mode):
            message = f"{path.name} cannot be read as a picture (it is no file)"
            raise PictureUnreadableError(message)
        if status.st_size > _MOST_BYTES:
            message = f"{path.name} cannot be read as a picture (it is too large)"
            raise PictureUnreadableError(message)
        return path.read_bytes()
    except (OSError, MemoryError) as error:
        message = f"{path.name} cannot be read as a picture ({explain(error)})"
        raise PictureUnreadableError(message) from error


def open_picture(data: bytes) -> tuple[Image.Image, int]:
    """Return a picture, not decoded yet, and its EXIF orientation (1 is upright).

    :raises Exception: any of Pillow's, where the bytes are no picture, or one of more
        pixels than ``PIL.Image.MAX_IMAGE_PIXELS``.
    """
    with _OPENING, warnings.catch_warnings():
        # What Pillow has to say of odd metadata helps nobody; of too many pixels it
        # only warns up to twice its limit.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(BytesIO(data), formats=READABLE)
        orientation = _read_orientation(image)
    return image, orientation


def explain(error: BaseException) -> str:
    """Return in a few words what is wrong, without the paths of this machine."""
    if isinstance(error, UnidentifiedImageError):
        return "no picture of a known format"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _read_orientation(image: Image.Image) -> int:
    # Pillow turns a TIFF itself, and would decode a PNG to look behind its pixels.
    if image.format == "TIFF":
        return 1
    if image.format == "PNG" and "exif" not in image.info:
        return 1
    try:
        found = image.getexif().get(_ORIENTATION_TAG)
    # Broken metadata is no broken picture; a browser shows it as it lies.
    except Exception:
        return 1
    return found if isinstance(found, int) and 2 <= found <= 8 else 1


def _measure(data: bytes) -> PictureSource:
    try:
        image, orientation = open_picture(data)
    except UnidentifiedImageError:
        for pattern, name in _STRANGE:
            if pattern.match(data) and not (name == "avif" and features.check(name)):
                return PictureSource(
                    width=0, height=0, mimetype=f"image/{name}", name=""
                )
        raise
    with image:
        form = image.format or ""
        width, height = image.size
        if orientation in SIDEWAYS:
            width, height = height, width
        return PictureSource(
            width=width,
            height=height,
            mimetype=_MIMETYPES[form],
            name="",
            has_alpha=image.has_transparency_data,
            is_animated=form in _ANIMATED and getattr(image, "is_animated", False),
            is_turned=orientation != 1,
        )


def _measure_svg(data: bytes) -> PictureSource:
    match = _SVG_TAG.search(data[:65536])
    if match is None:
        message = "it has no <svg> element"
        raise ValueError(message)
    tag = match[0].decode("utf-8", "replace")
    sides = [pattern.search(tag) for pattern in _SVG_SIDES]
    if sides[0] and sides[1]:
        width, height = float(sides[0][1]), float(sides[1][1])
    elif box := _SVG_BOX.search(tag):
        width, height = float(box[1]), float(box[2])
    else:
        width, height = 0, 0
    return PictureSource(
        width=round(width), height=round(height), mimetype="image/svg+xml", name=""
    )
