"""What is wrong with guides is said where it stands; nothing of it stops a build."""

from __future__ import annotations

import pytest

from tests.site import Site

LONG = "https://long.org/" + "x" * 100_000
LONG_OWN = "https://me.org/" + "x" * 100_000
BLOCK = ".leadposts-further-reading"
EVIL = ("javascript:alert(1)", "data:text/html,<script>x</script>", "JavaScript:x")


@pytest.fixture
def site(make_site) -> Site:
    site = make_site(html_baseurl="https://me.org/")
    site.write("winter.md", "---\norphan: true\n---\n# Winter\n\nText.\n")
    site.post("b")
    return site


def directive(*lines: str, name: str = "further-reading") -> str:
    return "\n".join([f"```{{{name}}}", *lines, "```", ""])


# Addresses that are none --------------------------------------------------------------


@pytest.mark.parametrize("evil", EVIL)
def test_the_registry_refuses_other_schemes(site: Site, evil: str) -> None:
    site.configure(
        leadposts_guides={"x": {"target": evil, "tags": ["seo"]}, "winter": None}
    )
    site.post("a", tags="[post, seo]", guides="[winter]")
    build = site.build(
        warns=[
            r"conf\.py:\d+: WARNING: leadposts_guides: x: target: it takes .*config\]",
        ]
    )
    assert len(build.links("posts/a", BLOCK)) == 1


@pytest.mark.parametrize("evil", EVIL)
def test_a_post_is_refused_other_schemes(site: Site, evil: str) -> None:
    site.post("a", guides=f"['{evil}', winter]")
    build = site.build(
        warns=[r"a\.md:5: WARNING: guides: it takes the key of a guide.*\.guide\]"]
    )
    assert build.links("posts/a", BLOCK) == [("Winter", "../winter.html")]


@pytest.mark.parametrize("evil", EVIL)
def test_a_block_is_refused_other_schemes(site: Site, evil: str) -> None:
    text = directive("- winter", f"- [x]({evil})", f"- {evil}")
    site.write("index.md", f"# Home\n\n{text}")
    site.write(
        "other.rst",
        f":orphan:\n\nOther\n=====\n\n.. further-reading::\n\n   * winter\n"
        f"   * `x <{evil.replace('<', '').replace('>', '')}>`_\n",
    )
    build = site.build(
        warns=[
            r"index\.md:5: WARNING: further-reading: .* is no link.*r_reading\]",
            r"index\.md:6: WARNING: further-reading: .* is no link.*r_reading\]",
            r"other\.rst:9: WARNING: further-reading: .* is no link.*reading\]",
        ]
    )
    for name in ("index", "other"):
        assert build.links(name, BLOCK) == [("Winter", "winter.html")]


def test_the_options_of_a_block_know_no_other_schemes(site: Site) -> None:
    text = directive(":guides: javascript:alert(1)", "- winter")
    site.write("index.md", f"# Home\n\n{text}")
    warns = [r"index\.md:3: WARNING: .*no guide 'javascript:alert\(1\)'.*reading\]"]
    build = site.build(warns=warns)
    assert build.links("index", BLOCK) == [("Winter", "winter.html")]


@pytest.mark.parametrize("url", [LONG, LONG_OWN], ids=["elsewhere", "own"])
@pytest.mark.parametrize("place", ["body", "registry", "guides", "content", "options"])
def test_an_endless_url_is_only_a_long_one(site: Site, url: str, place: str) -> None:
    where = {"body": r"a\.md:8", "registry": r"conf\.py:\d+", "guides": r"a\.md:5"}
    body, keys = "Words.\n\nEnd.\n", {}
    if place == "body":
        body = f"Words\nand [x]({url}) and [x]({url}).\n"
    elif place == "registry":
        site.configure(leadposts_guides={"x": {"target": url, "tags": ["seo"]}})
        keys = {"tags": "[post, seo]"}
    elif place == "guides":
        keys = {"guides": f"['{url}']"}
    else:
        line = f"- {url}" if place == "content" else f":guides: {url}"
        body = directive(line, ":title: T" if place == "options" else f"- [y]({url})")
    site.post("a", body, **keys)
    warns = (
        [rf"{where.get(place, '^$')}: WARNING: .{{1,300}}$"] if url == LONG_OWN else []
    )
    if place == "body" and url == LONG_OWN:
        warns *= 2
    if place in {"content", "options"} and url == LONG_OWN:
        warns = [r"a\.md:\d+: WARNING: .{0,300}no page .{1,300}$"]
        warns *= 2 if place == "content" else 1
    if place == "content":
        warns.append(r"a\.md:9: WARNING: .{1,300} stands twice.{1,100}$")
    site.build(warns=warns)


