"""Who recommends whom, within quotas. Posts are numbers here, the newest 0."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """A post has ``count`` places; it is recommended ``least`` to ``most`` times."""

    count: int
    least: int
    most: int


class Places:
    """The places that posts have for others; at first, those that authors declared.

    :param wishes: for each post, those that are alike, as ``find_alike`` returns them.
    :param declared: for each post, those that its author named, in order.
    :param titles: for each post, a text that is equal where titles are nearly the same.
    """

    def __init__(
        self,
        wishes: Sequence[Sequence[int]],
        *,
        declared: Sequence[Sequence[int]],
        titles: Sequence[str],
        quotas: Quotas,
    ) -> None:
        total = len(wishes)
        self.wishes = wishes
        self.titles = titles
        self.count = min(quotas.count, total - 1)
        self.most = quotas.most
        self.least = min(quotas.least, quotas.most, self.count)
        self.declared = [tuple(others[: self.count]) for others in declared]
        #: For each post, whom it recommends, and how alike they are.
        self.taken: list[dict[int, int]] = [
            dict.fromkeys(others, 0) for others in self.declared
        ]
        #: For each post, whom it recommends so that they are recommended at all.
        self.by_quota: defaultdict[int, set[int]] = defaultdict(set)
        self.givers: list[set[int]] = [set() for _ in range(total)]
        for giver, others in enumerate(self.declared):
            for taker in others:
                self.givers[taker].add(giver)
        self._score_declared()

    def read(self, wishes: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the posts that ``wishes`` mean, and how alike they are."""
        total = len(self.wishes)
        for wish in wishes:
            score, rest = divmod(wish, total)
            yield total - 1 - rest, score

    def _score_declared(self) -> None:
        """Note how alike those are that authors named."""
        for giver, others in enumerate(self.declared):
            if others:
                wishes = dict(self.read(self.wishes[giver]))
                taken = self.taken[giver]
                taken.update((taker, wishes.get(taker, 0)) for taker in others)

    def has_namesake(self, giver: int, taker: int) -> bool:
        """Tell whether ``giver`` recommends a post with the title of ``taker``."""
        titles = self.titles
        # A list, for this is asked very often, and a generator takes twice as long.
        return titles[taker] in [titles[other] for other in self.taken[giver]]

    def take(self, giver: int, taker: int, score: int) -> None:
        """Give ``taker`` a place at ``giver``."""
        self.taken[giver][taker] = score
        self.givers[taker].add(giver)

    def drop(self, giver: int, taker: int) -> None:
        """Take the place at ``giver`` from ``taker``."""
        del self.taken[giver][taker]
        self.givers[taker].discard(giver)
        self.by_quota[giver].discard(taker)
