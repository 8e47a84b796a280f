"""The directives an author writes; each plants a placeholder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.sphinx_ext.reading_phase.directives.call_to_action import (
    CallToAction,
)
from sphinx_leadposts.sphinx_ext.reading_phase.directives.further_reading import (
    FurtherReading,
)
from sphinx_leadposts.sphinx_ext.reading_phase.directives.guide_posts import GuidePosts
from sphinx_leadposts.sphinx_ext.reading_phase.directives.listing import (
    ArchiveList,
    PostCard,
    PostList,
    Run,
    TagList,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_directives(app: Sphinx) -> None:
    """Register the directives; ``leadposts-run`` is for generated pages alone."""
    app.add_directive("post-list", PostList)
    app.add_directive("post-card", PostCard)
    app.add_directive("tag-list", TagList)
    app.add_directive("archive-list", ArchiveList)
    app.add_directive("further-reading", FurtherReading)
    app.add_directive("guide-posts", GuidePosts)
    app.add_directive("call-to-action", CallToAction)
    app.add_directive("leadposts-run", Run)
