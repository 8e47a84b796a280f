"""Every builder: no warning, the titles that belong there, no dead link."""

from __future__ import annotations

import json
import posixpath
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from tests.site import BUILDERS, FOR_ALL_BUILDERS, Build, Site

#: In the order in which the blog lists them.
TITLES = ["Newest of all", "The middle one", "Oldest & <first>"]


@pytest.fixture
def blog(make_site) -> Site:
    site = make_site(**FOR_ALL_BUILDERS)
    site.picture("x.png")
    site.post(
        "one",
        "![Seen](/x.png)\n\nFirst words.\n",
        title="'Oldest & <first>'",
        date="2024-01-01",
        image="/x.png",
        tags="[post, C++]",
    )
    site.post(
        "two",
        "Second words.\n",
        title="The middle one",
        date="2024-02-01",
        tags="[post, C++]",
        guides="[guide, posts/one, 'https://elsewhere.example.org/']",
    )
    site.post(
        "three",
        "Third, after [one](one.md) and {doc}`two`.\n",
        title="Newest of all",
        date="2024-03-01",
    )
    site.write("guide.md", "# The guide\n\nSee {blog:post}`two` and {blog:tag}`C++`.\n")
    site.write(
        "index.md",
        "# Home\n\n```{post-list}\n```\n\n```{tag-list}\n```\n\n"
        "```{post-card} posts/two\n```\n\n"
        "```{further-reading}\n:layout: cards\n- [](posts/one.md): read\n```\n\n"
        "```{toctree}\nguide\nposts/three\n```\n",
    )
    return site


def in_order(text: str, titles: list[str]) -> bool:
    places = [text.find(title) for title in titles]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_builds_without_a_warning(blog: Site, builder: str) -> None:
    blog.build(builder)
    blog.build(builder)


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "json"])
def test_pages_hold_the_titles_in_order(blog: Site, builder: str) -> None:
    build = blog.build(builder)
    if builder == "json":
        pages = [
            json.loads(build.read(f"{name}.fjson"))["body"]
            for name in ("index", "blog/index")
        ]
    elif builder == "singlehtml":
        pages = [build.read("index.html")]
    else:
        blog_page = "blog/index.html"
        pages = [build.read("index.html"), build.read(blog_page)]
    for page in pages:
        text = BeautifulSoup(page, "html.parser").get_text()
        assert in_order(text, TITLES)


@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")
def test_a_book_holds_the_titles_and_only_what_belongs(blog: Site) -> None:
    build = blog.build("epub")
    with zipfile.ZipFile(next(build.out.glob("*.epub"))) as book:
        names = set(book.namelist())
        page = BeautifulSoup(book.read("blog/index.xhtml"), "html.parser")
        manifest = BeautifulSoup(book.read("content.opf"), "html.parser")
        for item in manifest.find_all("item"):
            assert unquote(item["href"]) in names
        for name in names:
            if name.endswith(".xhtml"):
                check_links(book.read(name).decode(), name, names)
    assert in_order(page.get_text(), TITLES)
    assert not any(".leadposts" in name or name.endswith("json") for name in names)


def test_every_page_of_a_book_is_xml(blog: Site) -> None:
    blog.configure(leadposts_page_size=1)
    build = blog.build("epub")
    pages = list(build.out.rglob("*.xhtml"))
    assert build.has("blog/page/2.xhtml")
    for page in pages:
        etree.parse(page)


def test_a_template_of_the_site_may_be_html_in_a_book(blog: Site) -> None:
    blog.configure(templates_path=["_templates"])
    blog.write(
        "_templates/leadposts/card.html",
        '<p>A<br>B<br/>C <img alt="3 > 2" src="x.png"\n><img alt=\'"/>\'>'
        "<col-x>D</col-x></p>",
    )
    page = etree.parse(blog.build("epub").out / "blog/index.xhtml")
    texts = {image.get("alt") for image in page.iter("{*}img")}
    assert {"3 > 2", '"/>'} <= texts


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_no_link_is_dead(blog: Site, builder: str) -> None:
    build = blog.build(builder)
    files = {p.relative_to(build.out).as_posix() for p in build.out.rglob("*")}
    for path in build.out.rglob("*.html"):
        name = path.relative_to(build.out).as_posix()
        check_links(path.read_text(), name, files, build)


