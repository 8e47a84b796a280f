"""Guides held against the documents that are there, and against each other."""

from __future__ import annotations

import graphlib
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_leadposts.model.doubt import ask_for, find_neighbour
from sphinx_leadposts.model.guide_posts import GuidePostsPart
from sphinx_leadposts.model.lead import split_title
from sphinx_leadposts.model.leading import ReadingPart
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.sphinx_ext.reading_phase.findings import Finding, make_finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.registry import GuideEntry, Registries
    from sphinx_leadposts.reading.scan import ScannedPost
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain


def find_lost_guides(
    blog: BlogDomain, held_back: Mapping[str, ScannedPost], now: datetime
) -> Iterator[Finding]:
    """Yield guides that posts name and that are not there, or not to be used.

    A guide that is held back by its date is passed over: a date is no defect.
    """
    for docname, post in sorted(blog.posts.items()):
        seen: set[str] = set()
        for name in post.guides or ():
            fault = _find_fault(blog.catalog, name, held_back, now)
            guide = blog.catalog.guides.find_or_make(name)
            if guide is not None:
                key = guide.target.key
                fault = fault or _find_repetition(key, docname, seen)
                seen.add(key)
            if fault:
                message = "the guide %r %s"
                yield make_finding(
                    blog, docname, Subtype.GUIDE, message, name[:80], fault
                )


