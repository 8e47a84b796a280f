"""The pages of the docs that lead by the hand: what they show works as they say."""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from bs4 import BeautifulSoup

import sphinx_leadposts
from sphinx_leadposts import commands
from sphinx_leadposts.commands.schemas import NAMES, read_schema
from sphinx_leadposts.sphinx_ext.domain import BlogDomain
from tests.picture_files import encode, make_photo
from tests.site import Site, check_warnings
from tests.web_pages import read_head

PACKAGE = Path(sphinx_leadposts.__file__).parent
DOCS = Path(__file__).parent.parent / "docs"
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<head>[^\n`]*)\n(?P<text>.*?)^(?P=fence)$", re.DOTALL | re.M
)
_CAPTION = re.compile(r":caption: (\S+)\n\n")


class Block(NamedTuple):
    """A piece of a page between fences; ``file`` is its caption, if it has one."""

    language: str
    file: str
    text: str


def list_blocks(page: str) -> list[Block]:
    """Return the blocks of a page, in order."""
    found = []
    for match in _BLOCK.finditer((DOCS / page).read_text("utf-8")):
        language = match["head"].removeprefix("{code-block} ")
        caption = _CAPTION.match(match["text"])
        file, start = (caption[1], caption.end()) if caption else ("", 0)
        found.append(Block(language, file, match["text"][start:]))
    return found


def find_texts(page: str, language: str) -> list[str]:
    """Return the texts of the blocks in one language that are no whole file."""
    blocks = list_blocks(page)
    return [b.text for b in blocks if b.language == language and not b.file]


def find_files(page: str) -> dict[str, str]:
    """Return the files that a page shows; of several versions, the last."""
    return {block.file: block.text for block in list_blocks(page) if block.file}


def read_values(code: str) -> dict[str, object]:
    """Return what a piece of ``conf.py`` sets."""
    values: dict[str, object] = {}
    exec(code, {}, values)  # noqa: S102 - it stands in the docs
    return values


def add_code(site: Site, *codes: str) -> None:
    """Add pieces of a page to ``conf.py``."""
    path = site.src / "conf.py"
    path.write_text("\n\n".join([path.read_text("utf-8"), *codes]), "utf-8")


def run_line(
    line: str, folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of a page as a user would, with this Python; fail where it does."""
    words = shlex.split(line)
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        environment[name] = value
    if words[0] == "python":
        words[0] = sys.executable
    elif words[0] == "pybabel":
        words[:1] = [sys.executable, "-m", "babel.messages.frontend"]
    elif words[0] == "sphinx-leadposts":
        words[:1] = [sys.executable, "-m", "sphinx_leadposts"]
    done = subprocess.run(
        words,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", **environment},
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def list_lines(page: str) -> list[str]:
    """Return the commands of a page, one by one."""
    return "".join(find_texts(page, "console")).splitlines()


def find_line(page: str, start: str) -> str:
    """Return the one command of a page that starts so."""
    (line,) = [line for line in list_lines(page) if line.startswith(start)]
    return line


def read_page(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def list_titles(page: BeautifulSoup, selector: str) -> list[str]:
    return [found.get_text(strip=True) for found in page.select(selector)]


# The tutorial -------------------------------------------------------------------------

TUTORIAL = "tutorial.md"
CARDS = ".leadposts-card-title"


class Newcomer:
    """Somebody who does what the tutorial says, block after block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._done = 0
        self.build_line = ""
        self.said = ""

    def go_on_to(self, heading: str) -> None:
        """Write all files and run all builds that stand before ``heading``."""
        text = (DOCS / TUTORIAL).read_text("utf-8")
        before, found, _ = text.partition(f"\n## {heading}\n")
        assert found, heading
        blocks = list_blocks(TUTORIAL)
        end = len(_BLOCK.findall(before))
        for block in blocks[self._done : end]:
            self._do(block)
        self._done = end
        # "Build again", most sections end.
        self.said = self.build()

    def _do(self, block: Block) -> None:
        if block.file:
            path = self.folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
        for line in block.text.splitlines() if block.language == "console" else ():
            if line.startswith("python -m sphinx"):
                self.build_line = self.build_line or line
                self.said = run_line(line, self.folder).stdout

    def build(self) -> str:
        """Build as the tutorial does, and return what is said in the last line."""
        if not self.build_line:
            return ""
        done = run_line(self.build_line, self.folder)
        check_warnings(done.stderr, [])
        return done.stdout

    def see(self, name: str) -> BeautifulSoup:
        return read_page(self.folder / "_build/html" / name)


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    pytest.importorskip("furo")
    return Newcomer(tmp_path / "my-blog")


def find_closing(said: str) -> str:
    return re.search(r"^leadposts: .*$", said, re.M)[0]


def test_who_follows_the_tutorial_has_the_blog_that_it_shows(newcomer) -> None:
    first, last = find_texts(TUTORIAL, "text")
    newcomer.go_on_to("Write the first post")
    newcomer.go_on_to("Give it a picture")
    assert f"{find_closing(newcomer.said)}\n" == first
    title = "A bell is a greeting"
    assert list_titles(newcomer.see("index.html"), CARDS) == [title]
    post = newcomer.see("posts/a-bell-is-a-greeting.html")
    assert post.h1.find(string=True) == title
    for part in ("date", "tags"):
        assert post.select_one(f".leadposts-header-{part}"), part
    assert post.select_one(".leadposts-reading-time")
    photo = newcomer.folder / "media/bell.jpg"
    photo.parent.mkdir()
    photo.write_bytes(encode(make_photo((1600, 1200)), quality=90))
    newcomer.go_on_to("Write another post")
    post = newcomer.see("posts/a-bell-is-a-greeting.html")
    assert post.select_one("img.leadposts-header-image")["alt"].startswith("A brass")
    assert newcomer.see("index.html").select("img.leadposts-card-image")
    newcomer.go_on_to("Lead readers to a guide")
    home = newcomer.see("index.html")
    assert list_titles(home, CARDS) == ["Pass with a word", title]
    assert len(home.select("img.leadposts-card-image")) == 2
    tag = newcomer.see("tags/manners.html")
    assert list_titles(tag, CARDS) == ["Pass with a word", title]
    assert newcomer.see("posts/pass-with-a-word.html").select(".leadposts-neighbours")
    newcomer.go_on_to("Publish it")

    def mask(line: str) -> str:
        return re.sub(r"\d+ files .* after;", "", line).rstrip()

    assert mask(find_closing(newcomer.said)) == mask(last)
    for name in ("a-bell-is-a-greeting", "pass-with-a-word"):
        block = newcomer.see(f"posts/{name}.html").select_one(
            ".leadposts-further-reading"
        )
        assert list_titles(block, "a") == ["Sharing the path"]
        assert "Further reading" in block.get_text()
    guide = newcomer.see("guides/sharing-the-path.html")
    block = guide.select_one(".leadposts-guide-posts")
    assert "All articles in this guide" in block.get_text()
    assert len(block.select("a.leadposts-list-title")) == 2
    newcomer.go_on_to("Where to go from here")
    # Each commit has something to hold.
    assert list_titles(newcomer.see("index.html"), CARDS)[0] == list_commits()[-1]
    check_published(newcomer)


def list_commits() -> list[str]:
    """Return the messages of the commits that the tutorial makes."""
    return re.findall(r'git commit -m "(.*?)"', "".join(list_lines(TUTORIAL)))


def check_published(newcomer: Newcomer) -> None:
    """Build what the tutorial leaves as Read the Docs would."""
    settings = yaml.safe_load((newcomer.folder / ".readthedocs.yaml").read_text())
    assert settings["version"] == 2
    assert (newcomer.folder / settings["sphinx"]["configuration"]).exists()
    (install,) = settings["python"]["install"]
    assert (newcomer.folder / install["requirements"]).exists()
    assert settings["sphinx"]["fail_on_warning"]
    assert not (newcomer.folder / "_build/html/blog/atom.xml").exists()
    address = "https://the-back-wheel.readthedocs.io/en/latest/"
    line = "python -m sphinx -W --keep-going -b html -d _build/doctrees . _out/html"
    run_line(line, newcomer.folder, READTHEDOCS_CANONICAL_URL=address)
    out = newcomer.folder / "_out/html"
    feed = (out / "blog/atom.xml").read_text("utf-8")
    assert feed.count("<entry>") == 3
    head = read_head(out / "posts/a-bell-is-a-greeting.html")
    assert head["og:title"] == ["A bell is a greeting"]
    assert head["og:image"][0].startswith(address)
    ignored = find_files(TUTORIAL)[".gitignore"].split()
    conf = read_values(find_files(TUTORIAL)["conf.py"])
    assert {f"{name}/" for name in conf["exclude_patterns"]} == set(ignored)


def test_the_tutorial_installs_this_version() -> None:
    (line, _) = find_files(TUTORIAL)["requirements.txt"].split()
    version = sphinx_leadposts.__version__
    assert line == f"./wheels/sphinx_leadposts-{version}-py3-none-any.whl"
    (made,) = [line for line in list_lines(TUTORIAL) if " wheel " in line]
    assert "--wheel-dir ../my-blog/wheels" in made


def test_the_example_of_the_tutorial_is_the_quickstart(tmp_path: Path) -> None:
    text = " ".join((DOCS / TUTORIAL).read_text("utf-8").split())
    (line,) = re.findall(r"`(sphinx-leadposts quickstart .*?)`", text)
    blog = tmp_path / "my-blog"
    blog.mkdir()
    run_line(f"{line} --no-build", blog)
    # What lies in the folder of the blog would be part of it.
    assert not list(blog.iterdir())
    folder = blog / line.split()[-1]
    assert "one of six posts, with pictures and two guides" in text
    assert len(list(folder.glob("posts/*.md"))) == 6
    assert len(list(folder.glob("guides/*.md"))) == 2
    assert list(folder.glob("media/*.jpg"))


# How-to pages -------------------------------------------------------------------------

PREVIEWS = "how-to/previews-of-drafts.md"


@pytest.fixture
def drafts(make_site) -> Site:
    site = make_site(html_baseurl="https://backwheel.example.org/")
    site.post("old", tags="[post, rain]")
    site.post("plan", title="Secret plan", tags="[post, rain]", draft="true")
    site.post("far", title="Far day", date="2099-01-01")
    return site


@pytest.mark.parametrize(
    ("kind", "is_shown"), [("external", True), ("branch", False), (None, False)]
)
def test_read_the_docs_shows_drafts_in_previews_alone(
    drafts: Site, monkeypatch: pytest.MonkeyPatch, kind: str | None, is_shown: bool
) -> None:
    monkeypatch.delenv("READTHEDOCS_VERSION_TYPE", raising=False)
    preview = "https://backwheel--17.org.readthedocs.build/en/17/"
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", preview)
    if kind:
        monkeypatch.setenv("READTHEDOCS_VERSION_TYPE", kind)
    codes = find_texts(PREVIEWS, "python")
    assert len(codes) == 4
    add_code(drafts, *codes)
    build = drafts.build()
    assert build.has("posts/plan.html") == is_shown
    assert build.has("posts/far.html") == is_shown
    page = build.page("posts/old")
    assert page.title.string.endswith("Preview – The Back Wheel") == is_shown
    assert build.has("blog/atom.xml") != is_shown
    assert page.select_one("link[rel=canonical]")["href"].startswith(preview) == (
        is_shown
    )
    marked = {
        path.stem
        for path in build.out.rglob("*.html")
        if "This is a draft." in path.read_text("utf-8")
    }
    assert marked == ({"plan"} if is_shown else set())


def test_a_draft_in_a_preview_is_a_post_like_others(drafts: Site) -> None:
    build = drafts.build(overrides={"leadposts_show_drafts": "1"})
    assert "held back" not in build.status
    assert "leadposts: 3 posts" in build.status
    for name in ("blog/index.html", "tags/rain.html", "blog/archive/2025.html"):
        assert "Secret plan" in build.read(name), name
    for name in ("blog/atom.xml", "leadposts.json", "searchindex.js"):
        assert "Secret plan" in build.read(name), name
    assert "Secret plan" in str(build.page("posts/old").select(".leadposts-related"))
    assert "Secret plan" in str(build.page("posts/old").select(".leadposts-neighbours"))
    page = build.page("posts/plan").select_one("div.body")
    assert "draft" not in page.get_text().lower()
    assert page.select(".leadposts-header-date")


def test_a_preview_in_ci_asks_search_engines_to_pass_it_over(drafts: Site) -> None:
    line = find_line(PREVIEWS, "python -m sphinx")
    run_line(line, drafts.src)
    out = drafts.src / "_build/preview"
    for name in ("posts/plan", "index", "blog/index", "tags/rain"):
        assert read_head(out / f"{name}.html")["robots"] == ["noindex"], name
    (text,) = find_texts(PREVIEWS, "yaml")
    steps = yaml.safe_load(text)["jobs"]["preview"]["steps"]
    (command,) = [s["run"] for s in steps if "sphinx -M" in s.get("run", "")]
    assert shlex.split(line)[3:7] == shlex.split(command)[7:]
    run_line(command, drafts.src)
    assert (drafts.src / steps[-1]["with"]["path"] / "posts/plan.html").exists()


PUBLISH = "how-to/publish.md"


def test_the_requirements_that_are_shown_name_this_version() -> None:
    (text,) = find_texts(PUBLISH, "text")
    assert f"sphinx-leadposts=={sphinx_leadposts.__version__}\n" in text
    names = [line.partition("==") for line in text.splitlines()[1:]]
    assert all(version for _, _, version in names)


def test_the_ways_to_publish_build_what_they_publish(make_site, monkeypatch) -> None:
    docs, pages = find_texts(PUBLISH, "yaml")
    handed_on, fixed = find_texts(PUBLISH, "python")
    settings = yaml.safe_load(docs)
    assert settings["sphinx"]["builder"] == "dirhtml"
    assert settings["sphinx"]["configuration"] == "conf.py"
    address = "https://backwheel.readthedocs.io/en/latest/"
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", address)
    site = make_site()
    site.post("ice")
    for code in ("", handed_on):
        add_code(site, code)
        build = site.build("dirhtml", out=f"rtd{len(code)}")
        assert f"<id>{address}posts/ice</id>" in build.read("blog/atom.xml")
        link = f'<link rel="canonical" href="{address}'
        assert (link in build.read("search/index.html")) == bool(code)
    monkeypatch.delenv("READTHEDOCS_CANONICAL_URL")
    site = make_site("pages", **read_values(fixed))
    site.post("ice")
    steps = yaml.safe_load(pages)["jobs"]["publish"]["steps"]
    (command,) = [s["run"] for s in steps if "-m sphinx" in s.get("run", "")]
    run_line(command, site.src)
    (folder,) = [s["with"]["path"] for s in steps if "upload" in s.get("uses", "")]
    assert (site.src / folder / "posts/ice/index.html").exists()
    feed = (site.src / folder / "blog/atom.xml").read_text("utf-8")
    assert "<id>https://backwheel.github.io/notes/posts/ice</id>" in feed
    assert steps[-1]["uses"].startswith("actions/deploy-pages@")


def test_what_is_published_holds_nothing_that_is_held_back(make_site) -> None:
    site = make_site(html_baseurl="https://backwheel.example.org/")
    site.src.joinpath("boat.jpg").write_bytes(encode(make_photo()))
    site.post("ice", image="/boat.jpg")
    site.post("plan", title="Secret plan", draft="true")
    line = find_line(PUBLISH, "python -m sphinx")
    copy = find_line(PUBLISH, "rsync")
    run_line(line, site.src)
    out = site.src / copy.split()[3]
    assert (out / "posts/ice/index.html").exists()
    for path in out.rglob("*"):
        assert not path.is_file() or b"Secret plan" not in path.read_bytes(), path
    kept = list((site.src / "_build/doctrees").rglob("*.json"))
    assert any(b"Secret plan" in path.read_bytes() for path in kept)
    names = [path.name for path in (out / "_images").iterdir()]
    assert names
    assert all(re.fullmatch(r"[\w-]+-\w{12}[\w-]*\.\w+", name) for name in names)
    served = find_line(PUBLISH, "python -m http.server")
    assert site.src / served.split()[-1] == Path(str(out).rstrip("/"))


TRANSLATED = "how-to/translated-sites.md"
CATALOG = "locale/de/LC_MESSAGES"


@pytest.fixture
def translated(make_site) -> Site:
    site = make_site()
    values, setup = find_texts(TRANSLATED, "python")
    add_code(site, values, setup)
    for name, text in find_files(TRANSLATED).items():
        site.write(name, text)
    site.write("tags.en.yaml", "rain:\n  label: Rain\n")
    keys = {"tags": "[post, rain]", "series": "{name: Month, part: 1}"}
    text = "# Before it\n\nSnow is quiet.\n"
    site.post("text", text, **keys, title=None)
    keys["series"] = "{name: Month, part: 2}"
    site.post("head", "Puddles are deep.\n", **keys, title="After it")
    site.post("held", "Not yet.\n", draft="true")
    toctree = "```{toctree}\ntags/index\n```\n"
    site.write("index.md", f"# Home\n\n```{{post-list}}\n```\n\n{toctree}")
    words = {
        "After it": "Danach",
        "Before it": "Davor",
        "Puddles are deep.": "Pfützen sind tief.",
        "Snow is quiet.": "Schnee ist leise.",
        "Tags": "Schlagwörter",
    }
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    entries = [f'\nmsgid "{one}"\nmsgstr "{two}"\n' for one, two in words.items()]
    for name in ("posts", "tags"):
        site.write(f"{CATALOG}/{name}.po", "".join([head, *entries]))
    return site


def test_catalogs_hold_what_is_said(translated: Site) -> None:
    run_line(find_line(TRANSLATED, "python -m sphinx -b gettext"), translated.src)
    out = translated.src / "_build/gettext"
    texts = {path.stem: path.read_text("utf-8") for path in out.rglob("*.pot")}
    posts = set(re.findall(r'^msgid "(.+)"$', texts["posts"], re.M))
    assert posts == {"After it", "Before it", "Puddles are deep.", "Snow is quiet."}
    assert re.search(r"posts/head\.md:2\nmsgid \"After it\"", texts["posts"])
    assert 'msgid "Tags"' in texts["tags"]
    assert "Rain" not in texts["tags"]
    assert not re.findall(r'^msgid ".+"$', texts["blog"], re.M)


def test_a_translated_site_says_what_is_said(translated: Site) -> None:
    run_line(find_line(TRANSLATED, "pybabel"), translated.src)
    line = find_line(TRANSLATED, "READTHEDOCS_LANGUAGE")
    done = run_line(line, translated.src)
    check_warnings(done.stderr, [])
    out = translated.src / line.split()[-1]
    head, text = (read_page(out / f"posts/{name}.html") for name in ("head", "text"))
    assert head.h1.find(string=True) == "Danach"
    assert text.h1.find(string=True) == "Davor"
    home = read_page(out / "index.html")
    # A title of the front matter stays what it is, a heading does not.
    assert set(list_titles(home, CARDS)) == {"After it", "Davor"}
    summaries = set(list_titles(home, ".leadposts-card-summary"))
    assert summaries == {"Pfützen sind tief.", "Schnee ist leise."}
    assert read_head(out / "posts/head.html")["og:title"] == ["After it"]
    feed = (out / "blog/atom.xml").read_text("utf-8")
    assert "<title>Davor</title>" in feed
    assert 'xml:lang="de"' in feed
    base = "https://backwheel.readthedocs.io/de/latest/"
    assert f"<id>{base}posts/text</id>" in feed
    assert "08.05.2025" in home.get_text()
    tag = read_page(out / "tags/rain.html")
    assert tag.h1.find(string=True) == "Regen"
    assert "Alles über Nässe." in tag.get_text()
    assert read_page(out / "tags/index.html").h1.find(string=True) == "Schlagwörter"
    assert read_page(out / "blog/index.html").h1.find(string=True) == "Notizen"
    year = read_page(out / "blog/archive/2025.html")
    assert year.h1.find(string=True) == "Posts from 2025"
    said = text.select_one("div.body").get_text(" ", strip=True)
    for words in ("1 Min. Lesezeit", "Teil 1 von 2:", "Ähnliche Beiträge"):
        assert words in said
    assert not re.search(r"min read|Part \d|Related posts|Older|Newer", said)


def test_the_language_is_english_where_none_is_asked_for(translated: Site) -> None:
    run_line("python -m sphinx -b html . _build/en", translated.src)
    out = translated.src / "_build/en"
    assert read_page(out / "blog/index.html").h1.find(string=True) == "Notes"
    assert read_page(out / "tags/rain.html").h1.find(string=True) == "Rain"
    assert "min read" in (out / "posts/head.html").read_text("utf-8")


def list_words() -> set[str]:
    """Return the words that pages of the package say in the language of a site."""
    words: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                words |= {n.value for n in node.args if isinstance(n, ast.Constant)}
    for path in (PACKAGE / "templates/leadposts").glob("*.html"):
        text = path.read_text("utf-8")
        # Sphinx renders those of sidebars, with its own catalog.
        if "html_sidebars" not in text.partition("\n")[0]:
            words |= set(re.findall(r"""_\((?:'|")(.*?)(?:'|")\)""", text))
    return words


def test_the_catalog_that_is_shown_has_all_words() -> None:
    text = find_files(TRANSLATED)[f"{CATALOG}/sphinx_leadposts.po"]
    assert set(re.findall(r'^msgid "(.+)"$', text, re.M)) == list_words()


# Explanation --------------------------------------------------------------------------

ROBUSTNESS = "explanation/robustness.md"


def make_careless_site(make_site) -> Site:
    site = make_site()
    site.configure(**read_values(find_texts(ROBUSTNESS, "python")[0]))
    for name, text in find_files(ROBUSTNESS).items():
        site.write(name, text)
    site.post("sun")
    return site


def test_a_post_full_of_mistakes_is_built_as_is_said(make_site) -> None:
    site = make_careless_site(make_site)
    shown = find_texts(ROBUSTNESS, "text")[0].splitlines()
    build = site.build(warns=[re.escape(line) for line in shown])
    assert build.code == 0
    page = build.page("posts/rain")
    assert page.h1.find(string=True) == "Rain <b>& puddles</b>"
    assert not page.select("h1 b, .leadposts-header-date, .leadposts-header-image")
    assert not page.select("a[href^='javascript:']")
    titles = list_titles(build.page("blog/index"), CARDS)
    assert titles == ["Post sun", "Rain <b>& puddles</b>"]
    assert build.has("tags/weather.html")


def test_warnings_are_silenced_one_by_one_as_is_said(make_site) -> None:
    site = make_careless_site(make_site)
    values = read_values(find_texts(ROBUSTNESS, "python")[1])
    silenced = [f"[{name}]" for name in values["suppress_warnings"]]
    shown = find_texts(ROBUSTNESS, "text")[0].splitlines()
    left = [line for line in shown if not line.endswith(tuple(silenced))]
    assert 0 < len(left) < len(shown)
    site.configure(**values)
    site.build(warns=[re.escape(line) for line in left])


def test_a_build_in_ci_fails_and_goes_on_as_is_said(make_site) -> None:
    site = make_careless_site(make_site)
    line = find_line(ROBUSTNESS, "python -m sphinx")
    with pytest.raises(AssertionError) as caught:
        run_line(line, site.src)
    assert str(caught.value).count("WARNING") >= 6
    assert (site.src / "_build/html/posts/rain.html").exists()


def make_kept_site(make_site) -> Site:
    site = make_site(html_baseurl="https://me.example.org/")
    site.src.joinpath("boat.jpg").write_bytes(encode(make_photo()))
    site.post("one", image="/boat.jpg")
    site.post("two")
    return site


def damage_files(site: Site, how: str, *patterns: str) -> None:
    """Damage what the last build kept; each pattern means at least one file."""
    for pattern in patterns:
        files = [path for path in site.root.glob(pattern) if path.is_file()]
        assert files, pattern
        for path in files:
            content = path.read_bytes()
            half = content[: len(content) // 2]
            path.write_bytes({"half": half, "empty": b"", "garbage": b"\0no\xff"}[how])


KEPT = "doctrees-html/leadposts/"


@pytest.mark.parametrize("damage", ["half", "empty", "garbage"])
def test_what_is_kept_between_builds_may_be_damaged(make_site, damage: str) -> None:
    site = make_kept_site(make_site)
    before = site.build().tree()
    names = ("scan.json", "terms.pickle", "templates/*", "_sources/**/*")
    damage_files(site, damage, *(f"{KEPT}{name}" for name in names))
    damage_files(site, damage, "html/.leadposts-ledger", f"{KEPT}pictures/**/*")
    damage_files(site, damage, "doctrees-html/environment.pickle")
    after = site.build().tree()
    # Sphinx writes it in the order in which documents were read.
    del before["searchindex.js"], after["searchindex.js"]
    assert after == before


@pytest.mark.parametrize("damage", ["half", "empty", "garbage"])
def test_relations_that_are_damaged_are_found_anew(make_site, damage: str) -> None:
    site = make_kept_site(make_site)
    before = site.build().read("posts/one.html")
    assert "leadposts-related" in before
    damage_files(site, damage, f"{KEPT}related-*.pickle")
    shutil.rmtree(site.root / "html")
    assert site.build().read("posts/one.html") == before


STAYS = "explanation/what-stays.md"


def test_every_call_of_the_domain_that_is_documented_is_there() -> None:
    text = (DOCS / "reference/for-extensions.md").read_text("utf-8")
    named = set(re.findall(r"\bblog\.(\w+)\(|`(\w+)\([\w, ]*\)`", text))
    names = {one or other for one, other in named}
    assert {"list_edges", "list_relations", "explain_relation"} <= names
    assert all(callable(getattr(BlogDomain, name)) for name in names)
    promised = re.findall(r"`(\w+)\(\)`", (DOCS / STAYS).read_text("utf-8"))
    assert promised
    assert set(promised) <= names


def test_every_schema_is_documented() -> None:
    text = (DOCS / "how-to/check-in-your-editor.md").read_text("utf-8")
    assert set(NAMES) <= set(re.findall(r"`([\w-]+)`", text))


def test_what_stays_names_the_versions_that_the_package_asks_for() -> None:
    settings = tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))
    text = " ".join((DOCS / STAYS).read_text("utf-8").split())
    project = settings["project"]
    python = re.search(r">=([\d.]+)", project["requires-python"])[1]
    assert f"Python {python} and newer" in text
    (sphinx,) = [name for name in project["dependencies"] if name.startswith("sphinx>")]
    lowest, highest = re.fullmatch(r"sphinx>=([\d.]+),<(\d+)", sphinx).groups()
    assert f"Sphinx {lowest} up to {int(highest) - 1}" in text
    (myst,) = [n for n in project["dependencies"] if n.startswith("myst-parser")]
    assert f"MyST-Parser {myst.partition('>=')[2]} and newer" in text


def test_the_form_of_the_data_file_is_the_one_that_is_promised() -> None:
    schema = json.loads(read_schema("leadposts"))
    text = (DOCS / STAYS).read_text("utf-8")
    assert f"as long as its `format` is {schema['properties']['format']['const']}" in (
        text
    )


def test_the_stable_names_that_are_listed_are_there(make_site) -> None:
    site = make_site(html_baseurl="https://me.example.org/")
    site.post("one", author="Mina", category="Notes", series="Weather")
    site.post("two", tags="[post, rain]")
    build = site.build()
    text = (DOCS / STAYS).read_text("utf-8")
    docnames = re.findall(r"^\| `([\w/<>-]+)` \| page", text, re.M)
    known = {"slug": "*", "year": "*"}
    assert len(docnames) == 7
    for name in docnames:
        pattern = re.sub(r"<(\w+)>", lambda m: known[m[1]], name)
        assert list(build.out.glob(f"{pattern}.html")), name
    files = re.findall(r"^\| `([\w/.-]+)` \| file", text, re.M)
    assert len(files) == 2
    assert all(build.has(name) for name in files)


# The command --------------------------------------------------------------------------


def list_commands() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command."""
    (action,) = [
        action
        for action in commands.make_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    return dict(action.choices)


def test_every_command_and_option_is_documented(built_reference) -> None:
    page = built_reference
    parsers = list_commands()
    titles = [title.rstrip("¶") for title in list_titles(page, "section > h2")]
    assert titles == ["Without a command", *parsers, "Examples"]
    for name, parser in parsers.items():
        section = page.select_one(f"section#{name}")
        shown = list_titles(section, "dt")
        for action in parser._actions:
            words = action.option_strings or [action.metavar]
            assert any(words[-1] in line for line in shown), (name, words)
            text = str(action.help).partition(" (default")[0]
            text = f"{text[:1].upper()}{text[1:]}."
            if action.choices:
                text = f"One of {', '.join(action.choices)}."
            assert text in section.get_text()
        assert f"sphinx-leadposts {name}" in section.get_text()
    assert "--version" in page.get_text()


@pytest.fixture(scope="module")
def built_reference(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    site = Site(tmp_path_factory.mktemp("command"))
    text = (DOCS / "reference/command-line.md").read_text("utf-8")
    site.configure(extensions=["sphinx_leadposts", "reference"])
    path = site.src / "conf.py"
    path.write_text(
        f"import sys\nsys.path.insert(0, {str(DOCS / '_ext')!r})\n{path.read_text()}"
    )
    site.write("command-line.md", f"---\norphan: true\n---\n{text}")
    for name in set(re.findall(r"\{doc\}`/([\w/-]+)`", text)):
        site.write(f"{name}.md", f"---\norphan: true\n---\n# {name}\n")
    return site.build().page("command-line")


def test_the_commands_that_are_shown_run(tmp_path: Path) -> None:
    for line in list_lines("reference/command-line.md"):
        command, _, file = line.partition(" > ")
        done = run_line(
            f"{command} --no-build" if "quick" in line else command, tmp_path
        )
        assert done.stdout, line
        assert not file or done.stdout.startswith("{"), line
