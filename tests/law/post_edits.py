"""What an author may do to posts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.law.blog import CATEGORIES, LEADS, NAMES, SERIES, WRITERS, Entry
from tests.law.choices import pick_guides, pick_picture, pick_tags
from tests.law.settings import EXPIRIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.law.blog import Blog
    from tests.law.step import Edit, Step

#: Who may have signed a post.
_SIGNED: Final = ((), WRITERS[:1], WRITERS[1:], WRITERS, WRITERS[::-1])


def change_post(blog: Blog, step: Step, **fields: object) -> Blog:
    """Return the blog with other ``fields`` of the post that ``step`` means."""
    name = sorted(blog.posts)[step.which % len(blog.posts)]
    post = replace(blog.posts[name], **fields)  # type: ignore[arg-type]
    return replace(blog, posts={**blog.posts, name: post})


def find_post(blog: Blog, step: Step) -> Entry:
    """Return the post that ``step`` means."""
    return blog.posts[sorted(blog.posts)[step.which % len(blog.posts)]]


def _add(blog: Blog, step: Step) -> Blog:
    free = [name for name in NAMES if name not in blog.posts]
    if not free:
        return blog
    post = Entry(
        title=f"New {step.value}",
        date=f"2025-02-{1 + step.value % 28:02}",
        tags=pick_tags(step.value),
        body=step.value,
        lead=step.value >> 3,
        picture=pick_picture(step.value),
        guides=pick_guides(step.value),
        series=("", *SERIES)[step.value % 3],
        authors=_SIGNED[step.value % len(_SIGNED)],
    )
    return replace(blog, posts={**blog.posts, free[step.which % len(free)]: post})


def _delete(blog: Blog, step: Step) -> Blog:
    if len(blog.posts) < 3:
        return blog
    gone = sorted(blog.posts)[step.which % len(blog.posts)]
    return replace(blog, posts={n: p for n, p in blog.posts.items() if n != gone})


def _rename(blog: Blog, step: Step) -> Blog:
    old = sorted(blog.posts)[step.which % len(blog.posts)]
    free = [name for name in NAMES if name not in blog.posts]
    if not free:
        return blog
    new = free[step.value % len(free)]
    names = {name: new if name == old else name for name in blog.posts}
    return replace(blog, posts={names[n]: p for n, p in blog.posts.items()})


def _retitle(blog: Blog, step: Step) -> Blog:
    return change_post(blog, step, title=f"Title {step.value}")


def _retag(blog: Blog, step: Step) -> Blog:
    return change_post(blog, step, tags=pick_tags(step.value))


def _redate(blog: Blog, step: Step) -> Blog:
    # Three are of the past on every day of the site, the others not.
    year, month = ((2025, 1), (2024, 5), (2025, 1), (2999, 1), (2025, 10))[
        step.value % 5
    ]
    return change_post(blog, step, date=f"{year}-{month:02}-{1 + step.value % 28:02}")


def _draft(blog: Blog, step: Step) -> Blog:
    name = sorted(blog.posts)[step.which % len(blog.posts)]
    return change_post(blog, step, is_draft=not blog.posts[name].is_draft)


def _edit_body(blog: Blog, step: Step) -> Blog:
    return change_post(blog, step, body=step.value)


def _lead_on(blog: Blog, step: Step) -> Blog:
    return change_post(blog, step, lead=step.value % len(LEADS))


def _name_guides(blog: Blog, step: Step) -> Blog:
    return change_post(blog, step, guides=pick_guides(step.value))


def _categorize(blog: Blog, step: Step) -> Blog:
    category = step.choose_other(("", *CATEGORIES), find_post(blog, step).category)
    return change_post(blog, step, category=category)


def _sign(blog: Blog, step: Step) -> Blog:
    authors = step.choose_other(_SIGNED, find_post(blog, step).authors)
    return change_post(blog, step, authors=authors)


def _join_series(blog: Blog, step: Step) -> Blog:
    series = step.choose_other(("", *SERIES), find_post(blog, step).series)
    return change_post(blog, step, series=series)


def _number_part(blog: Blog, step: Step) -> Blog:
    """Number a post that is in a series; the parts may have gaps, or stand twice."""
    names = [name for name, post in sorted(blog.posts.items()) if post.series]
    if not names:
        return blog
    name = names[step.which % len(names)]
    part = step.choose_other((0, 1, 2, 4), blog.posts[name].part)
    return replace(
        blog, posts={**blog.posts, name: replace(blog.posts[name], part=part)}
    )


def _feature(blog: Blog, step: Step) -> Blog:
    featured = step.choose_other((0, 1, 2), find_post(blog, step).featured)
    return change_post(blog, step, featured=featured)


def _expire(blog: Blog, step: Step) -> Blog:
    expires = step.choose_other(EXPIRIES, find_post(blog, step).expires)
    return change_post(blog, step, expires=expires)


def _relate(blog: Blog, step: Step) -> Blog:
    # Some of them may be held back, or nowhere.
    choices = ((), ("alpha",), ("beta", "gamma"), ("theta", "epsilon"), ("delta",))
    related = step.choose_other(choices, find_post(blog, step).related)
    return change_post(blog, step, related=related)


#: Edits of posts, by name.
POST_EDITS: Final[Mapping[str, Edit]] = {
    "add": _add,
    "delete": _delete,
    "rename": _rename,
    "retitle": _retitle,
    "retag": _retag,
    "redate": _redate,
    "draft": _draft,
    "edit body": _edit_body,
    "lead on": _lead_on,
    "name guides": _name_guides,
    "categorize": _categorize,
    "sign": _sign,
    "join series": _join_series,
    "number part": _number_part,
    "feature": _feature,
    "expire": _expire,
    "relate": _relate,
}
