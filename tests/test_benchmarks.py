"""The benchmarks run, and their figures are what they are said to be."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ModuleType]]:
    """Return a function that imports a module of the benchmarks by its name."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    yield importlib.import_module
    for path in BENCHMARKS.glob("*.py"):
        sys.modules.pop(path.stem, None)


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def make_sample(load: Callable[[str], ModuleType], **values: Any) -> Any:
    """Return a sample of a full build of the base, except for ``values``."""
    figures = {"cpu_s": 2.0, "wall_s": 3.0, "peak_mb": 100.0, "pages": 7, "written": ()}
    known = {
        "theme": "furo",
        "posts": 1000,
        "round": 0,
        "scenario": "full",
        "contender": "base",
    }
    cost = {key: values.pop(key, value) for key, value in figures.items()}
    cost = load("measure").Cost(**cost)
    return load("samples").Sample(cost=cost, **known | values)


# The posts ----------------------------------------------------------------------------


def test_a_post_does_not_depend_on_how_many_there_are(load) -> None:
    corpus = load("corpus")
    language = corpus.Language(3)
    few = corpus.write_posts(language, 3, 60, pictures=False)
    many = corpus.write_posts(language, 3, 120, pictures=False)
    fields = [name for name in few[0].__dataclass_fields__ if name != "date"]
    for one, other in zip(few, many, strict=False):
        assert [getattr(one, n) for n in fields] == [getattr(other, n) for n in fields]


def test_no_two_posts_have_the_same_title(load, monkeypatch) -> None:
    corpus = load("corpus")
    monkeypatch.setattr(corpus.Author, "write_title", lambda _: "On bread")
    posts = corpus.write_posts(corpus.Language(3), 3, 4, pictures=False)
    titles = ["On bread", "On bread 1", "On bread 2", "On bread 3"]
    assert [post.title for post in posts] == titles


def test_posts_are_sorted_as_on_a_real_blog(load) -> None:
    corpus = load("corpus")
    language = corpus.Language(1)
    posts = corpus.write_posts(language, 1, 400, pictures=False)
    categories = Counter(post.category for post in posts).most_common()
    assert [name for name, _ in categories[:2]] == language.categories[:2]
    assert len(categories) == 6
    assert categories[0][1] > 3 * categories[-1][1]
    assert len({post.author for post in posts}) == 5
    assert sum(post.is_featured for post in posts) == 4
    series: dict[str, list[int]] = {}
    for post in posts:
        if post.part:
            series.setdefault(post.part.series, []).append(post.part.number)
    assert sum(map(len, series.values())) == 40
    assert all(parts == list(range(1, 6)) for parts in series.values())


def test_every_contender_gets_the_same_front_matter(load) -> None:
    corpus, contenders = load("corpus"), load("contenders").CONTENDERS
    posts = corpus.write_posts(corpus.Language(1), 1, 50, pictures=True)
    for post in posts:
        sources = {c.write_source(post) for c in contenders.values()}
        assert len({text.replace("orphan: true\n", "") for text in sources}) == 1
    text = contenders["ablog"].write_source(posts[3])
    assert re.search(r"^series: \{name: [\w ]+, part: 1\}$", text, re.MULTILINE)
    assert re.search(r"^category: \w+\nauthor: \w+ \w+$", text, re.MULTILINE)
    assert "\nfeatured: true\n" in contenders["ablog"].write_source(posts[42])


# Which pages are written --------------------------------------------------------------

BEFORE = {"index.html": "a", "p.html": "b", "q.html": "c"}
AFTER = {"index.html": "A", "p.html": "B", "q.html": "c"}


@pytest.mark.parametrize(
    ("warm", "cold", "written", "found"),
    [
        (AFTER, AFTER, ["index.html", "p.html"], {}),
        (
            AFTER | {"index.html": "a"},
            AFTER,
            ["p.html"],
            {"missed": ("index.html",)},
        ),
        (
            AFTER | {"index.html": "x"},
            AFTER,
            ["index.html", "p.html"],
            {"wrong": ("index.html",)},
        ),
        (AFTER, AFTER, sorted(AFTER), {"needless": ("q.html",)}),
        # A page that is gone, and still lies there.
        (BEFORE, {"index.html": "a", "p.html": "b"}, [], {"missed": ("q.html",)}),
        # One that came.
        (BEFORE, BEFORE | {"r.html": "d"}, [], {"missed": ("r.html",)}),
    ],
)
def test_pages_are_held_against_a_build_from_scratch(
    load, warm, cold, written, found
) -> None:
    verdict = load("verification").judge_pages(
        before=BEFORE,
        warm=warm,
        cold=cold,
        written=written,
        theme="furo",
        posts=3,
        scenario="title",
        contender="leadposts",
    )
    kinds = {kind: getattr(verdict, kind) for kind in ("missed", "wrong", "needless")}
    assert kinds == {"missed": (), "wrong": (), "needless": ()} | found
    assert verdict.is_right == (not found or "needless" in found)


