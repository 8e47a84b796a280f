"""The files that a page may name for one picture in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_leadposts.imaging.encoders import ENCODERS
from sphinx_leadposts.imaging.plan import SAME
from sphinx_leadposts.model.picture import Cover

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx_leadposts.imaging.plan import Recipe
    from sphinx_leadposts.imaging.store import PictureStore
    from sphinx_leadposts.model.picture import PictureSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A file from which a browser chooses.

    ``path`` is where it lies now, ``name`` what it is called in the output; ``width``
    and ``height`` are in pixels, ``size`` in bytes. ``across`` is how many pixels wide
    the part of it is that the place shows: the number that ``srcset`` gives with ``w``.
    It is less than the width only for an original of which a frame cuts off the sides.
    """

    path: Path
    name: str
    width: int
    height: int
    across: int
    size: int
    mimetype: str


def list_candidates(
    store: PictureStore,
    origin: Path | Cover,
    source: PictureSource,
    recipes: Iterable[Recipe],
) -> tuple[Candidate, ...]:
    """Return the files that there are for a place, the smallest first.

    Each is smaller in bytes than the next larger of its format. The original, or its
    copy without metadata, comes last and is always there; for a cover that could not
    be drawn, nothing is.

    :param recipes: those planned for the place, and for the clean copy
    """
    recipes = tuple(recipes)
    found = [
        (recipe, outcome)
        for recipe in sorted(recipes, key=lambda recipe: -recipe.width)
        if (outcome := store.find(source, recipe)) and outcome.path
    ]
    path, size = (None if isinstance(origin, Cover) else origin), source.size
    for recipe, outcome in found:
        if recipe.format == SAME:
            path, size = outcome.path, outcome.size
    if path is None:
        return ()
    boxes = [recipe.box for recipe in recipes if recipe.box]
    chosen = [
        Candidate(
            path=path,
            name=source.name,
            width=source.width,
            height=source.height,
            across=boxes[0][2] - boxes[0][0] if boxes else source.width,
            size=size,
            mimetype=source.mimetype,
        )
    ]
    least = dict.fromkeys(ENCODERS, size)
    for recipe, outcome in found:
        if recipe.format == SAME or not outcome.path:
            continue
        if outcome.size < least[recipe.format]:
            least[recipe.format] = outcome.size
            chosen.append(
                Candidate(
                    path=outcome.path,
                    name=recipe.name_file(source),
                    width=recipe.width,
                    height=recipe.height,
                    across=recipe.width,
                    size=outcome.size,
                    mimetype=recipe.mimetype,
                )
            )
    return tuple(reversed(chosen))
