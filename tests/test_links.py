from __future__ import annotations

import zlib

import pytest

from tests.site import Site

GUIDE_ELSEWHERE = {"target": "https://e.org/x/", "title": "Far away"}
#: Builders that know no addresses or that write one file, and that file.
BOOKS = {
    "text": "index.txt",
    "man": "site.1",
    "latex": "site.tex",
    "texinfo": "site.texi",
    "singlehtml": "index.html",
}


@pytest.fixture
def blog(site: Site) -> Site:
    site.post("a", tags="[post, SEO]")
    site.post("b", tags="[post, json]")
    site.post("c", "Some other text.\n")
    site.write("guide.md", "---\norphan: true\n---\n# The guide\n\nText.\n")
    return site


def links(site: Site, text: str, **kwargs: object) -> list[tuple[str, str]]:
    site.write("index.md", f"# Home\n\n{text}\n")
    page = site.build(**kwargs).page("index")
    return [
        (a.get_text(), a["href"])
        for a in page.select(".body section a")
        if "headerlink" not in a.get("class", [])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{blog:post}`posts/a`", ("Post a", "posts/a.html")),
        ("{blog:post}`b`", ("Post b", "posts/b.html")),
        ("{blog:post}`this <posts/a>`", ("this", "posts/a.html")),
        ("{blog:tag}`SEO`", ("SEO", "tags/seo.html")),
        ("{blog:tag}`seo`", ("SEO", "tags/seo.html")),
        ("{blog:tag}`about it <seo>`", ("about it", "tags/seo.html")),
        ("{any}`tag:json`", ("json", "tags/json.html")),
        ("{any}`post:posts/a`", ("Post a", "posts/a.html")),
        ("[](tag:json)", ("json", "tags/json.html")),
        ("[it](post:posts/a)", ("it", "posts/a.html")),
        ("{doc}`/tags/seo`", ("SEO", "tags/seo.html")),
        ("<project:/tags/seo.md>", ("SEO", "tags/seo.html")),
        ("[](posts/a.md)", ("Post a", "posts/a.html")),
    ],
)
def test_posts_and_tags_can_be_linked(
    blog: Site, text: str, expected: tuple[str, str]
) -> None:
    assert links(blog, text) == [expected]


def test_a_tag_never_shadows_another_object(blog: Site) -> None:
    text = "```{py:module} json\n```\n\n{any}`json`\n"
    assert [href for text, href in links(blog, text)] == ["#module-json"]


@pytest.mark.parametrize("role", ["post", "tag"])
def test_a_role_without_a_target_is_named(blog: Site, role: str) -> None:
    blog.write("index.md", f"# Home\n\n{{blog:{role}}}`nothing`\n")
    blog.build(warns=[rf"index\.md:3: WARNING: no {role} 'nothing'.*\[ref\.{role}\]"])


def test_posts_and_tags_stand_in_the_inventory(blog: Site) -> None:
    build = blog.build()
    _, _, packed = (build.out / "objects.inv").read_bytes().partition(b"zlib.\n")
    lines = zlib.decompress(packed).decode().splitlines()
    assert "posts/a blog:post -1 posts/a.html Post a" in lines
    assert "seo blog:tag -1 tags/seo.html SEO" in lines


READING = """```{{further-reading}}
:title: Go on
:layout: {layout}
- {{doc}}`/guide`: why it *matters*
- [](posts/a.md)
- [Elsewhere](https://example.org/x) – a page
- posts/b: by name

  with a second paragraph
- {{blog:post}}`that one <posts/c>`
```"""
ENTRIES = [
    ("The guide", "guide.html"),
    ("Post a", "posts/a.html"),
    ("Elsewhere", "https://example.org/x"),
    ("Post b", "posts/b.html"),
    ("that one", "posts/c.html"),
]


def test_further_reading_keeps_what_was_written(blog: Site) -> None:
    assert links(blog, READING.format(layout="list")) == ENTRIES
    block = blog.build().page("index").select_one(".leadposts-further-reading")
    assert block.select_one(".leadposts-further-reading-title").text == "Go on"
    assert block.select_one("li em").text == "matters"
    assert block.select("li")[3].get_text(" ", strip=True).endswith("second paragraph")


def test_further_reading_as_cards_knows_our_posts(blog: Site) -> None:
    assert links(blog, READING.format(layout="cards")) == ENTRIES
    cards = blog.build().page("index").select("article.leadposts-card")
    summaries = [c.select_one(".leadposts-card-summary").text for c in cards]
    assert summaries == [
        "why it matters",
        "Some text.",
        "a page",
        "by name with a second paragraph",
        "Some other text.",
    ]


