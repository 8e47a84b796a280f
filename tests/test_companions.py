"""Other extensions beside this one, all at once and each by itself."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

DOCS = Path(__file__).parent.parent / "docs"
TEXT = (DOCS / "how-to/with-other-extensions.md").read_text("utf-8")
OURS = "sphinx_leadposts"
GIT = "sphinx_last_updated_by_git"
EXTERNAL_TOC = "sphinx_external_toc"
NOT_FOUND = "notfound.extension"
#: Those that can be read in parallel.
COMPANIONS = [
    *("myst_nb", "sphinxext.opengraph", "sphinx_sitemap", "sphinx_copybutton"),
    *(NOT_FOUND, GIT),
]
BASE = "https://blog.example.org/"
#: Without cards: Matplotlib, which draws them, logs for itself.
PREVIEWS = {"ogp_site_url": BASE, "ogp_social_cards": {"enable": False}}
#: When everything was committed.
DAY = "2025-07-01T10:00:00Z"
TOCTREE = "```{{toctree}}\nmanual\n{}```\n"
#: What stands in it, with a blog and without.
OUR_PAGES = "blog/index\ntags/index\n"
THEIR_PAGES = "posts/ride\nposts/ice\nposts/sums\n"


def need(*modules: str) -> None:
    """Skip the test where an extension is not installed."""
    for name in modules:
        try:
            found = find_spec(name)
        except ModuleNotFoundError:
            found = None
        if found is None:
            pytest.skip(f"{name} is not installed")
    if GIT in modules and shutil.which("git") is None:
        pytest.skip("git is not installed")


def find_blocks(language: str) -> list[str]:
    """Return the pieces of the page in one language, without those that are files."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def find_values(extension: str) -> dict[str, object]:
    """Return what the page sets for an extension."""
    (code,) = [code for code in find_blocks("python") if f'"{extension}"' in code]
    values: dict[str, object] = {}
    exec(code, {}, values)  # noqa: S102 - it stands in the docs
    return values


def commit(folder: Path, day: str = DAY) -> None:
    """Put all that is in a folder into its repository, made if need be."""
    moment = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
    who = ["-c", "user.name=Mina", "-c", "user.email=mina@example.org"]
    steps = (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Some words"])
    for step in steps:
        subprocess.run(
            ["git", *who, "-c", "commit.gpgsign=false", *step],
            cwd=folder,
            env={**os.environ, **moment},
            check=True,
        )


def run(
    site: Site,
    builder: str = "html",
    *,
    jobs: int = 1,
    doctrees: Path | None = None,
    source: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, list[str]]:
    """Build as a user would, with ``-W``; return the exit code and the warnings."""
    folder = doctrees or site.root / f"doctrees-{builder}"
    options = ["-W", "--keep-going", f"-j{jobs}", "-b", builder, "-d", str(folder)]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", *options),
            *(str(source or site.src), str(site.root / builder)),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONUTF8": "1",
            "NO_COLOR": "1",
            **(environment or {}),
        },
        timeout=240,
        check=False,
    )
    return done.returncode, [line for line in done.stderr.splitlines() if line]


def read_page(site: Site, name: str) -> BeautifulSoup:
    """Return a page of the output, parsed."""
    return BeautifulSoup((site.root / name).read_text("utf-8"), "html.parser")


def read_metas(page: BeautifulSoup, name: str) -> list[str]:
    return [str(meta["content"]) for meta in page.find_all("meta", property=name)]


def find_day(site: Site, page: str) -> str | None:
    """Return the day that the theme ``classic`` shows."""
    text = " ".join(read_page(site, f"html/{page}.html").get_text(" ").split())
    found = re.search(r"Last updated on (\w+ \d+, \d+)", text)
    return found[1] if found else None


