"""Make the derivatives of one picture, from bytes to bytes."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image

from sphinx_leadposts.imaging.clean import remove_metadata
from sphinx_leadposts.imaging.colour import convert_to_srgb, flatten
from sphinx_leadposts.imaging.draw import draw_cover
from sphinx_leadposts.imaging.encoders import ENCODERS
from sphinx_leadposts.imaging.frame import cut_piece, put_on_white
from sphinx_leadposts.imaging.plan import SAME
from sphinx_leadposts.imaging.source import SIDEWAYS, explain, open_picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_leadposts.imaging.plan import Recipe
    from sphinx_leadposts.model.picture import Cover

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

_DRAFTED: Final = frozenset({"JPEG", "MPO"})
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
    """Return the renditions of one decoding, each made from the next larger.

    What comes out for one recipe does not depend on the others: a file that is made
    again alone must be the one that it was.
    """
    levels = _Levels(data)
    made = []
    for recipe in sorted(recipes, key=lambda recipe: -recipe.width):
        piece = cut_piece(levels.find(recipe.steps), recipe, levels.size)
        made.append(_encode(piece, recipe, len(data)))
    return made


class _Levels:
    """One picture, upright and in sRGB, in the sizes that it is brought down to."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._decoded: dict[int, Image.Image] = {}
        self._made: dict[tuple[int, ...], Image.Image] = {}
        self._image, self._orientation = open_picture(data)
        width, height = self._image.size
        is_sideways = self._orientation in SIDEWAYS
        self.size = (height, width) if is_sideways else (width, height)

    def find(self, steps: tuple[int, ...]) -> Image.Image:
        """Return the whole picture, brought down to the last of the widths."""
        if steps not in self._made:
            if len(steps) > 1:
                larger = self.find(steps[:-1])
                self._made[steps] = self._shrink(larger, steps[-1])
            else:
                # The colours are converted after the first step, as that goes by pixel.
                larger = self._decode(steps[0] if steps else self.size[0])
                larger = self._shrink(larger, steps[0]) if steps else larger
                profile = self._image.info.get("icc_profile")
                level = convert_to_srgb(larger, profile)
                level.info = {}  # Pillow writes into a file what it finds here
                self._made[steps] = level
        return self._made[steps]

    def _shrink(self, image: Image.Image, width: int) -> Image.Image:
        height = max(1, round(self.size[1] * width / self.size[0]))
        return image.resize((width, height), _LANCZOS, reducing_gap=_REDUCING_GAP)

    def _decode(self, width: int) -> Image.Image:
        """Return the picture upright, in its colours, at least so wide.

        A JPEG can be decoded at a half, a quarter or an eighth for less work.
        """
        part = self.size[0] // width if self._image.format in _DRAFTED else 1
        part = next((step for step in (8, 4, 2) if part >= step), 1)
        if part not in self._decoded:
            if self._decoded:
                self._image, _ = open_picture(self._data)
            image = self._image
            image.draft(None, (image.width // part, image.height // part))
            image.load()
            plain = flatten(image)
            if self._orientation in _TURNS:
                plain = plain.transpose(_TURNS[self._orientation])
            self._decoded[part] = plain
        return self._decoded[part]


def _encode(piece: Image.Image, recipe: Recipe, original: int) -> Rendition:
    """Return a file of the piece, unless it were no smaller than the original."""
    encoder = ENCODERS[recipe.format]
    buffer = BytesIO()
    try:
        if piece.mode == "RGBA" and not encoder.has_alpha:
            piece = put_on_white(piece)
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
