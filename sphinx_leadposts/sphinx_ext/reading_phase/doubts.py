"""Tags, authors and series of all posts, held against the registries and each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_leadposts.model.doubt import find_neighbour, find_slips
from sphinx_leadposts.model.problem import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.model.registry import Registries
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain

_Finding = tuple[str, Problem]


def find_doubtful_tags(blog: BlogDomain, registries: Registries) -> Iterator[_Finding]:
    """Yield tags that the registry does not have, or that look like a slip."""
    catalog = blog.catalog
    slips = {} if registries.tags else find_slips(catalog.tags)
    known = {entry.label or name for name, entry in registries.tags.items()}
    for tag in catalog.tags:
        if tag.key in slips:
            meant: str | None = slips[tag.key].label
        elif registries.tags and tag.key not in catalog.tag_index.entries:
            meant = find_neighbour(tag.label, known)
        else:
            continue
        docname = tag.posts[0].docname
        yield (
            docname,
            Problem(
                subtype=Subtype.TAG,
                message="the tag %r stands alone%s. If it is meant, add it to the "
                "registry: leadposts_tags = {%r: {}}",
                args=(tag.label, _ask(meant), tag.label),
                line=blog.find_line(docname, "tags"),
            ),
        )


def find_unknown_authors(
    blog: BlogDomain, registries: Registries
) -> Iterator[_Finding]:
    """Yield authors whom the registry, if there is one, does not have."""
    entries = registries.authors
    if not entries:
        return
    known = {name for name, entry in entries.items()} | {
        entry.name for entry in entries.values()
    }
    folded = {name.casefold() for name in known}
    for docname, post in sorted(blog.posts.items()):
        for author in post.authors:
            if author.key.casefold() not in folded:
                yield (
                    docname,
                    Problem(
                        subtype=Subtype.AUTHOR,
                        message="there is no author %r in leadposts_authors%s. Add "
                        "the author: leadposts_authors = {%r: {}}",
                        args=(
                            author.key,
                            _ask(find_neighbour(author.key, known)),
                            author.key,
                        ),
                        line=blog.find_line(docname, "author"),
                    ),
                )


def find_broken_series(blog: BlogDomain) -> Iterator[_Finding]:
    """Yield posts that are the same part of a series, or come after a gap."""
    parts: defaultdict[str, dict[int, Post]] = defaultdict(dict)
    for docname, post in sorted(blog.posts.items()):
        series = post.series
        if series is None or series.part is None:
            continue
        other = parts[series.name].setdefault(series.part, post)
        if other is not post:
            message = "part %d of the series %r is also %r; number the parts apart"
            args = (series.part, series.name, other.docname)
            yield docname, _make_series_problem(blog, docname, message, args)
    for name, numbered in parts.items():
        for part, post in sorted(numbered.items()):
            if part > 1 and part - 1 not in numbered:
                message = "the series %r has a part %d but no part %d"
                args = (name, part, part - 1)  # type: ignore[assignment]
                problem = _make_series_problem(blog, post.docname, message, args)
                yield post.docname, problem


def _make_series_problem(
    blog: BlogDomain, docname: str, message: str, args: tuple[object, ...]
) -> Problem:
    return Problem(
        subtype=Subtype.SERIES,
        message=message,
        args=args,
        line=blog.find_line(docname, "series"),
    )


def _ask(meant: str | None) -> str:
    return f"; did you mean {meant!r}?" if meant else ""
