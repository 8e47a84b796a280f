"""What leads from one post to others: pagers, series, related posts, sidebars.

Each measurement is also held against a page that was broken on purpose.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest
from PIL import Image

from tests.browser.measures import (
    FIND_CLOSE_LINKS,
    FIND_COVERED,
    FIND_CROWDED,
    FIND_JUTTING,
    FIND_LOST_PLACES,
    FIND_OVERLAPS,
    FIND_SCROLLING,
    FIND_SMALLER_LINKS,
    FIND_TEXTS,
    FIND_UNNAMED,
    FIND_WIDER,
    LIST_ORDERS,
    LOOK_AT,
    MEASURE_RING,
    WATCH_FOCUS,
)
from tests.browser.nearby_site import SIDEBARS, write_nearby_site
from tests.browser.views import (
    HEIGHT,
    SCHEMES,
    THEMES,
    WIDTHS,
    View,
    list_views,
    open_page,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BLOCKS: Final = tuple(
    f".leadposts-{name}" for name in ("pager", "series", "related", "neighbours")
)
SIDEBAR: Final = ".leadposts-sidebar"
PAGER, _, _, NEIGHBOURS = BLOCKS
PLACE: Final = ".leadposts-pager-place"
PART: Final = ".leadposts-series-parts [aria-current]"

#: Pages, and how many blocks stand there.
DOCNAMES: Final = {
    "blog/index": 1,
    "blog/page/20": 1,
    "blog/page/40": 1,
    "tags/two": 1,
    "tags/eight/page/4": 1,
    "posts/p1": 3,  # there is no older one
    "posts/p5": 4,  # long titles are related to it
    "posts/p7": 4,  # in the middle of a series
    "posts/p21": 3,  # between titles of sixty characters
    "posts/p25": 3,  # between titles of two hundred
    "posts/p40": 3,  # there is no newer one
}
#: A finger wants more room than a mouse.
LEAST: Final = {1280: 24, 390: 44}

#: What a screen reader is told of a pager, and where it is: run, number, count.
RUNS: Final = {
    "tags/two": (1, 2, [1, 2]),
    "tags/two/page/2": (2, 2, [1, 2]),
    "tags/three/page/2": (2, 3, [1, 2, 3]),
    "tags/eight": (1, 8, [1, 2, 8]),
    "tags/eight/page/4": (4, 8, [1, 2, 3, 4, 5, 8]),
    "blog/index": (1, 40, [1, 2, 40]),
    "blog/page/3": (3, 40, [1, 2, 3, 4, 40]),
    "blog/page/20": (20, 40, [1, 19, 20, 21, 40]),
    "blog/page/40": (40, 40, [1, 39, 40]),
}

#: What opens the sidebar of a theme on a narrow page.
OPENERS: Final = {
    "furo": ".mobile-header label[for=__navigation]",
    "pydata_sphinx_theme": "button.primary-toggle",
}


@pytest.fixture(scope="session")
def build_nearby(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, str], Path]:
    """Return a function that builds the site by theme and language, each once."""
    built: dict[tuple[str, str], Path] = {}

    def build(theme: str, language: str) -> Path:
        key = (theme, language)
        if key not in built:
            root = tmp_path_factory.mktemp("nearby")
            built[key] = write_nearby_site(root, theme, language).build().out
        return built[key]

    return build


@pytest.fixture(scope="module", params=list_views(DOCNAMES), ids=str)
def view(request: pytest.FixtureRequest) -> View:
    """Return how the page is looked at."""
    return request.param


@pytest.fixture(scope="module")
def page(
    view: View, browser: Browser, build_nearby: Callable[[str, str], Path]
) -> Iterator[Page]:
    """Return the page of a view, loaded once for all tests of it."""
    folder = build_nearby(view.theme, "en")
    with visit(browser, folder, view.docname, view.width, view.scheme) as page:
        yield page


@contextmanager
def visit(
    browser: Browser,
    folder: Path,
    docname: str,
    width: int = 390,
    scheme: Any = "light",
    **look: Any,
) -> Iterator[Page]:
    """Give a page, to be measured without its sidebars.

    :param look: what else the browser is to pretend.
    """
    page = browser.new_page(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=scheme,
        **{"reduced_motion": "reduce", **look},
    )
    open_page(page, folder, docname)
    page.evaluate(LOOK_AT, [", ".join(BLOCKS), SIDEBAR])
    yield page
    page.close()


@contextmanager
def visit_sidebars(
    browser: Browser, folder: Path, theme: str, width: int = 390, scheme: Any = "light"
) -> Iterator[Page]:
    """Give a page with its sidebar open, of which ours are to be measured."""
    page = browser.new_page(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    open_page(page, folder, "posts/p7")
    page.evaluate(LOOK_AT, [SIDEBAR, "article"])
    if width < 500:
        page.click(OPENERS[theme])
        page.wait_for_function(
            "() => look.blocks().every((e) => e.getBoundingClientRect().left >= 0)"
        )
    yield page
    page.close()


def find_pale_texts(page: Page) -> list[Any]:
    """Return the texts of ours that are hard to read, of which there are some."""
    texts = page.evaluate(FIND_TEXTS)
    assert texts
    return [text for text in texts if text["contrast"] < 4.5]


def find_small_places(page: Page) -> list[str]:
    """Return the links of pagers that are too small for mouse or finger."""
    assert page.viewport_size
    least = LEAST[page.viewport_size["width"]]
    return page.evaluate(FIND_SMALLER_LINKS, [f"{PAGER} a", least])


def tab_through(page: Page) -> tuple[list[str], list[str], list[dict[str, Any]]]:
    """Go once around the page with the Tab key.

    :returns: our links as they were met, as they are read, and their rings.
    """
    count = page.evaluate(WATCH_FOCUS, MEASURE_RING)
    for _ in range(count + 2):
        page.keyboard.press("Tab")
    met, read = page.evaluate(LIST_ORDERS)
    assert read
    return met, read, page.evaluate("() => rings")


def find_disorder(page: Page) -> bool:
    """Tell whether the Tab key leaves the order in which links are read."""
    met, read, _ = tab_through(page)
    return met != read


def find_hidden_rings(page: Page) -> list[Any]:
    """Return the links that do not show that they have the focus."""
    return [ring for ring in tab_through(page)[2] if not is_shown(ring)]


def is_shown(ring: dict[str, Any]) -> bool:
    return (
        ring["isFocused"]
        and ring["style"] != "none"
        and ring["width"] >= 1
        and ring["contrast"] >= 3
    )


def test_the_blocks_are_there(view: View, page: Page) -> None:
    assert len(page.evaluate("() => look.blocks()")) == DOCNAMES[view.docname]


def test_nothing_scrolls_sideways(page: Page) -> None:
    assert page.evaluate(FIND_SCROLLING) == []


def test_nothing_juts_out(page: Page) -> None:
    assert page.evaluate(FIND_JUTTING) == []
    assert page.evaluate(FIND_WIDER) == []


def test_nothing_lies_upon_anything_else(page: Page) -> None:
    assert page.evaluate(FIND_COVERED) == []
    assert page.evaluate(FIND_OVERLAPS) == []
    assert page.evaluate(FIND_CROWDED) == []


def test_all_text_is_legible(page: Page) -> None:
    assert find_pale_texts(page) == []


def test_a_finger_meets_one_link_at_a_time(page: Page) -> None:
    assert find_small_places(page) == []
    assert page.evaluate(FIND_CLOSE_LINKS) == []


def test_landmarks_have_names_of_their_own(page: Page) -> None:
    assert page.evaluate(FIND_UNNAMED) == []


def test_tab_goes_the_way_that_the_eye_goes_and_shows_where_it_is(page: Page) -> None:
    met, read, rings = tab_through(page)
    assert met == read
    assert len(rings) >= len(read)
    assert [ring for ring in rings if not is_shown(ring)] == []


@pytest.mark.parametrize("docname", RUNS)
def test_a_pager_is_read_out_without_its_gaps(
    browser: Browser, build_nearby: Callable[[str, str], Path], docname: str
) -> None:
    number, count, shown = RUNS[docname]
    expected = [f'link "Page {n} of {count}"' for n in shown]
    expected[shown.index(number)] += " [disabled]"
    expected += ['link "Newer posts"'] * (number > 1)
    expected += ['link "Older posts"'] * (number < count)
    with visit(browser, build_nearby("furo", "en"), docname) as page:
        assert read_links(page, PAGER) == expected
        current = page.locator(f"{PAGER} [aria-current=page]")
        assert current.text_content() == str(number)
        assert current.get_attribute("href") is None
        assert page.locator(f"{PAGER} li:not([aria-hidden])").count() == len(shown)


def read_links(page: Page, selector: str) -> list[str]:
    """Return the links of a landmark as they are read out, and whatever else is."""
    lines = page.locator(selector).aria_snapshot().splitlines()[1:]
    parts = [line.strip().removeprefix("- ").removesuffix(":") for line in lines]
    parts = [part for part in parts if part not in {"list", "listitem"}]
    return [p.split(": ")[0] for p in parts if not p.startswith(("/url", "text: "))]


def test_a_list_of_one_page_has_no_pager(
    browser: Browser, build_nearby: Callable[[str, str], Path]
) -> None:
    with visit(browser, build_nearby("furo", "en"), "tags/one") as page:
        assert page.locator(".leadposts-card").count() == 1
        assert page.locator(PAGER).count() == 0


def test_the_part_that_is_shown_is_no_link(
    browser: Browser, build_nearby: Callable[[str, str], Path]
) -> None:
    with visit(browser, build_nearby("furo", "en"), "posts/p7") as page:
        assert page.locator(".leadposts-series-parts > li").count() == 12
        assert page.locator(".leadposts-series-parts a").count() == 11
        assert page.locator(PART).text_content() == "Day 7 beside the river"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("theme", THEMES)
def test_sidebars_keep_to_their_place(
    browser: Browser,
    build_nearby: Callable[[str, str], Path],
    theme: str,
    scheme: str,
    width: int,
) -> None:
    folder = build_nearby(theme, "en")
    with visit_sidebars(browser, folder, theme, width, scheme) as page:
        assert len(page.evaluate("() => look.blocks()")) == len(SIDEBARS)
        assert page.evaluate(FIND_SCROLLING) == []
        assert page.evaluate(FIND_WIDER) == []
        assert page.evaluate(FIND_CLOSE_LINKS) == []
        assert page.evaluate(FIND_UNNAMED) == []
        assert find_pale_texts(page) == []
        met, read, rings = tab_through(page)
        assert met == read
        assert [ring for ring in rings if not is_shown(ring)] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_comes_before_stands_where_lines_begin(
    browser: Browser,
    build_nearby: Callable[[str, str], Path],
    theme: str,
    width: int,
    language: str,
) -> None:
    folder = build_nearby(theme, language)
    with visit(browser, folder, "blog/page/20", width) as page:
        assert find_misplaced(page, language) == []
        assert not find_disorder(page)
        for measure in (FIND_SCROLLING, FIND_JUTTING, FIND_WIDER, FIND_COVERED):
            assert page.evaluate(measure) == []
    with visit(browser, folder, "posts/p7", width) as page:
        assert find_misplaced(page, language) == []
        assert find_torn(page) == []
        assert not find_disorder(page)
        for measure in (FIND_SCROLLING, FIND_JUTTING, FIND_WIDER, FIND_COVERED):
            assert page.evaluate(measure) == []


#: Neighbouring links and numbers, the one that comes first in time or count before.
ROWS: Final = (
    (".leadposts-pager-newer", ".leadposts-pager-older"),
    (".leadposts-neighbour-prev > *", ".leadposts-neighbour-next > *"),
    (f"{PAGER} li:first-child", f"{PAGER} li:last-child"),
)
#: Links with a stroke that points away from the page, and where in them it stands.
STROKES: Final = (
    (".leadposts-pager-newer", "before"),
    (".leadposts-pager-older", "after"),
    (".leadposts-neighbour-prev > .leadposts-neighbour-word", "before"),
    (".leadposts-neighbour-next > .leadposts-neighbour-word", "after"),
)


#: Words before and after that do not begin, and end, where the column does.
FIND_MISALIGNED: Final = """() => look.all(".leadposts-neighbour-word")
  .filter((word) => {
    const range = document.createRange();
    range.selectNodeContents(word);
    const [own, column] = [range, word.parentElement]
      .map((e) => e.getBoundingClientRect());
    const isLeft = own.left - column.left < column.right - own.right;
    const isTurned = getComputedStyle(word).direction === "rtl";
    return isLeft === isTurned === word.parentElement.matches("[rel=prev]");
  }).map(look.name)"""

#: The link to older posts ends, but for its stroke, where the text of the page does.
FIND_LOOSE: Final = """() => look.all(".leadposts-pager-older").filter((link) => {
  const range = document.createRange();
  range.selectNodeContents(link);
  const [own, room] = [range, link.parentElement].map((e) => e.getBoundingClientRect());
  const isTurned = getComputedStyle(link).direction === "rtl";
  return (isTurned ? own.left - room.left : room.right - own.right) > 20;
}).map(look.name)"""


def find_misplaced(page: Page, language: str) -> list[str]:
    """Return what stands, or points, to the wrong side for the language."""
    is_turned = language == "ar"
    misplaced = []
    for first, second in ROWS:
        if not page.locator(first).count():
            continue
        boxes = [page.locator(name).first.bounding_box() for name in (first, second)]
        left, right = (box["x"] + box["width"] / 2 for box in boxes if box)
        if (left > right) is not is_turned:
            misplaced.append(first)
    misplaced += page.evaluate(FIND_MISALIGNED) + page.evaluate(FIND_LOOSE)
    for link, side in STROKES:
        if not page.locator(link).count():
            continue
        points_left = (side == "before") is not is_turned
        if see_stroke(page, link) is not points_left:
            misplaced.append(f"{link}::{side}")
    return misplaced


def see_stroke(page: Page, selector: str) -> bool:
    """Tell whether the stroke at a link, which loses its words, points to the left."""
    link = page.locator(selector)
    link.evaluate("(link) => { link.textContent = ''; link.style.fontSize = '80px'; }")
    grey = Image.open(io.BytesIO(link.screenshot())).convert("L")
    ground = grey.getpixel((0, 0))
    ink = grey.point([abs(value - ground) > 60 and 255 for value in range(256)])
    left, top, right, bottom = ink.getbbox()
    middle = ink.crop((left, (top + bottom) // 2 - 1, right, (top + bottom) // 2 + 1))
    begin, _, end, _ = middle.getbbox()
    return begin + end < right - left


def find_torn(page: Page) -> list[str]:
    """Return dates and titles that stand in pieces among the words beside them."""
    return page.evaluate("""() => look.all(
        ".leadposts-list > li > time, .leadposts-list-title")
      .filter((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const boxes = [...range.getClientRects()];
        const row = boxes.filter((box) => Math.abs(box.top - boxes[0].top) < 4);
        const width = row.reduce((sum, box) => sum + box.width, 0);
        const left = Math.min(...row.map((box) => box.left));
        const right = Math.max(...row.map((box) => box.right));
        return right - left > width + 1;
      }).map(look.name)""")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_current_place_is_told_in_the_colours_of_the_reader(
    browser: Browser, build_nearby: Callable[[str, str], Path], theme: str, scheme: str
) -> None:
    folder = build_nearby(theme, "en")
    for docname, place in (("blog/page/20", PLACE), ("posts/p7", PART)):
        with visit(
            browser, folder, docname, scheme=scheme, forced_colors="active"
        ) as page:
            assert page.locator(place).count() == 1
            assert page.evaluate(FIND_LOST_PLACES, place) == []


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_moves_for_those_who_do_not_want_it(
    browser: Browser, build_nearby: Callable[[str, str], Path], theme: str
) -> None:
    folder = build_nearby(theme, "en")
    with visit(browser, folder, "posts/p7", 1280) as page:
        assert find_moving(page) == []
    with visit(
        browser, folder, "posts/p7", 1280, reduced_motion="no-preference"
    ) as page:
        # The measurement sees what moves, where something may.
        page.add_style_tag(
            content=".leadposts-neighbour { transition: transform 1s }"
            ".leadposts-neighbour:hover { transform: scale(1.1) }"
        )
        assert find_moving(page) != []


def find_moving(page: Page) -> list[str]:
    """Return what moves when the mouse comes to a card or a link of ours."""
    moving = []
    for element in page.locator(f".leadposts-related .sd-card, {NEIGHBOURS} a").all():
        before = element.bounding_box()
        element.hover()
        page.wait_for_timeout(100)
        if element.bounding_box() != before:
            moving.append(element.inner_text())
    return moving


#: A measurement, the page, and a style that spoils what it is for.
SPOILED: Final[dict[str, tuple[Any, str, str]]] = {
    "scrolling": (FIND_SCROLLING, "posts/p7", f"{NEIGHBOURS} {{ width: 120vw }}"),
    "jutting": (FIND_JUTTING, "posts/p7", f"{NEIGHBOURS} {{ margin-left: -5rem }}"),
    "unbroken neighbour": (
        FIND_WIDER,
        "posts/p25",
        ".leadposts-neighbour, article { overflow-wrap: normal !important }",
    ),
    "unbroken part": (
        FIND_WIDER,
        "posts/p7",
        ".leadposts-series { overflow-wrap: normal !important; white-space: nowrap }",
    ),
    "pager in one line": (
        FIND_WIDER,
        "blog/page/20",
        f"{PAGER} {{ gap: 20rem !important }}",
    ),
    "covered part": (
        FIND_COVERED,
        "posts/p7",
        ".leadposts-series-parts > li { margin: 0 0 -0.7rem !important }",
    ),
    "covered neighbour": (
        FIND_COVERED,
        "posts/p25",
        f"{NEIGHBOURS} > a {{ grid-area: 1 / 1 / 2 / 3 !important }}",
    ),
    "covered card": (FIND_OVERLAPS, "posts/p7", ".sd-col { margin-top: -3rem }"),
    "crowded": (FIND_CROWDED, "posts/p7", ".leadposts-related { margin: 0 }"),
    "pale page": (find_pale_texts, "blog/index", f"{PAGER} {{ opacity: 0.5 }}"),
    "pale word": (
        find_pale_texts,
        "posts/p7",
        ".leadposts-neighbour-word { color: #999 !important }",
    ),
    "small number": (
        find_small_places,
        "blog/page/20",
        f"{PAGER} li > a {{ min-width: 2rem !important }}",
    ),
    "low link": (
        find_small_places,
        "blog/page/20",
        ".leadposts-pager-older { padding: 0.3rem 0 !important }",
    ),
    "close parts": (
        FIND_CLOSE_LINKS,
        "posts/p7",
        ".leadposts-series-parts > li { margin: 0; line-height: 1.2 }",
    ),
    "close related posts": (
        FIND_CLOSE_LINKS,
        "posts/p7",
        ".leadposts-related li { margin: 0 !important; line-height: 1.2 }",
    ),
    "low tag": (
        FIND_CLOSE_LINKS,
        "posts/p40",
        ".leadposts-tag { padding: 0 !important; border: 0 !important }",
    ),
    "another order": (
        find_disorder,
        "blog/page/20",
        f"{PAGER} > ul {{ grid-row: 2 }}",
    ),
    "box upside down": (
        find_disorder,
        "posts/p7",
        ".leadposts-series { display: flex; flex-direction: column-reverse }",
    ),
    "no ring": (
        find_hidden_rings,
        "blog/index",
        "a:focus { outline: none !important }",
    ),
    "pale ring": (
        find_hidden_rings,
        "posts/p7",
        ":focus { outline-color: #eee !important }",
    ),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_broken_style_is_noticed(
    browser: Browser, build_nearby: Callable[[str, str], Path], what: str
) -> None:
    find, docname, style = SPOILED[what]

    def measure(page: Page) -> Any:
        return find(page) if callable(find) else page.evaluate(find)

    with visit(browser, build_nearby("furo", "en"), docname) as page:
        assert not measure(page)
        page.add_style_tag(content=style)
        assert measure(page)


#: A measurement, the page, and what is done to its elements.
SPOILED_MARKUP: Final[dict[str, tuple[Any, str, str, str]]] = {
    "no name": (FIND_UNNAMED, "posts/p7", NEIGHBOURS, "e.ariaLabel = ''"),
    "two names": (
        FIND_UNNAMED,
        "blog/index",
        PAGER,
        "e.insertAdjacentHTML('afterend', '<nav aria-label=pages></nav>')",
    ),
    "no key": (find_disorder, "posts/p7", f"{NEIGHBOURS} a", "e.tabIndex = -1"),
    "key twice": (
        find_disorder,
        "blog/index",
        f"{PAGER} a",
        "e.addEventListener('focus', () => met.push(e))",
    ),
    "jump": (find_disorder, "blog/page/20", f"{PAGER} a", "e.tabIndex = 1"),
}


@pytest.mark.parametrize("what", SPOILED_MARKUP)
def test_broken_markup_is_noticed(
    browser: Browser, build_nearby: Callable[[str, str], Path], what: str
) -> None:
    find, docname, selector, spoil = SPOILED_MARKUP[what]
    with visit(browser, build_nearby("furo", "en"), docname) as page:
        page.eval_on_selector(selector, f"(e) => {{ {spoil} }}")
        assert find(page) if callable(find) else page.evaluate(find)


@pytest.mark.parametrize(
    ("selector", "spoil"),
    [
        ("li[aria-hidden]", "e.removeAttribute('aria-hidden')"),
        ("li[aria-hidden]", "e.outerHTML = '<li><a href=#>…</a></li>'"),
        (PLACE, "e.removeAttribute('aria-label')"),
        (PLACE, "e.setAttribute('href', '#')"),
    ],
)
def test_a_pager_that_says_too_much_is_noticed(
    browser: Browser,
    build_nearby: Callable[[str, str], Path],
    selector: str,
    spoil: str,
) -> None:
    with visit(browser, build_nearby("furo", "en"), "blog/page/20") as page:
        before = read_links(page, PAGER), page.locator(f"{PAGER} [href]").count()
        page.eval_on_selector(f"{PAGER} {selector}", f"(e) => {{ {spoil} }}")
        after = read_links(page, PAGER), page.locator(f"{PAGER} [href]").count()
        assert after != before


@pytest.mark.parametrize(
    ("find", "style"),
    [
        (FIND_SCROLLING, f"{SIDEBAR} {{ width: 150% }}"),
        (FIND_WIDER, f"{SIDEBAR} {{ overflow-wrap: normal !important }}"),
        (FIND_WIDER, f"{SIDEBAR} li {{ margin-right: -3px; width: 110% }}"),
        (FIND_CLOSE_LINKS, f"{SIDEBAR} li {{ margin: 0 !important }}"),
        (find_pale_texts, ".leadposts-archive-count { color: #999 !important }"),
        (find_hidden_rings, f"{SIDEBAR} a {{ outline: none !important }}"),
    ],
)
def test_a_broken_sidebar_is_noticed(
    browser: Browser,
    build_nearby: Callable[[str, str], Path],
    find: Any,
    style: str,
) -> None:
    folder = build_nearby("furo", "en")
    with visit_sidebars(browser, folder, "furo") as page:
        page.add_style_tag(content=style)
        assert find(page) if callable(find) else page.evaluate(find)


@pytest.mark.parametrize(
    ("docname", "style"),
    [
        ("blog/page/20", f"{PAGER} {{ direction: ltr }}"),
        ("blog/page/20", ".leadposts-pager-older::after { content: '→' !important }"),
        ("posts/p7", f"{NEIGHBOURS} > a {{ grid-column: 1 !important; float: left }}"),
        ("blog/page/20", ".leadposts-pager-older { width: 12rem }"),
        ("posts/p7", ".leadposts-neighbour-next { text-align: right }"),
    ],
)
def test_a_page_that_is_not_turned_is_noticed(
    browser: Browser,
    build_nearby: Callable[[str, str], Path],
    docname: str,
    style: str,
) -> None:
    with visit(browser, build_nearby("furo", "ar"), docname, 1280) as page:
        page.add_style_tag(content=style)
        assert find_misplaced(page, "ar") != []


def test_a_torn_date_is_noticed(
    browser: Browser, build_nearby: Callable[[str, str], Path]
) -> None:
    with visit(browser, build_nearby("furo", "ar"), "posts/p7", 1280) as page:
        page.add_style_tag(content=".leadposts-list * { unicode-bidi: normal }")
        page.add_style_tag(
            content=".leadposts-list-title, .leadposts-date "
            "{ unicode-bidi: normal !important }"
        )
        assert find_torn(page) != []


def test_a_place_that_only_a_shadow_shows_is_noticed(
    browser: Browser, build_nearby: Callable[[str, str], Path]
) -> None:
    folder = build_nearby("furo", "en")
    with visit(browser, folder, "blog/page/20", forced_colors="active") as page:
        page.add_style_tag(
            content=f"{PLACE} {{ outline: 0; box-shadow: inset 0 0 0 1px red }}"
        )
        assert page.evaluate(FIND_LOST_PLACES, PLACE) != []
