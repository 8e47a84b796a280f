"""A site of 300 posts is found to be what an independent script says of it."""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, SoupStrainer

from tests.guide_corpus import Corpus, Edge, Warn, make_corpus
from tests.site import Build, Site

#: More of them can be tried at a desk: ``GUIDE_SEEDS="1 2 3"``.
SEEDS = [int(seed) for seed in os.environ.get("GUIDE_SEEDS", "4").split()]
SENTENCE = "leadposts-guide-sentence"
_MARK = re.compile(r"mark\d{5}")
_WARNING = re.compile(
    r"^(?P<file>.+?):(?P<line>\d+): WARNING: (?P<text>.*) \[(?P<type>[\w.]+)\]$"
)


class Written:
    """A corpus on disk, and its builds, each made once."""

    def __init__(self, corpus: Corpus, root: Path) -> None:
        self.corpus = corpus
        self.site = Site(root, dict(corpus.conf))
        for name, text in corpus.files.items():
            self.site.write(name, text)
        self._builds: dict[str, Build] = {}

    def build(self, builder: str, jobs: int = 1) -> Build:
        """Build the site; what it warns of is for the tests to judge."""
        name = f"{builder}-{jobs}"
        if name not in self._builds:
            self._builds[name] = build_as_it_is(self.site, builder, name, jobs)
        return self._builds[name]


def build_as_it_is(site: Site, builder: str, out: str, jobs: int) -> Build:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.site.check_warnings", lambda *_: None)
        return site.build(builder, out=out, doctrees=f"doctrees-{jobs}", jobs=jobs)


