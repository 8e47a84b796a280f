"""The documentation: it builds without a warning, and leaves nothing out."""

from __future__ import annotations

import inspect
import io
import os
import re
import shutil
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
import yaml
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

import sphinx_leadposts
from sphinx_leadposts.config import FOOTER_PARTS, HEADER_PARTS, PREFIX, LeadpostsConfig
from sphinx_leadposts.model.link import Edge, EdgeKind
from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.reading import registries
from sphinx_leadposts.reading.keys import KEYS
from sphinx_leadposts.sphinx_ext.domain import BlogDomain
from sphinx_leadposts.sphinx_ext.reading_phase import directives
from sphinx_leadposts.sphinx_ext.writing_phase.html import Page
from sphinx_leadposts.sphinx_ext.writing_phase.srcset import Offer
from tests.picture_files import encode, make_photo

if TYPE_CHECKING:
    from tests.site import Site

pytest.importorskip("furo")
pytest.importorskip("sphinx_copybutton")

PACKAGE = Path(sphinx_leadposts.__file__).parent
DOCS = Path(__file__).parent.parent / "docs"
TEMPLATES = sorted((PACKAGE / "templates" / "leadposts").glob("*.html"))
#: The registries, and the section that describes the fields of each.
REGISTRIES = {
    "tags": "tags",
    "authors": "authors",
    "guides": "guides",
    "call_to_action": "calls-to-action",
}
#: Used by generated pages alone.
INNER = {"leadposts-run"}


