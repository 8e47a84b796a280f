"""The call to act: written by the author, or the site's own for a post without one."""

from __future__ import annotations

import pytest

from tests.site import Build, Site

BLOCK = ".leadposts-call-to-action"
BUTTONS = f"{BLOCK}-buttons"


@pytest.fixture
def site(make_site) -> Site:
    site = make_site(
        html_baseurl="https://me.org/",
        leadposts_guides={"winter": {"target": "winter", "title": "Winter, in short"}},
        leadposts_tags={"cold": {"aliases": ["frost"]}, "sun": {}},
    )
    site.write("winter.md", "---\norphan: true\n---\n# Winter\n\nText.\n")
    site.post("a", "Words.\n\nEnd.\n", tags="[post, cold]")
    site.post("b", "Words.\n\nEnd.\n", tags="[post, sun]")
    return site


def call(*lines: str, title: str = "Begin") -> str:
    return "\n".join([f"```{{call-to-action}} {title}", *lines, "```"])


def buttons(build: Build, docname: str = "index") -> list[tuple[str, str]]:
    return build.links(docname, BUTTONS)


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("winter", ("Winter, in short", "winter.html")),
        ("Read it <winter>", ("Read it", "winter.html")),
        ("posts/a", ("Post a", "posts/a.html")),
        ("a", ("Post a", "posts/a.html")),
        ("Go <https://e.org/?a=1&b=2>", ("Go", "https://e.org/?a=1&b=2")),
        ("https://e.org/x/", ("e.org/x", "https://e.org/x/")),
        ("Ours <https://www.me.org/posts/a/>", ("Ours", "posts/a.html")),
        ("Less < more <winter>", ("Less < more", "winter.html")),
    ],
)
def test_a_button_leads_to_whatever_has_a_name(
    site: Site, button: str, expected: tuple[str, str]
) -> None:
    site.write("index.md", f"# Home\n\n{call(f':button: {button}')}\n")
    assert buttons(site.build()) == [expected]


def test_a_call_has_a_title_a_text_and_two_buttons(site: Site) -> None:
    text = call(
        ":button: Read it <winter>",
        ":second-button: Or that <posts/a>",
        "",
        "Some *words*.",
        "",
        "More words.",
        title="Begin <today> & *go*",
    )
    site.write("index.md", f"# Home\n\n{text}\n")
    page = site.build().page("index")
    (block,) = page.select(BLOCK)
    assert block.select_one(f"{BLOCK}-title").get_text() == "Begin <today> & *go*"
    assert block.select_one("em").text == "words"
    first, second = block.select(f"{BUTTONS} a")
    assert {"sd-btn", "sd-btn-primary"} <= {*first["class"]}
    assert {"sd-btn", "sd-btn-outline-primary"} <= {*second["class"]}


def test_a_call_without_a_button_is_named_and_stays(site: Site) -> None:
    site.write("index.md", f"# Home\n\n{call('Words.')}\n")
    build = site.build(
        warns=[r"index\.md:3: WARNING: call-to-action: it has no button.*directive\]"]
    )
    assert "Words." in build.page("index").select_one(BLOCK).text


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "data:text/html,x", "JavaScript:x", "mailto:a@b.c"],
)
def test_a_button_of_another_scheme_is_refused(site: Site, target: str) -> None:
    text = call(f":button: Go <{target}>", ":second-button: winter")
    site.write("index.md", f"# Home\n\n{text}\n")
    build = site.build(
        warns=[r"index\.md:3: WARNING: call-to-action: :button: it takes .*directive\]"]
    )
    assert buttons(build) == [("Winter, in short", "winter.html")]
    assert target not in build.read("index.html").replace("&lt;", "<")


def test_a_button_that_leads_nowhere_asks_what_was_meant(site: Site) -> None:
    site.write("index.md", f"# Home\n\n{call(':button: Go <wintre>')}\n")
    build = site.build(
        warns=[
            (
                r"index\.md:3: WARNING: no guide, document or post 'wintre'; did you "
                r"mean 'winter'\?.*\[ref\.name\]"
            )
        ]
    )
    assert buttons(build) == []
    assert "Go" in build.page("index").select_one(BUTTONS).text


# The site's own -----------------------------------------------------------------------


DEFAULTS = {
    "*": {"title": "For all", "text": "Any <b>words</b>.", "buttons": ["winter"]},
    "cold": {
        "title": "For cold",
        "buttons": ["One <winter>", "Two <https://e.org/>"],
    },
}


