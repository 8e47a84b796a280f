"""What an author may do to a blog between two builds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tests.law.blog import (
    BUTTONS,
    KEYS,
    LEADS,
    NAMED,
    NAMES,
    SHOWN,
    TAGS,
    TARGETS,
    Blog,
    Entry,
    Guide,
    Page,
    Shot,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An edit of the thing ``which`` to ``value``, and the build that follows it.

    ``manner`` is ``full``, or ``one file`` (no other page is written), or ``cut off``
    (by Ctrl-C while pages are written; then a full build). ``is_reverted`` where the
    edit is taken back between these two.
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


def edit_blog(blog: Blog, step: Step) -> Blog:
    """Return the blog after the edit of ``step``; the same where it has no sense."""
    return EDITS[step.edit](blog, step)


# Posts --------------------------------------------------------------------------------


def _change(blog: Blog, step: Step, **fields: object) -> Blog:
    name = sorted(blog.posts)[step.which % len(blog.posts)]
    post = replace(blog.posts[name], **fields)  # type: ignore[arg-type]
    return replace(blog, posts={**blog.posts, name: post})


def _add(blog: Blog, step: Step) -> Blog:
    free = [name for name in NAMES if name not in blog.posts]
    if not free:
        return blog
    post = Entry(
        title=f"New {step.value}",
        date=f"2025-02-{1 + step.value % 28:02}",
        tags=_pick_tags(step.value),
        body=step.value,
        lead=step.value >> 3,
        picture=_pick_picture(step.value),
        guides=_pick_guides(step.value),
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
    return _change(blog, step, title=f"Title {step.value}")


def _retag(blog: Blog, step: Step) -> Blog:
    return _change(blog, step, tags=_pick_tags(step.value))


def _redate(blog: Blog, step: Step) -> Blog:
    year = 2999 if step.value % 4 == 3 else 2025
    return _change(blog, step, date=f"{year}-01-{1 + step.value % 28:02}")


def _draft(blog: Blog, step: Step) -> Blog:
    name = sorted(blog.posts)[step.which % len(blog.posts)]
    return _change(blog, step, is_draft=not blog.posts[name].is_draft)


def _edit_body(blog: Blog, step: Step) -> Blog:
    return _change(blog, step, body=step.value)


def _lead_on(blog: Blog, step: Step) -> Blog:
    return _change(blog, step, lead=step.value % len(LEADS))


def _name_guides(blog: Blog, step: Step) -> Blog:
    return _change(blog, step, guides=_pick_guides(step.value))


# Pictures -----------------------------------------------------------------------------


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
    return _change(blog, step, picture=_pick_picture(step.value))


# Guides and calls ---------------------------------------------------------------------


def _change_guide(blog: Blog, step: Step, **fields: object) -> Blog:
    if not blog.guides:
        return blog
    key = sorted(blog.guides)[step.which % len(blog.guides)]
    guide = replace(blog.guides[key], **fields)  # type: ignore[arg-type]
    return replace(blog, guides={**blog.guides, key: guide})


def _toggle_guide(blog: Blog, step: Step) -> Blog:
    key = KEYS[step.which % len(KEYS)]
    if key in blog.guides:
        return replace(blog, guides={k: g for k, g in blog.guides.items() if k != key})
    guide = Guide(
        target=TARGETS[step.value % len(TARGETS)],
        title=_pick_title(step.value >> 3),
        tags=_pick_tags(step.value),
    )
    return replace(blog, guides={**blog.guides, key: guide})


def _retitle_guide(blog: Blog, step: Step) -> Blog:
    return _change_guide(blog, step, title=_pick_title(step.value))


def _describe_guide(blog: Blog, step: Step) -> Blog:
    description = f"About {step.value}." if step.value % 4 else ""
    picture = _pick_picture(step.value)
    return _change_guide(blog, step, description=description, picture=picture)


def _move_guide(blog: Blog, step: Step) -> Blog:
    return _change_guide(blog, step, target=TARGETS[step.value % len(TARGETS)])


def _retag_guide(blog: Blog, step: Step) -> Blog:
    return _change_guide(blog, step, tags=_pick_tags(step.value))


def _review_guide(blog: Blog, step: Step) -> Blog:
    day = f"2025-03-{1 + step.value % 28:02}" if step.value % 4 else ""
    return _change_guide(blog, step, reviewed=day)


def _edit_call(blog: Blog, step: Step) -> Blog:
    tag = ("*", *TAGS)[step.which % (1 + len(TAGS))]
    others = {name: button for name, button in blog.calls.items() if name != tag}
    if tag in blog.calls and step.value % 4 == 3:
        return replace(blog, calls=others)
    return replace(blog, calls={**others, tag: BUTTONS[step.value % len(BUTTONS)]})


# Documents that are no posts ----------------------------------------------------------


def _change_page(blog: Blog, step: Step, **fields: object) -> Blog:
    if step.which % 2 == 0:
        return replace(blog, guide=replace(blog.guide, **fields))  # type: ignore[arg-type]
    if blog.handbook is None:
        return blog
    return replace(blog, handbook=replace(blog.handbook, **fields))  # type: ignore[arg-type]


def _retitle_page(blog: Blog, step: Step) -> Blog:
    return _change_page(blog, step, title=f"Guide {step.value}")


def _describe_page(blog: Blog, step: Step) -> Blog:
    description = f"A page of {step.value} words." if step.value % 4 else ""
    return _change_page(blog, step, description=description)


def _claim_tags(blog: Blog, step: Step) -> Blog:
    return _change_page(blog, step, guide_for=_pick_tags(step.value))


def _toggle_page(blog: Blog, step: Step) -> Blog:
    if blog.handbook:
        return replace(blog, handbook=None)
    page = Page(title=f"Book {step.value}", guide_for=_pick_tags(step.value))
    return replace(blog, handbook=page)


def _leave(blog: Blog, _step: Step) -> Blog:
    return blog


def _pick_tags(value: int) -> tuple[str, ...]:
    return tuple(tag for bit, tag in enumerate(TAGS) if value >> bit & 1)


def _pick_title(value: int) -> str:
    return f"Guide, title {value}" if value % 4 else ""


def _pick_picture(value: int) -> str:
    return ("", *SHOWN, *NAMED)[value % 5]


def _pick_guides(value: int) -> tuple[str, ...] | None:
    choices = (None, ("guide",), (), ("start", "handbook"), ("book",), ("alpha",))
    return choices[value % len(choices)]


EDITS: Final[Mapping[str, Callable[[Blog, Step], Blog]]] = {
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
    "swap picture": _swap_picture,
    "damage picture": _damage_picture,
    "rename picture": _rename_picture,
    "choose picture": _choose_picture,
    "toggle guide": _toggle_guide,
    "retitle guide": _retitle_guide,
    "describe guide": _describe_guide,
    "move guide": _move_guide,
    "retag guide": _retag_guide,
    "review guide": _review_guide,
    "edit call": _edit_call,
    "retitle page": _retitle_page,
    "describe page": _describe_page,
    "claim tags": _claim_tags,
    "toggle page": _toggle_page,
    "nothing": _leave,
}
