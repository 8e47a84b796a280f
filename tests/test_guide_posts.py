"""The way back: the posts that lead to a guide, and how the page of a tag opens."""

from __future__ import annotations

import pytest

from tests.site import Build, Site

BLOCK = ".leadposts-guide-posts"
TITLE = f"{BLOCK}-title"


@pytest.fixture
def site(make_site) -> Site:
    site = make_site(
        html_baseurl="https://me.org/",
        leadposts_guides={
            "winter": {
                "target": "winter",
                "title": "Winter, in short",
                "description": "All about the cold.",
                "tags": ["cold"],
            },
            "away": {"target": "https://e.org/x/", "tags": ["far"]},
        },
        leadposts_tags={
            "cold": {"label": "Cold days", "description": "When it freezes."},
            "far": {},
            "ice": {},
        },
    )
    site.write(
        "winter.md", "---\norphan: true\n---\n# Winter\n\nText.\n\n## End\n\nEnd.\n"
    )
    site.post("tagged", date="2024-01-01", tags="[post, cold]")
    site.post("named", date="2025-02-01", guides="[winter]", tags="[post, ice]")
    body = "See [it](https://me.org/winter/).\n"
    site.post("linked", body, date="2025-03-01", tags="[post, ice, far]")
    site.post(
        "both", "See [it](/winter.md).\n", date="2023-01-01", tags="[post, cold, ice]"
    )
    site.post("other", date="2025-01-01")
    return site


def listed(build: Build, docname: str = "winter") -> list[str]:
    found = build.page(docname).select(f"{BLOCK} li a, {BLOCK} .leadposts-card-title a")
    return [link.get_text().removeprefix("Post ") for link in found]


def put(site: Site, *lines: str) -> list[str]:
    """Put the directive into a page of its own, and return the posts it shows."""
    text = "\n".join(["```{guide-posts}", *lines, "```"])
    site.write("list.md", f"---\norphan: true\n---\n# List\n\n{text}\n")
    return listed(site.build(), "list")


def test_a_guide_lists_its_posts_at_its_end(site: Site) -> None:
    build = site.build()
    assert listed(build) == ["linked", "named", "tagged", "both"]
    section = build.page("winter").select_one(".body section")
    assert BLOCK[1:] in section.find_all(recursive=False)[-1]["class"]
    assert build.page("winter").select_one(TITLE).text == "All articles in this guide"


def test_the_list_stands_where_its_author_put_it_and_not_twice(site: Site) -> None:
    site.write(
        "winter.md",
        "---\norphan: true\n---\n# Winter\n\n"
        "```{guide-posts}\n:title: Mine\n```\n\nEnd.\n",
    )
    page = site.build().page("winter")
    assert [title.text for title in page.select(TITLE)] == ["Mine"]


def test_the_footer_can_leave_the_list_out(site: Site) -> None:
    site.configure(leadposts_footer=["further-reading"])
    assert not site.build().page("winter").select(BLOCK)


def test_a_guide_that_is_a_post_lists_its_posts_before_its_further_reading(
    site: Site,
) -> None:
    site.configure(leadposts_footer=["guide-posts", "further-reading"])
    site.post("pillar", guide_for="[ice]", tags="[post, cold]")
    build = site.build()
    assert listed(build, "posts/pillar") == ["linked", "named", "both"]
    section = build.page("posts/pillar").select_one(".body section")
    last = [" ".join(e["class"]) for e in section.find_all("div", recursive=False)][-2:]
    assert last == ["leadposts-guide-posts", "leadposts-further-reading docutils"]


def test_a_post_is_listed_once_however_often_it_leads_there(site: Site) -> None:
    site.post(
        "tagged",
        "[a](/winter.md) {blog:guide}`winter` [b](https://me.org/winter/)\n",
        date="2024-01-01",
        tags="[post, cold]",
        guides="[winter]",
    )
    assert listed(site.build()).count("tagged") == 1


def test_a_guide_without_posts_shows_no_list(site: Site) -> None:
    site.configure(leadposts_guides=["winter"])
    for name in ("linked", "named", "both", "tagged"):
        site.post(name, tags="[post, ice]")
    assert not site.build().page("winter").select(BLOCK)


def test_a_guide_elsewhere_can_be_listed_too(site: Site) -> None:
    assert put(site, ":guide: away") == ["linked"]
    assert put(site, ":guide: https://www.e.org/x") == ["linked"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([":guide: winter"], ["linked", "named", "tagged", "both"]),
        ([":guide: winter", ":limit: 2"], ["linked", "named"]),
        ([":guide: winter", ":tags: cold"], ["tagged", "both"]),
        ([":guide: winter", ":tags: ICE, cold"], ["linked", "named", "tagged", "both"]),
        ([":guide: winter", ":layout: cards"], ["linked", "named", "tagged", "both"]),
        ([":guide: winter", ":layout: list"], ["linked", "named", "tagged", "both"]),
        ([":guide: posts/other"], []),
    ],
)
def test_options_choose_the_posts(
    site: Site, lines: list[str], expected: list[str]
) -> None:
    assert put(site, *lines) == expected


