"""Pixels as every screen shows them: eight bits, sRGB, with or without alpha."""

from __future__ import annotations

import math
from functools import lru_cache
from io import BytesIO
from typing import Final, cast

from PIL import Image, ImageCms, ImageMath

_PLAIN: Final = frozenset({"L", "RGB", "RGBA", "CMYK"})
_DEEP: Final = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
_SIXTEEN_BITS: Final = 65535
#: Colours one step of eight bits off are the same to any eye, and to the rounding of
#: any conversion.
_ROUNDING: Final = 2
_FLAGS: Final = ImageCms.Flags.BLACKPOINTCOMPENSATION


def flatten(image: Image.Image) -> Image.Image:
    """Return the pixels of a picture in mode L, RGB, RGBA or CMYK.

    Palettes and colour keys are resolved; grey of more than eight bits is scaled to
    eight; an alpha channel that hides nothing is left out.
    """
    if image.mode in _DEEP:
        return _hide(_scale(image), image)
    if image.has_transparency_data:
        image = image if image.mode == "RGBA" else image.convert("RGBA")
        lowest, _ = image.getchannel("A").getextrema()
        return image.convert("RGB") if lowest == 255 else image
    if image.mode in _PLAIN:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def convert_to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in L, RGB or RGBA, its colours converted to sRGB.

    The rendering is relative colorimetric with black point compensation: colours that
    sRGB has keep their look, others become the nearest that it has. A profile that is
    broken, or for other pixels, is left out of account.

    :param image: in L, RGB, RGBA or CMYK
    :param profile: the content of an ICC profile (ICC.1), or ``None`` for sRGB
    """
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    transform = _find_transform(profile, colours.mode) if profile else None
    if transform:
        colours = transform.apply(colours)
        if image.mode == "L":
            colours = colours.convert("L")
    elif colours.mode == "CMYK":
        colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


@lru_cache(maxsize=16)
def _find_transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return what turns colours of a profile into sRGB, ``None`` where nothing does.

    Most photographs carry a profile that *is* sRGB, under many names; whether it is
    one is asked of the colours, not of the name.
    """
    try:
        transform = ImageCms.ImageCmsTransform(
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=_FLAGS,
        )
        chart = _make_chart(mode)
        changed = transform.apply(chart).tobytes()
    # littleCMS refuses with OSError, Pillow with ValueError, TypeError, PyCMSError.
    except (OSError, TypeError, ValueError, ImageCms.PyCMSError):
        return None
    unchanged = chart.convert("RGB").tobytes()
    if mode != "CMYK" and all(
        abs(a - b) <= _ROUNDING for a, b in zip(changed, unchanged, strict=True)
    ):
        return None
    return transform


def _make_chart(mode: str) -> Image.Image:
    """Return a small picture with colours from all over the space of a mode."""
    bands = len(mode)
    steps = {1: 256, 3: 9, 4: 4}[bands]
    values = [round(255 * step / (steps - 1)) for step in range(steps)]
    pixels = bytearray()
    for place in range(steps**bands):
        pixels += bytes(values[place // steps**band % steps] for band in range(bands))
    return Image.frombytes(mode, (steps**bands, 1), bytes(pixels))


def _hide(grey: Image.Image, image: Image.Image) -> Image.Image:
    """Return greys with the one left out that a PNG says is transparent."""
    key = image.info.get("transparency")
    if not isinstance(key, int):
        return grey
    mask = ImageMath.lambda_eval(
        lambda names: names["convert"]((names["deep"] != key) * 255, "L"),
        deep=image.convert("I"),
    )
    hidden = grey.convert("RGB")
    hidden.putalpha(mask)
    return hidden


def _scale(image: Image.Image) -> Image.Image:
    """Return grey of 16 or 32 bits, or in floating point, in eight bits.

    Whole numbers are of 16 bits unless they are larger. Floating-point greys go from
    0 to 1, or to 255; others are stretched from their darkest to their lightest.
    """
    if image.mode.startswith("I;16"):
        image = image.convert("I")
    low, high = cast("tuple[float, float]", image.getextrema())
    if not all(math.isfinite(end) for end in (low, high)):
        message = "it has greys that are no numbers"
        raise ValueError(message)
    if image.mode == "I" and low >= 0 and high <= _SIXTEEN_BITS:
        low, high = 0, _SIXTEEN_BITS
    elif image.mode == "F" and low >= 0 and high <= 1:
        low, high = 0, 1
    elif image.mode == "F" and low >= 0 and high <= 255:
        low, high = 0, 255
    scale = 255 / ((high - low) or 1)
    # Pillow cuts off at conversion; the half makes it round.
    return (
        image.convert("F").point(lambda v: v * scale + (0.5 - low * scale)).convert("L")
    )
