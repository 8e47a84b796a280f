"""Lighthouse finds nothing in our elements, and posts are there sooner than without.

It looks at pages as a telephone with a slow connection loads them.
"""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING, Final

import pytest

from tests.audits.findings import subtract
from tests.audits.lighthouse import (
    CATEGORIES,
    judge_page,
    list_findings,
    read_score,
)
from tests.audits.sites import POST, TAG
from tests.audits.tools import find_lighthouse
from tests.chromium import find_chromium
from tests.web import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.audits.findings import Finding
    from tests.audits.lighthouse import Report
    from tests.audits.sites import Blogs
    from tests.web import Spoil

    Judge = Callable[..., Report]

pytestmark = pytest.mark.audit

RUNS: Final = 3
#: From here on, Lighthouse calls a score good.
GOOD: Final = 90
#: How many points a post with a photograph gains.
GAIN: Final = 10
#: Faults of a post: a pattern that must be there, and what takes its place.
FAULTS: Final = (
    (r'(<img class="leadposts-header-image"[^>]*) alt="[^"]*"', r"\1"),
    (r'<meta name="description"[^>]*>', ""),
)
LARGE: Final = ((r"<source[^>]*>", ""), (r'(?<=") srcset="[^"]*"', ""))


@pytest.fixture(scope="session", autouse=True)
def _lighthouse() -> None:
    """Skip all tests before a site is built, where Lighthouse is missing."""
    find_lighthouse()
    find_chromium()


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Return a function that gives the report of a page, once for each page and run."""
    known: dict[tuple[Path, str, int], Report] = {}

    def ask(
        folder: Path, docname: str, run: int = 0, spoil: Spoil | None = None
    ) -> Report:
        def run_it() -> Report:
            place = tmp_path_factory.mktemp("lighthouse")
            with serve(folder, spoil=spoil) as address:
                url = f"{address}/{docname}.html"
                return judge_page(find_lighthouse(), find_chromium(), url, place)

        if spoil:
            return run_it()
        if (folder, docname, run) not in known:
            known[folder, docname, run] = run_it()
        return known[folder, docname, run]

    return ask


def plant(faults: Sequence[tuple[str, str]], folder: Path) -> Spoil:
    """Return what spoils the pages of a blog on their way."""
    html = (folder / f"{POST}.html").read_text("utf-8")
    assert all(re.search(pattern, html) for pattern, _ in faults)

    def spoil(html: str) -> str:
        for pattern, replacement in faults:
            html = re.sub(pattern, replacement, html)
        return html

    return spoil


def find_ours(ours: Report, plain: Report) -> list[Finding]:
    return subtract(list_findings(ours), list_findings(plain))


@pytest.mark.parametrize("docname", [POST, TAG])
@pytest.mark.parametrize("category", CATEGORIES)
def test_the_quickstart_is_given_all_points(
    judge: Judge, blogs: Blogs, docname: str, category: str
) -> None:
    assert read_score(judge(blogs.ours, docname), category) == 100


@pytest.mark.parametrize("docname", [POST, TAG])
def test_nothing_is_found_in_our_elements(
    judge: Judge, blogs: Blogs, docname: str
) -> None:
    assert find_ours(judge(blogs.ours, docname), judge(blogs.plain, docname)) == []


@pytest.mark.parametrize("docname", [POST, TAG])
def test_pages_are_fast(judge: Judge, blogs: Blogs, docname: str) -> None:
    assert read_score(judge(blogs.ours, docname), "performance") >= GOOD


def test_a_post_with_a_photograph_gains(judge: Judge, photo_blogs: Blogs) -> None:
    ours, plain = (
        median(
            read_score(judge(folder, POST, run), "performance") for run in range(RUNS)
        )
        for folder in (photo_blogs.ours, photo_blogs.plain)
    )
    assert ours >= plain + GAIN


def test_faults_in_our_elements_are_found(judge: Judge, blogs: Blogs) -> None:
    spoil = plant(FAULTS, blogs.ours)
    ours, plain = judge(blogs.ours, POST, spoil=spoil), judge(blogs.plain, POST)
    found = {finding.rule for finding in find_ours(ours, plain)}
    assert found == {"image-alt", "meta-description"}
    assert read_score(ours, "accessibility") < 100
    assert read_score(ours, "seo") < 100


def test_the_gain_comes_from_smaller_files(judge: Judge, photo_blogs: Blogs) -> None:
    spoil = plant(LARGE, photo_blogs.ours)
    large = judge(photo_blogs.ours, POST, spoil=spoil)
    small = judge(photo_blogs.ours, POST)
    lost = read_score(small, "performance") - read_score(large, "performance")
    assert lost >= GAIN
