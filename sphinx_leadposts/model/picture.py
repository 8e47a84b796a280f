"""Pictures: what is known of a file, and what an author says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSource:
    """A readable picture: its size in pixels as seen, its MIME type, its name.

    ``name`` is what it is called in the output: its own stem and a hash of its bytes,
    so that equal names never meet and a changed picture is a new file to every cache
    on the way. ``digest`` is the whole hash, ``size`` the number of bytes.
    ``is_turned`` says that the pixels are stored in another direction than they are
    seen, ``is_mislabelled`` that the name ends as that of another format. A picture in
    a format that is not decoded here (HEIC, say) has no width and no height.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A cover for a post without a picture.

    ``seed`` is what tells the post from others, such as its docname; the same seed
    gives the same cover. ``tag`` is the first tag of the post, which gives the colour;
    it may be empty.
    """

    seed: str
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it stands in a page.

    ``path`` is the file, relative to the source folder, or a URL; empty for a cover
    that is drawn. ``source`` is what is known of the file, ``None`` for a URL. ``alt``
    is empty where the picture says no more than the title does. ``focus`` is the part
    to keep in a crop, as two percentages ("50% 30%").
    """

    path: str = ""
    source: PictureSource | None = None
    cover: Cover | None = None
    alt: str = ""
    caption: str = ""
    credit: str = ""
    focus: str = ""

    @property
    def name(self) -> str:
        """What the file is called in the output, empty for a URL."""
        return self.source.name if self.source else ""

    @property
    def width(self) -> int:
        """Its width in pixels as seen, 0 where unknown."""
        return self.source.width if self.source else 0

    @property
    def height(self) -> int:
        """Its height in pixels as seen, 0 where unknown."""
        return self.source.height if self.source else 0

    @property
    def mimetype(self) -> str:
        """Its MIME type, empty for a URL."""
        return self.source.mimetype if self.source else ""


def make_picture(fields: Mapping[str, Any]) -> Picture:
    """Return the picture of which `dataclasses.asdict` made plain data."""
    source, cover = fields["source"], fields["cover"]
    return Picture(
        **{
            **fields,
            "source": PictureSource(**source) if source else None,
            "cover": Cover(**cover) if cover else None,
        }
    )
