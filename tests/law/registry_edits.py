"""What an author may do to the registries: of guides, calls, tags and authors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.law.blog import BUTTONS, KEYS, TAGS, TARGETS, WRITERS
from tests.law.choices import pick_picture, pick_tags, pick_title
from tests.law.registry import Guide, Tag, Writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.law.blog import Blog
    from tests.law.step import Edit, Step


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
        title=pick_title(step.value >> 3),
        tags=pick_tags(step.value),
    )
    return replace(blog, guides={**blog.guides, key: guide})


def _retitle_guide(blog: Blog, step: Step) -> Blog:
    return _change_guide(blog, step, title=pick_title(step.value))


def _describe_guide(blog: Blog, step: Step) -> Blog:
    description = f"About {step.value}." if step.value % 4 else ""
    picture = pick_picture(step.value)
    return _change_guide(blog, step, description=description, picture=picture)


def _move_guide(blog: Blog, step: Step) -> Blog:
    return _change_guide(blog, step, target=TARGETS[step.value % len(TARGETS)])


def _retag_guide(blog: Blog, step: Step) -> Blog:
    return _change_guide(blog, step, tags=pick_tags(step.value))


def _review_guide(blog: Blog, step: Step) -> Blog:
    day = f"2025-03-{1 + step.value % 28:02}" if step.value % 4 else ""
    return _change_guide(blog, step, reviewed=day)


def _edit_call(blog: Blog, step: Step) -> Blog:
    tag = ("*", *TAGS)[step.which % (1 + len(TAGS))]
    others = {name: button for name, button in blog.calls.items() if name != tag}
    if tag in blog.calls and step.value % 4 == 3:
        return replace(blog, calls=others)
    return replace(blog, calls={**others, tag: BUTTONS[step.value % len(BUTTONS)]})


# Tags ---------------------------------------------------------------------------------


def _toggle_tag(blog: Blog, step: Step) -> Blog:
    name = TAGS[step.which % len(TAGS)]
    if name in blog.tags:
        return replace(blog, tags={n: t for n, t in blog.tags.items() if n != name})
    # At the front: the entries below it move down in their file.
    return replace(blog, tags={name: Tag(), **blog.tags})


def _change_tag(blog: Blog, step: Step, **fields: object) -> Blog:
    """Change what is said of a tag; of one that is not there, it is said first."""
    name = TAGS[step.which % len(TAGS)]
    tag = replace(blog.tags.get(name, Tag()), **fields)  # type: ignore[arg-type]
    return replace(blog, tags={**blog.tags, name: tag})


def _find_tag(blog: Blog, step: Step) -> Tag:
    return blog.tags.get(TAGS[step.which % len(TAGS)], Tag())


def _label_tag(blog: Blog, step: Step) -> Blog:
    name = TAGS[step.which % len(TAGS)]
    choices = ("", f"All on {name}", f"On {name} & co")
    label = step.choose_other(choices, _find_tag(blog, step).label)
    return _change_tag(blog, step, label=label)


def _describe_tag(blog: Blog, step: Step) -> Blog:
    description = f"In {step.value} words." if step.value % 4 else ""
    picture = pick_picture(step.value)
    return _change_tag(blog, step, description=description, picture=picture)


def _alias_tag(blog: Blog, step: Step) -> Blog:
    alias = step.choose_other(("", TAGS[-1], "cpp"), _find_tag(blog, step).alias)
    return _change_tag(blog, step, alias=alias)


def _parent_tag(blog: Blog, step: Step) -> Blog:
    # Tags may come to stand below themselves, or below one that no post has.
    choices = ("", *TAGS[:3], "languages")
    parent = step.choose_other(choices, _find_tag(blog, step).parent)
    return _change_tag(blog, step, parent=parent)


def _hide_tag(blog: Blog, step: Step) -> Blog:
    return _change_tag(blog, step, is_hidden=not _find_tag(blog, step).is_hidden)


# Authors ------------------------------------------------------------------------------


def _toggle_writer(blog: Blog, step: Step) -> Blog:
    key = WRITERS[step.which % len(WRITERS)]
    if key in blog.writers:
        others = {k: w for k, w in blog.writers.items() if k != key}
        return replace(blog, writers=others)
    return replace(blog, writers={key: Writer(), **blog.writers})


def _change_writer(blog: Blog, step: Step, **fields: object) -> Blog:
    key = WRITERS[step.which % len(WRITERS)]
    writer = replace(blog.writers.get(key, Writer()), **fields)  # type: ignore[arg-type]
    return replace(blog, writers={**blog.writers, key: writer})


def _name_writer(blog: Blog, step: Step) -> Blog:
    return _change_writer(blog, step, name=f"Name {step.value}")


def _link_writer(blog: Blog, step: Step) -> Blog:
    url = f"https://people.example/{step.value}" if step.value % 4 else ""
    return _change_writer(blog, step, url=url)


def _describe_writer(blog: Blog, step: Step) -> Blog:
    bio = f"Has written {step.value} books." if step.value % 4 else ""
    return _change_writer(blog, step, bio=bio)


#: Edits of registries, by name.
REGISTRY_EDITS: Final[Mapping[str, Edit]] = {
    "toggle guide": _toggle_guide,
    "retitle guide": _retitle_guide,
    "describe guide": _describe_guide,
    "move guide": _move_guide,
    "retag guide": _retag_guide,
    "review guide": _review_guide,
    "edit call": _edit_call,
    "toggle tag": _toggle_tag,
    "label tag": _label_tag,
    "describe tag": _describe_tag,
    "alias tag": _alias_tag,
    "parent tag": _parent_tag,
    "hide tag": _hide_tag,
    "toggle writer": _toggle_writer,
    "name writer": _name_writer,
    "link writer": _link_writer,
    "describe writer": _describe_writer,
}
