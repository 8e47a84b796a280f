"""All pictures of a build, rendered in whatever executor the caller has.

A worker is given the bytes of one picture and recipes, and returns the bytes of files.
It opens no file and knows no folder, so it can as well run on another machine.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import FIRST_COMPLETED, wait
from typing import TYPE_CHECKING

from sphinx_leadposts.imaging.picture import PictureUnreadableError
from sphinx_leadposts.imaging.render import Rendition, render_cover, render_picture
from sphinx_leadposts.imaging.source import explain, read_picture
from sphinx_leadposts.model.picture import Cover

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor, Future

    from sphinx_leadposts.imaging.plan import Job


def render_all(
    jobs: Iterable[Job], executor: Executor, *, window: int = 0
) -> Iterator[tuple[Job, tuple[Rendition, ...]]]:
    """Yield each job with its renditions, in the order in which they get done.

    Pillow works outside Python's lock, so threads keep all cores busy.

    :param window: how many jobs are read ahead and under way at once; by default
        twice as many as there are cores.
    """
    window = window or 2 * (os.cpu_count() or 1)
    waiting: dict[Future[tuple[Rendition, ...]], Job] = {}
    for job in jobs:
        try:
            waiting[_submit(job, executor)] = job
        # An executor that broke down refuses in a way of its own.
        except Exception as error:
            yield job, _fail(job, error)
        while len(waiting) >= window:
            yield from _collect(waiting)
    while waiting:
        yield from _collect(waiting)


def _submit(job: Job, executor: Executor) -> Future[tuple[Rendition, ...]]:
    if isinstance(job.origin, Cover):
        return executor.submit(render_cover, job.origin, job.recipes)
    data = read_picture(job.origin)
    # Names, plan and cache speak of these bytes and no others.
    if hashlib.sha256(data).hexdigest() != job.source.digest:
        message = f"{job.origin.name} was changed while it was being read"
        raise PictureUnreadableError(message)
    return executor.submit(render_picture, data, job.recipes)


def _collect(
    waiting: dict[Future[tuple[Rendition, ...]], Job],
) -> Iterator[tuple[Job, tuple[Rendition, ...]]]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        job = waiting.pop(future)
        try:
            yield job, future.result()
        # The worker raises nothing; this is a process that was killed.
        except Exception as error:
            yield job, _fail(job, error)


def _fail(job: Job, error: Exception) -> tuple[Rendition, ...]:
    """Return renditions with a problem that need not be there the next time."""
    return tuple(
        Rendition(recipe=recipe, problem=explain(error), lasting=False)
        for recipe in job.recipes
    )
