"""A site with all parts of a blog, under each theme, with its links to a repository."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.site import Build, Site, check_warnings

if TYPE_CHECKING:
    from pathlib import Path

REPOSITORY: Final = "https://github.com/example/blog"
SIDEBARS: Final = tuple(
    f"leadposts/{name}.html" for name in ("recent", "tags", "archive", "series")
)

_PLACE: Final = {
    "github_user": "example",
    "github_repo": "blog",
    "github_version": "main",
}
#: What stands in ``conf.py`` so that a theme shows links to the source of each page.
OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "furo": {
        "html_theme_options": {
            "source_repository": REPOSITORY,
            "source_branch": "main",
            "source_directory": "docs/",
        },
    },
    "pydata_sphinx_theme": {
        "html_theme_options": {"use_edit_page_button": True},
        "html_context": {**_PLACE, "doc_path": "docs"},
    },
    "sphinx_book_theme": {
        "html_theme_options": {
            "repository_url": REPOSITORY,
            "repository_branch": "main",
            "path_to_docs": "docs",
            "use_edit_page_button": True,
            "use_source_button": True,
        },
    },
    "sphinx_rtd_theme": {
        "html_context": {**_PLACE, "display_github": True, "conf_py_path": "/docs/"},
    },
    "alabaster": {},
    "shibuya": {
        "html_context": {
            "source_type": "github",
            "source_user": "example",
            "source_repo": "blog",
            "source_version": "main",
            "source_docs_path": "/docs/",
        },
    },
    "sphinx_immaterial": {
        "extensions": ["sphinx_leadposts", "sphinx_immaterial"],
        "html_theme_options": {
            "font": False,  # would be fetched while building
            "repo_url": REPOSITORY,
            "edit_uri": "edit/main/docs",
            "features": ["content.action.edit", "content.action.view"],
            "palette": [
                {"media": "(prefers-color-scheme: light)", "scheme": "default"},
                {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
            ],
        },
    },
}
THEMES: Final = tuple(OPTIONS)

#: The theme's own list, with ours in it. The others take no notice of the setting.
ASIDES: Final = {
    "furo": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        *SIDEBARS,
        "sidebar/scroll-end.html",
    ],
    "pydata_sphinx_theme": ["sidebar-nav-bs", *SIDEBARS],
    "sphinx_book_theme": ["navbar-logo.html", "sbt-sidebar-nav.html", *SIDEBARS],
    "alabaster": ["about.html", "navigation.html", *SIDEBARS],
    "shibuya": ["sidebars/localtoc.html", *SIDEBARS],
}

LONG_WORD: Final = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
PARAGRAPH: Final = (
    "The path follows the river for an hour, and then it does not. Whoever wants to "
    "see the heron stays below the weir, where the water is slow in summer.\n"
)
#: Names, titles, sizes of pictures, colours and tags of the posts, newest first.
POSTS: Final = (
    ("usual", "Walking beside the river", (1600, 900), "teal", "river, walking"),
    (
        "full",
        "A rather long title that says at some length what was seen on a Sunday",
        (1200, 630),
        "peru",
        "river, heron, weir, summer, slow water, walking, Node.js, C++",
    ),
    ("square", "Square", (800, 800), "plum", "river, heron"),
    (
        "tall",
        LONG_WORD,
        (500, 1200),
        "salmon",
        f"river, {LONG_WORD.lower()}",
    ),
    ("small", "A small picture", (200, 112), "olive", "river, weir"),
    ("bare", "No picture at all", None, "", "river, walking"),
    ("last", "The last one", (1200, 110), "navy", "river, summer"),
)
FULL: Final = {
    "image": "{src: /media/full.png, caption: The weir in June, credit: Ann}",
    "author": "[Ann, Bo]",
    "updated": "2025-06-01",
    "guides": "[rivers, maps]",
    "description": PARAGRAPH.strip(),
}
INDEX: Final = """# Home

Some text with {doc}`a link <plain>`.

## Cards

```{post-list}
:limit: 6
```

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

## Years

```{archive-list}
```

```{toctree}
:hidden:

plain
blog/index
tags/index
```
"""
#: What a theme itself makes of text, links and lists.
PLAIN: Final = f"""# Plain

{PARAGRAPH}
A paragraph with {{doc}}`a link <index>` and [another](https://example.org).

## A section

- An item with {{doc}}`a link <index>`
- *Another*

1. A number
"""
ASIDE: Final = f"---\norphan: true\n---\n# Beside the sidebars\n\n{PARAGRAPH}"
GUIDE: Final = f"""---
orphan: true
image: /media/usual.png
---
# The guide to rivers

{PARAGRAPH}
## Where to stand

{PARAGRAPH}"""

#: What a blog like this one says in its ``conf.py``.
BLOG: Final[dict[str, Any]] = {
    "copyright": "2025, Us",
    "leadposts_page_size": 3,
    "leadposts_guides": {
        "rivers": {
            "target": "guide",
            "description": "Where to stand, and what to bring.",
            "tags": ["river"],
        },
        "maps": {"target": "https://maps.example.org/", "title": "Maps of all rivers"},
    },
    "leadposts_tags": {
        tag: {"description": PARAGRAPH.strip()} if tag == "river" else {}
        for *_, tags in POSTS
        for tag in tags.split(", ")
    },
    "leadposts_authors": {"Ann": {}, "Bo": {}},
    "leadposts_call_to_action": {
        "*": {
            "title": "Walk along",
            "text": "On Thursdays we walk, whatever the weather is.",
            "buttons": ["Where we meet <guide>", "maps"],
        },
    },
}


def write_theme_site(root: Path, theme: str) -> Site:
    """Write the site as it is under a theme."""
    conf = {"html_theme": theme, **BLOG, **OPTIONS[theme]}
    if theme in ASIDES:
        conf["html_sidebars"] = {"aside": ASIDES[theme]}
    site = Site(root, conf)
    for number, (name, title, size, color, tags) in enumerate(POSTS):
        keys: dict[str, Any] = {
            "title": title,
            "date": f"2025-05-{28 - number}",
            "tags": f"[post, {tags}]",
        }
        if number < 3:
            keys["series"] = f"{{name: A year on the river, part: {3 - number}}}"
        if size:
            site.picture(f"media/{name}.png", color, size)
            keys["image"] = f"/media/{name}.png"
        site.post(name, PARAGRAPH * 3, **(keys | (FULL if name == "full" else {})))
    site.write("index.md", INDEX)
    site.write("plain.md", PLAIN)
    site.write("aside.md", ASIDE)
    site.write("guide.md", GUIDE)
    return site


def require_theme(theme: str) -> None:
    """Skip the test where a theme is not installed."""
    if find_spec(theme) is None:
        pytest.skip(f"the theme is missing: install it with 'pip install {theme}'")


def build_apart(site: Site) -> Build:
    """Build in a process of its own, and fail if there is a warning.

    sphinx-immaterial puts its own classes in the place of Sphinx's.
    """
    out = site.root / "html"
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-N", str(site.src), str(out)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=240,
        check=False,
    )
    check_warnings(done.stderr, [])
    return Build(
        code=done.returncode, warnings=done.stderr, status=done.stdout, out=out
    )
