"""The values a site may set in ``conf.py``, each declared once.

Defaults, types, checks, what a change of the value rebuilds, and the text of the
reference page all stand in one place: the fields of :class:`LeadpostsConfig`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from sphinx_leadposts.config_checks import (
    Check,
    check_cover,
    check_defaults,
    check_domains,
    check_flag,
    check_formats,
    check_key_aliases,
    check_path,
    check_positive,
    check_qualities,
    check_registry,
    check_related,
    check_text,
    check_texts,
    check_widths,
    check_zone,
    make_choice_check,
    make_parts_check,
)
from sphinx_leadposts.imaging.plan import DEFAULT_FORMATS, DEFAULT_WIDTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_leadposts.model.archive import ArchiveKind
    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.publishing.forms import FormName

PREFIX: Final = "leadposts_"

Rebuild = Literal["", "env", "html"]

HEADER_PARTS: Final = (
    "image",
    "date",
    "updated",
    "authors",
    "reading-time",
    "tags",
)
FOOTER_PARTS: Final = (
    "call-to-action",
    "comments",
    "further-reading",
    "further-reading-always",
    "guide-posts",
    "newsletter",
    "previous-next",
    "related",
    "related-cards",
    "series",
)
_FOOTER: Final = (
    "series",
    "guide-posts",
    "call-to-action",
    "further-reading",
    "related",
    "previous-next",
)
#: The forms of feeds, by their names in ``leadposts_feeds``.
FEED_FORMS: Final = ("atom", "rss", "json")
#: The names in ``leadposts_archives``, and the kind of archive that each means.
ARCHIVES: Final[Mapping[str, ArchiveKind]] = {
    "tags": "tag",
    "years": "year",
    "categories": "category",
    "authors": "author",
    "series": "series",
}
#: The names in ``leadposts_feed_archives``: years are over.
FEED_ARCHIVES: Final = tuple(name for name in ARCHIVES if name != "years")


def _value(
    default: Any, *, about: str, check: Check, rebuild: Rebuild, types: tuple[type, ...]
) -> Any:
    metadata = {"help": about, "check": check, "rebuild": rebuild, "types": types}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


_LIST: Final = (list, tuple)
#: The value of ``leadposts_cover`` for covers that are drawn.
DRAWN_COVER: Final = "draw"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadpostsConfig:
    """The configuration of the blog, checked."""

    @property
    def folders(self) -> Mapping[ArchiveKind, str]:
        """Where the pages of archives stand, by kind; only those that are made."""
        places = {
            "tags": self.tags_path,
            "years": f"{self.blog_path}/archive",
            "categories": f"{self.blog_path}/categories",
            "authors": f"{self.blog_path}/authors",
            "series": f"{self.blog_path}/series",
        }
        return {ARCHIVES[name]: places[name] for name in self.archives}

    marker_tags: tuple[str, ...] = _value(
        ("post",),
        about="Tags that make a document a post. They are never shown or counted.",
        check=check_texts,
        rebuild="env",
        types=_LIST,
    )
    post_pattern: tuple[str, ...] = _value(
        (),
        about="Globs of documents that are posts without a marker tag, such as "
        "``blog/*/*``. ``*`` stays within a folder, ``**`` does not.",
        check=check_texts,
        rebuild="env",
        types=_LIST,
    )
    key_aliases: Mapping[str, str] = _value(
        {},
        about="Further names of keys, as other tools write them: "
        '``{"hero": "image"}``.',
        check=check_key_aliases,
        rebuild="env",
        types=(dict,),
    )
    defaults: Mapping[str, Mapping[str, Any]] = _value(
        {},
        about="Values for keys that a document does not have, by glob: "
        '``{"news/**": {"author": "The team"}}``. A later glob wins.',
        check=check_defaults,
        rebuild="env",
        types=(dict,),
    )
    timezone: str = _value(
        "UTC",
        about="The zone of dates that name none, and in which all dates are shown: "
        "an IANA name such as ``Europe/Berlin``.",
        check=check_zone,
        rebuild="env",
        types=(str,),
    )
    date_format: str = _value(
        "medium",
        about="How dates are shown: ``short``, ``medium``, ``long``, ``full``, or a "
        "pattern of Babel's. The words follow Sphinx's ``language``.",
        check=check_text,
        rebuild="",
        types=(str,),
    )
    title: str = _value(
        "Blog",
        about="The title of the page that lists all posts.",
        check=check_text,
        rebuild="",
        types=(str,),
    )
    words_per_minute: int = _value(
        220,
        about="How many words a minute the reading time is worked out with.",
        check=check_positive,
        rebuild="",
        types=(int,),
    )
    show_drafts: bool = _value(
        False,
        about="Publish drafts, posts with a date to come and expired ones as well, for "
        "a preview: "
        "``sphinx-build -D leadposts_show_drafts=1``.",
        check=check_flag,
        rebuild="",
        types=(bool, int, str),
    )
    media_dirs: tuple[str, ...] = _value(
        (),
        about="Folders, relative to ``conf.py``, in which pictures with a leading "
        "slash are looked up after the source folder.",
        check=check_texts,
        rebuild="env",
        types=_LIST,
    )
    blog_path: str = _value(
        "blog",
        about="Where the page of all posts stands: ``<blog_path>/index``.",
        check=check_path,
        rebuild="",
        types=(str,),
    )
    tags_path: str = _value(
        "tags",
        about="Where the pages of the tags stand: ``<tags_path>/<slug>``.",
        check=check_path,
        rebuild="",
        types=(str,),
    )
    page_size: int = _value(
        24,
        about="How many posts a generated page holds. The last page of a list takes up "
        "to a quarter more.",
        check=check_positive,
        rebuild="",
        types=(int,),
    )
    archives: tuple[str, ...] = _value(
        tuple(ARCHIVES),
        about="Which archives have pages: ``tags``, ``years``, ``categories``, "
        "``authors``, ``series``. None is made that no post is in.",
        check=make_parts_check(tuple(ARCHIVES)),
        rebuild="",
        types=_LIST,
    )
    related: int = _value(
        5,
        about="How many related posts a post leads to, at most 8; 0 for none.",
        check=check_related,
        # The terms of posts are read with them.
        rebuild="env",
        types=(int,),
    )
    tags: Mapping[str, Any] = _value(
        {},
        about="What the site says of its tags: a mapping of tags to ``label``, "
        "``slug``, ``description``, ``aliases``, ``parent``, ``hidden`` and "
        "``image``, a list of tags, or the name of a YAML file beside ``conf.py``. "
        "Tags of posts that are not in it are reported.",
        check=check_registry,
        rebuild="",
        types=(dict, list, str),
    )
    authors: Mapping[str, Any] = _value(
        {},
        about="Who writes: a mapping of the names that posts use to ``name``, "
        "``url``, ``image``, ``bio``, ``links``, ``slug`` and ``aliases``, or the "
        "name of a YAML file beside ``conf.py``. Authors of posts that are not in it "
        "are reported.",
        check=check_registry,
        rebuild="",
        types=(dict, list, str),
    )
    guides: Mapping[str, Any] = _value(
        {},
        about="The guides that posts lead to: a mapping of names to ``target``, "
        "``title``, ``description``, ``image``, ``tags`` and ``reviewed``, a list of "
        "docnames, or the name of a YAML file beside ``conf.py``.",
        check=check_registry,
        rebuild="",
        types=(dict, list, str),
    )
    own_domains: tuple[str, ...] = _value(
        (),
        about="Addresses of this site on the web beside Sphinx's ``html_baseurl``, "
        'such as ``"example.org"`` or ``"example.org/docs"``.',
        check=check_domains,
        rebuild="",
        types=_LIST,
    )
    own_links: Literal["resolve", "report", "off"] = _value(
        "resolve",
        about="What becomes of URLs of this site in posts, and of paths from its root "
        "such as ``/old/post/``. ``resolve`` makes links to documents of them, "
        "``report`` leaves them as they are, unless the post is held back, and both "
        "warn of pages that are not there; ``off`` takes URLs for links to another "
        "site.",
        check=make_choice_check("resolve", "report", "off"),
        rebuild="",
        types=(str,),
    )
    call_to_action: Mapping[str, Any] = _value(
        {},
        about="What posts call their readers to do: a mapping of tags (``*`` for all "
        "posts) to ``title``, ``text`` and ``buttons``, or the name of a YAML file. A "
        "post with a ``call-to-action`` of its own has that instead.",
        check=check_registry,
        rebuild="",
        types=(dict, list, str),
    )
    header: tuple[str, ...] = _value(
        HEADER_PARTS,
        about="What stands below the title of a post, in order.",
        check=make_parts_check(HEADER_PARTS),
        rebuild="",
        types=_LIST,
    )
    footer: tuple[str, ...] = _value(
        _FOOTER,
        about="What stands at the end of a post, in order; ``guide-posts`` stands at "
        "the end of guides.",
        check=make_parts_check(FOOTER_PARTS),
        rebuild="",
        types=_LIST,
    )
    image_widths: tuple[int, ...] = _value(
        DEFAULT_WIDTHS,
        about="The widths, in pixels, in which pictures are made for screens; none is "
        "made wider than the picture itself.",
        check=check_widths,
        rebuild="",
        types=_LIST,
    )
    image_formats: tuple[str, ...] = _value(
        DEFAULT_FORMATS,
        about="The formats in which pictures are made, the best first: ``avif``, "
        "``webp``, ``jpeg``, ``png``. Each is made of every picture.",
        check=check_formats,
        rebuild="",
        types=_LIST,
    )
    image_quality: Mapping[str, int] = _value(
        {},
        about='The quality of formats, from 1 to 100: ``{"avif": 60}``. The '
        "defaults look alike: 55 for AVIF, 78 for WebP, 75 for JPEG.",
        check=check_qualities,
        rebuild="",
        types=(dict,),
    )
    body_images: bool = _value(
        True,
        about="Whether pictures in the text of posts are made smaller for screens "
        "and freed of metadata, too.",
        check=check_flag,
        rebuild="",
        types=(bool, int, str),
    )
    cover: str | Picture = _value(  # noqa: RUF009 - an immutable default
        DRAWN_COVER,
        about="What cards show of a post without a picture, on a site where some "
        "post has one: ``draw`` for a cover that is drawn for it, the path of a "
        "picture, or an empty text for nothing.",
        check=check_cover,
        rebuild="",
        types=(str, dict),
    )
    feeds: tuple[FormName, ...] = _value(
        ("atom",),
        about="The forms in which there are feeds of the latest posts: ``atom``, "
        "``rss``, ``json``. They need the address of the site, Sphinx's "
        "``html_baseurl``.",
        check=make_parts_check(FEED_FORMS),
        rebuild="",
        types=_LIST,
    )
    feed_archives: tuple[str, ...] = _value(
        (),
        about="Which archives have feeds of their own, beside the feed of all posts: "
        "``tags``, ``categories``, ``authors``, ``series``.",
        check=make_parts_check(FEED_ARCHIVES),
        rebuild="",
        types=_LIST,
    )
    feed_content: Literal["summary", "full"] = _value(
        "summary",
        about="What feeds hold of a post: its ``summary``, or the ``full`` text as "
        "well.",
        check=make_choice_check("summary", "full"),
        rebuild="",
        types=(str,),
    )
    feed_length: int = _value(
        20,
        about="How many posts a feed holds, the newest.",
        check=check_positive,
        rebuild="",
        types=(int,),
    )
    spare_loaded: bool = _value(
        True,
        about="Whether Python's garbage collector passes over what a build loads from "
        "the one before it, and clears up while many pages are written. It saves time "
        "in builds after an edit, and memory in full ones; no page depends on it.",
        check=check_flag,
        rebuild="",
        types=(bool, int, str),
    )
    cache_dir: str = _value(
        "",
        about="The folder, relative to ``conf.py``, in which the files made of "
        "pictures are kept between builds; beside the doctrees where it is empty.",
        check=check_text,
        rebuild="",
        types=(str,),
    )
