"""What relations of posts follow from beside their texts.

Apart from the finding of them, which most builds need not load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_leadposts.model.catalog import Catalog


def list_facts(
    catalog: Catalog,
) -> Iterator[tuple[str, str, Sequence[str], tuple[str, ...], float | None]]:
    """Yield what is known of each post.

    Docname, title, the keys of the tags, the docnames of the posts that the author
    declared to be related, and the date in seconds.
    """
    index = catalog.tag_index
    for post in catalog.posts:
        named = (catalog.find_post(name) for name in post.related)
        yield (
            post.docname,
            post.title,
            sorted({index.find_key(tag) for tag in post.tags}),
            tuple(other.docname for other in named if other),
            post.date.timestamp() if post.date else None,
        )