@pytest.fixture(scope="module", params=SEEDS)
def written(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Written:
    corpus = make_corpus(request.param)
    return Written(corpus, tmp_path_factory.mktemp("corpus"))


def compare(found: Iterable[Edge], expected: Iterable[Edge], site: Site) -> str:
    """Return what is missing and what is too much, with the line of the source."""
    ours, theirs = Counter(found), Counter(expected)
    sides = {"missing": theirs - ours, "too much": ours - theirs}
    rows = [
        f"{edge.source}:{edge.line or '-'}: {side}: {edge.kind} {edge.target} "
        f"#{edge.anchor} | {quote(site, f'{edge.source}.md', edge.line)}"
        for side, counter in sides.items()
        for edge in counter.elements()
    ]
    return "\n".join(sorted(rows))


def quote(site: Site, file: str, line: int | None) -> str:
    path = site.src / file
    lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    return lines[line - 1] if line and line <= len(lines) else ""


def read_warnings(build: Build, site: Site) -> Iterator[Warn]:
    """Yield all warnings; a line that has not their form is one that nobody expects."""
    for line in build.warnings.splitlines():
        if not line.strip():
            continue
        match = _WARNING.match(line)
        if match is None:
            yield Warn("", 0, "", line)
            continue
        file = Path(match["file"])
        name = file.relative_to(site.src) if file.is_absolute() else file
        number = int(match["line"])
        yield Warn(name.as_posix(), number, match["type"], match["text"])


def match_warnings(found: Iterable[Warn], expected: Iterable[Warn], site: Site) -> str:
    """Return what was not said, and what was said besides."""
    rest, lost = list(found), []
    for warn in expected:
        said = next(
            (w for w in rest if w[:3] == warn[:3] and warn.said in w.said), None
        )
        if said is None:
            lost.append(warn)
        else:
            rest.remove(said)
    rows = [
        f"{w.file}:{w.line}: {side}: [{w.type}] {w.said} | "
        f"{quote(site, w.file, w.line)}"
        for side, warnings in (("missing", lost), ("too much", rest))
        for w in warnings
    ]
    return "\n".join(sorted(rows))


def list_edges(build: Build) -> list[Edge]:
    return [Edge(*edge) for edge in build.edges()]


def read_body(build: Build, docname: str) -> BeautifulSoup:
    return BeautifulSoup(
        build.read(f"{docname}.html"),
        "html.parser",
        parse_only=SoupStrainer("div", class_="body"),
    )


def has_page(out: Path, page: str, href: str) -> bool:
    """Tell whether ``href`` on ``page`` leads to a file, and to a part of it."""
    path, _, anchor = href.partition("#")
    file = out / posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if not path:
        file = out / page
    if file.is_dir():
        file /= "index.html"
    return file.is_file() and (
        not anchor or f'id="{anchor}"' in file.read_text("utf-8")
    )


# The record ---------------------------------------------------------------------------


BUILDS = [("html", 1), ("html", 2), ("dirhtml", 1)]


@pytest.mark.parametrize(("builder", "jobs"), BUILDS)
def test_the_domain_records_every_edge(
    written: Written, builder: str, jobs: int
) -> None:
    build = written.build(builder, jobs)
    said = compare(list_edges(build), written.corpus.edges, written.site)
    assert not said, f"\n{said}"


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_defect_is_named_at_its_line_and_nothing_else(
    written: Written, jobs: int
) -> None:
    found = read_warnings(written.build("html", jobs), written.site)
    said = match_warnings(found, written.corpus.warnings, written.site)
    assert not said, f"\n{said}"


def test_the_comparison_can_fail(written: Written) -> None:
    edges, warnings, site = written.corpus.edges, written.corpus.warnings, written.site
    first, *others = edges
    for changed in (
        first._replace(kind="other"),
        first._replace(line=7000),
        first._replace(target="elsewhere"),
        first._replace(anchor="part"),
    ):
        said = compare([changed, *others], edges, site).split("\n")
        assert len(said) == 2
    assert "missing" in compare(others, edges, site)
    assert "too much" in compare([first, *edges], edges, site)
    warn, *others_said = warnings
    assert "missing" in match_warnings(others_said, warnings, site)
    assert "too much" in match_warnings([warn, *warnings], warnings, site)
    moved = warn._replace(line=7000)
    assert match_warnings([moved, *others_said], warnings, site).count("\n") == 1


def test_the_script_leaves_no_kind_of_thing_out(written: Written) -> None:
    corpus = written.corpus
    assert len(corpus.posts) == 300
    kinds = Counter(edge.kind for edge in corpus.edges)
    assert min(kinds[kind] for kind in ("body", "guide", "list")) > 300
    types = {warn.type for warn in corpus.warnings}
    assert {
        *("leadposts.guide", "leadposts.link", "leadposts.further_reading"),
        *("leadposts.config", "leadposts.front_matter", "leadposts.tag"),
        *("leadposts.directive", "ref.guide", "ref.post", "ref.tag", "ref.name"),
    } == types


# The pages ----------------------------------------------------------------------------


def test_paragraphs_that_lead_to_a_guide_are_marked_and_no_others(
    written: Written,
) -> None:
    build = written.build("html")
    wrong = []
    for docname in written.corpus.posts:
        page = read_body(build, docname)
        for block in page.select(f'[class*="leadposts-"]:not(.{SENTENCE})'):
            block.decompose()
        found = {
            mark: SENTENCE in paragraph.get("class", ())
            for paragraph in page.find_all("p")
            for mark in _MARK.findall(paragraph.get_text())
        }
        differing = found.items() ^ written.corpus.marks[docname].items()
        wrong += [(docname, *pair) for pair in differing]
        others = [p for p in page.select(f".{SENTENCE}") if not _MARK.search(p.text)]
        wrong += [(docname, str(other), True) for other in others]
    assert not wrong


def test_no_summary_is_a_paragraph_that_leads_to_a_guide(written: Written) -> None:
    build = written.build("html")
    leads = {
        m: led for marks in written.corpus.marks.values() for m, led in marks.items()
    }
    text = "".join(
        path.read_text("utf-8") for path in build.out.rglob("blog/**/*.html")
    )
    shown = _MARK.findall(text)
    assert len(set(shown)) > 200
    assert not [mark for mark in shown if leads[mark]]


def test_each_guide_lists_the_posts_that_lead_to_it(written: Written) -> None:
    build = written.build("html")
    for docname, posts in written.corpus.leading.items():
        links = read_body(build, docname).select(".leadposts-guide-posts a[href]")
        hrefs = [link["href"] for link in links]
        folder = posixpath.dirname(docname)
        names = [posixpath.normpath(posixpath.join(folder, h)) for h in hrefs]
        assert sorted(names) == sorted(f"{post}.html" for post in posts), docname


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_link_within_the_site_leads_to_a_page(
    written: Written, builder: str
) -> None:
    build = written.build(builder)
    dead = set()
    known: dict[str, bool] = {}
    for path in sorted(build.out.rglob("*.html")):
        page = path.relative_to(build.out).as_posix()
        for href in re.findall(r'<a [^>]*href="([^"]*)"', path.read_text("utf-8")):
            if re.match(r"[a-z]+:", href) or "#nowhere" in href:
                continue
            place = posixpath.normpath(posixpath.join(posixpath.dirname(page), href))
            if not href.startswith("#"):
                known.setdefault(place, has_page(build.out, page, href))
            if not known.get(place, True):
                dead.add((page, href))
    assert not dead
