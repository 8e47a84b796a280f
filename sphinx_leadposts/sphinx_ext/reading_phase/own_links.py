"""URLs of this site in posts, held against the pages that are there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_leadposts.model.leading import ReadingPart
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.web import find_own_path, is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.link import Link, Target
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.reading_phase.findings import Finding

#: A file that is no page: a feed, a picture, a document to download.
_FILE: Final = re.compile(r"\.[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
#: Pages that Sphinx makes of no document.
_SPECIAL: Final = frozenset({"genindex", "search", "py-modindex", "modindex", "404"})


def find_dead_own_links(app: Sphinx, blog: BlogDomain) -> Iterator[Finding]:
    """Yield URLs of this site in posts behind which there is no page, or no anchor."""
    ids: dict[str, Set[str]] = {}
    for docname in sorted({*blog.posts, *blog.records}):
        for link in _list_links(blog, docname):
            if not is_web_address(link.target):
                continue
            target = blog.catalog.find_target(link)
            if target is None or not (target.is_own or target.anchor):
                continue
            if target.is_own and not _is_special(app, blog, target):
                message = "no page of this site stands at %r; mend the link"
                yield docname, _doubt(message, link.target[:80], line=link.line)
            elif target.docname in app.env.all_docs and target.anchor:
                if target.docname not in ids:
                    ids[target.docname] = _list_ids(app.env, target.docname)
                if target.anchor not in ids[target.docname]:
                    message = "%r has no part '#%s'; mend the link"
                    args = (target.docname, target.anchor[:80])
                    yield docname, _doubt(message, *args, line=link.line)


def _list_links(blog: BlogDomain, docname: str) -> Iterator[Link]:
    """Yield the links in the text of a post, and in the blocks of any document."""
    if docname in blog.posts:
        yield from blog.list_body_links(docname)
    for part, _line in blog.list_parts(docname):
        if isinstance(part, ReadingPart):
            yield from part.items


def _is_special(app: Sphinx, blog: BlogDomain, target: Target) -> bool:
    """Tell whether something stands at ``target`` that is no document."""
    found = find_own_path(target.url, blog.catalog.directory.site.domains)
    path = found[0] if found else ""
    if path in _SPECIAL or path in app.config.html_additional_pages:
        return True
    if path.startswith("_") or _FILE.search(path):
        return True
    folders = [Path(app.confdir, name) for name in app.config.html_extra_path]
    names = (path, f"{path}.html", f"{path}/index.html")
    try:
        return any((folder / name).is_file() for folder in folders for name in names)
    except OSError:
        # A name longer than a file system takes is no file.
        return False


def _list_ids(env: BuildEnvironment, docname: str) -> Set[str]:
    elements = env.get_doctree(docname).findall(nodes.Element)
    return {name for element in elements for name in element["ids"]}


def _doubt(message: str, *args: object, line: int | None) -> Problem:
    return Problem(subtype=Subtype.LINK, message=message, args=args, line=line)
