"""Guides: where they are declared, by what names they are known, which posts lead."""

from __future__ import annotations

import zlib

import pytest

from tests.site import Build, Site

WINTER = {
    "target": "guides/winter",
    "title": "Winter, in short",
    "description": "What the cold asks for.",
    "tags": ["Cold Days"],
    "reviewed": "2026-01-15",
}
BLOCK = ".leadposts-further-reading"


def add_page(site: Site, name: str, title: str, text: str = "Text.\n", **keys: str):
    """Write a document that is no post."""
    head = "".join(f"{key}: {value}\n" for key, value in keys.items())
    site.write(f"{name}.md", f"---\norphan: true\n{head}---\n# {title}\n\n{text}")


@pytest.fixture
def site(make_site) -> Site:
    site = make_site()
    add_page(site, "guides/winter", "The winter guide", "It is cold.\n\nEnd.\n")
    add_page(site, "guides/summer", "The summer guide")
    return site


def read_next(build: Build, docname: str = "posts/a") -> list[tuple[str, str]]:
    return build.links(docname, BLOCK)


# Where a guide is declared ------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        {"winter": WINTER},
        "guides.yaml",
    ],
    ids=["mapping", "file"],
)
def test_a_registry_says_what_its_guide_is_called(site: Site, value: object) -> None:
    site.write(
        "guides.yaml",
        "winter:\n  target: guides/winter\n  title: Winter, in short\n"
        "  description: What the cold asks for.\n  tags: [Cold Days]\n"
        "  reviewed: 2026-01-15\n",
    )
    site.configure(leadposts_guides=value)
    site.post("a", tags="[post, cold-days]")
    build = site.build()
    assert read_next(build) == [("Winter, in short", "../guides/winter.html")]
    item = build.page("posts/a").select_one(f"{BLOCK} li")
    said = [p.get_text() for p in item.select("p")]
    assert said[1:] == ["What the cold asks for.", "Reviewed Jan 15, 2026"]


def test_a_list_of_docnames_is_a_registry_too(site: Site) -> None:
    site.configure(leadposts_guides=["guides/winter"])
    site.post("a", guides="[guides/winter]")
    assert read_next(site.build()) == [("The winter guide", "../guides/winter.html")]


def test_an_entry_may_be_its_target_alone(site: Site) -> None:
    site.configure(leadposts_guides={"cold": "guides/winter", "guides/summer": None})
    site.post("a", guides="[cold, guides/summer]")
    assert [href for _, href in read_next(site.build())] == [
        "../guides/winter.html",
        "../guides/summer.html",
    ]


def test_a_document_may_say_that_it_is_a_guide(site: Site) -> None:
    add_page(site, "guides/winter", "Winter", guide_for="[cold]", description="Brr.")
    site.post("a", tags="[post, Cold]")
    build = site.build()
    assert read_next(build) == [("Winter", "../guides/winter.html")]
    assert "Brr." in build.page("posts/a").select_one(BLOCK).get_text()


def test_a_post_may_say_that_it_is_a_guide(site: Site) -> None:
    site.post("pillar", tags="[post, cold]", guide_for="[cold]")
    site.post("a", tags="[post, cold]")
    build = site.build()
    assert read_next(build) == [("Post pillar", "pillar.html")]
    assert read_next(build, "posts/pillar") == []


def test_guide_for_takes_one_text_with_commas(site: Site) -> None:
    add_page(site, "guides/winter", "Winter", guide_for="cold, snow")
    site.post("a", tags="[post, snow]")
    assert read_next(site.build()) == [("Winter", "../guides/winter.html")]


def test_the_registry_and_its_document_say_the_same_tags_in_peace(site: Site) -> None:
    site.configure(leadposts_guides={"winter": WINTER})
    add_page(site, "guides/winter", "Winter", guide_for="[cold_days]")
    site.post("a", tags="[post, cold days]")
    assert read_next(site.build()) == [("Winter, in short", "../guides/winter.html")]


def test_two_sources_that_contradict_each_other_are_named(site: Site) -> None:
    site.configure(leadposts_guides={"winter": WINTER})
    add_page(site, "guides/winter", "Winter", guide_for="[snow]")
    site.post("pillar", guide_for="[rain]", tags="[post, cold days, snow]")
    site.configure(
        leadposts_guides={
            "winter": WINTER,
            "rain": {"target": "posts/pillar", "tags": ["mud"]},
        }
    )
    build = site.build(
        warns=[
            (
                r"guides/winter\.md:3: WARNING: 'guide_for' says snow, but "
                r"leadposts_guides \(winter\) says Cold Days.*\[leadposts\.guide\]"
            ),
            r"posts/pillar\.md:5: WARNING: 'guide_for' says rain.*says mud",
        ]
    )
    # What the registry says is used.
    assert len(read_next(build, "posts/pillar")) == 1


