"""The figures as Markdown tables, and raw as JSON."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from measure import Cost

_PACKAGES: Final = (
    "sphinx",
    "docutils",
    "myst-parser",
    "sphinx-design",
    "sphinx-leadposts",
    "ablog",
)
_Item = TypeVar("_Item")
_REFERENCES: Final = ("bare", "base")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One build of one contender in one round."""

    posts: int
    round: int
    scenario: str
    contender: str
    cost: Cost


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


def as_json(samples: Iterable[Sample]) -> list[dict[str, Any]]:
    """Return the samples as flat records."""
    return [
        {
            "posts": sample.posts,
            "round": sample.round,
            "scenario": sample.scenario,
            "contender": sample.contender,
            **asdict(sample.cost),
        }
        for sample in samples
    ]


def format_costs(samples: Sequence[Sample]) -> str:
    """Return the table of one size: the best of all rounds."""
    head = ["scenario", "contender", "CPU s", "× bare", "× base"]
    head += ["spread", "wall s", "peak MB", "pages"]
    rows = [
        _format_row(samples, scenario, contender)
        for scenario in _unique(sample.scenario for sample in samples)
        for contender in _unique(sample.contender for sample in samples)
    ]
    return format_table(head, rows, texts=2)


def format_growth(samples: Sequence[Sample]) -> str:
    """Return the table of several sizes: best CPU, and milliseconds for each post."""
    sizes = _unique(sample.posts for sample in samples)
    head = ["scenario", "contender"]
    head += [f"{size} posts, CPU s (ms a post)" for size in sizes]
    rows = []
    for scenario in _unique(sample.scenario for sample in samples):
        for contender in _unique(sample.contender for sample in samples):
            row = [scenario, contender]
            for size in sizes:
                best = _best_cpu(_select(samples, scenario, contender, size))
                row.append(f"{best:.2f} ({best / size * 1000:.2f})")
            rows.append(row)
    return format_table(head, rows, texts=2)


def _format_row(samples: Sequence[Sample], scenario: str, contender: str) -> list[str]:
    """Return the cells of one scenario and contender."""
    found = _select(samples, scenario, contender)
    costs = [sample.cost for sample in found]
    best = _best_cpu(found)
    worst = max(cost.cpu_s for cost in costs)
    ratios = []
    for name in _REFERENCES:
        reference = _select(samples, scenario, name)
        ratios.append(f"{best / _best_cpu(reference):.2f}" if reference else "–")
    pages = sorted({cost.pages for cost in costs})
    return [
        scenario,
        contender,
        f"{best:.2f}",
        *ratios,
        f"{(worst / best - 1) * 100:.0f} %",
        f"{min(cost.wall_s for cost in costs):.2f}",
        f"{min(cost.peak_mb for cost in costs):.0f}",
        str(pages[0]) if len(pages) == 1 else f"{pages[0]} to {pages[-1]}",
    ]


def _best_cpu(samples: Iterable[Sample]) -> float:
    """Return the least CPU time."""
    return min(sample.cost.cpu_s for sample in samples)


def _select(
    samples: Iterable[Sample], scenario: str, contender: str, size: int | None = None
) -> list[Sample]:
    """Return the samples of one scenario and contender, of one size where given."""
    return [
        sample
        for sample in samples
        if (sample.scenario, sample.contender) == (scenario, contender)
        and size in {None, sample.posts}
    ]


def _unique(items: Iterable[_Item]) -> list[_Item]:
    """Return the items without repetitions, in the order of their arrival."""
    return list(dict.fromkeys(items))


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
