"""The blocks that lead on: further reading, posts of a guide, calls to action.

Each measurement is also held against a page that was broken on purpose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.browser.measures import (
    FIND_COVERED,
    FIND_CROWDED,
    FIND_JUTTING,
    FIND_MARKED,
    FIND_MISPLACED_HEADINGS,
    FIND_OUT_OF_LINE,
    FIND_PICTURES,
    FIND_SCROLLING,
    FIND_SMALL_TARGETS,
    FIND_TEXTS,
    FIND_WIDER,
    MEASURE_RING,
)
from tests.browser.views import HEIGHT, View, list_views, open_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: Pages with blocks, and how many stand there.
BLOCKS: Final = {
    "blocks": 11,
    "guide": 1,
    "posts/last": 1,
    "posts/small": 2,
    "posts/wide": 3,
    "tags/river": 1,
}
BUTTON: Final = ".leadposts-call-to-action .sd-btn"


@pytest.fixture(scope="module", params=list_views(BLOCKS), ids=str)
def view(request: pytest.FixtureRequest) -> View:
    """Return how the page is looked at."""
    return request.param


def test_the_blocks_are_there(view: View, page: Page) -> None:
    assert len(page.evaluate("() => look.blocks()")) == BLOCKS[view.docname]


def test_nothing_is_wider_than_what_holds_it(page: Page) -> None:
    assert page.evaluate(FIND_WIDER) == []


def test_nothing_lies_upon_anything_else(page: Page) -> None:
    assert page.evaluate(FIND_COVERED) == []


def test_cards_stand_in_line_with_the_text(page: Page) -> None:
    assert page.evaluate(FIND_OUT_OF_LINE) == []


def test_blocks_keep_their_distance(page: Page) -> None:
    assert page.evaluate(FIND_CROWDED) == []


def test_headings_come_in_order_and_titles_of_blocks_are_none(page: Page) -> None:
    assert page.evaluate(FIND_MISPLACED_HEADINGS) == []


def test_a_finger_meets_one_link_at_a_time(page: Page) -> None:
    assert page.evaluate(FIND_SMALL_TARGETS) == []


def test_a_sentence_that_leads_to_a_guide_looks_like_any_other(page: Page) -> None:
    assert page.evaluate(FIND_MARKED) == []


def test_tab_comes_to_each_button_and_shows_it(page: Page) -> None:
    assert [ring for ring in tab_to_buttons(page) if not is_shown(ring)] == []


def tab_to_buttons(page: Page) -> list[dict[str, Any]]:
    """Go through the page with the Tab key, and return the ring of each button."""
    buttons = page.query_selector_all(BUTTON)
    page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }")
    rings = []
    for _ in range(400 if buttons else 0):
        page.keyboard.press("Tab")
        at_button = f"() => document.activeElement.matches('{BUTTON}')"
        if page.evaluate(at_button):
            rings.append(
                page.evaluate(f"() => ({MEASURE_RING})(document.activeElement)")
            )
        if len(rings) == len(buttons):
            break
    assert len(rings) == len(buttons)
    return rings


def is_shown(ring: dict[str, Any]) -> bool:
    """Tell whether the ring around a link can be seen."""
    return (
        ring["isFocused"]
        and ring["style"] != "none"
        and ring["width"] >= 1
        and ring["contrast"] >= 3
    )


def find_pale_texts(page: Page) -> list[Any]:
    return [text for text in page.evaluate(FIND_TEXTS) if text["contrast"] < 4.5]


def find_blown_up_pictures(page: Page) -> list[Any]:
    return [p for p in page.evaluate(FIND_PICTURES) if p["scale"] > 1.001]


def find_hidden_rings(page: Page) -> list[Any]:
    return [ring for ring in tab_to_buttons(page) if not is_shown(ring)]


#: A measurement, and a style that spoils what it is for.
SPOILED: Final = {
    "scrolling": (FIND_SCROLLING, ".leadposts-call-to-action { width: 120vw }"),
    "jutting": (FIND_JUTTING, ".leadposts-call-to-action { margin-left: -5rem }"),
    "wider button": (FIND_WIDER, f"{BUTTON} {{ white-space: nowrap !important }}"),
    "wider word": (
        FIND_WIDER,
        ".sd-card * { overflow-wrap: normal !important }",
    ),
    "wider block": (FIND_WIDER, ".leadposts-guide-posts { margin: 0 -4px }"),
    "covered text": (FIND_COVERED, ".leadposts-list > li { margin-bottom: -1rem }"),
    "covered button": (FIND_COVERED, f"{BUTTON} {{ margin-top: -3rem }}"),
    "covered block": (FIND_COVERED, ".leadposts-call-to-action { margin: -2rem 0 }"),
    "out of line": (FIND_OUT_OF_LINE, ".leadposts-grid { padding: 0 9px !important }"),
    "crowded": (FIND_CROWDED, ".leadposts-guide-posts { margin: 0 }"),
    "small button": (
        FIND_SMALL_TARGETS,
        f"{BUTTON} {{ padding: 0; font-size: 14px; line-height: 1 }}",
    ),
    "close links": (FIND_SMALL_TARGETS, ".leadposts-list { line-height: 1 }"),
    "pale button": (find_pale_texts, f"{BUTTON} {{ color: #8af !important }}"),
    "pale text": (find_pale_texts, ".leadposts-call-to-action > p { opacity: 0.5 }"),
    "pale date": (find_pale_texts, ".leadposts-date { color: #999 !important }"),
    "blown up picture": (
        find_blown_up_pictures,
        ".leadposts-card-image { max-width: 100% !important }",
    ),
    "no ring": (find_hidden_rings, f"{BUTTON} {{ outline: none !important }}"),
    "pale ring": (find_hidden_rings, f"{BUTTON} {{ outline-color: #eee !important }}"),
}


@pytest.fixture
def light_page(browser: Browser, build_theme: Callable[[str], Path]) -> Iterator[Page]:
    """Return the page with all blocks, narrow, to be broken."""
    page = browser.new_page(
        viewport={"width": 390, "height": HEIGHT}, reduced_motion="reduce"
    )
    open_page(page, build_theme("furo"), "blocks")
    yield page
    page.close()


def test_long_words_break_where_the_theme_does_not_break_them(light_page: Page) -> None:
    # Furo has its rule on the article, alabaster has none.
    light_page.add_style_tag(content="body, article { overflow-wrap: normal }")
    assert light_page.evaluate(FIND_WIDER) == []


@pytest.mark.parametrize("what", SPOILED)
def test_a_broken_style_is_noticed(light_page: Page, what: str) -> None:
    find, style = SPOILED[what]
    light_page.add_style_tag(content=style)
    found = find(light_page) if callable(find) else light_page.evaluate(find)
    assert found != []


@pytest.mark.parametrize(
    ("element", "instead"),
    [
        (".leadposts-card-title", "<h6 class=leadposts-card-title>Deep</h6>"),
        (".leadposts-further-reading-title", "<h3 class=leadposts-title>Title</h3>"),
        ("h2", "<h1>Another</h1>"),
    ],
)
def test_a_misplaced_heading_is_noticed(
    light_page: Page, element: str, instead: str
) -> None:
    light_page.eval_on_selector(
        element, "(e, instead) => { e.outerHTML = instead; }", instead
    )
    assert light_page.evaluate(FIND_MISPLACED_HEADINGS) != []


def test_a_marked_sentence_is_noticed(
    light_page: Page, build_theme: Callable[[str], Path]
) -> None:
    open_page(light_page, build_theme("furo"), "posts/last")
    assert len(light_page.query_selector_all(".leadposts-guide-sentence")) == 2
    light_page.add_style_tag(content=".leadposts-guide-sentence { color: #123 }")
    assert light_page.evaluate(FIND_MARKED) != []
