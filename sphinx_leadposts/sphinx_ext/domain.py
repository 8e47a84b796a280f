"""The domain ``blog``: all that the reading phase leaves for the writing phase."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.errors import NoUri
from sphinx.roles import XRefRole

from sphinx_leadposts.config import DRAWN_COVER, read_config
from sphinx_leadposts.imaging.picture import describe_cover
from sphinx_leadposts.model.catalog import Catalog
from sphinx_leadposts.model.directory import Site
from sphinx_leadposts.model.lead import lead_to_guide
from sphinx_leadposts.model.leading import GuidePostsPart
from sphinx_leadposts.model.picture import Cover, Picture
from sphinx_leadposts.model.shown import Lead
from sphinx_leadposts.sphinx_ext.edges import find_edges
from sphinx_leadposts.sphinx_ext.footer import GUIDE_POSTS
from sphinx_leadposts.sphinx_ext.links import (
    find_own_domains,
    find_uri,
    list_wholes,
)
from sphinx_leadposts.sphinx_ext.nodes import NAME_TYPE, PAGE_TYPE
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import get_held_back
from sphinx_leadposts.sphinx_ext.records import BlogData, DocumentRecord
from sphinx_leadposts.sphinx_ext.registries import read_registries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.document import Document
    from sphinx_leadposts.model.link import Edge, Link
    from sphinx_leadposts.model.part import Part
    from sphinx_leadposts.model.post import Post


#: The tables of the domain that have an entry for each document.
_TABLES: Final = ("posts", "documents", "records", "lines")


class BlogDomain(Domain):
    """Posts, tags and guides as objects to link to, here and from other sites."""

    name = "blog"
    label = "Blog"
    object_types: ClassVar[dict[str, ObjType]] = {
        "post": ObjType("post", "post", "any"),
        "tag": ObjType("tag", "tag", "any"),
        "guide": ObjType("guide", "guide", "any"),
    }
    roles: ClassVar[dict[str, Any]] = {
        "post": XRefRole(warn_dangling=True, innernodeclass=nodes.inline),
        "tag": XRefRole(warn_dangling=True, innernodeclass=nodes.inline),
        "guide": XRefRole(warn_dangling=True, innernodeclass=nodes.inline),
    }
    initial_data: ClassVar[dict[str, Any]] = {
        "posts": {},
        "documents": {},
        "records": {},
        "lines": {},
        "generated": set(),
    }
    #: Raised whenever the records above change their fields.
    data_version = 3
    data: BlogData  # type: ignore[assignment]

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._catalog: Catalog | None = None

    # Written while reading -----------------------------------------------------------

    def note_post(self, post: Post, lines: Mapping[str, int]) -> None:
        """Record ``post``, and on which lines its keys stand."""
        self.data["posts"][post.docname] = post
        self.data["lines"][post.docname] = dict(lines)
        self._catalog = None

    def note_document(self, document: Document, lines: Mapping[str, int]) -> None:
        """Record a document that is no post, and on which lines its keys stand."""
        self.data["documents"][document.docname] = document
        if document.guide_for:
            self.data["lines"][document.docname] = dict(lines)
        self._catalog = None

    def note_record(self, docname: str, record: DocumentRecord) -> None:
        """Record what ``docname`` asks of the blog; nothing is kept for no question."""
        if record != DocumentRecord():
            self.data["records"][docname] = record

    def note_generated(self, docnames: Set[str]) -> set[str]:
        """Record which documents are ours; return those that changed hands."""
        changed = self.data["generated"] ^ docnames
        self.data["generated"] = set(docnames)
        self._catalog = None
        return changed

    def clear_doc(self, docname: str) -> None:
        """Forget ``docname``, before it is read again or because it is gone."""
        for name in _TABLES:
            table: dict[str, Any] = self.data[name]
            table.pop(docname, None)
        self._catalog = None

    def merge_domaindata(self, docnames: Set[str], otherdata: Any) -> None:
        """Take over what another process read of ``docnames``."""
        for table in _TABLES:
            mine: dict[str, Any] = self.data[table]
            theirs: Mapping[str, Any] = otherdata[table]
            mine.update((name, theirs[name]) for name in docnames if name in theirs)
        self._catalog = None

    # Read while writing --------------------------------------------------------------

    @property
    def posts(self) -> Mapping[str, Post]:
        """The posts by docname."""
        return self.data["posts"]

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents that are no posts, by docname."""
        return self.data["documents"]

    @property
    def records(self) -> Mapping[str, DocumentRecord]:
        """What documents ask of the blog, by docname."""
        return self.data["records"]

    @property
    def generated(self) -> Set[str]:
        """The documents that the overlay holds."""
        return self.data["generated"]

    @property
    def catalog(self) -> Catalog:
        """The blog as it stands, built once for each state of the records."""
        if self._catalog is None:
            config = self.env.config
            self._catalog = Catalog(
                self.data["posts"].values(),
                site=self._describe_site(),
                tags_path=read_config(config).tags_path,
                registries=read_registries(config),
                documents=self.data["documents"],
                links=self.list_body_links,
                cover=self._find_cover,
            )
        return self._catalog

    def may_be_whole(self, docname: str) -> bool:
        """Tell whether the tree of ``docname`` may hold other documents as well."""
        return docname in self._wholes

    @functools.cached_property
    def _wholes(self) -> Set[str]:
        # Asked for by each document; Sphinx works out the defaults at every look.
        return list_wholes(self.env.config)

    def list_body_links(self, docname: str) -> Sequence[Link]:
        """Return the links in the text of ``docname``, in order."""
        record = self.data["records"].get(docname)
        links = record.links if record else ()
        return [link for link in links if not link.is_in_toctree]

    def list_parts(self, docname: str) -> list[tuple[Part, int | None]]:
        """Return what ``docname`` asks of the blog, with the line of each question.

        A guide asks for its posts, whether its author wrote so or not: which documents
        are guides is not known before all of them have been read.
        """
        record = self.data["records"].get(docname, DocumentRecord())
        parts = list(zip(record.parts, record.part_lines, strict=True))
        if self.catalog.guides.is_guide_page(docname):
            is_asked = any(isinstance(part, GuidePostsPart) for part in record.parts)
            if not is_asked and GUIDE_POSTS in read_config(self.env.config).footer:
                parts.append((GuidePostsPart(), None))
        return parts

    def list_edges(self) -> Iterator[Edge]:
        """Yield where the documents of the site lead to, with file and line.

        From the text of each document (``body``), from a post to its guides and from
        blocks of further reading (``guide``), and from lists to their posts
        (``list``). Links to other sites are those of posts only.
        """
        # A guide lists its posts, even where nothing was recorded of it.
        guides = (guide.target.docname for guide in self.catalog.guides.guides)
        pages = {docname for docname in guides if docname}
        for docname in sorted({*self.records, *self.posts, *pages}):
            yield from find_edges(self, docname)

    def find_line(self, docname: str, *keys: str) -> int:
        """Return the line of the first of ``keys`` that ``docname`` has."""
        lines = self.data["lines"].get(docname, {})
        return next((lines[key] for key in keys if key in lines), 1)

    def _find_cover(self, post: Post) -> Picture | None:
        chosen = read_config(self.env.config).cover
        if chosen != DRAWN_COVER:
            return chosen if isinstance(chosen, Picture) else None
        cover = Cover(seed=post.docname, tag=self._find_first_tag(post))
        return Picture(source=describe_cover(cover), cover=cover)

    def _find_first_tag(self, post: Post) -> str:
        index = self.catalog.tag_index
        return index.find_key(post.tags[0]) if post.tags else ""

    def _describe_site(self) -> Site:
        config, std = self.env.config, self.env.domains.standard_domain
        return Site(
            docnames=self.env.found_docs,
            held_back=get_held_back(self.env),
            domains=find_own_domains(config),
            root=config.root_doc,
            labels={name: place[0] for name, place in std.anonlabels.items()},
        )

    # Cross-references ----------------------------------------------------------------

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Link the post or tag ``target``; a role without a title shows its own.

        :raises NoUri: where the output has no such page, and the site no address.
        """
        found = self._find(typ, target)
        if found is None:
            return None
        own_text = contnode
        if not node.get("refexplicit"):
            title = nodes.inline(found.title, found.title, classes=contnode["classes"])
            contnode = title
        uri: str | None = found.url
        if found.docname:
            uri = find_uri(builder, env, fromdocname, found.docname)
            # Where the output has no such page, a link keeps the address it came with.
            # In plain text, every address is empty.
            is_there = uri is not None
            uri = (
                f"{uri}{node.get('refanchor', '')}" if is_there else node.get("refuri")
            )
        if uri is None:
            # In place of the link Sphinx shows the node that it gave us.
            own_text[:] = contnode.children
            raise NoUri(found.docname)
        is_internal = "://" not in uri
        return nodes.reference("", "", contnode, refuri=uri, internal=is_internal)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Link ``post:…``, ``tag:…`` and ``guide:…`` only: no tag shadows a module."""
        typ, colon, name = target.partition(":")
        if not colon or typ not in self.object_types:
            return []
        found = self.resolve_xref(env, fromdocname, builder, typ, name, node, contnode)
        return [(f"{self.name}:{typ}", found)] if found is not None else []

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield what ``objects.inv`` holds; the search does not list it."""
        yield from self._get_post_objects()
        for tag in self.catalog.tags:
            if docname := self.catalog.locate_tag(tag):
                yield tag.slug, tag.label, "tag", docname, "", -1
        for guide in self.catalog.guides.guides:
            if docname := guide.target.docname:
                title = lead_to_guide(self.catalog, guide, picture=False).title
                yield guide.key, title, "guide", docname, "", -1

    def _get_post_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for docname, post in sorted(self.posts.items()):
            yield docname, post.title, "post", docname, "", -1

    def _find(self, typ: str, target: str) -> Lead | None:
        """Return where an object stands; a name may be spelled in any way."""
        catalog = self.catalog
        if typ == PAGE_TYPE:
            title = self.env.titles.get(target)
            return Lead(title=title.astext(), docname=target) if title else None
        if typ == NAME_TYPE:
            return catalog.find_lead(target)
        if typ == "guide":
            guide = catalog.guides.find(target)
            return lead_to_guide(catalog, guide, picture=False) if guide else None
        if typ == "post":
            post = catalog.find_post(target.strip("/"))
            return Lead(title=post.title, docname=post.docname) if post else None
        tag = catalog.find_tag(target)
        docname = catalog.locate_tag(tag) if tag else None
        return Lead(title=tag.label, docname=docname) if tag and docname else None


def get_blog(env: BuildEnvironment) -> BlogDomain:
    """Return the blog of ``env``."""
    domain = env.domains["blog"]
    assert isinstance(domain, BlogDomain)  # noqa: S101 - for the type checker
    return domain


def setup_domain(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(BlogDomain)
