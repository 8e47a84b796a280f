"""Related posts: which others a post recommends, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.related_asking import fill_short, settle
from sphinx_leadposts.model.related_likeness import (
    UNIT,
    find_alike,
    measure_tags,
    measure_terms,
)
from sphinx_leadposts.model.related_places import Places, Quotas
from sphinx_leadposts.model.related_quotas import meet_quota
from sphinx_leadposts.model.related_terms import NO_TERMS, STEPS, Terms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

#: For each post, so many others are looked at for each of its places.
_WISHES_PER_PLACE: Final = 4
#: What makes no other title of one: numbers, also Roman ones, and punctuation.
_LOOSE: Final = re.compile(
    r"""[?!.,:;…"'()\[\]{}|/&_¿¡–—‐-‒«»“”„‘’‹›、。！？：（）「」-]+"""
    r"|\#?\d+|\b[ivx]+\b"
)


#: The likeness of two posts that say the same; rounding may lead past it.
_EQUAL: Final = UNIT * UNIT


class Reason(StrEnum):
    """Why a post is recommended."""

    #: The author of the post says that it is related.
    DECLARED = "declared"
    #: It is among those most alike.
    ALIKE = "alike"
    #: It would otherwise be recommended too seldom.
    QUOTA = "quota"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a post is about.

    ``tags`` are the keys of its tags, without marker tags. ``declared`` are docnames
    that its author declared to be related, in order. ``timestamp`` is the date in
    seconds, ``None`` where the post has none.
    """

    docname: str
    title: str
    terms: Terms = NO_TERMS
    tags: frozenset[str] = frozenset()
    declared: tuple[str, ...] = ()
    timestamp: float | None = None

    @property
    def order(self) -> tuple[float, str]:
        """Sort key that puts the newest post first and undated posts last."""
        newest = float("inf") if self.timestamp is None else -self.timestamp
        return (newest, self.docname)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A recommended post, how alike it is, and why it is recommended.

    ``score`` is the cosine of the two posts in millionths, rounded. It is 0 where they
    have nothing in common that is looked at.
    """

    docname: str
    score: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What two posts have in common: keys of tags, and stems, the most telling first.

    Of what counts for :func:`relate_posts`, all tags are named, and those stems whose
    text was kept.
    """

    tags: tuple[str, ...]
    stems: tuple[str, ...]


def relate_posts(
    profiles: Iterable[Profile], *, count: int = 5, least: int = 3, most: int = 8
) -> dict[str, tuple[Relation, ...]]:
    """Return for each docname the posts that it recommends.

    First those that its author declared, then the others by likeness, date (newer
    first) and docname. No post recommends itself, or one twice, or more than ``count``.
    Every post is recommended at least ``least`` times, as far as there are so many
    places and posts: in a blog of two, each recommends the other. None is recommended
    more than ``most`` times, unless authors declare it. What has nothing in common is
    recommended only for the quota, by its neighbours in time; so a post may have fewer
    than ``count``. Of posts with nearly the same title, a post recommends one, as long
    as there are others that are alike.

    The result does not depend on the order of ``profiles``.
    """
    posts = sorted(profiles, key=lambda profile: profile.order)
    numbers = {post.docname: number for number, post in enumerate(posts)}
    wishes = find_alike(
        [post.terms for post in posts],
        [post.tags for post in posts],
        count=count * _WISHES_PER_PLACE,
    )
    places = Places(
        wishes,
        declared=[_find_declared(post, numbers) for post in posts],
        titles=[loosen_title(post.title) or post.docname for post in posts],
        quotas=Quotas(count=count, least=least, most=most),
    )
    settle(places)
    fill_short(places)
    meet_quota(places)
    return {
        post.docname: _list_relations(number, posts, places)
        for number, post in enumerate(posts)
    }


def find_ground(
    one: Profile, other: Profile, profiles: Collection[Profile], *, most: int = 5
) -> Ground:
    """Return what makes ``one`` and ``other`` alike: tags, and at most ``most`` stems.

    :param profiles: those of the whole blog, which tell what is rare.
    """
    rarity = dict(measure_terms([profile.terms for profile in profiles]))
    rare_tags = dict(measure_tags([profile.tags for profile in profiles]))
    strengths = [
        {
            term: rarity[term] * step
            for step, terms in zip(range(STEPS, 0, -1), post.terms.steps, strict=True)
            for term in terms
            if term in rarity
        }
        for post in (one, other)
    ]
    words = other.terms.words | one.terms.words
    shared = strengths[0].keys() & strengths[1].keys() & words.keys()
    tags = one.tags & other.tags & rare_tags.keys()
    return Ground(
        tags=tuple(sorted(tags, key=lambda tag: (-rare_tags[tag], tag))),
        stems=tuple(
            words[term]
            for term in sorted(
                shared,
                key=lambda term: (-strengths[0][term] * strengths[1][term], term),
            )[:most]
        ),
    )


def _find_declared(post: Profile, numbers: Mapping[str, int]) -> list[int]:
    """Return the posts that ``post`` declares, each once, as far as they are there."""
    if not post.declared:
        return []
    names = dict.fromkeys(post.declared)
    names.pop(post.docname, None)
    return [numbers[name] for name in names if name in numbers]


def _list_relations(
    number: int, posts: Sequence[Profile], places: Places
) -> tuple[Relation, ...]:
    """Return the relations of post ``number``, in the order in which they are shown."""
    taken = places.taken[number]
    declared = places.declared[number]
    by_quota = places.by_quota.get(number, ())
    others = [taker for taker in taken if taker not in declared]
    others.sort(key=lambda taker: (-taken[taker], taker))
    reasons = dict.fromkeys(declared, Reason.DECLARED)
    return tuple(
        Relation(
            docname=posts[taker].docname,
            score=taken[taker],
            reason=reasons.get(taker)
            or (Reason.QUOTA if taker in by_quota else Reason.ALIKE),
        )
        for taker in (*declared, *others)
    )


def loosen_title(title: str) -> str:
    """Return a text that is equal for titles that are nearly the same.

    ``Testing, Part 1`` and ``Testing: part II`` are, and ``What is X?`` and
    ``What is X``. A title of nothing but numbers gives an empty text.
    """
    return " ".join(_LOOSE.sub(" ", title.casefold()).split())
