"""The paragraphs of a post that can be quoted, taken from its doctree."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes

from sphinx_leadposts.model.post import Excerpt
from sphinx_leadposts.reading.excerpt import cut_summary
from sphinx_leadposts.sphinx_ext.reading_phase.linking import list_links
from sphinx_leadposts.sphinx_ext.texts import SILENT, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

#: No more paragraphs are kept of a post in which every one has a link.
_ENOUGH: Final = 4
_EMPHASISED = (nodes.strong, nodes.emphasis)


def find_excerpts(section: nodes.Element) -> tuple[Excerpt, ...]:
    """Return the first paragraphs that may say what the post is about.

    Not a picture, nor a line that is bold as a whole (a heading by other means), nor
    one that leads into a list, nor the last block of a longer body, which is a call to
    act. Which paragraphs lead to a guide is not known yet: so there may be several,
    and the last of them is the first that has no link.
    """
    blocks = list(_list_blocks(section))
    if len(blocks) > 1 and isinstance(blocks[-1], nodes.paragraph):
        del blocks[-1]
    excerpts: list[Excerpt] = []
    for block in blocks:
        if not isinstance(block, nodes.paragraph) or not _is_prose(block):
            continue
        text = read_text(block)
        if not text or text.endswith((":", "：")):
            continue
        links = tuple(
            link for node in _list_link_nodes(block) for link in list_links(node)
        )
        excerpts.append(Excerpt(text=cut_summary(text), links=links))
        if not links or len(excerpts) == _ENOUGH:
            break
    return tuple(excerpts)


def find_paragraphs(section: nodes.Element, count: int) -> str:
    """Return the text of the first ``count`` paragraphs of ``section``."""
    blocks = (b for b in _list_blocks(section) if isinstance(b, nodes.paragraph))
    texts = (text for block in blocks if (text := read_text(block)))
    return " ".join(itertools.islice(texts, count))


def _list_blocks(section: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the blocks of ``section`` and of the sections below it, in order."""
    for child in section.children:
        if isinstance(child, nodes.section):
            yield from _list_blocks(child)
        elif isinstance(child, nodes.Element) and not isinstance(
            child, (nodes.title, nodes.transition, *SILENT)
        ):
            yield child


def _is_prose(paragraph: nodes.paragraph) -> bool:
    words = [c for c in paragraph.children if not isinstance(c, nodes.image)]
    return not all(isinstance(c, _EMPHASISED) or not c.astext().strip() for c in words)


def _list_link_nodes(
    paragraph: nodes.paragraph,
) -> Iterator[nodes.reference | addnodes.pending_xref]:
    yield from paragraph.findall(nodes.reference)
    yield from paragraph.findall(addnodes.pending_xref)
