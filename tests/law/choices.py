"""What the number of a step means, for edits that have many values."""

from __future__ import annotations

from tests.law.blog import NAMED, SHOWN, TAGS


def pick_tags(value: int) -> tuple[str, ...]:
    """Return the tags that ``value`` means, of a post, a guide or a page."""
    return tuple(tag for bit, tag in enumerate(TAGS) if value >> bit & 1)


def pick_title(value: int) -> str:
    """Return the title that ``value`` means, or none."""
    return f"Guide, title {value}" if value % 4 else ""


def pick_picture(value: int) -> str:
    """Return the picture that ``value`` means, or none."""
    return ("", *SHOWN, *NAMED)[value % 5]


def pick_guides(value: int) -> tuple[str, ...] | None:
    """Return the guides that ``value`` means; ``None`` where a post does not say."""
    choices = (None, ("guide",), (), ("start", "handbook"), ("book",), ("alpha",))
    return choices[value % len(choices)]
