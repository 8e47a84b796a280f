"""The formats of feeds: what each file is called, and its media type.

Apart from what writes them, since each page names its feeds, and hardly any build
writes one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

FormName = Literal["atom", "rss", "json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedForm:
    """A format of feeds: the name of its files, and their media type."""

    file: str
    mimetype: str


FORMS: Final[Mapping[str, FeedForm]] = {
    "atom": FeedForm(file="atom.xml", mimetype="application/atom+xml"),
    "rss": FeedForm(file="rss.xml", mimetype="application/rss+xml"),
    "json": FeedForm(file="feed.json", mimetype="application/feed+json"),
}
