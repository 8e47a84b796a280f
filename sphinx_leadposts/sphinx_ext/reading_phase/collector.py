"""One look at each doctree, for all that the blog wants to know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import docname_join

from sphinx_leadposts.model.post import Author, Post, SeriesPart
from sphinx_leadposts.reading.excerpt import count_words, cut_summary
from sphinx_leadposts.sphinx_ext.domain import DocumentLink, DocumentRecord, get_blog
from sphinx_leadposts.sphinx_ext.nodes import placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.body import (
    find_paragraphs,
    find_summary,
    read_text,
)
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import BlogProject
from sphinx_leadposts.sphinx_ext.reading_phase.shaping import (
    get_current_picture,
    get_current_shape,
)
from sphinx_leadposts.sphinx_ext.reading_phase.sources import (
    CurrentSource,
    get_current_source,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.part import Part
    from sphinx_leadposts.reading.schema import Fields


class BlogCollector(EnvironmentCollector):
    """Records posts, and what documents ask of the blog.

    Purging and merging are the domain's; Sphinx calls it for both.
    """

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
        parts: list[Part] = []
        links: list[DocumentLink] = []
        for node in _walk(doctree):
            if isinstance(node, placeholder):
                parts.append(node.part)
            else:
                links.extend(list_links(node))
        record = DocumentRecord(
            parts=tuple(parts),
            links=tuple(dict.fromkeys(links)),
            shape=get_current_shape(env),
        )
        blog.note_document(docname, record)
        current = get_current_source(env)
        project = env.project
        if isinstance(project, BlogProject) and docname in project.generated:
            return
        if current is not None and current.source.is_post:
            # Posts need no toctree: BuildEnvironment.check_consistency asks for this.
            env.metadata[docname]["orphan"] = True
            blog.note_post(_make_post(env, doctree, current), current.source.lines)


def _make_post(
    env: BuildEnvironment, doctree: nodes.document, current: CurrentSource
) -> Post:
    docname = env.current_document.docname
    source = current.source
    section = next(doctree.findall(nodes.section))
    fields = source.fields
    return Post(
        docname=docname,
        title=fields.title or section[0].astext(),
        date=source.date,
        picture=get_current_picture(env),
        tags=source.tags,
        summary=_make_summary(section, fields),
        words=count_words(read_text(section)),
        updated=fields.updated,
        authors=_make_authors(fields),
        categories=fields.category,
        featured=fields.featured,
        series=_make_series(fields),
        external_url=fields.external_url,
        canonical_url=fields.canonical_url,
    )


def _make_summary(section: nodes.section, fields: Fields) -> str:
    if isinstance(fields.description, int):
        return find_paragraphs(section, fields.description)
    return fields.description or cut_summary(find_summary(section, fields.guides or ()))


def _make_authors(fields: Fields) -> tuple[Author, ...]:
    return tuple(
        Author(key=author.name, name=author.name, url=author.url)
        for author in fields.author
    )


def _make_series(fields: Fields) -> SeriesPart | None:
    if fields.series is None:
        return None
    return SeriesPart(name=fields.series.name, part=fields.series.part)


_Wanted = placeholder | addnodes.pending_xref | addnodes.toctree


def _walk(doctree: nodes.document) -> Iterator[_Wanted]:
    """Yield the nodes that matter here, in order.

    One pass: ``findall`` would take one for each class, and costs several times more.
    """
    stack: list[nodes.Node] = [doctree]
    while stack:
        node = stack.pop()
        if isinstance(node, _Wanted):
            yield node
        stack.extend(reversed(node.children))


def list_links(
    node: addnodes.pending_xref | addnodes.toctree,
) -> Iterator[DocumentLink]:
    """Yield the links to documents, posts and tags that ``node`` stands for."""
    if isinstance(node, addnodes.toctree):
        for target in node["includefiles"]:
            yield DocumentLink(target=target, is_titled=False)
        return
    is_titled = bool(node.get("refexplicit"))
    if target := find_linked_document(node):
        yield DocumentLink(target=target, is_titled=is_titled)
    elif name := _find_object(node):
        kind: Literal["post", "tag"] = "post" if name[0] == "post" else "tag"
        yield DocumentLink(kind=kind, target=name[1], is_titled=is_titled)


def find_linked_document(node: addnodes.pending_xref) -> str | None:
    """Return the docname that ``node`` links to, ``None`` for other links."""
    kind = (node.get("refdomain"), node.get("reftype"))
    if kind == ("std", "doc"):
        target: str = docname_join(node.get("refdoc", ""), node["reftarget"])
        return target.strip("/")
    # MyST: a Markdown link to a file (SphinxRenderer.render_link_unknown).
    if kind == ("doc", "myst"):
        return str(node["reftarget"])
    return None


def _find_object(node: addnodes.pending_xref) -> tuple[str, str] | None:
    """Return type and name of the object of ours that ``node`` links to."""
    if node.get("refdomain") == "blog":
        return node["reftype"], node["reftarget"]
    # ``{any}`tag:json``` and ``[](tag:json)``
    kind, colon, name = str(node["reftarget"]).partition(":")
    return (kind, name) if colon and kind in {"post", "tag"} else None


def setup_collector(app: Sphinx) -> None:
    """Register the collector, after Sphinx's own."""
    app.add_env_collector(BlogCollector)
