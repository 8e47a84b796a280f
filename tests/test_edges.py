"""Edges: where each link leads, and on which line it stands."""

from __future__ import annotations

import pytest

from tests.site import Build, Site


@pytest.fixture
def site(make_site) -> Site:
    site = make_site(
        html_baseurl="https://me.org/",
        leadposts_guides={
            "winter": "guides/cold",
            "far": "https://e.org/x",
            "https://f.org/": "https://f.org/",
        },
    )
    for name in ("guides/cold", "pages/cold"):
        text = f"---\norphan: true\n---\n({name[:3]}-part)=\n# About {name}\n\nText.\n"
        site.write(f"{name}.md", text)
    return site


#: The lines of the front matter.
HEAD = 6


def follow(build: Build, kind: str = "body") -> list[tuple[int | None, str, str]]:
    """Return the edges of one post: line of its text, target and anchor."""
    found = (edge[2:] for edge in build.edges() if edge[:2] == (kind, "posts/a"))
    return [(line and line - HEAD, *rest) for line, *rest in found]


# Lines --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # The definition of a link stands elsewhere.
        (["One", "[two][x] and", "[Three].", "", "[x]: https://e.org/x"], [2]),
        (["One", "[two][] and", "[x]", "", "[two]: <https://e.org/x>"], [2]),
        (["[a](https://e.org/x)", "[b][x]", "", "[x]: https://e.org/x"], [1, 2]),
        (["[b][x]", "[a](https://e.org/x)", "", "[x]: https://e.org/x"], [1, 2]),
        # What only looks like a link stands before it.
        (
            ["See https://e.org/x", "and `https://e.org/x`", "[x](https://e.org/x)"],
            [3],
        ),
        (["The winter", "is a {blog:guide}`winter`"], [2]),
        (["A {blog:guide}`far`", "{blog:guide}`https://f.org/`", "far"], [1, 2]),
        # Two pages have the same last name.
        (["[x](/pages/cold.md)", "{doc}`/guides/cold`"], [1, 2]),
        (["{doc}`t <../guides/cold>`", "[x](../pages/cold.md)"], [1, 2]),
        (["<https://o.org/guides/cold>", "[x](../guides/cold.md)"], [1, 2]),
        (["{blog:tag}`cold`", "{doc}`/guides/cold`"], [1, 2]),
    ],
)
def test_the_line_is_that_of_the_link(
    site: Site, lines: list[str], expected: list[int]
) -> None:
    site.post("a", "\n".join([*lines, ""]), tags="[post, cold]")
    assert [line for line, *_ in follow(site.build())] == expected


def test_a_button_stands_on_the_line_of_its_option(site: Site) -> None:
    site.post(
        "a",
        "```{call-to-action} winter\n:button: winter\n:second-button: b <winter>\n"
        "```\n\n```{call-to-action} Do\n:button: /guides/cold\n"
        ":second-button: https://e.org/x\n```\n",
    )
    assert [line for line, *_ in follow(site.build())] == [2, 3, 7, 8]


def test_a_page_that_no_author_wrote_has_no_lines(site: Site) -> None:
    site.configure(leadposts_archives=["tags", "years"])
    site.post("a", "```{post-list}\n```\n", tags="[post, cold]")
    site.post("b")
    edges = site.build().edges()
    assert [edge for edge in edges if edge[0] == "list"] == [
        ("list", "blog/archive/2025", None, "posts/a", ""),
        ("list", "blog/archive/2025", None, "posts/b", ""),
        ("list", "blog/index", None, "posts/a", ""),
        ("list", "blog/index", None, "posts/b", ""),
        ("list", "posts/a", 7, "posts/b", ""),
        ("list", "tags/cold", None, "posts/a", ""),
    ]


# Targets ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "target", "anchor"),
    [
        ("https://o.org/x#part", "https://o.org/x", "part"),
        ("https://e.org/x/#part", "https://e.org/x/", "part"),
        ("https://me.org/guides/cold#gui-part", "guides/cold", "gui-part"),
        ("https://o.org/x", "https://o.org/x", ""),
    ],
)
def test_the_anchor_is_no_part_of_the_target(
    site: Site, url: str, target: str, anchor: str
) -> None:
    site.post("a", f"[x]({url})\n\n```{{further-reading}}\n- [y]({url})\n```\n")
    build = site.build()
    assert follow(build) == [(1, target, anchor)]
    assert follow(build, "guide") == [(4, target, anchor)]


@pytest.mark.parametrize(
    "link",
    [
        *("{blog:post}`posts/later`", "{blog:post}`later`", "[x](post:posts/later)"),
        *("{doc}`later`", "[x](later.md)", "[x](https://me.org/posts/later/)"),
    ],
)
def test_a_link_to_what_is_held_back_is_an_edge(site: Site, link: str) -> None:
    site.post("later", draft="true")
    site.post("a", f"See {link}.\n")
    assert follow(site.build()) == [(1, "posts/later", "")]


def test_an_item_may_name_a_label(site: Site) -> None:
    block = "- [x](#gui-part)\n- guides/cold\n- [y](#own)\n"
    site.post("a", f"```{{further-reading}}\n{block}```\n\n(own)=\n## Own\n\nText.\n")
    build = site.build(
        warns=[
            r"a\.md:9: WARNING: further-reading: .* stands twice.*further_reading\]",
            r"a\.md:10: WARNING: further-reading: .* is this page itself.*reading\]",
        ]
    )
    assert follow(build, "guide") == [(2, "guides/cold", "gui-part")]
    links = build.links("posts/a", ".leadposts-further-reading")
    assert links == [("x", "../guides/cold.html#gui-part")]


@pytest.mark.parametrize("name", ["winter", "guides/cold"])
def test_a_guide_lists_a_post_whose_button_leads_there(site: Site, name: str) -> None:
    site.post("a", f"```{{call-to-action}} Do\n:button: Go <{name}>\n```\n")
    build = site.build()
    listed = build.links("guides/cold", ".leadposts-guide-posts")
    assert listed == [("Post a", "../posts/a.html")]


def test_a_link_within_a_page_is_no_edge(site: Site) -> None:
    site.post("a", "See [below](#own).\n\n(own)=\n## Own\n\nText.\n")
    assert follow(site.build()) == []
