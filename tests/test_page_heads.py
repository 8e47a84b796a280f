"""What the heads of real pages say, alone and beside other extensions."""

from __future__ import annotations

import json
from html import unescape

import feedparser
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.site import Site
from tests.test_heads import find_faults, find_lacks
from tests.web_pages import (
    BASE,
    find_file,
    list_urls,
    read_head,
    read_structured_data,
)

OPENGRAPH = "sphinxext.opengraph"
SEO = {"label": "SEO", "description": "Being found."}
#: Keys of which a page may have several.
SEVERAL = {"article:tag", "article:author"}
#: The theme that each documentation of Sphinx has tried, and those of most blogs.
THEMES = [
    *("alabaster", "furo", "pydata_sphinx_theme", "sphinx_rtd_theme"),
    "sphinx_book_theme",
]


@pytest.fixture
def blog(make_site) -> Site:
    site = make_site(
        html_baseurl=BASE,
        project="Field notes",
        leadposts_page_size=2,
        leadposts_tags={"seo": SEO, "Links": {}},
        leadposts_authors={"Ann": {"bio": "Ann digs.", "url": "https://ann.example/"}},
    )
    site.picture("media/x.png", size=(900, 500))
    site.post(
        "one",
        title='"Using `<script>` & co"',
        description='"What <b>it</b> \\"is\\""',
        date="2025-05-08 10:00",
        updated="2025-06-01",
        image="/media/x.png",
        tags="[post, seo, Links]",
        category="Tools",
        author="Ann",
        series="{name: Digging, part: 1}",
    )
    site.post(
        "two", "Words of two.\n", tags="[post, seo]", series="{name: Digging, part: 2}"
    )
    for n in range(3, 8):
        site.post(f"p{n}", f"Words of {n}.\n", date=f"2025-04-0{n}", tags="[post, seo]")
    site.write("index.md", "# Home\n\n```{toctree}\nplain\n```\n")
    site.write("plain.md", "# Plain\n\nA page that is no post.\n")
    return site


PAGES = [
    *("posts/one", "posts/two", "blog/index", "blog/page/2", "tags/index", "tags/seo"),
    *("blog/authors/ann", "blog/series/digging", "blog/archive/2025", "plain", "index"),
]


@pytest.mark.parametrize("with_opengraph", [False, True])
@pytest.mark.parametrize("theme", THEMES)
def test_nothing_stands_twice(blog: Site, theme: str, *, with_opengraph: bool) -> None:
    extensions = ["sphinx_leadposts", *([OPENGRAPH] if with_opengraph else [])]
    blog.configure(
        html_theme=theme,
        extensions=extensions,
        ogp_site_url=BASE,
        ogp_social_cards={"enable": False},
    )
    if not with_opengraph:
        del blog.conf["ogp_site_url"], blog.conf["ogp_social_cards"]
        blog.configure()
    out = blog.build().out
    for page in PAGES:
        head = read_head(out / f"{page}.html")
        twice = {k for k, v in head.items() if len(v) > 1 and ":" in k} - SEVERAL
        assert not twice, (page, twice)
        for key in ("canonical", "description", "twitter:card"):
            assert len(head.get(key, [])) <= 1, (page, key)
        assert head["canonical"] == [f"{BASE}{page}.html"]


@pytest.mark.parametrize("extensions", [[], [OPENGRAPH]])
def test_a_post_says_what_it_is(blog: Site, extensions: list[str]) -> None:
    blog.configure(extensions=["sphinx_leadposts", *extensions])
    if extensions:
        blog.configure(ogp_site_url=BASE, ogp_social_cards={"enable": False})
    out = blog.build().out
    head = read_head(out / "posts/one.html")
    (picture,) = head["og:image"]
    with Image.open(find_file(out, picture)) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))
    said = {key: values[0] for key, values in head.items() if key != "article:tag"}
    assert said | {} == {
        **said,
        "description": 'What <b>it</b> "is"',
        "og:title": "Using `<script>` & co",
        "og:type": "article",
        "og:url": f"{BASE}posts/one.html",
        "og:site_name": "Field notes",
        "og:description": 'What <b>it</b> "is"',
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Using `<script>` & co",
        "article:published_time": "2025-05-08T10:00:00+00:00",
        "article:modified_time": "2025-06-01T00:00:00+00:00",
        "article:author": f"{BASE}blog/authors/ann.html",
        "article:section": "Tools",
        "twitter:card": "summary_large_image",
    }
    assert head["article:tag"] == ["Links", "SEO"]


def test_a_list_says_what_it_is(blog: Site) -> None:
    head = read_head(blog.build().out / "tags/seo.html")
    assert head["og:title"] == ["SEO"]
    assert head["og:type"] == ["website"]
    assert head["description"] == head["og:description"] == ["Being found."]


