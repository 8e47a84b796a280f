"""One site with all that the package shows, built once per theme, and its pages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pytest
from PIL import Image, ImageDraw

from tests.browser.views import HEIGHT, View, open_page
from tests.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

#: Pictures of the shapes that posts have: name, size, colours of sky and hill.
PICTURES: Final = (
    ("usual.png", (1200, 630), "#9bc4d8", "#2c6e63"),
    ("wide.png", (1600, 500), "#f3c98b", "#7a4b2a"),
    ("square.png", (800, 800), "#d7c6e6", "#4d3a78"),
    ("tall.png", (500, 1200), "#f5d7d0", "#a33b35"),
    ("small.png", (200, 112), "#cfe8c9", "#3b7a2f"),
    ("low.png", (1200, 110), "#bcd0ee", "#23406f"),
)

LONG_WORD: Final = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
LONG_NAME: Final = "sphinx_leadposts.reading.frontmatter.read_front_matter_of()"
LONG_URL: Final = f"https://example.org/{'a-path-that-goes-on/' * 6}"
PARAGRAPH: Final = (
    "The path follows the river for an hour, and then it does not. Whoever wants to "
    "see the heron stays below the weir, where the water is slow in summer.\n"
)

#: Names, titles, pictures and tags of the posts, newest first.
POSTS: Final = (
    ("usual", "Walking beside the river", "usual.png", "[post, river, walking]"),
    (
        "wide",
        "A rather long title that says at some length what was seen on a Sunday",
        "wide.png",
        "[post, river, seen, heron, weir, summer, slow water, walking, Node.js, C++]",
    ),
    ("square", "Square", "square.png", "[post, river]"),
    (
        "tall",
        f"'{LONG_WORD} and {LONG_NAME}'",
        "tall.png",
        f"[post, river, {LONG_WORD.lower()}]",
    ),
    ("small", "A small picture", "small.png", "[post, river, seen]"),
    ("low", "A low picture", "low.png", "[post, river, a tag of rather many words]"),
    ("bare", "No picture at all", None, "[post, river]"),
    ("last", "日本語の題名も折り返される", "usual.png", "[post, walking]"),
)

READING: Final = """
```{further-reading}
- {doc}`/posts/usual`
- [A page elsewhere](https://example.org/a): what it says in a few words
- [A post](tall.md)
```

```{further-reading}
:layout: cards
:title: Read these too

- {doc}`/posts/small`
- [A page elsewhere](https://example.org/b): what it says in a few words
- [A post](tall.md)
```
"""

INDEX: Final = """# Home

## Cards

```{post-list}
```

## Two columns, no pictures

```{post-list}
:columns: 2
:gutter: 5
:image: false
:limit: 2
```

## List

```{post-list}
:layout: list
```

## Compact

```{post-list}
:layout: compact
```

## Tags

```{tag-list}
```

```{tag-list}
:layout: cloud
```

```{tag-list}
:layout: compact
```

## Beside a card written by hand

::::{grid} 1 2 2 2
:::{grid-item}
```{post-card} posts/square
```
:::
:::{grid-item-card} Written by hand
:link: posts/square
:link-type: doc
:class-card: by-hand
:img-top: media/square.png

A card of sphinx-design's own.
:::
::::

## On its own, and beside one written by hand

```{post-card} posts/small
```

:::{card} Written by hand
:link: https://example.org

A card of sphinx-design's own.
:::

## Carousel

::::{card-carousel} 2
```{post-card} posts/usual
```
```{post-card} posts/small
```
```{post-card} posts/tall
```
:::{card} Written by hand
:link: https://example.org

A card of sphinx-design's own.
:::
::::
"""

BLOCKS: Final = f"""---
orphan: true
---
# Blocks

## Further reading

```{{further-reading}}
:layout: sentence
:guides: rivers, words, maps
```

```{{further-reading}}
:guides: rivers, words, maps, {LONG_URL}
```

```{{further-reading}}
:layout: cards
:title: With pictures
:guides: rivers, words, maps
:posts: usual, small, low
```

### Below a heading of its own

```{{further-reading}}
:layout: cards
:title: {LONG_WORD} without pictures
:image: no
- {{doc}}`/posts/usual`: why it *matters*
- {LONG_URL}
- [](/posts/tall.md)
```

## Posts of guides

```{{guide-posts}}
:guide: rivers
:title: In one list
```

```{{guide-posts}}
:guide: rivers
:title: By tag
:group: tag
:tags: seen, {LONG_WORD.lower()}, river
:layout: list
```

