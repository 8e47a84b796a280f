"""The block that leads readers on: what it shows, where it stands, what it refuses."""

from __future__ import annotations

import pytest

from tests.site import Build, Site

BLOCK = ".leadposts-further-reading"
TITLE = f"{BLOCK}-title"
WINTER = ("Winter, in short", "guides/winter.html")
SUMMER = ("The summer guide", "guides/summer.html")


@pytest.fixture
def site(make_site) -> Site:
    site = make_site(
        html_baseurl="https://me.org/",
        leadposts_guides={
            "winter": {
                "target": "guides/winter",
                "title": "Winter, in short",
                "description": "What the cold asks for.",
                "image": "/cold.png",
                "tags": ["cold"],
                "reviewed": "2026-01-15",
            },
            "summer": {"target": "guides/summer", "tags": ["sun", "cold"]},
            "away": {"target": "https://e.org/x/", "title": "Elsewhere"},
        },
    )
    site.picture("cold.png", "navy")
    site.picture("hot.png", "gold")
    for name in ("winter", "summer"):
        site.write(
            f"guides/{name}.md",
            f"---\norphan: true\nimage: /hot.png\n---\n# The {name} guide\n\n"
            f"All of {name}.\n\nEnd.\n",
        )
    site.post("a", "Words of a.\n\nEnd.\n", tags="[post, cold]")
    site.post("b", "Words of b.\n\nEnd.\n", image="/hot.png")
    return site


def show(site: Site, block: str, **kwargs: object) -> list[tuple[str, str]]:
    """Return the links of the block when it stands on the first page."""
    site.write("index.md", f"# Home\n\n{block}\n")
    return site.build(**kwargs).links("index", BLOCK)


def directive(*lines: str) -> str:
    return "\n".join(["```{further-reading}", *lines, "```"])


# Options ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([":guides: winter, guides/summer"], [WINTER, SUMMER]),
        ([":guides: https://z.org/q"], [("z.org/q", "https://z.org/q")]),
        ([":guides: away"], [("Elsewhere", "https://e.org/x/")]),
        ([":tags: COLD"], [WINTER, SUMMER]),
        ([":tags: sun, cold"], [SUMMER, WINTER]),
        (
            [":posts: b, posts/a"],
            [("Post b", "posts/b.html"), ("Post a", "posts/a.html")],
        ),
        ([":tags: cold", ":exclude: winter"], [SUMMER]),
        ([":tags: cold", ":exclude: guides/summer"], [WINTER]),
        ([":tags: cold", ":limit: 1"], [WINTER]),
        ([":tags: cold", ":limit: 0"], [WINTER, SUMMER]),
        (
            [":guides: summer", ":tags: cold", ":posts: a"],
            [SUMMER, ("Post a", "posts/a.html"), WINTER],
        ),
        ([":tags: cold", "- [x](posts/b.md)"], [("x", "posts/b.html"), WINTER, SUMMER]),
    ],
    ids=lambda value: " ".join(value) if value and isinstance(value[0], str) else "",
)
def test_options_choose_and_order_the_links(
    site: Site, lines: list[str], expected: list[tuple[str, str]]
) -> None:
    assert show(site, directive(*lines)) == expected


def test_the_title_can_be_chosen(site: Site) -> None:
    show(site, directive(":title: Go *on*", ":tags: cold"))
    assert site.build().page("index").select_one(TITLE).get_text() == "Go *on*"


def test_a_sentence_joins_its_links_as_people_speak(site: Site) -> None:
    text = directive(":layout: sentence", ":tags: cold", "- [more](posts/b.md): why")
    show(site, text)
    sentence = site.build().page("index").select_one(f"{BLOCK}-sentence")
    assert sentence.get_text() == (
        "Further reading: more, Winter, in short, and The summer guide"
    )


def test_a_list_says_what_is_known_of_each_page(site: Site) -> None:
    show(site, directive(":guides: winter, summer", ":posts: b"))
    items = site.build().page("index").select(f"{BLOCK} li")
    assert [[p.get_text() for p in item.select("p")] for item in items] == [
        ["Winter, in short", "What the cold asks for.", "Reviewed Jan 15, 2026"],
        ["The summer guide", "All of summer."],
        ["Post b", "Words of b."],
    ]


def test_cards_show_titles_descriptions_and_pictures(site: Site) -> None:
    text = directive(":layout: cards", ":guides: winter, summer", ":posts: b, a")
    assert show(site, text) == [
        WINTER,
        SUMMER,
        ("Post b", "posts/b.html"),
        ("Post a", "posts/a.html"),
    ]
    cards = site.build().page("index").select(f"{BLOCK} article.leadposts-card")
    pictures = [
        c.img["src"].split("/")[-1].split("-")[0] if c.img else "" for c in cards
    ]
    assert pictures == ["cold", "hot", "hot", "cover"]
    said = [c.select_one(".leadposts-card-summary").get_text() for c in cards]
    assert said == [
        "What the cold asks for.",
        "All of summer.",
        "Words of b.",
        "Words of a.",
    ]
    assert "Reviewed Jan 15, 2026" in cards[0].get_text()
    assert {card.find(["h1", "h2", "h3"]).name for card in cards} == {"h2"}


