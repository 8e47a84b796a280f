from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from sphinx_leadposts.sphinx_ext.writing_phase.wording import format_day
from tests.site import Build, Site


def headings(page: BeautifulSoup, level: int) -> list[str]:
    return [str(h.find(string=True)) for h in page.select(f".body h{level}")]


TITLE = 'Using `<script>alert(1)</script>` & "quotes"'


def test_a_marker_tag_makes_a_post_and_is_not_shown(site: Site) -> None:
    site.post("one", tags="[post, SEO]")
    build = site.build()
    header = build.page("posts/one").select_one(".leadposts-header")
    assert [a.text for a in header.select("a.leadposts-tag")] == ["SEO"]
    assert build.has("tags/seo.html")
    assert not build.has("tags/post.html")


@pytest.mark.parametrize("line", ["draft: ture", "draft: perhaps", "published: flase"])
def test_a_post_whose_flag_cannot_be_read_is_held_back(site: Site, line: str) -> None:
    key, _, value = line.partition(": ")
    site.post("a", **{key: value})
    # In each build: the post is not there to be missed.
    pattern = (
        rf"src/posts/a\.md:5: WARNING: {key}: it takes 'true' or 'false', not "
        rf"'{value}'; the post is held back \[leadposts\.front_matter\]"
    )
    for _ in range(2):
        build = site.build(warns=[pattern])
        assert "held back: 1 draft" in build.status
        assert not build.has("posts/a.html")
    # A preview reads it, and so says it once as well.
    preview = site.build(
        out="preview", overrides={"leadposts_show_drafts": True}, warns=[pattern]
    )
    assert preview.has("posts/a.html")
    site.post("a", **{key: "true"})
    assert site.build().has("posts/a.html") is (key == "published")


def test_a_post_that_says_when_it_is_published_waits_for_that_day(site: Site) -> None:
    site.post("a", date=None, published="2024-02-03")
    site.post("b", date=None, published="2999-01-01")
    build = site.build()
    time = build.page("posts/a").select_one(".leadposts-header time")
    assert time["datetime"] == "2024-02-03"
    assert "held back: 1 future (next 2999-01-01)" in build.status


def test_the_fault_of_a_held_back_post_is_named_with_its_own_file(site: Site) -> None:
    site.configure(leadposts_post_pattern=["posts/*"])
    site.write("posts/b.rst", ":date: 2025-01-01\n:draft: ture\n\nB\n=\n\nText.\n")
    site.build(warns=[r"src/posts/b\.rst:2: WARNING: draft: .*held back"])


def test_a_document_that_is_no_post_may_say_anything_of_drafts(site: Site) -> None:
    site.write("about.md", "---\norphan: true\ndraft: ture\n---\n# About\n")
    assert site.build().has("about.html")


def test_a_pattern_or_blogpost_makes_a_post_and_post_false_undoes_it(
    make_site,
) -> None:
    site = make_site(leadposts_post_pattern=["news/*"])
    site.write("news/a.md", "---\ndate: 2025-01-01\n---\n# By pattern\n\nText.\n")
    site.write("news/deep/b.md", "---\norphan: true\n---\n# Too deep\n")
    site.write("news/c.md", "---\npost: false\norphan: true\n---\n# Opted out\n")
    site.post("d", title="By key", tags=None, blogpost="true")
    site.write("e.md", "---\ntags: [seo]\norphan: true\n---\n# No post\n")
    cards = site.build().page("blog/index").select(".leadposts-card-title")
    assert [card.text for card in cards] == ["By key", "By pattern"]


def test_the_title_is_the_heading_where_there_is_none(site: Site) -> None:
    site.post("one", "## Part\n\nText.\n", title=f"'{TITLE}'")
    page = site.build().page("posts/one")
    assert headings(page, 1) == [TITLE]
    assert headings(page, 2) == ["Part"]
    assert page.title.string.startswith(TITLE)


def test_a_heading_of_the_body_stays_the_only_one(site: Site) -> None:
    site.post("one", "# Body heading\n\nText.\n", title="Listed title")
    site.post("two", "Underlined\n==========\n\nText.\n", title="Other title")
    build = site.build()
    assert headings(build.page("posts/one"), 1) == ["Body heading"]
    assert headings(build.page("posts/two"), 1) == ["Underlined"]
    cards = build.page("blog/index").select(".leadposts-card-title")
    assert [card.text for card in cards] == ["Listed title", "Other title"]


