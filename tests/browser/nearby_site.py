"""A site of forty posts with pages of one post each, to lead from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.site import Site

if TYPE_CHECKING:
    from pathlib import Path

POSTS: Final = 40
#: Numbers of the posts that are parts of the series.
PARTS: Final = range(5, 17)

#: Sixty and two hundred characters in which no line breaks by itself.
LONG_NAME: Final = f"{'sphinx_leadposts.reading.frontmatter.' * 2:.60}"
LONGEST_NAME: Final = f"{'sphinx_leadposts.reading.frontmatter.' * 6:.200}"
LONG_TITLE: Final = "What was seen from the bridge on a Sunday in the late autumn"
LONGEST_TITLE: Final = f"{LONG_TITLE}, {LONG_TITLE.lower()}, {LONG_TITLE.lower()} again"

LONG_TAG: Final = f"{'donaudampfschiff' * 4:.60}"
WORDY_TAG: Final = "a tag of rather many words that says at length what it is about"

#: Tags, and how many of the newest posts have each: as many as it has pages.
TAGS: Final = {"one": 1, "two": 2, "three": 3, "eight": 8, LONG_TAG: 2, WORDY_TAG: 3}

TITLES: Final = {
    6: f"{LONG_NAME}()",
    20: LONG_NAME,
    22: LONG_TITLE,
    24: LONGEST_NAME,
    26: LONGEST_TITLE,
    39: f"{LONGEST_NAME}()",
}
#: The words that make some posts more alike than others.
TOPICS: Final = (
    "heron, weir, reeds, shallows, fish",
    "lock, barge, rope, keeper, gate",
    "bridge, arch, stone, mason, scaffold",
    "meadow, flood, willow, sheep, fence",
)

SIDEBARS: Final = ("recent", "tags", "archive", "series")
#: The sidebar of a theme with ours in it, as the guide to sidebars has it.
THEME_SIDEBARS: Final = {
    "furo": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        *(f"leadposts/{name}.html" for name in SIDEBARS),
        "sidebar/scroll-end.html",
    ],
    "pydata_sphinx_theme": [
        "sidebar-nav-bs",
        *(f"leadposts/{name}.html" for name in SIDEBARS),
    ],
}

#: Themes leave it to the site to say that its pages run from right to left.
TURN: Final = 'document.documentElement.dir = "rtl";\n'


def write_nearby_site(root: Path, theme: str, language: str = "en") -> Site:
    """Write a site whose posts have all that leads to others.

    :param language: "ar" makes pages that run from right to left.
    """
    site = Site(
        root,
        {
            "html_theme": theme,
            "html_sidebars": {"**": THEME_SIDEBARS[theme]},
            "language": language,
            "leadposts_cover": "",
            "leadposts_footer": ["series", "related", "related-cards", "previous-next"],
            "leadposts_page_size": 1,
            "leadposts_related": 3,
            "leadposts_tags": {tag: {} for tag in TAGS},
        },
    )
    if language == "ar":
        site.write("static/turn.js", TURN)
        site.configure(html_static_path=["static"], html_js_files=["turn.js"])
    for number in range(1, POSTS + 1):
        _write_post(site, number, "منشور" if language == "ar" else "Day")
    return site


def _write_post(site: Site, number: int, word: str) -> None:
    tags = [tag for tag, count in TAGS.items() if number > POSTS - count]
    keys: dict[str, Any] = {
        "title": TITLES.get(number, f"{word} {number} beside the river"),
        "date": f"{2024 + number // 28}-05-{1 + number % 28:02}",
        "tags": f"[{', '.join(['post', *tags])}]",
    }
    if number in PARTS:
        part = number - PARTS.start + 1
        keys["series"] = f"{{name: A year on the river, part: {part}}}"
    if number == PARTS.start:
        keys["related"] = "[p20, p24, p26]"
    topic = TOPICS[number % len(TOPICS)]
    site.post(f"p{number}", f"This is about {topic}. " * 3 + "\n", **keys)
