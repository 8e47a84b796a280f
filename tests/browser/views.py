"""How pages are looked at: each theme, wide and narrow, light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from tests.browser.measures import TOOLS, WAIT_FOR_PICTURES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Page

THEMES: Final = ("furo", "pydata_sphinx_theme")
SCHEMES: Final = ("light", "dark")
WIDTHS: Final = (1280, 390)
#: High enough for the tallest card, which must not lie below a theme's fixed bars.
HEIGHT: Final = 1400

#: Scripts hear of another colour scheme with the next frame (CSSOM View, 4.2).
_WAIT_FOR_FRAMES: Final = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a page is looked at."""

    theme: str
    scheme: str
    width: int
    docname: str

    def __str__(self) -> str:
        return f"{self.theme}-{self.scheme}-{self.width}-{self.docname}"


def list_views(docnames: Iterable[str], themes: Iterable[str] = THEMES) -> list[View]:
    """Return each page in each view."""
    return [
        View(theme=theme, scheme=scheme, width=width, docname=docname)
        for theme, scheme, width, docname in product(themes, SCHEMES, WIDTHS, docnames)
    ]


def open_page(page: Page, folder: Path, docname: str) -> None:
    """Show a page of a site, with all its pictures."""
    page.goto((folder / f"{docname}.html").as_uri())
    page.evaluate(TOOLS)
    page.evaluate(WAIT_FOR_PICTURES)


def choose_scheme(page: Page, scheme: Any) -> None:
    """Have a page that is open be light or dark, as far as its theme follows."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(_WAIT_FOR_FRAMES)
