"""Two blogs, and a site with all that the package shows, built once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.audits.sites import build_blogs
from tests.browser.conftest import write_site

if TYPE_CHECKING:
    from pathlib import Path

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
