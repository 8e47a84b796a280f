"""What is known of files that were looked at, and of covers to be drawn.

Pillow is not loaded here: a build in which nothing changed does without it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.picture import PictureSource

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_leadposts.model.picture import Cover

COVER_SIZE: Final = (1200, 675)
"""Width and height of a cover in pixels: wide enough for a header, 16 to 9."""

#: Changes with the code of `draw`, so that covers of older code are drawn anew.
_GENERATION: Final = 1
#: What a file is by its name.
_MIMETYPES: Final = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jpe": "image/jpeg",
    ".jfif": "image/jpeg",
    ".png": "image/png",
    ".apng": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
#: Of these are derivatives made; TIFF, too, which hardly any browser shows.
_DECODED: Final = frozenset(
    f"image/{name}" for name in ("jpeg", "png", "webp", "avif", "gif", "bmp", "tiff")
)
_UNSAFE: Final = re.compile(r"[^\w.-]+")


class PictureUnreadableError(ValueError):
    """A file that is no picture; the message says why."""


def name_picture(known: PictureSource, path: Path) -> PictureSource:
    """Return a picture with the name that it has as the file at ``path``."""
    stem = _UNSAFE.sub("-", path.stem) or "picture"
    suffix = path.suffix.lower()
    return replace(
        known,
        name=f"{stem}-{known.digest[:12]}{suffix}",
        is_mislabelled=_MIMETYPES.get(suffix, known.mimetype) != known.mimetype,
    )


def is_decoded(source: PictureSource) -> bool:
    """Tell whether derivatives can be made of a picture: not of SVG, nor of HEIC."""
    return source.mimetype in _DECODED and source.width > 0 and source.height > 0


def describe_cover(cover: Cover) -> PictureSource:
    """Return what is known of a cover before it is drawn; its ``size`` is 0."""
    text = repr((_GENERATION, COVER_SIZE, cover.seed, cover.tag))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return PictureSource(
        width=COVER_SIZE[0],
        height=COVER_SIZE[1],
        mimetype="image/jpeg",
        name=f"cover-{digest[:12]}.jpg",
        digest=digest,
    )