def take_times(folder: Path) -> dict[str, int]:
    """Return when each file was written."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def write_posts(site: Site) -> None:
    """Write posts that any extension can read."""
    site.picture("posts/lake.png")
    code = "# Post ride\n\nWords.\n\n```python\nprint(1)\n```\n"
    site.post("ride", code, image="lake.png", category="Tours")
    site.post("ice", "# Post ice\n\n[A ride](ride.md).\n", tags="[post, care]")
    cell = {
        "cell_type": "markdown",
        "id": "head",
        "metadata": {},
        "source": "# By sums\n",
    }
    notebook = {
        "cells": [cell],
        "metadata": {
            "date": "2025-04-01",
            "tags": ["post"],
            "kernelspec": {"name": "python3", "display_name": "Python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    site.write("posts/sums.ipynb", json.dumps(notebook))


def write_site(make_site: Callable[..., Site], name: str, *extensions: str) -> Site:
    """Make a site of the same sources, whether it is a blog or not."""
    site = make_site(
        name,
        extensions=list(extensions),
        html_theme="classic",
        html_baseurl=BASE,
        **PREVIEWS,
        sitemap_url_scheme="{link}",
        sitemap_show_lastmod=True,
        notfound_urls_prefix="/",
        nb_execution_mode="off",
    )
    pages = OUR_PAGES if OURS in extensions else THEIR_PAGES
    site.write("index.md", f"# Home\n\n{TOCTREE.format(pages)}")
    site.write("manual.md", "# Manual\n\nWords.\n")
    write_posts(site)
    return site


# All at once --------------------------------------------------------------------------


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_all_at_once_raise_no_warning_and_write_no_page_for_us(
    make_site, builder: str
) -> None:
    need(*COMPANIONS)
    rewritten = {}
    # The order does not matter.
    orders = {"html": [OURS, *COMPANIONS], "dirhtml": [*COMPANIONS, OURS]}
    for name, extensions in {"blog": orders[builder], "plain": COMPANIONS}.items():
        site = write_site(make_site, name, *extensions)
        commit(site.src)
        assert run(site, builder, jobs=2) == (0, [])
        before = take_times(site.root / builder)
        assert run(site, builder, jobs=2) == (0, [])
        after = take_times(site.root / builder)
        assert before.keys() == after.keys()
        rewritten[name] = {file for file in after if after[file] != before[file]}
    assert rewritten["blog"] == rewritten["plain"]


def test_all_at_once_do_what_each_does(make_site) -> None:
    need(*COMPANIONS)
    site = write_site(make_site, "blog", OURS, *COMPANIONS)
    commit(site.src)
    assert run(site, jobs=2) == (0, [])
    post, blog = (
        read_page(site, f"html/{n}.html") for n in ("posts/ride", "blog/index")
    )
    assert post.select("script[src*=copybutton]")
    assert post.select(".highlight-python")
    assert read_metas(post, "og:title") == ["Post ride"]
    assert read_metas(blog, "og:title") == ["Blog"]
    titles = [
        card.get_text(strip=True) for card in blog.select(".leadposts-card-title")
    ]
    assert sorted(titles) == ["By sums", "Post ice", "Post ride"]
    assert find_day(site, "posts/ride") == "Jul 01, 2025"
    assert find_day(site, "blog/index") is None
    entries = BeautifulSoup((site.root / "html/sitemap.xml").read_text(), "xml")
    days = {
        url.loc.text.removeprefix(BASE): url.lastmod and url.lastmod.text
        for url in entries.select("url")
    }
    assert days["posts/ride.html"] == days["posts/sums.html"] == DAY
    assert days["blog/index.html"] is days["tags/care.html"] is None


# sphinx-last-updated-by-git -----------------------------------------------------------


def write_dated(make_site: Callable[..., Site], **conf: object) -> Site:
    site = make_site(html_baseurl=BASE, **{**find_values(GIT), **conf})
    site.picture("posts/lake.png")
    site.post("ride", image="lake.png", category="Tours", updated="2025-06-02")
    site.post("ice", tags="[post, care]")
    return site


@pytest.mark.parametrize(("inside", "jobs"), [(True, 1), (False, 2)])
def test_generated_pages_have_no_day_of_git(
    make_site, *, inside: bool, jobs: int
) -> None:
    need(GIT)
    site = write_dated(make_site, html_theme="classic", exclude_patterns=["_build"])
    site.write(".gitignore", "_build/\n")
    commit(site.src)
    # Outside, git would say that this is no repository.
    doctrees = (site.src if inside else site.root) / "_build/doctrees"
    assert run(site, jobs=jobs, doctrees=doctrees) == (0, [])
    assert find_day(site, "posts/ride") == find_day(site, "index") == "Jul 01, 2025"
    for page in ("blog/index", "tags/index", "tags/care", "blog/categories/tours"):
        assert find_day(site, page) is None
    # A commit of a picture is one of the post.
    site.picture("posts/lake.png", "red")
    site.post("new")
    commit(site.src, "2025-08-03T10:00:00Z")
    assert run(site, jobs=jobs, doctrees=doctrees) == (0, [])
    days = [find_day(site, f"posts/{name}") for name in ("ride", "ice", "new")]
    assert days == ["Aug 03, 2025", "Jul 01, 2025", "Aug 03, 2025"]
    assert find_day(site, "blog/index") is None


def test_a_generated_page_that_becomes_the_authors_has_a_day(make_site) -> None:
    need(GIT)
    site = write_dated(
        make_site, html_theme="classic", suppress_warnings=["leadposts.page"]
    )
    commit(site.src)
    assert run(site) == (0, [])
    assert find_day(site, "tags/care") is None
    site.write("tags/care.md", "---\norphan: true\n---\n# Care\n")
    commit(site.src)
    assert run(site) == (0, [])
    assert find_day(site, "tags/care") == "Jul 01, 2025"
    (site.src / "tags/care.md").unlink()
    assert run(site) == (0, [])
    assert find_day(site, "tags/care") is None


def test_the_day_in_the_head_is_that_of_the_key_or_of_git(make_site) -> None:
    need(GIT)
    for values, day in (({}, "2025-06-02"), ({"git_last_updated_metatags": True}, DAY)):
        site = write_dated(make_site, **values)
        commit(site.src)
        assert run(site) == (0, [])
        metas = read_metas(
            read_page(site, "html/posts/ride.html"), "article:modified_time"
        )
        assert [meta[:10] for meta in metas] == [day[:10]]
        shutil.rmtree(site.src / ".git")


def test_a_shallow_clone_is_mended_as_the_page_says(make_site) -> None:
    need(GIT)
    site = write_dated(make_site)
    commit(site.src)
    site.post("new")
    commit(site.src)
    clone = site.root / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", site.src.as_uri(), str(clone)], check=True
    )
    code, warnings = run(site, source=clone)
    assert code == 1
    assert all("too shallow" in line for line in warnings)
    workflow, host = map(yaml.safe_load, find_blocks("yaml"))
    assert workflow[0]["with"] == {"fetch-depth": 0}
    (line,) = host["build"]["jobs"]["post_checkout"]
    subprocess.run(["sh", "-c", line], cwd=clone, check=True)
    shutil.rmtree(site.root / "doctrees-html")
    assert run(site, source=clone) == (0, [])


# sphinx-notfound-page -----------------------------------------------------------------

SIDEBARS = {
    "**": [f"leadposts/{name}.html" for name in ("recent", "tags", "archive", "series")]
}


@pytest.mark.parametrize(
    ("builder", "page", "suffix"),
    [("html", "404.html", ".html"), ("dirhtml", "404/index.html", "/")],
)
def test_links_of_sidebars_on_the_page_for_nothing_are_absolute(
    make_site, builder: str, page: str, suffix: str
) -> None:
    need(NOT_FOUND)
    site = make_site(**find_values(NOT_FOUND), html_sidebars=SIDEBARS)
    site.post("ride", series="Tours")
    site.post("ice", tags="[post, care]", external_url="https://paper.example.net/")
    assert run(site, builder) == (0, [])

    def list_links(name: str) -> list[str]:
        links = read_page(site, f"{builder}/{name}").select(".leadposts-sidebar a")
        return [str(link["href"]) for link in links]

    assert list_links(page) == [
        "https://paper.example.net/",
        *(f"/posts/ride{suffix}", f"/tags/care{suffix}"),
        *(f"/blog/archive/2025{suffix}", f"/blog/series/tours{suffix}"),
    ]
    own = f"posts/ride{suffix.replace('/', '/index.html')}"
    assert list_links(own)[1] == "#"
    assert all(link.startswith((".", "#", "https:")) for link in list_links(own))
    # As the page says of a document of one's own.
    site.write("404.md", "---\norphan: true\n---\n# Gone\n\n```{post-list}\n```\n")
    assert run(site, builder) == (0, [])
    assert f"/posts/ride{suffix}" in list_links(page)
    card = read_page(site, f"{builder}/{page}").select(".leadposts-card-title a")[1]
    assert not card["href"].startswith("/")


def test_the_prefix_is_that_of_read_the_docs_unless_it_is_set(make_site) -> None:
    need(NOT_FOUND)
    site = make_site(extensions=[OURS, NOT_FOUND], html_sidebars=SIDEBARS)
    site.post("ride")
    assert run(site) == (0, [])
    link = read_page(site, "html/404.html").select_one(".leadposts-sidebar a")
    assert link["href"] == "/en/latest/posts/ride.html"


# sphinx-external-toc ------------------------------------------------------------------


def write_outlined(make_site: Callable[..., Site], **conf: object) -> Site:
    site = make_site(extensions=[OURS, EXTERNAL_TOC], **conf)
    pattern = r"^```\{code-block\} yaml\n:caption: _toc\.yml\n\n(.*?)^```$"
    (toc,) = re.findall(pattern, TEXT, re.DOTALL | re.MULTILINE)
    site.write("_toc.yml", toc)
    site.write("manual.md", "# Manual\n\nWords.\n")
    site.post("ride", category="Tours")
    site.post("ice", tags="[post, care]")
    return site


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_posts_need_not_be_in_an_outline(make_site, builder: str) -> None:
    need(EXTERNAL_TOC)
    site = write_outlined(make_site)
    for _ in range(2):
        assert run(site, builder) == (0, [])
        site.post("new")
    names = "posts/new/index.html" if builder == "dirhtml" else "posts/new.html"
    page = read_page(site, f"{builder}/{names}")
    entries = [link.get_text() for link in page.select(".sphinxsidebar .toctree-l1 a")]
    assert entries == ["Manual", "Blog", "Tags"]


def test_an_outline_that_leaves_out_the_rest_leaves_out_posts(make_site) -> None:
    need(EXTERNAL_TOC)
    site = write_outlined(make_site, external_toc_exclude_missing=True)
    assert run(site) == (0, [])
    assert not (site.root / "html/posts").exists()
    assert (site.root / "html/blog/index.html").exists()


def test_an_outline_is_no_matter_beside_all_others(make_site) -> None:
    need(*COMPANIONS, EXTERNAL_TOC)
    site = write_outlined(make_site)
    site.configure(
        extensions=[OURS, *COMPANIONS, EXTERNAL_TOC],
        html_baseurl=BASE,
        **PREVIEWS,
        sitemap_url_scheme="{link}",
        nb_execution_mode="off",
    )
    commit(site.src)
    assert run(site) == (0, [])


def test_what_is_said_of_an_outline_in_parallel_is_so(make_site) -> None:
    need(EXTERNAL_TOC)
    if f"Version {version('sphinx-external-toc')} " not in TEXT:
        pytest.skip("the page speaks of another version")
    code, warnings = run(write_outlined(make_site), jobs=2)
    assert code == 1
    assert "does not declare if it is safe for parallel reading" in warnings[0]
    assert warnings[1:] == ["WARNING: doing serial read"]


# sphinx.ext.autosectionlabel ----------------------------------------------------------


@pytest.mark.parametrize("is_prefixed", [False, True])
@pytest.mark.parametrize("jobs", [1, 2])
def test_sections_are_labels_and_those_of_generated_pages_are_none(
    make_site, jobs: int, *, is_prefixed: bool
) -> None:
    site = make_site(
        extensions=[OURS, "sphinx.ext.autosectionlabel"],
        autosectionlabel_prefix_document=is_prefixed,
    )
    keys = {"tags": "[post, Python, care]", "category": "Tours"}
    site.post("ride", title="A ride", **keys)
    site.post("ice", "# On *ice*\n\nText.\n", title="Ice", **keys)
    for number in range(12):
        site.post(f"more-{number}", **keys)
    names = [("manual", "Python"), ("posts/ride", "A ride"), ("posts/ice", "On *ice*")]
    texts = [f"{doc}:{name}" if is_prefixed else name for doc, name in names]
    refs = " ".join(f"{{ref}}`{text}`" for text in texts)
    site.write("manual.md", f"---\norphan: true\n---\n# Python\n\n{refs}\n")
    for _ in range(2):
        # The second reads a post anew, and the pages that list it.
        assert run(site, jobs=jobs) == (0, [])
        links = read_page(site, "html/manual.html").select("p a.reference.internal")
        assert [(link["href"].split("#")[0], link.text) for link in links] == [
            ("", "Python"),
            ("posts/ride.html", "A ride"),
            ("posts/ice.html", "On ice"),
        ]
        site.post("new", tags="[post, Python, fresh]")
    domain = site.build().env.domains.standard_domain
    for labels in (domain.labels, domain.anonlabels):
        names = {label[0].split("/")[0] for label in labels.values()}
        assert names - {"genindex", "py-modindex", "search"} == {
            *("index", "manual", "posts")
        }
    assert run(site, "gettext") == (0, [])
    assert "leadposts:" not in "".join(
        path.read_text("utf-8") for path in (site.root / "gettext").rglob("*.pot")
    )


# sphinx-autobuild ---------------------------------------------------------------------


class Server:
    """A server that builds whenever something has changed.

    :param site: what it builds.
    :param words: its arguments.
    """

    def __init__(self, site: Site, words: list[str]) -> None:
        self._log = site.root / "log.txt"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sphinx_autobuild", "--port=0", *words],
                cwd=site.root,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"},
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8", errors="replace")

    def count_builds(self) -> int:
        """Return how many builds have begun."""
        return self.said.count("Running Sphinx v")

    def wait_for_build(self, number: int, seconds: float = 60) -> None:
        """Wait until that many builds have ended well."""
        end = time.monotonic() + seconds
        while self.said.count("build succeeded.") < number:
            assert time.monotonic() < end, self.said
            assert self._process.poll() is None, self.said
            time.sleep(0.1)

    def read(self, name: str, seconds: float = 20) -> str:
        """Return what a browser gets."""
        end = time.monotonic() + seconds
        while True:
            found = re.search(r"Serving on (http://[\d.]+:\d+)", self.said)
            try:
                assert found, "it does not serve yet"
                with urllib.request.urlopen(f"{found[1]}/{name}", timeout=5) as page:  # noqa: S310
                    return str(page.read().decode())
            except (AssertionError, urllib.error.URLError):
                assert time.monotonic() < end, self.said
                time.sleep(0.1)

    def stop(self) -> None:
        """End it with what it has started."""
        for sign in (signal.SIGINT, signal.SIGKILL):
            try:
                os.killpg(self._process.pid, sign)
                self._process.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue
            else:
                return


@contextmanager
def serve(site: Site, words: list[str]) -> Iterator[Server]:
    """Have a site served, and built after each edit."""
    server = Server(site, words)
    try:
        server.wait_for_build(1)
        server.read("index.html")
        yield server
    finally:
        server.stop()


def read_commands() -> list[list[str]]:
    """Return the arguments of the commands of the page, for the folder of a site."""
    lines = "".join(find_blocks("console")).splitlines()
    assert all(line.startswith("sphinx-autobuild ") for line in lines)
    words = [shlex.split(line)[1:] for line in lines]
    return [[re.sub(r"^docs\b", "src", word) for word in line] for line in words]


def test_one_edit_is_one_build_and_then_there_is_silence(make_site) -> None:
    need("sphinx_autobuild")
    site = make_site(html_baseurl=BASE)
    site.picture("posts/lake.png")
    site.post("ride", image="lake.png")
    with serve(site, read_commands()[0]) as server:
        before = set(re.findall(r"lake-\w+", server.read("blog/index.html")))
        site.post("ride", "Other words.\n", image="lake.png", title="A long ride")
        server.wait_for_build(2)
        assert "Other words." in server.read("posts/ride.html")
        assert "A long ride" in server.read("blog/index.html")
        site.post("new", title="Ice")
        server.wait_for_build(3)
        assert "Ice" in server.read("posts/new.html")
        assert "Ice" in server.read("blog/index.html")
        site.picture("posts/lake.png", "red")
        server.wait_for_build(4)
        after = set(re.findall(r"lake-\w+", server.read("blog/index.html")))
        assert before
        assert after
        assert not before & after
        time.sleep(4)
        assert server.count_builds() == 4, server.said


def test_other_folders_are_watched_or_not_as_the_page_says(make_site) -> None:
    need("sphinx_autobuild")
    plain, watching, ignoring = read_commands()
    words = [word for word in (*watching, *ignoring) if word not in plain]
    assert words == ["--watch", "media", "--ignore", "src/.pictures"]
    site = make_site(
        html_baseurl=BASE,
        leadposts_media_dirs=["../media"],
        leadposts_cache_dir=".pictures",
    )
    site.picture("../media/lake.png", size=(900, 500))
    site.post("ride", image="/lake.png")
    with serve(site, [*words, *plain]) as server:
        site.picture("../media/lake.png", "red", size=(900, 500))
        server.wait_for_build(2)
        time.sleep(4)
        assert server.count_builds() == 2, server.said


# ABlog --------------------------------------------------------------------------------

#: What Sphinx is told by ABlog, as far as it could clash with what it is told by us.
STUB = """
from docutils import nodes
from docutils.parsers.rst import Directive


