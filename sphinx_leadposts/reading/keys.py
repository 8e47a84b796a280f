"""The keys of the front matter that mean something here, and their other names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.model.problem import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_leadposts.reading.frontmatter import FrontMatter, Spelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key, the names it also goes by (the first to the left wins), and its help."""

    name: str
    aliases: tuple[str, ...] = ()
    value: str
    help: str


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
        value="a day or a moment, in ISO or a common written form",
        help="When the post was published. Without it, a file name such as "
        "``2025-05-08-title.md`` gives the day. A post with a date to come is held "
        "back.",
    ),
    Key(
        name="image",
        aliases=("cover", "thumbnail", "feature_image", "header_image"),
        value="a path, a URL, or a mapping with ``src`` and ``alt``",
        help="The picture in the header and on the card of the post.",
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
        name="description",
        aliases=("summary", "excerpt"),
        value="text",
        help="The text of the card, and of the page's meta description. Without it, "
        "the first real paragraph is used.",
    ),
    Key(
        name="draft",
        value="true or false",
        help="A draft is held back, unless ``leadposts_show_drafts`` is on.",
    ),
    Key(
        name="published",
        value="true or false",
        help="``published: false`` is another way to write ``draft: true``.",
    ),
    Key(
        name="guides",
        aliases=("further_reading",),
        value="a list of docnames or URLs",
        help="Places a further-reading block with these links at the end of the post.",
    ),
    Key(
        name="blogpost",
        value="true or false",
        help="``blogpost: true`` makes a document a post without a marker tag.",
    ),
    Key(
        name="post",
        value="true or false",
        help="``post: false`` makes sure that a document is no post.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKeys:
    """The values of known keys, under their own names, with their lines."""

    values: Mapping[str, Spelled]
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]


def sort_out_keys(front_matter: FrontMatter) -> KnownKeys:
    """Find the known keys of ``front_matter`` under whichever name they stand."""
    values: dict[str, Spelled] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for key in KEYS:
        names = [n for n in (key.name, *key.aliases) if n in front_matter.values]
        if not names:
            continue
        values[key.name] = front_matter.values[names[0]]
        lines[key.name] = front_matter.lines.get(names[0], 1)
        problems.extend(_report_others(names, front_matter))
    return KnownKeys(values=values, lines=lines, problems=tuple(problems))


def _report_others(names: list[str], front_matter: FrontMatter) -> Iterator[Problem]:
    for other in names[1:]:
        yield Problem(
            subtype=Subtype.FRONT_MATTER,
            message="%r means the same as %r, which is used; leave one of them out",
            args=(other, names[0]),
            line=front_matter.lines.get(other, 1),
        )