@pytest.mark.parametrize("extensions", [[], [OPENGRAPH]])
def test_what_an_author_wrote_goes_before_ours(
    blog: Site, extensions: list[str]
) -> None:
    blog.configure(extensions=["sphinx_leadposts", *extensions])
    meta = "{html_meta: {description: Mine, 'property=og:title': Called so}}"
    blog.post("two", "Words of two.\n", myst=meta)
    page = blog.build().out / "posts/two.html"
    head = read_head(page)
    assert head["description"] == ["Mine"]
    assert "Called so" in head["og:title"]
    if not extensions:
        assert head["og:title"] == ["Called so"]
    # What MyST puts before the text is no text.
    body = BeautifulSoup(page.read_text("utf-8"), "html.parser").select_one(".body")
    assert "html_meta" not in body.get_text()


@pytest.mark.parametrize("extensions", [[], [OPENGRAPH]])
def test_a_description_in_html_meta_is_that_of_the_post(
    blog: Site, extensions: list[str]
) -> None:
    blog.configure(
        extensions=["sphinx_leadposts", *extensions],
        leadposts_feeds=["atom", "rss", "json"],
        leadposts_page_size=24,
    )
    said = """<b>Mine</b>, "it's" & so `on`</script>"""
    meta = {"html_meta": {"description": said}}
    blog.post("two", "Words of two.\n", myst=json.dumps(meta))
    blog.post("three", "Words.\n", myst=json.dumps(meta), description="Of the card")
    build = blog.build()
    head = read_head(build.out / "posts/two.html")
    assert head["description"] == head["og:description"] == [said]
    (article, _) = read_structured_data(build.out / "posts/two.html")
    assert article["description"] == said
    # An author may well want to tell search engines what cards do not say.
    head = read_head(build.out / "posts/three.html")
    assert head["description"] == [said]
    cards = {
        card.select_one(".leadposts-card-title").text: card.select_one(
            ".leadposts-card-summary"
        )
        for card in build.page("blog/index").select(".leadposts-card")
    }
    assert cards["Post two"].text == said
    assert cards["Post two"].find() is None
    assert cards["Post three"].text == "Of the card"
    for name in ("atom", "rss"):
        feed = feedparser.parse((build.out / f"blog/{name}.xml").read_bytes())
        (entry,) = (e for e in feed.entries if e.title == "Post two")
        assert unescape(entry.summary) == said
    items = json.loads(build.read("blog/feed.json"))["items"]
    (item,) = (i for i in items if i["title"] == "Post two")
    assert said in item.values()
    posts = json.loads(build.read("leadposts.json"))["posts"]
    (record,) = (p for p in posts if p["title"] == "Post two")
    assert record["description"] == said


def test_the_picture_of_an_author_goes_before_ours(blog: Site) -> None:
    blog.configure(extensions=["sphinx_leadposts", OPENGRAPH], ogp_site_url=BASE)
    text = (blog.src / "posts/one.md").read_text("utf-8")
    mine = "https://cdn.example.org/x.jpg"
    blog.write("posts/one.md", text.replace("---\n", f"---\nog:image: {mine}\n", 1))
    head = read_head(blog.build().out / "posts/one.html")
    assert head["og:image"] == [mine]
    assert "og:image:width" not in head


def test_a_canonical_address_elsewhere_is_said(blog: Site) -> None:
    elsewhere = "https://first.example.org/two"
    blog.post("two", "Words of two.\n", canonical_url=elsewhere)
    head = read_head(blog.build().out / "posts/two.html")
    assert head["canonical"] == head["og:url"] == [elsewhere]


def test_each_kind_of_page_describes_itself(blog: Site) -> None:
    out = blog.build().out
    kinds = {
        page: [thing["@type"] for thing in read_structured_data(out / f"{page}.html")]
        for page in PAGES
    }
    trail = "BreadcrumbList"
    assert kinds == {
        "posts/one": ["BlogPosting", trail],
        "posts/two": ["BlogPosting", trail],
        "blog/index": ["CollectionPage"],
        "blog/page/2": ["CollectionPage", trail],
        "tags/index": ["CollectionPage", trail],
        "tags/seo": ["CollectionPage", trail],
        "blog/authors/ann": ["ProfilePage", "ItemList", trail],
        "blog/series/digging": ["CollectionPage", trail],
        "blog/archive/2025": ["CollectionPage", trail],
        "plain": [],
        "index": [],
    }


@pytest.mark.filterwarnings("ignore")  # of libraries for formats that we do not ask
def test_others_read_on_real_pages_what_google_requires(blog: Site) -> None:
    import extruct

    out = blog.build().out
    for page in PAGES:
        text = (out / f"{page}.html").read_text("utf-8")
        found = extruct.extract(text, base_url=BASE, syntaxes=["json-ld", "opengraph"])
        graphs = found["json-ld"]
        is_ours = page not in {"plain", "index"}
        assert len(graphs) == len(found["opengraph"]) == is_ours, page
        assert find_lacks(graphs, "required") == [], page
        assert find_faults(graphs) == [], page


