"""Under each theme: a build without warnings, right links to the source, a picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from PIL import Image

from tests.site import Build, Site
from tests.theme_site import (
    ASIDES,
    REPOSITORY,
    SIDEBARS,
    THEMES,
    build_apart,
    require_theme,
    write_theme_site,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup

DOCS: Final = Path(__file__).parent.parent / "docs"
GALLERY: Final = DOCS / "gallery.md"
POST: Final = "docs/posts/full.md"
#: Where a post can be read as it is written, or changed, by what a theme calls it.
LINKS: Final = {
    "furo": {
        f"{REPOSITORY}/blob/main/{POST}?plain=true",
        f"{REPOSITORY}/edit/main/{POST}",
    },
    "pydata_sphinx_theme": {
        f"{REPOSITORY}/edit/main/{POST}",
        "../_sources/posts/full.md.txt",
    },
    "sphinx_book_theme": {
        f"{REPOSITORY}/blob/main/{POST}?plain=1",
        f"{REPOSITORY}/edit/main/{POST}",
        "../_sources/posts/full.md",
    },
    "sphinx_rtd_theme": {f"{REPOSITORY}/blob/main/{POST}"},
    "alabaster": {"../_sources/posts/full.md.txt"},
    "shibuya": {
        f"{REPOSITORY}/blob/main/{POST}",
        f"https://raw.githubusercontent.com/example/blog/refs/heads/main/{POST}.txt",
    },
    "sphinx_immaterial": {
        f"{REPOSITORY}/edit/main/{POST}",
        f"{REPOSITORY}/raw/main/{POST}",
    },
}
#: Pages that are generated, one of each kind.
GENERATED: Final = (
    *("blog/index", "blog/page/2", "tags/index", "tags/river", "tags/river/page/2"),
    *("blog/archive/2025", "blog/authors/ann", "blog/series/a-year-on-the-river"),
)
#: What is in the address of a source, wherever it stands.
SIGNS: Final = ("/blob/", "/edit/", "/raw/", "_sources/", "raw.githubusercontent.com")


@pytest.fixture(scope="module")
def build_theme(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Build]:
    """Return a function that builds the site under a theme, once."""
    built: dict[str, Build] = {}
    pictures = tmp_path_factory.mktemp("pictures")

    def build(theme: str) -> Build:
        if theme not in built:
            require_theme(theme)
            site = write_theme_site(tmp_path_factory.mktemp(theme), theme)
            site.configure(leadposts_cache_dir=str(pictures))
            built[theme] = build_apart(site)
        return built[theme]

    return build


def find_sources(page: BeautifulSoup) -> set[str]:
    """Return the addresses of sources in a page, whatever stands for a link there."""
    values = {
        value
        for element in page.find_all(True)
        for name, value in element.attrs.items()
        if name in {"href", "data-url"}
    }
    return {value for value in values if any(sign in value for sign in SIGNS)}


def test_sources_are_found_however_they_are_linked(
    build_theme: Callable[[str], Build],
) -> None:
    page = build_theme("alabaster").page("tags/river")
    for attribute in ("href", "data-url"):
        for sign in SIGNS:
            page.h1.attrs = {attribute: f"x{sign}y"}
            assert find_sources(page) == {f"x{sign}y"}


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_builds_without_a_warning(
    build_theme: Callable[[str], Build], theme: str
) -> None:
    build = build_theme(theme)
    assert build.code == 0
    assert build.page("tags/river").select(".leadposts-card")


@pytest.mark.parametrize("theme", THEMES)
def test_a_post_leads_to_its_source(
    build_theme: Callable[[str], Build], theme: str
) -> None:
    sources = find_sources(build_theme(theme).page("posts/full"))
    assert sources >= LINKS[theme]
    assert [source for source in sources if "posts/full.md" not in source] == []


@pytest.mark.parametrize("docname", GENERATED)
@pytest.mark.parametrize("theme", THEMES)
def test_a_generated_page_has_no_source_to_lead_to(
    build_theme: Callable[[str], Build], theme: str, docname: str
) -> None:
    assert find_sources(build_theme(theme).page(docname)) == set()


@pytest.mark.parametrize("theme", ASIDES)
def test_sidebars_stand_where_they_are_asked_for(
    build_theme: Callable[[str], Build], theme: str
) -> None:
    build = build_theme(theme)
    assert len(build.page("aside").select(".leadposts-sidebar")) >= len(SIDEBARS)
    assert not build.page("posts/full").select(".leadposts-sidebar")


def list_pictures() -> list[tuple[str, Path]]:
    """Return the pictures of the gallery: what stands for each, and its file."""
    found = re.findall(r"!\[(.*?)\]\((.+?)\)", GALLERY.read_text("utf-8"))
    return [(alt, DOCS / name) for alt, name in found]


@pytest.mark.parametrize("theme", THEMES)
def test_the_gallery_shows_each_theme(theme: str) -> None:
    shown = [(alt, path) for alt, path in list_pictures() if theme in path.name]
    assert {path.stem for _, path in shown} == {f"{theme}-home", f"{theme}-post"}
    for alt, path in shown:
        assert len(alt.split()) > 5
        assert path.stat().st_size < 60_000
        with Image.open(path) as picture:
            picture.load()
            assert picture.width >= 640


def test_the_gallery_has_no_picture_twice_and_none_that_is_not_shown() -> None:
    alts, paths = zip(*list_pictures(), strict=True)
    assert len(set(alts)) == len(set(paths)) == len(paths)
    assert set(paths) == set((DOCS / "_static" / "gallery").iterdir())
    assert sum(path.stat().st_size for path in paths) < 1_000_000


def test_what_the_gallery_says_of_a_theme_is_enough_for_it(tmp_path: Path) -> None:
    (block,) = re.findall(
        r"^```python\n(.*?)^```", GALLERY.read_text("utf-8"), re.S | re.M
    )
    conf: dict[str, Any] = {}
    exec(block, {}, conf)  # noqa: S102 - it is our own
    require_theme(conf["html_theme"])
    site = Site(tmp_path, conf)
    site.post("a")
    assert build_apart(site).page("posts/a").select(".leadposts-header")