class Docs:
    """The documentation, built into one folder for each builder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def build(self, builder: str) -> str:
        """Build, and return the warnings."""
        warning = io.StringIO()
        with patch_docutils(DOCS), docutils_namespace():
            app = Sphinx(
                srcdir=DOCS,
                confdir=DOCS,
                outdir=self.root / builder,
                doctreedir=self.root / "doctrees",
                buildername=builder,
                status=None,
                warning=warning,
                confoverrides={"nitpicky": True},
            )
            app.build()
        return warning.getvalue()

    def text(self, docname: str) -> str:
        """Return what readers see on a page."""
        html = (self.root / "html" / f"{docname}.html").read_text("utf-8")
        page = BeautifulSoup(html, "html.parser")
        return " ".join(page.select_one("article").get_text(" ").split())

    def names(self, docname: str) -> set[str]:
        """Return the names that a page says something about."""
        html = (self.root / "html" / f"{docname}.html").read_text("utf-8")
        page = BeautifulSoup(html, "html.parser")
        found = page.select("article dl > dt .descname, article td code")
        return {name.get_text() for name in found}


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Docs:
    built = Docs(tmp_path_factory.mktemp("docs"))
    assert built.build("html") == ""
    return built


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> dict[str, type]:
    """Return the directives that the package registers, by name."""
    found: dict[str, type] = {}

    class App:
        def add_directive(self, name: str, cls: type) -> None:
            found[name] = cls

    directives.setup_directives(App())
    return {name: cls for name, cls in found.items() if name not in INNER}


@pytest.mark.parametrize("builder", ["latex", "text", "epub"])
def test_the_docs_build_in_other_formats_too(docs: Docs, builder: str) -> None:
    assert docs.build(builder) == ""


def test_every_value_is_documented(docs: Docs) -> None:
    names = docs.names("reference/configuration")
    assert {PREFIX + item.name for item in fields(LeadpostsConfig)} <= names
    assert {*HEADER_PARTS, *FOOTER_PARTS} <= names


@pytest.mark.parametrize("kind", REGISTRIES)
def test_every_field_of_a_registry_is_documented(docs: Docs, kind: str) -> None:
    html = (docs.root / "html/reference/configuration.html").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser")
    section = page.select_one(f"section#{REGISTRIES[kind]}")
    rows = [row.get_text(" ", strip=True) for row in section.select("tbody tr")]
    schema = registries.make_registry_schema(kind)["additionalProperties"]["anyOf"][1]
    assert [row.split()[0] for row in rows] == list(schema["properties"])
    assert all(len(row.split()) > 3 for row in rows)


def test_defaults_are_printed_as_an_author_would_write_them(docs: Docs) -> None:
    assert "object at 0x" not in docs.text("reference/configuration")


@pytest.mark.parametrize(
    ("name", "kind", "default"),
    [
        ("image_widths", "a list of whole numbers", "[360, 480, 720, 960, 1280, 1600]"),
        ("image_formats", "a list of texts", '["avif"]'),
        ("image_quality", "a mapping", "{}"),
        ("body_images", "True or False", "True"),
        ("cover", "a text", "'draw'"),
        ("cache_dir", "a text", "''"),
    ],
)
def test_types_are_printed_in_the_words_of_an_author(
    docs: Docs, name: str, kind: str, default: str
) -> None:
    text = docs.text("reference/configuration")
    shown = rf"{PREFIX}{name} ¶ Type : {kind} Default : {re.escape(default)} "
    assert re.search(shown, text)


def test_every_key_is_documented_with_its_other_names(docs: Docs) -> None:
    assert {key.name for key in KEYS} <= docs.names("reference/front-matter")
    text = docs.text("reference/front-matter")
    for key in KEYS:
        assert all(re.search(rf"\b{alias}\b", text) for alias in key.aliases)


def test_every_type_of_warning_is_documented(docs: Docs) -> None:
    names = {f"leadposts.{subtype.value}" for subtype in Subtype}
    assert names == docs.names("reference/warnings")
    assert docs.text("reference/warnings").count("What you can do:") == len(names)


def split_sections(text: str) -> dict[str, str]:
    head, *rest = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    assert head.startswith("# ")
    return dict(zip(rest[::2], rest[1::2], strict=True))


def test_every_directive_and_option_is_documented(
    docs: Docs, registered: dict[str, type]
) -> None:
    html = (docs.root / "html/reference/directives.html").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser")
    for name, directive in registered.items():
        section = page.select_one(f"section#directive-{name}")
        assert section is not None, name
        shown = [dt.get_text() for dt in section.select("dt .descname")]
        assert shown == [f":{option}:" for option in directive.options_read]
        source = split_sections((DOCS / "reference/directives.md").read_text("utf-8"))
        assert f"{{{name}}}" in source[name], f"no example of {name}"


def test_every_role_is_documented(docs: Docs) -> None:
    text = docs.text("reference/roles")
    assert all(f"{{blog:{role}}}" in text for role in BlogDomain.roles)
    assert all(f"{{any}}`{role}:" in text for role in BlogDomain.roles)
    assert all(f"ref.{role}" in text for role in BlogDomain.roles)
    assert all(f"blog:{name}" in text for name in BlogDomain.object_types)


def test_every_template_class_and_variable_is_documented(docs: Docs) -> None:
    names = docs.names("reference/templates-and-css")
    assert {f"leadposts/{path.name}" for path in TEMPLATES} <= names
    for path in TEMPLATES:
        for classes in re.findall(r'"([^"]*leadposts-[^"]*)"', path.read_text("utf-8")):
            for name in re.findall(r"(?<![\w-])leadposts-[a-z-]+", classes):
                assert {name, f"{name}…"} & names, f"{path.name}: {name}"
    style = (PACKAGE / "static" / "leadposts.css").read_text("utf-8")
    text = docs.text("reference/templates-and-css")
    for name in set(re.findall(r"--leadposts-[\w-]+", style)):
        assert re.search(rf"{name}(?![\w-])", text), name


def test_every_class_on_a_page_is_documented(docs: Docs) -> None:
    # Whichever way it came there: by a template, or by a node that has none.
    known = docs.names("reference/templates-and-css")
    open_ended = tuple(name.removesuffix("…") for name in known if name.endswith("…"))
    seen = set()
    for path in (docs.root / "html").rglob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for element in page.select("[class*=leadposts-]"):
            seen |= {n for n in element["class"] if n.startswith("leadposts-")}
    assert "leadposts-call-to-action" in seen
    for name in seen:
        assert name in known or name.startswith(open_ended), name


def test_every_call_of_templates_is_documented(docs: Docs) -> None:
    names = docs.names("reference/templates-and-css")
    documented = {
        re.match(r"page\.(\w+)", name)[1] for name in names if "page." in name
    }
    calls = {n for n, _ in inspect.getmembers(Page) if not n.startswith("_")}
    assert documented == calls | {"config"}


def test_every_macro_and_value_for_pictures_is_documented(docs: Docs) -> None:
    names = docs.names("reference/templates-and-css")
    macros = (PACKAGE / "templates/leadposts/macros.html").read_text("utf-8")
    for name, given in re.findall(r"macro (\w+)\((.*?)\) %}", macros):
        plain = re.sub(r'="\w*"', "", given)
        assert f"{name}({plain})" in names
    assert {field.name for field in fields(Offer)} <= names


def test_every_field_and_kind_of_an_edge_is_documented(docs: Docs) -> None:
    names = docs.names("reference/for-extensions")
    assert {field.name for field in fields(Edge)} <= names
    assert set(get_args(EdgeKind)) <= names


def test_every_template_says_what_it_is_given() -> None:
    for path in TEMPLATES:
        assert path.read_text("utf-8").startswith("{# "), path.name


def test_every_event_that_the_code_listens_to_is_in_the_architecture() -> None:
    text = (DOCS / "contributing/architecture.md").read_text("utf-8")
    code = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    for event in set(re.findall(r'\.connect\(\s*"([\w-]+)"', code)):
        assert f"| `{event}`" in text, event


def test_every_file_that_the_architecture_names_exists() -> None:
    text = (DOCS / "contributing/architecture.md").read_text("utf-8")
    names = {DOCS.parent: ("", "tests", "docs"), PACKAGE: ("", "sphinx_ext")}
    roots = [root / name for root in names for name in names[root]]
    roots.append(PACKAGE / "sphinx_ext/reading_phase")
    for name in set(re.findall(r"`([\w/]+(?:\.py|\.md|/))`", text)):
        assert any((root / name).exists() for root in roots), name


def find_examples() -> list[str]:
    """Return what stands between the fences of each example of the directives."""
    found = []
    for name in ("reference/directives.md", "how-to/topic-clusters.md"):
        text = (DOCS / name).read_text("utf-8")
        pattern = r"^(?P<f>`{4,})\{example\}\n(.*?)^(?P=f)$"
        found += [m[2] for m in re.finditer(pattern, text, re.DOTALL | re.MULTILINE)]
    return found


def make_docs_site(make_site, **conf: object) -> Site:
    """Return a site with the posts and guides of the docs, and a stub of each page."""
    site = make_site(leadposts_guides="guides.yaml", **conf)
    shutil.copytree(DOCS / "posts", site.src / "posts")
    shutil.copy(DOCS / "guides.yaml", site.src)
    for path in (DOCS / "tutorial.md", *DOCS.glob("explanation/[!i]*.md")):
        title = path.read_text("utf-8").partition("\n")[0]
        text = f"---\norphan: true\n---\n{title}\n\nSome words.\n"
        site.write(path.relative_to(DOCS).as_posix(), text)
    site.write("changelog.md", "---\norphan: true\n---\n# Changelog\n")
    return site


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_every_example_builds_in_a_site_of_its_own(make_site, theme: str) -> None:
    examples = find_examples()
    assert len(examples) >= 14
    site = make_docs_site(make_site, html_theme=theme)
    for number, example in enumerate(examples):
        site.write(f"e{number}.md", f"---\norphan: true\n---\n# Example\n\n{example}\n")
    build = site.build()
    for number, example in enumerate(examples):
        body = build.page(f"e{number}").select_one("section")
        assert body.select("[class*=leadposts-]"), example


def test_every_example_that_leads_on_shows_a_link(docs: Docs) -> None:
    html = (docs.root / "html/reference/directives.html").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser")
    shown = {
        "further-reading": ".leadposts-further-reading, "
        ".leadposts-further-reading-sentence",
        "guide-posts": ".leadposts-guide-posts",
        "call-to-action": ".leadposts-call-to-action",
    }
    for name, selector in shown.items():
        results = page.select(f"section#directive-{name} .example-result")
        assert results, name
        for result in results:
            assert len(result.select(selector)) == 1, name
            assert result.select(f":is({selector}) a[href]"), name


def find_code(name: str) -> str:
    """Return the one piece of a page that is code of an extension."""
    text = (DOCS / name).read_text("utf-8")
    codes = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    (code,) = (code for code in codes if "def setup(app)" in code)
    return code


def add_code(site: Site, code: str) -> None:
    site.write("conf.py", f"{(site.src / 'conf.py').read_text('utf-8')}\n\n{code}")


def test_the_example_for_other_extensions_runs(make_site) -> None:
    site = make_site()
    add_code(site, find_code("reference/for-extensions.md"))
    site.post("one", "See [the other](two.md).\n")
    site.post("two")
    for _ in range(2):
        # The second time nothing is read.
        lines = [n for n in site.build().status.splitlines() if "no text" in n]
        assert lines == ["no text leads to posts/one"]


def test_the_example_that_finds_posts_without_a_guide_runs(make_site) -> None:
    site = make_site(
        html_baseurl="https://me.org/",
        leadposts_guides={
            "rain": {"target": "rain", "tags": ["wet"]},
            "snow": "posts/snow",
        },
    )
    add_code(site, find_code("how-to/topic-clusters.md"))
    site.write("rain.md", "---\norphan: true\n---\n# Rain\n\nText.\n")
    site.post("snow")
    site.post("by-tag", tags="[post, Wet]")
    site.post("by-name", guides="[rain]")
    site.post("by-link", "See [it](https://www.me.org/rain.html).\n")
    site.post("by-role", "See {blog:guide}`snow`.\n")
    site.post("by-hand", "```{further-reading}\n- snow\n```\n")
    site.post("lost", "See [another](by-tag.md).\n")
    site.post("refused", tags="[post, wet]", guides="[]")
    site.write("index.md", "# Home\n\n```{further-reading}\n- [](posts/lost.md)\n```\n")
    for _ in range(2):
        # The second time nothing is read.
        build = site.build(warns=[r"posts/lost\.md: ", r"posts/refused\.md: "])
        assert build.warnings.count("this post leads to no guide") == 2


def find_blocks(name: str, language: str) -> list[str]:
    """Return the pieces of a page in one language."""
    text = (DOCS / name).read_text("utf-8")
    pattern = rf"^```{re.escape(language)}\n(.*?)^```$"
    return re.findall(pattern, text, re.DOTALL | re.MULTILINE)


def test_the_templates_of_cards_that_are_shown_work(make_site) -> None:
    wrap, own, part = find_blocks("how-to/your-own-cards.md", "html+jinja")
    site = make_site(templates_path=["_templates"])
    site.src.joinpath("boat.jpg").write_bytes(encode(make_photo()))
    site.post("one", image="/boat.jpg")
    for card, selector in (
        (wrap, ".my-frame > .leadposts-card img.leadposts-card-image"),
        (own, ".my-card > .leadposts-card-frame > picture > img"),
        (own.replace("{{ macros.frame(page, card.picture, look) }}", part), ".my-card"),
    ):
        site.write("_templates/leadposts/card.html", card)
        page = site.build().page("blog/index")
        assert page.select_one(selector), card
        assert page.select_one(".my-card, .my-frame").a["href"] == "../posts/one.html"
    assert page.select_one(".my-card > picture > img.my-picture")["loading"] == "lazy"


def test_the_settings_for_pictures_that_are_shown_are_usable() -> None:
    codes = find_blocks("how-to/choose-pictures.md", "python")
    known = {PREFIX + item.name: item for item in fields(LeadpostsConfig)}
    named = set()
    for code in codes:
        values: dict[str, object] = {}
        exec(code, {}, values)  # noqa: S102 - it stands in the docs
        for name, value in values.items():
            assert known[name].metadata["check"](value) is None, code
        named |= set(values)
    pictures = {f"{PREFIX}{name}" for name in ("cover", "body_images")}
    pictures |= {name for name in known if name.startswith(f"{PREFIX}image_")}
    assert named == pictures


def test_the_files_for_ci_keep_the_folder_that_is_named() -> None:
    (code,) = find_blocks("how-to/pictures-in-ci.md", "python")
    values: dict[str, str] = {}
    exec(code, {}, values)  # noqa: S102 - it stands in the docs
    folder = os.path.normpath(f"docs/{values['leadposts_cache_dir']}")
    texts = find_blocks("how-to/pictures-in-ci.md", "yaml")
    github, gitlab = (yaml.safe_load(text) for text in texts)
    steps = {step.get("uses"): step for step in github["jobs"]["html"]["steps"]}
    kept = steps["actions/cache@v4"]["with"]
    assert kept["path"] == folder
    assert kept["key"].startswith(kept["restore-keys"])
    assert gitlab["html"]["cache"]["paths"] == [folder]


def test_the_markup_of_a_picture_is_that_of_a_page(make_site) -> None:
    (shown,) = find_blocks("explanation/images.md", "html")
    site = make_site()
    photo = encode(make_photo((1920, 1080)), quality=95)
    site.src.joinpath("harbour.jpg").write_bytes(photo)
    site.post("one", image="/harbour.jpg", image_alt="…")
    made = str(site.build().page("posts/one").select_one("picture"))
    made = re.sub(r"harbour-\w{12}", "harbour-3f2a9c01b7de", made)
    made = made.replace("../_images/", "")

    def read(text: str) -> list[tuple[str, dict[str, str]]]:
        page = BeautifulSoup(" ".join(text.split()), "html.parser")
        return [(tag.name, tag.attrs) for tag in page.find_all()]

    assert read(made) == read(shown)


def test_pictures_of_the_docs_are_small() -> None:
    for path in (DOCS / "_static").glob("*.png"):
        assert path.stat().st_size < 120_000, path.name
    for path in (DOCS / "posts").rglob("*.jpg"):
        assert path.stat().st_size < 40_000, path.name
