"""Tags, authors and series of all posts, held against the registries and each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_leadposts.model.doubt import ask_for, find_neighbour, find_slips
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.tag_tree import find_parent_loops
from sphinx_leadposts.sphinx_ext.reading_phase.findings import make_finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.model.registry import Registries
    from sphinx_leadposts.reading.scan import ScannedPost
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.reading_phase.findings import Finding


def find_doubtful_tags(blog: BlogDomain, registries: Registries) -> Iterator[Finding]:
    """Yield tags that the registry does not have, or that look like a slip."""
    catalog = blog.catalog
    slips = {} if registries.tags else find_slips(catalog.tags)
    known = set(catalog.tag_index.names.values())
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


def find_unfit_parents(blog: BlogDomain) -> Iterator[tuple[str, Problem]]:
    """Yield tags whose parent is nowhere, or themselves, each with its location."""
    index = blog.catalog.tag_index
    known = {*index.names.values(), *(tag.label for tag in blog.catalog.tags)}
    looped = set(find_parent_loops(index))
    for key, entry in index.entries.items():
        name = index.names[key]
        if name in looped:
            message = (
                "leadposts_tags: the tag %r stands below itself; mend its 'parent'"
            )
            yield entry.location, _doubt_tag(message, name)
        elif entry.parent and index.find_key(entry.parent) not in index.entries:
            message = (
                "leadposts_tags: the parent of %r, %r, is not in the registry%s. Add it"
            )
            hint = ask_for(find_neighbour(entry.parent, known))
            yield entry.location, _doubt_tag(message, name, entry.parent, hint)


def _doubt_tag(message: str, *args: object) -> Problem:
    return Problem(subtype=Subtype.TAG, message=message, args=args)


def find_lost_relations(blog: BlogDomain) -> Iterator[Finding]:
    """Yield posts that others name as related and that are not there."""
    directory = blog.catalog.directory
    for docname, post in sorted(blog.posts.items()):
        for name in post.related:
            if blog.catalog.find_post(name) or directory.find_held_back(name):
                continue
            hint = ask_for(blog.catalog.guess("post", name))
            message = "there is no post %r to be related to%s; give its docname"
            yield make_finding(blog, docname, Subtype.RELATED, message, name[:80], hint)


def find_unknown_authors(blog: BlogDomain, registries: Registries) -> Iterator[Finding]:
    """Yield authors whom the registry, if there is one, does not have."""
    if not registries.authors:
        return
    index = blog.catalog.shelves["author"].index
    known = {*registries.authors, *index.names.values()}
    for docname, post in sorted(blog.posts.items()):
        for author in post.authors:
            if index.find_key(author.key) not in index.entries:
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


def find_broken_series(
    blog: BlogDomain, held_back: Mapping[str, ScannedPost]
) -> Iterator[Finding]:
    """Yield posts that are the same part of a series, or come after a gap.

    A part that is held back leaves none: a date is no defect.
    """
    waiting = {(post.series, post.part) for post in held_back.values()}
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
            is_gap = part - 1 not in numbered and (name, part - 1) not in waiting
            if part > 1 and is_gap:
                message = "the series %r has a part %d but no part %d"
                where = post.docname
                yield make_finding(
                    blog, where, Subtype.SERIES, message, name, part, part - 1
                )
