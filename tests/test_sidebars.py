"""Sidebars: what they show of the blog, and when a page with one is written again."""

from __future__ import annotations

import posixpath

import pytest

from tests.site import Site

ALL = [f"leadposts/{name}.html" for name in ("recent", "tags", "archive", "series")]


@pytest.fixture
def blog(make_site) -> Site:
    site = make_site(html_sidebars={"**": ALL})
    site.post("a", title='"A <b> & c"', date="2024-01-01", tags="[post, x]")
    site.post("b", date="2025-01-02", tags="[post, x, y]", series="S")
    return site


@pytest.mark.parametrize("docname", ["index", "posts/a", "genindex", "blog/index"])
def test_sidebars_show_the_blog_from_every_page(blog: Site, docname: str) -> None:
    build = blog.build()
    page = build.page(docname)
    shown = {
        name: [
            (link.text, link["href"])
            for link in page.select(f".leadposts-sidebar-{name} a")
        ]
        for name in ("recent", "tags", "archive", "series")
    }
    expected = {
        "recent": [("Post b", "posts/b"), ("A <b> & c", "posts/a")],
        "tags": [("x", "tags/x"), ("y", "tags/y")],
        "archive": [("2025", "blog/archive/2025"), ("2024", "blog/archive/2024")],
        "series": [("S", "blog/series/s")],
    }
    for name, links in expected.items():
        assert [text for text, _ in shown[name]] == [text for text, _ in links]
        for (_, href), (_, target) in zip(shown[name], links, strict=True):
            place = posixpath.normpath(posixpath.join(posixpath.dirname(docname), href))
            assert place == f"{target}.html" or (href, target) == ("#", docname)


@pytest.mark.parametrize("theme", ["furo", "pydata_sphinx_theme", "sphinx_book_theme"])
def test_sidebars_stand_in_themes(blog: Site, theme: str) -> None:
    blog.configure(html_theme=theme)
    page = blog.build().page("posts/a")
    assert len(page.select(".leadposts-sidebar")) >= 4


def test_a_new_post_rewrites_every_page_with_a_sidebar_that_shows_it(
    make_site,
) -> None:
    site = make_site(html_sidebars={"posts/*": ["leadposts/recent.html"]})
    site.write("other.md", "---\norphan: true\n---\n# Other\n")
    site.configure(leadposts_footer=[])
    site.post("a", date="2025-01-01")
    before = site.build().times()
    site.post("b", date="2025-01-02")
    build = site.build()
    changed = {n for n, time in build.times().items() if before.get(n) != time}
    assert "posts/a.html" in changed
    assert not changed & {"other.html", "index.html"}
    assert "Post b" in build.page("posts/a").select_one(".leadposts-sidebar").text
    assert build.tree() == site.build(out="cold").tree()


def test_a_site_has_its_own_sidebar(blog: Site) -> None:
    blog.configure(templates_path=["_templates"])
    blog.write(
        "_templates/leadposts/recent.html",
        "{% for post in leadposts.list_recent(1) %}<b>{{ post.title }}</b>{% endfor %}",
    )
    page = blog.build().page("index")
    assert page.select_one("b").text == "Post b"


def test_sidebars_that_themes_take_from_their_options_are_fresh(make_site) -> None:
    options = {"secondary_sidebar_items": ["leadposts/recent.html"]}
    site = make_site(html_theme="pydata_sphinx_theme", html_theme_options=options)
    site.post("a", date="2025-01-01")
    assert "Post a" in site.build().page("index").select_one(".leadposts-sidebar").text
    site.post("a", title="Renamed", date="2025-01-01")
    page = site.build().page("index")
    assert "Renamed" in page.select_one(".leadposts-sidebar").text
