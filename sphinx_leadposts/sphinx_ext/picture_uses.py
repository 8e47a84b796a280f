"""Where pictures are used: by posts, by documents, by guides, in the text of posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_leadposts.config import read_config
from sphinx_leadposts.imaging.places import BODY, CARD, HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.imaging.places import Place
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureUse:
    """A picture, the places in which it may be shown, and who names it.

    The line is one of the source of ``docname``, or of ``file`` beside ``conf.py``
    where no document names the picture.
    """

    picture: Picture
    places: tuple[Place, ...]
    docname: str = ""
    file: str = ""
    line: int | None = None


def list_read_pictures(blog: BlogDomain, docname: str) -> Iterator[Picture]:
    """Yield the pictures that the source of ``docname`` names."""
    named = blog.posts.get(docname) or blog.documents.get(docname)
    if named and named.picture:
        yield named.picture
    if record := blog.records.get(docname):
        yield from (picture for picture, _line in record.pictures)


def find_picture_uses(blog: BlogDomain) -> Iterator[PictureUse]:
    """Yield each use of a picture of this site, in the order of the documents."""
    config = read_config(blog.env.config)
    header = (HEADER, CARD) if "image" in config.header else (CARD,)
    for docname, post in sorted(blog.posts.items()):
        line = blog.find_line(docname, "image")
        if post.picture and post.picture.source:
            picture = post.picture
            yield PictureUse(picture=picture, places=header, docname=docname, line=line)
            continue
        cover = None if post.picture else blog.catalog.find_card_picture(post)
        if cover and cover.cover:
            yield PictureUse(picture=cover, places=(CARD,), docname=docname, line=1)
        elif cover and cover.source:
            yield PictureUse(picture=cover, places=(CARD,), file="conf.py", line=1)
    for docname, document in sorted(blog.documents.items()):
        if document.picture and document.picture.source:
            yield PictureUse(picture=document.picture, places=(CARD,), docname=docname)
    for guide in blog.catalog.guides.guides:
        shown = guide.entry.picture if guide.entry else None
        if guide.entry and shown and shown.source:
            file, _, number = guide.entry.location.partition(":")
            yield PictureUse(
                picture=shown, places=(CARD,), file=file, line=int(number or 1)
            )
    if config.body_images:
        yield from _find_body_uses(blog)


def _find_body_uses(blog: BlogDomain) -> Iterator[PictureUse]:
    for docname, record in sorted(blog.records.items()):
        for shown, line in record.pictures:
            yield PictureUse(picture=shown, places=(BODY,), docname=docname, line=line)
