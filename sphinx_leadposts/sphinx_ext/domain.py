"""The domain ``blog``: all that the reading phase leaves for the writing phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypedDict

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.errors import NoUri
from sphinx.roles import XRefRole

from sphinx_leadposts.config import read_config
from sphinx_leadposts.model.catalog import Catalog
from sphinx_leadposts.sphinx_ext.links import find_uri
from sphinx_leadposts.sphinx_ext.registries import read_registries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.part import Part
    from sphinx_leadposts.model.post import Post


#: The type of the links that we make ourselves, to any document by its docname. It is
#: no role: it only leads the link through :meth:`BlogDomain.resolve_xref`.
PAGE_TYPE: Final = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLink:
    """A link of a document to another, a post, or a tag, by the name it was given.

    ``is_titled`` where it has a text of its own.
    """

    kind: Literal["document", "post", "tag"] = "document"
    target: str
    is_titled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """What a document asks of the blog: its parts, and where it links to.

    ``shape`` stands for what the reading phase made of the document from files other
    than its source: it changes whenever the doctree does for such a reason.
    """

    parts: tuple[Part, ...] = ()
    links: tuple[DocumentLink, ...] = ()
    shape: str = ""


class BlogData(TypedDict):
    """What is pickled with the environment."""

    posts: dict[str, Post]
    documents: dict[str, DocumentRecord]
    #: The line of some keys of a post, for messages about two posts at once.
    lines: dict[str, dict[str, int]]
    #: The documents that were read from the overlay, not from the author.
    generated: set[str]


class BlogDomain(Domain):
    """Posts and tags as objects that can be linked, here and from other sites."""

    name = "blog"
    label = "Blog"
    object_types: ClassVar[dict[str, ObjType]] = {
        "post": ObjType("post", "post", "any"),
        "tag": ObjType("tag", "tag", "any"),
    }
    roles: ClassVar[dict[str, Any]] = {
        "post": XRefRole(warn_dangling=True, innernodeclass=nodes.inline),
        "tag": XRefRole(warn_dangling=True, innernodeclass=nodes.inline),
    }
    dangling_warnings: ClassVar[dict[str, str]] = {
        "post": "no post %(target)r; give its docname",
        "tag": "no tag %(target)r has a page",
    }
    initial_data: ClassVar[dict[str, Any]] = {
        "posts": {},
        "documents": {},
        "lines": {},
        "generated": set(),
    }
    #: Raised whenever the records above change their fields.
    data_version = 1
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

    def note_document(self, docname: str, record: DocumentRecord) -> None:
        """Record what ``docname`` asks of the blog; nothing is kept for no question."""
        if record != DocumentRecord():
            self.data["documents"][docname] = record

    def note_generated(self, docnames: Set[str]) -> set[str]:
        """Record which documents are ours; return those that changed hands."""
        changed = self.data["generated"] ^ docnames
        self.data["generated"] = set(docnames)
        self._catalog = None
        return changed

    def clear_doc(self, docname: str) -> None:
        """Forget ``docname``, before it is read again or because it is gone."""
        self.data["posts"].pop(docname, None)
        self.data["documents"].pop(docname, None)
        self.data["lines"].pop(docname, None)
        self._catalog = None

    def merge_domaindata(self, docnames: Set[str], otherdata: Any) -> None:
        """Take over what another process read of ``docnames``."""
        for table in ("posts", "documents", "lines"):
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
    def documents(self) -> Mapping[str, DocumentRecord]:
        """What documents ask of the blog, by docname."""
        return self.data["documents"]

    @property
    def generated(self) -> Set[str]:
        """The documents that the overlay holds."""
        return self.data["generated"]

    @property
    def catalog(self) -> Catalog:
        """The blog as it stands, built once for each state of the records."""
        if self._catalog is None:
            self._catalog = Catalog(
                self.data["posts"].values(),
                docnames=self.env.found_docs,
                tags_path=read_config(self.env.config).tags_path,
                registries=read_registries(self.env.config),
            )
        return self._catalog

    def find_line(self, docname: str, key: str) -> int:
        """Return the line of ``key`` in the front matter of ``docname``."""
        return self.data["lines"].get(docname, {}).get(key, 1)

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
        docname, title = found
        if not node.get("refexplicit"):
            contnode = nodes.inline(title, title, classes=contnode["classes"])
        uri = find_uri(builder, env, fromdocname, docname)
        if uri is None:
            raise NoUri(docname)
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
        """Link ``post:…`` and ``tag:…`` only, so that a tag never shadows a module."""
        typ, colon, name = target.partition(":")
        if not colon or typ not in self.object_types:
            return []
        found = self.resolve_xref(env, fromdocname, builder, typ, name, node, contnode)
        return [(f"{self.name}:{typ}", found)] if found is not None else []

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield posts and tags for ``objects.inv``; the search does not list them."""
        yield from self._get_post_objects()
        for tag in self.catalog.tags:
            if docname := self.catalog.locate_tag(tag):
                yield tag.slug, tag.label, "tag", docname, "", -1

    def _get_post_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for docname, post in sorted(self.posts.items()):
            yield docname, post.title, "post", docname, "", -1

    def _find(self, typ: str, target: str) -> tuple[str, str] | None:
        """Return docname and title of an object; a name may be spelled in any way."""
        if typ == PAGE_TYPE:
            title = self.env.titles.get(target)
            return (target, title.astext()) if title is not None else None
        if typ == "post":
            post = self.catalog.find_post(target.strip("/"))
            return (post.docname, post.title) if post else None
        tag = self.catalog.find_tag(target)
        docname = self.catalog.locate_tag(tag) if tag else None
        return (docname, tag.label) if tag and docname else None


def get_blog(env: BuildEnvironment) -> BlogDomain:
    """Return the blog of ``env``."""
    domain = env.domains["blog"]
    assert isinstance(domain, BlogDomain)  # noqa: S101 - for the type checker
    return domain


def setup_domain(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(BlogDomain)
