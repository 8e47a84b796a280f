"""The keys of the front matter that mean something here, and their other names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


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
        value="a name or a key of ``leadposts_authors``, a mapping with ``name`` "
        "and ``url``, or a list of these",
        help="Who wrote the post. A picture of an author stands in "
        "``leadposts_authors``.",
    ),
    Key(
        name="description",
        aliases=("summary", "excerpt"),
        value="text, or a number",
        help="The text of the card. A number n means the first n paragraphs. Without "
        "it, the ``description`` of MyST's ``html_meta`` is used, else the first real "
        "paragraph.",
    ),
    Key(
        name="draft",
        value=_FLAG,
        help="A draft is held back, unless ``leadposts_show_drafts`` is on. What is "
        "neither true nor false counts as true, with a warning.",
    ),
    Key(
        name="published",
        value="true or false, or a date",
        help="``published: false`` is another way to write ``draft: true``. A date is "
        "that of a post without ``date``. What is none of these counts as false, "
        "with a warning.",
    ),
    Key(
        name="expires",
        aliases=("expiryDate", "unpublishdate"),
        value=_DATE,
        help="From then on the post is held back.",
    ),
    Key(
        name="featured",
        aliases=("pin", "pinned", "sticky"),
        value="true, false, or a rank from 1",
        help="Marks the post as one to show first. Among several, rank 1 is the first.",
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
        help="``blogpost: true`` makes a document a post without a marker tag, and "
        "``false`` makes sure that it is none.",
    ),
    Key(
        name="post",
        value=_FLAG,
        help="``post: false`` makes sure that a document is no post, whatever its tags "
        "and its path.",
    ),
)
#: Our name of each key, by every name that it goes by, in small letters.
NAMES: Final = {
    name.lower(): key.name for key in KEYS for name in (key.name, *key.aliases)
}
