"""The directive that leads readers on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar, Final

from docutils import nodes
from sphinx import addnodes

from sphinx_leadposts.model.leading import ReadingPart
from sphinx_leadposts.model.link import Link
from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.sphinx_ext.nodes import link_name, make_placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.directives.options import (
    BlogDirective,
    Option,
    choose,
    read_count,
    read_flag,
    read_names,
    read_text,
)
from sphinx_leadposts.sphinx_ext.reading_phase.linking import list_links

#: A name at the start of an item, with an optional description behind a colon.
_BARE_NAME: Final = re.compile(
    r"^(?P<name>https?://\S+?|[^\s:]+)(?P<rest>:?|:\s.*)$", re.DOTALL | re.IGNORECASE
)
#: What browsers run or show in place of a page; RFC 3986, 3.1 for the form.
_FORBIDDEN: Final = re.compile(r"^\s*(javascript|data|vbscript):", re.IGNORECASE)


class FurtherReading(BlogDirective):
    """A list of links to read next: guides, documents, posts, or pages elsewhere."""

    has_content = True
    options_read: ClassVar[dict[str, Option]] = {
        "tags": read_names,
        "guides": read_names,
        "posts": read_names,
        "exclude": read_names,
        "limit": read_count,
        "layout": choose("sentence", "list", "cards"),
        "title": read_text,
        "image": read_flag,
    }

    def run(self) -> list[nodes.Node]:
        """Plant the block, with the links of its content as children."""
        items, links = self._read_items() if self.content else ([], [])
        guides: tuple[str, ...] = self.read_option("guides", ())
        tags: tuple[str, ...] = self.read_option("tags", ())
        posts: tuple[str, ...] = self.read_option("posts", ())
        is_chosen = bool(guides or tags or posts)
        if self.content and not items and not is_chosen:
            self.report(
                "it holds no links; write a list of them, one on each line",
                subtype=Subtype.FURTHER_READING,
            )
            return []
        part = ReadingPart(
            items=tuple(links),
            guides=guides,
            tags=tags,
            posts=posts,
            exclude=self.read_option("exclude", ()),
            is_own=not links and not is_chosen,
            limit=self.read_option("limit", 0),
            layout=self.read_option("layout", ReadingPart().layout),
            title=self.read_option("title", ""),
            image=self.read_option("image", default=True),
        )
        node = self.finish(make_placeholder(part, self.env.docname))
        node += items
        return [node]

    def _read_items(self) -> tuple[list[nodes.list_item], list[Link]]:
        items: list[nodes.list_item] = []
        links: list[Link] = []
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
                links.append(self._describe(link, _find_line(item)))
        return items, links

    def _describe(
        self, link: nodes.reference | addnodes.pending_xref, line: int | None
    ) -> Link:
        found = next(list_links(link), None)
        target = link.get("refuri") or link.get("reftarget") or ""
        # A link of another kind, such as one into another project, is left as it is.
        found = found or Link(kind="other", target=target)
        return replace(found, line=line)

    def _refuse(self, node: nodes.Node) -> None:
        text = " ".join(node.astext().split())
        self.report(
            "%r is no link that can be followed; write [title](target), "
            "{doc}`/docname`, or the name of a guide or document",
            text[:60],
            subtype=Subtype.FURTHER_READING,
            line=_find_line(node),
        )

    def _find_link(
        self, item: nodes.Node
    ) -> nodes.reference | addnodes.pending_xref | None:
        """Return the link that ``item`` begins with; a bare name is made one."""
        if not item.children or not isinstance(item.children[0], nodes.paragraph):
            return None
        paragraph = item.children[0]
        first = paragraph[0] if len(paragraph) else None
        if isinstance(first, nodes.reference):
            return None if _FORBIDDEN.match(first.get("refuri", "")) else first
        if isinstance(first, addnodes.pending_xref):
            return first
        if not isinstance(first, nodes.Text) or _FORBIDDEN.match(str(first)):
            return None
        match = _BARE_NAME.match(str(first))
        if match is None:
            return None
        link = link_name(match["name"], self.env.docname)
        link.source, link.line = paragraph.source, paragraph.line or self.lineno
        is_whole = len(paragraph) == 1
        rest = match["rest"].rstrip() if is_whole else match["rest"]
        paragraph.replace(first, [link, nodes.Text(rest)])
        return link


def _find_line(node: nodes.Node) -> int | None:
    return next((n.line for n in node.findall() if n.line), None)
