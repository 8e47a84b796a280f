"""What is recorded of each document, and pickled with the environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from sphinx_leadposts.model.document import Document
    from sphinx_leadposts.model.link import Link
    from sphinx_leadposts.model.part import Part
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.post import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """What a document asks of the blog: its parts, and where it links to.

    ``part_lines`` are the lines of the parts, ``links`` stand in the order of the
    text, each as often as it stands there. ``pictures`` are those in the text of a
    post, each with its line. ``shape`` stands for what the reading phase
    made of the document from files other than its source: it changes whenever the
    doctree does for such a reason. ``has_call`` where the author calls readers to act.
    ``numbered`` is kind and anchor of what has a number in a post, such as a figure.
    """

    parts: tuple[Part, ...] = ()
    part_lines: tuple[int | None, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[tuple[Picture, int | None], ...] = ()
    shape: str = ""
    has_call: bool = False
    numbered: tuple[tuple[str, str], ...] = ()


class BlogData(TypedDict):
    """What is pickled with the environment."""

    posts: dict[str, Post]
    #: The documents that are no posts.
    documents: dict[str, Document]
    records: dict[str, DocumentRecord]
    #: The line of some keys of a post, for messages about two posts at once.
    lines: dict[str, dict[str, int]]
    #: The documents that were read from the overlay, not from the author.
    generated: set[str]
    #: The posts that were held back.
    held_back: set[str]
    #: What posts are about, packed: of those read in this build, until it is filed.
    terms: dict[str, bytes]
    #: A digest of it, of all posts.
    term_digests: dict[str, bytes]
    #: A digest of what was recorded of each document, and one of what others may show.
    digests: dict[str, bytes]
    public_digests: dict[str, bytes]
    #: The name of the state that the relations of the posts follow from.
    relations: str
