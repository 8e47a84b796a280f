"""A canvas for calm pictures: gradients, glows, discs, rings and rolling ridges.

Lengths are pixels of the finished picture; everything is drawn larger and reduced at
the end, which smooths every edge.
"""

from __future__ import annotations

import math
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeAlias

from PIL import Image, ImageColor, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE: Final = (1200, 675)
"""Width and height of a finished picture: wide enough for a header, 16 to 9."""

Point: TypeAlias = tuple[float, float]
"""From the left, and from the top."""

Wave: TypeAlias = tuple[float, float, float]
"""Height, length and shift to the left."""

_SCALE: Final = 3
_QUALITY: Final = 88


class Canvas:
    """One picture while it is drawn.

    :param colours: the background from top to bottom, evenly spaced.
    """

    def __init__(self, *colours: str) -> None:
        self._size = (SIZE[0] * _SCALE, SIZE[1] * _SCALE)
        self._picture = _fade(self._size, colours)

    def glow(
        self, x: float, y: float, radius: float, colour: str, strength: float
    ) -> None:
        """Shed light that is strongest at (x, y) and gone at the radius."""
        # Pillow's gradient is 0 in the middle and 180 where its inscribed circle ends.
        fall = [max(0.0, 1 - value / 180) for value in range(256)]
        light = Image.radial_gradient("L").point(
            [round(255 * strength * rest * rest) for rest in fall]
        )
        side = round(2 * radius * _SCALE)
        light = light.resize((side, side), Image.Resampling.BICUBIC)
        self._paint(light, (x - radius, y - radius), [colour])

    def disc(
        self, x: float, y: float, radius: float, colour: str, opacity: float = 1
    ) -> None:
        """Fill a circle."""
        mask, circle = _frame(radius)
        ImageDraw.Draw(mask).ellipse(circle, fill=round(255 * opacity))
        self._paint(mask, (x - radius, y - radius), [colour])

    def ring(
        self,
        x: float,
        y: float,
        radius: float,
        colour: str,
        *,
        width: float,
        opacity: float,
    ) -> None:
        """Draw the line of a circle, its outer edge at the radius."""
        mask, circle = _frame(radius)
        line = round(width * _SCALE)
        ImageDraw.Draw(mask).ellipse(circle, outline=round(255 * opacity), width=line)
        self._paint(mask, (x - radius, y - radius), [colour])

    def line(
        self, start: Point, end: Point, colour: str, *, width: float, opacity: float
    ) -> None:
        """Draw a straight line."""
        across = math.dist(start, end) * 2 / width
        x, y = (end[1] - start[1]) / across, (start[0] - end[0]) / across
        outline = (
            (start[0] + x, start[1] + y),
            (end[0] + x, end[1] + y),
            (end[0] - x, end[1] - y),
            (start[0] - x, start[1] - y),
        )
        self.shape(outline, colour, opacity=opacity)

    def shape(
        self, outline: Sequence[Point], *colours: str, opacity: float = 1
    ) -> None:
        """Fill a polygon, from its highest point to its lowest, with the colours."""
        left, right = min(x for x, _ in outline), max(x for x, _ in outline)
        top, bottom = min(y for _, y in outline), max(y for _, y in outline)
        size = (right - left) * _SCALE, (bottom - top) * _SCALE
        mask = Image.new("L", (math.ceil(size[0]) + 1, math.ceil(size[1]) + 1))
        points = [((x - left) * _SCALE, (y - top) * _SCALE) for x, y in outline]
        ImageDraw.Draw(mask).polygon(points, fill=round(255 * opacity))
        self._paint(mask, (left, top), colours)

    def _paint(self, mask: Image.Image, corner: Point, colours: Sequence[str]) -> None:
        """Lay the colours where the mask, put at the corner, is light."""
        left, top = (round(place * _SCALE) for place in corner)
        box = (left, top, left + mask.width, top + mask.height)
        is_one = len(colours) == 1
        fill = _read(colours[0]) if is_one else _fade(mask.size, colours)
        self._picture.paste(fill, box, mask)

    def mirror(self, horizon: float, colour: str, opacity: float) -> None:
        """Turn everything below the horizon into water that shows what is above it."""
        edge = round(horizon * _SCALE)
        width, height = self._size
        above = self._picture.crop((0, 2 * edge - height, width, edge))
        water = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        water = water.filter(ImageFilter.GaussianBlur(3 * _SCALE))
        tint = Image.new("RGB", water.size, ImageColor.getrgb(colour))
        self._picture.paste(Image.blend(water, tint, opacity), (0, edge))

    def encode(self) -> bytes:
        """Finish the picture; gives the content of a JPEG file."""
        buffer = BytesIO()
        small = self._picture.resize(SIZE, Image.Resampling.LANCZOS)
        small.save(buffer, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
        return buffer.getvalue()


def roll(base: float, *waves: Wave, sharp: bool = False) -> list[Point]:
    """Lay a ridge across the picture, as the outline of all that is below it.

    :param base: height of its middle line.
    :param waves: (height, length, shift) of each wave; they are added up.
    :param sharp: whether the waves have pointed crests, as mountains have.
    """
    wave = _pointed if sharp else _rounded
    crest = [
        (float(x), base - sum(h * wave((x + shift) / n) for h, n, shift in waves))
        for x in range(0, SIZE[0] + 4, 3)
    ]
    return [(0.0, float(SIZE[1])), *crest, (float(SIZE[0]), float(SIZE[1]))]


def _rounded(turns: float) -> float:
    return math.sin(2 * math.pi * turns)


def _pointed(turns: float) -> float:
    return 1 - 4 * abs(turns % 1 - 0.5)


def _frame(radius: float) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """Give an empty mask that holds a circle of the radius, and the circle's box."""
    side = round(2 * radius * _SCALE)
    return Image.new("L", (side + 1, side + 1)), (0, 0, side, side)


def _read(colour: str) -> tuple[int, int, int]:
    red, green, blue, *_ = ImageColor.getrgb(colour)
    return red, green, blue


def _fade(size: tuple[int, int], colours: Sequence[str]) -> Image.Image:
    """Fill a picture from top to bottom with the colours, one fading into the next."""
    stops = [_read(colour) for colour in colours]
    strip = bytearray()
    for y in range(size[1]):
        place = y / max(1, size[1] - 1) * (len(stops) - 1)
        first = min(int(place), max(0, len(stops) - 2))
        pair = zip(stops[first], stops[min(first + 1, len(stops) - 1)], strict=True)
        strip += bytes(round(a + (b - a) * (place - first)) for a, b in pair)
    column = Image.frombytes("RGB", (1, size[1]), bytes(strip))
    return column.resize(size, Image.Resampling.NEAREST)
