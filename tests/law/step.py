"""One step: an edit, and the build that follows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.law.blog import Blog

    #: Makes another blog of one.
    Edit = Callable[[Blog, "Step"], Blog]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An edit of the thing ``which`` to ``value``, and the build that follows it.

    ``manner`` is ``full``, or ``one file`` (no other page is written), or a build that
    a full one has to make good: ``cut off`` by Ctrl-C while pages are written, or
    ``killed`` at any moment. ``is_reverted`` where the edit is taken back between these
    two.
    """

    edit: str = "nothing"
    which: int = 0
    value: int = 0
    builder: str = "html"
    manner: str = "full"
    is_reverted: bool = False

    def __str__(self) -> str:
        """Say what an author would do, as one would tell it."""
        back = ", edit reverted" if self.is_reverted else ""
        return (
            f"{self.edit} (which={self.which}, value={self.value}), "
            f"then {self.builder}, {self.manner}{back}"
        )

    def choose_other(self, choices: Sequence[T], current: object) -> T:
        """Return the one of ``choices`` that ``value`` means, but not ``current``."""
        others = [choice for choice in choices if choice != current]
        return others[self.value % len(others)]
