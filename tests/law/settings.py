"""What ``conf.py`` may say of the blog, each value with others to change it to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SIDEBARS: Final = (
    "leadposts/recent.html",
    "leadposts/tags.html",
    "leadposts/archive.html",
    "leadposts/series.html",
)
_HEADER: Final = ("image", "date", "updated", "authors", "reading-time", "tags")
_FOOTER: Final = (
    "series",
    "guide-posts",
    "call-to-action",
    "further-reading",
    "further-reading-always",
    "related",
    "related-cards",
    "previous-next",
)
_ARCHIVES: Final = ("tags", "years", "categories", "authors", "series")

#: The site begins with the first of each: all sidebars, all parts, all archives.
CHOICES: Final[Mapping[str, Sequence[object]]] = {
    "leadposts_page_size": (2, 1, 3),
    "leadposts_related": (2, 0, 1, 5),
    "leadposts_footer": (
        *(_FOOTER, _FOOTER[::-1], ("related", "previous-next")),
        *(("series",), ("related",), ()),
    ),
    "leadposts_header": (_HEADER, _HEADER[::-1], ("tags", "authors"), ()),
    "leadposts_archives": (_ARCHIVES, ("tags", "series"), ("authors", "years"), ()),
    "leadposts_date_format": ("medium", "long", "yyyy/MM/dd"),
    "leadposts_title": ("Blog", "Notes", "What is new"),
    "leadposts_show_drafts": (False, True),
    "leadposts_words_per_minute": (220, 2),
    "leadposts_own_links": ("resolve", "off"),
    "leadposts_tags_path": ("tags", "topics"),
    "leadposts_timezone": ("UTC", "Pacific/Auckland"),
    "leadposts_feeds": (("atom", "rss", "json"), ("atom",), ("json", "rss"), ()),
    "leadposts_feed_archives": (
        ("tags", "categories", "authors", "series"),
        *(("tags",), ("series", "authors"), ()),
    ),
    "leadposts_feed_content": ("summary", "full"),
    "leadposts_feed_length": (3, 1, 20),
    # Sphinx's own: who stands for the site, and what it is called.
    "author": ("Us", "The editors"),
    "project": ("Site", "Other site"),
    # A cover that is drawn takes its time.
    "leadposts_cover": ("/media/two.png", ""),
    "html_sidebars": (
        {"**": list(_SIDEBARS)},
        {"posts/*": list(_SIDEBARS[:1]), "[a-o]*/*": list(_SIDEBARS[2:])},
        {"index": list(_SIDEBARS[::-1])},
    ),
}

#: Those that plain Sphinx follows.
SPHINX_OWN: Final = ("author", "project")

#: The days at which the site may be built; the empty one is today.
DAYS: Final = ("2025-06-15", "2025-01-20", "2025-02-10", "2025-12-01", "")
#: When posts expire: never; on days between those; long ago; in the far future.
EXPIRIES: Final = ("", "2025-02-01", "2025-08-01", "2001-01-01", "2999-01-01")


def begin_settings() -> dict[str, object]:
    """Return the values that the site begins with."""
    return {name: choices[0] for name, choices in CHOICES.items()}