@pytest.mark.parametrize(
    "url",
    [
        *("https://me.org/[", "https://me.org:port/x", "https://[me.org/", "http://"),
        *("https://me.org/%00", "https://me.org/%ff%fe", "https://me.org/../../x.y"),
        *("https://me.org/" + "y" * 300, "https://me.org/?" + "a=1&" * 5000),
        *(
            "https://me.org//",
            "https://me.org/#",
            "https://me.org/?#x",
            "https://www./x",
        ),
    ],
)
def test_a_strange_url_stops_nothing(site: Site, url: str) -> None:
    site.configure(
        leadposts_guides={"x": {"target": url}},
        html_extra_path=["more"],
        suppress_warnings=["leadposts.guide", "leadposts.link", "myst.xref_missing"],
        exclude_patterns=["more"],
    )
    site.write("more/x.txt", "x")
    site.post("a", f"Words, [x](<{url}>) and <{url}>.\n", guides=f"['{url}']")
    site.build(warns=["leadposts.further_reading"] * 0)


# Keys and places that are nowhere -----------------------------------------------------


def test_a_target_of_the_registry_that_is_nowhere_is_named_at_its_line(
    site: Site,
) -> None:
    site.configure(leadposts_guides="guides.yaml")
    site.write(
        "guides.yaml",
        "# Guides\nwinter:\n  title: W\nx:\n  title: X\n  target: wintre\n"
        "y: https://me.org/gone/\n",
    )
    site.build(
        warns=[
            (
                r"guides\.yaml:4: WARNING: leadposts_guides: x: the target 'wintre' is "
                r"no guide, document or post of this site; did you mean 'winter'\?"
                r".*\.guide\]"
            ),
            (
                r"guides\.yaml:7: WARNING: leadposts_guides: y: the target "
                r"'https://me.org/gone/' is a URL of this site, but no page stands"
            ),
        ]
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("x: {target: winter, tile: X}\n", "x: tile: did you mean 'title'"),
        ("x: {target: [winter]}\n", "x: target: it takes a text"),
        ("x: {target: winter, reviewed: soon}\n", "x: reviewed: .*date"),
        ("x: {target: winter, tags: {a: b}}\n", "x: tags: it takes a list"),
        ("x: [1, 2]\n", "x: "),
        ("just words\n", "a mapping of names"),
        ("x: {target: [\n", ".*is no YAML"),
    ],
)
def test_what_is_wrong_in_the_registry_is_named(
    site: Site, content: str, said: str
) -> None:
    site.configure(
        leadposts_guides="guides.yaml", suppress_warnings=["leadposts.guide"]
    )
    site.write("guides.yaml", content)
    site.build(
        warns=[rf"guides\.yaml:1: WARNING: leadposts_guides: {said}.*\.config\]"]
    )


def test_a_picture_of_the_registry_that_is_missing_is_named(site: Site) -> None:
    site.configure(leadposts_guides="guides.yaml")
    site.write("guides.yaml", "\nwinter:\n  image: /none.png\n")
    site.build(
        warns=[r"guides\.yaml:2: WARNING: leadposts_guides: winter: .*\.image\]"]
    )


def test_guides_that_are_no_list_are_named(site: Site) -> None:
    site.post("a", guides="{a: b}")
    site.post("c", guides="[winter, [b]]")
    build = site.build(
        warns=[
            r"a\.md:5: WARNING: guides: it takes a list of names.*\[leadposts",
            r"c\.md:5: WARNING: guides: it takes a list of names.*\[leadposts",
        ]
    )
    assert build.links("posts/c", BLOCK) == [("Winter", "../winter.html")]


# Loops --------------------------------------------------------------------------------


def test_a_loop_of_guides_is_named_once(site: Site) -> None:
    site.post("c", guides="[posts/d]")
    site.post("d", guides="[posts/e]")
    site.post("e", guides="[posts/c]")
    site.post("before", guides="[posts/c]")
    build = site.build(
        warns=[
            (
                r"c\.md:5: WARNING: the guides lead in a circle: posts/c → posts/d → "
                r"posts/e → posts/c\..*\[leadposts\.guide\]"
            )
        ]
    )
    assert len(build.links("posts/before", BLOCK)) == 1


def test_loops_are_named_the_same_way_in_every_build(site: Site) -> None:
    names = "cdefgh"
    for name in names:
        others = [f"posts/{other}" for other in names if other != name]
        site.post(name, guides=f"[{', '.join(others)}]")
    import os
    import subprocess
    import sys

    seen = set()
    for seed in ("1", "2", "3"):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "sphinx",
                "-q",
                "-E",
                "-b",
                "dummy",
                site.src,
                site.root / f"dummy-{seed}",
            ],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stderr)
    assert len(seen) == 1
    assert "circle" in seen.pop()


