"""What a reader reads of nodes, as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes

from sphinx_leadposts.sphinx_ext.nodes import placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a reader does not read as text.
SILENT: Final = (
    addnodes.index,
    addnodes.toctree,
    nodes.Invisible,
    nodes.docinfo,
    nodes.field_list,
    nodes.footnote_reference,
    nodes.image,
    nodes.raw,
    nodes.system_message,
    placeholder,
)
_LINE_BREAK: Final = re.compile(r"<br\b", re.IGNORECASE)


def read_text(*parts: nodes.Node) -> str:
    """Return the text of ``parts`` as a reader meets it, blocks parted by spaces.

    Raw HTML and footnote numbers are left out, and so are the texts of images.
    """
    found = (text for part in parts for text in _walk_text(part))
    return " ".join("".join(found).split())


def read_title(title: nodes.Node) -> str:
    """Return what a title says, or else what its images are said to show.

    Sphinx's ``clean_astext`` would join the words around a line break, and keep the
    numbers of footnotes.
    """
    alts = (image.get("alt", "") for image in title.findall(nodes.image))
    return read_text(title) or " ".join(" ".join(alts).split())


def _walk_text(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield str(node)
    elif isinstance(node, nodes.raw):
        if _LINE_BREAK.match(node.astext()):
            yield " "
    elif not isinstance(node, SILENT):
        for child in node.children:
            yield from _walk_text(child)
        if not isinstance(node, nodes.Inline):
            yield " "
