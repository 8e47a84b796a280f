"""What a post says, taken from its doctree: its words, and the paragraph to quote."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_leadposts.sphinx_ext.nodes import placeholder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

#: What a reader does not read as text of the post.
_SILENT = (
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
_EMPHASISED = (nodes.strong, nodes.emphasis)


def read_text(node: nodes.Node) -> str:
    """Return the text of ``node`` as a reader meets it, blocks parted by spaces."""
    return " ".join("".join(_walk_text(node)).split())


def find_summary(section: nodes.Element, guides: Collection[str]) -> str:
    """Return the text of the first paragraph that says what the post is about.

    Not a picture, nor a line that is bold as a whole (a heading by other means), nor
    one that leads to a guide (recognised by its target, one of ``guides``) or into a
    list, nor the last block of a longer body, which is a call to act.
    """
    blocks = list(_list_blocks(section))
    if len(blocks) > 1 and isinstance(blocks[-1], nodes.paragraph):
        del blocks[-1]
    for block in blocks:
        if isinstance(block, nodes.paragraph):
            text = read_text(block)
            if text and not text.endswith((":", "：")) and _is_prose(block, guides):
                return text
    return ""


def find_paragraphs(section: nodes.Element, count: int) -> str:
    """Return the text of the first ``count`` paragraphs of ``section``."""
    blocks = (b for b in _list_blocks(section) if isinstance(b, nodes.paragraph))
    texts = (text for block in blocks if (text := read_text(block)))
    return " ".join(itertools.islice(texts, count))


def _walk_text(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield str(node)
    elif not isinstance(node, _SILENT):
        for child in node.children:
            yield from _walk_text(child)
        if not isinstance(node, nodes.Inline):
            yield " "


def _list_blocks(section: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the blocks of ``section`` and of the sections below it, in order."""
    for child in section.children:
        if isinstance(child, nodes.section):
            yield from _list_blocks(child)
        elif isinstance(child, nodes.Element) and not isinstance(
            child, (nodes.title, nodes.transition, *_SILENT)
        ):
            yield child


def _is_prose(paragraph: nodes.paragraph, guides: Collection[str]) -> bool:
    words = [c for c in paragraph.children if not isinstance(c, nodes.image)]
    if all(isinstance(c, _EMPHASISED) or not c.astext().strip() for c in words):
        return False
    return not any(_get_target(link) in guides for link in _list_links(paragraph))


def _list_links(paragraph: nodes.paragraph) -> Iterator[nodes.Element]:
    yield from paragraph.findall(nodes.reference)
    yield from paragraph.findall(addnodes.pending_xref)


def _get_target(link: nodes.Element) -> str:
    target: str = link.get("refuri") or link.get("reftarget") or ""
    return target.strip("/") if isinstance(link, addnodes.pending_xref) else target
