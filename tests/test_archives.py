"""Archives: years, categories, authors and series, and what the registries add."""

from __future__ import annotations

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.site import FOR_ALL_BUILDERS, Site


def titles(page: BeautifulSoup) -> list[str]:
    return [title.text for title in page.select(".leadposts-card-title")]


@pytest.fixture
def blog(site: Site) -> Site:
    site.post("a", date="2024-03-01", category="Care", author="Ann", tags="[post, oil]")
    site.post("b", date="2025-01-02", category="care", author="[Bo, Ann]")
    site.post("c", date="2025-02-03", category="[Tools, R&D]", author="ann")
    site.post("d", date=None, series="{name: Chains, part: 2}")
    site.post("e", date="2023-01-01", series="{name: Chains, part: 1}")
    return site


UNDATED = r"d\.md:.* has no date"


@pytest.mark.parametrize(
    ("docname", "heading", "expected"),
    [
        ("blog/archive/2025", "Posts from 2025", ["Post c", "Post b"]),
        ("blog/archive/2024", "Posts from 2024", ["Post a"]),
        ("blog/categories/care", "Care", ["Post b", "Post a"]),
        ("blog/categories/r-and-d", "R&D", ["Post c"]),
        ("blog/authors/ann", "Ann", ["Post c", "Post b", "Post a"]),
        ("blog/series/chains", "Chains", ["Post e", "Post d"]),
    ],
)
def test_each_archive_has_a_page(
    blog: Site, docname: str, heading: str, expected: list[str]
) -> None:
    page = blog.build(warns=[UNDATED]).page(docname)
    assert page.h1.find(string=True) == heading
    assert titles(page) == expected


@pytest.mark.parametrize("builder", ["html", "dirhtml", "epub"])
def test_a_name_may_be_longer_than_that_of_a_file(make_site, builder: str) -> None:
    site = make_site(
        **FOR_ALL_BUILDERS,
        leadposts_tags={"short": {"slug": "rain " * 80}},
        leadposts_feeds=["atom", "rss", "json"],
        leadposts_feed_archives=["tags", "authors", "series", "categories"],
    )
    people = ", ".join(f"Firstname{n} Lastname{n}" for n in range(14))
    for name, last in {"a": "one", "b": "two"}.items():
        site.post(
            name,
            tags=f"[post, short, {'letters' * 60}]",
            author=f'"{people} and {last}"',
            series="日本語の長い連載" * 14 + last,
            category="many words " * 30 + last,
        )
    build = site.build(builder, warns=[r"a\.md.*'lettersletters.*stands alone"])
    made = {path.parent.name for path in build.out.rglob("*") if path.is_file()}
    made |= {path.stem for path in build.out.rglob("*") if path.is_file()}
    for start in ("firstname0", "日本語", "many-words"):
        found = {name for name in made if name.startswith(start)}
        assert len({name.partition(".")[0] for name in found}) == 2, found
    assert any(name.startswith("rain-rain") for name in made)
    assert any(name.startswith("lettersletters") for name in made)


def test_only_the_archives_asked_for_are_made(blog: Site) -> None:
    blog.configure(leadposts_archives=["years", "series"])
    build = blog.build(warns=[UNDATED])
    assert build.has("blog/archive/2025.html")
    assert build.has("blog/series/chains.html")
    for name in ("tags/index", "tags/oil", "blog/categories/care", "blog/authors/ann"):
        assert not build.has(f"{name}.html")
    header = build.page("posts/a").select_one(".leadposts-header")
    assert [tag.name for tag in header.select(".leadposts-tag")] == ["span"]
    assert header.select_one(".leadposts-author").name == "span"


def test_a_wrong_name_of_an_archive_is_reported(make_site) -> None:
    site = make_site(leadposts_archives=["months"])
    site.post("a")
    build = site.build(
        warns=[r"leadposts_archives = .*'months'.*\[leadposts\.config\]"]
    )
    assert build.has("blog/archive/2025.html")


