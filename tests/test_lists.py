from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.site import Site


@pytest.fixture
def blog(site: Site) -> Site:
    site.picture("x.png")
    site.post("a", "First.\n", date="2025-01-01", tags="[post, SEO]", image="/x.png")
    site.post("b", "Second.\n", date="2025-01-02", tags="[post, seo, Mail]")
    site.post("c", "Third.\n", date="2024-01-03", tags="[post, Mail]", title="Alpha")
    return site


def index(site: Site, text: str) -> BeautifulSoup:
    site.write("index.md", f"# Home\n\n{text}\n")
    return site.build().page("index")


def titles(page: BeautifulSoup) -> list[str]:
    return [t.text for t in page.select(".leadposts-card-title, .leadposts-list-title")]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", ["Post b", "Post a", "Alpha"]),
        (":limit: 1", ["Post b"]),
        (":tags: seo", ["Post b", "Post a"]),
        (":tags: mail, SEO\n:exclude: seo", ["Alpha"]),
        (":year: 2024", ["Alpha"]),
        (":sort: title", ["Alpha", "Post a", "Post b"]),
        (":reverse:", ["Alpha", "Post a", "Post b"]),
        (":layout: list", ["Post b", "Post a", "Alpha"]),
        (":layout: compact\n:limit: 2", ["Post b", "Post a"]),
        (":tags: nothing", []),
    ],
)
def test_a_list_holds_what_its_options_ask_for(
    blog: Site, options: str, expected: list[str]
) -> None:
    assert titles(index(blog, f"```{{post-list}}\n{options}\n```")) == expected


def test_a_card_has_one_link_and_its_parts(blog: Site) -> None:
    page = index(blog, "```{post-list}\n:tags: seo\n```")
    first, second = page.select("article.leadposts-card")
    assert first.select_one("h2.leadposts-card-title > a")["href"] == "posts/b.html"
    assert first.select_one("time")["datetime"] == "2025-01-02"
    assert [t.text for t in first.select("a.leadposts-tag")] == ["Mail", "SEO"]
    assert first.select_one(".leadposts-card-summary").text == "Second."
    assert second.select_one("img.leadposts-card-image")["alt"] == ""


def test_headings_of_cards_follow_the_section_they_stand_in(blog: Site) -> None:
    page = index(blog, "## Part\n\n### Deep\n\n```{post-list}\n:limit: 1\n```")
    assert page.select_one(".leadposts-card-title").name == "h4"


def test_columns_and_gutter_follow_the_grammar_of_the_grid(blog: Site) -> None:
    options = ":columns: 1 1 2 4\n:gutter: 2\n:class-card: mine"
    page = index(blog, f"```{{post-list}}\n{options}\n```")
    row = page.select_one(".leadposts-grid > .sd-row")
    assert {"sd-row-cols-1", "sd-row-cols-md-2", "sd-row-cols-lg-4"} <= set(
        row["class"]
    )
    assert {"sd-g-2", "sd-g-lg-2"} <= set(row["class"])
    assert "mine" in page.select_one(".leadposts-card")["class"]


def test_picture_and_summary_can_be_left_out(blog: Site) -> None:
    page = index(blog, "```{post-list}\n:image: false\n:summary: no\n```")
    assert not page.select(".leadposts-card-image, .leadposts-card-summary")


def test_an_empty_list_says_what_it_is_told_to(blog: Site) -> None:
    page = index(blog, "```{post-list}\n:tags: none\n:empty: Come back *soon*.\n```")
    assert page.select_one(".leadposts-empty").text == "Come back *soon*."


@pytest.mark.parametrize(
    "option",
    ["limit: many", "sort: size", "columns: 1 2", "columns: 13", "gutter: 6"],
)
def test_a_bad_option_costs_a_warning_and_no_list(blog: Site, option: str) -> None:
    blog.write("index.md", f"# Home\n\n```{{post-list}}\n:{option}\n```\n")
    name = option.partition(":")[0]
    build = blog.build(
        warns=[rf"index\.md:3: WARNING: post-list: :{name}: .*\[leadposts\.directive\]"]
    )
    assert len(titles(build.page("index"))) == 3


def test_a_page_does_not_list_itself(site: Site) -> None:
    site.post("a", "```{post-list}\n```\n")
    site.post("b")
    shown = site.build().page("posts/a").select(".leadposts-grid .leadposts-card-title")
    assert [title.text for title in shown] == ["Post b"]


def test_a_card_of_one_post_stands_where_it_is_put(blog: Site) -> None:
    text = (
        "```{post-card} posts/a\n```\n\n"
        "````{grid} 2\n```{grid-item}\n"
        "{blog:post}`posts/b`\n```\n````\n\n"
        "````{card-carousel} 2\n```{post-card} c\n```\n```{card} Own\nX\n```\n````\n"
    )
    page = index(blog, text)
    assert titles(page) == ["Post a", "Alpha"]
    carousel = page.select_one(".sd-cards-carousel")
    assert [c.name for c in carousel.find_all(recursive=False)] == ["article", "div"]