def groups(site: Site) -> list[tuple[str, list[str]]]:
    block = site.build().page("list").select_one(BLOCK)
    label, found = "", []
    for element in block.find_all(recursive=False)[1:]:
        if element.name == "p":
            label = element.text
            continue
        names = [a.text.removeprefix("Post ") for a in element.select("li > a")]
        found.append((label, names))
        label = ""
    return found


def test_posts_can_be_grouped_by_year(site: Site) -> None:
    site.post("undated", "[it](/winter.md)\n", date="''")
    text = "```{guide-posts}\n:guide: winter\n:group: year\n```\n"
    site.write("list.md", f"---\norphan: true\n---\n# List\n\n{text}")
    site.configure(suppress_warnings=["leadposts.date"])
    # What has no date comes last, below no label of its own.
    assert groups(site) == [
        ("2025", ["linked", "named"]),
        ("2024", ["tagged"]),
        ("2023", ["both"]),
        ("", ["undated"]),
    ]


def test_posts_can_be_grouped_by_tag(site: Site) -> None:
    put(site, ":guide: winter", ":group: tag")
    assert groups(site) == [
        ("Cold days", ["tagged", "both"]),
        ("ice", ["linked", "named"]),
    ]
    put(site, ":guide: winter", ":group: tag", ":tags: ice, cold")
    assert groups(site) == [
        ("ice", ["linked", "named", "both"]),
        ("Cold days", ["tagged"]),
    ]


def test_title_empty_and_layout(site: Site) -> None:
    assert put(site, ":guide: posts/other", ":empty: None yet.", ":title: T") == []
    page = site.build().page("list")
    assert page.select_one(f"{BLOCK} .leadposts-empty").text == "None yet."
    assert page.select_one(TITLE).text == "T"
    put(site, ":guide: winter", ":layout: cards", ":image: no", ":summary:")
    cards = site.build().page("list").select(f"{BLOCK} article.leadposts-card")
    assert len(cards) == 4


def test_a_guide_that_is_not_there_is_named(site: Site) -> None:
    text = "# L\n\n```{guide-posts}\n:guide: wintre\n```\n"
    site.write("list.md", f"---\norphan: true\n---\n{text}")
    site.build(
        warns=[
            (
                r"list\.md:6: WARNING: guide-posts: there is no guide 'wintre'; did "
                r"you mean 'winter'\?.*\[leadposts\.guide\]"
            )
        ]
    )


def test_a_bad_option_is_named_and_the_list_stays(site: Site) -> None:
    text = "# L\n\n```{guide-posts}\n:guide: winter\n:group: colour\n```\n"
    site.write("list.md", f"---\norphan: true\n---\n{text}")
    build = site.build(
        warns=[r"list\.md:6: WARNING: guide-posts: :group: takes one of.*directive\]"]
    )
    assert len(listed(build, "list")) == 4


def test_lists_are_edges(site: Site) -> None:
    put(site, ":guide: winter", ":limit: 1")
    edges = site.build().edges()
    assert ("list", "list", 6, "posts/linked", "") in edges
    listed_by_default = {e[3] for e in edges if e[:3] == ("list", "winter", None)}
    assert listed_by_default == {
        f"posts/{name}" for name in ("linked", "named", "tagged", "both")
    }


# The page of a tag --------------------------------------------------------------------


def test_the_page_of_a_tag_opens_with_its_description_and_its_guides(
    site: Site,
) -> None:
    build = site.build()
    page = build.page("tags/cold-days")
    body = page.select_one(".body section")
    kinds = [" ".join(e.get("class", [])) for e in body.find_all(recursive=False)]
    assert kinds[1] == "leadposts-archive-description"
    assert "leadposts-tag-guides" in kinds[2]
    assert page.select_one(".leadposts-archive-description").text == "When it freezes."
    guides = page.select_one(".leadposts-tag-guides")
    assert guides.select_one("a")["href"] == "../winter.html"
    assert (
        guides.get_text(" ", strip=True) == "Guide Winter, in short All about the cold."
    )
    far = build.links("tags/far", ".leadposts-tag-guides")
    assert far == [("e.org/x", "https://e.org/x/")]
    assert not build.page("tags/ice").select(".leadposts-tag-guides")


def test_two_guides_of_a_tag_are_called_guides(site: Site) -> None:
    site.post("pillar", guide_for="[cold]")
    page = site.build().page("tags/cold-days")
    title = page.select_one(".leadposts-tag-guides .leadposts-further-reading-title")
    assert title.text == "Guides"


def test_only_the_first_page_of_a_tag_opens_so(site: Site) -> None:
    site.configure(leadposts_page_size=1)
    page = site.build().page("tags/cold-days/page/2")
    assert not page.select(".leadposts-archive-description, .leadposts-tag-guides")


def test_the_search_finds_the_page_by_its_description(site: Site) -> None:
    assert "freez" in site.build().read("searchindex.js")


def test_the_description_of_a_tag_is_escaped(site: Site) -> None:
    site.configure(
        leadposts_tags={
            "cold": {"description": "<script>x</script>"},
            "far": {},
            "ice": {},
        }
    )
    page = site.build().page("tags/cold")
    assert (
        page.select_one(".leadposts-archive-description").text == "<script>x</script>"
    )
