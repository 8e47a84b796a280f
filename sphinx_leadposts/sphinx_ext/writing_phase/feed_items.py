"""From posts to what feeds hold of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinx_leadposts.imaging.places import HEADER, SOCIAL
from sphinx_leadposts.model.card import link_authors
from sphinx_leadposts.model.web import strip_page
from sphinx_leadposts.publishing.records import (
    Feed,
    FeedItem,
    Label,
    WebAuthor,
    WebPicture,
)
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx_leadposts.model.archive import ArchiveKind
    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.publishing.forms import FormName
    from sphinx_leadposts.sphinx_ext.writing_phase.feed_places import FeedPlace
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery
    from sphinx_leadposts.sphinx_ext.writing_phase.website import Website

_LABELLED: Final[tuple[ArchiveKind, ...]] = ("tag", "category")


class FeedMaker:
    """Makes feeds of one output; what they hold of a post is made once for all.

    :param gallery: knows the files of pictures.
    :param first_paths: where posts stood first, by docname: see `list_first_paths`.
    :param load_body: returns the text of a post as HTML, empty where it is not had.
    """

    def __init__(
        self,
        website: Website,
        gallery: Gallery,
        first_paths: Mapping[str, str],
        load_body: Callable[[str], str],
    ) -> None:
        self._website = website
        self._gallery = gallery
        self._first_paths = first_paths
        self._load_body = load_body
        self._items: dict[str, FeedItem] = {}

    def make_feed(self, place: FeedPlace, form: FormName) -> Feed:
        """Return the feed of a place in one form."""
        website = self._website
        length = read_config(website.builder.config).feed_length
        return Feed(
            url=website.locate_file(place.name_file(form)),
            home_url=website.locate(place.home),
            title=website.name_page(place.title),
            description=place.description,
            language=website.language,
            author=WebAuthor(name=website.find_owner(), url=website.base),
            items=tuple(self._find_item(post) for post in place.list_latest(length)),
        )

    def _find_item(self, post: Post) -> FeedItem:
        if post.docname not in self._items:
            self._items[post.docname] = self._make_item(post)
        return self._items[post.docname]

    def _make_item(self, post: Post) -> FeedItem:
        website = self._website
        catalog = get_blog(website.builder.env).catalog
        assert post.date  # noqa: S101 - posts without one are in no feed
        return FeedItem(
            id=self._name_item(post),
            url=website.locate(post.docname),
            title=post.title,
            published=post.date,
            updated=post.updated,
            summary=catalog.summarize(post),
            content=self._load_body(post.docname),
            authors=tuple(
                website.name_author(byline) for byline in link_authors(catalog, post)
            ),
            labels=tuple(dict.fromkeys(self._list_labels(post))),
            picture=self._find_picture(post),
            external_url=post.external_url,
        )

    def _name_item(self, post: Post) -> str:
        """Return the name of a post that is the same wherever it moves.

        Its address without what only a server needs of it, by the first path that the
        author says it had.
        """
        path = self._first_paths.get(post.docname, post.docname)
        return self._website.locate_file(path)

    def _list_labels(self, post: Post) -> Iterator[Label]:
        shelves = get_blog(self._website.builder.env).catalog.shelves
        for kind in _LABELLED:
            for archive in shelves[kind].list_of(post):
                if not archive.entry.is_hidden:
                    yield Label(term=archive.slug, label=archive.label)

    def _find_picture(self, post: Post) -> WebPicture | None:
        picture = post.picture
        if picture is None:
            return None
        if picture.source is None:
            return WebPicture(url=picture.path, alt=picture.alt)
        builder = self._website.builder
        # What the page of the post does not show is not in the output.
        is_shown = "image" in read_config(builder.config).header
        place = HEADER if is_shown else SOCIAL
        candidates = self._gallery.show(builder, picture, place)
        if not candidates:
            return None
        original = candidates[-1]
        return WebPicture(
            url=self._website.locate_image(original.name),
            mimetype=original.mimetype,
            length=original.size,
            width=original.width,
            height=original.height,
            alt=picture.alt,
        )


def list_first_paths(settled: Mapping[str, str]) -> dict[str, str]:
    """Map posts to the first path at which they stood, as ``strip_page`` writes it.

    :param settled: the post that each old address leads to, by the file of that
        address; those of one post in the order in which its author names them.
    """
    found: dict[str, str] = {}
    for file, docname in settled.items():
        found.setdefault(docname, strip_page(quote(file)))
    return found
