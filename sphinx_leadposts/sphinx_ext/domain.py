"""The domain ``blog``: all that the reading phase leaves for the writing phase."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.errors import NoUri
from sphinx.roles import XRefRole

from sphinx_leadposts.model.listing import RunPart
from sphinx_leadposts.sphinx_ext.cataloguing import make_catalog
from sphinx_leadposts.sphinx_ext.digests import digest_document, join_digests
from sphinx_leadposts.sphinx_ext.edges import find_edges
from sphinx_leadposts.sphinx_ext.footer import choose_footer
from sphinx_leadposts.sphinx_ext.links import (
    find_uri,
    list_wholes,
)
from sphinx_leadposts.sphinx_ext.nodes import OBJECT_TYPES
from sphinx_leadposts.sphinx_ext.objects import find_object, list_objects
from sphinx_leadposts.sphinx_ext.records import BlogData, DocumentRecord
from sphinx_leadposts.sphinx_ext.related_posts import RelatedPosts
from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.catalog import Catalog
    from sphinx_leadposts.model.document import Document
    from sphinx_leadposts.model.link import Edge, Link
    from sphinx_leadposts.model.part import Part
    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.model.related import Ground, Relation


_NOTHING: Final = DocumentRecord()
#: The tables of the domain that have an entry for each document.
_TABLES: Final = (
    "posts",
    "documents",
    "records",
    "lines",
    "terms",
    "term_digests",
    "digests",
    "public_digests",
)


class BlogDomain(Domain):
    """Posts, tags and guides as objects to link to, here and from other sites."""

    name = "blog"
    label = "Blog"
    object_types: ClassVar[dict[str, ObjType]] = {
        name: ObjType(name, name, "any") for name in OBJECT_TYPES
    }
    roles: ClassVar[dict[str, Any]] = {
        name: XRefRole(warn_dangling=True, innernodeclass=nodes.inline)
        for name in OBJECT_TYPES
    }
    initial_data: ClassVar[dict[str, Any]] = {
        "posts": {},
        "documents": {},
        "records": {},
        "lines": {},
        "generated": set(),
        "held_back": set(),
        "terms": {},
        "term_digests": {},
        "digests": {},
        "public_digests": {},
        "relations": "",
    }
    #: Raised whenever the records above change their fields.
    data_version = 8
    data: BlogData  # type: ignore[assignment]

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._catalog: Catalog | None = None
        self._footers: dict[str, list[Part]] = {}
        self.related = RelatedPosts(env, self.data)

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

    def finish_document(self, docname: str) -> None:
        """Digest what was recorded of ``docname``, when all of it is."""
        own, public = digest_document(self, docname)
        self.data["digests"][docname] = own
        self.data["public_digests"][docname] = public

    def digest_own(self, docname: str) -> str:
        """Return a digest of what only the page of ``docname`` shows."""
        own = self.data["digests"].get(docname, b"").hex()
        return "\0".join([own, *self.related.list_names(docname)])

    def digest_records(self, *, public: bool = False) -> str:
        """Return one digest of all that was recorded, or of what others may show."""
        return join_digests(self.data["public_digests" if public else "digests"])

    def note_generated(self, docnames: Set[str]) -> set[str]:
        """Record which documents are ours; return those that changed hands."""
        changed = self.data["generated"] ^ docnames
        self.data["generated"] = set(docnames)
        return changed

    def note_held_back(self, docnames: Set[str]) -> tuple[Set[str], Set[str]]:
        """Record which posts are held back; return those that are new, and no more."""
        before = self.data["held_back"]
        self.data["held_back"] = set(docnames)
        return docnames - before, before - docnames

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
            self._footers = {}
            self._catalog = make_catalog(self)
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
        links = self.find_record(docname).links
        return [link for link in links if not link.is_in_toctree]

    def list_parts(self, docname: str) -> list[tuple[Part, int | None]]:
        """Return what ``docname`` asks of the blog, with the line of each question.

        What stands at its end has no line, since no author wrote it.
        """
        record = self.find_record(docname)
        parts: list[tuple[Part, int | None]] = [
            *zip(record.parts, record.part_lines, strict=True)
        ]
        return parts + [(part, None) for part in self.list_footer(docname)]

    def find_run(self, docname: str) -> RunPart | None:
        """Return which run of posts a generated page is of, ``None`` for others."""
        if docname not in self.generated:
            return None
        parts = self.find_record(docname).parts
        return next((part for part in parts if isinstance(part, RunPart)), None)

    def list_footer(self, docname: str) -> list[Part]:
        """Return what stands at the end of ``docname``, if it is a post or a guide.

        Which documents are guides is not known before all of them have been read.
        """
        is_post = docname in self.data["posts"]
        is_guide = self.catalog.guides.is_guide_page(docname)
        if not (is_post or is_guide):
            return []
        # Asked for several times by each document.
        if docname not in self._footers:
            names = read_config(self.env.config).footer
            record = self.find_record(docname)
            chosen = choose_footer(names, record, is_post=is_post, is_guide=is_guide)
            self._footers[docname] = list(chosen)
        return self._footers[docname]

    def find_record(self, docname: str) -> DocumentRecord:
        """Return what was recorded of ``docname``, an empty record for nothing."""
        return self.data["records"].get(docname, _NOTHING)

    def list_edges(self, *, lists: bool = True) -> Iterator[Edge]:
        """Yield where the documents of the site lead to, with file and line.

        From the text of each document (``body``), from a post to its guides and from
        blocks of further reading (``guide``), and from lists to their posts
        (``list``, unless ``lists`` is false). Links to other sites are those of posts
        only.
        """
        # A guide lists its posts, even where nothing was recorded of it.
        guides = (guide.target.docname for guide in self.catalog.guides.guides)
        pages = {docname for docname in guides if docname}
        for docname in sorted({*self.records, *self.posts, *pages}):
            yield from find_edges(self, docname, lists=lists)

    def find_line(self, docname: str, *keys: str) -> int:
        """Return the line of the first of ``keys`` that ``docname`` has."""
        lines = self.data["lines"].get(docname, {})
        return next((lines[key] for key in keys if key in lines), 1)

    def list_relations(self, docname: str) -> Sequence[Relation]:
        """Return which posts ``docname`` is related to, the closest first, and why."""
        return self.related.list_relations(docname)

    def explain_relation(self, one: str, other: str) -> Ground:
        """Return what two posts have in common: keys of tags, and stems of words.

        :raises KeyError: where one of them is no post.
        """
        return self.related.explain(self.catalog, one, other)

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
        found = find_object(self.catalog, self.env, typ, target)
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
        """Link ``post:…``, ``tag:…`` and the like only: no tag shadows a module."""
        typ, colon, name = target.partition(":")
        if not colon or typ not in self.object_types:
            return []
        found = self.resolve_xref(env, fromdocname, builder, typ, name, node, contnode)
        return [(f"{self.name}:{typ}", found)] if found is not None else []

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield what ``objects.inv`` holds; the search does not list it."""
        return list_objects(self.catalog)


def get_blog(env: BuildEnvironment) -> BlogDomain:
    """Return the blog of ``env``."""
    domain = env.domains["blog"]
    assert isinstance(domain, BlogDomain)  # noqa: S101 - for the type checker
    return domain


def setup_domain(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(BlogDomain)
