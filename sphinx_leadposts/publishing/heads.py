"""The head of a page: what link previews, search engines and feed readers look for."""

from __future__ import annotations

import html
import json
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final, Literal

from sphinx_leadposts.publishing.characters import replace_unfit
from sphinx_leadposts.publishing.records import Article
from sphinx_leadposts.publishing.structured import describe_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_leadposts.publishing.records import FeedLink, PageHead, WebPicture

_DESCRIPTION: Final = "description"
_PICTURE: Final = "og:image"
#: Other names of the same property, https://ogp.me/#structured
_PICTURE_TOO: Final = frozenset({"og:image:url", "og:image:secure_url"})

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
#: What would end a script, or a line of one for older readers.
_ESCAPES: Final = tuple(
    (letter, f"\\u{ord(letter):04x}") for letter in "<>&\u2028\u2029"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """An element ``meta``; ``attribute`` is the one that has the key."""

    attribute: Literal["name", "property"]
    key: str
    content: str


def list_metas(head: PageHead) -> list[Meta]:
    """Return what a head says of its page, in order, without what is empty.

    That is the description, the Open Graph protocol (https://ogp.me), and how large
    Twitter shows the picture; for all else it reads Open Graph.
    """
    properties = [*_name_page(head), *_name_picture(head.picture)]
    if head.kind == "post":
        properties += _name_article(head.article or Article())
    card = "summary_large_image" if head.picture else "summary"
    metas = [
        Meta(attribute="name", key=_DESCRIPTION, content=head.description),
        *(Meta(attribute="property", key=k, content=c) for k, c in properties),
        Meta(attribute="name", key="twitter:card", content=card),
    ]
    return [meta for meta in metas if meta.content]


def write_head(head: PageHead, present: str) -> str:
    """Return the HTML to add to a head, one element in a line.

    :param present: the HTML that is in the head so far. What it says is not said
        again: no key of a ``meta`` stands twice, and no feed.

    Characters that HTML cannot hold are dropped: controls but for tabs and line breaks,
    surrogates, and code points that are no characters. Line breaks become U+000A.
    """
    there = _read_present(present)
    lines = [*_write_metas(list_metas(head), there)]
    lines += _write_feeds(head.feeds, there)
    data = describe_page(head)
    if data is not None:
        script = _write_script(data)
        lines.append(f'<script type="application/ld+json">{script}</script>')
    return _join(lines)


def write_description(head: PageHead, present: str) -> str:
    """Return the HTML of the description alone, as `write_head` writes it."""
    metas = [meta for meta in list_metas(head) if meta.key == _DESCRIPTION]
    return _join(_write_metas(metas, _read_present(present)))


def write_feed_links(feeds: Iterable[FeedLink], present: str) -> str:
    """Return the HTML that names feeds, as `write_head` does, for any other page."""
    return _join(_write_feeds(feeds, _read_present(present)))


def _name_page(head: PageHead) -> Iterator[tuple[str, str]]:
    kind = "profile" if head.person else "website"
    yield "og:title", head.title
    yield "og:type", "article" if head.kind == "post" else kind
    yield "og:url", head.url
    yield "og:site_name", head.site_name
    yield "og:description", head.description
    yield "og:locale", _find_locale(head.language)


def _name_picture(picture: WebPicture | None) -> Iterator[tuple[str, str]]:
    if picture is None:
        return
    # The properties of a picture belong to the one that stands before them.
    yield _PICTURE, picture.url
    yield "og:image:type", picture.mimetype
    yield "og:image:width", str(picture.width or "")
    yield "og:image:height", str(picture.height or "")
    yield "og:image:alt", picture.alt


def _name_article(article: Article) -> Iterator[tuple[str, str]]:
    if article.published:
        yield "article:published_time", article.published.isoformat()
    if article.updated:
        yield "article:modified_time", article.updated.isoformat()
    for author in article.authors:
        yield "article:author", author.url
    yield from (("article:section", name) for name in article.section[:1])
    yield from (("article:tag", tag) for tag in article.tags)


def _find_locale(language: str) -> str:
    """Return the locale of a BCP 47 tag for Open Graph, such as ``pt_BR``.

    It is empty where the tag names no territory, since Open Graph has no such locale.
    """
    primary, *others = language.split("-")
    for subtag in others:
        if len(subtag) == 1:  # what follows is an extension
            break
        if len(subtag) == 2:
            return f"{primary.lower()}_{subtag.upper()}"
    return ""


class _Present(HTMLParser):
    """What is in a head: keys of metas in lower case, types and addresses of feeds."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: set[str] = set()
        self._feeds: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a ``meta`` or ``link``."""
        # Where an attribute stands twice, HTML takes the first.
        values = {name: value or "" for name, value in reversed(attrs)}
        if tag == "meta":
            # RDFa, which Open Graph comes from, lets one element have several keys.
            keys = f"{values.get('name', '')} {values.get('property', '')}"
            self._keys.update(keys.lower().split())
            if not _PICTURE_TOO.isdisjoint(self._keys):
                self._keys.add(_PICTURE)
        elif tag == "link" and "alternate" in values.get("rel", "").lower().split():
            mimetype = values.get("type", "").strip().lower()
            self._feeds.add((mimetype, values.get("href", "").strip()))

    def has_meta(self, key: str) -> bool:
        """Whether a key is taken; with a picture, all that is said of it is."""
        of_picture = key.startswith(f"{_PICTURE}:") and _PICTURE in self._keys
        return of_picture or key in self._keys

    def has_feed(self, feed: FeedLink) -> bool:
        """Whether a feed is named."""
        return (feed.mimetype, feed.href) in self._feeds


def _read_present(present: str) -> _Present:
    there = _Present()
    if present.strip():
        # Some versions of the parser give up at a declaration that they do not know.
        with suppress(AssertionError):
            there.feed(present)  # no `close`: what has no end is no element
    return there


def _write_metas(metas: Iterable[Meta], there: _Present) -> Iterator[str]:
    for meta in metas:
        if not there.has_meta(meta.key):
            content = html.escape(meta.content)
            yield f'<meta {meta.attribute}="{meta.key}" content="{content}">'


def _write_feeds(feeds: Iterable[FeedLink], there: _Present) -> Iterator[str]:
    for feed in feeds:
        if not there.has_feed(feed):
            mimetype, title = html.escape(feed.mimetype), html.escape(feed.title)
            start = f'<link rel="alternate" type="{mimetype}" title="{title}"'
            yield f'{start} href="{html.escape(feed.href)}">'


def _write_script(data: dict[str, Any]) -> str:
    """Return JSON that no text in it can break out of."""
    text = _JSON.encode(data)
    for letter, escape in _ESCAPES:
        text = text.replace(letter, escape)
    return text


def _join(lines: Iterable[str]) -> str:
    return "".join(f"{_clean(line)}\n" for line in lines)


def _clean(line: str) -> str:
    return replace_unfit(line.replace("\r\n", "\n").replace("\r", "\n"))
