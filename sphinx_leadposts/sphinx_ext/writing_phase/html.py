"""Blocks of HTML, rendered by Jinja templates that a site may replace.

Every value is escaped by the template engine. A template of the site's that fails is
reported, and the package's own is used in its place.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
)

from sphinx_leadposts.config import read_config
from sphinx_leadposts.imaging.places import CARD, HEADER
from sphinx_leadposts.model.listing import Look
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.sphinx_ext.cache import get_cache_folder
from sphinx_leadposts.sphinx_ext.links import find_uri, is_website
from sphinx_leadposts.sphinx_ext.nodes import block
from sphinx_leadposts.sphinx_ext.warnings import report
from sphinx_leadposts.sphinx_ext.writing_phase.srcset import (
    Offer,
    be_lazy,
    find_column,
    make_offer,
    measure_card,
    measure_column,
)
from sphinx_leadposts.sphinx_ext.writing_phase.website import Website
from sphinx_leadposts.sphinx_ext.writing_phase.wording import (
    _,
    format_day,
    format_machine_date,
    format_reading_time,
    say_part,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_leadposts.imaging.places import Place
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.shown import Card, Header, Lead, Pager, SeriesBox
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery

TEMPLATE_FOLDER: Final = Path(__file__).parent.parent.parent / "templates"
#: In front of a template's name: the package's own, for ``{% extends %}``.
_OWN: Final = "!leadposts"
_PLACES: Final = {place.name: place for place in (HEADER, CARD)}


class Page:
    """What templates ask of the page they are rendered into.

    :param builder: the builder at work.
    :param docname: the document whose page it is; links are relative to it.
    :param gallery: knows the files of each picture.
    """

    def __init__(
        self, builder: StandaloneHTMLBuilder, docname: str, gallery: Gallery
    ) -> None:
        self._builder = builder
        self._docname = docname
        self._gallery = gallery
        self._column = find_column(builder.config.html_theme)
        self.config = read_config(builder.config)

    @property
    def docname(self) -> str:
        """The document whose page it is."""
        return self._docname

    @property
    def address(self) -> str:
        """Where the page stands on the web, empty where the site has no address."""
        website = Website(self._builder) if is_website(self._builder) else None
        return website.locate(self._docname) if website else ""

    @property
    def prints_addresses(self) -> bool:
        """Whether links elsewhere show where they lead, since the page is a book's."""
        return bool(self._builder.name == "epub")

    def link(self, docname: str | None) -> str:
        """Return the address of ``docname``, empty where the output has none."""
        if docname is None:
            return ""
        return find_uri(self._builder, self._builder.env, self._docname, docname) or ""

    def show(
        self,
        picture: Picture,
        place: str,
        look: Look | None = None,
        width: int | None = None,
    ) -> Offer | None:
        """Return what a browser is told of ``picture``, ``None`` where none shows it.

        :param place: ``header`` or ``card``.
        :param look: how the grid is laid out that a card stands in.
        :param width: how wide it is shown at most, in CSS pixels; as wide as it is
            where nothing is said.
        """
        candidates = self._gallery.show(self._builder, picture, _PLACES[place])
        if not candidates:
            return None if picture.source else Offer(src=picture.path)
        if place == CARD.name:
            sizes = measure_card(self._column, look or Look())
        else:
            sizes = measure_column(self._column, min(picture.width, width or 10_000))
        folder, formats = self._builder.imgpath, self.config.image_formats
        return make_offer(folder, candidates, sizes, formats)

    def say_day(self, date: datetime) -> str:
        """Return ``date`` in words."""
        language = self._builder.config.language
        return format_day(date, self.config.date_format, language)

    def say_moment(self, date: datetime) -> str:
        """Return ``date`` for machines."""
        return format_machine_date(date)

    def say_reading_time(self, header: Header) -> str:
        """Return the reading time of a post in words."""
        return format_reading_time(header.words, self.config.words_per_minute)

    def say_part(self, series: SeriesBox) -> str:
        """Return which part of its series the post is, to stand before its name."""
        return say_part(series.number, series.count)

    def say_place(self, pager: Pager, number: int = 0) -> str:
        """Return where in a run the page stands, or the page of that number."""
        return _("Page %(number)d of %(count)d") % {
            "number": number or pager.number,
            "count": len(pager.pages),
        }