def find_unfit_entries(
    blog: BlogDomain,
    registries: Registries,
    held_back: Mapping[str, ScannedPost],
    now: datetime,
) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong in the registries of guides and calls, with its location."""
    catalog = blog.catalog
    keys: dict[str, str] = {}
    for key, entry in registries.guides.items():
        fault = _find_fault(catalog, entry.target, held_back, now)
        guide = catalog.guides.find_key(key)
        if guide is not None and not fault:
            other = keys.setdefault(guide.target.key, key)
            if other != key:
                fault = f"is the guide {other!r} already; leave one of them out"
        if fault:
            message = "leadposts_guides: %s: the target %r %s"
            yield entry.location, _doubt(message, key, entry.target[:80], fault)
        for tag, meant in _find_slips(catalog, entry):
            message = "leadposts_guides: %s: no post has the tag %r%s"
            yield entry.location, _doubt(message, key, tag, ask_for(meant))
    for name, call in registries.calls.items():
        for button in call.buttons:
            if fault := _find_fault(catalog, split_title(button)[1], held_back, now):
                message = "leadposts_call_to_action: %s: the target of the button %r %s"
                yield call.location, _doubt(message, name, button[:80], fault)


def find_contradictions(blog: BlogDomain) -> Iterator[Finding]:
    """Yield documents that say other tags of themselves than the registry does."""
    catalog = blog.catalog
    for guide in catalog.guides.guides:
        docname = guide.target.docname
        page = catalog.by_docname.get(docname) or catalog.documents.get(docname)
        if guide.entry is None or not guide.entry.tags or page is None:
            continue
        said = {catalog.tag_index.find_key(tag) for tag in page.guide_for}
        if said and said != set(guide.tags):
            yield make_finding(
                blog,
                docname,
                Subtype.GUIDE,
                "'guide_for' says %s, but leadposts_guides (%s) says %s, which is "
                "used; leave one of them out",
                ", ".join(page.guide_for),
                guide.key,
                ", ".join(guide.entry.tags),
            )


def find_loops(blog: BlogDomain) -> Iterator[Finding]:
    """Yield guides that lead back to where a reader has been."""
    guides = blog.catalog.guides
    graph = {
        docname: [
            guide.target.docname
            for guide in guides.list_of_post(post)
            if guide.target.docname in blog.posts
        ]
        for docname, post in sorted(blog.posts.items())
    }
    while True:
        try:
            graphlib.TopologicalSorter(graph).prepare()
        except graphlib.CycleError as error:
            # It names each after what leads to it, and the first once more at the end.
            circle = error.args[1][::-1]
            first = circle.index(min(circle[1:]))
            circle = [*circle[first:-1], *circle[: first + 1]]
            message = "the guides lead in a circle: %s. Take one of them out"
            text = " → ".join(circle)
            yield make_finding(blog, circle[0], Subtype.GUIDE, message, text)
            graph[circle[0]].remove(circle[1])
        else:
            return


def find_unfit_parts(
    blog: BlogDomain, held_back: Mapping[str, ScannedPost], now: datetime
) -> Iterator[Finding]:
    """Yield blocks of further reading that repeat themselves, or show nothing."""
    for docname in sorted(blog.records):
        for part, line in blog.list_parts(docname):
            if not isinstance(part, ReadingPart | GuidePostsPart) or line is None:
                continue
            problems = list(part.doubt(blog.catalog, docname))
            problems += _find_unfit_names(part, blog.catalog, held_back, now)
            if isinstance(part, ReadingPart) and not problems and not part.items:
                problems = list(_find_emptiness(part, blog.catalog, docname))
            for problem in problems:
                yield docname, problem.at(problem.line or line)


def _find_unfit_names(
    part: ReadingPart | GuidePostsPart,
    catalog: Catalog,
    held_back: Mapping[str, ScannedPost],
    now: datetime,
) -> Iterator[Problem]:
    """Yield names in the options of a block behind which there is no page yet."""
    if isinstance(part, ReadingPart):
        names, subtype = (*part.guides, *part.posts), Subtype.FURTHER_READING
        message = "further-reading: %r %s"
    else:
        names, subtype = (part.guide,), Subtype.GUIDE
        message = "guide-posts: %r %s"
    for name in names:
        # What is nowhere at all, the part itself has said.
        is_known = name and not catalog.guides.is_nowhere(name)
        fault = _find_fault(catalog, name, held_back, now) if is_known else ""
        if fault:
            yield replace(_doubt(message, name[:80], fault), subtype=subtype)


def _find_emptiness(
    part: ReadingPart, catalog: Catalog, docname: str
) -> Iterator[Problem]:
    post = catalog.by_docname.get(docname)
    if post and catalog.guides.awaits_guide(tags=post.tags, names=post.guides or ()):
        return
    if not part.answer(catalog, docname).leads:
        yield Problem(
            subtype=Subtype.FURTHER_READING,
            message="further-reading: there is nothing to show, since this document "
            "has no guide. Write a list of links, or name 'guides', 'tags' or 'posts'",
        )


def _find_fault(
    catalog: Catalog, name: str, held_back: Mapping[str, ScannedPost], now: datetime
) -> str:
    """Return what is wrong with ``name``, in words; empty where nothing is."""
    if (docname := catalog.guides.find_held_back(name)) is not None:
        # A date is no defect.
        post = held_back[docname]
        is_late = post.is_future(now) or post.is_expired(now)
        return "" if is_late else "is a draft; it is left out"
    if catalog.guides.find_key(name) is not None:
        return ""
    target = catalog.directory.find_name(name)
    if target is None:
        hint = ask_for(catalog.guess("name", name))
        return f"is no guide, document or post of this site{hint}; it is left out"
    if target.is_own:
        return "is a URL of this site, but no page stands there; mend it"
    return ""


def _find_repetition(key: str, docname: str, seen: set[str]) -> str:
    if key == docname:
        return "is this post itself; it is left out"
    return "stands twice; it is shown once" if key in seen else ""


def _find_slips(catalog: Catalog, entry: GuideEntry) -> Iterator[tuple[str, str]]:
    """Yield tags that no post has, and that were probably meant to be others."""
    known = {tag.label for tag in catalog.tags}
    for tag in entry.tags:
        if catalog.find_tag(tag) is None and (meant := find_neighbour(tag, known)):
            yield tag, meant


def _doubt(message: str, *args: object) -> Problem:
    return Problem(subtype=Subtype.GUIDE, message=message, args=args)
