"""Pictures are rendered on all cores, with Sphinx's own progress line."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sphinx.util.display import status_iterator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_leadposts.imaging.plan import Job, Recipe
    from sphinx_leadposts.imaging.render import Rendition
    from sphinx_leadposts.imaging.store import Outcome, PictureStore


def render_jobs(
    jobs: Sequence[Job], store: PictureStore, *, verbosity: int
) -> dict[tuple[str, Recipe], Outcome]:
    """Render all ``jobs`` into ``store``; return what became of each recipe.

    The outcomes are by the name of the picture and the recipe. ``verbosity`` is that
    of Sphinx.
    """
    if not jobs:
        return {}
    # Loaded late: a build in which no picture is new does without Pillow.
    from sphinx_leadposts.imaging.jobs import render_all  # noqa: PLC0415

    outcomes = {}
    with ThreadPoolExecutor(_count_cores()) as executor:
        for job, renditions in status_iterator(
            render_all(jobs, executor),
            "rendering pictures... ",
            "brown",
            len(jobs),
            verbosity,
            stringify_func=_name_job,
        ):
            for rendition in renditions:
                outcome = store.keep(job.source, rendition)
                outcomes[job.source.name, rendition.recipe] = outcome
    store.save()
    return outcomes


def _count_cores() -> int:
    # A container may have fewer than the machine.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _name_job(item: tuple[Job, tuple[Rendition, ...]]) -> str:
    return item[0].source.name
