"""The figures as Markdown tables."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from samples import find_best_cpu, find_best_wall, select, unique
from scenarios import PARALLEL, SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from figures import Figures
    from samples import Sample
    from verification import Verdict

_PACKAGES: Final = (
    "sphinx",
    "docutils",
    "myst-parser",
    "sphinx-design",
    "sphinx-leadposts",
    "ablog",
    "alabaster",
    "furo",
)
_REFERENCES: Final = ("bare", "base")
#: So many pages are named at most; JSON has all of them.
_MOST_NAMES: Final = 60


def describe_machine() -> dict[str, str]:
    """Return what the figures depend on besides the code."""
    found = {"python": platform.python_version(), "system": platform.system()}
    found |= {"machine": platform.machine(), "cores": str(os.cpu_count())}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def format_setting(figures: Figures) -> str:
    """Return what is compared: versions, options and the configurations."""
    machine = ", ".join(f"{key} {value}" for key, value in figures.machine.items())
    options = figures.options
    lines = [f"{machine}; jobs {options['jobs']}, seed {options['seed']}", ""]
    lines += [f"- `{name}`: {SCENARIOS[name]}" for name in options["scenarios"]]
    if options["parallel"]:
        lines.append(f"- `{PARALLEL}`: as `full`, with `-j {options['parallel']}`")
    for theme, confs in figures.confs.items():
        for contender, text in confs.items():
            lines += ["", f"`conf.py` of {contender}, {theme}:", ""]
            lines += [f"```python\n{text}```"]
    return "\n".join(lines)


def format_figures(figures: Figures) -> Iterator[str]:
    """Yield a section for each theme and size, and one for the growth of each theme."""
    parallel = figures.options["parallel"]
    for theme in unique(sample.theme for sample in figures.samples):
        samples = select(figures.samples, theme=theme)
        sizes = unique(sample.posts for sample in samples)
        for size in sizes:
            yield format_section(select(samples, posts=size), parallel=parallel)
        if len(sizes) > 1:
            yield f"## Growth, {theme}\n\n{format_growth(samples)}\n"
    if figures.verdicts:
        yield f"## Pages written\n\n{format_verdicts(figures.verdicts)}\n"


def format_section(samples: Sequence[Sample], *, parallel: int | None) -> str:
    """Return the tables of one theme and size, under a heading.

    :param parallel: the number of jobs of the parallel builds, if there were any
    """
    some = samples[0]
    rounds = len({sample.round for sample in samples})
    text = f"## {some.posts} posts, {some.theme}, {rounds} rounds\n\n"
    text += f"{format_costs(samples)}\n"
    if gains := format_gains(samples, jobs=parallel):
        text += f"\n{gains}\n"
    return text


def format_costs(samples: Sequence[Sample]) -> str:
    """Return the table of one theme and size: the best of all rounds."""
    head = ["scenario", "contender", "CPU s", "× bare", "× base"]
    head += ["spread", "wall s", "peak MB", "× base", "pages"]
    rows = [
        _format_row(found, select(samples, scenario=scenario))
        for scenario in unique(sample.scenario for sample in samples)
        for contender in unique(sample.contender for sample in samples)
        if (found := select(samples, scenario=scenario, contender=contender))
    ]
    return format_table(head, rows, texts=2)


def format_gains(samples: Sequence[Sample], *, jobs: int | None) -> str:
    """Return the table of what parallel builds gain, empty where there were none."""
    head = ["contender", "wall s, -j 1", f"wall s, -j {jobs}", "gain"]
    rows = []
    for contender in unique(sample.contender for sample in samples):
        serial = select(samples, contender=contender, scenario="full")
        together = select(samples, contender=contender, scenario=PARALLEL)
        if serial and together:
            one, many = find_best_wall(serial), find_best_wall(together)
            rows.append([contender, f"{one:.2f}", f"{many:.2f}", f"{one / many:.2f}"])
    return format_table(head, rows, texts=1) if rows else ""


def format_growth(samples: Sequence[Sample]) -> str:
    """Return the table of several sizes: best CPU, and milliseconds for each post.

    The last column is the time for each post of the largest size, as a multiple of
    that of the smallest.
    """
    sizes = unique(sample.posts for sample in samples)
    head = ["scenario", "contender"]
    head += [f"{size} posts, CPU s (ms a post)" for size in sizes]
    head.append(f"a post, {sizes[-1]} : {sizes[0]}")
    rows = []
    for scenario in unique(sample.scenario for sample in samples):
        for contender in unique(sample.contender for sample in samples):
            found = select(samples, scenario=scenario, contender=contender)
            if not found:
                continue
            best = {size: find_best_cpu(select(found, posts=size)) for size in sizes}
            each = [best[size] / size for size in sizes]
            row = [f"{best[s]:.2f} ({best[s] / s * 1000:.2f})" for s in sizes]
            rows.append([scenario, contender, *row, f"{each[-1] / each[0]:.2f}"])
    return format_table(head, rows, texts=2)


def format_verdicts(verdicts: Sequence[Verdict]) -> str:
    """Return a table of the verdicts, and the pages behind each number."""
    head = ["theme", "posts", "contender", "scenario"]
    head += ["due", "written", "missed", "wrong", "needless"]
    rows = [
        [
            verdict.theme,
            str(verdict.posts),
            verdict.contender,
            verdict.scenario,
            *(str(len(names)) for _, names in _list_pages(verdict)),
        ]
        for verdict in verdicts
    ]
    lines = [format_table(head, rows, texts=4)]
    for verdict in verdicts:
        place = f"{verdict.theme}, {verdict.posts} posts"
        lines += ["", f"{verdict.contender}, `{verdict.scenario}` ({place}):", ""]
        lines += [
            f"- {kind}: {_join(names)}"
            for kind, names in _list_pages(verdict)
            if kind != "due"
        ]
    return "\n".join(lines)


def _join(names: Sequence[str]) -> str:
    """Return the names as a text, cut where there are very many."""
    more = len(names) - _MOST_NAMES
    shown = [*names[:_MOST_NAMES], *([f"and {more} more"] if more > 0 else [])]
    return ", ".join(shown) or "none"


def _list_pages(verdict: Verdict) -> list[tuple[str, tuple[str, ...]]]:
    """Return the kinds of pages of a verdict, as the columns of its table."""
    kinds = ("due", "written", "missed", "wrong", "needless")
    return [(kind, getattr(verdict, kind)) for kind in kinds]


def _format_row(found: Sequence[Sample], rivals: Sequence[Sample]) -> list[str]:
    """Return the cells of one contender, beside all who built the same."""
    costs = [sample.cost for sample in found]
    best = find_best_cpu(found)
    worst = max(cost.cpu_s for cost in costs)
    peak = _find_least_peak(found)
    ratios = []
    for name in _REFERENCES:
        reference = select(rivals, contender=name)
        ratios.append(f"{best / find_best_cpu(reference):.2f}" if reference else "–")
    base = select(rivals, contender="base")
    pages = sorted({cost.pages for cost in costs})
    return [
        found[0].scenario,
        found[0].contender,
        f"{best:.2f}",
        *ratios,
        f"{(worst / best - 1) * 100:.0f} %",
        f"{find_best_wall(found):.2f}",
        f"{peak:.0f}",
        f"{peak / _find_least_peak(base):.2f}" if base else "–",
        str(pages[0]) if len(pages) == 1 else f"{pages[0]} to {pages[-1]}",
    ]


def _find_least_peak(samples: Iterable[Sample]) -> float:
    """Return the peak memory of the build that needed least, in MB."""
    return min(sample.cost.peak_mb for sample in samples)


def format_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, texts: int
) -> str:
    """Return a Markdown table whose first columns are texts, the others numbers."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]

    def align(cells: Sequence[str]) -> str:
        padded = [
            cell.ljust(width) if place < texts else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return f"| {' | '.join(padded)} |"

    rule = [
        "-" * width if place < texts else "-" * (width - 1) + ":"
        for place, width in enumerate(widths)
    ]
    return "\n".join([align(head), align(rule), *(align(row) for row in rows)])
