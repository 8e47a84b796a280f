"""What is wrong with old addresses, seen when all posts are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.sphinx_ext.reading_phase.findings import make_finding
from sphinx_leadposts.sphinx_ext.redirects import settle_old_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.reading_phase.findings import Finding


def find_unfit_redirects(blog: BlogDomain) -> Iterator[Finding]:
    """Yield old addresses that are none of this site, and those claimed twice."""
    settled = settle_old_paths(blog)
    for refusal in settled.refusals:
        yield make_finding(
            blog,
            refusal.docname,
            Subtype.REDIRECT,
            "%s",
            refusal.reason,
        )
    for dispute in settled.disputes:
        yield make_finding(
            blog,
            dispute.docname,
            Subtype.REDIRECT,
            "the old address %r leads to %r, which claims it too. Take it from one of "
            "them",
            dispute.path,
            dispute.winner,
        )
