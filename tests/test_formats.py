"""Posts that are not plain Markdown, and posts with everything in them."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from tests.shown_pictures import encode_photo, find_shown, measure
from tests.site import Site

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTEBOOKS = {
    "extensions": ["sphinx_leadposts", "myst_nb"],
    "nb_execution_mode": "off",
    # Given here: the default is one mapping for all builds of a process, which
    # sphinx.registry.merge_source_suffix adds to.
    "source_suffix": {
        ".rst": "restructuredtext",
        ".md": "myst-nb",
        ".ipynb": "myst-nb",
    },
}
RST = """\
:title: From reST
:date: 2025-03-01
:tags: post, SEO
:image: /x.png
{more}
{heading}
First words.

Last words.
"""


def write_notebook(
    site: Site,
    name: str,
    head: str,
    body: str = "First words.",
    plots: Sequence[bytes] = (),
) -> None:
    cell = {
        "cell_type": "markdown",
        "metadata": {},
        "source": f"---\n{head}\n---\n{body}",
    }
    notebook = {
        "cells": [{**cell, "id": "a"}, *map(make_plot, plots)],
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "x"},
            "language_info": {"name": "python", "pygments_lexer": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    site.write(f"posts/{name}.ipynb", json.dumps(notebook))


def make_plot(content: bytes) -> dict[str, object]:
    """Return a cell of code that has drawn a picture."""
    data = {"image/png": base64.b64encode(content).decode()}
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    return {
        "cell_type": "code",
        "id": "plot",
        "execution_count": 1,
        "metadata": {},
        "source": "plot()",
        "outputs": [output],
    }


@pytest.mark.parametrize("heading", ["", "Heading\n=======\n"])
def test_a_restructuredtext_post_is_a_post(site: Site, heading: str) -> None:
    site.picture("x.png")
    site.write("posts/one.rst", RST.format(more="", heading=heading))
    build = site.build()
    page = build.page("posts/one")
    header = page.select_one(".leadposts-header")
    assert header.select_one("time")["datetime"] == "2025-03-01"
    assert [a.text for a in header.select("a.leadposts-tag")] == ["SEO"]
    card = build.page("tags/seo").select_one("article.leadposts-card")
    assert card.select_one(".leadposts-card-title").text == "From reST"
    assert card.select_one(".leadposts-card-summary").text == "First words."
    assert ":tags:" not in page.get_text()


def test_held_back_posts_of_every_form_are_left_out(make_site) -> None:
    site = make_site(**NOTEBOOKS)
    site.write("posts/one.rst", RST.format(more=":draft: true", heading=""))
    write_notebook(site, "two", "title: Secret\ndraft: true\ntags: [post]")
    site.post("three", draft="true")
    build = site.build(overrides={"suppress_warnings": ["mystnb"]})
    assert "held back: 3 drafts" in build.status
    assert not build.has("posts")


def test_a_notebook_is_a_post(make_site) -> None:
    site = make_site(**NOTEBOOKS)
    head = "title: From a notebook\ndate: 2025-03-02\ntags: [post, SEO]"
    write_notebook(site, "one", head)
    build = site.build()
    page = build.page("posts/one")
    assert page.select_one(".body h1").find(string=True) == "From a notebook"
    assert page.select_one(".leadposts-header time")["datetime"] == "2025-03-02"
    card = build.page("tags/seo").select_one("article.leadposts-card")
    assert card.select_one(".leadposts-card-summary").text == "First words."


@pytest.mark.parametrize("out", ["html", "src/_build/html", "elsewhere/html"])
def test_a_plot_of_a_notebook_is_a_picture(make_site, out: str) -> None:
    site = make_site(**NOTEBOOKS)
    site.configure(exclude_patterns=["_build"])
    head = "date: 2025-03-02\ntags: [post]\ntitle:"
    body = "First words."
    plots = [encode_photo((500, 300), "PNG"), encode_photo((400, 300), "PNG")]
    write_notebook(site, "plain", f"{head} Plain", body, plots[:1])
    write_notebook(site, "headed", f"{head} Headed\nimage: 1", body, plots[:1])
    build = site.build(out=out, doctrees="doctrees")
    for name, kind in (("plain", "body"), ("headed", "header"), ("headed", "body")):
        (shown,) = find_shown(build, f"posts/{name}", f"img.leadposts-{kind}-image")
        assert measure(shown.src) == (500, 300)
        assert shown.files
    # Another plot is another file.
    write_notebook(site, "headed", f"{head} Headed\nimage: 1", body, plots[1:])
    build = site.build(out=out, doctrees="doctrees")
    (shown,) = find_shown(build, "posts/headed", "img.leadposts-header-image")
    assert measure(shown.src) == (400, 300)


def test_toml_is_read_and_shows_nowhere(site: Site) -> None:
    text = '+++\ntitle = "From TOML"\ndate = 2025-03-03\ntags = ["post", "seo"]\n+++\n'
    site.write("posts/one.md", f"{text}\n## Part\n\n[x](gone.md)\n")
    build = site.build(warns=[r"one\.md:9: WARNING: .*gone"])
    page = build.page("posts/one")
    assert page.select_one(".body h1").find(string=True) == "From TOML"
    assert "+++" not in page.get_text()
    assert "2025-03-03" not in page.select_one(".body").get_text()


def test_a_header_says_who_wrote_and_when_it_changed(site: Site) -> None:
    site.picture("x.png")
    site.post(
        "one",
        updated="2025-06-01",
        authors="[Ann, {name: Bob, url: 'https://bob.example.org/'}]",
        image="{src: /x.png, alt: A sky, caption: 'Dawn <1>', credit: Ann}",
    )
    build = site.build()
    header = build.page("posts/one").select_one(".leadposts-header")
    assert (
        header.select_one(".leadposts-header-updated time")["datetime"] == "2025-06-01"
    )
    names = [(a.text, a["href"]) for a in header.select("a.leadposts-author")]
    pages = "../blog/authors"
    assert names == [("Ann", f"{pages}/ann.html"), ("Bob", f"{pages}/bob.html")]
    assert build.page("blog/authors/bob").select('a[href="https://bob.example.org/"]')
    assert header.select_one(".leadposts-header-caption").text == "Dawn <1> Ann"
    assert header.select_one("img")["alt"] == "A sky"


def test_a_card_of_a_post_elsewhere_leads_there(site: Site) -> None:
    site.post("one", external_url="https://other.example.org/x")
    build = site.build()
    link = build.page("blog/index").select_one(".leadposts-card-title > a")
    assert link["href"] == "https://other.example.org/x"
    page = build.page("posts/one")
    assert page.select_one(".leadposts-header-external a")["href"] == link["href"]
    xml = site.build("xml").read("blog/index.xml")
    assert 'refuri="https://other.example.org/x"' in xml


@pytest.mark.parametrize(
    ("key", "value"),
    [("external_url", "javascript:alert(1)"), ("author", "{name: A, url: 'data:x'}")],
)
def test_an_address_that_is_no_page_is_refused(
    site: Site, key: str, value: str
) -> None:
    site.post("one", **{key: value})
    build = site.build(
        warns=[rf"one\.md:5: WARNING: {key}: .*https.*\[leadposts\.front_matter\]"]
    )
    assert "alert(1)" not in build.read("blog/index.html")
    assert "data:x" not in build.read("posts/one.html")


def test_a_number_chooses_a_picture_of_the_body(site: Site) -> None:
    site.picture("a.png", "red")
    site.picture("b.png", "blue")
    body = "![A](/a.png)\n\nText.\n\n![B](../b.png)\n"
    site.post("one", body, image="2")
    site.post("two", body, image="1")
    site.post("three", body, image="3")
    build = site.build(
        warns=[r"three\.md:5: WARNING: .*2 pictures.*\[leadposts\.image\]"]
    )
    image = build.page("posts/one").select_one(".leadposts-header img")
    assert (image["alt"], "b-" in image["src"]) == ("B", True)
    assert len(build.page("posts/two").select(".body img")) == 2


def test_a_number_chooses_paragraphs_for_the_summary(site: Site) -> None:
    site.post("one", "One.\n\n- item\n\nTwo.\n\nThree.\n", excerpt="2")
    card = site.build().page("blog/index").select_one(".leadposts-card-summary")
    assert card.text == "One. Two."


def test_an_expired_post_is_held_back(site: Site) -> None:
    site.post("one", expires="2025-06-01")
    site.post("two", expires="2999-06-01")
    build = site.build()
    assert "1 expired" in build.status
    assert not build.has("posts/one.html")
    assert build.has("posts/two.html")


def test_defaults_and_further_names_of_keys(make_site) -> None:
    site = make_site(
        leadposts_key_aliases={"hero": "image", "written_by": "author"},
        leadposts_defaults={"news/**": {"tags": ["post", "news"], "author": "Us"}},
    )
    site.picture("x.png")
    site.write(
        "news/a.md", "---\ntitle: News\ndate: 2025-01-01\nhero: /x.png\n---\n\nText.\n"
    )
    site.post("b", written_by="Ann")
    build = site.build()
    page = build.page("news/a")
    assert page.select_one(".leadposts-author").text == "Us"
    assert page.select_one(".leadposts-header img")
    assert build.page("posts/b").select_one(".leadposts-author").text == "Ann"
    assert len(build.page("tags/news").select("article.leadposts-card")) == 1


@pytest.mark.parametrize(
    ("name", "value", "piece"),
    [
        ("leadposts_key_aliases", {"hero": "picture"}, "'picture'"),
        ("leadposts_defaults", {"a/*": {"tag": "x"}}, "'tag'"),
        ("leadposts_defaults", ["a"], "mapping"),
    ],
)
def test_a_bad_mapping_in_the_configuration_is_named(
    make_site, name: str, value: object, piece: str
) -> None:
    site = make_site(**{name: value})
    site.post("a")
    site.build(warns=[rf"{name}.*{piece}.*\[leadposts\.config\]"])
