"""Digests of what the blog puts on each page.

Two pages with one digest are alike; a page whose digest is not the one it was written
with must be written again. A digest covers the answers to all parts of the page, the
titles of what it links to without a title of its own, what the navigation says of the
blog's pages, and everything that the look of these depends on.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import babel
from sphinx import __display_version__

from sphinx_leadposts import __version__
from sphinx_leadposts.config import read_config
from sphinx_leadposts.model.leading import ReadingPart
from sphinx_leadposts.sphinx_ext.domain import BlogDomain, get_blog
from sphinx_leadposts.sphinx_ext.held_back import find_held_back
from sphinx_leadposts.sphinx_ext.links import find_base_url
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import get_held_back
from sphinx_leadposts.sphinx_ext.registries import forget_registries, read_registries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.link import Link


def describe_options(config: Config, templates: str) -> str:
    """Return all that pages depend on beside posts; ``templates`` is their digest."""
    return repr(
        (
            __version__,
            __display_version__,
            babel.__version__,
            # By its metadata: to import it takes longer than all of this.
            version("pillow"),
            config.language,
            find_base_url(config),
            # What pages show of the registries is in their answers.
            replace(forget_registries(read_config(config)), cache_dir=""),
            templates,
        )
    )


def digest_state(env: BuildEnvironment, options: str) -> str:
    """Return one digest of the whole blog, to tell quickly that nothing changed."""
    blog = get_blog(env)
    digest = hashlib.sha256(options.encode())
    for table in (blog.posts, blog.documents, blog.records):
        for name in sorted(table):
            digest.update(f"{name}\0{table[name]!r}\n".encode())
    digest.update(repr(read_registries(env.config)).encode())
    digest.update(repr(sorted(blog.generated)).encode())
    digest.update(repr(sorted(env.found_docs)).encode())
    held = sorted((name, post.title) for name, post in get_held_back(env).items())
    digest.update(repr(held).encode())
    digest.update(_describe_linked_titles(env, blog).encode())
    digest.update(_describe_navigation(env, blog).encode())
    return digest.hexdigest()


def digest_pages(env: BuildEnvironment, options: str) -> dict[str, str]:
    """Return the digest of every document of the site."""
    blog = get_blog(env)
    navigation = _describe_navigation(env, blog)
    plain = _hash(navigation)
    digests = {}
    for docname in env.all_docs:
        said = list(_describe_page(env, blog, docname))
        digests[docname] = _hash(navigation, options, *said) if said else plain
    return digests


def _describe_page(
    env: BuildEnvironment, blog: BlogDomain, docname: str
) -> Iterator[str]:
    for part, _line in blog.list_parts(docname):
        yield repr((part, part.answer(blog.catalog, docname)))
        if isinstance(part, ReadingPart):
            for link in part.items:
                yield repr(_describe_link(env, blog, link))
    record = blog.records.get(docname)
    if record is None:
        return
    post = blog.posts.get(docname)
    for link in record.links:
        yield repr(_describe_link(env, blog, link))
        if post and blog.catalog.guides.leads_to_guide(link, post):
            yield "guide"
    yield repr(record.pictures)
    yield record.shape


def _describe_link(
    env: BuildEnvironment, blog: BlogDomain, link: Link
) -> tuple[str, ...]:
    """Return what the page shows of a link: where it leads, and under what title."""
    if link.kind == "tag":
        tag = blog.catalog.find_tag(link.target)
        page = blog.catalog.locate_tag(tag) if tag else None
        return (page or "", tag.label if tag and not link.is_titled else "")
    target = blog.catalog.find_target(link)
    if target is None or (target.docname and target.docname not in env.all_docs):
        held = find_held_back(env, link)
        if held is None:
            return ("nowhere",)
        # A link to a post that is held back shows what that post is called.
        return ("held back", "" if link.is_titled else held.title)
    if link.is_titled:
        return (target.name, target.anchor)
    # A guide has a title in the registry, wherever it stands.
    lead = blog.catalog.find_lead(link.target) if link.kind != "document" else None
    said = (target.name, lead.title if lead else "")
    if not target.docname:
        return said
    post = blog.posts.get(target.docname)
    title = env.titles[target.docname].astext()
    return (*said, title, post.title if post else "")


def _describe_linked_titles(env: BuildEnvironment, blog: BlogDomain) -> str:
    """Return the titles of all documents that some page links to by their title."""
    targets = {
        link.target
        for record in blog.records.values()
        for link in record.links
        if link.kind == "document" and not link.is_titled
    }
    return repr(
        [
            (target, env.titles[target].astext())
            for target in sorted(targets)
            if target in env.titles
        ]
    )


def _describe_navigation(env: BuildEnvironment, blog: BlogDomain) -> str:
    """Return what toctrees, which themes show on every page, hold of the blog."""
    ours = blog.generated | blog.posts.keys()
    return repr(
        [
            (parent, child, env.titles[child].astext())
            for parent, children in sorted(env.toctree_includes.items())
            for child in children
            if child in ours and child in env.all_docs
        ]
    )


def _hash(*texts: str) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:32]
