"""One look at each doctree, for all that the blog wants to know of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.collectors import EnvironmentCollector

from sphinx_leadposts.model.document import Document
from sphinx_leadposts.model.post import Author, Excerpt, Post, SeriesPart
from sphinx_leadposts.reading.excerpt import count_words
from sphinx_leadposts.reading.old_paths import list_old_paths
from sphinx_leadposts.sphinx_ext.call import CALL_CLASS
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.nodes import placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.body import (
    find_excerpts,
    find_paragraphs,
)
from sphinx_leadposts.sphinx_ext.reading_phase.body_pictures import mark_pictures
from sphinx_leadposts.sphinx_ext.reading_phase.figure_numbers import list_numbered
from sphinx_leadposts.sphinx_ext.reading_phase.lines import LineFinder
from sphinx_leadposts.sphinx_ext.reading_phase.linking import list_links
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import is_generated
from sphinx_leadposts.sphinx_ext.reading_phase.pictures import (
    get_current_picture,
    get_current_shape,
)
from sphinx_leadposts.sphinx_ext.reading_phase.sources import (
    CurrentSource,
    get_current_source,
    get_current_text,
)
from sphinx_leadposts.sphinx_ext.reading_phase.stems import StemReader
from sphinx_leadposts.sphinx_ext.records import DocumentRecord
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.texts import read_text, read_title

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.link import Link
    from sphinx_leadposts.reading.schema import Fields
    from sphinx_leadposts.sphinx_ext.stemmer import Stemmer


class BlogCollector(EnvironmentCollector):
    """Records posts, and what documents ask of the blog.

    Purging and merging are the domain's; Sphinx calls it for both.
    """

    def __init__(self, stemmer: Stemmer) -> None:
        self._stems = StemReader(stemmer)

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Leave it to the domain."""

    def merge_other(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        docnames: Set[str],
        other: BuildEnvironment,
    ) -> None:
        """Leave it to the domain."""

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Record what the document that was read holds."""
        env = app.env
        docname = env.current_document.docname
        blog = get_blog(env)
        current = get_current_source(env)
        is_post = current is not None and current.source.is_post
        finder = LineFinder(get_current_text(env))
        placeholders, links, images, has_call = _collect(
            doctree, finder, is_post=is_post
        )
        pictures = mark_pictures(env, images, current) if current else ()
        record = DocumentRecord(
            parts=tuple(node.part for node in placeholders),
            part_lines=tuple(node.line for node in placeholders),
            links=tuple(links),
            pictures=pictures,
            shape=get_current_shape(env),
            has_call=has_call,
            numbered=list_numbered(env, doctree) if is_post else (),
        )
        blog.note_record(docname, record)
        if current is not None and is_post and not is_generated(env, docname):
            # Posts need no toctree: BuildEnvironment.check_consistency asks for this.
            env.metadata[docname]["orphan"] = True
            section = next(doctree.findall(nodes.section))
            text = read_text(section)
            post = _make_post(env, section, current, words=count_words(text))
            blog.note_post(post, current.source.lines)
            if read_config(env.config).related:
                terms = self._stems.read(env.config, section, text)
                blog.related.note_terms(docname, terms)
        else:
            lines = current.source.lines if current else {}
            blog.note_document(_make_document(env, doctree, current), lines)
        blog.finish_document(docname)


def _make_post(
    env: BuildEnvironment, section: nodes.section, current: CurrentSource, *, words: int
) -> Post:
    docname = env.current_document.docname
    source = current.source
    fields = source.fields
    return Post(
        docname=docname,
        title=fields.title or read_title(section[0]) or docname,
        date=source.date,
        picture=get_current_picture(env),
        tags=source.tags,
        description=_describe(section, fields),
        excerpts=() if fields.description else find_excerpts(section),
        words=words,
        updated=fields.updated,
        authors=_make_authors(fields),
        categories=fields.category,
        featured=fields.featured,
        series=_make_series(fields),
        external_url=fields.external_url,
        canonical_url=fields.canonical_url,
        guides=fields.guides,
        guide_for=fields.guide_for,
        related=fields.related,
        old_paths=list_old_paths(docname, fields),
    )


def _make_document(
    env: BuildEnvironment, doctree: nodes.document, current: CurrentSource | None
) -> Document:
    docname = env.current_document.docname
    fields = current.source.fields if current else None
    title = read_title(env.titles[docname]) if docname in env.titles else ""
    section = next(doctree.findall(nodes.section), None)
    description = fields.description if fields else ""
    if isinstance(description, int):
        description = ""
    excerpts: tuple[Excerpt, ...] = ()
    if section is not None and not description and not is_generated(env, docname):
        excerpts = find_excerpts(section)[:1]
    return Document(
        docname=docname,
        title=title or docname,
        description=description,
        excerpts=excerpts,
        picture=get_current_picture(env),
        guide_for=fields.guide_for if fields else (),
    )


def _describe(section: nodes.section, fields: Fields) -> str:
    if isinstance(fields.description, int):
        return find_paragraphs(section, fields.description)
    return fields.description


def _make_authors(fields: Fields) -> tuple[Author, ...]:
    return tuple(
        Author(key=author.name, name=author.name, url=author.url)
        for author in fields.author
    )


def _make_series(fields: Fields) -> SeriesPart | None:
    if fields.series is None:
        return None
    return SeriesPart(name=fields.series.name, part=fields.series.part)


_LINKS = addnodes.pending_xref | addnodes.toctree | nodes.reference


def _collect(
    doctree: nodes.document, lines: LineFinder, *, is_post: bool
) -> tuple[list[placeholder], list[Link], list[nodes.image], bool]:
    """Return the placeholders, the links in the text, and the images, all in order.

    And whether the author calls readers to act.

    One pass: ``findall`` would take one for each class, and costs several times more.
    Links to other sites are kept of posts only, where they may lead to a guide; so are
    images.
    """
    placeholders: list[placeholder] = []
    links: list[Link] = []
    images: list[nodes.image] = []
    has_call = False
    stack: list[nodes.Node] = [doctree]
    while stack:
        node = stack.pop()
        if isinstance(node, placeholder):
            placeholders.append(node)
            # Its children are links of its part.
            continue
        if isinstance(node, nodes.reference) and not is_post:
            continue
        if isinstance(node, nodes.image) and is_post:
            images.append(node)
        if isinstance(node, nodes.container) and CALL_CLASS in node["classes"]:
            has_call = True
        if isinstance(node, _LINKS):
            links.extend(lines.place(link, node) for link in list_links(node))
        stack.extend(reversed(node.children))
    return placeholders, links, images, has_call


def setup_collector(app: Sphinx, stemmer: Stemmer) -> None:
    """Register the collector, after Sphinx's own."""
    # Sphinx calls what it is given to get a collector.
    app.add_env_collector(partial(BlogCollector, stemmer))  # type: ignore[arg-type]