def test_an_author_has_a_profile(blog: Site) -> None:
    blog.picture("ann.png", size=(400, 400))
    blog.configure(
        leadposts_authors={
            "ann": {
                "name": "Ann <Smith>",
                "bio": "Mends *bikes*.",
                "url": "https://ann.example.org/",
                "links": {"Mastodon": "https://m.example.org/@ann"},
                "image": "/ann.png",
                "slug": "smith",
            },
            "Bo": {},
        }
    )
    build = blog.build(warns=[UNDATED])
    page = build.page("blog/authors/smith")
    assert page.h1.find(string=True) == "Ann <Smith>"
    assert page.select_one(".leadposts-archive-description").text == "Mends *bikes*."
    assert build.links("blog/authors/smith", ".leadposts-archive-links") == [
        ("ann.example.org", "https://ann.example.org/"),
        ("Mastodon", "https://m.example.org/@ann"),
    ]
    image = page.select_one("img.leadposts-archive-image")
    assert build.has(f"blog/authors/{image['src']}")
    assert "128px" in image["sizes"]
    author = build.page("posts/b").select(".leadposts-author")
    assert [(a.text, a["href"]) for a in author] == [
        ("Bo", "../blog/authors/bo.html"),
        ("Ann <Smith>", "../blog/authors/smith.html"),
    ]


def test_a_picture_of_an_author_that_is_not_there_is_reported(make_site) -> None:
    site = make_site(leadposts_authors={"Ann": {"image": "/no.png"}})
    site.post("a", author="Ann")
    build = site.build(warns=[r"conf\.py:.*leadposts_authors: Ann: .*no\.png"])
    assert not build.page("blog/authors/ann").select("img")


def test_a_script_is_no_link_of_an_author(make_site) -> None:
    site = make_site(leadposts_authors={"Ann": {"links": {"x": "javascript:alert(1)"}}})
    site.post("a", author="Ann")
    build = site.build(warns=[r"conf\.py:.*Ann: links: .*https://"])
    assert "javascript" not in build.read("blog/authors/ann.html")


def test_the_address_of_an_author_comes_from_posts_without_a_registry(
    site: Site,
) -> None:
    site.post("a", author="{name: Bob, url: 'https://bob.example.org/'}")
    build = site.build()
    assert build.links("blog/authors/bob", ".leadposts-archive-links") == [
        ("bob.example.org", "https://bob.example.org/")
    ]


TAGS = {
    "repair": {"label": "Repair", "description": "Mending.", "image": "/t.png"},
    "brakes": {"parent": "repair"},
    "pads": {"parent": "brakes", "aliases": ["shoes"]},
    "secret": {"hidden": True},
    "oil": {"parent": "care"},
    "care": {"label": "Care"},
}


@pytest.fixture
def tagged(make_site) -> Site:
    site = make_site(leadposts_tags=TAGS)
    site.picture("t.png", size=(300, 300))
    site.post("a", date="2025-01-03", tags="[post, repair, secret]")
    site.post("b", date="2025-01-02", tags="[post, brakes]")
    site.post("c", date="2025-01-01", tags="[post, shoes, oil, secret]")
    site.write(
        "index.md",
        "# Home\n\n```{tag-list}\n```\n\n```{post-list}\n:tags: secret\n```\n",
    )
    return site


def test_tags_stand_below_their_parents(tagged: Site) -> None:
    page = tagged.build().page("index")
    tree = page.select_one(".leadposts-tags")
    paths = {}
    for item in tree.select("li"):
        parents = item.find_parents("li")
        label = item.select_one(".leadposts-tag").text
        paths[label] = [p.select_one(".leadposts-tag").text for p in parents]
    assert paths == {
        "Care": [],
        "oil": ["Care"],
        "Repair": [],
        "brakes": ["Repair"],
        "pads": ["brakes", "Repair"],
    }
    # No post has "care": it is a name above others, without a page.
    assert tree.select_one("span.leadposts-tag").text == "Care"


def test_the_page_of_a_tag_leads_to_those_below_it(tagged: Site) -> None:
    build = tagged.build()
    assert build.links("tags/repair", ".leadposts-archive-narrower") == [
        ("brakes", "brakes.html")
    ]
    page = build.page("tags/repair")
    assert page.select_one(".leadposts-archive-description").text == "Mending."
    assert page.select_one("img.leadposts-archive-image")


