"""Sample pictures of four kinds: photographs, drawings, screenshots, logos."""

from __future__ import annotations

import random
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

from sphinx_leadposts.commands.pictures import PICTURES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

BOX: Final = (1920, 1080)
"""Width and height that photographs are made to fit into."""

_SUFFIXES: Final = (".jpg", ".jpeg", ".png", ".webp")
_SCREEN: Final = (1600, 1000)
_LOGO: Final = (800, 800)
_SMOOTH: Final = 4
_WORDS: Final = ("return", "import", "yield", "page", "picture", "width", "if", "else")
_INKS: Final = ("#c678dd", "#61afef", "#98c379", "#e5c07b", "#e06c75", "#abb2bf")


def find_photographs(folder: Path, *, fewest: int) -> list[Path]:
    """Return the pictures below a folder that are larger than 1080p.

    :raises ValueError: where there are fewer than ``fewest``
    """
    found = []
    for path in sorted(folder.rglob("*")):
        # Trees of wallpapers link one picture under many names.
        if path.suffix.lower() not in _SUFFIXES or path.is_symlink():
            continue
        with Image.open(path) as image:
            if image.width >= BOX[0] or image.height >= BOX[1]:
                found.append(path)
    if len(found) < fewest:
        message = f"{folder} has {len(found)} pictures of 1080p or more, not {fewest}"
        raise ValueError(message)
    return found


def pick_unlike(paths: Sequence[Path], number: int) -> list[Path]:
    """Return JPEGs far apart in the list: neighbours are sizes of one picture."""
    found = [path for path in paths if path.suffix.lower() in {".jpg", ".jpeg"}]
    step = max(1, len(found) // number)
    return found[::step][:number]


def shrink(path: Path) -> Image.Image:
    """Return the picture of a file, made to fit into 1080p, in RGB."""
    with Image.open(path) as image:
        picture = image.convert("RGB")
    picture.thumbnail(BOX, Image.Resampling.LANCZOS)
    picture.info.clear()
    return picture


def draw_drawings() -> list[Image.Image]:
    """Return the drawings of the package's own starter blog: soft gradients, edges."""
    return [
        Image.open(BytesIO(draw().encode())).convert("RGB")
        for draw in PICTURES.values()
    ]


def draw_screenshots(number: int) -> list[Image.Image]:
    """Return what editors and forms look like: flat areas and small letters."""
    return [_draw_screenshot(random.Random(seed)) for seed in range(number)]  # noqa: S311


def _draw_screenshot(dice: random.Random) -> Image.Image:
    dark = dice.random() < 0.5
    paper, bar = ("#282c34", "#21252b") if dark else ("#ffffff", "#f2f2f4")
    image = Image.new("RGB", _SCREEN, paper)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _SCREEN[0], 56), fill=bar)
    draw.rectangle((0, 56, 300, _SCREEN[1]), fill=bar)
    for place, ink in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        draw.ellipse((20 + 30 * place, 18, 40 + 30 * place, 38), fill=ink)
    small, large = ImageFont.load_default(15), ImageFont.load_default(18)
    for row in range(30):
        name = f"{dice.choice(_WORDS)}_{dice.choice(_WORDS)}.py"
        draw.text((28, 76 + 30 * row), name, fill="#8a919e", font=small)
    for row in range(36):
        x = 330 + 36 * dice.randrange(4)
        for _ in range(dice.randrange(9)):
            word = dice.choice(_WORDS)
            ink = (
                dice.choice(_INKS) if dark else dice.choice(("#222", "#0550ae", "#a40"))
            )
            draw.text((x, 76 + 25 * row), word, fill=ink, font=large)
            x += int(draw.textlength(word, large)) + 10
    return image


def draw_logos(number: int) -> list[Image.Image]:
    """Return emblems on nothing: flat colours, smooth edges, transparency."""
    return [_draw_logo(random.Random(seed)) for seed in range(number)]  # noqa: S311


def _draw_logo(dice: random.Random) -> Image.Image:
    size = (_LOGO[0] * _SMOOTH, _LOGO[1] * _SMOOTH)
    image = Image.new("RGBA", size)
    draw = ImageDraw.Draw(image)
    for _ in range(6):
        ink = f"hsl({dice.randrange(360)}, {60 + dice.randrange(40)}%, 50%)"
        x, y = (dice.randrange(size[0] * 3 // 4) for _ in range(2))
        side = size[0] // 6 + dice.randrange(size[0] // 3)
        box = (x, y, min(x + side, size[0] - 8), min(y + side, size[1] - 8))
        if dice.random() < 0.5:
            draw.ellipse(box, fill=ink)
        else:
            draw.rounded_rectangle(box, side // 6, fill=ink)
    font = ImageFont.load_default(size[1] // 5)
    draw.text((size[0] // 8, size[1] * 2 // 5), "Logo", fill="#1b1b1f", font=font)
    return image.resize(_LOGO, Image.Resampling.LANCZOS)


def list_kinds(
    photographs: Sequence[Path], number: int
) -> dict[str, Callable[[], list[Image.Image]]]:
    """Return for each kind of picture what makes ``number`` samples of it."""
    return {
        "photographs": lambda: [
            shrink(path) for path in pick_unlike(photographs, number)
        ],
        "drawings": lambda: draw_drawings()[:number],
        "screenshots": lambda: draw_screenshots(number),
        "logos": lambda: draw_logos(number),
    }
