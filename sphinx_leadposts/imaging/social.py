"""What to make of a picture for previews of links, as other sites show them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.imaging.picture import is_decoded
from sphinx_leadposts.imaging.places import SOCIAL_SIZE, find_frame
from sphinx_leadposts.imaging.plan import write_recipe

if TYPE_CHECKING:
    from sphinx_leadposts.imaging.places import Box
    from sphinx_leadposts.imaging.plan import Recipe
    from sphinx_leadposts.model.picture import PictureSource

_QUALITY: Final = 80


def plan_social(
    source: PictureSource, *, focus: tuple[float, float] = (50, 50)
) -> Recipe | None:
    """Return what to make for previews of links: one JPEG of `SOCIAL_SIZE`.

    It shows the part of the picture around the focus, or all of it, see `find_frame`;
    of a moving one the first frame. ``None`` where nothing can be made: SVG and
    formats that are not decoded.

    :param focus: the point to keep where the frame cuts something off, in percent
        from the left and from the top, as in CSS ``object-position``.
    """
    if not is_decoded(source):
        return None
    centred = find_frame(source, SOCIAL_SIZE)
    box = find_frame(source, SOCIAL_SIZE, focus=focus)
    recipe = write_recipe(
        SOCIAL_SIZE, "jpeg", _QUALITY, steps=_choose_steps(source, box), required=True
    )
    label = "" if box == centred else f"-{box[0]}-{box[1]}"
    return replace(recipe, box=box, label=label)


def _choose_steps(source: PictureSource, box: Box) -> tuple[int, ...]:
    """Return the width of the whole picture when its box is as large as the frame.

    None where the picture is smaller than that: it is enlarged, as nothing else is,
    because sites show a smaller file as a thumbnail or not at all.
    """
    # Rounded up, so that what is cut out of it is no smaller than the frame.
    width = max(
        -(-source.width * SOCIAL_SIZE[0] // (box[2] - box[0])),
        -(-source.width * SOCIAL_SIZE[1] // (box[3] - box[1])),
    )
    return (width,) if width < source.width else ()
