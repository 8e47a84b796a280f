"""Guides list the posts that lead to them, without being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_leadposts.config import read_config
from sphinx_leadposts.model.leading import GuidePostsPart
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.footer import FOOTER, GUIDE_POSTS
from sphinx_leadposts.sphinx_ext.nodes import make_placeholder, placeholder
from sphinx_leadposts.sphinx_ext.writing_phase.links import BEFORE_LINKS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_leadposts.model.part import Part


class GuidePages(SphinxPostTransform):
    """At the end of a guide stand its posts, unless its author put them elsewhere."""

    default_priority: ClassVar[int] = BEFORE_LINKS - 1

    def run(self, **kwargs: Any) -> None:
        """Plant a placeholder in the guides of the tree."""
        blog = get_blog(self.env)
        roots: list[tuple[str, nodes.Element]] = [
            (self.env.current_document.docname, self.document)
        ]
        if blog.may_be_whole(roots[0][0]):
            files = self.document.findall(addnodes.start_of_file)
            roots += [(file["docname"], file) for file in files]
        for docname, root in roots:
            for part, line in blog.list_parts(docname):
                if isinstance(part, GuidePostsPart) and line is None:
                    self._plant(make_placeholder(part, docname), root)

    def _plant(self, node: placeholder, root: nodes.Element) -> None:
        section = next(root.findall(nodes.section), root)
        names = read_config(self.config).footer
        later = {FOOTER[name] for name in names[names.index(GUIDE_POSTS) + 1 :]}
        place = len(section)
        while place and _is_of_footer(section[place - 1], later):
            place -= 1
        section.insert(place, node)


def _is_of_footer(node: nodes.Node, parts: set[Part]) -> bool:
    return isinstance(node, placeholder) and node.line is None and node.part in parts


def setup_guide_pages(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(GuidePages)
