"""The look under each theme: nothing juts out, lies upon other things, or is pale.

What a theme does by itself is not ours: it is measured on a page with nothing of the
blog, without its style sheet, and left out. Each measurement is also held against a
page that was broken on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.browser.measures import (
    FIND_COVERED,
    FIND_JUTTING,
    FIND_OVERLAPS,
    FIND_PICTURES,
    FIND_SCROLLING,
    FIND_WIDER,
    LOOK_AT,
)
from tests.browser.views import (
    HEIGHT,
    View,
    choose_scheme,
    list_views,
    open_page,
)
from tests.theme_site import (
    ASIDES,
    SIDEBARS,
    THEMES,
    build_apart,
    require_theme,
    write_theme_site,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DOCNAMES: Final = ("index", "posts/full", "tags/river", "aside")
#: What stands on a page, at least.
PARTS: Final = {
    "index": ("grid", "card", "list-list", "list-compact", "tags-cloud", "archives"),
    "posts/full": (
        *("header-image", "header-caption", "header-authors", "header-tags", "series"),
        *("call-to-action", "further-reading", "related", "neighbours"),
    ),
    "tags/river": ("archive-description", "tag-guides", "card", "pager-older"),
    "aside": tuple(f"sidebar-{name}" for name in ("recent", "tags", "archive")),
}
#: Themes without sidebars of a site's own.
WITHOUT_ASIDE: Final = set(THEMES) - set(ASIDES)
#: Themes that are light, whatever their reader wants.
ALWAYS_LIGHT: Final = {"alabaster", "sphinx_rtd_theme"}
#: Light and dark come one after the other, so that a page is loaded once for both.
#: It decides on its colours when a page is loaded.
LOADED_FOR_EACH: Final = "sphinx_immaterial"
VIEWS: Final = sorted(
    (
        view
        for view in list_views(DOCNAMES, THEMES)
        if view.docname != "aside" or view.theme not in WITHOUT_ASIDE
    ),
    key=lambda view: (view.theme, view.width, view.docname),
)
BLOCKS: Final = ", ".join(
    f".leadposts-{name}"
    for name in (
        *("header", "grid", "list", "tags", "archives", "pager", "series", "related"),
        *("neighbours", "further-reading", "call-to-action", "sidebar"),
    )
)

#: On a narrow page themes put their sidebars into a drawer beside the window.
MARK_DRAWERS: Final = """() => {
  const edge = document.scrollingElement.clientWidth;
  for (const sidebar of look.all(".leadposts-sidebar")) {
    const {left, right} = sidebar.getBoundingClientRect();
    if (right <= 0 || left >= edge) sidebar.classList.add("in-drawer");
  }
}"""

#: What makes a page one without the blog; its heading stands in for what we show there.
TAKE_AWAY: Final = """() => {
  document.querySelector("link[href*='leadposts.css']").remove();
  document.querySelector("h1").classList.add("leadposts-stand-in");
}"""

#: Pale texts, with what they have in common with others: link or not, colour, ground.
FIND_PALE: Final = """(selector) => look.all(selector)
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((e) => look.contrast(e, "color") < 4.5)
  .map((e) => {
    const color = look.paint(getComputedStyle(e).color);
    const ground = look.findGround(e).map(Math.round);
    const what = e.closest("a") ? "link" : "text";
    return [`${what} ${color} on ${ground}`, look.name(e), look.contrast(e, "color")];
  })"""
OURS: Final = "[class*='leadposts-'], [class*='leadposts-'] *"
CONTENT: Final = ":is(article, [role=main], main) :is(p, li, a, em)"

#: The same within what holds all sidebars, which stand in no article.
FIND_COVERED_ASIDE: Final = FIND_COVERED.replace(
    'look.blocks()[0].closest("article, [role=main]")',
    "look.holder(look.blocks())",
)
FIND_HOLDER: Final = """() => {
  look.holder = (elements) => {
    let holder = elements[0] ?? document.body;
    while (!elements.every((e) => holder.contains(e))) holder = holder.parentElement;
    return holder;
  };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """What a theme does by itself: what scrolls, and which colours are pale."""

    scrolling: list[str]
    pale: set[str]


@pytest.fixture(scope="session")
def build_theme(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that builds the site under a theme, once, and says where."""
    built: dict[str, Path] = {}
    pictures = tmp_path_factory.mktemp("pictures")

    def build(theme: str) -> Path:
        if theme not in built:
            require_theme(theme)
            site = write_theme_site(tmp_path_factory.mktemp(theme), theme)
            site.configure(leadposts_cache_dir=str(pictures))
            built[theme] = build_apart(site).out
        return built[theme]

    return build


@pytest.fixture(scope="session")
def measure_bare(
    browser: Browser, build_theme: Callable[[str], Path]
) -> Callable[[View], Bare]:
    """Return a function that measures, once, a theme without the blog."""
    known: dict[tuple[str, str, int], Bare] = {}

    def measure(view: View) -> Bare:
        key = (view.theme, view.scheme, view.width)
        if key not in known:
            page = load(browser, view)
            open_page(page, build_theme(view.theme), "plain")
            known[key] = read_bare(page)
            page.close()
        return known[key]

    return measure


def read_bare(page: Page) -> Bare:
    """Return what a page does that has nothing of the blog but its style sheet."""
    page.evaluate(TAKE_AWAY)
    return Bare(
        scrolling=page.evaluate(FIND_SCROLLING),
        pale={key for key, *_ in page.evaluate(FIND_PALE, CONTENT)},
    )


@pytest.fixture(scope="module", params=VIEWS, ids=str)
def view(request: pytest.FixtureRequest) -> View:
    """Return how the page is looked at."""
    return request.param


@pytest.fixture(scope="module")
def loaded(browser: Browser) -> Iterator[dict[tuple[str, ...], Page]]:
    """Return the page that is open, by what it is."""
    pages: dict[tuple[str, ...], Page] = {}
    yield pages
    for page in pages.values():
        page.close()


@pytest.fixture(scope="module")
def page(
    view: View,
    browser: Browser,
    build_theme: Callable[[str], Path],
    loaded: dict[tuple[str, ...], Page],
) -> Page:
    """Return the page of a view, with all parts of the blog to be measured."""
    scheme = view.scheme if view.theme == LOADED_FOR_EACH else ""
    key = (view.theme, str(view.width), view.docname, scheme)
    if key not in loaded:
        for name in list(loaded):
            loaded.pop(name).close()
        loaded[key] = load(browser, view)
        open_page(loaded[key], build_theme(view.theme), view.docname)
        prepare(loaded[key])
    page = loaded[key]
    choose_scheme(page, view.scheme)
    return page


def load(browser: Browser, view: View) -> Page:
    """Return an empty page of a view."""
    return browser.new_page(
        viewport={"width": view.width, "height": HEIGHT},
        color_scheme=view.scheme,
        reduced_motion="reduce",
    )


def prepare(page: Page) -> None:
    """Have all parts of the blog measured that are not in a drawer."""
    page.evaluate(MARK_DRAWERS)
    page.evaluate(LOOK_AT, [BLOCKS, ".in-drawer"])
    page.evaluate(FIND_HOLDER)


def find_scrolling(page: Page, bare: Bare) -> list[str]:
    return [box for box in page.evaluate(FIND_SCROLLING) if box not in bare.scrolling]


def find_pale(page: Page, bare: Bare) -> list[Any]:
    return [text for text in page.evaluate(FIND_PALE, OURS) if text[0] not in bare.pale]


def find_blown_up(page: Page, _: Bare) -> list[Any]:
    return [
        picture
        for picture in page.evaluate(FIND_PICTURES)
        if picture["width"] > picture["ownWidth"]
        or picture["scale"] > 1.001
        or not picture["isWhole"]
    ]


def find_covered(page: Page, _: Bare) -> list[Any]:
    if not page.evaluate("() => look.blocks().length"):
        return []
    aside = page.evaluate("() => look.blocks()[0].matches('.leadposts-sidebar')")
    covered = page.evaluate(FIND_COVERED_ASIDE if aside else FIND_COVERED)
    return covered + page.evaluate(FIND_OVERLAPS)


def find_jutting(page: Page, _: Bare) -> list[str]:
    return page.evaluate(FIND_JUTTING) + page.evaluate(FIND_WIDER)


def test_each_part_is_there(view: View, page: Page) -> None:
    parts = PARTS[view.docname]
    missing = [part for part in parts if not page.query_selector(f".leadposts-{part}")]
    assert missing == []
    if view.docname == "aside" and view.width == 1280:
        assert page.evaluate("() => look.blocks().length") == len(SIDEBARS)


def test_dark_is_dark_and_light_is_light(view: View, page: Page) -> None:
    light = page.evaluate("() => look.measureLight(look.findGround(document.body))")
    is_dark = view.scheme == "dark" and view.theme not in ALWAYS_LIGHT
    assert light < 0.05 if is_dark else light > 0.8


def test_nothing_scrolls_sideways(
    view: View, page: Page, measure_bare: Callable[[View], Bare]
) -> None:
    assert find_scrolling(page, measure_bare(view)) == []


def test_all_text_is_legible(
    view: View, page: Page, measure_bare: Callable[[View], Bare]
) -> None:
    assert find_pale(page, measure_bare(view)) == []


def test_no_picture_is_drawn_larger_than_it_is(
    view: View, page: Page, measure_bare: Callable[[View], Bare]
) -> None:
    assert bool(page.evaluate(FIND_PICTURES)) == (view.docname != "aside")
    assert find_blown_up(page, measure_bare(view)) == []


def test_nothing_lies_upon_anything_else(
    view: View, page: Page, measure_bare: Callable[[View], Bare]
) -> None:
    assert find_covered(page, measure_bare(view)) == []


def test_nothing_juts_out_of_what_holds_it(
    view: View, page: Page, measure_bare: Callable[[View], Bare]
) -> None:
    assert find_jutting(page, measure_bare(view)) == []


#: A page, a measurement, and a style that spoils what it is for.
SPOILED: Final = {
    "scrolling": ("posts/full", find_scrolling, ".leadposts-series { width: 120vw }"),
    "pale date": (
        "tags/river",
        find_pale,
        ".leadposts-date { color: #999 !important }",
    ),
    "pale link": (
        "posts/full",
        find_pale,
        ".leadposts-related a { color: #88aacc !important }",
    ),
    "pale sidebar": ("aside", find_pale, ".leadposts-sidebar { opacity: 0.5 }"),
    "blown up": (
        "index",
        find_blown_up,
        ".leadposts-card-image { max-width: 100% !important }",
    ),
    "stretched": (
        "posts/full",
        find_blown_up,
        ".leadposts-header-image { height: 40px !important; object-fit: fill }",
    ),
    "covered": ("tags/river", find_covered, ".leadposts-pager { margin-top: -4rem }"),
    "covered cards": (
        "index",
        find_covered,
        ".leadposts-grid .leadposts-card { margin-top: -3rem }",
    ),
    "covered aside": (
        "aside",
        find_covered,
        ".leadposts-sidebar { margin-top: -2rem }",
    ),
    "jutting": ("posts/full", find_jutting, ".leadposts-series { margin: 0 -4px }"),
    "jutting word": (
        "index",
        find_jutting,
        ".leadposts-card * { overflow-wrap: normal !important }",
    ),
    "jutting aside": (
        "aside",
        find_jutting,
        ".leadposts-sidebar { width: 9rem; overflow-wrap: normal }",
    ),
}


@pytest.fixture
def narrow_page(browser: Browser, build_theme: Callable[[str], Path]) -> Iterator[Page]:
    """Return a narrow page under a theme that keeps its sidebar in sight."""
    build_theme("alabaster")
    page = browser.new_page(viewport={"width": 390, "height": HEIGHT})
    yield page
    page.close()


@pytest.mark.parametrize("what", SPOILED)
def test_a_broken_style_is_noticed(
    narrow_page: Page, build_theme: Callable[[str], Path], what: str
) -> None:
    docname, find, style = SPOILED[what]
    open_page(narrow_page, build_theme("alabaster"), "plain")
    bare = read_bare(narrow_page)
    open_page(narrow_page, build_theme("alabaster"), docname)
    prepare(narrow_page)
    assert find(narrow_page, bare) == []
    narrow_page.add_style_tag(content=style)
    assert find(narrow_page, bare) != []


def test_what_a_theme_does_by_itself_is_left_out(
    narrow_page: Page, build_theme: Callable[[str], Path]
) -> None:
    style = "body { min-width: 500px !important } a { color: #99bbdd !important }"
    open_page(narrow_page, build_theme("alabaster"), "plain")
    narrow_page.add_style_tag(content=style)
    bare = read_bare(narrow_page)
    assert bare.scrolling
    assert bare.pale
    open_page(narrow_page, build_theme("alabaster"), "posts/full")
    prepare(narrow_page)
    narrow_page.add_style_tag(content=style)
    assert find_scrolling(narrow_page, Bare(scrolling=[], pale=set()))
    assert find_scrolling(narrow_page, bare) == []
    pale = find_pale(narrow_page, Bare(scrolling=[], pale=set()))
    assert len(find_pale(narrow_page, bare)) < len(pale)