```{{guide-posts}}
:guide: rivers
:title: By year
:group: year
:layout: cards
```

```{{guide-posts}}
:guide: blocks
:title: None
:empty: No post leads here yet.
```

## Calls

```{{call-to-action}} A title alone with one button
:button: rivers
```

```{{call-to-action}} A title {LONG_WORD}
:button: A first button with rather many words, which do not fit into a line <rivers>
:second-button: words

A text with `code`, a [link](https://example.org) and {LONG_WORD}.

- It can hold a list, too.
- With *two* items.
```

```{{call-to-action}}
:button: Stand <rivers>
:second-button: Fall <maps>

No title.
```

Text that comes after.
"""

GUIDE: Final = f"""---
orphan: true
image: /media/wide.png
---
# The guide to rivers

{PARAGRAPH}
## Where to stand

{PARAGRAPH}"""

LED: Final = f"""{PARAGRAPH}
All of this is told at length in [our guide](/guide.md), with pictures.

```{{note}}
So it is in {{blog:guide}}`words`.
```
"""

#: All tags, so that none of them is taken for a slip.
TAGS: Final = {
    tag: {"description": PARAGRAPH.strip()} if tag == "river" else {}
    for *_, tags in POSTS
    for tag in tags.strip("[]").split(", ")
}
GUIDES: Final = {
    "rivers": {
        "target": "guide",
        "description": "Where to stand, and what to bring.",
        "tags": ["river"],
        "reviewed": "2025-10-12",
    },
    "words": {"target": "posts/tall", "tags": ["walking"]},
    "maps": {"target": "https://maps.example.org/", "title": "Maps of all rivers"},
}

CALLS: Final = {
    "walking": {
        "title": "Walk along",
        "text": "On Thursdays we walk, whatever the weather is.",
        "buttons": ["Where we meet <guide>", "maps"],
    },
    "*": "Read on <rivers>",
}


def draw_picture(path: Path, size: tuple[int, int], sky: str, hill: str) -> None:
    """Draw a hill below a sun, so that a stretched or cut picture is seen."""
    width, height = size
    image = Image.new("RGB", size, sky)
    pen = ImageDraw.Draw(image)
    side = min(size) // 3
    pen.ellipse((side // 2, side // 3, side // 2 + side, side // 3 + side), "#fff6d6")
    pen.ellipse((width // 8, height // 2, width * 9 // 8, height * 3 // 2), hill)
    pen.rectangle((0, 0, width - 1, height - 1), outline=hill)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stream.getvalue())


def write_site(root: Path, theme: str) -> Site:
    """Write a site with every element of the package."""
    site = Site(
        root,
        {
            "html_theme": theme,
            "leadposts_page_size": 3,
            "myst_enable_extensions": ["colon_fence"],
            "leadposts_guides": GUIDES,
            "leadposts_tags": TAGS,
            "leadposts_call_to_action": CALLS,
        },
    )
    for name, size, sky, hill in PICTURES:
        draw_picture(site.src / "media" / name, size, sky, hill)
    for number, (name, title, picture, tags) in enumerate(POSTS):
        keys: dict[str, object] = {
            "title": title,
            "date": f"2025-05-{28 - number}",
            "tags": tags,
        }
        if picture:
            keys["image"] = f"/media/{picture}"
        body = PARAGRAPH * (2 if number % 2 else 1)
        if name == "usual":
            keys["guides"] = "[posts/square, posts/wide]"
        if name == "wide":
            body += READING
        if name == "last":
            body = LED
        site.post(name, body, **keys)
    site.write("index.md", INDEX)
    site.write("blocks.md", BLOCKS)
    site.write("guide.md", GUIDE)
    return site


@pytest.fixture(scope="session")
def build_theme(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that builds the site under a theme, once, and says where."""
    built: dict[str, Path] = {}

    def build(theme: str) -> Path:
        if theme not in built:
            site = write_site(tmp_path_factory.mktemp(theme), theme)
            built[theme] = site.build().out
        return built[theme]

    return build


@pytest.fixture(scope="module")
def page(
    view: View, browser: Browser, build_theme: Callable[[str], Path]
) -> Iterator[Page]:
    """Return the page of a view, loaded once for all tests of it."""
    page = browser.new_page(
        viewport={"width": view.width, "height": HEIGHT},
        color_scheme=view.scheme,
        reduced_motion="reduce",
    )
    open_page(page, build_theme(view.theme), view.docname)
    yield page
    page.close()
