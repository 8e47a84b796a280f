"""The two nodes that are ours: a question in a doctree, and its answer in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx_leadposts.model.part import Part


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


class block(nodes.General, nodes.Element):  # noqa: N801
    """An answer ready for a template; lives only while a page is written.

    ``template`` names the file below ``leadposts/``, ``context`` what it is given.
    """

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


def make_placeholder(part: Part, docname: str) -> placeholder:
    """Return a placeholder for ``part`` in ``docname``."""
    return placeholder("", part=part, docname=docname)
