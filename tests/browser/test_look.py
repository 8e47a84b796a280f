"""The look in Chromium: nothing juts out, all is legible, all can be reached.

Every test runs on each page, under each theme, wide and narrow, light and dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

THEMES: Final = ("furo", "pydata_sphinx_theme")
SCHEMES: Final = ("light", "dark")
WIDTHS: Final = (1280, 390)
#: High enough for the tallest card, which must not lie below a theme's fixed bars.
HEIGHT: Final = 1400
DOCNAMES: Final = (
    "index",
    "posts/usual",
    "posts/wide",
    "posts/small",
    "tags/river",
    "tags/index",
    "blog/index",
    "blog/page/2",
)
WITHOUT_CARDS: Final = {"posts/usual", "posts/small", "tags/index"}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a page is looked at."""

    theme: str
    scheme: str
    width: int
    docname: str

    def __str__(self) -> str:
        return f"{self.theme}-{self.scheme}-{self.width}-{self.docname}"


VIEWS: Final = [
    View(theme=theme, scheme=scheme, width=width, docname=docname)
    for theme, scheme, width, docname in product(THEMES, SCHEMES, WIDTHS, DOCNAMES)
]

#: What the measurements share. A colour is painted, to learn what any notation means.
TOOLS: Final = """() => {
  const paper = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const known = new Map();
  const look = {};

  look.paint = (color) => {
    if (!known.has(color)) {
      if (!CSS.supports("color", color)) throw new Error("no colour: " + color);
      paper.clearRect(0, 0, 1, 1);
      paper.fillStyle = color;
      paper.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paper.getImageData(0, 0, 1, 1).data;
      known.set(color, [r, g, b, a / 255]);
    }
    return known.get(color);
  };

  look.cover = ([r, g, b, a], below) =>
    [r, g, b].map((value, i) => value * a + below[i] * (1 - a));

  look.findGround = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const layer = look.paint(getComputedStyle(e).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    const lay = (ground, layer) => look.cover(layer, ground);
    return layers.reverse().reduce(lay, [255, 255, 255]);
  };

  look.measureLight = (color) => {
    const [r, g, b] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  look.compare = (one, other) => {
    const lights = [look.measureLight(one), look.measureLight(other)];
    return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
  };

  look.contrast = (element, property) => {
    const ground = look.findGround(element);
    const [r, g, b, alpha] = look.paint(getComputedStyle(element)[property]);
    let a = alpha;
    for (let e = element; e; e = e.parentElement) a *= getComputedStyle(e).opacity;
    return look.compare(look.cover([r, g, b, a], ground), ground);
  };

  look.name = (element) => {
    const text = (element.textContent || element.getAttribute("src") || "").trim();
    return `${element.localName}.${element.className} "${text.slice(0, 30)}"`;
  };

  look.isSeen = (element) =>
    element.checkVisibility({visibilityProperty: true}) &&
    element.getClientRects().length > 0;

  look.all = (selector) => [...document.querySelectorAll(selector)].filter(look.isSeen);
  window.look = look;
}"""

WAIT_FOR_PICTURES: Final = """() =>
  Promise.all([...document.images].map((image) => image.decode()))"""

FIND_TEXTS: Final = """() => look.all("[class*='leadposts-'], [class*='leadposts-'] *")
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((e) => ({name: look.name(e), contrast: look.contrast(e, "color")}))"""

#: The page, and what a theme lets scroll inside of it, which the page does not notice.
FIND_SCROLLING: Final = """() => {
  const boxes = new Set([document.scrollingElement]);
  for (const element of look.all("[class*='leadposts-']")) {
    for (let e = element.parentElement; e; e = e.parentElement) {
      const isOpen = getComputedStyle(e).overflowX === "visible";
      if (!isOpen && !e.matches(".sd-cards-carousel")) boxes.add(e);
    }
  }
  return [...boxes].filter((e) => e.scrollWidth > e.clientWidth)
    .map((e) => `${e.localName}.${e.className} ${e.scrollWidth} > ${e.clientWidth}`);
}"""

#: ``scale`` is how much larger than it is a picture is drawn.
FIND_PICTURES: Final = """() => look.all("img[class*='leadposts-']").map((image) => {
  const {width, height} = image.getBoundingClientRect();
  const scales = [width / image.naturalWidth, height / image.naturalHeight];
  const isCut = getComputedStyle(image).objectFit === "cover";
  return {
    name: look.name(image),
    width,
    naturalWidth: image.naturalWidth,
    scale: isCut ? Math.max(...scales) : scales[0],
    isWhole: Math.abs(scales[0] / scales[1] - 1) < 0.02 || isCut,
  };
})"""

