"""axe-core finds nothing in our elements, light and dark, wide and narrow."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.audits.axe import VIEWS, judge_pages
from tests.audits.findings import Finding, pick_ours, subtract
from tests.audits.sites import PAGES, POST, TAG
from tests.audits.tools import find_axe
from tests.web import serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.audits.axe import View
    from tests.audits.sites import Blogs
    from tests.web import Spoil

pytestmark = pytest.mark.audit

#: The page, a pattern that must be there, what takes its place, and the rule broken.
FAULTS: Final = {
    "a picture without a text": (
        *(POST, r'(<img class="leadposts-header-image"[^>]*) alt="[^"]*"', r"\1"),
        "image-alt",
    ),
    "a pale date": (
        *(POST, 'class="leadposts-date"', 'style="color: #aaa; background: #eee"'),
        "color-contrast",
    ),
    "a link without a name": (
        *(POST, r'(<a class="leadposts-list-title[^>]*>)[^<]*', r"\1"),
        "link-name",
    ),
    "a heading at a wrong level": (
        *(TAG, r'<h2( class="leadposts-card-title.*?)</h2>', r"<h5\1</h5>"),
        "heading-order",
    ),
}


@pytest.fixture(scope="session", autouse=True)
def _axe() -> None:
    """Skip all tests before a site is built, where axe-core is missing."""
    find_axe()


def judge(
    browser: Browser,
    folder: Path,
    view: View,
    docnames: tuple[str, ...] = PAGES,
    spoil: Spoil | None = None,
) -> list[Finding]:
    with serve(folder, spoil=spoil) as address:
        return judge_pages(browser, find_axe(), address, docnames, view)


@pytest.fixture(scope="session")
def judge_plain(browser: Browser, blogs: Blogs) -> Callable[[View], list[Finding]]:
    """Return a function that says what is found in the plain blog, once a view."""
    return functools.cache(lambda view: judge(browser, blogs.plain, view))


def name_view(view: View) -> str:
    return f"{view[0]}-{view[1]}"


@pytest.mark.parametrize("view", VIEWS, ids=name_view)
def test_nothing_is_found_but_in_the_theme(
    browser: Browser,
    blogs: Blogs,
    judge_plain: Callable[[View], list[Finding]],
    view: View,
) -> None:
    ours = judge(browser, blogs.ours, view)
    assert subtract(ours, judge_plain(view)) == []


@pytest.mark.parametrize("view", VIEWS, ids=name_view)
def test_nothing_is_found_in_any_element(
    browser: Browser, all_elements: Path, view: View
) -> None:
    docnames = ("index", "blocks", "guide", "blog/index", "blog/page/2", "posts/wide")
    assert pick_ours(judge(browser, all_elements, view, docnames)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_our_elements_is_found(
    browser: Browser,
    blogs: Blogs,
    judge_plain: Callable[[View], list[Finding]],
    fault: str,
) -> None:
    docname, pattern, replacement, rule = FAULTS[fault]
    assert re.search(pattern, (blogs.ours / f"{docname}.html").read_text("utf-8"))

    def spoil(html: str) -> str:
        return re.sub(pattern, replacement, html)

    view = VIEWS[0]
    ours = judge(browser, blogs.ours, view, (docname,), spoil)
    found = subtract(ours, judge_plain(view))
    assert {finding.rule for finding in found} == {f"violations: {rule}"}
    assert pick_ours(found) == found
