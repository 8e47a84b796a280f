"""Posts that are recommended too seldom take the place that is missed the least."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.model.related_places import Places

#: So many neighbours in time are asked before two titles may be the same.
_NEIGHBOURS: Final = 64
#: So many of the most alike are compared for the place that is missed the least.
_COMPARED: Final = 10


def meet_quota(places: Places) -> None:
    """Have every post recommended often enough, as far as that can be.

    Where authors declared so much that it cannot be, it is not.
    """
    for taker, givers in enumerate(places.givers):
        while len(givers) < places.least and (
            _take_alike(places, taker)
            or _take_nearby(places, taker)
            or _take_by_chain(places, taker)
        ):
            pass


def _take_alike(places: Places, taker: int) -> bool:
    """Give ``taker`` a place at a post like it, where least likeness is lost."""
    best: tuple[int, int, int, int | None] | None = None
    for rank, (giver, score) in enumerate(places.read(places.wishes[taker])):
        # What is less alike than the best has gained cannot gain more.
        if best and (rank >= _COMPARED or score <= best[0]):
            break
        if giver in places.givers[taker] or places.has_namesake(giver, taker):
            continue
        dropped = None
        loss = 0
        if len(places.taken[giver]) >= places.count:
            dropped = _find_spare(places, giver)
            if dropped is None:
                continue
            loss = places.taken[giver][dropped]
        if best is None or score - loss > best[0]:
            best = (score - loss, score, giver, dropped)
    if best is None:
        return False
    _, score, giver, dropped = best
    _replace(places, giver, dropped, taker, score)
    return True


def _take_nearby(places: Places, taker: int) -> bool:
    """Give ``taker`` a place at a neighbour in time that has or can spare one."""
    for giver in _list_neighbours(places, taker, _NEIGHBOURS):
        if giver in places.givers[taker] or places.has_namesake(giver, taker):
            continue
        is_full = len(places.taken[giver]) >= places.count
        spare = _find_spare(places, giver) if is_full else None
        if not is_full or spare is not None:
            _replace(places, giver, spare, taker, 0)
            return True
    return False


def _take_by_chain(places: Places, taker: int) -> bool:
    """Give ``taker`` the place of a post that gets that of another, and so on.

    The chain ends at a free place, or at a post that is recommended often enough.
    It is an augmenting path, searched breadth first; so a quota that can be met is
    met.
    """
    heirs: dict[int, tuple[int, int]] = {}
    queue = deque([taker])
    while queue:
        heir = queue.popleft()
        for giver in _list_neighbours(places, heir, len(places.taken)):
            if giver in places.givers[heir]:
                continue
            if len(places.taken[giver]) < places.count:
                _pass_on(places, giver, None, heir, heirs)
                return True
            for owner in _list_movable(places, giver):
                if len(places.givers[owner]) > places.least:
                    _pass_on(places, giver, owner, heir, heirs)
                    return True
                if owner not in heirs and owner != taker:
                    heirs[owner] = (giver, heir)
                    queue.append(owner)
    return False


def _pass_on(
    places: Places,
    giver: int,
    owner: int | None,
    heir: int,
    heirs: dict[int, tuple[int, int]],
) -> None:
    """Give the place of ``owner`` to ``heir``, and the place of that to its own."""
    _replace(places, giver, owner, heir, 0)
    while heir in heirs:
        giver, owner = heirs[heir][0], heir
        heir = heirs[owner][1]
        _replace(places, giver, owner, heir, 0)


def _list_movable(places: Places, giver: int) -> list[int]:
    """Return whom ``giver`` recommends without having declared it."""
    declared = places.declared[giver]
    return [taker for taker in places.taken[giver] if taker not in declared]


def _find_spare(places: Places, giver: int) -> int | None:
    """Return the least alike of those that others recommend often enough.

    Of two that are equally alike, the older.
    """
    declared = places.declared[giver]
    spare, least_score = None, 0
    for taker, score in places.taken[giver].items():
        if taker in declared or len(places.givers[taker]) <= places.least:
            continue
        if spare is None or (score, -taker) < (least_score, -spare):
            spare, least_score = taker, score
    return spare


def _list_neighbours(places: Places, post: int, reach: int) -> Iterator[int]:
    """Yield the other posts by their distance in time, the newer of two first."""
    for distance in range(1, reach):
        if post >= distance:
            yield post - distance
        if post + distance < len(places.taken):
            yield post + distance


def _replace(
    places: Places, giver: int, dropped: int | None, taker: int, score: int
) -> None:
    """Give ``taker`` a place by quota at ``giver``, in place of ``dropped``."""
    if dropped is not None:
        places.drop(giver, dropped)
    places.take(giver, taker, score)
    places.by_quota[giver].add(taker)