def test_the_same_target_under_two_keys_is_named(site: Site) -> None:
    site.configure(leadposts_guides={"one": "guides/winter", "two": "guides/winter.md"})
    site.build(
        warns=[
            (
                r"conf\.py:\d+: WARNING: leadposts_guides: two: the target "
                r"'guides/winter\.md' is the guide 'one' already.*\[leadposts\.guide\]"
            )
        ]
    )


# Which guides a post has --------------------------------------------------------------


@pytest.mark.parametrize("tag", ["cold days", "COLD-DAYS", "frost", "Ice_Time"])
def test_a_tag_finds_its_guide_in_every_spelling(site: Site, tag: str) -> None:
    site.configure(
        leadposts_guides={"winter": WINTER},
        leadposts_tags={"cold days": {"aliases": ["frost", "ice time"]}},
    )
    site.post("a", tags=f"[post, {tag}]")
    assert read_next(site.build()) == [("Winter, in short", "../guides/winter.html")]


def test_a_guide_may_spell_its_tag_by_an_alias(site: Site) -> None:
    site.configure(
        leadposts_guides={"winter": {**WINTER, "tags": ["frost"]}},
        leadposts_tags={"cold": {"label": "Cold days", "aliases": ["frost"]}},
    )
    site.post("a", tags="[post, cold]")
    assert len(read_next(site.build())) == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("winter", ("Winter, in short", "../guides/winter.html")),
        ("guides/winter", ("Winter, in short", "../guides/winter.html")),
        ("/guides/winter", ("Winter, in short", "../guides/winter.html")),
        ("guides/winter.md", ("Winter, in short", "../guides/winter.html")),
        ("guides/summer", ("The summer guide", "../guides/summer.html")),
        ("posts/b", ("Post b", "b.html")),
        ("b", ("Post b", "b.html")),
        ("'https://www.e.org/x/'", ("E", "https://e.org/x")),
        ("https://f.org/x/", ("f.org/x", "https://f.org/x/")),
        (
            "https://me.org/guides/summer/",
            ("The summer guide", "../guides/summer.html"),
        ),
    ],
)
def test_a_post_names_guides_in_many_ways(
    site: Site, name: str, expected: tuple[str, str]
) -> None:
    site.configure(
        html_baseurl="https://me.org/",
        leadposts_guides={
            "winter": WINTER,
            "e": {"target": "https://e.org/x", "title": "E"},
        },
    )
    site.post("a", guides=f"[{name}]")
    site.post("b")
    assert read_next(site.build()) == [expected]


def test_guides_of_the_post_stand_before_those_of_its_tags_and_only_once(
    site: Site,
) -> None:
    site.configure(leadposts_guides={"winter": WINTER, "summer": "guides/summer"})
    site.post("a", tags="[post, cold days]", guides="[summer, winter]")
    assert [href for _, href in read_next(site.build())] == [
        "../guides/summer.html",
        "../guides/winter.html",
    ]


def test_an_empty_list_of_guides_means_none(site: Site) -> None:
    site.configure(leadposts_guides={"winter": WINTER})
    site.post("a", tags="[post, cold days]", guides="[]")
    build = site.build()
    assert not read_next(build)
    assert not build.links("guides/winter", ".leadposts-guide-posts")


def test_a_guide_is_not_led_to_itself(site: Site) -> None:
    site.configure(
        leadposts_guides={"pillar": {"target": "posts/pillar", "tags": ["cold"]}}
    )
    site.post("pillar", "See [this](pillar.md) page.\n", tags="[post, cold]")
    build = site.build()
    assert not read_next(build, "posts/pillar")
    page = build.page("posts/pillar")
    assert not page.select(".leadposts-guide-sentence")
    assert not page.select(".leadposts-guide-posts")


def test_a_post_that_names_a_guide_twice_or_itself_is_told(site: Site) -> None:
    site.configure(leadposts_guides={"winter": WINTER})
    site.post("a", guides="[winter, guides/winter, posts/a]")
    build = site.build(
        warns=[
            r"a\.md:5: WARNING: the guide 'guides/winter' stands twice.*\.guide\]",
            r"a\.md:5: WARNING: the guide 'posts/a' is this post itself.*\.guide\]",
        ]
    )
    assert len(read_next(build)) == 1


