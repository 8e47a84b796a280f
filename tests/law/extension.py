"""The part of the sites that is an extension: for both houses, or for the twin."""

from __future__ import annotations

import logging
import re
import sys
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final
from unittest.mock import patch

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.domains import Domain

from sphinx_leadposts import __version__
from sphinx_leadposts.sphinx_ext.writing_phase.html import BlockRenderer
from sphinx_leadposts.sphinx_ext.writing_phase.publication import (
    Publication,
    PublishedFile,
)
from sphinx_leadposts.sphinx_ext.writing_phase.sidebars import SidebarView
from tests.law.killing import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_DIRECTIVES: Final = (
    "post-list",
    "post-card",
    "tag-list",
    "archive-list",
    "further-reading",
    "guide-posts",
    "call-to-action",
)
#: Every option of theirs that the blog uses.
_OPTIONS: Final = (
    *("limit", "sort", "tags", "layout", "group", "empty"),
    *("guide", "guides", "posts", "exclude", "button", "second-button"),
    *("min", "of", "category", "author", "series", "featured", "year"),
)


class Fuse:
    """Cuts a build off, as Ctrl-C does, when so many files have been written.

    Pages, or those beside them: feeds, redirects, and the data of the blog.
    """

    left: ClassVar[int | None] = None
    is_late: ClassVar[bool] = False

    @classmethod
    def burn(cls, *_args: object) -> None:
        """Take notice of a file that is about to be written."""
        if cls.left is not None:
            cls.left -= 1
            if cls.left < 0:
                raise KeyboardInterrupt

    @classmethod
    def burn_page(cls, *_args: object) -> None:
        """Take notice of a page that is about to be written."""
        if not cls.is_late:
            cls.burn()

    @classmethod
    @contextmanager
    def lit(cls, files: int, *, is_late: bool = False) -> Iterator[None]:
        """Cut off the build inside, if it writes more than so many ``files``.

        :param is_late: count no page, but the files beside them.
        """
        write = Publication._write

        def write_or_burn(self: Publication, file: PublishedFile) -> bool:
            if is_late:
                cls.burn()
            return write(self, file)

        cls.left, cls.is_late = files, is_late
        try:
            with (
                patch.object(Publication, "_write", write_or_burn),
                suppress(KeyboardInterrupt),
            ):
                yield
        finally:
            cls.left = None


@contextmanager
def upgraded(version: str) -> Iterator[None]:
    """Have our extension be of another version, which writes other pages.

    :param version: what is added to the number of the one at hand; the empty text is
        for that one.
    """
    if not version:
        yield
        return
    render, link = BlockRenderer._render, SidebarView.link
    name = f"{__version__}{version}"

    def render_anew(self: BlockRenderer, *args: Any) -> str:
        return f"{render(self, *args)}<!-- {name} -->"

    def link_anew(self: SidebarView, docname: str | None) -> str:
        return f"{link(self, docname)}#{name}"

    with ExitStack() as stack:
        for module_name, module in list(sys.modules.items()):
            is_ours = module_name.startswith("sphinx_leadposts")
            if is_ours and hasattr(module, "__version__"):
                stack.enter_context(patch.object(module, "__version__", name))
        stack.enter_context(patch.object(BlockRenderer, "_render", render_anew))
        stack.enter_context(patch.object(SidebarView, "link", link_anew))
        yield


class DeadLinks(logging.Filter):
    """Lets the warnings pass in silence that a link to a deleted post must cause.

    A list of their types in ``suppress_warnings`` could not come and go with them: a
    change of that value makes Sphinx read all documents again.
    """

    expected: ClassVar[frozenset[str]] = frozenset()
    types: Final = (
        *("ref.doc", "ref.guide", "ref.name", "myst.xref_missing"),
        *("leadposts.directive", "leadposts.link"),
    )

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether to print the warning."""
        kind = f"{getattr(record, 'type', '')}.{getattr(record, 'subtype', '')}"
        names = re.findall(r"\w+", record.getMessage())
        return kind not in self.types or self.expected.isdisjoint(names)


class _NoDirective(Directive):
    """Says nothing, where plain Sphinx does not know ours."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = dict.fromkeys(_OPTIONS, directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Return nothing."""
        return []


def _show_text(
    _name: str, _rawtext: str, text: str, *_args: object, **_kwargs: object
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    return [nodes.Text(text)], []


class _NoDomain(Domain):
    """Shows what its role is given, where plain Sphinx does not know ours."""

    name = "blog"
    label = "None"
    roles: ClassVar[dict[str, Any]] = dict.fromkeys(
        ("guide", "tag", "author", "category", "series"), _show_text
    )

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over nothing."""

    def resolve_any_xref(self, *_args: object) -> list[tuple[str, nodes.reference]]:
        """Find nothing."""
        return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up fuse and watch in both houses, and what the twin lacks."""
    for handler in logging.getLogger("sphinx").handlers:
        handler.addFilter(DeadLinks())
    app.connect("doctree-resolved", Fuse.burn_page, priority=900)
    Watch.install(app)
    if "sphinx_leadposts" not in app.extensions:
        for name in _DIRECTIVES:
            app.add_directive(name, _NoDirective)
        app.add_domain(_NoDomain)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
