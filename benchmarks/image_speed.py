"""Our renderer against Pillow alone, at the same encodes on the same cores.

Both are given the same files and threads. Pillow's part is what one would write by
hand: open a file, bring it down from width to width, save each. Ours also orients,
converts colours, removes metadata, compares sizes, and keeps what came out in a store.
They take turns, in alternating order; the best round of each counts.
"""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image
from report import format_table

from sphinx_leadposts.imaging.encoders import ENCODERS
from sphinx_leadposts.imaging.jobs import render_all
from sphinx_leadposts.imaging.places import CARD, HEADER
from sphinx_leadposts.imaging.plan import Job, plan_clean_copy, plan_renditions
from sphinx_leadposts.imaging.store import PictureStore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sphinx_leadposts.imaging.plan import PlanSettings, Recipe

_LANCZOS: Final = Image.Resampling.LANCZOS


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One round of one contender: seconds, and bytes written."""

    contender: str
    wall_s: float
    cpu_s: float
    size: int


def render_bare(path: Path, recipes: Sequence[Recipe], folder: Path) -> int:
    """Make the same files with Pillow alone; return how many bytes they have."""
    written = 0
    with Image.open(path) as image:
        picture: Image.Image = image.convert("RGB")
    for recipe in sorted(recipes, key=lambda recipe: -recipe.width):
        size = (recipe.width, recipe.height)
        if recipe.box:
            cut = picture.width * recipe.height // recipe.width
            top = max(0, picture.height - cut) // 2
            box = (0, top, picture.width, min(picture.height, top + cut))
            piece = picture.resize(size, _LANCZOS, box=box, reducing_gap=3)
        else:
            piece = picture = picture.resize(size, _LANCZOS, reducing_gap=3)
        buffer = BytesIO()
        encoder = ENCODERS[recipe.format]
        piece.save(
            buffer, encoder.format, quality=recipe.quality, **dict(recipe.options)
        )
        name = f"{path.stem}-{recipe.width}x{recipe.height}{encoder.suffix}"
        written += (folder / name).write_bytes(buffer.getvalue())
    return written


def run_bare(jobs: Sequence[Job], folder: Path, workers: int) -> int:
    """Return the bytes that a pool of threads with Pillow writes."""
    with ThreadPoolExecutor(workers) as executor:
        futures = [
            executor.submit(render_bare, job.origin, job.recipes, folder)
            for job in jobs
        ]
        return sum(future.result() for future in futures)


def run_ours(
    paths: Sequence[Path], settings: PlanSettings, folder: Path, workers: int
) -> int:
    """Return the bytes that we write in a cold build, looking at the files included."""
    store = PictureStore(folder)
    jobs = plan_jobs(paths, settings, store, clean=True)
    written = 0
    with ThreadPoolExecutor(workers) as executor:
        for job, renditions in render_all(jobs, executor):
            for rendition in renditions:
                written += len(rendition.content or b"")
                if problem := store.keep(job.source, rendition).problem:
                    raise RuntimeError(problem)
    store.save()
    return written


def plan_jobs(
    paths: Sequence[Path],
    settings: PlanSettings,
    store: PictureStore,
    *,
    clean: bool,
) -> list[Job]:
    """Return what is to be made of header pictures that are also on cards."""
    jobs = []
    for path in paths:
        source = store.inspect(path)
        places = (HEADER, CARD)
        plans = [plan_renditions(source, place, settings) for place in places]
        copy = plan_clean_copy(source) if clean else None
        recipes = dict.fromkeys([*plans[0], *plans[1], *([copy] if copy else [])])
        jobs.append(Job(origin=path, source=source, recipes=tuple(recipes)))
    return jobs


def run_warm(paths: Sequence[Path], settings: PlanSettings, folder: Path) -> float:
    """Return the seconds that a build takes to see that nothing is to be done."""
    start = time.perf_counter()
    store = PictureStore(folder)
    missing = [
        job
        for job in plan_jobs(paths, settings, store, clean=True)
        if job.leave_out(store.find_all(job))
    ]
    store.save()
    if missing:
        message = f"{len(missing)} pictures are missing in a warm store"
        raise RuntimeError(message)
    return time.perf_counter() - start


def race(
    paths: Sequence[Path],
    settings: PlanSettings,
    folder: Path,
    *,
    rounds: int,
    workers: int,
) -> tuple[list[Run], float]:
    """Return all rounds of both, and the seconds of a warm build."""
    jobs = plan_jobs(paths, settings, PictureStore(folder / "unused"), clean=False)
    contenders: list[tuple[str, Callable[[Path], int]]] = [
        ("Pillow alone", lambda home: run_bare(jobs, home, workers)),
        ("leadposts", lambda home: run_ours(paths, settings, home, workers)),
    ]
    runs = []
    for number in range(rounds):
        for name, contender in contenders[:: -1 if number % 2 else 1]:
            home = folder / name.split()[0]
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            wall_s, cpu_s = time.perf_counter(), time.process_time()
            size = contender(home)
            wall_s = time.perf_counter() - wall_s
            cpu_s = time.process_time() - cpu_s
            runs.append(Run(contender=name, wall_s=wall_s, cpu_s=cpu_s, size=size))
    return runs, run_warm(paths, settings, folder / "leadposts")


def format_race(runs: Sequence[Run], pictures: int) -> str:
    """Return the table: best round of each, the spread, and the ratio."""
    head = ["contender", "pictures/s", "ratio", "spread", "CPU s", "MB written"]
    rows = []
    best = {run.contender: run for run in sorted(runs, key=lambda run: -run.wall_s)}
    for name, run in sorted(best.items()):
        worst = max(one.wall_s for one in runs if one.contender == name)
        rows.append(
            [
                name,
                f"{pictures / run.wall_s:.2f}",
                f"{best['Pillow alone'].wall_s / run.wall_s:.2f}",
                f"{(worst / run.wall_s - 1) * 100:.0f} %",
                f"{run.cpu_s:.1f}",
                f"{run.size / 1e6:.1f}",
            ]
        )
    return format_table(head, rows, texts=1)
