"""What a browser loads: small files that are sharp, early, and move nothing.

Each measurement is also held against a page that was broken on purpose.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image

from tests.browser.picture_site import (
    BLUE,
    GREEN,
    ODD,
    PHOTOS,
    RED,
    SAVED,
    write_picture_site,
)
from tests.web import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

THEMES: Final = ("furo", "pydata_sphinx_theme")
#: Widths of windows, and how many pixels of the screen are one of CSS.
SCREENS: Final = ((390, 2), (1280, 1))
DOCNAMES: Final = ("posts/photo-0", "posts/icon", "tags/photo", "tags/odd", "index")
LATE: Final = 0.2

SEE_ALL: Final = """async () => {
  const pictures = [...document.querySelectorAll("img[class*='leadposts-']")];
  for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
    scrollTo({top: y, behavior: "instant"});
    await new Promise((done) => setTimeout(done, 30));
  }
  await Promise.all(pictures.map((picture) => picture.decode()));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
  scrollTo({top: 0, behavior: "instant"});
}"""

#: What moves in the text of a page; the bars of a theme are its own affair.
WATCH_SHIFTS: Final = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const {value, sources} of list.getEntries()) {
    const moved = sources.map(({node}) => node)
      .filter((node) => !node || (node.parentElement ?? node).closest("section"))
      .map((node) => node?.className || node?.nodeName);
    if (moved.length) window.shifts.push([value, moved]);
  }
}).observe({type: "layout-shift", buffered: true});"""

FIND_LOADED: Final = """() => [...document.querySelectorAll(
  "img[class*='leadposts-']")].map((image) => image.currentSrc)"""

#: ``scale`` is how much larger than its file a picture is drawn, the attribute
#: ``width`` being that of the original.
FIND_SCALES: Final = """() => Promise.all([...document.querySelectorAll(
  "img[class*='leadposts-']")].map(async (image) => {
    const file = await (await fetch(image.currentSrc)).blob();
    const bitmap = await createImageBitmap(file);
    const {width, height} = image.getBoundingClientRect();
    const scales = [width / bitmap.width, height / bitmap.height];
    const isCut = getComputedStyle(image).objectFit === "cover";
    return {
      name: image.currentSrc,
      width,
      scale: isCut ? Math.max(...scales) : scales[0],
    };
  }))"""

#: What ``sizes`` say of each picture, once without ``auto``, and how wide it is. The
#: browser tells by what it takes for the natural width of the file that it chose.
FIND_SIZES: Final = """async () => {
  const pictures = [...document.querySelectorAll("img[class*='leadposts-'][sizes]")];
  const measure = async (image) => {
    await image.decode();
    const {width} = image.getBoundingClientRect();
    const sets = [...image.parentElement.querySelectorAll("source"), image];
    const all = sets.flatMap((element) => element.srcset.split(", "))
      .map((candidate) => candidate.split(" "));
    const name = new URL(image.currentSrc).pathname.split("/").pop();
    const [, across] = all.find(([uri]) => uri.endsWith("/" + name) || uri === name);
    const file = await (await fetch(image.currentSrc)).blob();
    const bitmap = await createImageBitmap(file);
    const said = image.naturalWidth * parseInt(across) / bitmap.width;
    return {name, width, said, isLazy: image.loading === "lazy"};
  };
  const found = [];
  for (const image of pictures) found.push(await measure(image));
  for (const image of pictures.filter(({loading}) => loading === "lazy")) {
    image.loading = "eager";
    for (const element of [...image.parentElement.querySelectorAll("source"), image]) {
      element.sizes = element.sizes.replace(/^auto, /, "");
    }
    found.push(await measure(image));
  }
  return found;
}"""

#: Frames of pictures in one row of a grid that are not alike.
FIND_UNEVEN: Final = """() => {
  const uneven = [];
  for (const grid of document.querySelectorAll(".leadposts-grid")) {
    const rows = new Map();
    for (const frame of grid.querySelectorAll(".leadposts-card-frame")) {
      const top = Math.round(frame.closest(".sd-col").getBoundingClientRect().top);
      const {width, height, top: own} = frame.getBoundingClientRect();
      const seen = [width, height, own - top].map((value) => Math.round(value));
      rows.set(top, [...(rows.get(top) ?? []), seen.join()]);
    }
    for (const row of rows.values()) if (new Set(row).size > 1) uneven.push(row);
  }
  return uneven;
}"""