def test_where_nothing_changed_no_page_may_be_written(load) -> None:
    def judge(written: list[str]) -> Any:
        return load("verification").judge_pages(
            before=BEFORE,
            warm=BEFORE,
            cold=BEFORE,
            written=written,
            theme="furo",
            posts=3,
            scenario="unchanged",
            contender="leadposts",
        )

    assert judge([]).is_right
    assert not judge(["p.html"]).is_right


def test_a_verification_finds_each_edit_right(tmp_path: Path) -> None:
    done = run(
        *(BENCHMARKS / "build.py", "--posts", 10, "--verify", "--json"),
        *(tmp_path / "found.json", "--scenarios", "unchanged,title"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    verdicts = json.loads((tmp_path / "found.json").read_text("utf-8"))["verdicts"]
    assert [verdict["scenario"] for verdict in verdicts] == ["unchanged", "title"]
    assert verdicts[0]["written"] == []
    posts = [n for n in verdicts[1]["written"] if n.startswith("posts/")]
    # The post itself, and those that show its title.
    assert posts
    assert set(verdicts[1]["due"]) == set(verdicts[1]["written"])
    assert "| alabaster | 10    | leadposts | title     |" in done.stdout


# Figures ------------------------------------------------------------------------------


def test_a_comparison_is_shown_again_from_its_figures(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    done = run(
        *(BENCHMARKS / "build.py", "--posts", 10, "--quick", "--json", path),
        *("--contenders", "base,leadposts", "--scenarios", "full,body"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    samples = json.loads(path.read_text("utf-8"))["samples"]
    assert [(s["scenario"], s["contender"]) for s in samples] == [
        (scenario, contender)
        for scenario in ("full", "body")
        for contender in ("base", "leadposts")
    ]
    # All pages of a first build are written; an edit of a text concerns its own.
    assert [s["written"] for s in samples[:2]] == [[], []]
    (own,) = samples[2]["written"]
    assert own in samples[3]["written"]
    again = run(BENCHMARKS / "build.py", "--from-json", path)
    assert again.returncode == 0, again.stderr
    tables = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert len(tables) == 6
    assert [ln for ln in again.stdout.splitlines() if ln.startswith("|")] == tables


def test_figures_survive_being_written_and_read(load, tmp_path: Path) -> None:
    module = load("figures")
    verdict = load("verification").judge_pages(
        before=BEFORE,
        warm=AFTER,
        cold=AFTER,
        written=["p.html"],
        theme="furo",
        posts=3,
        scenario="title",
        contender="leadposts",
    )
    figures = module.Figures(
        machine={"python": "3"},
        options={"jobs": "1"},
        confs={"furo": {"base": "x = 1\n"}},
        samples=(make_sample(load, written=("a.html", "b.html")),),
        verdicts=(verdict,),
    )
    module.write_figures(tmp_path / "f.json", figures)
    assert module.read_figures(tmp_path / "f.json") == figures


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 1}', None])
def test_what_holds_no_figures_is_refused(load, tmp_path: Path, content) -> None:
    if content is not None:
        (tmp_path / "f.json").write_text(content, "utf-8")
    with pytest.raises(load("figures").FiguresError, match=r"f\.json"):
        load("figures").read_figures(tmp_path / "f.json")


def test_the_gain_of_parallel_builds_is_that_of_the_best_walls(load) -> None:
    samples = [
        make_sample(load, scenario=scenario, round=number, wall_s=wall)
        for scenario, walls in (("full", (4.0, 3.0)), ("parallel", (2.0, 2.5)))
        for number, wall in enumerate(walls)
    ]
    table = load("report").format_gains(samples, jobs=2)
    assert [cell.strip() for cell in table.splitlines()[2].split("|")[1:-1]] == [
        *("base", "3.00", "2.00", "1.50"),
    ]
    assert load("report").format_gains(samples[:2], jobs=None) == ""


# The plot -----------------------------------------------------------------------------


def make_figures(load: Callable[[str], ModuleType]) -> Any:
    samples = [
        make_sample(load, **values)
        for values in (
            {"cpu_s": 30.0},
            {"cpu_s": 20.0, "round": 1},
            {"cpu_s": 22.0, "contender": "leadposts"},
            {"cpu_s": 36.0, "contender": "ablog"},
            {"cpu_s": 1.0, "posts": 10},
            {"cpu_s": 9.0, "posts": 10, "contender": "leadposts"},
        )
    ]
    return load("figures").Figures(
        machine={"python": "3.12", "ablog": "1"}, options={}, confs={}, samples=samples
    )


def test_the_plot_shows_multiples_of_the_best_base_at_1000_posts(load) -> None:
    ratios = load("ratios").list_ratios(make_figures(load).samples)
    assert ratios == {"furo": {"full": {"leadposts": 1.1, "ablog": 1.8}}}


@pytest.mark.parametrize("contenders", [[], ["leadposts"], ["base"]])
def test_without_the_base_and_others_nothing_is_drawn(load, contenders) -> None:
    ratios = load("ratios")
    samples = [make_sample(load, contender=name) for name in contenders]
    with pytest.raises(ratios.RatiosError, match="builds of base and of others"):
        ratios.list_ratios(samples)


def test_the_same_figures_are_drawn_alike(load, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    figures = make_figures(load)
    for name in ("one.svg", "other.svg", "one.png"):
        load("plot").draw_plot(figures, tmp_path / name)
    text = (tmp_path / "one.svg").read_text("utf-8")
    assert text == (tmp_path / "other.svg").read_text("utf-8")
    # Matplotlib notes the text of what it draws.
    assert "<!-- 1.10 -->" in text
    assert "<!-- 1.80 -->" in text
    assert "<!-- 1,000 posts, best of 2 rounds." in text
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--plot", "x.svg"], "pip install matplotlib"),
        (["--plot", "x.pdf"], "ends in .svg or .png"),
        (["--rounds", "2"], "fewer than 4 rounds"),
        (["--posts", "3"], "at least 10"),
        (["--theme", "alabaster,nice"], "nice; known are alabaster, furo"),
        (["--with", "ablog"], "ablog needs ablog, which is not installed"),
        (["--parallel", "--jobs", "2"], "full builds of --jobs 1"),
        (["--parallel", "--verify"], "need a comparison"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    load, monkeypatch, capsys, arguments, message
) -> None:
    def find(name: str) -> object:
        return None if name in {"matplotlib", "ablog"} else object()

    monkeypatch.setattr(load("options"), "find_spec", find)
    monkeypatch.setattr(load("contenders"), "find_spec", find)
    with pytest.raises(SystemExit):
        load("options").parse_options("", arguments)
    assert message in capsys.readouterr().err


# The environment ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("added", "asked", "found"),
    [
        ([], {}, []),
        # Docutils asks for Pillow by itself.
        ([], {"PIL": ["docutils.parsers.rst.directives.images"]}, []),
        ([], {"PIL": ["docutils.images", "sphinx_leadposts.imaging.draw"]}, ["PIL"]),
        (["PIL.ImageOps"], {}, ["PIL"]),
        (["pydantic"], {"pydantic": ["somebody.between"]}, ["pydantic"]),
    ],
)
def test_packages_loaded_because_of_us_are_found(load, added, asked, found) -> None:
    module = load("environment")
    known = frozenset({"sphinx", "PIL", "PIL.Image"})
    base = module.Imports(modules=known, asked={}, pages=0)
    ours = module.Imports(modules=known | {*added}, asked=asked, pages=0)
    assert module.find_needless(ours, base) == found


def test_no_build_compiles_what_another_has_compiled(
    load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in load("measure").make_environment()


def test_the_environment_is_measured() -> None:
    done = run(BENCHMARKS / "environment.py", "--posts", 30)
    assert done.returncode == 0, done.stdout + done.stderr
    each = re.search(
        r"the domain blog on its own +\| +[\d,]+ \| +([\d,]+) ", done.stdout
    )
    assert each
    assert 100 < int(each[1].replace(",", "")) <= 2048
    assert "- pydantic: not loaded" in done.stdout
    assert "  - sphinx_leadposts.sphinx_ext.domain\n" in done.stdout
