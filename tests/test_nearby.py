"""What stands at the end of a post: its series, related posts, the next in time."""

from __future__ import annotations

import pytest

from sphinx_leadposts.sphinx_ext.domain import BlogDomain
from tests.site import Build, Site


def related(build: Build, docname: str) -> list[str]:
    return [text for text, _ in build.links(docname, ".leadposts-related")]


def neighbours(build: Build, docname: str) -> dict[str, str]:
    found = build.page(docname).select(".leadposts-neighbours a")
    return {link["rel"][0]: link["href"] for link in found}


GARDEN = "Tomatoes want sun, and beans want water.\n"
KITCHEN = "Knives want whetstones, and pans want oil.\n"


@pytest.fixture
def blog(site: Site) -> Site:
    site.configure(leadposts_related=3)
    for number in range(4):
        site.post(
            f"g{number}",
            f"{GARDEN}\nSoil and compost for bed {number}.\n",
            title=f"Garden {'abcd'[number]}",
            date=f"2025-01-0{1 + 2 * number}",
        )
        site.post(
            f"k{number}",
            f"{KITCHEN}\nStoves and ovens for dish {number}.\n",
            title=f"Kitchen {'abcd'[number]}",
            date=f"2025-01-0{2 + 2 * number}",
        )
    return site


def test_related_posts_are_of_the_same_topic(blog: Site) -> None:
    build = blog.build()
    for number in range(4):
        for topic, name in (("g", "Garden"), ("k", "Kitchen")):
            found = related(build, f"posts/{topic}{number}")
            assert len(found) == 3
            assert all(title.startswith(name) for title in found), found


def test_what_the_author_declares_comes_first(blog: Site) -> None:
    blog.post("k0", KITCHEN, title="Kitchen a", related="[g3, posts/g2]")
    build = blog.build()
    assert related(build, "posts/k0")[:2] == ["Garden d", "Garden c"]


def test_a_declared_post_that_is_nowhere_is_reported(blog: Site) -> None:
    blog.post("k0", KITCHEN, related="[g33]")
    blog.post("g3", GARDEN, title="Garden d", date="2999-01-01")
    blog.post("k1", KITCHEN, related="[g3]")
    blog.build(warns=[r"k0\.md:5: .*no post 'g33'.*\[leadposts\.related\]"])


def test_related_posts_can_be_left_out(blog: Site) -> None:
    blog.configure(leadposts_related=0)
    build = blog.build()
    assert not build.page("posts/g0").select(".leadposts-related")
    blog.configure(leadposts_related=9)
    build = blog.build(warns=[r"leadposts_related = 9.*0 to 8.*\[leadposts\.config\]"])
    assert len(related(build, "posts/g0")) == 5


def test_related_posts_can_be_cards(blog: Site) -> None:
    blog.configure(leadposts_footer=["related-cards"])
    page = blog.build().page("posts/g0")
    assert len(page.select(".leadposts-related article.leadposts-card")) == 3
    assert not page.select(".leadposts-neighbours")


def test_an_edit_of_the_text_changes_relations_as_in_a_new_build(blog: Site) -> None:
    blog.build()
    blog.post(
        "g0", f"{KITCHEN}\nStoves and ovens.\n", title="Garden a", date="2025-01-01"
    )
    warm = blog.build()
    assert related(warm, "posts/g0")[0].startswith("Kitchen")
    warm_files, cold_files = warm.tree(), blog.build(out="cold").tree()
    # Sphinx's own index lists the words of a warm build in another order.
    del warm_files["searchindex.js"], cold_files["searchindex.js"]
    assert warm_files == cold_files


@pytest.mark.parametrize("is_sound", [True, False])
def test_other_posts_follow_an_edit_that_nothing_else_shows(
    site: Site, monkeypatch: pytest.MonkeyPatch, *, is_sound: bool
) -> None:
    site.configure(leadposts_related=1, leadposts_footer=["related"])
    texts = {"a": GARDEN, "b": GARDEN, "c": KITCHEN, "d": KITCHEN}
    for name, text in texts.items():
        site.post(name, text * 3, description="Words.", title=f"Post {name}")
    if not is_sound:
        # Worth what it catches.
        monkeypatch.setattr(BlogDomain, "digest_own", lambda *_: "same")

    def read(build: Build) -> dict[str, list[str]]:
        return {name: related(build, f"posts/{name}") for name in texts}

    before = read(site.build())
    assert before["b"] == ["Post a"]
    site.post("a", KITCHEN * 3, description="Words.", title="Post a")
    warm, cold = read(site.build()), read(site.build(out="cold"))
    assert {**cold, "a": []} != {**before, "a": []}
    assert (warm == cold) is is_sound


def test_relations_survive_the_loss_of_what_was_kept(blog: Site) -> None:
    first = blog.build()
    kept = blog.root / "doctrees-html" / "leadposts"
    (kept / "terms.pickle").write_bytes(b"cut o")
    for path in kept.glob("related-*.pickle"):
        path.unlink()
    blog.write("index.md", "# Home\n\nOther.\n")
    again = blog.build()
    assert related(again, "posts/g0") == related(first, "posts/g0")
    blog.post("new", GARDEN, title="Garden e", date="2025-02-01")
    again, cold = blog.build(), blog.build(out="cold")
    assert related(again, "posts/g0") == related(cold, "posts/g0")


