"""Feeds of real sites: what is in them, when they are written, what pages say."""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup

from tests.site import Build, Site
from tests.web_pages import BASE, find_file, list_urls, read_head

FORMS = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}


@pytest.fixture
def blog(make_site) -> Site:
    site = make_site(
        html_baseurl=BASE,
        project="Field notes",
        author="The editors",
        leadposts_feeds=list(FORMS),
    )
    site.picture("media/x.png", size=(640, 360))
    site.post(
        "one",
        "![x](/media/x.png)\n\nThe *first* words, with a [link](two.md#part).\n\n"
        "## A part\n\n![y](/media/y.png)\n",
        title='"One & <two> 🎉"',
        date="2025-05-08 10:00",
        updated="2025-06-01",
        image="/media/x.png",
        image_alt="Two bikes",
        tags="[post, Node.js, C++]",
        category="Tools",
        author="[Ann, {name: Bo, url: https://bo.example.org/}]",
    )
    site.picture("media/y.png", "red", (640, 360))
    site.post("two", "Words of two.\n\n(part)=\n## Part\n", date="2025-05-09")
    site.post("undated", date=None)
    return site


def read(build: Build, path: str) -> feedparser.FeedParserDict:
    feed = feedparser.parse((build.out / path).read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def build_blog(site: Site, builder: str = "html", **options: object) -> Build:
    return site.build(builder, warns=["no date"], **options)


@pytest.mark.parametrize("path", ["blog/atom.xml", "blog/rss.xml"])
def test_readers_find_all_that_a_post_says_of_itself(blog: Site, path: str) -> None:
    build = build_blog(blog)
    feed = read(build, path)
    assert [entry.title for entry in feed.entries] == ["Post two", "One & <two> 🎉"]
    entry = feed.entries[1]
    assert entry.link == f"{BASE}posts/one.html"
    assert entry.published_parsed[:5] == (2025, 5, 8, 10, 0)
    assert entry.updated_parsed[:3] == (2025, 6, 1)
    assert [author.name for author in entry.authors] == ["Ann", "Bo"]
    assert [tag.label or tag.term for tag in entry.tags] == ["C++", "Node.js", "Tools"]
    assert entry.summary == "The first words, with a link."
    (picture,) = entry.media_content
    file = find_file(build.out, picture["url"])
    assert int(picture["filesize"]) == file.stat().st_size
    assert (picture["width"], picture["height"]) == ("640", "360")
    assert picture["type"] == "image/png"
    assert "enclosures" not in entry or not entry.enclosures


def test_json_feed_says_the_same(blog: Site) -> None:
    build = build_blog(blog)
    feed = json.loads((build.out / "blog/feed.json").read_text("utf-8"))
    item = feed["items"][1]
    assert feed["home_page_url"] == f"{BASE}blog/index.html"
    assert item["url"] == f"{BASE}posts/one.html"
    assert item["title"] == "One & <two> 🎉"
    assert datetime.fromisoformat(item["date_published"]).isoformat() == (
        "2025-05-08T10:00:00+00:00"
    )
    assert [author["name"] for author in item["authors"]] == ["Ann", "Bo"]
    assert item["tags"] == ["C++", "Node.js", "Tools"]
    assert find_file(build.out, item["image"]).is_file()
    assert item["content_text"] == "The first words, with a link."


def test_a_feed_has_the_name_of_the_site_and_of_who_writes(blog: Site) -> None:
    feed = read(build_blog(blog), "blog/atom.xml").feed
    assert feed.title == "Blog – Field notes"
    assert feed.author == "The editors"
    assert feed.updated == "2025-06-01T00:00:00+00:00"


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_full_texts_are_those_of_the_posts(blog: Site, builder: str) -> None:
    blog.configure(leadposts_feed_content="full")
    build = build_blog(blog, builder)
    entry = read(build, "blog/atom.xml").entries[1]
    content = BeautifulSoup(entry.content[0].value, "html.parser")
    assert content.find("em").get_text() == "first"
    assert content.find("h1") is None
    assert content.find("h2").get_text() == "A part"
    # Its header is named once, beside the text; the picture in the text is there.
    sources = [image["src"] for image in content.select("img")]
    assert len(sources) == 1
    assert "/y-" in sources[0]
    assert not content.select(
        ".headerlink, .leadposts-header, .leadposts-previous-next"
    )
    link = content.select_one("a[href]")["href"]
    page = "posts/two.html" if builder == "html" else "posts/two/"
    assert link == f"{BASE}{page}#part"
    for form in FORMS.values():
        for url in list_urls(build.out / "blog" / form):
            assert find_file(build.out, url).is_file(), url


EVERYTHING = """
First words.[^1]

```{note}
A note.
```

```{warning}
A warning.
```

```{seealso}
Something else.
```

```{versionadded} 1.0
A change.
```

```{admonition} Folded
:collapsible: open
A secret.
```

```{todo}
A task.
```

```{py:function} ride(speed)
A function.
```

Term
: A definition.

A formula, $x^2$:

$$
y = x
$$

```python
this is no Python $
```

| Head |
|---|
| Cell |

[^1]: A remark.
"""


def read_full_texts(build: Build) -> list[BeautifulSoup]:
    """Return the full text of the newest post in each form."""
    item = json.loads(build.read("blog/feed.json"))["items"][0]
    # Not by feedparser, which leaves out elements that it does not know.
    atom, rss = (
        BeautifulSoup(build.read(f"blog/{n}.xml"), "xml") for n in FORMS if n != "json"
    )
    texts = [atom.entry.content.text, rss.item.encoded.text, item["content_html"]]
    return [BeautifulSoup(text, "html.parser") for text in texts]


@pytest.mark.parametrize("jobs", [1, 2])
def test_full_texts_say_all_that_pages_say_and_once(make_site, jobs: int) -> None:
    site = make_site(
        extensions=["sphinx_leadposts", "sphinx.ext.todo"],
        todo_include_todos=True,
        html_baseurl=BASE,
        leadposts_feeds=list(FORMS),
        leadposts_feed_content="full",
        leadposts_footer=[],
        myst_enable_extensions=["deflist", "dollarmath"],
    )
    site.post("p", EVERYTHING)
    for number in range(5):
        site.post(f"older-{number}", date="2024-05-08")
    # What a visitor warns of a page is not said again of its copy.
    build = site.build(jobs=jobs, warns=[r"p\.md.*Lexing"])
    page = build.page("posts/p").select_one("div.body")
    page.h1.decompose()
    page.select_one("header, .leadposts-header").decompose()
    for link in page.select(".headerlink"):
        link.decompose()
    texts = read_full_texts(build)
    assert len(texts) == 3
    for text in texts:
        assert text.get_text().split() == page.get_text().split()
        assert [str(it["class"]) for it in text.select("[class]")] == [
            str(it["class"]) for it in page.select("[class]")
        ]
        titles = [it.get_text(strip=True) for it in text.select(".admonition-title")]
        assert titles == ["Note", "Warning", "See also", "Folded", "Todo"]
        for words in re.findall(r"^(?:: )?(A \w+\.)$", EVERYTHING, re.MULTILINE):
            assert text.get_text().count(words) == 1


ONCE = """
from docutils import nodes
from docutils.parsers.rst import Directive


class once(nodes.General, nodes.Element):
    pass


class Once(Directive):
    def run(self):
        return [once()]


seen = []


def visit(translator, node):
    if seen:
        raise KeyError("once")
    seen.append(node)
    translator.body.append("<p>Once.</p>")


def setup(app):
    app.add_node(once, html=(visit, lambda translator, node: None))
    app.add_directive("once", Once)
"""


def test_what_cannot_be_rendered_twice_does_not_end_the_build(
    make_site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(
        extensions=["sphinx_leadposts", "shown_once"],
        html_baseurl=BASE,
        leadposts_feed_content="full",
    )
    site.write("../modules/shown_once.py", ONCE)
    monkeypatch.syspath_prepend(str(site.root / "modules"))
    monkeypatch.delitem(sys.modules, "shown_once", raising=False)
    site.post("p", "First words.\n\n```{once}\n```\n\nThe end.\n")
    build = site.build(
        warns=[r"posts/p\.md: WARNING: .*KeyError: 'once'.*\[leadposts\.feed\]"]
    )
    assert "Once." in build.read("posts/p.html")
    (entry,) = read(build, "blog/atom.xml").entries
    assert entry.summary == "First words."
    assert "content" not in entry


def test_full_texts_are_kept_for_posts_that_are_not_written(blog: Site) -> None:
    blog.configure(leadposts_feed_content="full")
    build_blog(blog)
    blog.post("two", "Other words.\n\n(part)=\n## Part\n", date="2025-05-09")
    warm = blog.build()
    feeds = {name: (warm.out / "blog" / name).read_bytes() for name in FORMS.values()}
    cold = build_blog(blog, out="cold", doctrees="cold-doctrees")
    for name, content in feeds.items():
        assert (cold.out / "blog" / name).read_bytes() == content
    assert b"Other words" in feeds["atom.xml"]


def test_an_edit_changes_its_item_only(blog: Site) -> None:
    build = build_blog(blog)
    before = (build.out / "blog/atom.xml").read_text("utf-8").split("<entry>")
    blog.post("two", "Other words of two.\n\n(part)=\n## Part\n", date="2025-05-09")
    after = (blog.build().out / "blog/atom.xml").read_text("utf-8").split("<entry>")
    assert [
        n
        for n, pair in enumerate(zip(before, after, strict=True))
        if len(set(pair)) > 1
    ] == [1]


def test_a_feed_is_written_only_when_a_post_in_it_changes(blog: Site) -> None:
    blog.configure(leadposts_feed_archives=["tags"])
    blog.post("three", date="2025-05-07", tags="[post, quiet]")
    out = build_blog(blog).out
    feeds = sorted(out.rglob("atom.xml"))
    assert [feed.parent.name for feed in feeds] == [
        *("blog", "c-plus-plus", "node-js", "quiet"),
    ]
    before = {feed: feed.stat().st_mtime_ns for feed in feeds}
    blog.build()
    assert {feed: feed.stat().st_mtime_ns for feed in feeds} == before
    blog.post("three", "New.\n", date="2025-05-07", tags="[post, quiet]")
    blog.build()
    changed = {f.parent.name for f in feeds if f.stat().st_mtime_ns != before[f]}
    assert changed == {"blog", "quiet"}


def test_the_feed_of_a_tag_goes_with_its_last_post(blog: Site) -> None:
    blog.configure(leadposts_feed_archives=["tags"])
    out = build_blog(blog).out
    assert (out / "tags/node-js/atom.xml").is_file()
    path = blog.src / "posts/one.md"
    blog.write("posts/one.md", path.read_text("utf-8").replace("Node.js, ", ""))
    blog.build()
    assert not (out / "tags/node-js/atom.xml").exists()
    assert (out / "tags/c-plus-plus/atom.xml").is_file()


def test_a_feed_that_somebody_removed_is_written_again(blog: Site) -> None:
    out = build_blog(blog).out
    (out / "blog/atom.xml").unlink()
    blog.build()
    assert (out / "blog/atom.xml").is_file()


def test_pages_name_their_feeds(blog: Site) -> None:
    blog.configure(leadposts_feeds=["atom"], leadposts_feed_archives=["tags"])
    build = build_blog(blog)
    assert read_head(build.out / "posts/one.html")["alternate"] == ["../blog/atom.xml"]
    assert read_head(build.out / "index.html")["alternate"] == ["blog/atom.xml"]
    page = build.out / "tags/node-js.html"
    assert read_head(page)["alternate"] == ["node-js/atom.xml", "../blog/atom.xml"]


def test_a_moved_post_keeps_its_name(blog: Site) -> None:
    before = {e.title: e.id for e in read(build_blog(blog), "blog/atom.xml").entries}
    text = (blog.src / "posts/two.md").read_text("utf-8")
    (blog.src / "posts/two.md").unlink()
    moved = text.replace("---\n", "---\nredirect_from: /posts/two/\n", 1)
    blog.write("posts/elsewhere.md", moved)
    one = blog.src / "posts/one.md"
    blog.write("posts/one.md", one.read_text("utf-8").replace("two.md", "elsewhere.md"))
    feed = read(blog.build(), "blog/atom.xml")
    assert {entry.title: entry.id for entry in feed.entries} == before
    assert feed.entries[0].link == f"{BASE}posts/elsewhere.html"


def test_names_are_those_of_any_builder(blog: Site) -> None:
    html = read(build_blog(blog), "blog/atom.xml")
    folders = read(blog.build("dirhtml", warns=["no date"]), "blog/atom.xml")
    assert [e.id for e in html.entries] == [e.id for e in folders.entries]
    assert [e.link for e in html.entries] != [e.link for e in folders.entries]


def test_a_feed_holds_the_newest_posts(make_site) -> None:
    site = make_site(html_baseurl=BASE, leadposts_feed_length=3)
    for n in range(1, 6):
        site.post(f"p{n}", date=f"2025-01-0{n}")
    entries = read(site.build(), "blog/atom.xml").entries
    assert [entry.title for entry in entries] == ["Post p5", "Post p4", "Post p3"]


def test_a_post_elsewhere_leads_there(make_site) -> None:
    site = make_site(html_baseurl=BASE, leadposts_feeds=["atom", "json"])
    site.post("p", external_url="https://other.example.org/p")
    build = site.build()
    assert read(build, "blog/atom.xml").entries[0].link == "https://other.example.org/p"
    item = json.loads((build.out / "blog/feed.json").read_text("utf-8"))["items"][0]
    assert item["url"] == f"{BASE}posts/p.html"
    assert item["external_url"] == "https://other.example.org/p"


def test_without_an_address_there_are_no_feeds_and_it_is_said(make_site) -> None:
    site = make_site()
    site.post("p")
    build = site.build()
    assert not list(build.out.rglob("*.xml"))
    assert "set html_baseurl" in build.status
    assert "alternate" not in read_head(build.out / "posts/p.html")


def test_feeds_that_are_asked_for_by_name_need_an_address(make_site) -> None:
    site = make_site(leadposts_feeds=["atom"])
    site.post("p")
    site.build(warns=[r"set html_baseurl .* \[leadposts.feed\]"])


@pytest.mark.parametrize("base", ["blog.example.org", "ftp://x/", "https://", "::"])
def test_an_address_that_is_none_is_reported(make_site, base: str) -> None:
    site = make_site(html_baseurl=base)
    site.post("p")
    build = site.build(
        warns=[r"html_baseurl = .* is no address .*\[leadposts.config\]"]
    )
    assert not list(build.out.rglob("atom.xml"))


@pytest.mark.parametrize("base", ["", "/", "./", "/docs/"])
def test_a_path_is_no_address_and_no_mistake(make_site, base: str) -> None:
    site = make_site(html_baseurl=base)
    site.post("p")
    assert not list(site.build().out.rglob("atom.xml"))


@pytest.mark.parametrize(
    "base",
    ["https://blog.example.org/en/latest", "https://blog.example.org/en/latest/"],
)
def test_a_path_below_the_address_stays(make_site, base: str) -> None:
    site = make_site(html_baseurl=base)
    site.post("p")
    entry = read(site.build(), "blog/atom.xml").entries[0]
    assert entry.link == "https://blog.example.org/en/latest/posts/p.html"


def test_no_feed_is_made_of_nothing(make_site) -> None:
    site = make_site(html_baseurl=BASE)
    assert not list(site.build().out.rglob("atom.xml"))
    site.post("p", date=None)
    assert not list(site.build(warns=["no date"]).out.rglob("atom.xml"))
    site.post("p")
    assert (site.build().out / "blog/atom.xml").is_file()
    (site.src / "posts/p.md").unlink()
    build = site.build()
    assert not (build.out / "blog/atom.xml").exists()
    assert "alternate" not in read_head(build.out / "index.html")


def test_feeds_can_be_left_out(make_site) -> None:
    site = make_site(html_baseurl=BASE, leadposts_feeds=[])
    site.post("p")
    build = site.build()
    assert not list(build.out.rglob("*.xml"))
    assert "alternate" not in read_head(build.out / "posts/p.html")


@pytest.mark.parametrize("builder", ["epub", "singlehtml", "json", "text", "latex"])
def test_other_outputs_have_no_feeds(make_site, builder: str) -> None:
    site = make_site(
        html_baseurl=BASE,
        version="1.0",
        copyright="2025, Us",
        leadposts_feed_content="full",
    )
    site.post("p", redirect_from="/old/")
    out = site.build(builder).out
    names = {path.name for path in out.rglob("*")}
    assert not names & {"atom.xml", "leadposts.json"}
    assert not (out / "old").exists()


def test_a_long_post_with_raw_html_goes_whole(make_site) -> None:
    site = make_site(html_baseurl=BASE, leadposts_feed_content="full")
    raw = (
        '<div><p>Unclosed <a href="x.html">link\n</div>\n\n<script>alert(1)</script>\n'
    )
    site.post(
        "p", f"First.\n\n{raw}\n" + "Many words here. " * 60_000 + "\n\nThe end.\n"
    )
    content = read(site.build(), "blog/atom.xml").entries[0].content[0].value
    assert "The end." in content
    assert "<script" not in content
    assert f"{BASE}posts/x.html" in content
    assert Path(site.root / "html/blog/atom.xml").stat().st_size > 900_000


@pytest.mark.parametrize("name", ["author", "project"])
def test_feeds_follow_the_name_of_the_site(blog: Site, name: str) -> None:
    out = build_blog(blog).out
    blog.configure(**{name: "Somebody else"})
    build_blog(blog)
    assert "Somebody else" in (out / "blog/atom.xml").read_text("utf-8")
