"""Digests of what the blog puts on each page.

Two pages with one digest are alike; a page whose digest is not the one it was written
with must be written again. A digest covers the answers to all parts of the page, the
titles of what it links to without a title of its own, what the navigation says of the
blog's pages, and everything that the look of these depends on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import babel
from sphinx import __display_version__

from sphinx_leadposts import __version__
from sphinx_leadposts.model.leading import ReadingPart
from sphinx_leadposts.model.shown import Cluster, Listing
from sphinx_leadposts.sphinx_ext.domain import BlogDomain, get_blog
from sphinx_leadposts.sphinx_ext.held_back import find_held_back
from sphinx_leadposts.sphinx_ext.links import find_base_url, is_website
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import get_held_back
from sphinx_leadposts.sphinx_ext.registries import forget_registries, read_registries
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.writing_phase.feed_places import list_feed_links
from sphinx_leadposts.sphinx_ext.writing_phase.page_heads import make_head
from sphinx_leadposts.sphinx_ext.writing_phase.sidebars import describe_sidebars
from sphinx_leadposts.sphinx_ext.writing_phase.website import Website

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.link import Link
    from sphinx_leadposts.model.part import Answer
    from sphinx_leadposts.model.shown import Card


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
            # Sphinx writes all pages anew where these change, but only in that build:
            # in one of a single file, or of another output, others stay as they are.
            config.project,
            config.author,
            config.html_link_suffix,
            config.html_file_suffix,
            find_base_url(config),
            config.html_sidebars,
            # What pages show of the registries is in their answers.
            replace(
                forget_registries(read_config(config)),
                cache_dir="",
                spare_loaded=True,
                feed_length=0,
            ),
            templates,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Two digests of the whole blog, to tell quickly what did not change.

    ``whole`` is of all that was recorded, ``public`` of what more pages than one may
    show. Where that is as it was, a page is as it was if its own record is.
    """

    whole: str
    public: str


def digest_state(env: BuildEnvironment, options: str) -> State:
    """Return the state that the blog is in."""
    # What sidebars show follows from the posts, and which pages have them from options.
    blog = get_blog(env)
    held = sorted((n, p.title, p.old_paths) for n, p in get_held_back(env).items())
    shared = _hash(
        options,
        repr(read_registries(env.config)),
        repr(sorted(blog.generated)),
        repr(sorted(env.found_docs)),
        repr(held),
        _describe_linked_titles(env, blog),
        _describe_navigation(env, blog),
    )
    return State(
        whole=_hash(shared, blog.digest_records(), blog.related.state),
        public=_hash(shared, blog.digest_records(public=True)),
    )


def digest_published(config: Config, state: State) -> str:
    """Return a digest of all that files beside the pages follow from."""
    # No page shows how many posts a feed has.
    return _hash(state.whole, repr(read_config(config).feed_length))


def digest_pages(
    builder: Builder, options: str, kept: Mapping[str, str]
) -> dict[str, str]:
    """Return the digest of every document of the site.

    :param kept: the digests of pages of which it is known that they are as they were.
    """
    env = builder.env
    blog = get_blog(env)
    navigation = _describe_navigation(env, blog)
    website = Website(builder) if is_website(builder) else None
    if website:
        # Any page may name them.
        navigation += repr(list_feed_links(website, env.config.root_doc))
    plain = _hash(navigation)
    digests = {}
    cards = _CardTexts()
    for docname in env.all_docs:
        if docname in kept:
            digests[docname] = kept[docname]
            continue
        said = list(_describe_page(env, blog, docname, cards))
        if website and (head := make_head(website, docname)):
            said.append(repr(head))
        if sidebars := describe_sidebars(builder, docname):
            said.append(sidebars)
        digests[docname] = _hash(navigation, options, *said) if said else plain
    return digests


class _CardTexts:
    """What cards show, written down once each: a post stands in many lists."""

    def __init__(self) -> None:
        # The catalog keeps the cards, so no other gets the same number.
        self._texts: dict[int, str] = {}

    def describe(self, answer: Answer) -> Iterator[str]:
        """Yield all that ``answer`` holds."""
        if isinstance(answer, Listing):
            yield repr((answer.pager, answer.intro))
            yield from (self._describe_card(card) for card in answer.cards)
        elif isinstance(answer, Cluster):
            for group in answer.groups:
                yield group.label
                yield from self.describe(group.listing)
        else:
            yield repr(answer)

    def _describe_card(self, card: Card) -> str:
        text = self._texts.get(id(card))
        if text is None:
            text = self._texts[id(card)] = repr(card)
        return text


def _describe_page(
    env: BuildEnvironment, blog: BlogDomain, docname: str, cards: _CardTexts
) -> Iterator[str]:
    for part, _line in blog.list_parts(docname):
        yield repr(part)
        yield from cards.describe(part.answer(blog.catalog, docname))
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
    if link.kind in blog.catalog.shelves:
        page = blog.catalog.find_archive_page(link.kind, link.target)
        label, docname = page or ("", "")
        return (docname, "" if link.is_titled else label)
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
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:32]
