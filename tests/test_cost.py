"""What spares time must not show: in pages, in the index, in the process."""

from __future__ import annotations

import gc
import json
import logging
import subprocess
import sys
import weakref

import pytest
from sphinx.builders import Builder
from sphinx.errors import ExtensionError
from sphinx.util.parallel import parallel_available

from sphinx_leadposts.sphinx_ext import garbage
from sphinx_leadposts.sphinx_ext.stemmer import Stemmer
from tests.site import Site

THRESHOLDS = (701, 11, 12)


@pytest.fixture
def thresholds() -> None:
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("thresholds")
def test_the_garbage_collector_is_left_as_it_was(site: Site) -> None:
    site.post("a")
    site.build()
    conf = (site.src / "conf.py").read_text("utf-8")
    look = (
        "import gc, pathlib\n"
        "def setup(app):\n"
        "    app.connect('builder-inited', lambda _: pathlib.Path(\n"
        f"        {str(site.root / 'seen')!r}"
        ").write_text(str(gc.get_threshold()[0])))\n"
    )
    site.write("conf.py", conf + look)
    site.build()
    # While the environment is loaded, it hardly collects.
    assert int((site.root / "seen").read_text("utf-8")) > THRESHOLDS[0] * 100
    assert gc.get_threshold() == THRESHOLDS
    assert gc.get_freeze_count() == 0
    assert gc.isenabled()


def watch(site: Site, conf: str, *, jobs: int = 1) -> list[list]:
    """Build with ``conf``, and return what it left in its list ``seen``.

    Python itself does not look at objects meanwhile, old or young.
    """
    path = site.root / "seen"
    whole = f"""
{(site.src / "conf.py").read_text("utf-8")}
{conf}
import json, pathlib
def tell(app, error):
    pathlib.Path({str(path)!r}).write_text(json.dumps(seen))
def setup(app):
    watch(app)
    app.connect("build-finished", tell)
"""
    site.write("conf.py", whole)
    before = gc.get_threshold()
    gc.set_threshold(900_000, *THRESHOLDS[1:])
    # Some versions of Python know no threshold for the oldest objects.
    given = gc.get_threshold()
    try:
        site.build(jobs=jobs)
        assert gc.get_threshold() == given
    finally:
        gc.set_threshold(*before)
    return [list(given), *json.loads(path.read_text("utf-8"))]


