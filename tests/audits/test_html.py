"""The Nu Html Checker finds nothing in our elements, on any page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.audits.findings import pick_ours, subtract
from tests.audits.nu import judge_files
from tests.audits.sites import POST, TAG
from tests.audits.tools import find_validator

if TYPE_CHECKING:
    from pathlib import Path

    from tests.audits.findings import Finding
    from tests.audits.sites import Blogs

pytestmark = pytest.mark.audit

#: The page, a pattern that must be there, what takes its place, and part of the words.
FAULTS: Final = {
    "an id that stands twice": (
        *(TAG, 'class="leadposts-card ', 'id="card" class="leadposts-card '),
        "error: Duplicate ID “card”.",
    ),
    "a picture without a text": (
        *(POST, r'(<img class="leadposts-header-image"[^>]*) alt="[^"]*"', r"\1"),
        "error: An “img” element must have an “alt” attribute",
    ),
    "a date that is none": (
        *(POST, 'datetime="2026-', 'datetime="26-'),
        "error: Bad value",
    ),
    "a block in a paragraph": (
        *(TAG, '(<p class="leadposts-card-date">)', r"\1<div>x</div>"),
        "error: No “p” element in scope",
    ),
    "a slash that does nothing": (
        *(POST, r'(<img class="leadposts-header-image"[^>]*)>', r"\1 />"),
        "info: Trailing slash on void elements",
    ),
}


@pytest.fixture(scope="session", autouse=True)
def _validator() -> None:
    """Skip all tests before a site is built, where the checker is missing."""
    find_validator()


@pytest.fixture(scope="module")
def of_the_theme(blogs: Blogs) -> list[Finding]:
    """Return what is found in the plain blog."""
    return judge_files(find_validator(), blogs.plain.rglob("*.html"))


def test_nothing_is_found_but_in_the_theme(
    blogs: Blogs, of_the_theme: list[Finding]
) -> None:
    files = [*blogs.ours.rglob("*.html")]
    assert len(files) > 15
    assert subtract(judge_files(find_validator(), files), of_the_theme) == []


def test_nothing_is_found_in_any_element(all_elements: Path) -> None:
    files = [*all_elements.rglob("*.html")]
    assert len(files) > 20
    assert pick_ours(judge_files(find_validator(), files)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_our_elements_is_found(
    blogs: Blogs, of_the_theme: list[Finding], tmp_path: Path, fault: str
) -> None:
    docname, pattern, replacement, words = FAULTS[fault]
    html = (blogs.ours / f"{docname}.html").read_text("utf-8")
    spoiled, count = re.subn(pattern, replacement, html)
    assert count
    path = tmp_path / "spoiled.html"
    path.write_text(spoiled, "utf-8")
    found = subtract(judge_files(find_validator(), [path]), of_the_theme)
    assert any(finding.rule.startswith(words) for finding in found)
    assert pick_ours(found)