def test_a_hidden_tag_is_for_queries_only(tagged: Site) -> None:
    build = tagged.build()
    assert not build.has("tags/secret.html")
    assert titles(build.page("index")) == ["Post a", "Post c"]
    pages = ("index", "posts/a", "tags/index", "tags/repair", "blog/index")
    assert not any("secret" in build.read(f"{name}.html") for name in pages)


def test_a_loop_of_tags_is_reported_and_harmless(make_site) -> None:
    site = make_site(leadposts_tags={"a": {"parent": "b"}, "b": {"parent": "a"}})
    site.post("x", tags="[post, a, b]")
    build = site.build(
        warns=[
            r"conf\.py:.*'a'.*below itself.*\[leadposts\.tag\]",
            r"conf\.py:.*'b'.*below itself.*\[leadposts\.tag\]",
        ]
    )
    shown = build.page("tags/index").select(".leadposts-tags > li > .leadposts-tag")
    assert [tag.text for tag in shown] == ["a", "b"]


def test_a_parent_that_is_nowhere_is_reported(make_site) -> None:
    site = make_site(leadposts_tags={"pads": {"parent": "braeks"}, "brakes": {}})
    site.post("x", tags="[post, pads, brakes]")
    site.build(
        warns=[r"conf\.py:.*'pads'.*'braeks'.*mean 'brakes'.*\[leadposts\.tag\]"]
    )


def test_roles_lead_to_archives_in_every_spelling(blog: Site) -> None:
    blog.write(
        "index.md",
        "# Home\n\n{blog:category}`CARE`, {blog:author}`ann`, {blog:series}`chains`, "
        "{blog:author}`her <Ann>`, [](author:Bo)\n\n{blog:category}`tolls`\n",
    )
    build = blog.build(warns=[UNDATED, r"index\.md:5: .*no category 'tolls'.*'Tools'"])
    assert build.links("index", "p") == [
        ("Care", "blog/categories/care.html"),
        ("Ann", "blog/authors/ann.html"),
        ("Chains", "blog/series/chains.html"),
        ("her", "blog/authors/ann.html"),
        ("Bo", "blog/authors/bo.html"),
    ]


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ("years", ["2025 (2)", "2024 (1)", "2023 (1)"]),
        ("categories", ["Care (2)", "R&D (1)", "Tools (1)"]),
        ("authors", ["Ann (3)", "Bo (1)"]),
        ("series", ["Chains (2)"]),
    ],
)
def test_archives_can_be_listed(blog: Site, of: str, expected: list[str]) -> None:
    blog.write("index.md", f"# Home\n\n```{{archive-list}}\n:of: {of}\n```\n")
    build = blog.build(warns=[UNDATED])
    found = build.page("index").select(".leadposts-archives > li")
    assert [item.get_text() for item in found] == expected
    links = build.links("index", ".leadposts-archives")
    assert len(links) == len(expected)
    assert all(build.has(link) for _, link in links)


def test_a_document_of_the_authors_stands_in_for_an_archive(blog: Site) -> None:
    blog.write(
        "blog/authors/ann.md",
        "# About Ann\n\n```{post-list}\n:author: Ann\n:limit: 2\n```\n",
    )
    build = blog.build(
        warns=[UNDATED, r"ann\.md.* toctree"]
        if False
        else [UNDATED, r"ann\.md.*toctree"]
    )
    assert titles(build.page("blog/authors/ann")) == ["Post c", "Post b"]
    author = build.page("posts/a").select_one(".leadposts-author")
    assert author["href"] == "../blog/authors/ann.html"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (":category: care", ["Post b", "Post a"]),
        (":author: Bo", ["Post b"]),
        (":series: Chains", ["Post e", "Post d"]),
        (":featured:", ["Post f"]),
        (":featured: no\n:limit: 1", ["Post c"]),
        (":sort: updated\n:limit: 2", ["Post g", "Post f"]),
    ],
)
def test_a_list_can_ask_for_archives(
    blog: Site, options: str, expected: list[str]
) -> None:
    blog.post("f", date="2022-01-01", featured="true", updated="2026-01-01")
    blog.post("g", date="2021-01-01", updated="2026-02-01")
    blog.write("index.md", f"# Home\n\n```{{post-list}}\n{options}\n```\n")
    assert titles(blog.build(warns=[UNDATED]).page("index")) == expected