def test_a_broken_target_is_named_at_its_line(blog: Site) -> None:
    text = "```{further-reading}\n- [x](gone.md)\n- {doc}`/nowhere`\n```\n"
    blog.write("index.md", f"# Home\n\n{text}")
    blog.build(
        warns=[r"index\.md:4: WARNING: .*gone\.md", r"index\.md:5: WARNING: .*nowhere"]
    )


def test_an_item_without_a_link_is_named_and_the_others_stay(blog: Site) -> None:
    text = "```{further-reading}\n- [x](guide.md)\n- just words\n```\n"
    blog.write("index.md", f"# Home\n\n{text}")
    build = blog.build(
        warns=[r"index\.md:5: WARNING: .*'just words'.*\[leadposts\.further_reading\]"]
    )
    assert len(build.page("index").select(".leadposts-further-reading li")) == 1


def test_an_empty_block_is_named(blog: Site) -> None:
    blog.write("index.md", "# Home\n\n```{further-reading}\n```\n")
    blog.build(warns=[r"index\.md:3: WARNING: .*\[leadposts\.further_reading\]"])


def test_guides_of_a_post_stand_at_its_end(blog: Site) -> None:
    blog.post(
        "c", "Text.\n\n## Part\n\nEnd.\n", guides="[guide, 'https://e.org/', posts/a]"
    )
    section = blog.build().page("posts/c").select_one(".body section")
    block, _related, _neighbours = section.find_all(recursive=False)[-3:]
    assert "leadposts-further-reading" in block["class"]
    assert [(a.text, a["href"]) for a in block.select("a")] == [
        ("The guide", "../guide.html"),
        ("e.org", "https://e.org/"),
        ("Post a", "a.html"),
    ]


def test_a_guide_that_is_not_there_is_named(blog: Site) -> None:
    blog.post("c", guides="[nowhere, guide]")
    build = blog.build(warns=[r"c\.md:5: WARNING: .*'nowhere'.*\[leadposts\.guide\]"])
    assert len(build.page("posts/c").select(".leadposts-further-reading li")) == 1


def test_the_footer_can_be_left_out(make_site) -> None:
    site = make_site(leadposts_footer=[])
    site.post("a", guides="['https://e.org/']")
    assert not site.build().page("posts/a").select(".leadposts-further-reading")


def test_a_retitled_guide_is_shown_under_its_new_name(blog: Site) -> None:
    blog.post("c", guides="[posts/a]")
    blog.build()
    blog.post("a", title="New name")
    assert blog.build().page("posts/c").find("a", string="New name")


@pytest.mark.parametrize("base", ["", "https://me.org/"])
@pytest.mark.parametrize("is_in_book", [True, False])
@pytest.mark.parametrize("builder", BOOKS)
def test_a_role_shows_the_title_in_every_format(
    make_site, builder: str, is_in_book: bool, base: str
) -> None:
    # In plain text all addresses are empty; a book may not hold the page at all.
    site = make_site(
        html_baseurl=base, leadposts_guides={"cold": "guide", "far": GUIDE_ELSEWHERE}
    )
    site.write("guide.md", "---\norphan: true\n---\n# The guide\n\nText.\n")
    site.post("a", tags="[post, Sun]")
    roles = (
        "one {blog:post}`posts/a` two {blog:post}`a` three {blog:guide}`cold` four "
        "{blog:guide}`far` five {blog:tag}`sun` six [](/posts/a.md) seven "
        "{any}`post:posts/a` eight {blog:post}`own words <a>` nine"
    )
    toctree = "```{toctree}\nguide\nposts/a\n```\n" if is_in_book else ""
    site.write("index.md", f"# Home\n\n{roles}\n\n{toctree}")
    build = site.build(builder)
    written = build.read(BOOKS[builder])
    if builder == "singlehtml":
        written = build.page("index").get_text()
    shown = " ".join(written.split())
    titles = ("Post a", "Post a", "The guide", "Far away", "Sun", "Post a", "Post a")
    words = ("one", "two", "three", "four", "five", "six", "seven")
    ends = (*words[1:], "eight")
    for title, before, after in zip(titles, words, ends, strict=True):
        between = shown.partition(f"{before} ")[2].partition(f" {after}")[0]
        assert title in between, (before, between)
    assert "own words" in shown.partition("eight ")[2].partition(" nine")[0]
