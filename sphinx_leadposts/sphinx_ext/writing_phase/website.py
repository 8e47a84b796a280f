"""Where pages, pictures and files of one output stand on the web."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx_leadposts.imaging.places import SOCIAL, read_focus
from sphinx_leadposts.imaging.social import plan_social
from sphinx_leadposts.model.address import find_stand_in
from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.model.web import read_base_url
from sphinx_leadposts.publishing.records import WebAuthor, WebPicture
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.links import find_base_text, find_base_url
from sphinx_leadposts.sphinx_ext.settings import is_asked_for, read_config
from sphinx_leadposts.sphinx_ext.texts import read_title
from sphinx_leadposts.sphinx_ext.warnings import note, warn_of_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config

    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.shown import Byline
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery


class Website:
    """The addresses of one output, absolute; all empty where the site has none.

    :param builder: the builder that writes it.
    :param gallery: knows which social images there are; without it, all are taken to
        be there, as before they are made.
    """

    def __init__(
        self, builder: StandaloneHTMLBuilder, gallery: Gallery | None = None
    ) -> None:
        self.builder = builder
        self._gallery = gallery
        self.base = find_base_url(builder.config)
        self._addresses: dict[str, str] = {}

    def locate(self, docname: str | None) -> str:
        """Return the address of a page, empty for a document that is not there."""
        if not self.base or docname not in self.builder.env.all_docs:
            return ""
        # Most pages are named by many others.
        if docname not in self._addresses:
            uri = self.builder.get_target_uri(docname)
            self._addresses[docname] = f"{self.base}{uri}"
        return self._addresses[docname]

    def locate_file(self, path: str) -> str:
        """Return the address of a file, named by its path below the output folder."""
        return self.base + quote(path) if self.base else ""

    def locate_image(self, name: str) -> str:
        """Return the address of a picture of the output."""
        return self.locate_file(posixpath.join(self.builder.imagedir, name))

    def find_blog_page(self) -> str | None:
        """Return the page of all posts, ``None`` where there is none."""
        path = f"{read_config(self.builder.config).blog_path}/index"
        return find_stand_in(path, self.builder.env.all_docs)

    def show_social(self, picture: Picture | None, title: str) -> WebPicture | None:
        """Return what previews elsewhere show of a picture.

        ``None`` where nothing can be made of it. Where it says no more than ``title``
        does, that is what it is called: a preview may stand without its title.
        """
        if picture is None or not self.base:
            return None
        source = picture.source
        if source is None:
            return WebPicture(url=picture.path, alt=picture.alt or title)
        recipe = plan_social(source, focus=read_focus(picture.focus))
        if recipe is None:
            return None
        if self._gallery and not self._gallery.show(self.builder, picture, SOCIAL):
            return None
        return WebPicture(
            url=self.locate_image(recipe.name_file(source)),
            mimetype=recipe.mimetype,
            width=recipe.width,
            height=recipe.height,
            alt=picture.alt or title,
        )

    def name_author(self, byline: Byline) -> WebAuthor:
        """Return who wrote a post, with the page of their posts, or their own."""
        return WebAuthor(
            name=byline.name, url=self.locate(byline.docname) or byline.url
        )

    @property
    def name(self) -> str:
        """What the whole site is called."""
        return str(self.builder.config.project)

    def find_owner(self) -> str:
        """Return who stands for the site: its author, or else its name."""
        author = self.builder.config.author
        is_set = author != self.builder.config.values["author"].default
        return str(author) if author and is_set else self.name

    @property
    def language(self) -> str:
        """Its language, as a BCP 47 tag."""
        return str(self.builder.config.language or "en").replace("_", "-")

    def name_page(self, label: str) -> str:
        """Return ``label`` with the name of the site, as titles far from it need."""
        return f"{label} – {self.name}" if label != self.name else label

    def find_title(self, docname: str) -> str:
        """Return the title of a page."""
        title = self.builder.env.titles.get(docname)
        post = get_blog(self.builder.env).posts.get(docname)
        said = post.title if post else read_title(title) if title else ""
        return said or docname


def _check_base_url(app: Sphinx, config: Config) -> None:
    """Report an address that is none; a path is right on a machine at home."""
    text = find_base_text(config).strip()
    if text and not text.startswith((".", "/")) and not read_base_url(text):
        warn_of_site(
            Subtype.CONFIG,
            "html_baseurl = %r is no address of the web; write it as "
            "'https://example.org/'. Until then there are no feeds, and no addresses "
            "in the heads of pages",
            text,
        )


def say_what_is_missing(config: Config) -> None:
    """Say that there are no feeds for want of a base URL."""
    # What is there, but of no use, is reported once for all.
    if find_base_text(config).strip(" ./") or not read_config(config).feeds:
        return
    message = "set html_baseurl to the address of the site; without it there are no %s"
    if is_asked_for(config, "feeds") or is_asked_for(config, "feed_archives"):
        warn_of_site(Subtype.FEED, message, "feeds")
    else:
        note(message, "feeds, and no addresses in the heads of pages")


def setup_website(app: Sphinx) -> None:
    """Have the address of the site checked."""
    app.connect("config-inited", _check_base_url)
