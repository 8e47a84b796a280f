"""The parts of ``leadposts_footer`` that stand in posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.leading import CallPart, ReadingPart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_leadposts.model.part import Part

#: The name of the part that stands at the end of guides.
GUIDE_POSTS: Final = "guide-posts"
#: What each of the other names plants.
FOOTER: Final[Mapping[str, Part]] = {
    "call-to-action": CallPart(),
    "further-reading": ReadingPart(is_own=True, unless_linked=True),
    "further-reading-always": ReadingPart(is_own=True),
}
