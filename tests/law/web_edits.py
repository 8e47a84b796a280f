"""What an author may do that shows beside the pages: in feeds, redirects and heads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.law.blog import BASES, NAMES, OLD_PATHS
from tests.law.post_edits import change_post, find_post

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.law.blog import Blog
    from tests.law.step import Edit, Step

#: The file beside the pages that is lost is one of so many.
_LOST: Final = range(1, 65)


def _readdress(blog: Blog, step: Step) -> Blog:
    """Say of a post where it stood before; two may come to say the same."""
    paths = step.choose_other(OLD_PATHS, find_post(blog, step).old_paths)
    return change_post(blog, step, old_paths=paths)


def _move(blog: Blog, step: Step) -> Blog:
    """Move a post to another address, and leave word at the one that it had."""
    old = sorted(blog.posts)[step.which % len(blog.posts)]
    free = [name for name in NAMES if name not in blog.posts]
    if not free:
        return blog
    new = free[step.value % len(free)]
    # As each of the two builders names the page.
    left = (f"/posts/{old}.html", f"/posts/{old}/")
    moved = replace(blog.posts[old], old_paths=(*blog.posts[old].old_paths, *left))
    others = {name: post for name, post in blog.posts.items() if name != old}
    return replace(blog, posts={**others, new: moved})


def _recommend(blog: Blog, step: Step) -> Blog:
    """Name the address by which search engines are to know a post."""
    choices = ("", "https://first.example/post/", "https://first.example/other/")
    canonical = step.choose_other(choices, find_post(blog, step).canonical)
    return change_post(blog, step, canonical=canonical)


def _update(blog: Blog, step: Step) -> Blog:
    choices = ("", "2025-01-31", "2025-06-01 08:00", "2026-03-02")
    updated = step.choose_other(choices, find_post(blog, step).updated)
    return change_post(blog, step, updated=updated)


def _emphasize(blog: Blog, step: Step) -> Blog:
    """Set a word of the text otherwise, which only the text shows."""
    emphasis = step.choose_other(range(3), find_post(blog, step).emphasis)
    return change_post(blog, step, emphasis=emphasis)


def _note(blog: Blog, step: Step) -> Blog:
    """Move all lines of a post, and nothing else."""
    notes = step.choose_other(range(3), find_post(blog, step).notes)
    return change_post(blog, step, notes=notes)


def _move_site(blog: Blog, step: Step) -> Blog:
    """Move the whole site, or have it stand nowhere."""
    current = (blog.settings["html_baseurl"], blog.host)
    base, host = step.choose_other(BASES, current)
    settings = {**blog.settings, "html_baseurl": base}
    return replace(blog, settings=settings, host=host)


def _toggle_own_file(blog: Blog, _step: Step) -> Blog:
    return replace(blog, has_own_file=not blog.has_own_file)


def _lose_file(blog: Blog, step: Step) -> Blog:
    return replace(blog, lost=step.choose_other(_LOST, blog.lost))


#: Edits of what stands beside the pages, by name.
WEB_EDITS: Final[Mapping[str, Edit]] = {
    "readdress": _readdress,
    "move": _move,
    "recommend": _recommend,
    "update": _update,
    "emphasize": _emphasize,
    "note": _note,
    "move site": _move_site,
    "toggle own file": _toggle_own_file,
    "lose file": _lose_file,
}
