"""Which pages an edit rewrites, and what it leaves behind: exactly, and nothing."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinx_leadposts.sphinx_ext.reading_phase import discovery, overlay
from tests.site import Build, Site

FUTURE = (datetime.now(UTC) + timedelta(days=400)).date().isoformat()


@pytest.fixture
def blog(make_site) -> Site:
    site = make_site(leadposts_page_size=2, leadposts_related=0)
    site.write("index.md", "# Home\n\n```{post-list}\n:limit: 2\n```\n")
    site.write("about.md", "---\norphan: true\n---\n# About\n\n[](posts/a.md)\n")
    for n, name in enumerate("abcd"):
        tag = "seo" if name in "ab" else "mail"
        site.post(name, date=f"2025-01-0{n + 1}", tags=f"[post, {tag}]")
    return site


def rewritten(site: Site, before: Build, **kwargs: object) -> set[str]:
    old = before.times()
    new = site.build(**kwargs).times()
    return {
        name.removesuffix(".html") for name in new if old.get(name) != new.get(name)
    }


def test_a_build_without_changes_writes_nothing(blog: Site) -> None:
    first = blog.build()
    tree = first.tree()
    ledger = (first.out / ".leadposts-ledger").stat().st_mtime_ns
    assert rewritten(blog, first) == set()
    assert blog.build().tree() == tree
    assert (first.out / ".leadposts-ledger").stat().st_mtime_ns == ledger


def test_a_page_written_as_it_was_leaves_the_others_alone(blog: Site) -> None:
    blog.build()
    text = (blog.src / "posts/a.md").read_text("utf-8")
    blog.write("posts/a.md", text)
    touched = blog.build()
    assert rewritten(blog, touched) == set()


def test_a_body_edit_rewrites_that_page_only(blog: Site) -> None:
    blog.post(
        "a", "Some text.\n\nMore.\n\nEnd.\n", date="2025-01-01", tags="[post, seo]"
    )
    first = blog.build()
    blog.post(
        "a", "Some text.\n\nOther.\n\nEnd.\n", date="2025-01-01", tags="[post, seo]"
    )
    assert rewritten(blog, first) == {"posts/a"}


def test_a_new_title_rewrites_the_pages_that_show_it(blog: Site) -> None:
    first = blog.build()
    blog.post("a", title="New", date="2025-01-01", tags="[post, seo]")
    lists = {"tags/seo", "blog/page/2", "blog/archive/2025/page/2"}
    # The next post leads back to it.
    assert rewritten(blog, first) == {"posts/a", "posts/b", "about"} | lists


def test_a_new_title_of_a_guide_elsewhere_rewrites_the_pages_that_show_it(
    blog: Site,
) -> None:
    guide = {"target": "https://books.example/", "title": "Old"}
    blog.configure(leadposts_guides={"book": guide})
    blog.write("about.md", "---\norphan: true\n---\n# About\n\n{blog:guide}`book`\n")
    first = blog.build()
    blog.configure(leadposts_guides={"book": guide | {"title": "New"}})
    assert rewritten(blog, first) == {"about"}
    assert "New" in blog.build().read("about.html")


def test_a_new_tag_rewrites_the_pages_that_show_it(blog: Site) -> None:
    first = blog.build()
    blog.post("a", date="2025-01-01", tags="[post, mail]")
    pages = {"posts/a", "tags/index", "tags/seo", "tags/mail", "tags/mail/page/2"}
    # The pages of "mail" gain a pager; page 2 of the blog shows the tags of "a".
    assert rewritten(blog, first) == pages | {"blog/page/2", "blog/archive/2025/page/2"}


def test_a_new_post_rewrites_the_lists_that_move(blog: Site) -> None:
    first = blog.build()
    blog.post("e", date="2025-01-05", tags="[post, seo]")
    assert rewritten(blog, first) == {
        *("posts/e", "index", "tags/index", "tags/seo", "tags/seo/page/2"),
        *("blog/index", "blog/page/2", "blog/page/3"),
        *(f"blog/archive/2025{page}" for page in ("", "/page/2", "/page/3")),
        # It leads on to the new post.
        "posts/d",
    }


@pytest.mark.parametrize("how", ["draft", "future", "deleted", "renamed"])
def test_what_a_post_left_behind_is_removed(blog: Site, how: str) -> None:
    blog.post("b", tags="[post, rare]", image="/x.png")
    blog.picture("x.png")
    blog.write("about.md", "---\norphan: true\n---\n# About\n")
    first = blog.build()
    assert first.has("tags/rare.html")
    path = blog.src / "posts/b.md"
    if how == "draft":
        blog.post("b", tags="[post, rare]", image="/x.png", draft="true")
    elif how == "future":
        blog.post("b", tags="[post, rare]", image="/x.png", date=FUTURE)
    elif how == "deleted":
        path.unlink()
    else:
        path.rename(blog.src / "other.md")
    warm = blog.build()
    left = [p for p in warm.out.rglob("*b*") if p.match("posts/b*")]
    assert not left
    if how != "renamed":
        assert not warm.has("tags/rare.html")
        assert not list((warm.out / "_images").glob("x-*"))
        assert "Post b" not in "".join(p.read_text() for p in warm.out.rglob("*.html"))
        # Sphinx keeps a removed document's words as empty entries.
        assert "posts/b" not in warm.read("searchindex.js")
    assert "posts/b" not in warm.read(".leadposts-ledger")
    assert not list((blog.root / "doctrees-html/posts").glob("b.*"))


def test_a_picture_that_no_page_shows_is_removed(blog: Site) -> None:
    blog.picture("x.png")
    # A guide's picture stands on cards only, and here there is no card of it.
    guide = {"target": "about", "title": "About", "image": "/x.png"}
    blog.configure(leadposts_guides={"about": guide})
    blog.post("b", tags="[post, rare]", image="/x.png")
    first = blog.build()
    assert list((first.out / "_images").glob("x-*"))
    (blog.src / "posts/b.md").unlink()
    warm = blog.build()
    assert not list((warm.out / "_images").glob("x-*"))


def test_a_held_back_post_leaks_nowhere(blog: Site) -> None:
    blog.post("secret", "Hush words.\n", title="Secret plan", draft="true")
    blog.post("later", "Hush words.\n", title="Secret date", date=FUTURE)
    build = blog.build()
    for path in build.out.rglob("*"):
        if path.is_file():
            assert b"ecret" not in path.read_bytes()
            assert b"Hush" not in path.read_bytes()
    assert f"held back: 1 draft, 1 future (next {FUTURE})" in build.status


def test_a_preview_shows_what_is_held_back(blog: Site) -> None:
    blog.post("later", title="Not yet", draft="true")
    build = blog.build(overrides={"leadposts_show_drafts": True})
    assert "Not yet" in build.page("blog/index").get_text()
    assert "Not yet" not in blog.build().page("blog/index").get_text()


def test_a_link_to_a_held_back_post_is_its_text(blog: Site) -> None:
    blog.post("later", title="Not *yet*", date=FUTURE)
    blog.write(
        "about.md",
        "---\norphan: true\n---\n# About\n\n{doc}`posts/later` [said](posts/later.md) "
        "{blog:post}`later` {any}`post:posts/later` [too](post:later)\n\n"
        "```{post-card} later\n```\n\n```{toctree}\nposts/later\n```\n",
    )
    build = blog.build()
    text = build.page("about").get_text()
    assert "Not *yet* said Not *yet* Not *yet* too" in text
    assert "that post is held back" in build.status


def test_the_clock_can_be_set(blog: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2025, 1, 2, 12, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    blog.write("about.md", "---\norphan: true\n---\n# About\n")
    build = blog.build()
    assert {p.stem for p in (build.out / "posts").iterdir()} == {"a", "b"}


@pytest.mark.parametrize("name", ["tags/seo.md", "tags/seo/index.md", "tags/seo.rst"])
def test_the_page_of_the_author_wins(blog: Site, name: str) -> None:
    blog.post("e", tags="[post, seo]")
    first = blog.build()
    assert first.has("tags/seo/page/2.html")
    directive = "```{post-list}\n:tags: seo\n```\n"
    if name.endswith(".rst"):
        directive = ".. post-list::\n   :tags: seo\n"
    text = f"SEO by hand\n===========\n\n{directive}"
    path = blog.write(
        name,
        f":orphan:\n\n{text}"
        if name.endswith("rst")
        else f"---\norphan: true\n---\n{text}",
    )
    # A file that is older than the page of ours that it replaces.
    os.utime(path, (1, 1))
    build = blog.build()
    docname = name.rpartition(".")[0]
    page = build.page(docname)
    assert page.select_one(".body h1").find(string=True) == "SEO by hand"
    assert len(page.select(".leadposts-card")) == 3
    assert not build.has("tags/seo/page/2.html")
    link = build.page("posts/a").select_one("a.leadposts-tag")
    assert link["href"] == f"../{docname}.html"
    path.unlink()
    assert "SEO by hand" not in blog.build().page("tags/seo").get_text()


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_document_named_blog_wins_in_every_builder(blog: Site, builder: str) -> None:
    blog.write("blog.md", "---\norphan: true\n---\n# Mine\n\n```{post-list}\n```\n")
    build = blog.build(builder)
    name = "blog/index" if builder == "dirhtml" else "blog"
    assert build.page(name).select_one(".body h1").find(string=True) == "Mine"
    assert not build.has("blog/page/2.html")
    assert not build.has("blog/page/2/index.html")


def test_a_page_that_stands_in_and_lists_nothing_is_named(blog: Site) -> None:
    blog.write("tags/seo.md", "---\norphan: true\n---\n# SEO\n\nJust words.\n")
    build = blog.build(
        warns=[r"tags/seo\.md:1: WARNING: .*:tags: seo.*\[leadposts\.page\]"]
    )
    assert "Just words." in build.page("tags/seo").get_text()


def test_the_source_folder_is_not_written_to(blog: Site) -> None:
    def state() -> list[tuple[Path, int]]:
        return sorted((p, p.stat().st_mtime_ns) for p in blog.src.rglob("*"))

    before = state()
    for builder in ("html", "text", "epub"):
        blog.build(builder, overrides={"version": "1", "copyright": "x"})
    assert state() == before


def test_an_output_below_the_source_is_not_taken_for_sources(blog: Site) -> None:
    inside = blog.src / "public"
    blog.root.mkdir(exist_ok=True)
    for _ in range(2):
        build = blog.build(out=str(inside), doctrees=str(inside / ".doctrees"))
    assert not any("public" in p.relative_to(inside).parts for p in inside.rglob("*"))
    assert build.page("blog/index").select(".leadposts-card")


def test_a_build_of_one_file_leaves_no_stale_list(blog: Site) -> None:
    blog.build()
    path = blog.post("a", title="New", date="2025-01-01", tags="[post, seo]")
    blog.build(files=[blog.src / "about.md"])
    blog.build(files=[path])
    build = blog.build()
    assert "New" in build.page("tags/seo").get_text()
    assert "New" in build.page("about").get_text()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("project", "Back wheel", "Front wheel"),
        ("author", "Ann the First", "Bob the Second"),
        ("html_link_suffix", ".html", ".page"),
    ],
)
def test_a_setting_reaches_all_pages_after_a_build_of_a_single_draft(
    blog: Site, name: str, old: str, new: str
) -> None:
    blog.configure(html_baseurl="https://blog.example/", **{name: old})
    blog.configure(leadposts_feed_archives=["tags"])
    draft = blog.post("draft", draft="true")
    blog.build()
    blog.configure(**{name: new})
    # Of a draft no page is written; Sphinx takes note of the setting all the same.
    blog.build(files=[draft])
    warm = blog.build()
    assert new in warm.read("blog/index.html") + warm.read("tags/seo/atom.xml")
    assert warm.tree() == blog.build(out="cold").tree()


@pytest.mark.parametrize(
    "link",
    ["posts/new.md", "/posts/new.md", "./posts/../posts/new.md#part"],
)
def test_a_markdown_link_follows_a_file_that_comes_and_goes(
    blog: Site, link: str
) -> None:
    dead = r"about.md.*\[myst.xref_missing\]"
    blog.write("about.md", f"---\norphan: true\n---\n# About\n\n[new]({link})\n")
    blog.build(warns=[dead])
    path = blog.post("new", "Text.\n\n(part)=\n## Part\n")
    there = blog.build()
    target = "posts/new.html" + ("#part" if "#" in link else "")
    assert there.page("about").find("a", string="new")["href"] == target
    assert ("body", "about", 6, "posts/new") in [edge[:4] for edge in there.edges()]
    path.unlink()
    gone = blog.build(warns=[dead])
    assert gone.page("about").find("a", string="new")["href"] == f"#{link}"
    assert "about" not in [edge[1] for edge in gone.edges()]
    assert rewritten(blog, gone) == set()


def test_a_link_to_a_post_that_is_held_back_is_not_read_again(blog: Site) -> None:
    blog.build()
    doctree = blog.root / "doctrees-html/about.doctree"
    read = doctree.stat().st_mtime_ns
    blog.post("a", tags="[post, seo]", draft="true")
    assert not blog.build().page("about").select("[href='posts/a.html']")
    assert doctree.stat().st_mtime_ns == read


def test_two_outputs_with_one_set_of_doctrees_are_both_fresh(blog: Site) -> None:
    for builder in ("html", "dirhtml"):
        blog.build(builder, doctrees="shared")
    blog.post("a", title="New", date="2025-01-01", tags="[post, seo]")
    html = blog.build("html", doctrees="shared")
    dirhtml = blog.build("dirhtml", doctrees="shared")
    assert "New" in html.page("tags/seo").get_text()
    assert "New" in dirhtml.page("tags/seo/index").get_text()


def test_a_site_that_drops_the_extension_still_builds(blog: Site) -> None:
    blog.build()
    blog.write("index.md", "# Home\n")
    blog.configure(extensions=["myst_parser"], suppress_warnings=["toc", "myst"])
    blog.build()


def test_a_post_in_a_toctree_that_goes_leaves_no_gap(blog: Site) -> None:
    blog.write("index.md", "# Home\n\n```{toctree}\nposts/a\nposts/b\nposts/c\n```\n")
    blog.write("about.md", "---\norphan: true\n---\n# About\n")
    blog.build()
    blog.post("b", tags="[post, seo]", draft="true")
    warm = blog.build()
    cold = blog.build(out="cold")
    assert warm.page("posts/a") == cold.page("posts/a")
    assert warm.page("index") == cold.page("index")


@pytest.mark.parametrize("written", [0, 20])
def test_a_build_that_was_cut_off_while_reading_does_no_harm(
    blog: Site, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    blog.build()
    path = blog.src / "posts/a.md"
    text, times = path.read_text("utf-8"), path.stat()
    blog.write("posts/a.md", text.replace("Some text", "Other text"))

    def stop(_doctree: object, file: IO[bytes], *_: object) -> None:
        file.write(b"\x80" * written)
        raise KeyboardInterrupt

    monkeypatch.setattr("sphinx.builders.pickle.dump", stop)
    with pytest.raises(KeyboardInterrupt):
        blog.build()
    monkeypatch.undo()
    # As the file is again what the environment knows, Sphinx does not read it.
    path.write_text(text, "utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    blog.configure(leadposts_title="Every page is written")
    warm = blog.build().tree()
    cold = blog.build(out="cold", doctrees="cold-doctrees").tree()
    # Sphinx writes it in the order in which documents were read.
    del warm["searchindex.js"], cold["searchindex.js"]
    assert warm == cold


def stop(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("times", [1, 2])
def test_what_a_build_read_before_it_was_cut_off_is_read_again(
    blog: Site, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    blog.write("index.md", "# Home\n\n```{toctree}\nblog/index\ntags/index\n```\n")
    before = blog.build().tree()
    # All is read, with another toctree, and the environment is not kept.
    blog.configure(leadposts_tags_path="topics")
    with monkeypatch.context() as patch:
        patch.setattr(BuildEnvironment, "check_dependents", stop)
        with pytest.raises(KeyboardInterrupt):
            blog.build()
    blog.configure(leadposts_tags_path="tags")
    if times == 2:
        with monkeypatch.context() as patch:
            patch.setattr(Builder, "read_doc", stop)
            with pytest.raises(KeyboardInterrupt):
                blog.build()
    after = blog.build().tree()
    # Sphinx writes it in the order in which documents were read.
    del before["searchindex.js"], after["searchindex.js"]
    assert after == before


def test_a_link_finds_the_file_of_a_post_that_is_held_back(blog: Site) -> None:
    blog.write("about.md", "---\norphan: true\n---\n# About\n\n[e](posts/e.md)\n")
    missing = [r"about\.md:6: WARNING: .*'posts/e\.md' \[myst\.xref_missing\]"]
    blog.build(warns=missing)
    blog.post("e", title="Soon", draft="true")
    warm = blog.build()
    assert warm.page("about") == blog.build(out="cold").page("about")
    before = warm.times()
    assert blog.build().times() == before
    (blog.src / "posts/e.md").unlink()
    warm = blog.build(warns=missing)
    assert warm.page("about") == blog.build(out="cold", warns=missing).page("about")


def test_an_empty_build_info_does_no_harm(blog: Site) -> None:
    before = blog.build().tree()
    (blog.root / "html/.buildinfo").write_text("", "utf-8")
    assert blog.build().tree() == before


def test_a_post_falls_due_while_others_are_read(
    blog: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = datetime.now(UTC) + timedelta(hours=1)
    blog.post("soon", date=due.isoformat())
    blog.configure(leadposts_guides={"soon": {"target": "posts/soon"}})
    moments = iter([due - timedelta(seconds=1), *[due + timedelta(seconds=1)] * 9])
    monkeypatch.setattr(discovery, "read_clock", lambda: next(moments))
    monkeypatch.setattr(overlay, "read_clock", lambda: next(moments))
    assert "held back: 1 future" in blog.build().status


def test_a_clock_beyond_all_dates_is_the_last_day(
    blog: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99999999999999")
    blog.post("late", date="9999-12-30")
    assert blog.build().has("posts/late.html")


@pytest.mark.parametrize("where", ["../../victim.txt", "{root}/victim.txt"])
def test_a_ledger_that_others_wrote_removes_nothing_of_theirs(
    blog: Site, where: str
) -> None:
    out = blog.build(out="site/html").out
    victim = blog.root / "victim.txt"
    victim.write_text("precious")
    path = out / ".leadposts-ledger"
    ledger = json.loads(path.read_text())
    name = where.format(root=blog.root)
    ledger["published"][name] = "x"
    ledger["pages"]["posts/gone"] = {**ledger["pages"]["posts/a"], "files": [name]}
    ledger["pages"]["../../victim"] = ledger["pages"]["posts/gone"]
    blog.root.joinpath("victim.doctree").write_text("precious")
    path.write_text(json.dumps(ledger))
    blog.post("a", "Another text.\n")
    blog.build(out="site/html", doctrees="doctrees-html")
    assert victim.exists()
    assert blog.root.joinpath("victim.doctree").exists()


def test_a_template_that_ours_includes_is_followed(blog: Site) -> None:
    blog.configure(templates_path=["templates"])
    card = "templates/leadposts/card.html"
    blog.write(card, "{% include 'mine/card.html' %}")
    mine = blog.write("templates/mine/card.html", "<p>first</p>")
    assert "first" in blog.build().read("blog/index.html")
    time = mine.stat().st_mtime_ns
    mine.write_text("<p>second</p>")
    os.utime(mine, ns=(time, time))
    assert "second" in blog.build().read("blog/index.html")
