"""Which feeds there are, and where: of all posts, and of archives that have one."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx.util.osutil import relative_uri

from sphinx_leadposts.config import ARCHIVES
from sphinx_leadposts.publishing.forms import FORMS
from sphinx_leadposts.publishing.records import FeedLink
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_leadposts.model.archive import Archive
    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.writing_phase.website import Website


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPlace:
    """A feed in all its forms: the folder of its files, and what it is a feed of.

    ``home`` is the page that lists the posts, ``title`` what that is called.
    """

    folder: str
    home: str
    title: str
    posts: Sequence[Post]
    description: str = ""

    def name_file(self, form: str) -> str:
        """Return the path of the feed in one form, below the output folder."""
        return posixpath.join(self.folder, FORMS[form].file)

    def list_latest(self, length: int) -> list[Post]:
        """Return the newest posts, so many at most.

        A post without a date is in no feed: readers sort by it, and Atom demands one.
        """
        dated = (post for post in self.posts if post.date)
        return sorted(dated, key=lambda post: post.order)[:length]


def list_feed_places(website: Website) -> Iterator[FeedPlace]:
    """Yield all feeds, that of all posts first; without a base URL there are none."""
    config = read_config(website.builder.config)
    blog = get_blog(website.builder.env)
    if blog_place := _find_blog_place(website):
        yield blog_place
        for name in config.feed_archives:
            for archive in blog.catalog.shelves[ARCHIVES[name]].shown:
                if place := _find_archive_place(website, archive):
                    yield place


def list_feed_links(website: Website, docname: str) -> tuple[FeedLink, ...]:
    """Return the feeds that the page of ``docname`` names: its own, and of all posts.

    Links are relative: a preview of the site at another address has its own feeds.
    """
    blog_place = _find_blog_place(website)
    if blog_place is None:
        return ()
    archive = find_archive(get_blog(website.builder.env), docname)
    own = _find_archive_place(website, archive) if archive else None
    page = website.builder.get_target_uri(docname)
    return tuple(
        FeedLink(
            title=website.name_page(place.title),
            href=relative_uri(page, place.name_file(form)),
            mimetype=FORMS[form].mimetype,
        )
        for place in (own, blog_place)
        if place
        for form in read_config(website.builder.config).feeds
    )


def find_archive(blog: BlogDomain, docname: str) -> Archive | None:
    """Return the archive that a generated page lists, ``None`` for other pages."""
    run = blog.find_run(docname)
    return run.find_archive(blog.catalog) if run else None


def _find_blog_place(website: Website) -> FeedPlace | None:
    config = read_config(website.builder.config)
    posts = get_blog(website.builder.env).catalog.posts
    # Posts without a date come last.
    if not (website.base and config.feeds and posts and posts[0].date):
        return None
    home = website.find_blog_page() or website.builder.config.root_doc
    return FeedPlace(
        folder=config.blog_path, home=home, title=config.title, posts=posts
    )


def _find_archive_place(website: Website, archive: Archive) -> FeedPlace | None:
    config = read_config(website.builder.config)
    kinds = {ARCHIVES[name] for name in config.feed_archives}
    home = get_blog(website.builder.env).catalog.locate(archive)
    is_dated = any(post.date for post in archive.posts)
    if archive.kind not in kinds or home is None or not is_dated:
        return None
    return FeedPlace(
        folder=f"{config.folders[archive.kind]}/{archive.slug}",
        home=home,
        title=archive.label,
        posts=archive.posts,
        description=archive.entry.description,
    )