def check_links(
    text: str, name: str, files: set[str], build: Build | None = None
) -> None:
    page = BeautifulSoup(text, "html.parser")
    for element in page.select("a[href], img[src]"):
        target, anchor = urldefrag(element.get("href") or element["src"])
        if re.match(r"[a-z]+:", target):
            continue
        path = posixpath.normpath(
            posixpath.join(posixpath.dirname(name), unquote(target))
        )
        if not target:
            path = name
        elif target.endswith("/") or path == ".":
            path = posixpath.normpath(posixpath.join(path, "index.html"))
        assert path in files, f"{name}: {element}"
        if anchor and build is not None:
            other = (
                page if path == name else BeautifulSoup(build.read(path), "html.parser")
            )
            assert other.find(id=unquote(anchor)), f"{name}: {element}"


def test_one_page_links_to_the_web_what_it_does_not_hold(blog: Site) -> None:
    page = blog.build("singlehtml").page("index")
    links = {a.text: a["href"] for a in page.select(".leadposts-card-title > a")}
    assert links["Newest of all"] == "#document-posts/three"
    assert links["The middle one"] == "https://blog.example.org/posts/two.html"


def test_without_a_base_url_such_a_link_is_text(blog: Site) -> None:
    blog.configure(html_baseurl="")
    page = blog.build("singlehtml").page("index")
    links = [a.text for a in page.select(".leadposts-card-title > a")]
    assert links == ["Newest of all"]
    assert in_order(page.get_text(), TITLES)


def test_plain_text_is_a_clean_list(blog: Site) -> None:
    build = blog.build("text")
    text = build.read("blog/index.txt")
    assert in_order(text, TITLES)
    assert "Newest of all – Mar 1, 2024" in text
    assert "[image" not in build.read("index.txt")
    post = build.read("posts/one.txt")
    assert "Jan 1, 2024 · 1 min read · C++" in post
    assert "Further reading" in build.read("posts/two.txt")


def test_a_book_on_paper_holds_what_its_toctree_holds(blog: Site) -> None:
    build = blog.build("latex")
    text = next(build.out.glob("*.tex")).read_text()
    oldest = r"Oldest \& \textless{}first\textgreater{}"
    assert in_order(text, ["Newest of all", "The middle one", oldest])
    assert r"\sphinxhref{https://blog.example.org/posts/two.html}{The middle" in text
    assert re.findall(r"\\chapter\{(.*)\}", text) == ["The guide", "Newest of all"]


def test_pictures_come_out_on_paper(blog: Site) -> None:
    text = "# Home\n\n```{toctree}\nguide\nposts/one\n```\n\n```{post-list}\n```\n"
    blog.write("index.md", text)
    build = blog.build("latex")
    (picture,) = build.out.glob("x-*.png")
    assert picture.name[:-4] in next(build.out.glob("*.tex")).read_text()


@pytest.mark.parametrize(
    ("builder", "name"), [("man", "site.1"), ("texinfo", "site.texi")]
)
def test_manuals_hold_the_titles_in_order(blog: Site, builder: str, name: str) -> None:
    text = blog.build(builder).read(name)
    assert in_order(text, ["Newest of all", "The middle one", "Oldest & <first>"])


def test_xml_holds_plain_nodes(blog: Site) -> None:
    text = blog.build("xml").read("blog/index.xml")
    assert in_order(text, ["Newest of all", "The middle one", "Oldest &amp; &lt;first"])
    assert "placeholder" not in text


def test_gettext_takes_what_authors_wrote_and_nothing_else(blog: Site) -> None:
    build = blog.build("gettext")
    texts = "".join(p.read_text() for p in build.out.rglob("*.pot"))
    assert 'msgid "Newest of all"' in texts
    assert 'msgid "First words."' in texts
    for ours in ("min read", "Further reading", 'msgid "C++"', 'msgid "Tags"'):
        assert ours not in texts


def test_only_html_gets_the_style_sheet(blog: Site) -> None:
    assert "_static/leadposts.css" in blog.build("html").read("index.html")
    assert blog.build("epub").has("_static/leadposts.css")
    assert not list(blog.build("latex").out.rglob("leadposts.css"))


@pytest.mark.parametrize(
    "theme", ["furo", "pydata_sphinx_theme", "sphinx_rtd_theme", "sphinx_book_theme"]
)
def test_themes_need_no_warning(blog: Site, theme: str) -> None:
    blog.configure(html_theme=theme)
    page = blog.build().page("tags/c-plus-plus")
    assert len(page.select("article.leadposts-card")) == 2
    assert not Path(blog.root, "html/_sources/tags").exists()
