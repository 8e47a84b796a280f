"""The two nodes that are ours: a question in a doctree, and its answer in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_leadposts.model.part import Part
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.model.shown import ArchiveLink

ObjectType = Literal["post", "tag", "category", "author", "series", "guide"]

#: What roles of the domain link to.
OBJECT_TYPES: Final[tuple[ObjectType, ...]] = get_args(ObjectType)
#: The types of the links that we make ourselves; they are no roles. ``page`` is for any
#: document by its docname, ``name`` for whatever has a name: a guide, a document, a
#: post, or a URL.
PAGE_TYPE: Final = "page"
NAME_TYPE: Final = "name"
#: The attribute of an image in which our `Picture` of it stands.
PICTURE_KEY: Final = "leadposts_picture"
#: The attribute of what we put around the text of a post: its header, its footer.
AROUND_KEY: Final = "leadposts_around"


class placeholder(nodes.General, nodes.Element):  # noqa: N801
    """Stands where a part will be shown; pickled with the doctree.

    It keeps the docname it was read in: builders of one file resolve all documents
    as one tree. Children, if any, are links that Sphinx resolves.
    """

    @property
    def part(self) -> Part:
        """The part that is asked for."""
        part: Part = self["part"]
        return part

    @property
    def docname(self) -> str:
        """The document in which the placeholder was read."""
        docname: str = self["docname"]
        return docname


class leadposts_block(nodes.General, nodes.Element):  # noqa: N801
    """An answer ready for a template; lives only while a page is written.

    ``template`` names the file below ``leadposts/``, ``context`` what it is given. One
    that ``is_for_web`` is left out where the output is no website. Visitors go by the
    name of a class, whosever it is (``Sphinx.add_node``), so this one says whose it is.
    """

    @property
    def is_for_web(self) -> bool:
        """Whether it is of no use in books and help files."""
        return bool(self.get("is_for_web"))

    @property
    def template(self) -> str:
        """The name of the template."""
        template: str = self["template"]
        return template

    @property
    def context(self) -> dict[str, Any]:
        """The values that the template is given."""
        context: dict[str, Any] = self["context"]
        return context


def list_ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield what ``node`` stands in, from the inside out."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def make_placeholder(part: Part, docname: str) -> placeholder:
    """Return a placeholder for ``part`` in ``docname``."""
    return placeholder("", part=part, docname=docname)


def link_name(name: str, source: str, *, title: str = "") -> addnodes.pending_xref:
    """Return a link from ``source`` to what is called ``name``.

    A guide, a document, a post, or a URL; without ``title`` it says what that says.
    """
    return addnodes.pending_xref(
        "",
        nodes.inline("", title or name),
        refdomain="blog",
        reftype=NAME_TYPE,
        reftarget=name,
        refdoc=source,
        refexplicit=bool(title),
        refwarn=True,
    )


def link_page(
    target: str, text: str, source: str, *, anchor: str = ""
) -> addnodes.pending_xref:
    """Return a link from the document ``source`` to ``target`` that says ``text``."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="blog",
        reftype=PAGE_TYPE,
        reftarget=target,
        refdoc=source,
        refexplicit=True,
        refanchor=f"#{anchor}" if anchor else "",
    )


def make_image(picture: Picture, title: str) -> nodes.image:
    """Return an image that is kept, once the builder is known, if it can be shown.

    A text that only repeats the title says nothing to those who read.
    """
    says_more = picture.alt.strip(" .").casefold() != title.strip(" .").casefold()
    # Sphinx's ImageDownloader would fetch one from elsewhere, by its address.
    uri, key = (picture.path, "*") if picture.source else ("", "?")
    image = nodes.image(
        "", uri=uri, alt=picture.alt if says_more else "", candidates={key: uri}
    )
    image[PICTURE_KEY] = picture
    return image


def link_archive(archive: ArchiveLink, source: str) -> nodes.Node:
    """Return a link to the page of ``archive``, or its name where it has none."""
    if archive.docname is None:
        return nodes.Text(archive.label)
    return link_page(archive.docname, archive.label, source)


def join_nodes(items: Iterable[nodes.Node], between: str) -> list[nodes.Node]:
    """Return ``items`` with the text ``between`` each two of them."""
    joined: list[nodes.Node] = []
    for item in items:
        if joined:
            joined.append(nodes.Text(between))
        joined.append(item)
    return joined