def test_a_post_is_found_by_way_of_its_category(blog: Site) -> None:
    out = blog.build().out
    (trail,) = (
        thing
        for thing in read_structured_data(out / "posts/one.html")
        if thing["@type"] == "BreadcrumbList"
    )
    names = [step["name"] for step in trail["itemListElement"]]
    assert names == ["Blog", "Tools", "Using `<script>` & co"]


def test_the_posts_of_a_page_are_counted_from_the_first_page(blog: Site) -> None:
    out = blog.build().out
    (page,) = (
        thing
        for thing in read_structured_data(out / "blog/page/2.html")
        if thing["@type"] == "CollectionPage"
    )
    items = page["mainEntity"]["itemListElement"]
    assert [item["position"] for item in items] == [3, 4]
    page = BeautifulSoup((out / "blog/page/2.html").read_text("utf-8"), "html.parser")
    cards = [a["href"] for a in page.select(".leadposts-card-title a")]
    assert [i["url"].rpartition("/")[2] for i in items] == [
        card.rpartition("/")[2] for card in cards
    ]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_every_address_names_a_file_on_read_the_docs(
    blog: Site, monkeypatch: pytest.MonkeyPatch, builder: str, slash: str
) -> None:
    base = "https://field-notes.readthedocs.io/en/latest/"
    monkeypatch.setenv("READTHEDOCS", "True")
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", base.removesuffix("/") + slash)
    del blog.conf["html_baseurl"]
    blog.configure(
        leadposts_feeds=["atom", "rss", "json"],
        leadposts_feed_archives=["tags", "categories", "authors", "series"],
        leadposts_feed_content="full",
    )
    text = (blog.src / "posts/two.md").read_text("utf-8")
    old = "---\nredirect_from: [/old/two/, /two.html]\n"
    blog.write("posts/two.md", text.replace("---\n", old, 1))
    out = blog.build(builder).out
    files = [p for s in ("html", "xml", "json") for p in out.rglob(f"*.{s}")]
    assert {out / "old/two/index.html", out / "two.html"} <= set(files)
    seen = 0
    for file in files:
        if "_static" in file.parts:
            continue
        for url in list_urls(file, base):
            seen += 1
            assert find_file(out, url, base).is_file(), (file, url)
    assert seen > 400
    page = "posts/one.html" if builder == "html" else "posts/one/"
    head = read_head(find_file(out, base + page, base))
    assert head["canonical"] == head["og:url"] == [base + page]


def test_heads_follow_what_they_say(blog: Site) -> None:
    out = blog.build().out
    before = {page: (out / f"{page}.html").stat().st_mtime_ns for page in PAGES}
    blog.configure(
        leadposts_tags={"seo": SEO | {"label": "Search", "slug": "seo"}, "Links": {}}
    )
    blog.build()
    head = read_head(out / "posts/one.html")
    assert head["article:tag"] == ["Links", "Search"]
    unchanged = {
        page
        for page, time in before.items()
        if (out / f"{page}.html").stat().st_mtime_ns == time
    }
    assert {"plain", "blog/authors/ann"} - unchanged <= {"blog/authors/ann"}
    cold = blog.build(out="cold", doctrees="cold-doctrees").out
    for page in PAGES:
        assert read_head(out / f"{page}.html") == read_head(cold / f"{page}.html")


def test_without_an_address_a_head_says_what_needs_none(blog: Site) -> None:
    del blog.conf["html_baseurl"]
    blog.configure()
    head = read_head(blog.build().out / "posts/one.html")
    assert head["description"] == ['What <b>it</b> "is"']
    assert not {"og:url", "og:image", "canonical", "alternate"} & head.keys()


@pytest.mark.parametrize("builder", ["epub", "singlehtml"])
def test_other_outputs_say_nothing(blog: Site, builder: str) -> None:
    blog.configure(version="1.0", copyright="2025, Us")
    out = blog.build(builder).out
    for page in [*out.rglob("*.html"), *out.rglob("*.xhtml")]:
        text = page.read_text("utf-8")
        assert "og:title" not in text
        assert "ld+json" not in text


# It asks the environment for the application.
@pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app")
def test_a_sitemap_has_pages_of_readers_only(blog: Site) -> None:
    blog.configure(
        extensions=["sphinx_leadposts", "sphinx_sitemap"], sitemap_url_scheme="{link}"
    )
    blog.post("held", date="2999-01-01")
    blog.post("draft", draft="true")
    blog.post("two", "Words.\n", redirect_from="/old/two/")
    out = blog.build().out
    urls = set(list_urls(out / "sitemap.xml"))
    assert all(find_file(out, url).is_file() for url in urls)
    assert {f"{BASE}{page}.html" for page in PAGES} <= urls
    assert not any("held" in url or "draft" in url or "old" in url for url in urls)