WORDS = "Water is H2O and more"
MARKED = "# Water is H<sub>2</sub>O<br>and *more*[^1] ![Lake](/lake.png)\n\nText"


def test_a_title_taken_from_a_heading_is_what_readers_read(make_site) -> None:
    site = make_site(html_baseurl="https://me.org/")
    site.picture("lake.png")
    site.post("one", f"{MARKED}.<br/>End.\n\nLast.\n\n[^1]: A note.\n", title=None)
    site.post("two", "# ![A lake](/lake.png)\n\nText.\n", title=None)
    site.post("three", "# <img src='/lake.png'>\n\nText.\n", title=None)
    links = "- guide: by the *sea*<br>side\n- [](/other.md)\n"
    block = f"```{{further-reading}}\n:layout: cards\n\n{links}```\n"
    orphan = "---\norphan: true\nguide_for: [post]\n---\n"
    site.write("guide.md", f"{orphan}{MARKED}.\n\n[^1]: A note.\n")
    other = "---\norphan: true\n---\n# Fire and <i>ice</i>\n\nText.\n"
    site.write("other.md", other)
    site.write("index.md", f"# Home\n\n{block}")
    build = site.build()
    posts = {p["docname"]: p for p in json.loads(build.read("leadposts.json"))["posts"]}
    one, two, three = (posts[f"posts/{name}"] for name in ("one", "two", "three"))
    assert one["title"] == WORDS
    assert one["summary"] == "Text. End."
    assert (two["title"], three["title"]) == ("A lake", "posts/three")
    head = build.page("posts/one").head
    assert head.select_one("[property='og:title']")["content"] == WORDS
    cards = build.page("index").select(".leadposts-further-reading .leadposts-card")
    names = [card.select_one(".leadposts-card-title").text.strip() for card in cards]
    assert names == [WORDS, "Fire and ice"]
    assert cards[0].select_one(".leadposts-card-summary").text == "by the sea side"


def test_a_title_stays_text_where_myst_would_parse_it(make_site) -> None:
    site = make_site(myst_title_to_header=True)
    site.post("one", "## Part\n\nText.\n", title="'*A* <b>'", tags="[post, '*t*']")
    site.post("two", "# Own *one*\n\nText.\n", title="Listed")
    site.post("three", "Text.\n", title="'*Three*'")
    build = site.build()
    assert headings(build.page("posts/one"), 1) == ["*A* <b>"]
    assert headings(build.page("posts/two"), 1) == ["Own "]
    assert headings(build.page("posts/three"), 1) == ["*Three*"]
    assert headings(build.page("tags/t"), 1) == ["*t*"]


@pytest.mark.parametrize("first", ["## Two", "### Three", "Two\n---", "#### Four"])
def test_a_first_heading_of_any_level_is_no_defect_of_a_post(
    site: Site, first: str
) -> None:
    site.post("one", f"{first}\n\nText.\n\n---\n")
    page = site.build().page("posts/one")
    assert len(headings(page, 1)) == 1
    assert not page.find_all("hr", class_="docutils")


def test_other_documents_keep_their_warnings(site: Site) -> None:
    site.write("other.md", "---\norphan: true\n---\n### Deep\n\nText.\n")
    site.post("one", "### Deep\n\nText.\n")
    site.build(warns=[r"other\.md:4: WARNING: .*H3.* \[myst\.header\]"])


def test_line_numbers_of_later_warnings_stay_right(site: Site) -> None:
    site.post("one", "## Part\n\n[x](nowhere.md)\n")
    site.build(warns=[r"one\.md:9: WARNING: .*nowhere.*\[myst\.xref_missing\]"])


def test_a_title_is_text_on_every_page(site: Site) -> None:
    site.post("one", title=f"'{TITLE}'", tags='[post, "<b>&"]', description="'<i>&'")
    site.write(
        "index.md",
        "# Home\n\n```{post-list}\n```\n\n```{post-list}\n:layout: list\n```\n\n"
        "```{tag-list}\n```\n\n{blog:post}`posts/one`\n\n{blog:tag}`<b>&`\n",
    )
    build = site.build()
    for name in ("index", "blog/index", "tags/index", "posts/one", "tags/b-and"):
        html = build.read(f"{name}.html")
        assert "<script>alert" not in html
        assert "<b>&" not in html
        assert "<i>&" not in html
    assert TITLE in build.page("blog/index").get_text()
    assert headings(build.page("tags/b-and"), 1) == ["<b>&"]


