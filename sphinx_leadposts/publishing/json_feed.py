"""A feed as JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_leadposts.publishing.records import Feed, FeedItem, WebAuthor

_VERSION: Final = "https://jsonfeed.org/version/1.1"


def write_json_feed(feed: Feed) -> str:
    """Return ``feed`` as JSON, keys in the order in which the format explains them."""
    values = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.url,
        "description": feed.description,
        "authors": _describe_authors([feed.author]),
        "language": feed.language,
    }
    data = _leave_out_empty(values, kept={"title"})
    data["items"] = [_describe_item(item) for item in feed.items]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _describe_item(item: FeedItem) -> dict[str, object]:
    if item.content:
        body = {"content_html": item.content, "summary": item.summary}
    else:
        body = {"content_text": item.summary or item.title}
    values = {
        "id": item.id,
        "url": item.url,
        "external_url": item.external_url,
        "title": item.title,
        **body,
        "image": item.picture.url if item.picture else "",
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat() if item.updated else "",
        "authors": _describe_authors(item.authors),
        "tags": [label.label for label in item.labels],
    }
    # One of the two bodies must be there, be there something in it or not.
    kept = {"content_text"} & body.keys()
    return _leave_out_empty(values, kept)


def _describe_authors(authors: Iterable[WebAuthor]) -> list[dict[str, str]]:
    return [
        {"name": author.name, **({"url": author.url} if author.url else {})}
        for author in authors
    ]


def _leave_out_empty(
    values: Mapping[str, object], kept: Iterable[str] = ()
) -> dict[str, object]:
    return {key: value for key, value in values.items() if value or key in kept}