@pytest.fixture(params=[True, False])
def is_spared(request, site: Site, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Return whether the collector pauses; few documents are a burden."""
    # So that the site need not be large.
    monkeypatch.setattr(garbage, "_BURDEN", 20)
    site.configure(leadposts_spare_loaded=request.param)
    return request.param


def test_trees_of_written_pages_do_not_pile_up(site: Site, is_spared: bool) -> None:
    for number in range(40):
        site.post(f"p{number}")
    look = """
import gc, weakref
trees, seen = [], [[], []]
def write(app, doctree, docname):
    trees.append(weakref.ref(doctree))
    seen[0].append(sum(tree() is not None for tree in trees))
def watch(app):
    app.connect("doctree-read", lambda *_: seen[1].append(gc.get_threshold()))
    app.connect("doctree-resolved", write, priority=900)
"""
    given, alive, read = watch(site, look)
    assert len(alive) == len(read) > 40
    if is_spared:
        # A quarter of them, and the page that is just being written.
        assert max(alive) <= len(alive) / 4 + 2
        # What is young is looked at while documents are read, and nothing else.
        assert all(seen[:2] == given[:2] for seen in read)
        assert all(seen[2] > given[2] * 1000 or not given[2] for seen in read)
    else:
        assert max(alive) == len(alive)
        assert all(seen == given for seen in read)


@pytest.mark.skipif(not parallel_available, reason="no forks on this system")
def test_what_workers_sent_does_not_pile_up(site: Site, is_spared: bool) -> None:
    for number in range(60):
        site.post(f"p{number}")
    look = """
import weakref
sent, seen = [], [[]]
def merge(app, env, docnames, other):
    sent.append(weakref.ref(other))
    seen[0].append(sum(env() is not None for env in sent))
def watch(app):
    app.connect("env-merge-info", merge, priority=900)
"""
    _, alive = watch(site, look, jobs=2)
    assert len(alive) > 3
    # A quarter of the documents comes in one or two parts here.
    assert max(alive) <= 2 if is_spared else max(alive) == len(alive)


def test_a_build_that_is_cut_off_is_not_kept(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    apps = []

    def stop(builder: Builder, docname: str) -> None:
        apps.append(weakref.ref(builder._app))
        raise KeyboardInterrupt

    site.post("a", "### Third\n", tags="[post]")
    with monkeypatch.context() as cut:
        cut.setattr(Builder, "read_doc", stop)
        with pytest.raises(KeyboardInterrupt):
            site.build()
    # Of a heading it says nothing, either; and Sphinx's own loggers know the last.
    site.build()
    gc.collect()
    (app,) = apps
    assert app() is None
    for name in ("sphinx.myst_parser.warnings_", "sphinx.sphinx.directives.other"):
        assert logging.getLogger(name).filters == []


@pytest.mark.usefixtures("thresholds")
def test_a_build_that_fails_early_leaves_the_collector_as_it_was(site: Site) -> None:
    site.configure(extensions=["sphinx_leadposts", "not_there"])
    with pytest.raises(ExtensionError):
        site.build()
    # Sphinx's logging holds the application until there is another.
    site.configure(extensions=["sphinx_leadposts"])
    site.build()
    gc.collect()
    assert gc.get_threshold() == THRESHOLDS


@pytest.mark.usefixtures("thresholds")
def test_a_process_that_builds_again_and_again_does_not_grow(site: Site) -> None:
    class Environment:
        """Of the build before: large, and held by itself alone."""

        def __init__(self) -> None:
            self.itself = self
            self.records = [object() for _ in range(2_000_000)]

    site.post("a")
    environment = Environment()
    gone = weakref.ref(environment)
    gc.freeze()
    gc.unfreeze()
    del environment
    site.build()
    assert gone() is None


@pytest.mark.usefixtures("thresholds")
def test_the_collector_can_be_left_alone(site: Site) -> None:
    site.configure(leadposts_spare_loaded=False)
    site.post("a")
    site.build()
    code = (
        "import gc; from sphinx.cmd.build import build_main; import sys; "
        "freeze = gc.freeze; gc.freeze = lambda: print('frozen') or freeze(); "
        "build_main(sys.argv[1:])"
    )
    for value, expected in (("0", 0), ("1", 3)):
        command = [sys.executable, "-c", code, "-q", "-D"]
        command += [f"leadposts_spare_loaded={value}"]
        folders = [site.src, site.root / f"out-{value}"]
        run = subprocess.run(
            [*command, *map(str, folders)], check=True, capture_output=True, text=True
        )
        # Before reading, before the last files, and at the end of the process.
        assert run.stdout.count("frozen") == expected


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh_CN", "pt_BR", "xx"])
def test_the_search_index_is_that_of_sphinx(
    site: Site, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    site.configure(language=language)
    site.post("a", "Chains and chained chaining. Ketten, Kettchen, 日本語の文章.\n")
    site.post("b", "Running runners ran. The running of chains; correndo.\n")
    remembered = site.build().read("searchindex.js")
    monkeypatch.setattr(Stemmer, "share", lambda *_: None)
    assert site.build(out="plain").read("searchindex.js") == remembered


def test_each_word_is_stemmed_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from sphinx.search.en import SearchEnglish

    asked: list[str] = []
    stem = SearchEnglish.stem

    def count(self: SearchEnglish, word: str) -> str:
        asked.append(word)
        return stem(self, word)

    monkeypatch.setattr(SearchEnglish, "stem", count)
    for name in "abc":
        site.post(name, "Chains and wheels and spokes.\n")
    site.build()
    assert len(asked) == len(set(asked))
    assert {"Chains", "wheels"} <= set(asked)


def test_the_search_index_of_a_chinese_site_stays(site: Site) -> None:
    # SearchChinese keeps some words whole, by what it split before.
    site.configure(language="zh_CN")
    site.post("a", "中文 ios.\n")
    site.build()
    site.write("index.md", "# Home\n\nWelcome.\n\nMore of ios.\n")
    warm = site.build().read("searchindex.js")
    assert site.build(out="cold").read("searchindex.js") == warm