def test_a_post_without_title_is_listed_by_its_file_name(site: Site) -> None:
    site.post("first-steps", title=None)
    build = site.build(warns=[r"first-steps\.md:1: WARNING: .*\[leadposts\.title\]"])
    assert "First steps" in build.page("blog/index").get_text()


def test_two_posts_with_one_title_are_named(site: Site) -> None:
    site.post("one", title="Same")
    site.post("two", title="Same")
    build = site.build(
        warns=[r"two\.md:2: WARNING: .*'posts/one'.*\[leadposts\.title\]"]
    )
    assert len(build.page("blog/index").select(".leadposts-card")) == 2


def test_a_bad_date_costs_a_warning_and_nothing_else(site: Site) -> None:
    site.post("bad", date="2024-13-01", tags="[post, seo]")
    site.post("good", tags="[post, seo]")
    build = site.build(
        warns=[r"bad\.md:3: WARNING: .*2024-13-01.*YYYY-MM-DD.*\[leadposts\.date\]"]
    )
    titles = [c.text for c in build.page("tags/seo").select(".leadposts-card-title")]
    assert titles == ["Post good", "Post bad"]
    assert "2024-13-01" not in build.page("posts/bad").get_text()


def test_front_matter_that_yaml_cannot_read_costs_one_warning(make_site) -> None:
    site = make_site()
    site.post("bad", "## Part\n\n[x](gone.md)\n", title="a: b", tags="[post, seo]")
    build = site.build(
        warns=[
            r"bad\.md:2: WARNING: .*front matter.*\[leadposts\.front_matter\]",
            r"bad\.md:9: WARNING: .*gone.*\[myst\.xref_missing\]",
        ]
    )
    page = build.page("posts/bad")
    assert headings(page, 1) == ["a: b"]
    assert page.select_one(".leadposts-header time")["datetime"] == "2025-05-08"
    assert "date" not in page.select_one(".body").get_text()


def test_a_date_may_stand_in_the_file_name(site: Site) -> None:
    site.post("2024-02-29-leap", date=None)
    time = (
        site.build().page("posts/2024-02-29-leap").select_one(".leadposts-header time")
    )
    assert time["datetime"] == "2024-02-29"


