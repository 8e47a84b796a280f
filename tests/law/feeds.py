"""Feeds without the texts of posts whose pages plain Sphinx leaves stale."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How a post stands in each kind of feed: the whole of it, its address, its text.
_FORMS: Final = {
    "atom.xml": (
        r"<entry>.*?</entry>",
        r'<link href="([^"]*)"',
        r'<content type="html">.*?</content>',
    ),
    "rss.xml": (
        r"<item>.*?</item>",
        r"<link>([^<]*)</link>",
        r"<content:encoded>.*?</content:encoded>",
    ),
    "feed.json": (
        r'\n    \{\n      "id".*?\n    \}',
        r'\n      "url": "([^"]*)"',
        r'\n      "content_html": "[^\n]*',
    ),
}


def leave_texts_out(name: str, content: bytes, pages: Iterable[str]) -> bytes:
    """Return the file ``name``; if it is a feed, without the texts of ``pages``.

    :param pages: paths in the output, as ``posts/alpha/index.html``.
    """
    form = _FORMS.get(PurePosixPath(name).name)
    if form is None:
        return content
    post, link, text = (re.compile(pattern, re.DOTALL) for pattern in form)
    ends = tuple(f"/{page.removesuffix('index.html')}" for page in pages)

    def shorten(found: re.Match[str]) -> str:
        address = link.search(found[0])
        is_meant = address is not None and address[1].endswith(ends)
        return text.sub("", found[0]) if is_meant else found[0]

    return post.sub(shorten, content.decode()).encode()
