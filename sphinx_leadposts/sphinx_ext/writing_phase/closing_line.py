"""The line in which a build says at its end what it made of the blog."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.picture_uses import find_picture_uses
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import (
    get_expiries,
    get_held_back,
    get_moment,
)
from sphinx_leadposts.sphinx_ext.warnings import note

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.reading.scan import ScannedPost
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery
    from sphinx_leadposts.sphinx_ext.writing_phase.tally import PictureTally


class ClosingLine:
    """Says how many posts, tags and pictures there are, and what is held back."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery

    def say(self, app: Sphinx, error: Exception | None) -> None:
        """Log the line, unless the build failed."""
        if error is None:
            note("leadposts: %s", _describe(app.env, self._gallery.tally))


def _describe(env: BuildEnvironment, tally: PictureTally) -> str:
    blog = get_blog(env)
    posts = _count(len(blog.posts), "post")
    tags = _count(len(blog.catalog.shelves["tag"].shown), "tag")
    uses = find_picture_uses(blog)
    pictures = {use.picture.name for use in uses if not use.picture.cover}
    made = f" {tally}" if str(tally) else ""
    parts = (
        f"{posts}, {tags}",
        _describe_held_back(env),
        _describe_expiry(env),
        f"{_count(len(pictures), 'picture')}{made}",
        _describe_guides(blog),
    )
    return "; ".join(part for part in parts if part)


def _describe_held_back(env: BuildEnvironment) -> str:
    held, now = get_held_back(env).values(), get_moment(env)
    if not held:
        return ""
    counts = Counter(_say_why(post, now) for post in held)
    kinds = ", ".join(
        _count(count, kind) if kind == "draft" else f"{count} {kind}"
        for kind, count in sorted(counts.items())
    )
    dates = [p.date for p in held if p.date and p.is_future(now) and not p.is_draft]
    return f"held back: {kinds}{f' (next {min(dates)[:10]})' if dates else ''}"


def _describe_expiry(env: BuildEnvironment) -> str:
    dates = get_expiries(env)
    return f"next to expire {min(dates)[:10]}" if dates else ""


def _describe_guides(blog: BlogDomain) -> str:
    guides = blog.catalog.guides
    if not guides.guides:
        return ""
    share = f"{guides.count_leading_posts()} of {len(blog.posts)} posts lead to one"
    return f"{_count(len(guides.guides), 'guide')}, {share}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _say_why(post: ScannedPost, now: datetime) -> str:
    if post.is_draft:
        return "draft"
    return "future" if post.is_future(now) else "expired"


def setup_closing_line(app: Sphinx, gallery: Gallery) -> None:
    """Have the line said when all is done."""
    app.connect("build-finished", ClosingLine(gallery).say)