def test_a_card_of_no_post_is_named(site: Site) -> None:
    site.write("index.md", "# Home\n\n```{post-card} posts/none\n```\n")
    site.build(
        warns=[r"index\.md:3: WARNING: .*'posts/none'.*\[leadposts\.directive\]"]
    )


@pytest.mark.parametrize("layout", ["list", "cloud", "compact"])
def test_tags_are_listed_with_their_counts(blog: Site, layout: str) -> None:
    page = index(blog, f"```{{tag-list}}\n:layout: {layout}\n```")
    tags = page.select(f".leadposts-tags-{layout} a.leadposts-tag")
    assert [(t.text, t["href"]) for t in tags] == [
        ("Mail", "tags/mail.html"),
        ("SEO", "tags/seo.html"),
    ]
    counts = [c.text for c in page.select(".leadposts-tag-count")]
    assert counts == ([] if layout == "compact" else ["(2)", "(2)"])


def test_tags_are_sorted_and_cut(blog: Site) -> None:
    blog.post("d", tags="[post, seo, rare]")
    page = index(blog, "```{tag-list}\n:sort: count\n:min: 2\n:limit: 1\n```")
    assert [t.text for t in page.select("a.leadposts-tag")] == ["seo"]


def test_the_page_of_a_tag_is_a_real_document(blog: Site) -> None:
    blog.write(
        "index.md",
        "# Home\n\n```{toctree}\ntags/index\ntags/seo\n```\n\n{doc}`/tags/mail`\n",
    )
    build = blog.build()
    page = build.page("index")
    assert page.find("a", href="tags/mail.html").text == "Mail"
    assert page.find("a", href="tags/seo.html").text == "SEO"
    assert titles(build.page("tags/seo")) == ["Post b", "Post a"]
    assert "tags/seo" in build.read("searchindex.js")


def test_long_runs_are_paginated(make_site) -> None:
    site = make_site(leadposts_page_size=2)
    for n in range(5):
        site.post(f"p{n}", date=f"2025-01-0{n + 1}", tags="[post, seo]")
    build = site.build()
    assert titles(build.page("tags/seo")) == ["Post p4", "Post p3"]
    assert titles(build.page("tags/seo/page/3")) == ["Post p0"]
    second = build.page("blog/page/2")
    assert second.select_one("a[rel=prev]")["href"] == "../index.html"
    assert second.select_one("a[rel=next]")["href"] == "3.html"
    assert "2" in second.select_one("[aria-current=page]").text
    assert not build.has("tags/seo/page/1.html")


def test_paths_and_title_are_the_sites_own(make_site) -> None:
    site = make_site(
        leadposts_blog_path="news/all",
        leadposts_tags_path="topics",
        leadposts_title="All <News>",
    )
    site.post("a", tags="[post, seo]")
    build = site.build()
    assert build.page("news/all/index").select_one(".body h1").find(string=True) == (
        "All <News>"
    )
    assert titles(build.page("topics/seo")) == ["Post a"]
    assert not build.has("tags/index.html")


def test_a_site_without_posts_builds(site: Site) -> None:
    build = site.build()
    assert "No posts yet." in build.page("blog/index").get_text()


def test_a_bad_setting_costs_a_warning_and_its_default_is_used(make_site) -> None:
    site = make_site(leadposts_page_size="many", leadposts_header=["date", "nose"])
    site.post("a")
    build = site.build(
        warns=[
            r"leadposts_page_size = 'many'.*\[leadposts\.config\]",
            r"leadposts_header = .*'nose'.*\[leadposts\.config\]",
        ]
    )
    assert build.page("posts/a").select(".leadposts-reading-time")


def test_templates_of_the_site_come_first(make_site) -> None:
    site = make_site(templates_path=["_templates"])
    site.post("a", title="A & B")
    site.write(
        "_templates/leadposts/card.html",
        '{% extends "!leadposts/card.html" %}',
    )
    assert titles(site.build().page("blog/index")) == ["A & B"]
    site.write("_templates/leadposts/card.html", "<i>{{ card.title }}</i>")
    assert site.build().page("blog/index").select_one(".sd-col > i").text == "A & B"


@pytest.mark.parametrize("text", ["{{ card.nothing }}", "{{ 1 / 0 }}", "{% if %}"])
def test_a_template_that_fails_is_named_and_replaced(make_site, text: str) -> None:
    site = make_site(templates_path=["_templates"], leadposts_archives=["tags"])
    site.post("a")
    site.write("_templates/leadposts/card.html", text)
    build = site.build(warns=[r"blog/index.* WARNING: .*\[leadposts\.template\]"])
    assert titles(build.page("blog/index")) == ["Post a"]
