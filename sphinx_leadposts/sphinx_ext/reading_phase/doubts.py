"""Tags, authors and series of all posts, held against the registries and each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_leadposts.model.doubt import ask_for, find_neighbour, find_slips
from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.sphinx_ext.reading_phase.findings import make_finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.model.registry import Registries
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.reading_phase.findings import Finding


def find_doubtful_tags(blog: BlogDomain, registries: Registries) -> Iterator[Finding]:
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
        yield make_finding(
            blog,
            tag.posts[0].docname,
            Subtype.TAG,
            "the tag %r stands alone%s. If it is meant, add it to the registry: "
            "leadposts_tags = {%r: {}}",
            tag.label,
            ask_for(meant),
            tag.label,
        )


def find_unknown_authors(blog: BlogDomain, registries: Registries) -> Iterator[Finding]:
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
                yield make_finding(
                    blog,
                    docname,
                    Subtype.AUTHOR,
                    "there is no author %r in leadposts_authors%s. Add the author: "
                    "leadposts_authors = {%r: {}}",
                    author.key,
                    ask_for(find_neighbour(author.key, known)),
                    author.key,
                )


def find_broken_series(blog: BlogDomain) -> Iterator[Finding]:
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
            yield make_finding(blog, docname, Subtype.SERIES, message, *args)
    for name, numbered in parts.items():
        for part, post in sorted(numbered.items()):
            if part > 1 and part - 1 not in numbered:
                message = "the series %r has a part %d but no part %d"
                where = post.docname
                yield make_finding(
                    blog, where, Subtype.SERIES, message, name, part, part - 1
                )
