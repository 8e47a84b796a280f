"""Posts ask those most like them for a place in what they recommend.

Every post asks those most like it whether it may recommend them. Who is asked by too
many keeps those most like it: deferred acceptance (Gale and Shapley, "College
Admissions and the Stability of Marriage", 1962), whose outcome does not depend on who
asks first.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_leadposts.model.related_places import Places


def settle(places: Places) -> None:
    """Let all ask, and those asked too often refuse, until none is refused."""
    refused: defaultdict[int, set[int]] = defaultdict(set)
    asking: Iterable[int] = range(len(places.wishes))
    while asking:
        asked: set[int] = set()
        for giver in asking:
            asked.update(_ask(places, giver, refused.get(giver, ())))
        crowded = [one for one in asked if len(places.givers[one]) > places.most]
        asking = set()
        for taker in crowded:
            for giver in _choose_refused(places, taker):
                places.drop(giver, taker)
                refused[giver].add(taker)
                asking.add(giver)


def _ask(places: Places, giver: int, refused: Iterable[int]) -> list[int]:
    """Let ``giver`` recommend those most like it, as far as it has places left."""
    taken, titles, givers = places.taken[giver], places.titles, places.givers
    total = len(titles)
    room = places.count - len(taken)
    seen = {titles[taker] for taker in taken}
    new: list[int] = []
    for wish in places.wishes[giver]:
        if len(new) >= room:
            break
        score, rest = divmod(wish, total)
        taker = total - 1 - rest
        if titles[taker] in seen or taker in refused:
            continue
        seen.add(titles[taker])
        new.append(taker)
        taken[taker] = score
        givers[taker].add(giver)
    return new


def _choose_refused(places: Places, taker: int) -> list[int]:
    """Return the givers that are too many for ``taker``, as alike as others are."""
    givers = places.givers[taker]
    free = [one for one in givers if taker not in places.declared[one]]
    room = max(places.most - len(givers) + len(free), 0)
    free.sort(key=lambda giver: (-places.taken[giver][taker], giver))
    return free[room:]


def fill_short(places: Places) -> None:
    """Fill the places of those whom all refused that they asked.

    They recommend also those that asked them, and at last titles that they recommend
    already, as long as these are not recommended too often.
    """
    for giver, options in _find_options(places).items():
        taken = places.taken[giver]
        ranked = list(places.read(sorted(options, reverse=True)))
        for may_repeat in (False, True):
            for taker, score in ranked:
                if len(taken) >= places.count:
                    break
                if taker in taken or len(places.givers[taker]) >= places.most:
                    continue
                if may_repeat or not places.has_namesake(giver, taker):
                    places.take(giver, taker, score)


def _find_options(places: Places) -> dict[int, set[int]]:
    """Return for each post with places left its wishes, and those that wish for it."""
    total = len(places.taken)
    options = {
        giver: set(places.wishes[giver])
        for giver, taken in enumerate(places.taken)
        if len(taken) < places.count
    }
    if not options:
        return {}
    meant = {total - 1 - giver for giver in options}
    for one, wishes in enumerate(places.wishes):
        # Nearly all wishes are for others; these need not be read.
        if meant.isdisjoint([wish % total for wish in wishes]):
            continue
        for other, score in places.read(wishes):
            if other in options:
                options[other].add(score * total + total - 1 - one)
    return options
