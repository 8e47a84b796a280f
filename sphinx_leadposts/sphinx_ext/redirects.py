"""Old addresses of posts, and which post each leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.web import find_own_path, is_web_address
from sphinx_leadposts.publishing.redirects import Claim, settle_redirects
from sphinx_leadposts.sphinx_ext.links import find_own_domains

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.publishing.redirects import Settlement
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain


def settle_old_paths(blog: BlogDomain) -> Settlement:
    """Return which file leads to which post, and what is wrong with the claims.

    Of two posts that claim one address, the newer one has it, as for links.
    """
    return settle_redirects(_list_claims(blog))


def _list_claims(blog: BlogDomain) -> Iterator[Claim]:
    domains = find_own_domains(blog.env.config)
    for post in blog.catalog.posts:
        for path in post.old_paths:
            own = find_own_path(path, domains) if is_web_address(path) else None
            yield Claim(path=f"/{own[0]}/" if own else path, docname=post.docname)
