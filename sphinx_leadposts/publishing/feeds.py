"""Feeds in all their forms: what each is called, and how it is written."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sphinx_leadposts.publishing import atom, json_feed, rss

if TYPE_CHECKING:
    from sphinx_leadposts.publishing.forms import FormName
    from sphinx_leadposts.publishing.records import Feed

#: What is no character of XML 1.0 (fifth edition, production 2).
_FORBIDDEN: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AUTHORITY: Final = re.compile(r"([a-z][a-z0-9+.-]*://)([^/?#]*)(.*)", re.I | re.DOTALL)
#: Reserved characters (RFC 3986, 2.2), and what is encoded already.
_RESERVED: Final = ":/?#[]@!$&'()*+,;=%"


def write_feed(feed: Feed, form: FormName) -> str:
    """Return the text of the file in which ``feed`` is published.

    Equal feeds give equal texts, whenever and wherever they are written. Characters
    that XML cannot hold are left out, in JSON as well, so that all forms say the same.
    """
    settled: Feed = _settle(feed)
    if form == "json":
        return json_feed.write_json_feed(settled)
    document = atom.AtomFeed(settled) if form == "atom" else rss.RssFeed(settled)
    text: str = document.writeString("utf-8")
    return f"{text}\n"


def spell_uri(url: str) -> str:
    """Return ``url`` in the characters of URIs alone (RFC 3986).

    Readers take less than browsers do: a name of a host is given in IDNA, which in
    percent signs, as ``feedgenerator`` would have it, names no host.
    """
    found = _AUTHORITY.fullmatch(url)
    if url.isascii() or found is None:
        return quote(url, safe=_RESERVED)
    scheme, authority, rest = found.groups()
    user, at, host = authority.rpartition("@")
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        host = quote(host, safe=_RESERVED)
    return f"{scheme}{quote(user, safe=_RESERVED)}{at}{host}{spell_uri(rest)}"


def _settle(value: Any, name: str = "") -> Any:
    """Return a record whose values can be written in every form.

    It goes through all fields there are, so that none can be forgotten. ``name`` is
    that of the field that ``value`` stands in.
    """
    if isinstance(value, str):
        text = _FORBIDDEN.sub("", value)
        return spell_uri(text) if name.endswith("url") else text
    if isinstance(value, datetime):
        return _settle_moment(value)
    if isinstance(value, tuple):
        return tuple(_settle(member) for member in value)
    if is_dataclass(value) and not isinstance(value, type):
        values = {
            field.name: _settle(getattr(value, field.name), field.name)
            for field in fields(value)
        }
        return replace(value, **values)
    return value


def _settle_moment(moment: datetime) -> datetime:
    """Return ``moment`` in UTC if its offset, of local mean time, has seconds.

    Neither RFC 822 nor RFC 3339 can spell such an offset.
    """
    offset = moment.utcoffset() or timedelta(0)
    return moment.astimezone(UTC) if offset % timedelta(minutes=1) else moment
