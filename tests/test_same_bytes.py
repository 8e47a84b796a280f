"""The same sources give the same bytes, wherever and whenever they are built."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.site import Build, Site


@pytest.fixture
def blog(make_site) -> Site:
    site = make_site(
        html_baseurl="https://blog.example.org/",
        leadposts_feeds=["atom", "rss", "json"],
        leadposts_feed_archives=["tags"],
        leadposts_feed_content="full",
    )
    site.picture("x.png")
    for n in range(12):
        site.post(
            f"p{n:02}",
            f"Text {n}.\n\n[](p{(n + 1) % 12:02}.md)\n",
            date=f"2025-01-{n + 1:02} 23:30",
            tags=f"[post, t{n % 3}]",
            image="/x.png",
            redirect_from=f"/old/{n}/",
        )
    site.write("index.md", "# Home\n\n```{post-list}\n```\n\n```{tag-list}\n```\n")
    return site


def build_apart(site: Site, name: str, *options: str, **environment: str) -> Build:
    out = site.root / name
    subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-W", "-q", *options),
            *("-d", str(site.root / f"doctrees-{name}"), str(site.src), str(out)),
        ],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "random", **environment},
    )
    return Build(code=0, warnings="", status="", out=out)


def test_parallel_and_serial_builds_are_alike(blog: Site) -> None:
    serial = build_apart(blog, "serial", "-j", "1").tree()
    assert build_apart(blog, "parallel", "-j", "4").tree() == serial


def test_zone_locale_and_clock_of_the_machine_have_no_say(blog: Site) -> None:
    one = build_apart(blog, "one", TZ="Pacific/Kiritimati", LC_ALL="C")
    other = build_apart(blog, "other", TZ="America/Adak", LC_ALL="C.UTF-8")
    later = build_apart(blog, "later", SOURCE_DATE_EPOCH="4000000000")
    assert one.tree() == other.tree()
    # Sphinx puts the year of that clock into nothing that this site shows.
    assert one.tree() == later.tree()


def test_parallel_warm_builds_are_like_cold_ones(blog: Site) -> None:
    build_apart(blog, "warm", "-j", "4")
    blog.post("p03", title="New", tags="[post, t9]")
    (blog.src / "posts/p04.md").unlink()
    blog.post("p03", "Text.\n", title="New", tags="[post, t9]")
    blog.write("posts/p03.md", (blog.src / "posts/p03.md").read_text())
    for name in ("p03", "p02"):
        path = blog.src / f"posts/{name}.md"
        blog.write(f"posts/{name}.md", path.read_text().replace("[](p04.md)", "Gone."))
    warm = build_apart(blog, "warm", "-j", "4").tree()
    cold = build_apart(blog, "cold", "-j", "4").tree()
    # Sphinx keeps a removed document's words as empty entries.
    warm.pop("searchindex.js")
    cold.pop("searchindex.js")
    assert warm == cold
