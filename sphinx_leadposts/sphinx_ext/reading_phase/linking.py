"""Links in doctrees, and what they name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from sphinx_leadposts.model.link import Link
from sphinx_leadposts.model.web import is_web_address
from sphinx_leadposts.sphinx_ext.nodes import NAME_TYPE, OBJECT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.model.link import LinkKind

_KINDS: Final[dict[str, LinkKind]] = {
    **dict(zip(OBJECT_TYPES, OBJECT_TYPES, strict=True)),
    NAME_TYPE: "name",
}


def list_links(
    node: addnodes.pending_xref | addnodes.toctree | nodes.reference,
) -> Iterator[Link]:
    """Yield the links that ``node`` stands for, as far as they matter to a blog."""
    if isinstance(node, addnodes.toctree):
        for target in node["includefiles"]:
            yield Link(
                kind="document", target=target, is_titled=False, is_in_toctree=True
            )
    elif isinstance(node, nodes.reference):
        if is_web_address(uri := node.get("refuri", "")):
            yield Link(kind="url", target=uri)
        # MyST: ``[](#label)``, until its transform ResolveAnchorIds.
        elif node.get("id_link"):
            yield Link(kind="label", target=uri.removeprefix("#"))
    elif link := _read_reference(node):
        yield replace(link, is_titled=bool(node.get("refexplicit")))


def find_linked_document(node: addnodes.pending_xref) -> str | None:
    """Return the docname that ``node`` links to, ``None`` for other links."""
    kind = (node.get("refdomain"), node.get("reftype"))
    if kind == ("std", "doc"):
        target: str = docname_join(node.get("refdoc", ""), node["reftarget"])
        return target.strip("/")
    # MyST: a Markdown link to a file (SphinxRenderer.render_link_unknown).
    if kind == ("doc", "myst"):
        return str(node["reftarget"])
    return None


def _read_reference(node: addnodes.pending_xref) -> Link | None:
    if target := find_linked_document(node):
        anchor = node.get("reftargetid") or ""
        return Link(kind="document", target=target, anchor=anchor)
    target = str(node["reftarget"])
    kind = (node.get("refdomain"), node.get("reftype"))
    if kind[0] == "blog" and kind[1] in _KINDS:
        return Link(kind=_KINDS[kind[1]], target=target)
    # ``{any}`tag:json``` and ``[](tag:json)``
    name, colon, rest = target.partition(":")
    if colon and name in OBJECT_TYPES:
        return Link(kind=_KINDS[name], target=rest)
    # In MyST, ``[](/old/post/)``, where no file is called so.
    if kind[1] == "myst" and target.startswith("/"):
        return Link(kind="path", target=target)
    # ``{ref}`label``` and, in MyST, ``[](#label)``
    if kind == ("std", "ref") or kind[1] == "myst":
        return Link(kind="label", target=target)
    return None
