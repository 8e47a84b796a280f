"""Blocks of HTML, rendered by Jinja templates that a site may replace.

Every value is escaped by the template engine. A template of the site's that fails is
reported, and the package's own is used in its place.
"""

from __future__ import annotations

import hashlib
import re
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

from sphinx_leadposts.imaging.places import CARD, HEADER
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.sphinx_ext.cache import get_cache_folder
from sphinx_leadposts.sphinx_ext.links import is_book, is_website
from sphinx_leadposts.sphinx_ext.nodes import leadposts_block
from sphinx_leadposts.sphinx_ext.warnings import report
from sphinx_leadposts.sphinx_ext.writing_phase.srcset import be_lazy
from sphinx_leadposts.sphinx_ext.writing_phase.template_page import Page
from sphinx_leadposts.sphinx_ext.writing_phase.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_leadposts.imaging.places import Place
    from sphinx_leadposts.model.listing import Look
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.shown import Card, Header, Lead
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery

TEMPLATE_FOLDER: Final = Path(__file__).parent.parent.parent / "templates"
#: In front of a template's name: the package's own, for ``{% extends %}``.
_OWN: Final = "!leadposts"
#: An element without an end: https://html.spec.whatwg.org/multipage/syntax.html#void-elements
_VOID: Final = re.compile(
    r"<(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)(?=[\s/>])"
    r"""(?:[^<>"']|"[^"]*"|'[^']*')*>""",
    re.IGNORECASE,
)


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

    def visit(self, translator: HTML5Translator, node: leadposts_block) -> None:
        """Write the block into the page."""
        builder = translator.builder
        # SingleFileHTMLBuilder writes every document as the root document.
        page = Page(builder, builder.current_docname, self._gallery)
        if node.is_for_web and not is_website(builder):
            raise nodes.SkipNode
        block = self._render(node, page)
        translator.body.append(_write_xml(block) if is_book(builder) else block)
        raise nodes.SkipNode

    def depart(self, translator: HTML5Translator, node: leadposts_block) -> None:
        """Nothing is left to do: the visit skips the rest."""

    def _render(self, node: leadposts_block, page: Page) -> str:
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


def _write_xml(block: str) -> str:
    """Return HTML with each element closed, for the pages of EPUB are XML."""
    return _VOID.sub(lambda tag: tag[0].rstrip("/>").rstrip() + " />", block)


def hash_templates(confdir: Path, names: Iterable[str]) -> str:
    """Return a digest of all templates that pages may be rendered with.

    Those of ours may include any of the site's.
    """
    digest = hashlib.sha256()
    for folder in (*(Path(confdir, name) for name in names), TEMPLATE_FOLDER):
        for path in sorted(folder.rglob("*.html")):
            name = path.relative_to(folder).as_posix()
            digest.update(name.encode() + b"\0" + path.read_bytes())
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
    app.add_node(leadposts_block, html=(renderer.visit, renderer.depart))