def test_dates_are_in_the_language_and_zone_of_the_site(
    make_site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    site = make_site(language="de", leadposts_timezone="Europe/Berlin")
    site.post("one", date="2025-05-08 23:30:00+00:00")
    time = site.build().page("posts/one").select_one(".leadposts-header time")
    assert time.text == "09.05.2025"
    assert time["datetime"] == "2025-05-09T01:30:00+02:00"


def test_reading_time_follows_the_words(make_site) -> None:
    site = make_site(leadposts_words_per_minute=100)
    site.post("one", "word " * 350)
    header = site.build().page("posts/one").select_one(".leadposts-reading-time")
    assert header.text == "4 min read"


def test_the_header_has_the_parts_that_are_asked_for(make_site) -> None:
    site = make_site(leadposts_header=["tags", "date"])
    site.post("one", tags="[post, seo]")
    line = site.build().page("posts/one").select_one(".leadposts-header-line")
    assert [c["class"][0] for c in line.find_all("span", recursive=False)] == [
        "leadposts-header-tags",
        "leadposts-header-date",
    ]


SUMMARIES = {
    "first": ("Plain *first* one.\n\nSecond.\n", "Plain first one."),
    "picture": ("![Alt](/p.png)\n\nAfter it.\n\nLast.\n", "After it."),
    "bold": ("**Only bold**\n\nReal text.\n\nLast.\n", "Real text."),
    "lead-in": ("It can:\n\n- do\n\nReal text.\n\nLast.\n", "Real text."),
    "list": ("- item\n\n## Part\n\nReal text.\n\nLast.\n", "Real text."),
    "call": ("- item\n\nSign up today!\n", ""),
    "guide": ("See [it](https://g.example/).\n\nReal.\n\nLast.\n", "Real."),
    "only": ("All there is.\n", "All there is."),
    "note": ("Text.[^1]\n\nMore.\n\n[^1]: Foot.\n", "Text."),
}


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_summary_is_the_first_real_paragraph(site: Site, name: str) -> None:
    body, expected = SUMMARIES[name]
    site.picture("p.png")
    site.post("one", body, guides="['https://g.example/']")
    card = site.build().page("blog/index").select_one(".leadposts-card-summary")
    assert (card.text if card else "") == expected


def test_a_description_comes_before_the_body(site: Site) -> None:
    site.post("one", "Body text.\n", summary="What it is about.")
    card = site.build().page("blog/index").select_one(".leadposts-card-summary")
    assert card.text == "What it is about."


def test_posts_need_no_toctree_and_may_stand_in_one(site: Site) -> None:
    site.post("one")
    site.post("two")
    site.write("index.md", "# Home\n\n```{toctree}\nposts/one\n```\n")
    assert site.build().page("index").find("a", string="Post one")


FIGURES = """
See {numref}`%(n)s-two`, {numref}`%(n)s-table` and {eq}`%(n)s-sum`.

```{figure} /lake.png
:name: %(n)s-one
One
```

```{figure} /lake.png
No name
```

```{figure} /lake.png
:name: %(n)s-two
Two
```

```{table} A table
:name: %(n)s-table
| a |
|---|
| b |
```

```{math}
:label: %(n)s-sum
x
```
"""
NUMBERED = (["Fig. 1", "Fig. 2", "Fig. 3", "Table 1"], ["Fig. 3", "Table 1", "(1)"])


def list_numbers(build: Build, docname: str) -> tuple[list[str], list[str]]:
    """Return the numbers of captions, and what links to them say."""
    page = build.page(docname)
    captions = [it.get_text(strip=True) for it in page.select(".caption-number")]
    links = page.select("section > p:not(.leadposts-header) a.internal")
    return captions, [link.get_text() for link in links if "#" in link["href"]]


@pytest.mark.parametrize("jobs", [1, 2])
def test_figures_have_numbers_without_a_toctree(make_site, jobs: int) -> None:
    site = make_site(numfig=True, leadposts_footer=[])
    site.picture("lake.png")
    names = ["a", "b", "c", "d", "e", "f"]
    for name in names:
        site.post(name, FIGURES % {"n": name})
    build = site.build(jobs=jobs)
    for name in names:
        assert list_numbers(build, f"posts/{name}") == NUMBERED
    before = build.times()
    assert site.build(jobs=jobs).times() == before
    # Numbers go on along a toctree, and those of a post that left it start anew.
    site.write("index.md", "# Home\n\n```{toctree}\nposts/a\nposts/b\n```\n")
    listed = site.build(jobs=jobs)
    assert list_numbers(listed, "posts/b")[1] == ["Fig. 6", "Table 2", "(2)"]
    site.write("index.md", "# Home\n")
    site.post("c", "Text.\n\n" + FIGURES.replace("See", "Look at") % {"n": "c"})
    warm = site.build(jobs=jobs)
    assert list_numbers(warm, "posts/b") == NUMBERED
    cold = site.build(out="cold", doctrees="cold-doctrees")
    for name in names:
        page = f"posts/{name}.html"
        assert warm.read(page) == cold.read(page)


def test_patterns_and_defaults_are_for_what_authors_wrote(make_site) -> None:
    site = make_site(
        leadposts_post_pattern=["blog/**"],
        leadposts_defaults={"**": {"tags": "post, all", "author": "Ann"}},
    )
    site.write("blog/a.md", "---\ntitle: A\ndate: 2024-01-01\n---\nText.\n")
    site.write("index.md", "---\npost: false\n---\n# Home\n")
    build = site.build()
    assert [card.get_text() for card in build.page("blog/index").select("h2")] == ["A"]
    assert build.has("blog/archive/2024.html")
    assert build.has("tags/all.html")


def test_defaults_may_stand_under_any_name_of_a_key(make_site) -> None:
    site = make_site(
        leadposts_defaults={"posts/*": {"Authors": "Ann", "summary": "In short."}},
        leadposts_key_aliases={"hero": "thumbnail"},
    )
    site.post("a", hero="https://example.org/a.jpg")
    build = site.build()
    assert build.has("blog/authors/ann.html")
    card = build.page("blog/index").select_one(".leadposts-card")
    assert "In short." in card.get_text()
    assert card.select_one("img")["src"] == "https://example.org/a.jpg"


def test_one_moment_is_two_days_in_two_zones() -> None:
    moment = datetime(2025, 1, 1, 23, 30, tzinfo=UTC)
    assert format_day(moment, "d", "en") == "1"
    assert format_day(moment.astimezone(ZoneInfo("Europe/Berlin")), "d", "en") == "2"