def test_featured_posts_come_first_by_their_rank(site: Site) -> None:
    site.post("a", date="2025-01-04", tags="[post, x]", author="Ann")
    site.post("b", date="2025-01-03", tags="[post, x]", author="Ann", featured="2")
    site.post("c", date="2025-01-02", tags="[post, x]", author="Ann", featured="true")
    site.post("d", date="2025-01-01", tags="[post, x]", author="Ann", featured="2")
    build = site.build()
    ranked = ["Post c", "Post b", "Post d", "Post a"]
    for docname in ("blog/index", "tags/x", "blog/authors/ann"):
        assert titles(build.page(docname)) == ranked, docname
    # A year is a record of what was written when.
    dated = ["Post a", "Post b", "Post c", "Post d"]
    assert titles(build.page("blog/archive/2025")) == dated


def test_the_last_page_is_not_nearly_empty(make_site) -> None:
    site = make_site(leadposts_page_size=4)
    for number in range(9):
        site.post(f"p{number}", date=f"2025-01-0{number + 1}")
    build = site.build()
    assert len(titles(build.page("blog/index"))) == 4
    assert len(titles(build.page("blog/page/2"))) == 5
    assert not build.has("blog/page/3.html")


def test_a_pager_names_its_pages_and_says_where_it_stands(make_site) -> None:
    site = make_site(leadposts_page_size=1, html_baseurl="https://x.example.org/")
    for number in range(9):
        site.post(f"p{number}", date=f"2025-01-0{number + 1}")
    build = site.build()
    page = build.page("blog/page/5")
    pager = page.select_one("nav.leadposts-pager[aria-label]")
    shown = [item.get_text(strip=True) for item in pager.select("li")]
    assert shown == ["1", "…", "4", "5", "6", "…", "9"]
    assert pager.select_one("[aria-current=page]").text == "5"
    assert pager.select_one("[aria-current=page]")["aria-label"] == "Page 5 of 9"
    heads = {link["rel"][0]: link["href"] for link in page.head.select("link[rel]")}
    assert (heads["prev"], heads["next"]) == ("4.html", "6.html")
    assert heads["canonical"] == "https://x.example.org/blog/page/5.html"
    first = build.page("blog/index")
    assert not first.head.select("link[rel=prev]")
    assert first.head.select_one("link[rel=next]")["href"] == "page/2.html"
    # Two pages are left out by a gap, one is not.
    assert [i.get_text(strip=True) for i in first.select(".leadposts-pager li")] == [
        "1",
        "2",
        "…",
        "9",
    ]


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "dirhtml", "singlehtml"])
def test_archives_are_shown_in_every_format(blog: Site, builder: str) -> None:
    blog.write(
        "index.md",
        "# Home\n\n```{archive-list}\n:of: authors\n```\n\n```{tag-list}\n```\n\n"
        "```{toctree}\nblog/archive/2025\nblog/authors/ann\nposts/d\n```\n",
    )
    blog.configure(copyright="Us", version="1")
    build = blog.build(builder, warns=[UNDATED])
    if builder == "text":
        assert "Ann (3)" in build.read("index.txt")
        assert "Part 2 of 2: Chains" in build.read("posts/d.txt")
        assert "Post c" in build.read("blog/archive/2025.txt")


@pytest.mark.parametrize(
    "name", ["🎉 party", 'C:\\ "x" & #1', "日本", "a\u0085b", "\x7f"]
)
def test_a_page_is_called_what_its_posts_call_it(make_site, name: str) -> None:
    site = make_site(leadposts_title=f"Blog {name}")
    site.post("one", category=yaml.safe_dump(name, default_style='"').strip())
    build = site.build()
    said = build.page("blog/index").select_one(".body h1").find(string=True)
    assert said.split() == f"Blog {name}".split()
    (page,) = build.out.glob("blog/categories/*.html")
    heading = build.page(f"blog/categories/{page.stem}").select_one(".body h1")
    assert heading.find(string=True).split() == name.split()
