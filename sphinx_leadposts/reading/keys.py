"""The keys of the front matter that mean something here, and their other names."""

from __future__ import annotations

import difflib
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.problem import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_leadposts.reading.frontmatter import FrontMatter
    from sphinx_leadposts.reading.spelled import Spelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key, the names it also goes by (the first to the left wins), and its help."""

    name: str
    aliases: tuple[str, ...] = ()
    value: str
    help: str


_DATE: Final = "a day or a moment, in ISO or a common written form"
_FLAG: Final = "true or false"

KEYS: Final = (
    Key(
        name="title",
        value="text",
        help="The first heading, where the body has none, as plain text; always the "
        "title in lists and cards.",
    ),
    Key(
        name="date",
        aliases=("created", "publishDate", "published_at"),
        value=_DATE,
        help="When the post was published. Without it, a file or folder name such as "
        "``2025-05-08-title`` gives the day. A post with a date to come is held back.",
    ),
    Key(
        name="updated",
        aliases=("lastmod", "modified", "last_modified_at"),
        value=_DATE,
        help="When the post was last changed in a way that matters to its readers.",
    ),
    Key(
        name="image",
        aliases=("cover", "thumbnail", "feature_image", "header_image"),
        value="a path, a URL, a number, or a mapping with ``src``, ``alt``, "
        "``caption``, ``credit`` and ``focus``",
        help="The picture in the header and on the card of the post. A number n means "
        "the n-th picture of the body.",
    ),
    Key(
        name="image_alt",
        value="text",
        help="What the picture shows, for those who do not see it.",
    ),
    Key(
        name="tags",
        value="a list, or one text with commas",
        help="The tags of the post. A marker tag makes a document a post and is not "
        "shown.",
    ),
    Key(
        name="category",
        aliases=("categories",),
        value="text, or a list",
        help="The categories of the post.",
    ),
    Key(
        name="author",
        aliases=("authors",),
        value="a name or a key of ``leadposts_authors``, a mapping with ``name``, "
        "``url`` and ``image``, or a list of these",
        help="Who wrote the post.",
    ),
    Key(
        name="description",
        aliases=("summary", "excerpt"),
        value="text, or a number",
        help="The text of the card. A number n means the first n paragraphs. Without "
        "it, the first real paragraph is used.",
    ),
    Key(
        name="draft",
        value=_FLAG,
        help="A draft is held back, unless ``leadposts_show_drafts`` is on.",
    ),
    Key(
        name="published",
        value=_FLAG,
        help="``published: false`` is another way to write ``draft: true``.",
    ),
    Key(
        name="expires",
        aliases=("expiryDate",),
        value=_DATE,
        help="From then on the post is held back.",
    ),
    Key(
        name="featured",
        aliases=("pin", "pinned", "sticky"),
        value="true, false, or a rank from 1",
        help="Marks the post as one to show first.",
    ),
    Key(
        name="series",
        value="a name, or a mapping with ``name`` and ``part``",
        help="The series that the post is part of. Parts that are missing or stand "
        "twice are reported.",
    ),
    Key(
        name="guides",
        aliases=("further_reading",),
        value="a list of guides: keys of ``leadposts_guides``, docnames or URLs",
        help="The guides that the post leads to, besides those of its tags. An empty "
        "list (``[]``) means none at all.",
    ),
    Key(
        name="related",
        aliases=("related_posts",),
        value="a list of posts: docnames, or the last parts of them",
        help="The posts to read after this one, ahead of those that are found to be "
        "related.",
    ),
    Key(
        name="guide_for",
        value="a list of tags",
        help="The tags whose guide this document is. It works in every document, post "
        "or not.",
    ),
    Key(
        name="external_url",
        aliases=("external_link",),
        value="a URL",
        help="The post lives elsewhere: its card leads there.",
    ),
    Key(
        name="canonical_url",
        aliases=("canonical", "canonical_link"),
        value="a URL",
        help="The address that search engines are to know the post by.",
    ),
    Key(
        name="redirect_from",
        aliases=("aliases", "redirect"),
        value="a path, or a list of paths",
        help="Addresses at which the post stood before.",
    ),
    Key(
        name="permalink",
        value="a path, or false",
        help="The address at which another generator put the post; ``false`` keeps "
        "the post out.",
    ),
    Key(
        name="slug",
        value="text",
        help="The last part of the address at which another generator put the post.",
    ),
    Key(
        name="blogpost",
        value=_FLAG,
        help="``blogpost: true`` makes a document a post without a marker tag.",
    ),
    Key(
        name="post",
        value=_FLAG,
        help="``post: false`` makes sure that a document is no post.",
    ),
)
NAMES: Final = tuple(key.name for key in KEYS)

#: Keys of known generators, and of MyST and Sphinx, that mean nothing here.
_FOREIGN_NAMES: Final = (
    "layout eleventynavigation eleventyexcludefromcollections eleventycomputed "
    "templateengineoverride pagination permalinkbypassoutputdir override type kind "
    "weight menu menus url linktitle markup outputs headless cascade resources "
    "sitemap iscjklanguage build keywords params toc comments comment math mathjax "
    "images videos audio locale lang language location nocomments pageid id uid "
    "guid hide hidden icon template status sidebar sidebar_label sidebar_position "
    "slideshow hide_title hide_table_of_contents pagination_next pagination_prev "
    "custom_edit_url orphan tocdepth nosearch no-search html_theme myst mystnb "
    "jupytext kernelspec jupyter html_meta substitutions abstract subtitle "
    "short_title banner bannerphoto numbering exports downloads license copyright "
    "affiliations wordcount readtime readingtime reading_time time section subject "
)
_FOREIGN: Final = frozenset(_FOREIGN_NAMES.split())
#: Keys that do something elsewhere which an author may miss here.
_HINTS: Final = {
    "exclude": "it has no meaning here; 'draft: true' holds a post back",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKeys:
    """The values of known keys, under their own names, with their lines."""

    values: Mapping[str, Spelled]
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]


def sort_out_keys(
    front_matter: FrontMatter, aliases: Mapping[str, str] | None = None
) -> KnownKeys:
    """Find the known keys of ``front_matter`` under whichever name they stand.

    ``aliases`` are further names (foreign to ours). Names are compared without regard
    to case. Of two names of one key, the first in its row counts; the other is
    reported, as is a key that stands twice or is close to a known one.
    """
    spelled = _index(front_matter)
    values: dict[str, Spelled] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for key in KEYS:
        own = (f for f, name in (aliases or {}).items() if name == key.name)
        rows = (spelled.pop(n.lower(), None) for n in (key.name, *key.aliases, *own))
        names = [name for name in rows if name is not None]
        if not names:
            continue
        values[key.name] = front_matter.values[names[0]]
        lines[key.name] = front_matter.lines.get(names[0], 1)
        written = {name.lower() for name in names}
        # Title beside title: not the same key to YAML.
        twins = [n for n in front_matter.values if n.lower() in written]
        others = dict.fromkeys(n for n in (*names, *twins) if n != names[0])
        problems.extend(_report_others(names[0], others, front_matter))
    problems.extend(_report_repeated(front_matter))
    problems.extend(_report_unknown(spelled.values(), front_matter))
    return KnownKeys(values=values, lines=lines, problems=tuple(problems))


def _index(front_matter: FrontMatter) -> dict[str, str]:
    """Map each key in lower case to its spelling; the exact lower-case one wins."""
    index: dict[str, str] = {}
    for name in front_matter.values:
        if name.lower() not in index or name == name.lower():
            index[name.lower()] = name
    return index


def _report_others(
    used: str, others: Iterable[str], front_matter: FrontMatter
) -> Iterator[Problem]:
    for other in others:
        yield Problem(
            subtype=Subtype.FRONT_MATTER,
            message="%r means the same as %r, which is used; leave one of them out",
            args=(other, used),
            line=front_matter.lines.get(other, 1),
        )


def _report_repeated(front_matter: FrontMatter) -> Iterator[Problem]:
    for name in front_matter.repeated:
        yield Problem(
            subtype=Subtype.FRONT_MATTER,
            message="%r stands more than once; the last one is used. Leave the others "
            "out",
            args=(name,),
            line=front_matter.lines.get(name, 1),
        )


def _report_unknown(
    names: Iterable[str], front_matter: FrontMatter
) -> Iterator[Problem]:
    for name in names:
        line = front_matter.lines.get(name, 1)
        if hint := _HINTS.get(name.lower()):
            yield Problem(
                subtype=Subtype.FRONT_MATTER,
                message="%s: %s",
                args=(name, hint),
                line=line,
            )
        elif close := _find_close(name.lower()):
            yield Problem(
                subtype=Subtype.FRONT_MATTER,
                message="%r is no key that is known here; did you mean %r?",
                args=(name, close),
                line=line,
            )


@functools.lru_cache(maxsize=1024)
def _find_close(name: str) -> str | None:
    """Return the known key that ``name`` is probably meant to be."""
    if name in _FOREIGN:
        return None
    known = [n for key in KEYS for n in (key.name, *key.aliases)]
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.8)), None)
