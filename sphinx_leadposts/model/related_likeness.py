"""How alike posts are, by their stems and tags: TF-IDF and the cosine, in integers.

Sums of floats depend on their order, and logarithms on the C library. Here all is
integer arithmetic, so that a blog has the same relations on every machine.

Only what is rare enough to tell posts apart is looked at, and of each post only its
strongest terms; so the cost for a post does not grow with the blog.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from math import isqrt
from operator import mul
from typing import TYPE_CHECKING, Final, TypeVar

from sphinx_leadposts.model.related_terms import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx_leadposts.model.related_terms import Terms

#: The length of a vector. The likeness of two posts is up to its square, a million.
UNIT: Final = 1000

#: A term on more posts than this, and than 5 % of them, tells nothing.
_COMMON: Final = 50
#: So many of the strongest terms make the vector of a post.
_STRONGEST: Final = 32
#: For each post, so many entries of the index are looked at; more in a small blog.
_ROOM: Final = 160
_ROOM_OF_ALL: Final = 200_000
#: A tag counts like a stem that stands often in a post.
_TAG_STEP: Final = STEPS

#: A term or a tag.
_Key = TypeVar("_Key", int, str)
#: Terms and tags of a post as places in the index, the weightiest first, and weights.
_Vector = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """For each term or tag, the posts it stands in and its weight there.

    Posts are ascending. From ``first_tag`` on, the places belong to tags; for these,
    ``tagged`` has the same as a mapping.
    """

    posts: list[list[int]]
    weights: list[list[int]]
    first_tag: int
    tagged: list[dict[int, int]] = field(default_factory=list)


def measure_rarity(frequency: int, total: int) -> int:
    """Return log2(1 + total/frequency) in sixteenths, rounded down.

    Exact: the logarithm of a 16th power to base 2 is read off its length in bits.
    """
    ratio = (total + frequency) ** 16 // frequency**16
    return ratio.bit_length() - 1


def find_alike(
    terms: Sequence[Terms], tags: Sequence[frozenset[str]], *, count: int
) -> list[list[int]]:
    """Return for each post those that are most like it, the most alike first.

    Each is one number, so that they sort quickly: with n posts, that post i has the
    likeness s is s * n + n - 1 - i. Of two that are equally alike, the first in order
    has the greater number.

    :param terms: the terms of each post, in order.
    :param tags: its tags, in the same order.
    :param count: how many to return at most.
    """
    total = len(terms)
    index, vectors = _weigh(terms, tags)
    room = max(_ROOM, _ROOM_OF_ALL // max(total, 1))
    last = total - 1
    found = []
    for post, vector in enumerate(vectors):
        likeness, passed = _walk(post, vector, index, room)
        if passed:
            _add_tags(likeness, post, passed, index, least=count)
        likeness.pop(post, None)
        floor = sorted(likeness.values())[-count] if len(likeness) > count else 0
        # Of one score there may be many: the first of them stay.
        wishes = [
            score * total + last - other
            for other, score in likeness.items()
            if score >= floor
        ]
        wishes.sort(reverse=True)
        del wishes[count:]
        found.append(wishes)
    return found


def _weigh(
    terms: Sequence[Terms], tags: Sequence[frozenset[str]]
) -> tuple[_Index, list[_Vector]]:
    """Return the vectors of all posts, of length :data:`UNIT`, and the index."""
    rare_terms, rare_tags = measure_terms(terms), measure_tags(tags)
    size = len(rare_terms) + len(rare_tags)
    index = _Index(
        posts=[[] for _ in range(size)],
        weights=[[] for _ in range(size)],
        first_tag=len(rare_terms),
    )
    # Weight and place are one number, so that sorting needs no tuples and no key.
    shift = size.bit_length()
    place_bits = (1 << shift) - 1
    of_step = [_weigh_keys(rare_terms, step, shift, 0) for step in range(STEPS, 0, -1)]
    of_tag = _weigh_keys(rare_tags, _TAG_STEP, shift, index.first_tag)
    vectors = []
    for post, (some_terms, some_tags) in enumerate(zip(terms, tags, strict=True)):
        keys = chain.from_iterable(map(map, of_step, some_terms.steps))
        ranked = sorted(filter(None, keys), reverse=True)
        del ranked[_STRONGEST:]
        if some_tags:
            ranked += filter(None, map(of_tag, some_tags))
            ranked.sort(reverse=True)
        places = [key & place_bits for key in ranked]
        raw = [key >> shift for key in ranked]
        length = isqrt(sum(map(mul, raw, raw))) or 1
        weights = [weight * UNIT // length for weight in raw]
        for place, weight in zip(places, weights, strict=True):
            index.posts[place].append(post)
            index.weights[place].append(weight)
        vectors.append((places, weights))
    first = index.first_tag
    of_tags = zip(index.posts[first:], index.weights[first:], strict=True)
    index.tagged.extend(dict(zip(*pair, strict=True)) for pair in of_tags)
    return index, vectors


def _weigh_keys(
    rare: Sequence[tuple[_Key, int]], step: int, shift: int, first: int
) -> Callable[[_Key], int | None]:
    """Return what finds the weight of a term or tag at ``step``, and its place.

    All weights are at hand, so that a look-up does for a multiplication. The weight
    stands above the lowest ``shift`` bits, the place in them, counted from ``first``.
    """
    return {
        key: rarity * step << shift | place
        for place, (key, rarity) in enumerate(rare, start=first)
    }.get


def measure_terms(terms: Sequence[Terms]) -> list[tuple[int, int]]:
    """Return the terms that tell posts apart, and how rare they are, in fixed order."""
    total = len(terms)
    common = max(_COMMON, total // 20)
    posts = Counter(chain.from_iterable(chain.from_iterable(t.steps for t in terms)))
    rarity = [0, 0, *(measure_rarity(n, total) for n in range(2, common + 1))]
    return sorted((term, rarity[n]) for term, n in posts.items() if 1 < n <= common)


def measure_tags(tags: Sequence[frozenset[str]]) -> list[tuple[str, int]]:
    """Return the tags that tell posts apart, and how rare they are, in fixed order."""
    total = len(tags)
    posts = Counter(chain.from_iterable(tags))
    # Of a handful of posts, it says something even if all have one tag.
    common = total * 4 // 5 if total >= 10 else total
    return sorted(
        (tag, measure_rarity(n, total)) for tag, n in posts.items() if 1 < n <= common
    )


def _walk(
    post: int, vector: _Vector, index: _Index, room: int
) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """Return how alike others are to ``post``, and tags passed by with their weights.

    The strongest terms are looked up first, until ``room`` entries are used. One that
    would take more than half of what is left is passed by: those of its posts that are
    much like this one share rarer terms with it too.
    """
    likeness: dict[int, int] = {}
    score = likeness.get
    passed = []
    for place, weight in zip(*vector, strict=True):
        posts = index.posts[place]
        if len(posts) * 2 > room:
            if place >= index.first_tag:
                passed.append((place, weight))
            continue
        room -= len(posts)
        for other, other_weight in zip(posts, index.weights[place], strict=True):
            likeness[other] = score(other, 0) + weight * other_weight
    return likeness, passed


def _add_tags(
    likeness: dict[int, int],
    post: int,
    passed: Sequence[tuple[int, int]],
    index: _Index,
    *,
    least: int,
) -> None:
    """Add to ``likeness`` the tags that many have and ``post`` too.

    Where fewer than ``least`` are known to be alike, those are added that have one of
    the tags and are nearest in time.
    """
    if len(likeness) < least:
        for place, _ in passed:
            posts = index.posts[place]
            here = bisect_left(posts, post)
            for other in posts[max(here - least, 0) : here + least + 1]:
                likeness.setdefault(other, 0)
    for place, weight in passed:
        weights = index.tagged[place - index.first_tag]
        for other in weights.keys() & likeness.keys():
            likeness[other] += weight * weights[other]
