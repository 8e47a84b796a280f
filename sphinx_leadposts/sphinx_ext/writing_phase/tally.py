"""What became of the pictures of a build, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_leadposts.imaging.index import State
from sphinx_leadposts.imaging.places import WIDEST
from sphinx_leadposts.imaging.plan import SAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_leadposts.imaging.plan import Job, Recipe
    from sphinx_leadposts.imaging.store import Outcome


@dataclass(slots=True)
class PictureTally:
    """Files there are and files made, and bytes by the name of the picture.

    ``before`` is the size of the pictures as their authors left them, ``after`` that
    of the file which the widest screen is given in place of each.
    """

    files: int = 0
    made: int = 0
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)

    def count(self, job: Job, outcomes: Mapping[Recipe, Outcome | None]) -> None:
        """Take what became of one picture into account."""
        made = {
            recipe: outcome.size
            for recipe, outcome in outcomes.items()
            if outcome and outcome.state is State.MADE
        }
        self.files += len(made)
        name = job.source.name
        self.before[name] = job.source.size
        own = [size for recipe, size in made.items() if recipe.format == SAME]
        # A cover is nothing before it is drawn.
        own += [job.source.size] if job.source.size else []
        enough = min(job.source.width, WIDEST)
        wide = [
            size
            for recipe, size in made.items()
            if recipe.format != SAME and not recipe.box and recipe.width >= enough
        ]
        self.after[name] = min([*wide, *own], default=0)

    def __str__(self) -> str:
        """Say it in a few words, empty where no picture was looked at."""
        if not self.before:
            return ""
        reused = self.files - self.made
        before, after = (
            _say_size(sum(sizes.values())) for sizes in (self.before, self.after)
        )
        return (
            f"in {self.files} files ({self.made} new, {reused} reused), "
            f"{before} before, at most {after} after"
        )


def _say_size(count: int) -> str:
    """Return a number of bytes as people say it; 1 MB is a million bytes."""
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.0f} kB"
