"""What one builder needs of a picture in a place, by the site's configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.imaging.places import PRINT, SOCIAL, read_focus
from sphinx_leadposts.imaging.plan import (
    PlanSettings,
    plan_clean_copy,
    plan_print,
    plan_renditions,
)
from sphinx_leadposts.imaging.social import plan_social
from sphinx_leadposts.sphinx_ext.links import is_book
from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from sphinx_leadposts.imaging.places import Place
    from sphinx_leadposts.imaging.plan import Recipe
    from sphinx_leadposts.model.picture import Cover, Picture


def is_paper(builder: Builder) -> bool:
    """Tell whether a builder shows one file of a picture, in JPEG or PNG."""
    return bool(builder.format != "html" or is_book(builder))


def find_origin(builder: Builder, picture: Picture) -> Path | Cover:
    """Return what a picture is made from."""
    return picture.cover or Path(builder.srcdir, picture.path).resolve()


def choose_recipes(
    builder: Builder, picture: Picture, place: Place
) -> tuple[Recipe, ...]:
    """Return what to make of ``picture`` for ``place``, its clean copy last."""
    source = picture.source
    if source is None:
        return ()
    clean = plan_clean_copy(source)
    kept = (clean,) if clean else ()
    if place is PRINT:
        printed = plan_print(source)
        return (printed, *kept) if printed else kept
    config = read_config(builder.config)
    settings = PlanSettings(
        widths=config.image_widths,
        formats=config.image_formats,
        quality=config.image_quality,
    )
    focus = read_focus(picture.focus)
    if place is SOCIAL:
        social = plan_social(source, focus=focus)
        return (social,) if social else ()
    return (*plan_renditions(source, place, settings, focus=focus), *kept)