def titles(build: Build, docname: str) -> list[str]:
    return [e.text for e in build.page(docname).select(f"{BLOCK}-title")]


@pytest.mark.parametrize("form", ["mapping", "file"])
def test_a_site_has_calls_for_its_tags_and_for_all_others(
    site: Site, form: str
) -> None:
    site.configure(
        leadposts_call_to_action=DEFAULTS if form == "mapping" else "call.yaml"
    )
    site.write(
        "call.yaml",
        "'*': {title: For all, text: Any <b>words</b>., buttons: winter}\n"
        "cold: {title: For cold, buttons: [One <winter>, Two <https://e.org/>]}\n",
    )
    site.post("c", tags="[post, sun, Frost]")
    build = site.build()
    assert titles(build, "posts/a") == ["For cold"]
    assert titles(build, "posts/b") == ["For all"]
    assert titles(build, "posts/c") == ["For cold"]
    assert titles(build, "winter") == []
    assert buttons(build, "posts/a") == [
        ("One", "../winter.html"),
        ("Two", "https://e.org/"),
    ]
    block = build.page("posts/b").select_one(BLOCK)
    assert "Any <b>words</b>." in block.text
    assert buttons(build, "posts/b") == [("Winter, in short", "../winter.html")]


@pytest.mark.parametrize("entry", ["{}", "", "''"])
def test_an_empty_entry_means_no_call(site: Site, entry: str) -> None:
    site.configure(leadposts_call_to_action="call.yaml")
    site.write("call.yaml", f"'*': winter\ncold: {entry}\n")
    site.post("c", tags="[post, cold, sun]")
    build = site.build()
    assert buttons(build, "posts/a") == buttons(build, "posts/c") == []
    assert buttons(build, "posts/b") == [("Winter, in short", "../winter.html")]
    site.configure(leadposts_call_to_action={"*": "winter", "cold": None, "sun": {}})
    build = site.build()
    assert buttons(build, "posts/a") == buttons(build, "posts/b") == []


def test_a_call_of_the_site_needs_no_button(site: Site) -> None:
    site.configure(leadposts_call_to_action={"*": "winter", "cold": {"title": "Brr"}})
    build = site.build()
    assert titles(build, "posts/a") == ["Brr"]
    assert buttons(build, "posts/a") == []


def test_a_post_with_a_call_of_its_own_has_no_other(site: Site) -> None:
    site.configure(leadposts_call_to_action=DEFAULTS)
    site.post("a", call(":button: winter", title="Mine"), tags="[post, cold]")
    assert titles(site.build(), "posts/a") == ["Mine"]


def test_the_footer_can_leave_calls_out(site: Site) -> None:
    site.configure(
        leadposts_call_to_action=DEFAULTS, leadposts_footer=["further-reading"]
    )
    assert titles(site.build(), "posts/a") == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"title": "x", "buttons": [["y"]]}, r"\*: buttons"),
        ({"buttons": []}, r"\*: buttons: it takes one button or two"),
        ({"buttons": ["a", "b", "c"]}, r"\*: buttons: it takes one button or two"),
        (
            {"buttons": ["x <javascript:y>"]},
            r"\*: buttons: it takes the key of a guide",
        ),
        ({"buttons": ["a"], "txet": "b"}, r"\*: txet: did you mean 'text'\?"),
    ],
)
def test_a_bad_call_of_the_site_is_named(site: Site, entry: object, said: str) -> None:
    site.configure(leadposts_call_to_action={"*": entry})
    site.build(
        warns=[rf"conf\.py:\d+: WARNING: leadposts_call_to_action: {said}.*config\]"]
    )


def test_a_button_of_the_site_that_leads_nowhere_is_named(site: Site) -> None:
    site.configure(leadposts_call_to_action="call.yaml")
    site.write("call.yaml", "# Calls\n'*':\n  buttons: [Go <wintre>, winter]\n")
    build = site.build(
        warns=[
            (
                r"call\.yaml:2: WARNING: leadposts_call_to_action: \*: the target "
                r"of the button 'Go <wintre>' is no guide.*mean 'winter'\?"
                r".*\[leadposts\.guide\]"
            )
        ]
    )
    assert buttons(build, "posts/a") == [("Winter, in short", "../winter.html")]
