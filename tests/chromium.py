"""A Chromium for tests that look at pages; it knows no network but this machine."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
#: The same engine without windows, menus and a profile: twice as fast.
_SHELLS: Final = ("chromium-headless-shell", "chrome-headless-shell")
_ARGUMENTS: Final = (
    "--no-sandbox",
    # A page must not wait for what others serve. To route requests through Playwright
    # would have each file of the page pass through three processes.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # Debian's launcher switches it on; without a graphics card it is slower.
    *("--disable-gpu", "--disable-gpu-rasterization", "--disable-gpu-compositing"),
)


def find_chromium(names: Iterable[str] = _NAMES) -> str:
    """Return the path of a Chromium; where there is none, the test is skipped.

    :param names: what it may be called, the best first.
    """
    found = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in names)]
    path = next((name for name in found if name), None)
    if path is None:
        pytest.skip(
            "Chromium is missing: install it with 'apt install chromium', or set "
            "CHROMIUM to where it lies"
        )
    return path


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Give a Chromium; where there is none, or no Playwright, the test is skipped."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("Playwright is missing: install it with 'pip install playwright'")
    path = find_chromium((*_SHELLS, *_NAMES))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()
