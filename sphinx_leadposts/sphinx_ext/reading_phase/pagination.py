"""The text of every generated page: front matter, and the one directive that it holds.

A file of the overlay changes only when its page comes or goes, or is called otherwise:
what it shows is asked for when it is written.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.address import count_pages, number_page
from sphinx_leadposts.model.archive import KINDS, Shelf, make_index
from sphinx_leadposts.model.post import Author, Post, SeriesPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_leadposts.config import LeadpostsConfig
    from sphinx_leadposts.model.archive import Archive
    from sphinx_leadposts.model.registry import Registries
    from sphinx_leadposts.reading.scan import ScannedPost

#: What does not stand for itself everywhere in a quoted scalar of YAML.
_SPECIAL: Final = re.compile(r"[^ !#-\[\]-~]")


def paginate_posts(
    posts: Iterable[ScannedPost], config: LeadpostsConfig, registries: Registries
) -> dict[str, str]:
    """Return the text of every generated page, by docname.

    :param registries: they say which spellings are one archive, and what it is called.
    """
    known = [_foresee(post) for post in posts]
    pages = dict(
        _compose_run(f"{config.blog_path}/index", config.title, len(known), config)
    )
    folders = config.folders
    if "tag" in folders:
        pages[f"{config.tags_path}/index"] = _compose_page("Tags", "tag-list", {})
    for kind in KINDS:
        if (folder := folders.get(kind)) is None:
            continue
        for archive in Shelf(kind, known, make_index(kind, registries)).shown:
            first, title = f"{folder}/{archive.slug}", _name_page(archive)
            count, options = len(archive.posts), {"kind": kind, "slug": archive.slug}
            pages |= _compose_run(first, title, count, config, options)
    return pages


def _foresee(post: ScannedPost) -> Post:
    """Return as much of ``post`` as archives are made of."""
    return Post(
        docname=post.docname,
        title="",
        date=datetime.fromisoformat(post.date) if post.date else None,
        tags=post.tags,
        categories=post.categories,
        authors=tuple(Author(key=name, name=name) for name in post.authors),
        series=SeriesPart(name=post.series) if post.series else None,
    )


def _name_page(archive: Archive) -> str:
    return f"Posts from {archive.label}" if archive.kind == "year" else archive.label


def _compose_run(
    first: str,
    title: str,
    posts: int,
    config: LeadpostsConfig,
    archive: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield the pages of a run of so many posts, each with its docname."""
    for number in range(1, count_pages(posts, config.page_size) + 1):
        options: dict[str, object] = {
            "first": first,
            "number": number,
            "size": config.page_size,
            **(archive or {}),
        }
        heading = title if number == 1 else f"{title} – {number}"
        yield (
            number_page(first, number),
            _compose_page(heading, "leadposts-run", options, in_search=number == 1),
        )


def _compose_page(
    title: str,
    directive: str,
    options: Mapping[str, object],
    *,
    in_search: bool = True,
) -> str:
    """Return a document of front matter and one directive.

    The title stands in the front matter, as in a post, and becomes a heading in the
    same way: as text, whatever signs a tag may hold.
    """
    lines = ["---", f"title: {_quote(title)}", "orphan: true"]
    if not in_search:
        lines.append("nosearch: true")
    # The title is planted as a node; MyST must not make a heading of it as well.
    lines += ["myst:", "  title_to_header: false", "---", "", f"```{{{directive}}}"]
    lines += [f":{key}: {value}" for key, value in options.items()]
    return "\n".join([*lines, "```", ""])


def _quote(text: str) -> str:
    """Return ``text`` as a quoted scalar on one line (YAML 1.1, section 5.6).

    Not as JSON, which spells what is beyond U+FFFF as two halves: no YAML takes these.
    """
    escaped = _SPECIAL.sub(lambda sign: f"\\U{ord(sign[0]):08X}", text)
    return f'"{escaped}"'