#: What reaches beyond the box that holds it; what a carousel hides may do so.
FIND_JUTTING: Final = """() => {
  const edge = document.scrollingElement.clientWidth;
  const jutting = [];
  for (const element of look.all("[class*='leadposts-'], [class*='leadposts-'] *")) {
    const card = element.closest(".leadposts-card");
    const box = element.getBoundingClientRect();
    const inner = card && card !== element ? card.getBoundingClientRect() : null;
    if (inner && (box.left < inner.left - 0.5 || box.right > inner.right + 0.5)) {
      jutting.push(look.name(element));
    }
    if (!element.closest(".sd-cards-carousel") &&
        (box.left < -0.5 || box.right > edge + 0.5)) {
      jutting.push(look.name(element));
    }
    const words = document.createRange();
    words.selectNodeContents(element);
    if (inner && words.getBoundingClientRect().right > inner.right + 0.5) {
      jutting.push("text of " + look.name(element));
    }
  }
  return jutting;
}"""

FIND_OVERLAPS: Final = """() => {
  const cards = look.all(".sd-card").map((e) => [e, e.getBoundingClientRect()]);
  const overlaps = [];
  for (const [i, [one, a]] of cards.entries()) {
    for (const [other, b] of cards.slice(i + 1)) {
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 0.5 && height > 0.5) {
        overlaps.push([look.name(one), look.name(other)]);
      }
    }
  }
  return overlaps;
}"""

#: A net of points over each card: on a tag the tag must answer, elsewhere the title.
FIND_DEAD_POINTS: Final = """() => {
  const dead = [];
  for (const card of look.all(".leadposts-card")) {
    const titles = card.querySelectorAll("a:not(.leadposts-tag)");
    if (titles.length !== 1 || !titles[0].closest(".leadposts-card-title")) {
      dead.push(`${look.name(card)} has ${titles.length} links beside its tags`);
      continue;
    }
    card.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
    const tags = [...card.querySelectorAll("a.leadposts-tag")];
    const box = card.getBoundingClientRect();
    const points = [];
    for (const x of [0.3, 0.5, 0.7]) {
      for (const y of [0.02, 0.25, 0.5, 0.75, 0.98]) {
        points.push([box.left + box.width * x, box.top + box.height * y]);
      }
    }
    points.push([box.left + 6, box.bottom - 6], [box.right - 6, box.top + 6]);
    for (const tag of tags) {
      const {left, top, width, height} = tag.getBoundingClientRect();
      points.push([left + width / 2, top + height / 2]);
    }
    const holds = (e, [x, y], slack) => [e.getBoundingClientRect()].some((r) =>
      x > r.left + slack && x < r.right - slack &&
      y > r.top + slack && y < r.bottom - slack);
    for (const point of points) {
      // At the rim of a tag, rounded as it is, either may answer.
      const tag = tags.find((t) => holds(t, point, -1));
      if (tag && !holds(tag, point, 4)) continue;
      const found = document.elementFromPoint(...point)?.closest("a");
      if (found !== (tag ?? titles[0])) {
        const answer = found ? look.name(found) : "no link";
        dead.push(`${look.name(card)} at ${point}: ${answer}`);
      }
    }
  }
  return dead;
}"""

MEASURE_RING: Final = """(link) => {
  const card = link.closest(".leadposts-card");
  const bearer = link.matches(".leadposts-card-title > a") ? card : link;
  const style = getComputedStyle(bearer);
  const outside = bearer.parentElement;
  return {
    name: look.name(link),
    isFocused: link.matches(":focus-visible"),
    style: style.outlineStyle,
    width: parseFloat(style.outlineWidth),
    contrast: look.compare(
      look.cover(look.paint(style.outlineColor), look.findGround(outside)),
      look.findGround(outside),
    ),
  };
}"""

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


def open_page(page: Page, folder: Path, docname: str) -> None:
    """Show a page of a site, with all its pictures."""
    page.goto((folder / f"{docname}.html").as_uri())
    page.evaluate(TOOLS)
    page.evaluate(WAIT_FOR_PICTURES)


@pytest.fixture(scope="module", params=VIEWS, ids=str)
def view(request: pytest.FixtureRequest) -> View:
    """Return how the page is looked at."""
    return request.param


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
    page.route("http*://**", lambda route: route.abort())
    open_page(page, build_theme(view.theme), view.docname)
    yield page
    page.close()


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
    assert bool(pictures) == (view.docname != "tags/index")
    assert [p for p in pictures if p["width"] > p["naturalWidth"]] == []
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
    selector = ".leadposts-card-title > a, a.leadposts-tag, .leadposts-pager > a"
    links = page.query_selector_all(selector)
    assert links
    for link in links:
        link.focus()
        ring = link.evaluate(MEASURE_RING)
        assert ring["isFocused"], ring
        assert ring["style"] != "none", ring
        assert ring["width"] >= 1, ring
        assert ring["contrast"] >= 3, ring
    page.evaluate("() => document.activeElement.blur()")
