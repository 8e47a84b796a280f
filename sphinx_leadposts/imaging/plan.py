"""Which files are to be made of a picture, for the places where it is shown.

Nothing is opened or rendered here. Pillow is asked for the versions of its encoders, no
more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.imaging.encoders import (
    ENCODERS,
    choose_formats,
    describe_encoder,
)
from sphinx_leadposts.imaging.picture import is_decoded
from sphinx_leadposts.imaging.places import choose_widths, find_box

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from sphinx_leadposts.imaging.encoders import Options
    from sphinx_leadposts.imaging.places import Box, Place
    from sphinx_leadposts.model.picture import Cover, PictureSource

DEFAULT_WIDTHS: Final = (360, 480, 720, 960, 1280, 1600)
"""In pixels: two of them are twice and three times a telephone's 360."""

DEFAULT_FORMATS: Final = ("avif",)
"""See ``docs/explanation/images.md`` for what others come to."""

DEFAULT_QUALITY: Final[Mapping[str, int]] = MappingProxyType(
    {"avif": 55, "webp": 78, "jpeg": 75, "png": 100}
)
"""What looks the same in each format: about 75 on the scale of SSIMULACRA2."""

SAME: Final = "same"
"""The format of a recipe for the original, without its metadata."""

#: Changes with the code of `render`, so that what older code made is made anew.
_GENERATION: Final = 2
_CLEANED: Final = frozenset(f"image/{n}" for n in ("jpeg", "png", "webp", "avif"))
#: Of these a copy of the same size can only be larger or worse.
_SAVING: Final = frozenset({"image/webp", "image/avif"})
#: A width this near to the picture's own is not made: the picture itself will do.
_NEAR: Final = 0.9
_PRINT_WIDTH: Final = 1600
_PRINT_QUALITY: Final = 85


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """What a site asks for: widths in pixels, formats by name, a quality for each.

    The formats are names of `encoders.ENCODERS`. Of several, each is made of every
    picture; the best should come first.
    """

    widths: tuple[int, ...] = DEFAULT_WIDTHS
    formats: tuple[str, ...] = DEFAULT_FORMATS
    quality: Mapping[str, int] = field(default_factory=lambda: DEFAULT_QUALITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that decides the bytes of a file, besides those of the picture.

    ``width`` and ``height`` are in pixels. ``encoder`` names the versions of the
    libraries. ``box`` is the part of the picture to keep, ``None`` for all of it; what
    it has beyond the picture is padded.
    ``steps`` are the widths that the whole picture is brought down to, one from the
    other, before the part is cut out: the same ones whatever else is made of it. A
    ``required`` file is made however large it gets, because its reader knows no other
    format; ``label`` goes into its name.
    """

    width: int
    height: int
    format: str
    quality: int
    options: Options
    encoder: str
    box: Box | None = None
    steps: tuple[int, ...] = ()
    required: bool = False
    label: str = ""

    @property
    def mimetype(self) -> str:
        """Its type; that of the original is not known here, and empty."""
        encoder = ENCODERS.get(self.format)
        return encoder.mimetype if encoder else ""

    def name_file(self, source: PictureSource) -> str:
        """Return the name in the output, known before the file is made."""
        if self.format == SAME:
            return source.name
        stem = PurePath(source.name).stem
        size = f"{self.width}x{self.height}" if self.box else str(self.width)
        suffix = ENCODERS[self.format].suffix
        return f"{stem}-{size}{self.label}{suffix}"

    def make_key(self, source: PictureSource) -> str:
        """Return the name in a store of what is made of a picture.

        The stem of the picture belongs to it: Sphinx copies each file to one name.
        """
        shape = (self.width, self.height, self.box, self.steps, self.required)
        coding = (self.format, self.quality, self.options, self.encoder)
        picture = (source.digest, PurePath(source.name).stem)
        text = repr((_GENERATION, picture, shape, coding))
        return hashlib.sha256(text.encode()).hexdigest()[:40]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One picture, a file or a cover to be drawn, and what to make of it."""

    origin: Path | Cover
    source: PictureSource
    recipes: tuple[Recipe, ...]

    def leave_out(self, done: Container[Recipe]) -> Job | None:
        """Return the job without the recipes that are done, ``None`` for nothing."""
        recipes = dict.fromkeys(self.recipes)
        left = tuple(recipe for recipe in recipes if recipe not in done)
        return replace(self, recipes=left) if left else None


def plan_renditions(
    source: PictureSource,
    place: Place,
    settings: PlanSettings,
    *,
    focus: tuple[float, float] = (50, 50),
) -> tuple[Recipe, ...]:
    """Return what to make of a picture for a place, the smallest first.

    Equal recipes of several places are one file. Empty where the picture is shown as
    it is: SVG, moving pictures, and formats that are not decoded.

    :param focus: the point to keep where the frame cuts something off, in percent
        from the left and from the top, as in CSS ``object-position``.
    """
    if not is_decoded(source) or source.is_animated:
        return ()
    box = find_box(source, place.ratio, focus=focus)
    width, height = source.width, source.height
    if box:
        width, height = box[2] - box[0], box[3] - box[1]
    rungs = [rung for rung in sorted(settings.widths) if rung < _NEAR * width]
    recipes = []
    for chosen in choose_widths(width, place, rungs):
        if chosen == width and not box and source.mimetype in _SAVING:
            continue
        size = (chosen, max(1, round(height * chosen / width)))
        steps = tuple(
            round(rung * source.width / width)
            for rung in reversed(rungs)
            if chosen <= rung
        )
        for name in choose_formats(settings.formats):
            if max(size) <= ENCODERS[name].limit:
                quality = settings.quality.get(name, DEFAULT_QUALITY[name])
                recipe = write_recipe(size, name, quality, steps=steps)
                recipes.append(_crop(recipe, source, box) if box else recipe)
    return tuple(recipes)


def plan_print(source: PictureSource) -> Recipe | None:
    """Return what to make for builders that know only JPEG and PNG (LaTeX, epub).

    ``None`` where the original will do (or its clean copy, see `plan_clean_copy`), or
    where nothing can be made: SVG and formats that are not decoded.
    """
    if not is_decoded(source):
        return None
    is_lossless = source.mimetype in {"image/png", "image/gif", "image/bmp"}
    name = "png" if source.has_alpha or is_lossless else "jpeg"
    fits = source.width <= _PRINT_WIDTH
    shown = source.mimetype in {"image/jpeg", "image/png"} and not source.is_animated
    # TeX takes no notice of EXIF, and goes by the name of the file.
    if shown and fits and not (source.is_turned or source.is_mislabelled):
        return None
    width = min(source.width, _PRINT_WIDTH)
    height = max(1, round(source.height * width / source.width))
    if height > ENCODERS[name].limit:
        return None
    steps = () if width == source.width else (width,)
    size = (width, height)
    return write_recipe(size, name, _PRINT_QUALITY, steps=steps, required=True)


def plan_clean_copy(source: PictureSource) -> Recipe | None:
    """Return the recipe for the original without metadata (place, time, camera).

    Pixels, colour profile and orientation stay. ``None`` for formats that are left as
    they are.
    """
    if source.mimetype not in _CLEANED or source.is_animated:
        return None
    return Recipe(
        width=source.width,
        height=source.height,
        format=SAME,
        quality=0,
        options=(),
        encoder="",
    )


def write_recipe(
    size: tuple[int, int],
    name: str,
    quality: int,
    *,
    steps: tuple[int, ...] = (),
    required: bool = False,
) -> Recipe:
    """Return a recipe in the format of that name, as its encoder is here.

    :param size: width and height in pixels
    :param quality: on the scale of the encoder
    """
    encoder = ENCODERS[name]
    return Recipe(
        width=size[0],
        height=size[1],
        format=name,
        quality=quality,
        options=encoder.options,
        encoder=describe_encoder(name),
        steps=steps,
        required=required,
    )


def _crop(recipe: Recipe, source: PictureSource, box: Box) -> Recipe:
    left, top, right, bottom = box
    middle = (source.width - right + left) // 2, (source.height - bottom + top) // 2
    off_centre = abs(left - middle[0]) > 1 or abs(top - middle[1]) > 1
    label = f"-{left}-{top}" if off_centre else ""
    return replace(recipe, box=box, label=label)
