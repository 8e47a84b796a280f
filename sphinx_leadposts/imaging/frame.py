"""What a frame shows of a picture, and the ground beside one that does not fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from PIL import Image, ImageFilter, ImageStat

if TYPE_CHECKING:
    from sphinx_leadposts.imaging.plan import Recipe

_Colour: TypeAlias = tuple[int, ...]

_LANCZOS: Final = Image.Resampling.LANCZOS
#: An edge is of one colour if so much of it is no more than so many steps off: what
#: JPEG leaves of a plain ground, and a line or two that run out of the picture.
_FLAT_PART: Final = 0.95
_FLAT_STEPS: Final = 10
#: The ground is blurred as a small picture; one of this width has no detail left.
_BLURRED_WIDTH: Final = 48
_BLUR_RADIUS: Final = 3
#: Darker than the picture, which stands out on it.
_SHADE: Final = 0.7


def cut_piece(level: Image.Image, recipe: Recipe, size: tuple[int, int]) -> Image.Image:
    """Return the part of a picture that a recipe asks for, as large as it says.

    :param level: the whole picture, in a size of its own
    :param size: width and height that the box of the recipe is counted in
    """
    box = recipe.box
    if box is None:
        return level
    if box[0] < 0 or box[1] < 0:
        return _pad(level, (recipe.width, recipe.height), size)
    # Whole pixels stay sharp.
    spare = (level.width - recipe.width, level.height - recipe.height)
    left = min(round(box[0] * level.width / size[0]), spare[0])
    top = min(round(box[1] * level.height / size[1]), spare[1])
    if left < 0 or top < 0:
        part = (
            box[0] * level.width / size[0],
            box[1] * level.height / size[1],
            box[2] * level.width / size[0],
            box[3] * level.height / size[1],
        )
        return level.resize((recipe.width, recipe.height), _LANCZOS, box=part)
    return level.crop((left, top, left + recipe.width, top + recipe.height))


def put_on_white(piece: Image.Image) -> Image.Image:
    """Return a picture in RGB, white where one in RGBA was transparent."""
    paper = Image.new("RGB", piece.size, "white")
    paper.paste(piece, mask=piece.getchannel("A"))
    return paper


def _pad(
    level: Image.Image, frame: tuple[int, int], size: tuple[int, int]
) -> Image.Image:
    """Return the whole picture in the middle of a ground that suits it.

    That is white for one that is transparent anyhow. One with edges of one colour (a
    drawing, a page of text) goes on in it; any other, as photographs, stands before
    itself, blurred and darker.
    """
    scale = min(frame[0] / size[0], frame[1] / size[1])
    inner = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    whole = level if level.size == inner else level.resize(inner, _LANCZOS)
    left, top = (frame[0] - inner[0]) // 2, (frame[1] - inner[1]) // 2
    if whole.mode == "RGBA":
        ground = Image.new("RGB", frame, "white")
        ground.paste(whole, (left, top), whole.getchannel("A"))
        return ground
    ground = _continue(whole, frame) or _blur(whole, frame)
    ground.paste(whole, (left, top))
    return ground


def _continue(whole: Image.Image, frame: tuple[int, int]) -> Image.Image | None:
    """Return a ground that goes on with the colour of each edge beside it.

    ``None`` where one of the two edges has more than one colour.
    """
    width, height = whole.size
    if height == frame[1]:
        half = (frame[0] // 2, frame[1])
        edges = ((0, 0, 1, height), (width - 1, 0, width, height))
        corner = (half[0], 0)
    else:
        half = (frame[0], frame[1] // 2)
        edges = ((0, 0, width, 1), (0, height - 1, width, height))
        corner = (0, half[1])
    colours = [_find_colour(whole.crop(edge)) for edge in edges]
    if colours[0] is None or colours[1] is None:
        return None
    ground = Image.new(whole.mode, frame, colours[0])
    ground.paste(colours[1], (*corner, *frame))
    return ground


def _find_colour(edge: Image.Image) -> _Colour | None:
    """Return the one colour of an edge, ``None`` where it has several."""
    colour = tuple(ImageStat.Stat(edge).median)
    for median, band in zip(colour, edge.split(), strict=True):
        near = slice(max(0, median - _FLAT_STEPS), median + _FLAT_STEPS + 1)
        if sum(band.histogram()[near]) < _FLAT_PART * edge.width * edge.height:
            return None
    return colour


def _blur(whole: Image.Image, frame: tuple[int, int]) -> Image.Image:
    """Return the picture stretched over a frame, blurred and darkened.

    Stretched, its sky lies beside the sky and its floor beside the floor.
    """
    size = (_BLURRED_WIDTH, round(_BLURRED_WIDTH * frame[1] / frame[0]))
    small = whole.resize(size, Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(_BLUR_RADIUS))
    dark = soft.point(lambda value: value * _SHADE)
    return dark.resize(frame, Image.Resampling.BICUBIC)
