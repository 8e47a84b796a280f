"""Where pictures are shown, how wide, and which part of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_leadposts.model.picture import PictureSource

Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom of a part of a picture, in its pixels as seen.

It may reach beyond the picture, which is then padded.
"""

#: A frame that cuts off less than this part shows the whole picture's derivatives.
_CROP_WORTH: Final = 0.05
#: A frame that would cut off more than this part of a picture is filled with the whole
#: of it and a ground beside it: one in so many parts.
_CROP_MOST: Final = 3
#: Up to this width in CSS pixels a place is on a telephone, with up to three pixels
#: to one of CSS; wider ones are counted with two.
_PHONE: Final = 440


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where pictures are shown, and how wide, in CSS pixels.

    ``ratio`` is width by height of the frame that a picture fills, with the rest cut
    off (``object-fit: cover``); 0 where it is shown whole.
    """

    name: str
    css_widths: tuple[int, ...]
    ratio: float = 0


HEADER: Final = Place(name="header", css_widths=(360, 640, 800))
"""Above a post, as wide as its text: from a telephone to a wide theme."""

CARD: Final = Place(name="card", css_widths=(250, 360, 400), ratio=16 / 9)
"""In a grid of cards, of one column up to four."""

BODY: Final = Place(name="body", css_widths=(360, 640, 800))
"""In the text of a post."""

SOCIAL_SIZE: Final = (1200, 630)
"""Width and height in pixels of what a link preview shows: what Facebook's guide to
sharing (Images in Link Shares) asks for, and others take."""

SOCIAL: Final = Place(
    name="social", css_widths=(), ratio=SOCIAL_SIZE[0] / SOCIAL_SIZE[1]
)
"""In previews of links, on other sites: one file, exactly of `SOCIAL_SIZE`."""

WIDEST: Final = 1600
"""The most pixels across that a screen with two to each of CSS asks for."""

PRINT: Final = Place(name="print", css_widths=())
"""On paper, and in books, whose readers know few formats."""


def choose_widths(own: int, place: Place, rungs: Sequence[int]) -> list[int]:
    """Return the widths in pixels that screens ask for in a place, from small to large.

    :param own: the width of the picture, which stands in for any that is not to be had
    :param rungs: the widths to be had, from small to large, none beyond its own
    """
    wanted = set()
    for css in place.css_widths:
        for density in (1, 2, 3) if css <= _PHONE else (1, 2):
            enough = (rung for rung in rungs if rung >= css * density)
            wanted.add(next(enough, own))
    return sorted(wanted)


def find_box(
    source: PictureSource, ratio: float, *, focus: tuple[float, float] = (50, 50)
) -> Box | None:
    """Return the part of a picture that a frame shows, or ``None`` for all of it.

    :param ratio: width by height of the frame; 0 for none
    """
    width, height = source.width, source.height
    if not (ratio and width and height):
        return None
    box = _cover(source, ratio, focus)
    if (box[2] - box[0]) * (box[3] - box[1]) >= (1 - _CROP_WORTH) * width * height:
        return None
    return box


def find_frame(
    source: PictureSource,
    size: tuple[int, int],
    *,
    focus: tuple[float, float] = (50, 50),
) -> Box:
    """Return the part of a picture that fills a frame of that shape altogether.

    Where that would cut off more than a third of its area, it is the whole picture
    and as much beside it, on both sides, as the shape asks for.

    :param size: width and height of the frame
    """
    # Whole numbers, so that exactly a third is no more than a third.
    across, down = source.width * size[1], source.height * size[0]
    if _CROP_MOST * min(across, down) >= (_CROP_MOST - 1) * max(across, down):
        return _cover(source, size[0] / size[1], focus)
    width = max(source.width, round(down / size[1]))
    height = max(source.height, round(across / size[0]))
    left, top = (source.width - width) // 2, (source.height - height) // 2
    return (left, top, left + width, top + height)


def _cover(source: PictureSource, ratio: float, focus: tuple[float, float]) -> Box:
    """Return the largest part of a picture that has a ratio, around the focus."""
    width = min(source.width, max(1, round(source.height * ratio)))
    height = min(source.height, max(1, round(source.width / ratio)))
    left = round((source.width - width) * min(max(focus[0], 0), 100) / 100)
    top = round((source.height - height) * min(max(focus[1], 0), 100) / 100)
    return (left, top, left + width, top + height)


def read_focus(text: str) -> tuple[float, float]:
    """Return the percentages of a focus such as ``50% 30%``; the middle where empty."""
    parts = text.replace("%", "").split()
    return (float(parts[0]), float(parts[1])) if len(parts) == 2 else (50, 50)
