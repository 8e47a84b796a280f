"""Sequences of steps, dealt so that every edit has its turn."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from tests.law.edits import EDITS
from tests.law.house import BUILDERS
from tests.law.step import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: Six of nine builds are full ones; the other three leave an output half fresh.
MANNERS: Final = ("full",) * 6 + ("one file", "cut off", "killed")


#: The step that has feeds hold the texts of posts.
FULL_TEXTS: Final = Step(edit="set leadposts_feed_content")


def deal_sequences(count: int, length: int, seed: int) -> Iterator[list[Step]]:
    """Yield so many sequences of so many steps, the same ones for the same seed.

    Edits and manners come from decks that are shuffled whenever they are used up, over
    all sequences, so that each comes about as often as any other. Every second sequence
    is one of a site whose feeds hold full texts: there any build that writes a page may
    change them, so that what else they follow from is seen in the others alone.
    """
    dealer = random.Random(seed)  # noqa: S311 - no secret
    edits = _deal(sorted(EDITS.keys() - {"nothing"}), dealer)
    manners = _deal(MANNERS, dealer)
    for number in range(count):
        steps = [_draw_step(next(edits), next(manners), dealer) for _ in range(length)]
        yield [FULL_TEXTS, *steps] if number % 2 else steps


def find_fewest(
    steps: Sequence[Step], holds: Callable[[Sequence[Step]], bool]
) -> list[Step]:
    """Return steps of a sequence that still break the law, with none to spare."""
    kept = list(steps)
    for step in steps:
        fewer = [other for other in kept if other is not step]
        if not holds(fewer):
            kept = fewer
    return kept


def _deal(cards: Sequence[str], dealer: random.Random) -> Iterator[str]:
    while True:
        yield from dealer.sample(cards, len(cards))


def _draw_step(edit: str, manner: str, dealer: random.Random) -> Step:
    return Step(
        edit=edit,
        which=dealer.randrange(8),
        value=dealer.randrange(64),
        builder=dealer.choice(BUILDERS),
        manner=manner,
        is_reverted=manner in {"cut off", "killed"} and dealer.random() < 1 / 2,
    )
