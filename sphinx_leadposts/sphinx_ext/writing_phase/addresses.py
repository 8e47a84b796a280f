"""Addresses behind links, for readers who cannot follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.writers import manpage
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_leadposts.sphinx_ext.call import CALL_CLASS
from sphinx_leadposts.sphinx_ext.nodes import list_ancestors
from sphinx_leadposts.sphinx_ext.writing_phase.links import AFTER_LINKS
from sphinx_leadposts.sphinx_ext.writing_phase.reading import READING_CLASS

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class _PrintedAddresses(SphinxPostTransform):
    """On paper, a link elsewhere shows its address; so it does in plain text.

    Only in our blocks: for the text of a document, Sphinx's own values decide.
    """

    default_priority: ClassVar[int] = AFTER_LINKS
    #: The value of Sphinx's by which addresses are shown anyway, and when they are not.
    value: ClassVar[tuple[str, object]] = ("", None)

    def run(self, **kwargs: Any) -> None:
        """Add the address behind each such link, unless Sphinx does."""
        name, unless = self.value
        if name and self.config[name] != unless:
            return
        for link in list(self.document.findall(nodes.reference)):
            uri = link.get("refuri", "")
            if "://" in uri and uri not in link.astext() and _is_in_our_block(link):
                place = link.parent.index(link) + 1
                link.parent.insert(place, nodes.Text(f" ({uri})"))


class LatexAddresses(_PrintedAddresses):
    """Addresses in LaTeX."""

    builders = ("latex",)
    value = ("latex_show_urls", "no")


class EpubAddresses(_PrintedAddresses):
    """Addresses in EPUB."""

    builders = ("epub",)
    value = ("epub_show_urls", "no")


class ManAddresses(_PrintedAddresses):
    """Addresses in manual pages."""

    builders = ("man",)
    value = ("man_show_urls", False)

    def run(self, **kwargs: Any) -> None:
        """Add the address behind each such link, unless the writer does."""
        # docutils 0.22 prints addresses, and so goes past Sphinx's own method.
        if not hasattr(manpage.Translator, "_visit_reference_no_macro"):
            super().run(**kwargs)


class TextAddresses(_PrintedAddresses):
    """Addresses in plain text, which has no links."""

    builders = ("text",)


def _is_in_our_block(node: nodes.Node) -> bool:
    ours = (READING_CLASS, CALL_CLASS)
    styles: list[str] = []
    for parent in list_ancestors(node):
        styles += parent.get("classes", ())
    return any(style.startswith(ours) for style in styles)


def setup_addresses(app: Sphinx) -> None:
    """Register the transforms."""
    for transform in (LatexAddresses, EpubAddresses, ManAddresses, TextAddresses):
        app.add_post_transform(transform)
