"""Links in the text: to posts that are held back, out of a book, to our own site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_leadposts.config import read_config
from sphinx_leadposts.sphinx_ext.call import CALL_CLASS
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.held_back import find_held_back
from sphinx_leadposts.sphinx_ext.links import SINGLE_FILE_BUILDERS, is_in_toctree
from sphinx_leadposts.sphinx_ext.nodes import PAGE_TYPE, placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.linking import (
    find_linked_document,
    list_links,
)
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import get_held_back
from sphinx_leadposts.sphinx_ext.warnings import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_leadposts.model.link import Link
    from sphinx_leadposts.model.post import Post

#: Before MyST's resolver of links (9) and Sphinx's (10).
BEFORE_LINKS = 5
#: When all links are resolved.
AFTER_LINKS = 15
GUIDE_SENTENCE = "leadposts-guide-sentence"


class HeldBackLinks(SphinxPostTransform):
    """A link to a post that is held back becomes its text."""

    default_priority: ClassVar[int] = BEFORE_LINKS

    def run(self, **kwargs: Any) -> None:
        """Replace such links, with a note in the log: a date is no defect."""
        if not get_held_back(self.env):
            return
        for link in list(_find_links(self.document)):
            found = (find_held_back(self.env, to) for to in list_links(link))
            post = next((post for post in found if post), None)
            if post is None:
                continue
            note(
                "the link to %r is shown as text: that post is held back",
                post.docname,
                docname=self.env.current_document.docname,
            )
            own_text: list[nodes.Node] = []
            if isinstance(link, nodes.reference):
                own_text = link.children
            elif link.get("refexplicit"):
                own_text = list(link[0].children)
            link.replace_self(own_text or [nodes.Text(post.title or post.docname)])


class SingleFileLinks(SphinxPostTransform):
    """Where all is one file, a link to a post outside it leads to the web, or nowhere.

    Sphinx would leave a dead anchor in ``singlehtml``, and drop the address elsewhere.
    """

    default_priority: ClassVar[int] = BEFORE_LINKS
    builders = SINGLE_FILE_BUILDERS

    def run(self, **kwargs: Any) -> None:
        """Hand links to our documents to the domain."""
        blog = get_blog(self.env)
        ours = blog.generated | blog.posts.keys()
        for link in self.document.findall(addnodes.pending_xref):
            target = find_linked_document(link)
            if target not in ours or is_in_toctree(self.env, target):
                continue
            link["refdomain"], link["reftype"] = "blog", PAGE_TYPE
            link["reftarget"] = target


class BodyLinks(SphinxPostTransform):
    """The links of posts: those to guides are marked, own URLs become documents.

    Which pages are guides, and which stand at a URL, is known only when all documents
    have been read.
    """

    default_priority: ClassVar[int] = BEFORE_LINKS

    def run(self, **kwargs: Any) -> None:
        """Look at each link of each post in the tree."""
        catalog = get_blog(self.env).catalog
        resolves = read_config(self.config).own_links == "resolve"
        for link, post in list(self._find_links_of_posts()):
            for to in list_links(link):
                if catalog.guides.leads_to_guide(to, post):
                    _mark_sentence(link)
                if to.kind == "url" and resolves:
                    self._resolve(link, to, post.docname)

    def _find_links_of_posts(
        self,
    ) -> Iterator[tuple[nodes.reference | addnodes.pending_xref, Post]]:
        blog = get_blog(self.env)
        docname = self.env.current_document.docname
        is_whole = self.config.root_doc == docname
        post = blog.posts.get(docname)
        if not is_whole:
            if post is not None and blog.list_body_links(docname):
                yield from ((link, post) for link in _find_links(self.document))
            return
        # It may be the tree of all documents, for a builder of one file.
        for link in _find_links(self.document):
            if found := blog.posts.get(_find_docname(link) or docname):
                yield link, found

    def _resolve(self, link: nodes.Element, to: Link, docname: str) -> None:
        target = get_blog(self.env).catalog.find_target(to)
        if target is None or not target.docname:
            return
        link.replace_self(
            addnodes.pending_xref(
                "",
                nodes.inline("", "", *link.children),
                refdomain="blog",
                reftype=PAGE_TYPE,
                reftarget=target.docname,
                refdoc=docname,
                refexplicit=True,
                refanchor=f"#{target.anchor}" if target.anchor else "",
                # Where the output does not hold the document, the URL is right.
                refuri=to.target,
            )
        )


def _find_links(
    document: nodes.document,
) -> Iterator[nodes.reference | addnodes.pending_xref]:
    yield from document.findall(nodes.reference)
    yield from document.findall(addnodes.pending_xref)


def _find_docname(node: nodes.Node) -> str | None:
    """Return the document that ``node`` was read in, where several are one tree.

    ``sphinx.util.nodes.inline_all_toctrees`` leaves it in the sections.
    """
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section) and "docname" in parent:
            docname: str = parent["docname"]
            return docname
        parent = parent.parent
    return None


def _mark_sentence(link: nodes.Node) -> None:
    """Give the paragraph around ``link`` its class, unless it is one of our blocks."""
    sentence: nodes.Element | None = None
    parent = link.parent
    while parent is not None:
        if isinstance(parent, placeholder) or CALL_CLASS in parent.get("classes", ()):
            return
        if sentence is None and isinstance(parent, nodes.paragraph):
            sentence = parent
        parent = parent.parent
    if sentence is not None and GUIDE_SENTENCE not in sentence["classes"]:
        sentence["classes"].append(GUIDE_SENTENCE)


def setup_links(app: Sphinx) -> None:
    """Register the transforms."""
    for transform in (HeldBackLinks, SingleFileLinks, BodyLinks):
        app.add_post_transform(transform)
