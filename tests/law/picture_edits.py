"""What an author may do to pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.law.blog import NAMED, Shot
from tests.law.choices import pick_picture
from tests.law.post_edits import change_post, find_post

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.law.blog import Blog
    from tests.law.step import Edit, Step


def _change_picture(blog: Blog, step: Step, change: Callable[[Shot], Shot]) -> Blog:
    name = sorted(blog.pictures)[step.which % len(blog.pictures)]
    shot = change(blog.pictures[name])
    return replace(blog, pictures={**blog.pictures, name: shot})


def _swap_picture(blog: Blog, step: Step) -> Blog:
    def swap(shot: Shot) -> Shot:
        return Shot(seed=shot.seed + 1 + step.value, is_old=bool(step.value % 2))

    return _change_picture(blog, step, swap)


def _damage_picture(blog: Blog, step: Step) -> Blog:
    def damage(shot: Shot) -> Shot:
        return replace(shot, is_damaged=not shot.is_damaged, is_old=False)

    return _change_picture(blog, step, damage)


def _rename_picture(blog: Blog, step: Step) -> Blog:
    """Rename the file, and in every second case what posts call it."""
    old = next(name for name in NAMED if name in blog.pictures)
    new = next(name for name in NAMED if name != old)
    names = {name: new if name == old else name for name in blog.pictures}
    pictures = {names[name]: shot for name, shot in blog.pictures.items()}
    blog = replace(blog, pictures=pictures)
    if step.value % 2:
        return blog
    posts = {
        name: replace(post, picture=new) if post.picture == old else post
        for name, post in blog.posts.items()
    }
    return replace(blog, posts=posts)


def _choose_picture(blog: Blog, step: Step) -> Blog:
    return change_post(blog, step, picture=pick_picture(step.value))


def _focus_picture(blog: Blog, step: Step) -> Blog:
    choices = ("", "10% 10%", "90% 20%", "50% 90%")
    focus = step.choose_other(choices, find_post(blog, step).focus)
    return change_post(blog, step, focus=focus)


#: Edits of pictures, by name.
PICTURE_EDITS: Final[Mapping[str, Edit]] = {
    "swap picture": _swap_picture,
    "damage picture": _damage_picture,
    "rename picture": _rename_picture,
    "choose picture": _choose_picture,
    "focus picture": _focus_picture,
}
