"""The files that a page may name for one picture in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
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


def find_candidate(
    store: PictureStore, source: PictureSource, recipe: Recipe
) -> Candidate | None:
    """Return the file that was made by a recipe, ``None`` where there is none."""
    outcome = store.find(source, recipe)
    if outcome is None or outcome.path is None:
        return None
    return Candidate(
        path=outcome.path,
        name=recipe.name_file(source),
        width=recipe.width,
        height=recipe.height,
        across=recipe.width,
        size=outcome.size,
        mimetype=recipe.mimetype or source.mimetype,
    )


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
    recipes = sorted(recipes, key=lambda recipe: -recipe.width)
    made = [
        (recipe, candidate)
        for recipe in recipes
        if (candidate := find_candidate(store, source, recipe))
    ]
    copies = [candidate for recipe, candidate in made if recipe.format == SAME]
    original = copies[0] if copies else _take_original(origin, source)
    if original is None:
        return ()
    boxes = [recipe.box for recipe in recipes if recipe.box]
    across = boxes[0][2] - boxes[0][0] if boxes else original.width
    chosen = [replace(original, across=across)]
    least = dict.fromkeys(ENCODERS, original.size)
    for recipe, candidate in made:
        if recipe.format != SAME and candidate.size < least[recipe.format]:
            least[recipe.format] = candidate.size
            chosen.append(candidate)
    return tuple(reversed(chosen))


def _take_original(origin: Path | Cover, source: PictureSource) -> Candidate | None:
    """Return the file as its author left it; a cover has none."""
    if isinstance(origin, Cover):
        return None
    return Candidate(
        path=origin,
        name=source.name,
        width=source.width,
        height=source.height,
        across=source.width,
        size=source.size,
        mimetype=source.mimetype,
    )
