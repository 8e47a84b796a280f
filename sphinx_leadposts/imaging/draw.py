"""Draw a calm cover for a post without a picture, in the colour of its first tag.

There are no letters in it, so that it suits every script, and its lightness keeps to
the middle, so that it stands beside photographs on light pages and on dark ones.
"""

from __future__ import annotations

import hashlib
import math
import random
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeAlias

from PIL import Image, ImageDraw

from sphinx_leadposts.imaging.picture import COVER_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_leadposts.model.picture import Cover

Colour: TypeAlias = tuple[int, int, int]
_Point: TypeAlias = tuple[float, float]

#: Drawn so much larger, then reduced, which smooths every edge.
_SCALE: Final = 2
_SIZE: Final = (COVER_SIZE[0] * _SCALE, COVER_SIZE[1] * _SCALE)
_WIDTH: Final = float(_SIZE[0])
_HEIGHT: Final = float(_SIZE[1])
_QUALITY: Final = 90
#: The hue of posts without a tag: a quiet blue.
_NO_TAG: Final = 245.0


def draw_cover(cover: Cover) -> bytes:
    """Return the content of a JPEG of `COVER_SIZE`, the same for equal covers."""
    # Python promises the same numbers of `random` for good, of its kin it does not.
    number = int.from_bytes(hashlib.sha256(cover.seed.encode()).digest()[:8], "big")
    dice = random.Random(number)  # noqa: S311 - for looks, not for secrets
    drawers = (_draw_ridges, _draw_lights, _draw_arcs)
    drawer = drawers[int(dice.random() * len(drawers))]
    picture = drawer(dice, choose_hue(cover.tag))
    buffer = BytesIO()
    small = picture.resize(COVER_SIZE, Image.Resampling.LANCZOS)
    small.save(buffer, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()


def choose_hue(tag: str) -> float:
    """Return the hue of a tag, in degrees around the circle of OKLCH."""
    if not tag:
        return _NO_TAG
    digest = hashlib.sha256(tag.casefold().encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 * 360


def mix_colour(lightness: float, chroma: float, hue: float) -> Colour:
    """Return a colour in sRGB that looks as light in every hue.

    By OKLCH (B. Ottosson, "A perceptual color space for image processing", 2020).

    :param lightness: from 0, black, to 1, white
    :param chroma: from 0, grey; up to 0.1 every hue has it
    :param hue: in degrees
    """
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red, green, blue = (
        _encode(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encode(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encode(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )
    return red, green, blue


def _encode(light: float) -> int:
    """Return one channel as sRGB writes it (IEC 61966-2-1), from linear light."""
    light = min(max(light, 0.0), 1.0)
    if light <= 0.0031308:
        return round(255 * 12.92 * light)
    return round(255 * (1.055 * math.pow(light, 1 / 2.4) - 0.055))


def _draw_ridges(dice: random.Random, hue: float) -> Image.Image:
    """Draw one range of soft hills behind another, and a pale sun."""
    turn = 30 if dice.random() < 0.5 else -30
    picture = _fade(mix_colour(0.80, 0.055, hue), mix_colour(0.90, 0.035, hue + turn))
    x, y = _WIDTH * (0.2 + 0.6 * dice.random()), _HEIGHT * (0.22 + 0.16 * dice.random())
    radius = _HEIGHT * (0.09 + 0.07 * dice.random())
    _glow(picture, (x, y), radius * 4.5, mix_colour(0.95, 0.03, hue + turn))
    pale = mix_colour(0.95, 0.025, hue + turn)
    _disc(picture, (x, y), radius, pale, pale)
    layers = 4 + int(2 * dice.random())
    for layer in range(layers):
        depth = layer / (layers - 1)
        base = _HEIGHT * (0.50 + 0.38 * depth)
        crest = _roll(dice, base, height=_HEIGHT * (0.085 - 0.03 * depth))
        shade = hue - turn * 0.6 * depth
        top = mix_colour(0.76 - 0.36 * depth, 0.065 + 0.02 * depth, shade)
        bottom = mix_colour(0.82 - 0.38 * depth, 0.055 + 0.02 * depth, shade)
        _fill(picture, [*crest, (_WIDTH, _HEIGHT), (0, _HEIGHT)], top, bottom)
    return picture


def _draw_lights(dice: random.Random, hue: float) -> Image.Image:
    """Draw colours that run into each other, and one disc in front of them."""
    turn = 45 if dice.random() < 0.5 else -45
    picture = _fade(
        mix_colour(0.78, 0.07, hue), mix_colour(0.58, 0.095, hue - turn / 2)
    )
    for place in range(4):
        x = _WIDTH * (0.1 + 0.27 * place + 0.12 * (dice.random() - 0.5))
        y = _HEIGHT * (0.1 + 0.8 * dice.random())
        light = 0.62 + 0.26 * (place % 2) + 0.06 * dice.random()
        colour = mix_colour(light, 0.085, hue + turn * (dice.random() - 0.35))
        _glow(picture, (x, y), _WIDTH * (0.35 + 0.12 * dice.random()), colour)
    radius = _HEIGHT * (0.24 + 0.10 * dice.random())
    centre = (_WIDTH * (0.28 + 0.44 * dice.random()), _HEIGHT * 0.52)
    top = mix_colour(0.92, 0.04, hue + turn / 2)
    _disc(picture, centre, radius, top, mix_colour(0.68, 0.09, hue + turn / 4))
    return picture


def _draw_arcs(dice: random.Random, hue: float) -> Image.Image:
    """Draw rings around a point at the edge, each lit from above."""
    turn = 28 if dice.random() < 0.5 else -28
    centre = (
        _WIDTH * (0.1 if dice.random() < 0.5 else 0.9),
        _HEIGHT * (1.1 if dice.random() < 0.6 else -0.1),
    )
    picture = _fade(mix_colour(0.90, 0.03, hue), mix_colour(0.84, 0.045, hue))
    rings = 6
    for ring in range(rings, 0, -1):
        part = ring / rings
        radius = _WIDTH * (0.92 * part + 0.06 * (dice.random() - 0.5))
        shade = hue + turn * (1 - part)
        light = 0.50 + 0.33 * part
        top = mix_colour(light + 0.05, 0.095 - 0.045 * part, shade)
        _disc(picture, centre, radius, top, mix_colour(light - 0.06, 0.08, shade))
    return picture


def _roll(dice: random.Random, base: float, *, height: float) -> list[_Point]:
    """Return a line of hills from left to right, two waves added up."""
    waves = [
        (height * part, _WIDTH * (0.55 + 0.5 * dice.random()) * part, dice.random())
        for part in (1.0, 0.45)
    ]
    return [
        (
            float(x),
            base - sum(h * math.sin(2 * math.pi * (x / n + s)) for h, n, s in waves),
        )
        for x in range(0, _SIZE[0] + 8, 8)
    ]


def _fill(
    picture: Image.Image, outline: Sequence[_Point], top: Colour, bottom: Colour
) -> None:
    """Fill a polygon, from its highest point down to the edge of the picture."""
    highest = max(0, int(min(y for _, y in outline)))
    shape = [(x, y - highest) for x, y in outline]
    mask = Image.new("L", (_SIZE[0], _SIZE[1] - highest))
    ImageDraw.Draw(mask).polygon(shape, fill=255)
    picture.paste(_fade(top, bottom, mask.size), (0, highest), mask)


def _disc(
    picture: Image.Image, centre: _Point, radius: float, top: Colour, bottom: Colour
) -> None:
    """Fill a circle, fading from the top to the bottom of what is seen of it."""
    x, y = centre
    left, upper = max(0, int(x - radius)), max(0, int(y - radius))
    right = min(_SIZE[0], int(x + radius) + 2)
    lower = min(_SIZE[1], int(y + radius) + 2)
    mask = Image.new("L", (right - left, lower - upper))
    circle = (x - radius - left, y - radius - upper, x + radius - left)
    ImageDraw.Draw(mask).ellipse((*circle, y + radius - upper), fill=255)
    picture.paste(_fade(top, bottom, mask.size), (left, upper), mask)


def _glow(picture: Image.Image, centre: _Point, radius: float, colour: Colour) -> None:
    """Shed light that is strongest in the centre and gone at the radius."""
    # Pillow's gradient is 0 in the middle and 180 where its inscribed circle ends.
    fall = [round(150 * max(0.0, 1 - value / 180) ** 2) for value in range(256)]
    side = round(2 * radius)
    light = Image.radial_gradient("L").resize((side, side)).point(fall)
    corner = (round(centre[0] - radius), round(centre[1] - radius))
    picture.paste(colour, (*corner, corner[0] + side, corner[1] + side), light)


def _fade(top: Colour, bottom: Colour, size: tuple[int, int] = _SIZE) -> Image.Image:
    """Return a picture that fades from one colour to another."""
    ramp = Image.linear_gradient("L").resize(size, Image.Resampling.BILINEAR)
    return Image.composite(
        Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp
    )
