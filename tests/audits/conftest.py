"""Two blogs, built once, and the browser that axe-core looks at them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.audits.sites import build_blogs
from tests.browser.conftest import write_site
from tests.chromium import open_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.audits.sites import Blogs


@pytest.fixture(scope="session")
def blogs(tmp_path_factory: pytest.TempPathFactory) -> Blogs:
    """Return the quickstart's blog, and the plain one."""
    return build_blogs(tmp_path_factory.mktemp("blogs"))


@pytest.fixture(scope="session")
def photo_blogs(tmp_path_factory: pytest.TempPathFactory) -> Blogs:
    """Return both blogs, with a large photograph as the picture of a post."""
    return build_blogs(tmp_path_factory.mktemp("photos"), with_photo=True)


@pytest.fixture(scope="session")
def all_elements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with what the quickstart does not show, too."""
    site = write_site(tmp_path_factory.mktemp("all"), "furo")
    names = ("recent", "tags", "archive", "series")
    site.configure(html_sidebars={"**": [f"leadposts/{name}.html" for name in names]})
    return site.build().out


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium; where there is none, the test is skipped."""
    with open_chromium() as browser:
        yield browser
