"""Old addresses of posts in real sites: where they lead, and where they must not."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.site import Site
from tests.web_pages import BASE


@pytest.fixture
def blog(make_site) -> Site:
    site = make_site(html_baseurl=BASE)
    site.post("now", title='"Now & <here>"', redirect_from="[/old/now/, then.html]")
    return site


def read_target(out: Path, file: str) -> Path:
    """Return the file that a redirect leads to, as a browser finds it."""
    page = BeautifulSoup((out / file).read_text("utf-8"), "html.parser")
    refresh = page.select_one('meta[http-equiv="refresh"]')["content"]
    to = refresh.partition("url=")[2]
    assert page.select_one("a")["href"] == to
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    found = (out / file).parent / to
    return (found / "index.html" if to.endswith("/") else found).resolve()


@pytest.mark.parametrize(
    ("builder", "page"),
    [("html", "posts/now.html"), ("dirhtml", "posts/now/index.html")],
)
def test_old_addresses_lead_to_the_post(blog: Site, builder: str, page: str) -> None:
    out = blog.build(builder).out
    for file in ("old/now/index.html", "then.html"):
        assert read_target(out, file) == (out / page).resolve()
    text = (out / "then.html").read_text("utf-8")
    parsed = BeautifulSoup(text, "html.parser")
    assert parsed.title.get_text() == "Now & <here>"
    address = BASE + page.removesuffix("index.html")
    assert parsed.select_one('link[rel="canonical"]')["href"] == address


def test_redirects_need_no_address_of_the_site(make_site) -> None:
    site = make_site()
    site.post("now", redirect_from="/old/")
    out = site.build().out
    assert read_target(out, "old/index.html") == (out / "posts/now.html").resolve()
    assert "canonical" not in (out / "old/index.html").read_text("utf-8")


def test_the_addresses_of_other_generators_go_on(make_site) -> None:
    site = make_site(html_baseurl=BASE)
    site.post("a", aliases="[/first/]")
    site.post("b", permalink="/posts/b/")
    site.post("c", slug="see-c")
    site.post("d", redirect_from=f"{BASE}whole/d/")
    out = site.build().out
    for file, name in (
        ("first/index.html", "a"),
        ("posts/b/index.html", "b"),
        ("posts/see-c/index.html", "c"),
        ("whole/d/index.html", "d"),
    ):
        assert read_target(out, file) == (out / f"posts/{name}.html").resolve()


@pytest.mark.parametrize(
    "permalink", ['"/{{ page.fileSlug }}/"', "/:categories/:title/", "pretty"]
)
def test_patterns_of_other_generators_are_no_addresses(make_site, permalink) -> None:
    site = make_site()
    site.post("p", permalink=permalink)
    assert not [p for p in site.build().out.rglob("index.html") if "title" in str(p)]


def test_a_post_is_no_redirect_to_itself(make_site) -> None:
    site = make_site(html_baseurl=BASE)
    site.post("b", permalink="/posts/b/", redirect_from="posts/b.html")
    out = site.build("dirhtml").out
    assert "Some text" in (out / "posts/b/index.html").read_text("utf-8")
    out = site.build().out
    assert "Some text" in (out / "posts/b.html").read_text("utf-8")
    assert read_target(out, "posts/b/index.html") == (out / "posts/b.html").resolve()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("../../evil", "begins with a dot"),
        ("/%2e%2e/evil", "begins with a dot"),
        ("https://other.example.org/x/", "is a URL"),
        ("//other.example.org/x/", "is a URL"),
        ("a\\\\b", "holds one of"),
        ("/", "no page"),
        ("/a:b/", "holds one of"),
        (f"/{'x' * 300}/", "longer|long"),
    ],
)
def test_what_is_no_old_address_is_reported(make_site, path: str, message: str) -> None:
    site = make_site(html_baseurl=BASE)
    site.post("p", redirect_from=path)
    before = set(site.root.parent.rglob("*evil*"))
    site.build(warns=[rf"p\.md:5: WARNING: .*({message}).*\[leadposts\.redirect\]"])
    assert set(site.root.parent.rglob("*evil*")) == before


def test_of_two_claims_the_newer_post_has_the_address(make_site) -> None:
    site = make_site()
    site.post("old", date="2024-01-01", redirect_from="/x/")
    site.post("new", date="2025-01-01", redirect_from="/x/")
    out = site.build(
        warns=[
            r"old\.md:5: WARNING: the old address '/x/' leads to 'posts/new'.*redirect"
        ]
    ).out
    assert read_target(out, "x/index.html") == (out / "posts/new.html").resolve()


@pytest.mark.parametrize("path", ["index.html", "search.html", "Plain.html"])
def test_no_page_is_written_over(make_site, path: str) -> None:
    site = make_site()
    site.write("index.md", "# Home\n\n```{toctree}\nplain\n```\n")
    site.write("plain.md", "# Plain\n\nText.\n")
    site.post("p", redirect_from=path)
    out = site.build(
        warns=[
            r"p\.md:5: WARNING: .* something else stands there.*\[leadposts\.redirect\]"
        ]
    ).out
    assert "refresh" not in (out / path.lower()).read_text("utf-8")
    # It is said again, and still nothing is written over.
    warm = site.build(files=[], warns=[])
    assert "refresh" not in (warm.out / path.lower()).read_text("utf-8")


def test_files_of_others_are_not_written_over(make_site) -> None:
    site = make_site(html_extra_path=["extra"])
    site.write("extra/old/index.html", "<p>Mine</p>")
    site.post("p", redirect_from="/old/")
    out = site.build(warns=["something else stands there"]).out
    assert (out / "old/index.html").read_text("utf-8") == "<p>Mine</p>"


def test_a_redirect_goes_when_the_author_takes_it_back(blog: Site) -> None:
    out = blog.build().out
    blog.post("now", title='"Now & <here>"', redirect_from="[then.html]")
    blog.build()
    assert not (out / "old").exists()
    assert (out / "then.html").is_file()


def test_a_page_takes_the_place_of_a_redirect(blog: Site) -> None:
    out = blog.build().out
    blog.write("index.md", "# Home\n\n```{toctree}\nthen\n```\n")
    blog.write("then.md", "# Then\n\nA page of its own.\n")
    blog.build(warns=["something else stands there"])
    assert "A page of its own" in (out / "then.html").read_text("utf-8")


def test_a_redirect_follows_its_post(blog: Site) -> None:
    out = blog.build().out
    (blog.src / "posts/now.md").unlink()
    blog.post("later", redirect_from="[/old/now/, then.html]")
    blog.build()
    assert read_target(out, "then.html") == (out / "posts/later.html").resolve()


def test_a_held_back_post_has_no_redirects(blog: Site) -> None:
    out = blog.build().out
    blog.post("now", draft="true", redirect_from="[/old/now/, then.html]")
    blog.build()
    assert not (out / "then.html").exists()
    assert not (out / "old").exists()


def test_redirects_of_an_output_whose_ledger_is_lost_are_known(blog: Site) -> None:
    out = blog.build().out
    (out / ".leadposts-ledger").unlink()
    blog.post("now", title="Other", redirect_from="[/old/now/, then.html]")
    blog.build()
    assert "Other" in (out / "then.html").read_text("utf-8")


@pytest.mark.parametrize(
    "path", ["/blog/atom.xml", "/leadposts.json/x/", "/blog/index.html/"]
)
def test_no_redirect_stands_in_the_way_of_our_files(make_site, path: str) -> None:
    site = make_site(html_baseurl=BASE)
    site.post("p", redirect_from=path)
    out = site.build(warns=[r"p\.md:5: WARNING: .*\[leadposts\.redirect\]"]).out
    assert (out / "blog/atom.xml").is_file()
    assert (out / "leadposts.json").is_file()
    assert "refresh" not in (out / "blog/index.html").read_text("utf-8")


def test_a_file_of_the_author_stays_when_a_redirect_goes(make_site) -> None:
    site = make_site(html_extra_path=["extra"])
    site.write("extra/keep.txt", "")
    site.post("p", redirect_from="/old/")
    out = site.build().out
    site.write("extra/old/index.html", "<p>Mine</p>")
    site.post("p")
    site.build()
    assert (out / "old/index.html").read_text("utf-8") == "<p>Mine</p>"


def test_a_feed_of_the_author_is_not_written_over(make_site) -> None:
    site = make_site(html_baseurl=BASE, html_extra_path=["extra"])
    site.write("extra/blog/atom.xml", "mine")
    site.post("p")
    out = site.build().out
    site.post("p", title="Other")
    site.build()
    assert (out / "blog/atom.xml").read_text("utf-8") == "mine"


def test_a_document_that_became_a_post_elsewhere_leads_there(make_site) -> None:
    site = make_site()
    site.write("plain.md", "---\norphan: true\n---\n# Plain\n\nText.\n")
    out = site.build().out
    (site.src / "plain.md").unlink()
    site.post("now", redirect_from="/plain.html")
    site.build()
    assert read_target(out, "plain.html") == (out / "posts/now.html").resolve()


def test_a_redirect_that_was_cut_off_is_written(
    blog: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = blog.build().tree()
    text = (blog.src / "posts/now.md").read_text("utf-8")
    blog.write("posts/now.md", text.replace("title: ", "title: Not "))
    write = Path.write_text

    def stop(path: Path, *args: str, **kwargs: str) -> int:
        if path.name != "then.html":
            return write(path, *args, **kwargs)
        path.open("w").close()
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_text", stop)
    with pytest.raises(KeyboardInterrupt):
        blog.build()
    monkeypatch.undo()
    assert (blog.root / "html/then.html").read_bytes() == b""
    blog.write("posts/now.md", text)
    after = blog.build().tree()
    assert after["then.html"] == before["then.html"]


def test_an_empty_file_of_others_is_not_written_over(make_site) -> None:
    site = make_site(html_static_path=[])
    site.post("now")
    out = site.build().out
    (out / "then.html").touch()
    site.post("now", redirect_from="/then.html")
    site.build(warns=[r"'/then\.html' does not lead here: something else"])
    assert (out / "then.html").read_bytes() == b""
