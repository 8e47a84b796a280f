"""What stands at the end of posts and guides, as ``leadposts_footer`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.guide_posts import GuidePostsPart
from sphinx_leadposts.model.leading import CallPart, ReadingPart
from sphinx_leadposts.model.nearby import (
    NeighboursPart,
    RelatedPart,
    SeriesBoxPart,
    SlotPart,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_leadposts.model.part import Part
    from sphinx_leadposts.sphinx_ext.records import DocumentRecord

#: The name of the part that stands at the end of guides; all others do of posts.
GUIDE_POSTS: Final = "guide-posts"
#: What each name asks for.
FOOTER: Final[Mapping[str, Part]] = {
    "call-to-action": CallPart(),
    "comments": SlotPart(name="comments"),
    "further-reading": ReadingPart(is_own=True, unless_linked=True),
    "further-reading-always": ReadingPart(is_own=True),
    GUIDE_POSTS: GuidePostsPart(),
    "newsletter": SlotPart(name="newsletter"),
    "previous-next": NeighboursPart(),
    "related": RelatedPart(),
    "related-cards": RelatedPart(layout="cards"),
    "series": SeriesBoxPart(),
}


def choose_footer(
    names: Iterable[str], record: DocumentRecord, *, is_post: bool, is_guide: bool
) -> Iterator[Part]:
    """Yield the parts called ``names`` that stand at the end of a document, in order.

    What its author has put elsewhere is not said twice.
    """
    asked = {type(part) for part in record.parts}
    if record.has_call:
        asked.add(CallPart)
    for name in names:
        part = FOOTER[name]
        is_meant = is_guide if name == GUIDE_POSTS else is_post
        if is_meant and type(part) not in asked:
            yield part
