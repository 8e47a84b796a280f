"""What was measured: one sample for each build, and how samples are looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measure import Cost

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One build of one contender in one round."""

    theme: str
    posts: int
    round: int
    scenario: str
    contender: str
    cost: Cost


def select(samples: Iterable[Sample], **wanted: object) -> list[Sample]:
    """Return the samples whose attributes have these values."""
    return [
        sample
        for sample in samples
        if all(getattr(sample, name) == value for name, value in wanted.items())
    ]


def find_best_cpu(samples: Iterable[Sample]) -> float:
    """Return the least CPU time, in seconds."""
    return min(sample.cost.cpu_s for sample in samples)


def find_best_wall(samples: Iterable[Sample]) -> float:
    """Return the least wall time, in seconds."""
    return min(sample.cost.wall_s for sample in samples)


def unique(items: Iterable[_Item]) -> list[_Item]:
    """Return the items without repetitions, in the order of their arrival."""
    return list(dict.fromkeys(items))
