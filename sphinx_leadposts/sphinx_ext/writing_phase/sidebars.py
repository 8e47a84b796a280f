"""What sidebars show of the blog: gathered once, linked from each page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.jinja2glue import BuiltinTemplateLoader, SphinxFileSystemLoader
from sphinxcontrib.serializinghtml import SerializingHTMLBuilder

from sphinx_leadposts.model.card import link_archive, link_post
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.links import find_uri, is_website

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_leadposts.model.archive import ArchiveKind
    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.shown import ArchiveLink, PostLink

#: Where the templates of sidebars lie; sites name them as ``leadposts/recent.html``.
TEMPLATE_FOLDER: Final = Path(__file__).parent.parent.parent / "templates"
_PREFIX: Final = "leadposts/"
_KINDS: Final[dict[str, ArchiveKind]] = {
    "leadposts/tags.html": "tag",
    "leadposts/archive.html": "year",
    "leadposts/series.html": "series",
}
_RECENT: Final = "leadposts/recent.html"


class SidebarView:
    """What the templates of sidebars ask for, as ``leadposts``.

    :param catalog: the blog.
    :param link: returns the address of a document, from the page that is written.
    """

    def __init__(self, catalog: Catalog, link: Callable[[str], str]) -> None:
        self._catalog = catalog
        self._link = link

    def link(self, docname: str | None) -> str:
        """Return the address of ``docname``, empty where it has none."""
        return self._link(docname) if docname else ""

    def list_recent(self, limit: int = 5) -> Sequence[PostLink]:
        """Return the newest posts."""
        return [link_post(post) for post in self._catalog.posts[:limit]]

    def list_tags(self, limit: int = 0) -> Sequence[ArchiveLink]:
        """Return the tags by alphabet: those with most posts, if ``limit`` is set."""
        return self._list("tag", limit)

    def list_years(self, limit: int = 0) -> Sequence[ArchiveLink]:
        """Return the years, the latest first."""
        return self._list("year", limit)

    def list_series(self, limit: int = 0) -> Sequence[ArchiveLink]:
        """Return the series by alphabet."""
        return self._list("series", limit)

    def _list(self, kind: ArchiveKind, limit: int) -> Sequence[ArchiveLink]:
        shown = self._catalog.shelves[kind].shown
        if limit and len(shown) > limit and kind == "tag":
            most = sorted(shown, key=lambda archive: -len(archive.posts))[:limit]
            shown = [archive for archive in shown if archive in most]
        return [link_archive(self._catalog, a) for a in shown[: limit or len(shown)]]


def describe_sidebars(builder: Builder, docname: str) -> str:
    """Return what the sidebars on the page of ``docname`` show of the blog.

    Of the posts' links only what is in the sidebars that the page has; a theme that
    takes them from its own options has them all.
    """
    config = builder.config
    places = repr((config.html_sidebars, config.html_theme_options))
    if builder.format != "html" or _PREFIX not in places:
        return ""
    view = SidebarView(get_blog(builder.env).catalog, str)
    names = _find_sidebars(builder, docname)
    if _PREFIX in repr(config.html_theme_options):
        names = (_RECENT, *_KINDS)
    return repr([_describe(view, name) for name in names])


def _find_sidebars(builder: Builder, docname: str) -> Sequence[str]:
    context: dict[str, Any] = {}
    # StandaloneHTMLBuilder chooses them by the patterns of ``html_sidebars``.
    builder.add_sidebars(docname, context)  # type: ignore[attr-defined]
    return [name for name in context.get("sidebars") or () if name.startswith(_PREFIX)]


def _describe(view: SidebarView, name: str) -> object:
    # A site's own template may ask for any number of them.
    if name in _KINDS:
        return view._list(_KINDS[name], 0)
    return view.list_recent(20)


def _offer_view(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    env, builder = app.env, app.builder
    # It writes the context down, and renders no template.
    if isinstance(builder, SerializingHTMLBuilder):
        return

    def link(docname: str) -> str:
        # On the page for addresses that are none, sphinx-notfound-page has it return
        # absolute links, since that page is shown at any depth.
        if is_website(builder) and docname in env.all_docs:
            return str(context["pathto"](docname))
        # The address of the page itself is empty; here that would say it has none.
        own = "#" if docname == pagename else ""
        return find_uri(builder, env, pagename, docname) or own

    context["leadposts"] = SidebarView(get_blog(env).catalog, link)


def _add_folder(app: Sphinx) -> None:
    # Not by ``templates_path``: from there gettext takes messages to translate.
    templates = getattr(app.builder, "templates", None)
    if isinstance(templates, BuiltinTemplateLoader):
        templates.loaders.append(SphinxFileSystemLoader(TEMPLATE_FOLDER))


def setup_sidebars(app: Sphinx) -> None:
    """Have Sphinx find the templates of sidebars, and give them what they show."""
    app.connect("builder-inited", _add_folder)
    app.connect("html-page-context", _offer_view)
