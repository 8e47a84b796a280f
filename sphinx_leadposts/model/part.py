"""Parts: what a page asks of the blog.

A part is planted in a document when the document is read and answered when its page
is written. The answer is a plain value, so that two answers can be compared: a page
needs rewriting exactly when an answer differs from the one it was written with.
"""

from __future__ import annotations

from sphinx_leadposts.model.leading import CallPart, GuidePostsPart, ReadingPart
from sphinx_leadposts.model.listing import (
    CardPart,
    HeaderPart,
    ListPart,
    RunPart,
    TagsPart,
)
from sphinx_leadposts.model.shown import (
    Call,
    Cluster,
    Header,
    Listing,
    Reading,
    TagLink,
)

Part = (
    HeaderPart
    | ListPart
    | CardPart
    | TagsPart
    | RunPart
    | ReadingPart
    | GuidePostsPart
    | CallPart
)
Answer = Header | Listing | tuple[TagLink, ...] | Reading | Cluster | Call | None
