"""A small real site, built by Sphinx as its user would build it, and a browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.chromium import open_chromium
from tests.site import Site

# A loaded machine is no defect; and what CI tries is the same each time, so that a
# change is judged by its own merits. At a desk Hypothesis goes on looking.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("law", "a warm build equals a cold one")
    group.addoption(
        "--law-sequences", type=int, default=40, help="sequences of edits (40)"
    )
    group.addoption(
        "--law-steps", type=int, default=8, help="edits in each sequence (8)"
    )
    group.addoption("--law-seed", type=int, default=1, help="other sequences (1)")
    group.addoption("--law-log", help="a file that is told of each sequence")


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Site]:
    """Return a function that makes a site below a folder of the test's own."""

    def make(name: str = "site", **conf: object) -> Site:
        return Site(tmp_path / name, conf)

    return make


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """Return a site without posts, under alabaster."""
    return make_site()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium; where there is none, the test is skipped."""
    with open_chromium() as browser:
        yield browser
