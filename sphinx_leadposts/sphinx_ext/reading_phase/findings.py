"""Findings: what is wrong with a document, seen only beside all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.problem import Problem, Subtype

if TYPE_CHECKING:
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain

#: A docname, and what is wrong there.
Finding = tuple[str, Problem]

_KEYS = {
    Subtype.AUTHOR: ("author",),
    Subtype.CATEGORY: ("category",),
    Subtype.GUIDE: ("guides", "guide_for", "tags"),
    Subtype.REDIRECT: ("redirect_from", "permalink", "slug"),
    Subtype.RELATED: ("related",),
    Subtype.SERIES: ("series",),
    Subtype.TAG: ("tags",),
    Subtype.TITLE: ("title",),
}


def make_finding(
    blog: BlogDomain, docname: str, subtype: Subtype, message: str, *args: object
) -> Finding:
    """Return the finding, at the line of the key that the subtype is about."""
    line = blog.find_line(docname, *_KEYS.get(subtype, ()))
    return docname, Problem(subtype=subtype, message=message, args=args, line=line)