def test_relations_are_the_same_in_parallel(blog: Site) -> None:
    one, two = blog.build(), blog.build(out="two", jobs=2)
    assert one.tree() == two.tree()


def test_why_a_post_is_related_can_be_asked(blog: Site) -> None:
    build = blog.build()
    assert build.env is not None
    domain = build.env.domains["blog"]
    for relation in domain.list_relations("posts/g0"):
        ground = domain.explain_relation("posts/g0", relation.docname)
        assert {"tomato", "bean"} & set(ground.stems), ground


def test_words_are_stemmed_in_the_language_of_the_site(make_site) -> None:
    site = make_site(language="de", leadposts_related=1)
    site.post("a", "Der Gärtner gießt die Gärten.\n", title="Eins")
    site.post("b", "Ein Garten braucht Wasser.\n", title="Zwei")
    site.post("c", "Messer schneiden Brote.\n", title="Drei")
    site.post("d", "Das Brot und ein Messer.\n", title="Vier")
    build = site.build()
    assert related(build, "posts/d") == ["Drei"]


def test_neighbours_follow_the_dates(blog: Site) -> None:
    blog.post("old", date=None)
    build = blog.build(warns=[r"old\.md:.* has no date"])
    assert neighbours(build, "posts/g1") == {"prev": "k0.html", "next": "k1.html"}
    assert neighbours(build, "posts/g0") == {"next": "k0.html"}
    assert neighbours(build, "posts/k3") == {"prev": "g3.html"}
    assert neighbours(build, "posts/old") == {}


def test_a_new_post_rewrites_its_neighbour_and_no_other_post(site: Site) -> None:
    site.configure(leadposts_footer=["previous-next"])
    for number in (1, 2, 3):
        site.post(f"p{number}", date=f"2025-01-0{number}")
    before = site.build().times()
    site.post("p4", date="2025-01-04")
    after = site.build()
    changed = {n for n, time in after.times().items() if before.get(n) != time}
    assert {n for n in changed if n.startswith("posts/")} == {
        "posts/p3.html",
        "posts/p4.html",
    }
    assert neighbours(after, "posts/p3")["next"] == "p4.html"


@pytest.fixture
def series(site: Site) -> Site:
    for number, title in enumerate(["One", "Two <2>", "Three"], 1):
        site.post(
            f"p{number}",
            title=f'"{title}"',
            date=f"2025-01-0{4 - number}",
            series=f"{{name: 'R & D', part: {number}}}",
        )
    return site


def test_a_part_of_a_series_shows_all_parts(series: Site) -> None:
    build = series.build()
    box = build.page("posts/p2").select_one(".leadposts-series")
    title = " ".join(box.select_one(".leadposts-series-title").text.split())
    assert title == "Part 2 of 3: R & D"
    assert [item.text for item in box.select("li")] == ["One", "Two <2>", "Three"]
    assert box.select_one("[aria-current=page]").text == "Two <2>"
    assert build.links("posts/p2", ".leadposts-series") == [
        ("R & D", "../blog/series/r-and-d.html"),
        ("One", "p1.html"),
        ("Three", "p3.html"),
    ]


def test_parts_go_by_date_where_they_have_no_number(site: Site) -> None:
    site.post("b", title="Later", date="2025-01-02", series="S")
    site.post("a", title="Earlier", date="2025-01-01", series="S")
    box = site.build().page("posts/b").select_one(".leadposts-series")
    assert "Part 2 of 2:" in box.text
    assert [item.text for item in box.select("li")] == ["Earlier", "Later"]


def test_a_series_of_one_has_no_box(site: Site) -> None:
    site.post("a", series="Alone")
    build = site.build()
    assert not build.page("posts/a").select(".leadposts-series")
    assert build.has("blog/series/alone.html")


def test_the_footer_stands_in_the_order_that_is_asked_for(series: Site) -> None:
    series.configure(leadposts_footer=["previous-next", "related", "series"])
    page = series.build().page("posts/p2")
    ours = ("leadposts-neighbours", "leadposts-related", "leadposts-series")
    found = [
        element["class"][0]
        for element in page.select("nav, div")
        if element.get("class", [""])[0] in ours
    ]
    assert found == list(ours)


@pytest.mark.parametrize(
    "key", ["draft: true", "date: 2999-01-01", "expires: 2020-01-01"]
)
def test_a_part_that_is_held_back_leaves_no_gap(series: Site, key: str) -> None:
    name, _, value = key.partition(": ")
    part = {"series": "{name: 'R & D', part: 2}", "title": "Two", name: value}
    series.post("p2", **{"date": "2025-01-02"} | part)
    box = series.build().page("posts/p3").select_one(".leadposts-series")
    assert "Part 3 of 3:" in box.text
    assert [item.text for item in box.select("li")] == ["One", "Three"]
