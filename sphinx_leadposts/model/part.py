"""Parts: what a page asks of the blog.

A part is planted in a document when the document is read and answered when its page
is written. The answer is a plain value, so that two answers can be compared: a page
needs rewriting exactly when an answer differs from the one it was written with.
"""

from __future__ import annotations

from sphinx_leadposts.model.guide_posts import GuidePostsPart
from sphinx_leadposts.model.leading import CallPart, ReadingPart
from sphinx_leadposts.model.listing import (
    ArchivesPart,
    CardPart,
    HeaderPart,
    ListPart,
    RunPart,
    TagsPart,
)
from sphinx_leadposts.model.nearby import (
    NeighboursPart,
    RelatedPart,
    SeriesBoxPart,
    SlotPart,
)
from sphinx_leadposts.model.shown import (
    ArchiveLink,
    Call,
    Cluster,
    Header,
    Listing,
    Neighbours,
    Reading,
    SeriesBox,
    Slot,
)

Part = (
    HeaderPart
    | ListPart
    | CardPart
    | TagsPart
    | ArchivesPart
    | RunPart
    | ReadingPart
    | GuidePostsPart
    | CallPart
    | SeriesBoxPart
    | RelatedPart
    | NeighboursPart
    | SlotPart
)
Answer = (
    Header
    | Listing
    | tuple[ArchiveLink, ...]
    | Reading
    | Cluster
    | Call
    | SeriesBox
    | Neighbours
    | Slot
    | None
)
