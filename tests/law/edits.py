"""What an author may do to a blog between two builds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.law.picture_edits import PICTURE_EDITS
from tests.law.post_edits import POST_EDITS
from tests.law.registry_edits import REGISTRY_EDITS
from tests.law.site_edits import SITE_EDITS
from tests.law.web_edits import WEB_EDITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.law.blog import Blog
    from tests.law.step import Edit, Step

#: All edits, by name.
EDITS: Final[Mapping[str, Edit]] = {
    **POST_EDITS,
    **PICTURE_EDITS,
    **REGISTRY_EDITS,
    **SITE_EDITS,
    **WEB_EDITS,
}


def edit_blog(blog: Blog, step: Step) -> Blog:
    """Return the blog after the edit of ``step``; the same where it has no sense."""
    return EDITS[step.edit](blog, step)
