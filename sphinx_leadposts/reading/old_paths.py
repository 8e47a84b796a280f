"""Where a post stood before, by what its head says."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx_leadposts.reading.schema import Fields

#: A permalink that is no path: a template of Eleventy's, or a placeholder or style of
#: Jekyll's (https://jekyllrb.com/docs/permalinks/).
_PATTERN: Final = re.compile(
    r"\{\{|\{%|(^|/):[a-z]|^(date|pretty|ordinal|weekdate|none)$"
)


def list_old_paths(docname: str, fields: Fields) -> tuple[str, ...]:
    """Return the addresses that other generators, or earlier builds, gave a post."""
    paths = [*fields.redirect_from]
    permalink = fields.permalink
    if isinstance(permalink, str) and permalink and not _PATTERN.search(permalink):
        paths.append(permalink)
    if fields.slug:
        paths.append(posixpath.join(posixpath.dirname(docname), fields.slug))
    return tuple(dict.fromkeys(paths))
