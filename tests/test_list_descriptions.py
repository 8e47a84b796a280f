"""What is told of a page that lists posts, where nobody has described it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web_pages import read_head

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import Site

LONG = "A title of some thirty letters"


@pytest.fixture
def blog(site: Site) -> Site:
    site.configure(leadposts_page_size=2, leadposts_tags={"tea": {}, "cup": {}})
    site.post("one", title='"Salt & <slush>"', date="2025-05-03", tags="[post, tea]")
    site.post("two", title="Two", date="2025-05-02", tags="[post, tea, cup]")
    site.post("three", title="Three", date="2025-05-01", tags="[post, tea]")
    return site


def describe(out: Path, docname: str) -> list[str]:
    return read_head(out / f"{docname}.html").get("description", [])


def test_a_list_is_described_by_the_titles_on_its_page(blog: Site) -> None:
    out = blog.build().out
    for first in ("blog/index", "tags/tea"):
        assert describe(out, first) == ["Salt & <slush> · Two"]
    assert describe(out, "tags/tea/page/2") == ["Three"]
    assert describe(out, "blog/archive/2025/page/2") == ["Three"]


def test_the_page_of_all_tags_is_described_by_their_names(blog: Site) -> None:
    assert describe(blog.build().out, "tags/index") == ["cup · tea"]


def test_only_titles_that_fit_are_named_and_each_in_full(site: Site) -> None:
    for number in range(9):
        site.post(f"p{number}", title=f"{LONG} {number}", date=f"2025-05-0{9 - number}")
    (text,) = describe(site.build().out, "blog/index")
    assert text == " · ".join(f"{LONG} {number}" for number in range(4))
    assert len(text) <= 160


def test_a_first_title_that_does_not_fit_is_named_alone(site: Site) -> None:
    site.post("long", title="word " * 50, date="2025-05-02")
    site.post("short", title="Short", date="2025-05-01")
    assert describe(site.build().out, "blog/index") == [("word " * 50).strip()]


def test_what_the_registry_says_goes_before_titles(blog: Site) -> None:
    blog.configure(leadposts_tags={"tea": {"description": "Hot."}, "cup": {}})
    assert describe(blog.build().out, "tags/tea") == ["Hot."]


def test_a_new_title_is_told_on_the_page_that_lists_it(blog: Site) -> None:
    blog.build()
    blog.post("two", title="Second", date="2025-05-02", tags="[post, tea, cup]")
    out = blog.build().out
    assert describe(out, "tags/cup") == ["Second"]
    assert describe(out, "blog/index") == ["Salt & <slush> · Second"]
