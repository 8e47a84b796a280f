"""The directive that shows which posts lead to a guide."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sphinx_leadposts.model.guide_posts import GuidePostsPart
from sphinx_leadposts.sphinx_ext.nodes import make_placeholder
from sphinx_leadposts.sphinx_ext.reading_phase.directives.listing import (
    LOOK_OPTIONS,
    read_look,
)
from sphinx_leadposts.sphinx_ext.reading_phase.directives.options import (
    BlogDirective,
    Option,
    choose,
    read_count,
    read_flag,
    read_names,
    read_text,
)

if TYPE_CHECKING:
    from docutils import nodes


class GuidePosts(BlogDirective):
    """The posts that lead to a guide, which is this document unless it is named."""

    options_read: ClassVar[dict[str, Option]] = {
        "guide": read_text,
        "tags": read_names,
        "group": choose("tag", "year", "none"),
        "limit": read_count,
        **LOOK_OPTIONS,
        "image": read_flag,
        "summary": read_flag,
        "title": read_text,
        "empty": read_text,
    }

    def run(self) -> list[nodes.Node]:
        """Plant the list."""
        default = GuidePostsPart()
        look = read_look(self, default.look)
        part = GuidePostsPart(
            guide=self.read_option("guide", ""),
            tags=self.read_option("tags", ()),
            group=self.read_option("group", default.group),
            look=look,
            image=self.read_option("image", default=True),
            summary=self.read_option("summary", default=look.layout != "compact"),
            limit=self.read_option("limit", 0),
            title=self.read_option("title", ""),
            empty=self.read_option("empty", ""),
        )
        return [self.finish(make_placeholder(part, self.env.docname))]
