"""Links in doctrees: what they name, and on which line they stand."""

from __future__ import annotations

import functools
import itertools
import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from sphinx_leadposts.model.link import Link
from sphinx_leadposts.model.web import is_web_address
from sphinx_leadposts.sphinx_ext.nodes import NAME_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_leadposts.model.link import LinkKind

_KINDS: Final[dict[str, LinkKind]] = {
    "post": "post",
    "tag": "tag",
    "guide": "guide",
    NAME_TYPE: "name",
}
#: No longer URL begins with the one that was found, nor a longer name.
_END_OF_URL: Final = re.compile(r"(?![\w/%#=&~+-]|[.,;:!?][\w/])")
_END_OF_NAME: Final = re.compile(r"(?=[)>`#\s]|\.(?:md|rst|ipynb)\b)")
#: What stands before each of them; nothing does at the beginning of a line.
_OPENINGS: Final = {_END_OF_URL: " \t(<\"'", _END_OF_NAME: "(<`/:#"}


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
    if colon and name in {"post", "tag", "guide"}:
        return Link(kind=_KINDS[name], target=rest)
    # ``{ref}`label``` and, in MyST, ``[](#label)``
    if kind == ("std", "ref") or kind[1] == "myst":
        return Link(kind="label", target=target)
    return None


class LineFinder:
    """Finds the lines of links; a paragraph's nodes know only where that begins.

    :param text: the source of the document.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        #: Line and column behind the last link found, by paragraph and spelling.
        self._last: dict[tuple[int, str], tuple[int, int]] = {}

    def place(self, link: Link, node: nodes.Node) -> Link:
        """Return ``link``, which comes from ``node``, with its line."""
        start = find_line(node)
        return link if start is None else replace(link, line=self._find(link, start))

    def _find(self, link: Link, start: int) -> int:
        """Return the line at or below ``start`` that spells the next such link.

        Where none has the look of a link, the first that spells it at all.
        """
        is_url = is_web_address(link.target)
        # Of a docname, the source may spell only the last part; case is lost on labels.
        target = link.target if is_url else posixpath.basename(link.target).lower()
        # A parser may have encoded what the author did not.
        spellings = {target: None, unquote(target): None} if is_url else {target: None}
        ends = (_END_OF_URL if is_url else _END_OF_NAME, None)
        first, column = self._last.get((start, target), (start, 0))
        for end, spelling in itertools.product(ends, spellings):
            for line, text in self._list_paragraph(start, first):
                words = text if is_url else text.lower()
                begin = column if line == first else 0
                place = _find_spelling(spelling, words, begin, end)
                if place >= 0:
                    self._last[start, target] = (line, place + len(spelling))
                    return line
        return start

    def _list_paragraph(self, start: int, first: int) -> Iterator[tuple[int, str]]:
        """Yield the lines of the paragraph at ``start``, from ``first`` on."""
        for line in range(first, len(self._lines) + 1):
            text = self._lines[line - 1]
            if line > start and not text.strip():
                return
            yield line, text

    @functools.cached_property
    def _lines(self) -> Sequence[str]:
        return self._text.split("\n")


def _find_spelling(
    spelling: str, text: str, begin: int, end: re.Pattern[str] | None
) -> int:
    """Return the place of ``spelling`` from ``begin`` on, -1 where it is not there.

    With ``end``, only where it stands as a link does: behind a sign that opens one,
    and before ``end``.
    """
    place = text.find(spelling, begin)
    while end and place >= 0:
        opening = text[place - 1 : place]
        if opening in _OPENINGS[end] and end.match(text, place + len(spelling)):
            return place
        place = text.find(spelling, place + 1)
    return place


def find_line(node: nodes.Node) -> int | None:
    """Return the line of ``node``, or of what it stands in."""
    found: nodes.Node | None = node
    while found is not None:
        if found.line:
            return found.line
        found = found.parent
    return None
