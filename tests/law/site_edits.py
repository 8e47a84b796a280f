"""What becomes of the site: its documents, its settings, its day, our version."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.law.blog import Page
from tests.law.choices import pick_tags
from tests.law.settings import CHOICES, DAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.law.blog import Blog
    from tests.law.step import Edit, Step


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
    return _change_page(blog, step, guide_for=pick_tags(step.value))


def _toggle_page(blog: Blog, step: Step) -> Blog:
    if blog.handbook:
        return replace(blog, handbook=None)
    page = Page(title=f"Book {step.value}", guide_for=pick_tags(step.value))
    return replace(blog, handbook=page)


def _configure(blog: Blog, step: Step, *, name: str) -> Blog:
    value = step.choose_other(CHOICES[name], blog.settings[name])
    return replace(blog, settings={**blog.settings, name: value})


def _let_time_pass(blog: Blog, step: Step) -> Blog:
    return replace(blog, day=step.choose_other(DAYS, blog.day))


def _upgrade(blog: Blog, step: Step) -> Blog:
    """Upgrade our extension, or go back to what it was."""
    versions = ("", ".post1", ".post2")
    return replace(blog, version=step.choose_other(versions, blog.version))


def _leave(blog: Blog, _step: Step) -> Blog:
    return blog


#: Edits of all else, by name.
SITE_EDITS: Final[Mapping[str, Edit]] = {
    "retitle page": _retitle_page,
    "describe page": _describe_page,
    "claim tags": _claim_tags,
    "toggle page": _toggle_page,
    **{f"set {name}": partial(_configure, name=name) for name in CHOICES},
    "let time pass": _let_time_pass,
    "upgrade": _upgrade,
    "nothing": _leave,
}
