"""Posts and guides get what stands at their end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.nodes import AROUND_KEY, make_placeholder
from sphinx_leadposts.sphinx_ext.writing_phase.links import BEFORE_LINKS

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Footers(SphinxPostTransform):
    """At the end of each document in the tree stands its footer.

    Not in the doctree that is kept: all posts have the same, and a serial build holds
    all doctrees in memory.
    """

    default_priority: ClassVar[int] = BEFORE_LINKS - 1

    def run(self, **kwargs: Any) -> None:
        """Plant a placeholder for each part."""
        blog = get_blog(self.env)
        docname = self.env.current_document.docname
        roots: list[tuple[str, nodes.Element]] = [(docname, self.document)]
        if blog.may_be_whole(docname):
            files = self.document.findall(addnodes.start_of_file)
            roots += [(file["docname"], file) for file in files]
        for name, root in roots:
            if parts := blog.list_footer(name):
                section = next(root.findall(nodes.section), root)
                for part in parts:
                    planted = make_placeholder(part, name)
                    planted[AROUND_KEY] = True
                    section += planted


def setup_footers(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(Footers)
