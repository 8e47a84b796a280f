"""Links in the text: to posts that are held back, out of a book, to our own site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_leadposts.sphinx_ext.call import CALL_CLASS
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.held_back import find_held_back
from sphinx_leadposts.sphinx_ext.links import (
    SINGLE_FILE_BUILDERS,
    is_in_toctree,
)
from sphinx_leadposts.sphinx_ext.nodes import PAGE_TYPE, list_ancestors, placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.linking import (
    find_linked_document,
    list_links,
)
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import get_held_back
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.warnings import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_leadposts.model.link import Link
    from sphinx_leadposts.reading.scan import ScannedPost

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
            found = (self._find_post(link, to) for to in list_links(link))
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
            # Not ``replace_self``: a text cannot take over the classes of a button.
            text = own_text or [nodes.Text(post.title or post.docname)]
            link.parent.replace(link, text)

    def _find_post(self, link: nodes.Element, to: Link) -> ScannedPost | None:
        """Return the post behind ``link``, if it is held back.

        Not where a path would be none that leads anywhere if the post were there: MyST
        warns of it either way, and must not begin to on the day of the post.
        """
        post = find_held_back(self.env, to)
        if post is None or to.kind != "path":
            return post
        path = to.target.partition("#")[0].strip("/")
        return post if path == post.docname or self._is_resolved(link) else None

    def _is_resolved(self, link: nodes.Element) -> bool:
        """Tell whether :class:`BodyLinks` looks at the path that ``link`` leads to."""
        docname = find_source(link) or self.env.current_document.docname
        is_ours = docname in get_blog(self.env).posts or _is_in_block(link)
        return is_ours and read_config(self.config).own_links == "resolve"


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
    """Links of posts to guides are marked, and own URLs become links to documents.

    Which pages are guides, and which stand at a URL, is known only when all documents
    have been read. Of documents that are no posts, only blocks of ours are touched.
    """

    default_priority: ClassVar[int] = BEFORE_LINKS

    def run(self, **kwargs: Any) -> None:
        """Look at each link of each post in the tree."""
        blog = get_blog(self.env)
        candidates = list(self._find_candidates())
        if not candidates:
            return
        guides = blog.catalog.guides
        resolves = read_config(self.config).own_links == "resolve"
        for link, docname in candidates:
            post = blog.posts.get(docname)
            for to in list_links(link):
                if post and guides.leads_to_guide(to, post):
                    _mark_sentence(link)
                is_ours = post is not None or _is_in_block(link)
                if to.kind in {"url", "path"} and resolves and is_ours:
                    self._resolve(link, to, docname)

    def _find_candidates(
        self,
    ) -> Iterator[tuple[nodes.reference | addnodes.pending_xref, str]]:
        """Yield links with the document that each stands in."""
        blog = get_blog(self.env)
        docname = self.env.current_document.docname
        if blog.may_be_whole(docname):
            for link in _find_links(self.document):
                yield link, find_source(link) or docname
        elif docname in blog.posts or blog.list_parts(docname):
            yield from ((link, docname) for link in _find_links(self.document))

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


def find_source(node: nodes.Node) -> str | None:
    """Return the document that ``node`` was read in, where several are one tree.

    ``sphinx.util.nodes.inline_all_toctrees`` leaves it in the sections.
    """
    for parent in list_ancestors(node):
        if isinstance(parent, nodes.section) and "docname" in parent:
            docname: str = parent["docname"]
            return docname
    return None


def _mark_sentence(link: nodes.Node) -> None:
    """Give the paragraph around ``link`` its class, unless it is one of our blocks."""
    if _is_in_block(link):
        return
    for parent in list_ancestors(link):
        if isinstance(parent, nodes.paragraph):
            if GUIDE_SENTENCE not in parent["classes"]:
                parent["classes"].append(GUIDE_SENTENCE)
            return


def _is_in_block(link: nodes.Node) -> bool:
    return any(
        isinstance(parent, placeholder) or CALL_CLASS in parent.get("classes", ())
        for parent in list_ancestors(link)
    )


def setup_links(app: Sphinx) -> None:
    """Register the transforms."""
    for transform in (HeldBackLinks, SingleFileLinks, BodyLinks):
        app.add_post_transform(transform)