def test_pictures_can_be_left_out(site: Site) -> None:
    show(site, directive(":layout: cards", ":image: no", ":guides: winter"))
    assert not site.build().page("index").select(f"{BLOCK} img")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (":layout: tiles", "layout: takes one of sentence, list, cards"),
        (":limit: few", "limit: takes a whole number"),
        (":image: perhaps", "image: takes 'true' or 'false'"),
    ],
)
def test_a_bad_option_is_named_and_the_block_stays(
    site: Site, option: str, said: str
) -> None:
    warns = [
        rf"index\.md:3: WARNING: further-reading: :{said}.*\[leadposts.directive\]"
    ]
    assert len(show(site, directive(option, ":tags: cold"), warns=warns)) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (":guides: wintre", r"there is no guide 'wintre'; did you mean 'winter'\?"),
        (":posts: nothing", "there is no post 'nothing'"),
        (":tags: rain", "no guide is for the tag 'rain'"),
    ],
)
def test_a_name_that_is_nowhere_is_named_at_the_directive(
    site: Site, line: str, said: str
) -> None:
    warns = [rf"index\.md:3: WARNING: further-reading: {said}.*\.further_reading\]"]
    assert show(
        site,
        directive(line, ":guides: summer, winter")
        if not line.startswith(":guides")
        else directive(f"{line}, summer, winter"),
        warns=warns,
    ) == [SUMMER, WINTER]


# Content ------------------------------------------------------------------------------


def test_content_takes_links_of_every_kind(site: Site) -> None:
    text = directive(
        "- [a link](guides/winter.md): with *reasons*",
        "- {doc}`/guides/summer` – since it is hot",
        "- {blog:post}`b`",
        "- posts/a: a docname",
        "- away: a key",
        "- https://bare.org/x/y: a bare URL",
        "- <https://auto.org/>",
        "- [own](https://www.me.org/posts/b/index.html#x)",
    )
    warns = [
        # The last line is one page with the third, and the page has no such part.
        r"index\.md:11: WARNING: .*'Post b' stands twice",
        r"index\.md:11: WARNING: 'posts/b' has no part '#x'; mend the link",
    ]
    assert show(site, text, warns=warns) == [
        ("a link", "guides/winter.html"),
        ("The summer guide", "guides/summer.html"),
        ("Post b", "posts/b.html"),
        ("Post a", "posts/a.html"),
        ("Elsewhere", "https://e.org/x/"),
        ("bare.org/x/y", "https://bare.org/x/y"),
        ("https://auto.org/", "https://auto.org/"),
    ]
    items = site.build().page("index").select(f"{BLOCK} li")
    said = [" ".join(item.get_text(" ").split()) for item in items]
    assert said[0] == "a link : with reasons"
    assert said[1] == "The summer guide – since it is hot"
    assert said[2] == "Post b Words of b."
    assert said[3].endswith(": a docname")


def test_a_numbered_list_will_do(site: Site) -> None:
    assert show(site, directive("1. winter", "2. summer")) == [WINTER, SUMMER]


def test_content_in_restructuredtext(site: Site) -> None:
    site.write(
        "other.rst",
        ":orphan:\n\nOther\n=====\n\n.. further-reading::\n   :limit: 3\n\n"
        "   * :doc:`guides/summer`: hot\n   * winter\n   * `x <https://x.org/>`_\n"
        "   * posts/a\n",
    )
    assert site.build().links("other", BLOCK) == [
        SUMMER,
        WINTER,
        ("x", "https://x.org/"),
    ]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("- winter", "'Winter, in short' stands twice"),
        ("- [again](guides/winter.md#part)", "'W' stands twice"),
        ("- [again](https://me.org/guides/winter/)", "'W' stands twice"),
        ("- [home](index.md)", "'Home' is this page itself"),
    ],
)
def test_a_page_twice_or_the_page_itself_is_dropped_and_said(
    site: Site, item: str, said: str
) -> None:
    site.write("guides/winter.md", "---\norphan: true\n---\n# W\n\n(part)=\n\n## P\n")
    text = directive(":title: Next", "- summer", "- winter", "- away", item)
    warns = [
        (
            rf"index\.md:8: WARNING: further-reading: {said}; it is left out.*"
            r"\[leadposts\.further_reading\]"
        )
    ]
    assert len(show(site, text, warns=warns)) == 3