# What is held back --------------------------------------------------------------------


def hold_back(site: Site, how: str) -> None:
    held = {"draft": "true"} if how == "draft" else {"date": "2999-01-01"}
    if how == "expired":
        held = {"expires": "2020-01-01"}
    site.post("later", title="Not yet", **held)


HOW = ["draft", "future", "expired"]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("place", ["docname", "url", "key", "key by url"])
def test_a_guide_of_a_post_that_is_held_back(site: Site, how: str, place: str) -> None:
    hold_back(site, how)
    url = "https://me.org/posts/later/"
    name = {"docname": "posts/later", "url": url}.get(place, "soon")
    if place.startswith("key"):
        target = url if place == "key by url" else "posts/later"
        site.configure(leadposts_guides={"soon": {"target": target, "title": "S"}})
    site.post("a", guides=f"['{name}', winter]")
    warns = [rf"a\.md:5: WARNING: the guide '{name}' is a draft.*\.guide\]"]
    if place.startswith("key"):
        warns.append(r"conf\.py:\d+: WARNING: leadposts_guides: soon: .*is a draft")
    build = site.build(warns=warns if how == "draft" else [])
    assert build.links("posts/a", BLOCK) == [("Winter", "../winter.html")]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    "line",
    [
        *(":guides: posts/later", ":guides: soon", ":posts: later", ":tags: seo"),
        *("- posts/later", "- soon", "- {doc}`/posts/later`", "- [x](posts/later.md)"),
        *("- https://me.org/posts/later/", "- {blog:guide}`soon`"),
    ],
)
def test_a_block_that_names_what_is_held_back(site: Site, how: str, line: str) -> None:
    hold_back(site, how)
    site.configure(
        leadposts_guides={"soon": {"target": "posts/later", "tags": ["seo"]}},
        suppress_warnings=["leadposts.guide"],
    )
    is_option = line.startswith(":")
    text = directive(line, "- winter" if is_option else "- [w](winter.md)")
    site.write("index.md", f"# Home\n\n{text}")
    # In a text, a link to a draft is its text, and a note; and the registry has been
    # told of the guide of the tag.
    is_said = how == "draft" and line.startswith((":guides", ":posts"))
    warns = [r"index\.md:3: WARNING: further-reading: .* is a draft.*reading\]"]
    build = site.build(warns=warns if is_said else [])
    assert [href for _, href in build.links("index", BLOCK)] == ["winter.html"]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("name", ["soon", "posts/later", "later"])
@pytest.mark.parametrize("target", ["posts/later", "later"])
def test_a_role_to_a_guide_that_is_held_back_is_its_text(
    site: Site, how: str, name: str, target: str
) -> None:
    hold_back(site, how)
    site.configure(
        leadposts_guides={"soon": {"target": target}},
        suppress_warnings=["leadposts.guide"],
    )
    site.write(
        "index.md",
        f"# Home\n\nSee {{blog:guide}}`{name}`, {{blog:guide}}`it <{name}>`.\n",
    )
    build = site.build()
    assert "See Not yet, it." in build.page("index").get_text()
    assert "the link to 'posts/later' is shown as text" in build.status


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("name", ["soon", "posts/later", "later"])
def test_a_button_to_what_is_held_back_is_its_text(
    site: Site, how: str, name: str
) -> None:
    hold_back(site, how)
    site.configure(
        leadposts_guides={"soon": {"target": "posts/later"}},
        leadposts_call_to_action={"*": {"buttons": [f"Go <{name}>", "winter"]}},
        suppress_warnings=["leadposts.guide"],
    )
    text = directive(f":button: See <{name}>", name="call-to-action")
    site.write("index.md", f"# Home\n\n{text}")
    build = site.build()
    assert build.links("posts/b", ".leadposts-call-to-action") == [
        ("Winter", "../winter.html")
    ]
    assert not build.links("index", ".leadposts-call-to-action")
    assert "See" in build.page("index").select_one(".leadposts-call-to-action").text


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("name", ["soon", "posts/later", "later"])
def test_the_posts_of_a_guide_that_is_held_back(
    site: Site, how: str, name: str
) -> None:
    hold_back(site, how)
    site.configure(
        leadposts_guides={"soon": {"target": "posts/later"}},
        suppress_warnings=["leadposts.guide"] if how != "draft" else [],
    )
    site.write(
        "index.md", f"# Home\n\n{directive(f':guide: {name}', name='guide-posts')}"
    )
    warns = [
        r"index\.md:3: WARNING: guide-posts: .*a draft.*\.guide\]",
        r"conf\.py:\d+: WARNING: leadposts_guides: soon: .*is a draft",
    ]
    site.build(warns=warns if how == "draft" else [])
