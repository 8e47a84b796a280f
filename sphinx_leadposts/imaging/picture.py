"""Records of pictures: files that were looked at, and covers to be drawn.

Pillow is not loaded here: a build in which no picture changed does without it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

COVER_SIZE: Final = (1200, 675)
"""Width and height of a cover in pixels: wide enough for a header, 16 to 9."""

#: Changes with the code of `draw`, so that covers of older code are drawn anew.
_GENERATION: Final = 1


_SUFFIXES: Final = {
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
_UNSAFE: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSource:
    """A readable picture: its size in pixels as seen, its MIME type, its name.

    ``name`` holds the file's own stem and a hash of its bytes, so that equal names
    never meet and a changed picture is a new file to every cache on the way.
    ``digest`` is the whole hash, ``size`` the number of bytes. ``is_turned`` says that
    the pixels are stored in another direction than they are seen, ``is_mislabelled``
    that the name ends as that of another format. A picture in a format that is not
    decoded here (HEIC, say) has no width and no height.
    """

    width: int
    height: int
    mimetype: str
    name: str
    digest: str = ""
    size: int = 0
    has_alpha: bool = False
    is_animated: bool = False
    is_turned: bool = False
    is_mislabelled: bool = False


class PictureUnreadableError(ValueError):
    """A file that is no picture; the message says why."""


def name_picture(known: PictureSource, path: Path) -> PictureSource:
    """Return a picture with the name that it has as the file at ``path``."""
    stem = _UNSAFE.sub("-", path.stem) or "picture"
    suffix = path.suffix.lower()
    return replace(
        known,
        name=f"{stem}-{known.digest[:12]}{suffix}",
        is_mislabelled=_SUFFIXES.get(suffix, known.mimetype) != known.mimetype,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A cover for a post without a picture.

    :param seed: what tells the post from others, such as its docname; the same seed
        gives the same cover
    :param tag: the first tag of the post, which gives the colour; may be empty
    """

    seed: str
    tag: str = ""


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