class PostNode(nodes.Element):
    pass


class PostDirective(Directive):
    has_content = True
    optional_arguments = 1

    def run(self):
        return []


def collect_pages(app):
    yield "blog", {"title": "Their blog", "body": "Their blog"}, "page.html"
    yield "blog/drafts", {"title": "Drafts", "body": "Their drafts"}, "page.html"


def setup(app):
    for name in ("blog_path", "blog_title", "blog_baseurl", "blog_post_pattern"):
        app.add_config_value(name, "", "env")
    for name in ("post", "postlist", "update"):
        app.add_directive(name, PostDirective)
    app.add_node(PostNode)
    app.connect("html-collect-pages", collect_pages)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
"""
CLASH = (
    "WARNING: 'ablog' and 'sphinx_leadposts' both make a blog, and write files of the "
    "same name; take 'ablog' out of extensions, or 'sphinx_leadposts' to stay with "
    "ABlog [leadposts.config]"
)


@pytest.mark.parametrize("extensions", [[OURS, "ablog"], ["ablog", OURS]])
@pytest.mark.parametrize("is_stub", [True, False])
def test_a_second_blog_is_one_warning_and_the_build_goes_on(
    make_site, tmp_path: Path, extensions: list[str], *, is_stub: bool
) -> None:
    environment = {}
    if is_stub:
        (tmp_path / "stub/ablog").mkdir(parents=True)
        (tmp_path / "stub/ablog/__init__.py").write_text(STUB, "utf-8")
        environment["PYTHONPATH"] = str(tmp_path / "stub")
    else:
        need("ablog")
    site = make_site(extensions=extensions, html_baseurl=BASE, blog_baseurl=BASE)
    site.post("ride", blogpost="true")
    assert run(site, environment=environment) == (1, [CLASH])
    assert (site.root / "html/blog.html").exists()
    blog = read_page(site, "html/blog/index.html")
    assert blog.select_one(".leadposts-card-title").get_text(strip=True) == "Post ride"
    site.configure(suppress_warnings=["leadposts.config"])
    assert run(site, environment=environment) == (0, [])


def test_a_second_blog_is_reported_before_it_breaks(make_site) -> None:
    need("ablog")
    site = make_site(extensions=["ablog", OURS], blog_post_pattern="posts/*")
    site.picture("posts/lake.png")
    site.post("ride", image="lake.png")
    code, lines = run(site)
    assert code != 0
    assert lines[0] == CLASH
    assert any("ValueError" in line for line in lines)
