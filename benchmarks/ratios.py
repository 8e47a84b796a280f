"""How much CPU time each contender takes, as a multiple of what the base takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contenders import CONTENDERS
from samples import find_best_cpu, select, unique
from scenarios import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figures import Figures
    from samples import Sample

#: The number of posts that is shown, or the nearest there is.
POSTS: Final = 1000

_BASE: Final = "base"
_OTHERS: Final = tuple(name for name in CONTENDERS if name != _BASE)
_VERSIONS: Final = {
    "python": "Python",
    "sphinx": "Sphinx",
    "myst-parser": "MyST-Parser",
    "sphinx-leadposts": "sphinx-leadposts",
    "ablog": "ABlog",
}

#: A multiple of the base by scenario and contender.
Ratios = dict[str, dict[str, float]]


class RatiosError(Exception):
    """There is nothing to compare."""


def choose_size(samples: Sequence[Sample]) -> int:
    """Return the number of posts to show."""
    sizes = unique(sample.posts for sample in samples)
    return min(sizes, key=lambda size: abs(size - POSTS))


def list_ratios(samples: Sequence[Sample]) -> dict[str, Ratios]:
    """Return by theme the CPU time of each contender as a multiple of the base's.

    The best of all rounds stands for each, as in the tables; the base is left out.

    :raises RatiosError: where there are no samples of the base, or of nobody else
    """
    contenders = {sample.contender for sample in samples}
    if _BASE not in contenders or contenders.isdisjoint(_OTHERS):
        message = f"nothing to draw: it takes builds of {_BASE} and of others"
        raise RatiosError(message)
    some = select(samples, posts=choose_size(samples))
    return {
        theme: {
            scenario: _compare(select(some, theme=theme, scenario=scenario))
            for scenario in SCENARIOS
            if select(some, theme=theme, scenario=scenario, contender=_BASE)
        }
        for theme in unique(sample.theme for sample in some)
    }


def _compare(samples: Sequence[Sample]) -> dict[str, float]:
    base = find_best_cpu(select(samples, contender=_BASE))
    return {
        contender: find_best_cpu(found) / base
        for contender in _OTHERS
        if (found := select(samples, contender=contender))
    }


def describe_builds(figures: Figures) -> str:
    """Return what was built how often, and by which versions."""
    size = choose_size(figures.samples)
    rounds = len({sample.round for sample in select(figures.samples, posts=size)})
    best = "one round" if rounds == 1 else f"best of {rounds} rounds"
    shown = dict(_VERSIONS)
    if not select(figures.samples, contender="ablog"):
        del shown["ablog"]
    found = figures.machine
    versions = [f"{text} {found[key]}" for key, text in shown.items() if key in found]
    return f"{size:,} posts, {best}. {', '.join(versions)}."
