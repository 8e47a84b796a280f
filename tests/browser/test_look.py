"""The look in Chromium: nothing juts out, all is legible, all can be reached.

Every test runs on each page, under each theme, wide and narrow, light and dark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.browser.measures import (
    FIND_DEAD_POINTS,
    FIND_JUTTING,
    FIND_OVERLAPS,
    FIND_PICTURES,
    FIND_SCROLLING,
    FIND_TEXTS,
    MEASURE_RING,
)
from tests.browser.views import HEIGHT, View, list_views, open_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DOCNAMES: Final = (
    "index",
    "posts/usual",
    "posts/wide",
    "posts/small",
    "tags/river",
    "tags/index",
    "blog/index",
    "blog/page/2",
    "blocks",
    "guide",
    "posts/last",
)
WITHOUT_CARDS: Final = {
    "posts/usual",
    "posts/small",
    "posts/last",
    "tags/index",
    "guide",
}
WITHOUT_PICTURES: Final = {"tags/index", "guide"}
VIEWS: Final = list_views(DOCNAMES)

#: All links of ours.
LINKS: Final = ", ".join(
    f".leadposts-{place} a"
    for place in (
        "card-title",
        "card-tags",
        "header-tags",
        "tags",
        "list",
        "pager",
        "further-reading",
        "further-reading-sentence",
        "call-to-action",
    )
)
SIDES: Final = ("Top", "Right", "Bottom", "Left")
CORNERS: Final = ("TopLeft", "TopRight", "BottomLeft", "BottomRight")
CARD_STYLE: Final = (
    *(f"border{side}{what}" for side in SIDES for what in ("Width", "Style", "Color")),
    *(f"border{corner}Radius" for corner in CORNERS),
    *(f"padding{side}" for side in SIDES),
    "boxShadow",
    "backgroundColor",
    "color",
)
BODY_STYLE: Final = tuple(f"padding{side}" for side in SIDES)

READ_STYLES: Final = """([selector, ofCard, ofBody]) => {
  const read = (element, names) => {
    const style = getComputedStyle(element);
    return Object.fromEntries(names.map((name) => [name, style[name]]));
  };
  return look.all(selector).map((card) => ({
    name: look.name(card),
    card: read(card, ofCard),
    body: read(card.querySelector(".sd-card-body"), ofBody),
  }));
}"""


@pytest.fixture(scope="module", params=VIEWS, ids=str)
def view(request: pytest.FixtureRequest) -> View:
    """Return how the page is looked at."""
    return request.param


@pytest.fixture(scope="session")
def by_hand(
    browser: Browser, build_theme: Callable[[str], Path]
) -> Callable[[View], dict[str, Any]]:
    """Return a function that reads, once, the style of a card written by hand."""
    known: dict[tuple[str, str, int], dict[str, Any]] = {}

    def read(view: View) -> dict[str, Any]:
        key = (view.theme, view.scheme, view.width)
        if key not in known:
            page = browser.new_page(
                viewport={"width": view.width, "height": HEIGHT},
                color_scheme=view.scheme,
            )
            open_page(page, build_theme(view.theme), "index")
            (known[key],) = read_styles(page, ".by-hand")
            page.close()
        return known[key]

    return read


def read_styles(page: Page, selector: str) -> list[dict[str, Any]]:
    """Return what makes the look of the cards that match ``selector``."""
    return page.evaluate(READ_STYLES, [selector, CARD_STYLE, BODY_STYLE])


def test_dark_is_dark_and_light_is_light(view: View, page: Page) -> None:
    light = page.evaluate("() => look.measureLight(look.findGround(document.body))")
    assert light < 0.05 if view.scheme == "dark" else light > 0.8


def test_nothing_scrolls_sideways(page: Page) -> None:
    assert page.evaluate(FIND_SCROLLING) == []


def test_nothing_juts_out(page: Page) -> None:
    assert page.evaluate(FIND_JUTTING) == []


def test_no_picture_is_drawn_larger_than_it_is(view: View, page: Page) -> None:
    pictures = page.evaluate(FIND_PICTURES)
    assert bool(pictures) == (view.docname not in WITHOUT_PICTURES)
    assert [p for p in pictures if p["width"] > p["ownWidth"]] == []
    assert [p for p in pictures if p["scale"] > 1.001] == []
    assert [p for p in pictures if not p["isWhole"]] == []


def test_all_text_is_legible(page: Page) -> None:
    texts = page.evaluate(FIND_TEXTS)
    assert texts
    assert [text for text in texts if text["contrast"] < 4.5] == []


def test_cards_look_like_those_of_sphinx_design(
    view: View, page: Page, by_hand: Callable[[View], dict[str, Any]]
) -> None:
    expected = by_hand(view)
    cards = read_styles(page, ".leadposts-card")
    assert bool(cards) == (view.docname not in WITHOUT_CARDS)
    for card in cards:
        assert card["card"] == expected["card"], card["name"]
        assert card["body"] == expected["body"], card["name"]


def test_cards_do_not_overlap(page: Page) -> None:
    assert page.evaluate(FIND_OVERLAPS) == []


def test_a_card_is_clickable_all_over_and_its_tags_on_their_own(page: Page) -> None:
    assert page.evaluate(FIND_DEAD_POINTS) == []


def test_the_keyboard_shows_where_it_is(page: Page) -> None:
    page.keyboard.press("Tab")  # from now on the focus is shown
    links = page.query_selector_all(LINKS)
    assert links
    for link in links:
        link.focus()
        ring = link.evaluate(MEASURE_RING)
        assert ring["isFocused"], ring
        assert ring["style"] != "none", ring
        assert ring["width"] >= 1, ring
        assert ring["contrast"] >= 3, ring
    page.evaluate("() => document.activeElement.blur()")
