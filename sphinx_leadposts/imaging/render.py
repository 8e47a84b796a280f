"""Make the derivatives of one picture, from bytes to bytes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image

from sphinx_leadposts.imaging.clean import remove_metadata
from sphinx_leadposts.imaging.colour import convert_to_srgb, flatten
from sphinx_leadposts.imaging.draw import draw_cover
from sphinx_leadposts.imaging.encoders import ENCODERS
from sphinx_leadposts.imaging.plan import SAME
from sphinx_leadposts.imaging.source import explain, open_picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_leadposts.imaging.picture import Cover
    from sphinx_leadposts.imaging.plan import Recipe

_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What stands a picture upright, by its EXIF orientation (CIPA DC-008, 4.6.4)."""

_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
#: Pillow's documentation of ``Image.resize``: from 3 on hardly to be told from exact.
_REDUCING_GAP: Final = 3.0
_LANCZOS: Final = Image.Resampling.LANCZOS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """What became of one recipe.

    ``content`` is the file; ``None`` where there is none to be written: because it
    would not be smaller (``size`` says how many bytes it had) or has nothing to leave
    out, or because of a ``problem``. A problem that is not ``lasting`` may be gone
    the next time with the same bytes.
    """

    recipe: Recipe
    content: bytes | None = None
    size: int = 0
    problem: str = ""
    lasting: bool = True


def render_picture(data: bytes, recipes: Sequence[Recipe]) -> tuple[Rendition, ...]:
    """Return what becomes of the recipes, in their order, for the bytes of a picture.

    Raises nothing: whatever is wrong with the picture stands in the renditions.
    """
    made = [_render_same(data, recipe) for recipe in recipes if recipe.format == SAME]
    others = [recipe for recipe in recipes if recipe.format != SAME]
    try:
        made += _render_others(data, others) if others else []
    # A damaged file can make a decoder raise anything.
    except Exception as error:
        made += _give_up(others, error)
    return tuple(sorted(made, key=lambda rendition: recipes.index(rendition.recipe)))


def render_cover(cover: Cover, recipes: Sequence[Recipe]) -> tuple[Rendition, ...]:
    """Return what becomes of the recipes for a cover, which is drawn first."""
    data = draw_cover(cover)
    return tuple(
        # Of a cover there is no other original.
        Rendition(recipe=rendition.recipe, content=data, size=len(data))
        if rendition.recipe.format == SAME
        else rendition
        for rendition in render_picture(data, recipes)
    )


def _give_up(recipes: Iterable[Recipe], error: Exception) -> tuple[Rendition, ...]:
    """Return renditions with a problem for all recipes of a picture.

    What the bytes of the picture are to blame for will last.
    """
    lasting = not isinstance(error, MemoryError)
    return tuple(
        Rendition(recipe=recipe, problem=explain(error), lasting=lasting)
        for recipe in recipes
    )


def _render_same(data: bytes, recipe: Recipe) -> Rendition:
    try:
        clean = remove_metadata(data)
    except Exception as error:
        return _give_up([recipe], error)[0]
    content = None if clean == data else clean
    return Rendition(recipe=recipe, content=content, size=len(clean))


def _render_others(data: bytes, recipes: Iterable[Recipe]) -> list[Rendition]:
    """Return the renditions of one decoding, each made from the next larger."""
    image, orientation = open_picture(data)
    with image:
        width, height = image.size
        if orientation in _SIDEWAYS:
            width, height = height, width
        ordered = sorted(recipes, key=lambda recipe: -_scale(recipe, width))
        scale = _scale(ordered[0], width)
        level = _decode(image, orientation, scale=scale)
    made: list[Rendition] = []
    piece, done = level, None
    for recipe in ordered:
        shape = (recipe.width, recipe.height, recipe.box)
        if shape != done:
            done = shape
            piece = _cut(level, recipe, (width, height))
        if not recipe.box:
            level = piece
        made.append(_encode(piece, recipe, len(data)))
    return made


def _scale(recipe: Recipe, width: int) -> float:
    """Return how many pixels of the recipe there are to one of a picture so wide."""
    return recipe.width / (recipe.box[2] - recipe.box[0] if recipe.box else width)


def _decode(image: Image.Image, orientation: int, *, scale: float) -> Image.Image:
    """Return the picture upright and in sRGB, not much larger than the scale asks."""
    wanted = tuple(max(1, math.ceil(side * scale)) for side in image.size)
    # A JPEG can be decoded at a half, a quarter or an eighth for less work.
    image.draft(None, (wanted[0], wanted[1]))
    image.load()
    profile = image.info.get("icc_profile")
    plain = flatten(image)
    if plain.width > wanted[0]:
        plain = plain.resize(wanted, _LANCZOS, reducing_gap=_REDUCING_GAP)
    if orientation in _TURNS:
        plain = plain.transpose(_TURNS[orientation])
    # After the reduction, as it costs by the pixel.
    plain = convert_to_srgb(plain, profile)
    plain.info = {}  # Pillow writes into a file what it finds here
    return plain


def _cut(level: Image.Image, recipe: Recipe, size: tuple[int, int]) -> Image.Image:
    """Return a picture of the size of a recipe.

    :param size: width and height of the whole picture, which the box is counted in
    """
    left, top, right, bottom = recipe.box or (0, 0, *size)
    across, down = level.width / size[0], level.height / size[1]
    box = (
        left * across,
        top * down,
        min(right * across, level.width),
        min(bottom * down, level.height),
    )
    wanted = (recipe.width, recipe.height)
    return level.resize(wanted, _LANCZOS, box=box, reducing_gap=_REDUCING_GAP)


def _encode(piece: Image.Image, recipe: Recipe, original: int) -> Rendition:
    """Return a file of the piece, unless it were no smaller than the original."""
    encoder = ENCODERS[recipe.format]
    buffer = BytesIO()
    try:
        if piece.mode == "RGBA" and not encoder.has_alpha:
            paper = Image.new("RGB", piece.size, "white")
            paper.paste(piece, mask=piece.getchannel("A"))
            piece = paper
        options = dict(recipe.options)
        if encoder.has_quality:
            options["quality"] = recipe.quality
        piece.save(buffer, encoder.format, **options)
    except Exception as error:
        return _give_up([recipe], error)[0]
    content = buffer.getvalue()
    if len(content) >= original and not recipe.required:
        return Rendition(recipe=recipe, size=len(content))
    return Rendition(recipe=recipe, content=content, size=len(content))
