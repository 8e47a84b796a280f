"""Digests of what was recorded of documents.

Every build asks whether anything changed; to look at all records takes longer.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_leadposts.sphinx_ext.domain import BlogDomain


def digest_document(blog: BlogDomain, docname: str) -> tuple[bytes, bytes]:
    """Return a digest of all that was recorded of ``docname``, and of what others show.

    Called when the document has been read, and its title collected.
    """
    post, document = blog.posts.get(docname), blog.documents.get(docname)
    record = blog.find_record(docname)
    # The lines are in ``leadposts.json``.
    own = repr((post, document, record, blog.data["lines"].get(docname)))
    # How long a post is, only its own header says; nor do lines matter elsewhere.
    seen = replace(post, words=0) if post else None
    links = [replace(link, line=None) for link in record.links]
    title = blog.env.titles.get(docname)
    said = title.astext() if title else ""
    public = repr((seen, document, links, record.parts, said))
    return _digest(own), _digest(public)


def join_digests(table: Mapping[str, bytes]) -> str:
    """Return one digest of those of all documents."""
    digest = hashlib.sha256()
    for docname, part in sorted(table.items()):
        digest.update(f"{docname}\0".encode() + part)
    return digest.hexdigest()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]
