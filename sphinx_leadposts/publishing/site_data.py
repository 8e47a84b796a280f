"""``leadposts.json``: what a blog holds and how it hangs together, for other programs.

JSON of RFC 8259, as ``schemas/leadposts.schema.json`` describes it. Each post, tag,
guide, image and edge has a line of its own, so that a change shows as such.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.post import SeriesPart
from sphinx_leadposts.publishing.records import WebAuthor
from sphinx_leadposts.publishing.site_records import (
    GuideData,
    ImageData,
    PostData,
    TagData,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx_leadposts.publishing.site_records import EdgeData, SiteData

FILE_NAME: Final = "leadposts.json"
#: Raised when a reader of older files would misread a new one. A new key is no reason.
FORMAT: Final = 1
#: The names of each record's fields, with the value that is left out. Where a field has
#: no default, that is one which nothing equals.
_FIELDS: Final[Mapping[type, Sequence[tuple[str, object]]]] = {
    record: tuple((field.name, field.default) for field in fields(record))
    for record in (PostData, TagData, GuideData, ImageData, WebAuthor, SeriesPart)
}
_MINUTE: Final = timedelta(minutes=1)


def write_site_data(data: SiteData) -> str:
    """Return the text of the file, whatever the order of the records in ``data``.

    Posts come as the site lists them, the newest first; edges in the order of their
    sources and lines; all others by their names.
    """
    posts = sorted(data.posts, key=_rank_post)
    tags = sorted(data.tags, key=lambda tag: tag.slug)
    guides = sorted(data.guides, key=lambda guide: guide.key)
    images = sorted(data.images, key=lambda image: image.name)
    base_url = f'"base_url":{_encode(data.base_url)},\n' if data.base_url else ""
    text = (
        f'{{"format":{FORMAT},\n'
        f'"title":{_encode(data.title)},\n'
        f"{base_url}"
        f'"language":{_encode(data.language)},\n'
        f'"posts":{_write_list(map(_encode, posts))},\n'
        f'"tags":{_write_list(map(_encode, tags))},\n'
        f'"guides":{_write_list(map(_encode, guides))},\n'
        f'"images":{_write_list(map(_encode, images))},\n'
        f'"edges":{_write_list(map(_write_edge, sorted(data.edges, key=_rank_edge)))}\n'
        "}\n"
    )
    return _mend_surrogates(text)


def _write_list(lines: Iterable[str]) -> str:
    text = ",\n".join(lines)
    return f"[\n{text}\n]" if text else "[]"


def _write_edge(edge: EdgeData) -> str:
    """Return ``edge`` as JSON.

    Written out, since there are many of them: the encoder is slow to begin an object,
    and quick with a text.
    """
    anchor = f',"anchor":{_encode(edge.anchor)}' if edge.anchor else ""
    line = f',"line":{edge.line}' if edge.line is not None else ""
    return (
        f'{{"kind":"{edge.kind}","source":{_encode(edge.source)},'
        f'"target":{_encode(edge.target)}{anchor}{line}}}'
    )


def _describe(value: object) -> object:
    """Return what the encoder does not know as what it knows."""
    if isinstance(value, datetime):
        return _write_moment(value)
    content = {}
    for name, default in _FIELDS[type(value)]:
        found = getattr(value, name)
        if found != default:
            content[name] = found
    return content


_encode: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_describe
).encode


def _write_moment(moment: datetime) -> str:
    """Return ``moment`` in the form of RFC 3339.

    That has no seconds in offsets, which zones have before there was standard time; of
    those only the clock is kept.
    """
    offset = moment.utcoffset()
    if offset is not None and offset % _MINUTE:
        moment = moment.replace(tzinfo=timezone(offset // _MINUTE * _MINUTE))
    return moment.isoformat()


def _rank_post(post: PostData) -> tuple[float, str]:
    return (-post.date.timestamp() if post.date else float("inf"), post.docname)


def _rank_edge(edge: EdgeData) -> tuple[str, int, str, str, str]:
    return (edge.source, edge.line or 0, edge.kind, edge.target, edge.anchor)


def _mend_surrogates(text: str) -> str:
    """Return ``text`` as UTF-8 can encode it: half a character becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