# Roles and names ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{blog:guide}`winter`", ("Winter, in short", "guides/winter.html")),
        ("{blog:guide}`guides/winter`", ("Winter, in short", "guides/winter.html")),
        ("{blog:guide}`the cold <winter>`", ("the cold", "guides/winter.html")),
        ("{blog:guide}`elsewhere`", ("Elsewhere", "https://e.org/x/")),
        ("{blog:guide}`by hand <elsewhere>`", ("by hand", "https://e.org/x/")),
        ("{blog:guide}`guides/summer`", ("The summer guide", "guides/summer.html")),
        ("{any}`guide:winter`", ("Winter, in short", "guides/winter.html")),
        ("[](guide:winter)", ("Winter, in short", "guides/winter.html")),
        ("[it](guide:winter)", ("it", "guides/winter.html")),
    ],
)
def test_guides_can_be_linked(site: Site, text: str, expected: tuple[str, str]) -> None:
    site.configure(
        leadposts_guides={
            "winter": WINTER,
            "elsewhere": {"target": "https://e.org/x/", "title": "Elsewhere"},
        }
    )
    add_page(site, "guides/summer", "The summer guide", guide_for="[sun]")
    site.write("index.md", f"# Home\n\n{text}\n")
    assert site.build().links("index", ".body section p") == [expected]


def test_a_role_without_a_guide_asks_what_was_meant(site: Site) -> None:
    site.configure(leadposts_guides={"winter": WINTER})
    site.write("index.md", "# Home\n\nSome\n\n{blog:guide}`wintre`\n")
    site.build(
        warns=[
            (
                r"index\.md:5: WARNING: no guide 'wintre'; did you mean 'winter'\?.*"
                r"\[ref\.guide\]"
            )
        ]
    )


def test_a_name_in_the_front_matter_asks_what_was_meant(site: Site) -> None:
    site.configure(leadposts_guides={"winter": WINTER})
    site.post("a", guides="[wintre, guides/sumer]")
    site.build(
        warns=[
            r"a\.md:5: WARNING: the guide 'wintre' .*did you mean 'winter'\?",
            r"a\.md:5: WARNING: .*'guides/sumer'.*did you mean 'guides/summer'\?",
        ]
    )


def test_a_tag_of_a_guide_asks_what_was_meant(site: Site) -> None:
    site.configure(
        leadposts_guides={"winter": {**WINTER, "tags": ["marketting", "later"]}}
    )
    site.post("a", tags="[post, marketing]")
    site.build(
        warns=[
            (
                r"conf\.py:\d+: WARNING: .*winter: no post has the tag 'marketting'; "
                r"did you mean 'marketing'\?.*\[leadposts\.guide\]"
            )
        ]
    )


def test_guides_of_this_site_stand_in_the_inventory(site: Site) -> None:
    site.configure(leadposts_guides={"winter": WINTER, "e": "https://e.org/"})
    add_page(site, "guides/summer", "The summer guide", guide_for="[sun]")
    build = site.build()
    _, _, packed = (build.out / "objects.inv").read_bytes().partition(b"zlib.\n")
    lines = zlib.decompress(packed).decode().splitlines()
    found = [line for line in lines if " blog:guide " in line]
    assert sorted(found) == [
        "guides/summer blog:guide -1 guides/summer.html The summer guide",
        "winter blog:guide -1 guides/winter.html Winter, in short",
    ]


# Both ways ----------------------------------------------------------------------------


def test_edges_are_recorded_with_their_lines(site: Site) -> None:
    site.configure(leadposts_guides={"winter": WINTER}, html_baseurl="https://me.org/")
    site.post(
        "a",
        "One.\n\nTwo\nand [it](https://me.org/guides/winter/#part)\nand\n"
        "{doc}`/guides/summer`.\n",
        tags="[post, cold days]",
    )
    site.write("guides/winter.md", "# Winter\n\n(part)=\n\nText.\n")
    site.write(
        "index.md",
        "# Home\n\n```{further-reading}\n- winter\n- [x](posts/a.md)\n```\n"
        "\n```{toctree}\nguides/winter\n```\n",
    )
    edges = [e for e in site.build().edges() if not e[1].startswith(("blog", "tags"))]
    assert edges == [
        ("list", "guides/winter", None, "posts/a", ""),
        ("guide", "index", 4, "guides/winter", ""),
        ("guide", "index", 5, "posts/a", ""),
        ("body", "posts/a", 10, "guides/winter", "part"),
        ("body", "posts/a", 12, "guides/summer", ""),
        ("guide", "posts/a", 4, "guides/winter", ""),
    ]
