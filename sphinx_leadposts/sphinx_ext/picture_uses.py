"""Where pictures are used: by posts, by documents, by guides, in the text of posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_leadposts.imaging.places import BODY, CARD, HEADER, SOCIAL
from sphinx_leadposts.model.registry import split_location
from sphinx_leadposts.sphinx_ext.links import find_base_url
from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.imaging.places import Place
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.registry import ArchiveEntry, GuideEntry
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
    pictures = blog.find_record(docname).pictures
    yield from (picture for picture, _line in pictures)


def find_picture_uses(blog: BlogDomain) -> Iterator[PictureUse]:
    """Yield each use of a picture of this site.

    Those of posts come first, then those of documents, of the registries, and in the
    text of posts, all but those of the registries by docname.
    """
    config = read_config(blog.env.config)
    # Without an address, no other site can ask for a preview.
    social = (SOCIAL,) if find_base_url(blog.env.config) else ()
    places = (CARD, *social)
    own_places = (HEADER, *places) if "image" in config.header else places
    for docname, post in sorted(blog.posts.items()):
        own = post.picture
        if own and own.source:
            line = blog.find_line(docname, "image")
            yield PictureUse(picture=own, places=own_places, docname=docname, line=line)
        cover = None if own else blog.catalog.find_card_picture(post)
        if cover and cover.cover:
            yield PictureUse(picture=cover, places=places, docname=docname, line=1)
        elif cover and cover.source:
            yield PictureUse(picture=cover, places=places, file="conf.py", line=1)
    for docname, document in sorted(blog.documents.items()):
        if document.picture and document.picture.source:
            yield PictureUse(picture=document.picture, places=(CARD,), docname=docname)
    yield from _find_registry_uses(blog, social)
    if config.body_images:
        yield from _find_body_uses(blog)


def _find_registry_uses(
    blog: BlogDomain, social: tuple[Place, ...]
) -> Iterator[PictureUse]:
    entries: list[tuple[GuideEntry | ArchiveEntry | None, tuple[Place, ...]]] = [
        (guide.entry, (CARD,)) for guide in blog.catalog.guides.guides
    ]
    for shelf in blog.catalog.shelves.values():
        entries += [(archive.entry, (HEADER, *social)) for archive in shelf.shown]
    for entry, places in entries:
        if entry and entry.picture and entry.picture.source:
            file, line = split_location(entry.location)
            yield PictureUse(picture=entry.picture, places=places, file=file, line=line)


def _find_body_uses(blog: BlogDomain) -> Iterator[PictureUse]:
    for docname, record in sorted(blog.records.items()):
        for shown, line in record.pictures:
            yield PictureUse(picture=shown, places=(BODY,), docname=docname, line=line)
