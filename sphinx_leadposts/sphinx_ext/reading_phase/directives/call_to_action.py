"""The directive that asks readers to act."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sphinx_leadposts.model.lead import split_title
from sphinx_leadposts.sphinx_ext.call import make_call
from sphinx_leadposts.sphinx_ext.nodes import link_name
from sphinx_leadposts.sphinx_ext.reading_phase.directives.options import (
    BlogDirective,
    Option,
    read_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx import addnodes


class CallToAction(BlogDirective):
    """A title, a text, and one button or two."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    options_read: ClassVar[dict[str, Option]] = {
        "button": read_text,
        "second-button": read_text,
    }

    def run(self) -> list[nodes.Node]:
        """Return the block; its buttons are links that Sphinx resolves."""
        buttons = list(self._make_buttons())
        if not buttons:
            self.report("it has no button; write ':button: Read the guide <my-guide>'")
        title = " ".join(self.arguments).strip()
        text = self.parse_content_to_nodes()
        return [make_call(title, text, buttons)] if title or text or buttons else []

    def _make_buttons(self) -> Iterator[addnodes.pending_xref]:
        # Loaded late: most documents call nobody.
        from sphinx_leadposts.reading.values import (  # noqa: PLC0415
            ValueRefusedError,
            read_target,
        )

        for option in self.options_read:
            if not (text := self.read_option(option, "")):
                continue
            title, name = split_title(text)
            try:
                link = link_name(read_target(name), self.env.docname, title=title)
            except ValueRefusedError as error:
                self.report(":%s: %s; it is left out", option, error)
                continue
            self.set_source_info(link)
            yield link