@pytest.fixture(scope="session")
def picture_sites(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that builds the site under a theme, once, and says where."""
    root = tmp_path_factory.mktemp("pictures")
    built: dict[str, Path] = {}

    def build(theme: str) -> Path:
        if theme not in built:
            built[theme] = write_picture_site(root, theme).build().out
        return built[theme]

    return build


@pytest.fixture(params=THEMES)
def folder(
    request: pytest.FixtureRequest, picture_sites: Callable[[str], Path]
) -> Path:
    """Return the site under a theme."""
    return picture_sites(request.param)


@contextmanager
def visit(
    browser: Browser,
    folder: Path,
    docname: str,
    screen: tuple[int, int] = (1280, 1),
    *,
    delay: float = 0,
    spoil: Callable[[str], str] | None = None,
) -> Iterator[tuple[Page, list[str]]]:
    """Show a page, down to its end; give it, and the pictures in order of request.

    :param spoil: changes the HTML of the page on its way.
    """
    context = browser.new_context(
        viewport={"width": screen[0], "height": 844}, device_scale_factor=screen[1]
    )
    page = context.new_page()
    asked: list[str] = []
    with serve(folder, delay=delay, spoil=spoil) as address:

        def note(request: Any) -> None:
            if request.resource_type == "image":
                asked.append(request.url)

        page.on("request", note)
        page.add_init_script(WATCH_SHIFTS)
        page.goto(f"{address}/{docname}.html")
        page.evaluate(SEE_ALL)
        yield page, asked
        context.close()


def weigh(page: Page, folder: Path, count: int) -> float:
    """Return the bytes of the pictures loaded, as a share of those of the originals."""
    loaded = [urlsplit(uri).path for uri in page.evaluate(FIND_LOADED)]
    files = [folder / unquote(path).lstrip("/") for path in loaded]
    assert len(files) == count
    originals = [find_original(folder, file) for file in files]
    return sum(map(measure, files)) / sum(map(measure, originals))


def measure(file: Path) -> int:
    return file.stat().st_size


def find_original(folder: Path, file: Path) -> Path:
    """Return the picture in the sources of which a file of the output was made."""
    stem = re.sub(r"-[0-9a-f]{12}(-.*)?$", "", file.stem)
    (found,) = (folder.parent / "src" / "media").glob(f"{stem}.*")
    return found


def find_shifts(page: Page) -> list[Any]:
    return page.evaluate("() => shifts")


def find_blurred(page: Page) -> list[Any]:
    found = page.evaluate(FIND_SCALES)
    assert found
    return [picture for picture in found if picture["scale"] > 1.001]


def find_untrue(page: Page) -> list[Any]:
    """Return the pictures that are told a width other than theirs."""
    found = page.evaluate(FIND_SIZES)
    assert found
    # The browser rounds to whole pixels.
    return [
        picture
        for picture in found
        if not picture["width"] * 0.99 - 1.5 <= picture["said"]
        or not picture["said"] <= picture["width"] * 1.25 + 1.5
    ]


def is_header_first(page: Page, asked: list[str]) -> bool:
    source = page.evaluate(
        "() => document.querySelector('.leadposts-header-image').currentSrc"
    )
    return asked[0] == source


def see(page: Page, selector: str) -> tuple[int, ...]:
    """Return the colour in the middle of an element."""
    picture = Image.open(io.BytesIO(page.locator(selector).first.screenshot()))
    return picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))


def is_like(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(colour, other, strict=True))


def strip_sides(html: str) -> str:
    return re.sub(r'(<img[^>]*?) width="\d+" height="\d+"', r"\1", html)


def strip_files(html: str) -> str:
    return re.sub(r'<source[^>]*>|(?<=") srcset="[^"]*"', "", html)


def say_half(html: str) -> str:
    return re.sub(r'sizes="[^"]*"', 'sizes="150px"', html)


def say_double(html: str) -> str:
    return re.sub(r'sizes="[^"]*"', 'sizes="2000px"', html)


def add_style(style: str) -> Callable[[str], str]:
    return lambda html: html.replace("</head>", f"<style>{style}</style></head>")


def put_before(html: str) -> str:
    (other,) = re.findall(r'src="(\.\./_images/photo-1-\w+\.jpg)"', html)
    return html.replace(
        "<head>", f'<head><link rel="preload" as="image" href="{other}">'
    )


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_cards_load_a_part_of_the_bytes(
    browser: Browser, folder: Path, screen: tuple[int, int]
) -> None:
    with visit(browser, folder, "tags/photo", screen) as (page, _):
        assert weigh(page, folder, PHOTOS) <= 0.25
    with visit(browser, folder, "tags/saved", screen) as (page, _):
        assert weigh(page, folder, SAVED) <= 0.45


def test_a_page_that_loads_the_originals_is_noticed(
    browser: Browser, picture_sites: Callable[[str], Path]
) -> None:
    folder = picture_sites("furo")
    with visit(browser, folder, "tags/photo", spoil=strip_files) as (page, _):
        assert weigh(page, folder, PHOTOS) > 0.9


def test_no_file_is_larger_than_its_original(folder: Path) -> None:
    files = [file for file in (folder / "_images").iterdir() if file.is_file()]
    assert len(files) > PHOTOS + SAVED + len(ODD)
    larger = [f for f in files if measure(f) > measure(find_original(folder, f))]
    assert larger == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
@pytest.mark.parametrize("docname", DOCNAMES)
def test_late_pictures_move_nothing(
    browser: Browser, folder: Path, docname: str, screen: tuple[int, int]
) -> None:
    with visit(browser, folder, docname, screen, delay=LATE) as (page, _):
        assert find_shifts(page) == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
@pytest.mark.parametrize("docname", DOCNAMES)
def test_pictures_are_sharp_and_their_sizes_true(
    browser: Browser, folder: Path, docname: str, screen: tuple[int, int]
) -> None:
    with visit(browser, folder, docname, screen) as (page, _):
        assert find_blurred(page) == []
        if docname != "posts/icon":
            assert find_untrue(page) == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_the_header_is_the_first_picture_that_is_fetched(
    browser: Browser, folder: Path, screen: tuple[int, int]
) -> None:
    with visit(browser, folder, "posts/photo-0", screen, delay=LATE) as (page, asked):
        assert len(asked) > 1
        assert is_header_first(page, asked)


def test_what_is_out_of_sight_is_fetched_when_it_comes_near(
    browser: Browser, picture_sites: Callable[[str], Path]
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    with serve(picture_sites("furo")) as address:
        page.goto(f"{address}/tags/photo.html")
        assert not all(page.evaluate(FIND_LOADED))
        page.evaluate(SEE_ALL)
        assert all(page.evaluate(FIND_LOADED))
        page.close()


@pytest.mark.parametrize("screen", [*SCREENS, (800, 1)], ids=str)
def test_pictures_of_all_shapes_line_up(
    browser: Browser, folder: Path, screen: tuple[int, int]
) -> None:
    with visit(browser, folder, "tags/odd", screen) as (page, _):
        assert page.evaluate(FIND_UNEVEN) == []
        frames = page.query_selector_all(".leadposts-card-frame")
        cards = page.query_selector_all(".leadposts-card")
        assert (len(frames), len(cards)) == (len(ODD) + 2, len(ODD) + 3)


def test_a_focus_moves_what_is_seen(browser: Browser, folder: Path) -> None:
    card = ".leadposts-card:has(a[href$='/{}.html']) img"
    with visit(browser, folder, "tags/odd") as (page, _):
        assert is_like(see(page, card.format("portrait")), GREEN)
        assert is_like(see(page, card.format("panorama")), GREEN)
        assert is_like(see(page, card.format("portrait-focus")), RED)
        assert is_like(see(page, card.format("panorama-focus")), BLUE)
    for name, colour in (("portrait", GREEN), ("portrait-focus", RED)):
        with visit(browser, folder, f"posts/{name}") as (page, _):
            assert is_like(see(page, ".leadposts-header-image"), colour)


def is_uneven(page: Page, _asked: list[str]) -> bool:
    return page.evaluate(FIND_UNEVEN) != []


#: What is to be noticed: where, how the page is spoiled, and what must find it.
SPOILED: Final[dict[str, tuple[str, Callable[[str], str], Any]]] = {
    "shift": ("posts/photo-0", strip_sides, lambda page, _: find_shifts(page)),
    "blurred": ("posts/photo-0", say_half, lambda page, _: find_blurred(page)),
    "drawn larger": (
        "tags/odd",
        add_style(".leadposts-card-image { max-width: none !important }"),
        lambda page, _: find_blurred(page),
    ),
    "too small": ("tags/photo", say_half, lambda page, _: find_untrue(page)),
    "too large": ("tags/photo", say_double, lambda page, _: find_untrue(page)),
    "header later": (
        "posts/photo-0",
        put_before,
        lambda page, asked: not is_header_first(page, asked),
    ),
    "uneven": (
        "tags/odd",
        add_style(
            ".leadposts-card-frame { aspect-ratio: auto; min-height: 80px } "
            ".leadposts-card-image { position: static !important }"
        ),
        is_uneven,
    ),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_spoiled_page_is_noticed(
    browser: Browser, picture_sites: Callable[[str], Path], what: str
) -> None:
    docname, spoil, find = SPOILED[what]
    folder = picture_sites("furo")
    with visit(browser, folder, docname, delay=LATE, spoil=spoil) as (page, asked):
        assert find(page, asked)
