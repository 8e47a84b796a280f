"""``leadposts.json`` of real sites."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import sphinx_leadposts
from tests.site import Build, Site
from tests.web_pages import BASE, find_file

SCHEMA = json.loads(
    (
        Path(sphinx_leadposts.__file__).parent / "schemas/leadposts.schema.json"
    ).read_text("utf-8")
)


@pytest.fixture
def blog(make_site) -> Site:
    site = make_site(
        html_baseurl=BASE,
        leadposts_tags={"seo": {"label": "SEO", "parent": "web"}, "web": {}},
        leadposts_guides={"start": {"target": "guide", "tags": ["seo"]}},
    )
    site.picture("x.png")
    site.write("index.md", "# Home\n\n```{toctree}\nguide\n```\n")
    site.write("guide.md", "# The guide\n\nBegin here.\n")
    site.post(
        "one",
        "See [two](two.md).\n",
        tags="[post, seo]",
        image="/x.png",
        series="{name: S, part: 1}",
        redirect_from="/old/one/",
    )
    site.post("two", tags="[post, web]", series="{name: S, part: 2}")
    site.post("draft", draft="true", tags="[post, web]")
    return site


def read(build: Build) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((build.out / "leadposts.json").read_text("utf-8"))
    jsonschema.validate(data, SCHEMA)
    return data


def test_it_says_what_the_blog_holds(blog: Site) -> None:
    build = blog.build()
    data = read(build)
    posts = {post["docname"]: post for post in data["posts"]}
    assert posts.keys() == {"posts/one", "posts/two"}
    assert posts["posts/one"]["url"] == f"{BASE}posts/one.html"
    assert posts["posts/one"]["redirects"] == [f"{BASE}old/one/"]
    assert posts["posts/one"]["guides"] == ["start"]
    assert [(t["slug"], t["count"], t.get("parent")) for t in data["tags"]] == [
        ("seo", 1, "web"),
        ("web", 1, None),
    ]
    (guide,) = data["guides"]
    assert (guide["key"], guide["docname"]) == ("start", "guide")
    assert guide["posts"] == ["posts/one"]
    (image,) = data["images"]
    assert image["name"] == posts["posts/one"]["image"]
    assert find_file(build.out, image["url"]).stat().st_size == image["bytes"]


def test_it_says_how_the_blog_hangs_together(blog: Site) -> None:
    edges = {
        (edge["kind"], edge["source"], edge["target"])
        for edge in read(blog.build())["edges"]
    }
    assert edges == {
        ("body", "index", "guide"),
        ("body", "posts/one", "posts/two"),
        ("guide", "posts/one", "guide"),
        ("series", "posts/one", "posts/two"),
        ("related", "posts/one", "posts/two"),
        ("related", "posts/two", "posts/one"),
        ("tag", "posts/one", "seo"),
        ("tag", "posts/two", "web"),
    } - {("body", "index", "guide")}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_without_an_address_urls_begin_at_the_root(make_site, builder: str) -> None:
    site = make_site()
    site.post("p", redirect_from="/old/")
    build = site.build(builder)
    (post,) = read(build)["posts"]
    assert find_file(build.out, post["url"], "").is_file()
    assert find_file(build.out, post["redirects"][0], "").is_file()


def test_a_site_without_posts_has_a_file_too(make_site) -> None:
    assert read(make_site().build())["posts"] == []


def test_it_is_not_touched_when_nothing_changed(blog: Site) -> None:
    path = blog.build().out / "leadposts.json"
    before = path.stat().st_mtime_ns
    blog.build()
    assert path.stat().st_mtime_ns == before
    blog.post("two", title="Other", tags="[post, web]", series="{name: S, part: 2}")
    assert "Other" in [post["title"] for post in read(blog.build())["posts"]]


def test_a_build_after_one_that_was_cut_off_brings_it_up_to_date(
    blog: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sphinx_leadposts.sphinx_ext.writing_phase import publication

    build = blog.build()
    before = (build.out / "leadposts.json").read_text("utf-8")
    text = (blog.src / "posts/two.md").read_text("utf-8")
    blog.write("posts/two.md", text.replace("Post two", "Other"))
    writing = publication.Publication._write

    def stop_at_the_end(self: Any, file: Any) -> bool:
        writing(self, file)
        raise KeyboardInterrupt

    monkeypatch.setattr(publication.Publication, "_write", stop_at_the_end)
    with pytest.raises(KeyboardInterrupt):
        blog.build()
    monkeypatch.undo()
    # What was written then is newer than what is known of it.
    blog.write("posts/two.md", text)
    again = blog.build()
    assert (again.out / "leadposts.json").read_text("utf-8") == before
