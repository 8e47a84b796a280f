"""The part of the sites that is an extension: for both houses, or for the twin."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from jinja2 import BytecodeCache
from sphinx.domains import Domain

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from jinja2.bccache import Bucket
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_DIRECTIVES: Final = (
    "post-list",
    "post-card",
    "tag-list",
    "further-reading",
    "guide-posts",
    "call-to-action",
)
#: Every option of theirs that the blog uses.
_OPTIONS: Final = (
    *("limit", "sort", "tags", "layout", "group", "empty"),
    *("guide", "guides", "posts", "exclude", "button", "second-button"),
)


class Fuse:
    """Cuts a build off, as Ctrl-C does, when so many pages have been written."""

    pages: ClassVar[int | None] = None

    @classmethod
    def burn(cls, *_args: object) -> None:
        """Take notice of a page that is about to be written."""
        if cls.pages is not None:
            cls.pages -= 1
            if cls.pages < 0:
                raise KeyboardInterrupt

    @classmethod
    @contextmanager
    def lit(cls, pages: int) -> Iterator[None]:
        """Cut off the build inside, if it writes more than ``pages``."""
        cls.pages = pages
        try:
            with suppress(KeyboardInterrupt):
                yield
        finally:
            cls.pages = None


class Press(BytecodeCache):
    """Keeps compiled templates: else they would take two fifths of the time."""

    plates: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket``, which sees for itself whether its source is the same."""
        if bucket.key in self.plates:
            bucket.bytecode_from_string(self.plates[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what ``bucket`` holds."""
        self.plates[bucket.key] = bucket.bytecode_to_string()

    @classmethod
    def install(cls, app: Sphinx) -> None:
        """Have the builder of ``app`` ask here first."""
        app.builder.templates.environment.bytecode_cache = cls()


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
    roles: ClassVar[dict[str, Any]] = {"guide": _show_text}

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over nothing."""

    def resolve_any_xref(self, *_args: object) -> list[tuple[str, nodes.reference]]:
        """Find nothing."""
        return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up fuse and press in both houses, and what the twin lacks."""
    for handler in logging.getLogger("sphinx").handlers:
        handler.addFilter(DeadLinks())
    app.connect("builder-inited", Press.install)
    app.connect("doctree-resolved", Fuse.burn, priority=900)
    if "sphinx_leadposts" not in app.extensions:
        for name in _DIRECTIVES:
            app.add_directive(name, _NoDirective)
        app.add_domain(_NoDomain)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
