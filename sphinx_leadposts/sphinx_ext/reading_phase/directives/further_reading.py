"""The directive that leads readers on."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from docutils import nodes
from sphinx import addnodes

from sphinx_leadposts.model.part import ReadingPart
from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.sphinx_ext.nodes import make_placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.collector import list_links
from sphinx_leadposts.sphinx_ext.reading_phase.directives.options import (
    BlogDirective,
    Option,
    choose,
    read_text,
)
from sphinx_leadposts.sphinx_ext.reading_phase.shaping import link_document

#: A docname at the start of an item, with an optional description behind a colon.
_BARE_NAME: Final = re.compile(r"^/?(?P<name>[^\s:]+)(?P<rest>\s*:.*)?$", re.DOTALL)


class FurtherReading(BlogDirective):
    """A list of links to read next: documents, posts, or pages elsewhere."""

    has_content = True
    options_read: ClassVar[dict[str, Option]] = {
        "title": read_text,
        "layout": choose("list", "cards"),
    }

    def run(self) -> list[nodes.Node]:
        """Plant the block, with its links as children."""
        items, targets = self._read_items()
        if not items:
            self.report(
                "it holds no links; write a list of them, one on each line",
                subtype=Subtype.FURTHER_READING,
            )
            return []
        part = ReadingPart(
            targets=tuple(targets),
            layout=self.read_option("layout", ReadingPart(targets=()).layout),
            title=self.read_option("title", ""),
        )
        node = self.finish(make_placeholder(part, self.env.docname))
        node += nodes.bullet_list("", *items)
        return [node]

    def _read_items(self) -> tuple[list[nodes.list_item], list[str | None]]:
        items: list[nodes.list_item] = []
        targets: list[str | None] = []
        for block in self.parse_content_to_nodes():
            if not isinstance(block, nodes.bullet_list | nodes.enumerated_list):
                if not isinstance(block, nodes.comment | nodes.system_message):
                    self._refuse(block)
                continue
            for item in block.children:
                link = self._find_link(item)
                if link is None or not isinstance(item, nodes.list_item):
                    self._refuse(item)
                    continue
                items.append(item)
                targets.append(_find_target(link))
        return items, targets

    def _refuse(self, node: nodes.Node) -> None:
        line = next((n.line for n in node.findall() if n.line), None)
        text = " ".join(node.astext().split())
        self.report(
            "%r is no link; write [title](target), {doc}`/docname` or a docname",
            text[:60],
            subtype=Subtype.FURTHER_READING,
            line=line,
        )

    def _find_link(
        self, item: nodes.Node
    ) -> nodes.reference | addnodes.pending_xref | None:
        """Return the link that ``item`` begins with; a bare docname is made one."""
        if not item.children or not isinstance(item.children[0], nodes.paragraph):
            return None
        paragraph = item.children[0]
        first = paragraph[0] if len(paragraph) else None
        if isinstance(first, nodes.reference | addnodes.pending_xref):
            return first
        if not isinstance(first, nodes.Text):
            return None
        match = _BARE_NAME.match(str(first))
        if match is None or match["name"] not in self.env.found_docs:
            return None
        line = paragraph.line or self.lineno
        link = link_document(self.env.docname, match["name"], self.state.document, line)
        paragraph.replace(first, [link, nodes.Text(match["rest"] or "")])
        return link


def _find_target(link: nodes.reference | addnodes.pending_xref) -> str | None:
    """Return the name of the document or post behind ``link``, if it is of ours."""
    if isinstance(link, nodes.reference):
        return None
    return next((to.target for to in list_links(link) if to.kind != "tag"), None)
