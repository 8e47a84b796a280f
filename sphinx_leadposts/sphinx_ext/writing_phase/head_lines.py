"""The heads of pages are written, around what other extensions write there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx_leadposts.publishing.heads import (
    list_metas,
    write_description,
    write_feed_links,
    write_head,
)
from sphinx_leadposts.sphinx_ext.links import is_website
from sphinx_leadposts.sphinx_ext.writing_phase.feed_places import list_feed_links
from sphinx_leadposts.sphinx_ext.writing_phase.page_heads import make_head
from sphinx_leadposts.sphinx_ext.writing_phase.website import Website

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_leadposts.publishing.records import PageHead
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery

_OPENGRAPH: Final = "sphinxext.opengraph"
#: What a page says of its picture; of another picture it would be wrong.
_IMAGE: Final = "og:image"


class HeadWriter:
    """Writes what heads say of posts and of generated pages.

    In two turns: sphinxext-opengraph writes at the usual priority. Before it, it is
    given what it looks for in the metadata of a document; after it, what it did not
    write is added, so that nothing stands twice.
    """

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._website: Website | None = None
        #: What the head of the page says that is being written.
        self._head: PageHead | None = None

    def begin(self, app: Sphinx) -> None:
        """Have the addresses of the output at hand, if it is for the web."""
        if is_website(app.builder):
            self._website = Website(app.builder, self._gallery)

    def prepare(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Set the canonical address, and say to other extensions what they ask for."""
        if self._website is None:
            return
        self._head = head = make_head(self._website, pagename)
        if head is None:
            return
        # Sphinx sets it from ``html_baseurl`` alone; themes write it.
        if head.url:
            context["pageurl"] = head.url
        if _OPENGRAPH in app.extensions:
            metas = list_metas(head)
            theirs = dict(context.get("meta") or {})
            ours = {m.key: m.content for m in metas if m.key.startswith("og:")}
            if _IMAGE in theirs:
                ours = {k: v for k, v in ours.items() if not k.startswith(_IMAGE)}
            # A copy: it takes entries out of what Sphinx keeps of the document.
            context["meta"] = ours | theirs
            present = context.get("metatags", "")
            context["metatags"] = present + write_description(head, present)

    def finish(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Add to the head what is not there yet."""
        if doctree is None or self._website is None:
            return
        present = context.get("metatags", "")
        if self._head:
            added = write_head(self._head, present)
        else:
            feeds = list_feed_links(self._website, pagename)
            added = write_feed_links(feeds, present)
        context["metatags"] = f"{present}{added}"


def setup_head_lines(app: Sphinx, gallery: Gallery) -> None:
    """Have heads written before and after others do."""
    writer = HeadWriter(gallery)
    app.connect("builder-inited", writer.begin)
    app.connect("html-page-context", writer.prepare, priority=400)
    app.connect("html-page-context", writer.finish, priority=700)