class BlockRenderer:
    """Renders blocks for one application; set up once its folders are known."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._templates: Environment | None = None
        self._package = _make_environment([])

    def load(self, app: Sphinx) -> None:
        """Look for templates where the site keeps its own, then in the package."""
        folders = [Path(app.confdir, name) for name in app.config.templates_path]
        compiled = get_cache_folder(app.doctreedir) / "templates"
        self._templates = _make_environment(folders, compiled)

    def visit(self, translator: HTML5Translator, node: block) -> None:
        """Write the block into the page."""
        builder = translator.builder
        # SingleFileHTMLBuilder writes every document as the root document.
        page = Page(builder, builder.current_docname, self._gallery)
        if node.is_for_web and not is_website(builder):
            raise nodes.SkipNode
        translator.body.append(self._render(node, page))
        raise nodes.SkipNode

    def depart(self, translator: HTML5Translator, node: block) -> None:
        """Nothing is left to do: the visit skips the rest."""

    def _render(self, node: block, page: Page) -> str:
        name = f"leadposts/{node.template}"
        values: dict[str, Any] = {**node.context, "page": page}
        try:
            return (self._templates or self._package).get_template(name).render(values)
        except Exception as error:
            problem = Problem(
                subtype=Subtype.TEMPLATE,
                message="the template %r could not be rendered (%s); the package's "
                "own is used",
                args=(getattr(error, "name", None) or name, error),
            )
            report(problem, node.get("docname", ""))
            return self._package.get_template(name).render(values)


def hash_templates(confdir: Path, names: Iterable[str]) -> str:
    """Return a digest of all templates that pages are rendered with."""
    digest = hashlib.sha256()
    for folder in (*(Path(confdir, name) for name in names), TEMPLATE_FOLDER):
        for path in sorted((folder / "leadposts").glob("*.html")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def list_pictures(context: dict[str, Any]) -> Iterator[tuple[Picture, Place]]:
    """Yield the pictures that a block with ``context`` shows, and in which place."""
    header: Header | None = context.get("header")
    if header and header.picture:
        yield header.picture, HEADER
    if picture := context.get("picture"):
        yield picture, HEADER
    look: Look | None = context.get("look")
    if look is None or look.layout != "cards":
        return
    listings = [group.listing for group in context.get("groups", ())]
    if "listing" in context:
        listings.append(context["listing"])
    cards: list[Card | Lead] = [card for item in listings for card in item.cards]
    cards += context.get("leads", ())
    yield from ((card.picture, CARD) for card in cards if card.picture)


def _make_environment(
    folders: Sequence[Path], compiled: Path | None = None
) -> Environment:
    """Return an environment of the templates in ``folders``, and of the package's.

    :param compiled: a folder to keep them in, for compiling takes longer than most
        pages.
    """
    if compiled:
        compiled.mkdir(parents=True, exist_ok=True)
    own = FileSystemLoader(TEMPLATE_FOLDER)
    loader = ChoiceLoader(
        [
            FileSystemLoader(folders),
            own,
            PrefixLoader({_OWN: FileSystemLoader(TEMPLATE_FOLDER / "leadposts")}),
        ]
    )
    environment = Environment(
        loader=loader,
        # No file changes during a build.
        auto_reload=False,
        bytecode_cache=FileSystemBytecodeCache(str(compiled)) if compiled else None,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _, lambda one, many, n: _(one if n == 1 else many), newstyle=True
    )
    environment.filters["grid_classes"] = _grid_classes
    environment.filters["be_lazy"] = be_lazy
    return environment


def _grid_classes(values: Sequence[str], prefix: str) -> str:
    """Return sphinx-design's classes for one value at each of four widths."""
    sizes = zip(("xs", "sm", "md", "lg"), values, strict=True)
    return " ".join(
        [
            f"{prefix}-{values[0]}",
            *(f"{prefix}-{size}-{value}" for size, value in sizes),
        ]
    )


def setup_html(app: Sphinx, gallery: Gallery) -> None:
    """Register the visitor of blocks."""
    renderer = BlockRenderer(gallery)
    app.connect("builder-inited", renderer.load)
    app.add_node(block, html=(renderer.visit, renderer.depart))