def test_one_address_elsewhere_in_two_spellings_is_one(site: Site) -> None:
    text = directive("- <https://z.org/q>", "- [z](http://www.z.org/q/?utm_source=me)")
    warns = [r"index\.md:5: WARNING: further-reading: 'www\.z\.org/q/\S*' stands twice"]
    assert show(site, text, warns=warns) == [("https://z.org/q", "https://z.org/q")]


def test_a_document_without_guides_has_nothing_to_show(site: Site) -> None:
    warns = [r"index\.md:3: WARNING: .*nothing to show.*\.further_reading\]"]
    assert show(site, directive(), warns=warns) == []


def test_in_a_post_an_empty_directive_shows_its_guides(site: Site) -> None:
    site.post("a", f"Words.\n\n{directive(':limit: 1')}\n\nEnd.\n", tags="[post, cold]")
    build = site.build()
    assert build.links("posts/a", BLOCK) == [
        ("Winter, in short", "../guides/winter.html")
    ]


# At the end of posts ------------------------------------------------------------------


def hrefs(build: Build, docname: str = "posts/a") -> list[str]:
    return [href for _, href in build.links(docname, BLOCK)]


def test_the_block_stands_at_the_end_of_posts(site: Site) -> None:
    site.post("a", "One.\n\n## Part\n\nTwo.\n", tags="[post, cold]")
    site.configure(leadposts_footer=["call-to-action", "further-reading"])
    section = site.build().page("posts/a").select_one(".body section")
    assert BLOCK[1:] in section.find_all(recursive=False)[-1]["class"]


def test_the_block_is_not_said_twice_where_the_post_has_it(site: Site) -> None:
    text = f"Words.\n\n{directive(':guides: summer')}\n\nEnd.\n"
    site.post("a", text, tags="[post, cold]")
    build = site.build()
    assert len(build.page("posts/a").select(BLOCK)) == 1
    assert hrefs(build) == ["../guides/summer.html"]


@pytest.mark.parametrize(
    "link",
    [
        "{doc}`/guides/winter`",
        "[it](../guides/winter.md)",
        "{blog:guide}`winter`",
        "[it](guide:winter)",
        "https://www.me.org/guides/winter/",
        "[it](http://me.org/guides/winter.html#any)",
    ],
)
def test_a_guide_that_the_body_links_to_is_not_shown_again(
    site: Site, link: str
) -> None:
    site.write("guides/winter.md", "---\norphan: true\n---\n# W\n\n(any)=\n\n## P\n")
    site.post(
        "a",
        f"Words, see <{link}>.\n"
        if link.startswith("http")
        else f"Words, see {link}.\n",
        tags="[post, cold]",
    )
    assert hrefs(site.build()) == ["../guides/summer.html"]
    names = ["further-reading-always", "guide-posts"]
    always = site.build(out="always", overrides={"leadposts_footer": names})
    assert hrefs(always) == ["../guides/winter.html", "../guides/summer.html"]


def test_no_empty_block_is_left_where_the_body_links_to_all(site: Site) -> None:
    site.post("a", "{blog:guide}`winter`, {blog:guide}`summer`\n", tags="[post, cold]")
    build = site.build()
    assert not build.page("posts/a").select(BLOCK)


def test_the_footer_says_the_order_of_its_parts(site: Site) -> None:
    site.configure(
        leadposts_footer=["further-reading", "call-to-action"],
        leadposts_call_to_action={"*": {"title": "Act", "buttons": ["winter"]}},
    )
    parts = (
        site.build()
        .page("posts/a")
        .select_one(".body section")
        .find_all("div", recursive=False)
    )
    classes = [" ".join(part["class"]) for part in parts]
    assert "further-reading" in classes[-2]
    assert "call-to-action" in classes[-1]


def test_an_unknown_part_of_the_footer_is_named(site: Site) -> None:
    site.configure(leadposts_footer=["further-readings"])
    site.build(
        warns=[r"no part 'further-readings'; the parts are.*\[leadposts.config\]"]
    )


def test_what_authors_wrote_is_escaped(site: Site) -> None:
    evil = "<script>alert(1)</script>"
    site.configure(
        leadposts_guides={
            "evil": {
                "target": "https://e.org/",
                "title": evil,
                "description": evil,
                "tags": ["cold"],
            }
        }
    )
    blocks = [
        directive(
            f":layout: {layout}",
            f":title: {evil}",
            ":guides: evil",
            f"- posts/b: {evil[1:]}",
        )
        for layout in ("sentence", "list", "cards")
    ]
    show(site, "\n\n".join(blocks))
    build = site.build()
    for name in ("index", "posts/a", "tags/cold"):
        page = build.page(name)
        assert not [s for s in page.find_all("script") if "alert" in s.get_text()]
        assert evil in page.get_text()
