"""The documentation: it builds without a warning, and leaves nothing out."""

from __future__ import annotations

import inspect
import io
import json
import os
import re
import shutil
from dataclasses import fields
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import jsonschema
import pytest
import yaml
from bs4 import BeautifulSoup
from sphinx.application import Sphinx

import sphinx_leadposts
from sphinx_leadposts.commands.schemas import read_schema
from sphinx_leadposts.config import (
    ARCHIVES,
    FOOTER_PARTS,
    HEADER_PARTS,
    PREFIX,
    LeadpostsConfig,
)
from sphinx_leadposts.model import shown
from sphinx_leadposts.model.link import Edge, EdgeKind
from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.model.related import Reason, Relation
from sphinx_leadposts.reading import registries
from sphinx_leadposts.reading.keys import KEYS
from sphinx_leadposts.sphinx_ext.domain import BlogDomain
from sphinx_leadposts.sphinx_ext.reading_phase import directives
from sphinx_leadposts.sphinx_ext.writing_phase.sidebars import SidebarView
from sphinx_leadposts.sphinx_ext.writing_phase.srcset import Offer
from sphinx_leadposts.sphinx_ext.writing_phase.template_page import Page
from tests.picture_files import encode, make_photo
from tests.site import as_in_a_new_process
from tests.web_pages import list_urls, read_head, read_structured_data

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
        with as_in_a_new_process(DOCS):
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


def test_every_call_and_template_for_sidebars_is_documented(docs: Docs) -> None:
    names = docs.names("reference/templates-and-css")
    calls = dict(inspect.getmembers(SidebarView, inspect.isfunction))
    for name in [name for name in calls if not name.startswith("_")]:
        given = ", ".join(list(inspect.signature(calls[name]).parameters)[1:])
        assert f"leadposts.{name}({given})" in names
    for path in TEMPLATES:
        if "html_sidebars" in path.read_text("utf-8").partition("\n")[0]:
            assert f"leadposts/{path.name}" in docs.names("how-to/sidebars")


def test_every_field_that_templates_are_given_is_documented(docs: Docs) -> None:
    names = docs.names("reference/templates-and-css")
    for record in (
        *(shown.Card, shown.Header, shown.Byline, shown.ArchiveLink, shown.PostLink),
        *(shown.Pager, shown.SeriesBox, shown.Neighbours, shown.PostLink),
    ):
        assert {field.name for field in fields(record)} <= names, record
    assert {"previous", "next", "places"} <= names


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


def test_every_field_and_reason_of_a_relation_is_documented(docs: Docs) -> None:
    names = docs.names("reference/for-extensions")
    assert {field.name for field in fields(Relation)} <= names
    assert set(Reason) <= names


def test_every_record_of_the_data_file_is_documented(docs: Docs) -> None:
    html = (docs.root / "html/reference/leadposts-json.html").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser")
    schema = json.loads(read_schema("leadposts"))
    for name, record in {"the-file": schema, **schema["$defs"]}.items():
        anchor = page.find(id=f"leadposts-json-{name.replace('_', '-')}")
        section = anchor if anchor.name == "section" else anchor.parent
        assert record["description"] in section.p.get_text().replace("’", "'"), name
        fields = record.get("properties", {})
        rows = [
            [cell.get_text() for cell in row.select("td")]
            for row in section.select("tbody tr")
        ]
        assert [row[0] for row in rows] == list(fields)
        needed = [row[0] for row in rows if row[2] == "yes"]
        assert set(needed) == set(record.get("required", []))
        assert all(row[1] and row[3] for row in rows)


def test_every_template_says_what_it_is_given() -> None:
    for path in TEMPLATES:
        assert re.match("{#-? [A-Z]", path.read_text("utf-8")), path.name


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


def find_code(name: str, number: int = 0) -> str:
    """Return a piece of a page that is code of an extension, the first one or later."""
    codes = [code for code in find_blocks(name, "python") if "def setup(app)" in code]
    return codes[number]


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


def test_the_example_that_tells_relations_runs(make_site) -> None:
    site = make_site()
    add_code(site, find_code("reference/for-extensions.md", 1))
    text = "A wheel with so many spokes.\n"
    site.post("one", text, title="Wood", related="[three]")
    site.post("two", text, title="Steel")
    site.post("three", "Flour and water rise.\n", title="Bread")
    for _ in range(2):
        # The second time nothing is read.
        told = [n for n in site.build().status.splitlines() if " -> " in n]
        assert "posts/one -> posts/three (0.00, declared)" in told
        assert re.fullmatch(
            r"posts/one -> posts/two \((0\.[1-9]\d|1\.0\d), alike\)", told[1]
        )
        assert len(told) == 6


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
    pattern = rf"^(?P<f>`{{3,}}){re.escape(language)}\n(.*?)^(?P=f)$"
    found = re.findall(pattern, text, re.DOTALL | re.MULTILINE)
    return [content for _, content in found]


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


def find_files(name: str) -> dict[str, str]:
    """Return the files that a page shows, each by its caption."""
    text = (DOCS / name).read_text("utf-8")
    pattern = r"^(?P<f>`{3,})\{code-block\} \S+\n:caption: (\S+)\n\n(.*?)^(?P=f)$"
    found = re.findall(pattern, text, re.DOTALL | re.MULTILINE)
    return {caption: content for _, caption, content in found}


def read_values(code: str) -> dict[str, object]:
    """Return what a piece of ``conf.py`` sets."""
    values: dict[str, object] = {}
    exec(code, {}, values)  # noqa: S102 - it stands in the docs
    return values


def add_photo(site: Site, name: str) -> None:
    path = site.src / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(make_photo((320, 240))))


def make_archive_site(make_site, **conf: object) -> Site:
    """Return a site with the post, the authors and another part of the series."""
    authors, _ = find_blocks("how-to/archives.md", "python")
    site = make_site(**{**read_values(authors), **conf})
    add_photo(site, "media/mina.jpg")
    files = find_files("how-to/archives.md")
    site.write("posts/a-lamp-in-the-dark.md", files["posts/a-lamp-in-the-dark.md"])
    series = "{name: A winter on two wheels, part: 2}"
    site.post("ice", author="M. Holt", category="workshop", series=series)
    site.post("rain", author="jo", category="Notes")
    return site


def test_the_pages_of_archives_are_those_that_are_named(make_site) -> None:
    text = (DOCS / "how-to/archives.md").read_text("utf-8")
    named = re.findall(r"^\| `(blog/[\w/-]+)` \|", text, re.MULTILINE)
    assert len(named) == len(ARCHIVES) - 1
    # The first table is of a site that has said nothing of its authors yet.
    build = make_archive_site(make_site, leadposts_authors={}).build()
    assert all(build.has(f"{name}.html") for name in named)
    build = make_archive_site(make_site).build()
    page = build.page("blog/authors/mina-holt")
    cards = [card.get_text() for card in page.select(".leadposts-card-title")]
    assert cards == ["A lamp in the dark", "Post ice"]
    (authors,) = read_values(find_blocks("how-to/archives.md", "python")[0]).values()
    mina = authors["mina"]
    assert page.select_one(".leadposts-archive-description").get_text() == mina["bio"]
    links = [a["href"] for a in page.select(".leadposts-archive-links a")]
    assert links == [mina["url"], *mina["links"].values()]
    assert page.select("img.leadposts-archive-image")


def test_the_directives_and_roles_for_archives_show_what_is_said(make_site) -> None:
    site = make_archive_site(make_site)
    lists = find_blocks("how-to/archives.md", "markdown")
    text = (DOCS / "how-to/archives.md").read_text("utf-8")
    roles = re.findall(r"`` (\{(?:blog:\w+|doc)\}`[^`]+`) ``", text)
    assert len(lists) == 2
    assert len(roles) == 4
    body = "\n\n".join([*lists, *roles])
    site.write("lists.md", f"---\norphan: true\n---\n# Lists\n\n{body}\n")
    page = site.build().page("lists").select_one("section")
    assert [a.get_text() for a in page.select("a.leadposts-archive")] == [
        *("2026", "2025"),
        *("Notes", "Workshop"),
    ]
    titles = [a.get_text() for a in page.select(".leadposts-card-title")]
    assert titles == ["A lamp in the dark", "Post ice"]
    assert [a["href"] for a in page.select("p > a.reference")] == [
        "blog/categories/workshop.html",
        "blog/authors/mina-holt.html",
        "blog/series/a-winter-on-two-wheels.html",
        "blog/archive/2026.html",
    ]


def test_archives_that_are_left_out_have_no_page(make_site) -> None:
    _, chosen = find_blocks("how-to/archives.md", "python")
    site = make_archive_site(make_site, **read_values(chosen))
    build = site.build()
    assert build.has("tags/index.html")
    assert build.has("blog/archive/2026.html")
    assert build.has("blog/series/a-winter-on-two-wheels.html")
    assert not build.has("blog/categories")
    assert not build.has("blog/authors")
    shown = build.links("posts/a-lamp-in-the-dark", ".leadposts-header-authors")
    assert shown == [("Mina Holt", "https://mina.example.org/")]


def test_pages_of_archives_can_be_written_by_hand(make_site) -> None:
    site = make_archive_site(make_site)
    files = find_files("how-to/archives.md")
    for name in ("blog/authors/mina-holt.md", "blog/series/index.md"):
        site.write(name, files[name])
    build = site.build()
    page = build.page("blog/authors/mina-holt")
    assert page.select_one("h1").find(string=True) == "Mina Holt"
    titles = [link.get_text() for link in page.select(".leadposts-list-title")]
    assert titles == ["A lamp in the dark", "Post ice"]
    assert not page.select(".leadposts-archive-description, .leadposts-grid")
    shown = build.links("posts/ice", ".leadposts-header-authors")
    assert shown == [("Mina Holt", "../blog/authors/mina-holt.html")]
    listed = build.links("blog/series/index", ".leadposts-archives")
    assert listed == [("A winter on two wheels", "a-winter-on-two-wheels.html")]


def test_the_registry_of_tags_does_what_is_said(make_site) -> None:
    (code,) = find_blocks("how-to/your-own-tag-page.md", "python")
    site = make_site(**read_values(code))
    add_photo(site, "media/wheels.jpg")
    site.post("one", tags="[post, spokes, needs pictures]")
    site.post("two", tags="[post, tires]")
    site.post("three", tags="[post, wheels]")
    site.write(
        "find.md",
        "---\norphan: true\n---\n# Find\n\n"
        "```{post-list}\n:tags: needs pictures\n```\n",
    )
    build = site.build()
    page = build.page("tags/index")
    assert [a.get_text() for a in page.select("section a.leadposts-tag")] == [
        *("wheels", "spokes", "tyres")
    ]
    below = page.select(".leadposts-tags-narrower a.leadposts-tag")
    assert [a.get_text() for a in below] == ["spokes", "tyres"]
    page = build.page("tags/wheels")
    narrower = page.select_one(".leadposts-archive-narrower")
    assert narrower.get_text() == "spokes · tyres"
    assert page.select("img.leadposts-archive-image")
    found = build.page("find").select(".leadposts-card-title")
    assert [title.get_text() for title in found] == ["Post one"]
    assert not list((build.out / "tags").glob("*pictures*"))


def find_sidebars() -> list[dict[str, object]]:
    """Return what each piece of ``conf.py`` in the page on sidebars sets."""
    return [read_values(code) for code in find_blocks("how-to/sidebars.md", "python")]


def list_sidebars(values: dict[str, object], pattern: str) -> list[str]:
    """Return what ``values`` put into the sidebar of pages that ``pattern`` means."""
    if options := values.get("html_theme_options"):
        return options["secondary_sidebar_items"]
    patterns = values["html_sidebars"]
    return patterns.get("**") or patterns.get(pattern, [])


@pytest.mark.parametrize("values", find_sidebars(), ids=lambda v: v["html_theme"])
def test_the_sidebars_stand_where_they_are_put(make_site, values) -> None:
    pytest.importorskip(values["html_theme"])
    site = make_site(**values)
    site.post("one", tags="[post, wheels]")
    site.write("index.md", "# Home\n\n```{toctree}\nblog/index\ntags/index\n```\n")
    build = site.build()
    pages = {"posts/one": "posts/*", "blog/index": "blog/**", "index": "*"}
    seen = 0
    for docname, pattern in pages.items():
        shown = build.page(docname).select("nav.leadposts-sidebar")
        classes = [nav["class"][-1] for nav in shown]
        names = re.findall(
            r"leadposts/(\w+)\.html", str(list_sidebars(values, pattern))
        )
        assert classes == [f"leadposts-sidebar-{name}" for name in names], docname
        assert all(nav.select("a[href]") for nav in shown)
        seen += len(shown)
    assert seen >= 2


@pytest.mark.parametrize("values", find_sidebars(), ids=lambda v: v["html_theme"])
def test_the_sidebars_beside_ours_are_the_own_of_the_theme(values) -> None:
    package = Path(pytest.importorskip(values["html_theme"]).__file__).parent
    conf = "".join(path.read_text("utf-8") for path in package.rglob("theme.conf"))
    # Alabaster writes it in another form, too.
    conf += "".join(path.read_text("utf-8") for path in package.rglob("theme.toml"))
    names = [
        name
        for pattern in ("posts/*", "blog/**")
        for name in list_sidebars(values, pattern)
        if not name.startswith("leadposts/")
    ]
    assert names
    assert all(re.search(rf"\b{re.escape(name)}", conf) for name in names)


def test_a_sidebar_can_be_written_anew(make_site) -> None:
    (name, text), *others = find_files("how-to/sidebars.md").items()
    assert not others
    site = make_site(
        templates_path=["_templates"], html_sidebars={"**": [name.split("/", 1)[1]]}
    )
    site.write(name, text)
    for number in range(12):
        site.post(
            f"p{number}", title=f"A < B {number}", date=f"2025-01-{number + 1:02}"
        )
    page = site.build().page("index")
    shown = page.select_one(".sphinxsidebar")
    assert "The last ten" in shown.get_text()
    titles = [link.get_text() for link in shown.select("li a[href^=posts]")]
    assert titles == [f"A < B {number}" for number in range(11, 1, -1)]


def test_related_posts_are_named_counted_and_left_out_as_is_said(make_site) -> None:
    (named,) = find_blocks("how-to/related-posts.md", "yaml")
    related = yaml.safe_load(named)["related"]
    counted, footer = find_blocks("how-to/related-posts.md", "python")
    site = make_site()
    names = [name.rpartition("/")[2] for name in related]
    for name in (*names, "one", "two", "three", "four"):
        site.post(name, f"Spokes and rims of {name}.\n")
    site.post("five", "Bread, and how it rises.\n", related=named.partition(": ")[2])

    def list_shown(selector: str, **conf: object) -> list[str]:
        site.configure(**conf)
        links = site.build().links("posts/five", f".leadposts-related {selector}")
        return [uri.removesuffix(".html") for _, uri in links]

    found = list_shown("li")
    assert found[:2] == names
    assert len(found) == LeadpostsConfig().related
    values = read_values(counted)
    assert list_shown("li", **values) == found[: values["leadposts_related"]]
    assert list_shown(".leadposts-card-title", **read_values(footer)) == found[:3]
    assert list_shown("", leadposts_related=0) == []


def test_the_footer_is_the_default_or_has_cards_in_it() -> None:
    default = list(LeadpostsConfig().footer)
    *_, code = find_blocks("how-to/topic-clusters.md", "python")
    assert read_values(code) == {"leadposts_footer": default}
    *_, code = find_blocks("how-to/related-posts.md", "python")
    (parts,) = read_values(code).values()
    assert {*parts, "related"} == {*default, "related-cards"}


def test_the_days_of_the_page_on_schedules_are_those_of_a_build(
    make_site, monkeypatch
) -> None:
    text = (DOCS / "how-to/scheduled-rebuilds.md").read_text("utf-8")
    head, *workflows = find_blocks("how-to/scheduled-rebuilds.md", "yaml")
    assert len(workflows) == 3
    (line,) = find_blocks("how-to/scheduled-rebuilds.md", "text")
    keys = yaml.safe_load(head)
    site = make_site()
    site.post("to-come", date=keys["date"])
    site.post("to-go", expires=keys["expires"])
    build = site.build()
    assert not build.has("posts/to-come.html")
    said = re.search(r"held back: .*? to expire [\d-]+", build.status)
    assert said[0] in line
    (epoch,) = re.findall(r"SOURCE_DATE_EPOCH=(\d+)", text)
    noon = datetime.combine(keys["date"], time(12), UTC)
    assert int(epoch) == noon.timestamp()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert site.build(out="that-day").has("posts/to-come.html")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(epoch) + 60 * 86400))
    build = site.build(out="later")
    assert not build.has("posts/to-go.html")
    assert build.has("posts/to-come.html")


def test_the_workflows_are_started_by_the_clock() -> None:
    texts = find_blocks("how-to/scheduled-rebuilds.md", "yaml")[1:]
    publish, gitlab, rebuild = (yaml.safe_load(text) for text in texts)
    for workflow in (publish, rebuild):
        # To YAML 1.1 the key is true.
        (when,) = workflow[True]["schedule"]
        minute, hour, *days = when["cron"].split()
        assert 0 < int(minute) < 60
        assert 0 <= int(hour) < 24
        assert days == ["*"] * 3
    uses = [step.get("uses", "") for step in publish["jobs"]["publish"]["steps"]]
    assert uses[-1].startswith("actions/deploy-pages@")
    assert (
        publish["permissions"]["pages"] == publish["permissions"]["id-token"] == "write"
    )
    rules = [rule["if"] for rule in gitlab["pages"]["rules"]]
    assert '$CI_PIPELINE_SOURCE == "schedule"' in rules
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]
    (step,) = rebuild["jobs"]["rebuild"]["steps"]
    # Folded, it is one command on one line.
    assert "\n" not in step["run"].strip()
    assert "$RTD_TOKEN" in step["run"]
    assert set(step["env"]) == {"RTD_TOKEN"}


BACKWHEEL = "https://backwheel.example.org/"


def make_published_site(make_site, name: str = "site", **conf: object) -> Site:
    """Return a site with an address, and the posts that the pages speak of."""
    site = make_site(name, **{"html_baseurl": BACKWHEEL, **conf})
    series = "{name: A winter on two wheels, part: 1}"
    keys = {"category": "Workshop", "author": "Mina Holt", "series": series}
    site.post("lamp", "A dynamo gives light.\n", tags="[post, wheels]", **keys)
    return site


def test_the_feeds_are_where_they_are_said_to_be(make_site) -> None:
    page = "how-to/feeds.md"
    address, forms, archives, sidebars, full, mail = (
        read_values(code) for code in find_blocks(page, "python")
    )
    assert address == {"html_baseurl": BACKWHEEL}
    assert mail == {"leadposts_feeds": ["atom", "rss"]}
    archives["leadposts_feed_archives"] += ["categories", "series"]
    site = make_published_site(make_site, **forms, **archives, **sidebars, **full)
    ((name, text),) = find_files(page).items()
    site.write(name, text)
    (link,) = find_blocks(page, "markdown")
    site.write("index.md", f"# Home\n\n{link}")
    build = site.build()
    text = (DOCS / page).read_text("utf-8")
    named = re.findall(r"`((?:blog|tags)/[^`<]+\.(?:xml|json))`", text)
    assert len(set(named)) >= 7
    assert all(build.has(path) for path in named)
    assert "A dynamo" in BeautifulSoup(build.read("blog/atom.xml"), "xml").content.text
    ((said, uri),) = build.links("tags/wheels", ".sphinxsidebar p:last-of-type")[-1:]
    assert (said, uri) == ("Subscribe to this blog", "../blog/atom.xml")
    ((_, uri),) = build.links("index", "section > p")
    assert build.has(uri.removeprefix(BACKWHEEL))


def test_the_names_of_posts_in_feeds_are_kept_as_is_said(make_site) -> None:
    moved, again, short = find_blocks("how-to/feeds.md", "yaml")
    site = make_published_site(make_site)

    def read_id(file: str, keys: str, builder: str = "html") -> str:
        site.write(file, f"---\ndate: 2025-06-01\ntags: [post]\n{keys}---\n# Ice\n")
        feed = site.build(builder).read("blog/atom.xml")
        site.src.joinpath(file).unlink()
        return re.search(r"<entry><id>(.*?)</id>", feed)[1]

    name = f"{BACKWHEEL}posts/ice"
    assert read_id("posts/ice.md", "") == name
    assert read_id("posts/ice.md", "", "dirhtml") == name
    assert read_id("winter/ice.md", moved) == name
    assert read_id("ice/thin.md", again) == name
    assert read_id("posts/ice.md", short) == name
    assert read_id("posts/ice.md", "redirect_from: [/ice/]\n") == f"{BACKWHEEL}ice"


def test_a_head_says_what_stands_in_html_meta(make_site) -> None:
    ((name, text),) = find_files("how-to/link-previews.md").items()
    site = make_published_site(make_site)
    site.write(name, text)
    head = read_head(site.build().out / "posts/ice.html")
    assert head["og:title"] == ["Ice, and how to stay upright on it"]
    assert head["robots"] == ["max-image-preview:large"]
    assert head["og:type"] == ["article"]
    assert head["og:description"] == ["Let some air out of the tyres."]


def test_pages_are_called_what_is_said(make_site) -> None:
    text = (DOCS / "how-to/link-previews.md").read_text("utf-8")
    _, _, table = text.partition("in the terms of schema.org:")
    table, _, _ = table.partition("(social-image)=")
    build = make_published_site(make_site).build()
    found = {
        thing["@type"]
        for name in ("posts/lamp", "blog/index", "blog/authors/mina-holt")
        for thing in read_structured_data(build.out / f"{name}.html")
    }
    # A person stands within the page about them.
    assert found | {"Person"} == set(re.findall(r"`([A-Z]\w+)`", table))


def test_the_settings_for_opengraph_give_what_is_said(make_site) -> None:
    pytest.importorskip("sphinxext.opengraph")
    _, settings = find_blocks("how-to/link-previews.md", "python")
    *_, own = find_blocks("how-to/link-previews.md", "yaml")
    site = make_published_site(make_site, **read_values(settings))
    site.write("index.md", "# Home\n\nA page that is no post.\n")
    keys = f"date: 2025-06-01\ntags: [post]\n{own}"
    site.write("posts/ice.md", f"---\n{keys}---\n# Ice\n\nSome air.\n")
    out = site.build().out
    said = yaml.safe_load(own)
    head = read_head(out / "posts/ice.html")
    assert {key: head[key] for key in said} == {k: [v] for k, v in said.items()}
    assert head["og:type"] == ["article"]
    assert head["article:published_time"] == ["2025-06-01T00:00:00+00:00"]
    assert read_head(out / "index.html")["og:title"] == ["Home"]


def test_old_addresses_lead_to_the_post_as_is_said(make_site, monkeypatch) -> None:
    page = "how-to/move-a-post.md"
    files = find_files(page)
    site = make_published_site(make_site)
    site.write("winter/ice.md", files["winter/ice.md"])
    build = site.build(out="_build/html")
    monkeypatch.chdir(site.root)
    exec(files["write_redirects.py"], {})  # noqa: S102 - it stands in the docs
    (shown,) = find_blocks(page, "text")
    assert build.read("_redirects") == shown
    for line in shown.splitlines():
        old, new, _ = line.split()
        redirect = build.out / old.strip("/")
        file = redirect if redirect.suffix else redirect / "index.html"
        text = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        assert text.select_one("[rel=canonical]")["href"] == BACKWHEEL + new[1:]


def test_the_keys_for_old_addresses_give_the_files_that_are_said(make_site) -> None:
    text = (DOCS / "how-to/move-a-post.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+): ([^`]+)`(?: or `\S+`)? \| `(\S+)` \|$", text, re.M)
    assert len(rows) == 5
    for number, (key, value, file) in enumerate(rows):
        site = make_site(f"site{number}")
        site.post("ice", **{key: value})
        assert "refresh" in site.build().read(file), key


def test_what_is_no_old_address_is_refused_as_is_said(make_site) -> None:
    site = make_published_site(make_site, html_extra_path=["extra"])
    site.write("extra/mine/index.html", "<p>Mine</p>")
    refused = [
        *("https://other.example.net/", "/", "/../x/", "/%2e%2e/x/", "/a:b/"),
        *("/con/", "/leadposts.json", "/search.html", "/mine/"),
    ]
    site.post("ice", redirect_from=json.dumps([*refused, "/posts/ice.html", "/right/"]))
    build = site.build(warns=[r"ice\.md:5: .*leadposts\.redirect"] * len(refused))
    assert build.has("right/index.html")
    assert build.read("mine/index.html") == "<p>Mine</p>"


def find_versions() -> list[dict[str, object]]:
    """Return what each piece of ``conf.py`` in the page on versions sets."""
    codes = find_blocks("how-to/versioned-docs.md", "python")
    return [read_values(code) for code in codes]


def test_one_version_has_the_feeds_and_all_have_its_address(
    make_site, monkeypatch
) -> None:
    stable = find_versions()[0]["html_baseurl"]
    for version, has_feeds, has_posts in (
        ("stable", True, True),
        ("v1.2", False, False),
        (None, True, True),
    ):
        monkeypatch.delenv("READTHEDOCS_VERSION", raising=False)
        monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", "https://wrong.example.net/")
        if version:
            monkeypatch.setenv("READTHEDOCS_VERSION", version)
        fixed, feeds, posts, languages = find_versions()
        assert languages["html_baseurl"] == stable
        feeds = {k: v for k, v in feeds.items() if k.startswith("leadposts_")}
        site = make_published_site(make_site, f"feeds-{version}", **fixed, **feeds)
        build = site.build()
        assert build.has("blog/atom.xml") == has_feeds
        head = read_head(build.out / "posts/lamp.html")
        assert head["canonical"] == [f"{stable}posts/lamp.html"]
        if has_feeds:
            assert f"<id>{stable}posts/lamp</id>" in build.read("blog/atom.xml")
        posts.pop("os")
        site = make_published_site(make_site, f"posts-{version}", **fixed, **posts)
        toctree = "```{toctree}\nblog/index\ntags/index\n```\n"
        site.write("index.md", f"# Home\n\n{toctree}")
        build = site.build()
        assert build.has("posts/lamp.html") == has_posts
        assert build.has("blog/index.html")


# It asks the environment for the application.
@pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app")
def test_the_sitemap_holds_what_is_said(make_site) -> None:
    sitemap = pytest.importorskip("sphinx_sitemap")
    (code,) = find_blocks("how-to/sitemap.md", "python")
    site = make_published_site(make_site, **read_values(code))
    site.post("ice", redirect_from="/old-ice/")
    site.post("held", draft="true")
    build = site.build()

    def list_pages() -> set[str]:
        urls = list_urls(build.out / "sitemap.xml", BACKWHEEL)
        return {url.removeprefix(BACKWHEEL) for url in urls}

    pages = {
        path.relative_to(build.out).as_posix() for path in build.out.rglob("*.html")
    }
    left_out = {"search.html", "genindex.html", "old-ice/index.html"}
    assert left_out < pages
    assert list_pages() == pages - left_out
    text = (DOCS / "how-to/sitemap.md").read_text("utf-8")
    if f"Version {sitemap.__version__} " in text:
        site.build()
        assert list_pages() == pages - left_out
        site.post("ice", "Other words.\n", redirect_from="/old-ice/")
        site.build()
        assert {"posts/ice.html", "blog/index.html"} <= list_pages()
        assert "blog/authors/mina-holt.html" not in list_pages()


@pytest.mark.parametrize("part", ["comments", "newsletter"])
def test_the_templates_below_posts_stand_where_is_said(make_site, part: str) -> None:
    page = f"how-to/{part}.md"
    (code,) = find_blocks(page, "python")
    ((name, template),) = find_files(page).items()
    conf = {"version": "1.0", "copyright": "2025, Us", **read_values(code)}
    site = make_published_site(make_site, **conf)
    site.write(name, template)
    site.write("privacy.md", "---\norphan: true\n---\n# Privacy\n")
    build = site.build()
    place = build.page("posts/lamp").select_one(f".{part}")
    for other in ("index", "blog/index", "privacy"):
        assert not build.page(other).select(f".{part}")
    for builder, suffix in (("epub", ".xhtml"), ("singlehtml", ".html")):
        for path in site.build(builder).out.rglob(f"*{suffix}"):
            assert f'class="{part}"' not in path.read_text("utf-8"), path
    if part == "comments":
        script = place.select_one("script[src]")
        assert script["data-term"] == "posts/lamp"
        assert script["data-mapping"] == "specific"
    else:
        field = place.select_one("input[type=email]")
        assert place.select_one("label")["for"] == field["id"]
        assert place["method"] == "post"
        assert place.select_one("a")["href"] == "../privacy.html"
    without = make_published_site(make_site, "none", **conf)
    assert part not in str(without.build().page("posts/lamp").select("section"))


def test_the_default_of_the_footer_is_what_comments_are_added_to() -> None:
    (code,) = find_blocks("how-to/comments.md", "python")
    parts = read_values(code)["leadposts_footer"]
    assert parts == [*LeadpostsConfig().footer, "comments"]


def test_the_program_that_reads_the_data_file_runs(
    make_site, monkeypatch, capsys
) -> None:
    files = find_files("reference/leadposts-json.md")
    site = make_published_site(make_site)
    site.post("ice", "See [this](lamp.md).\n", description="Ice.")
    build = site.build(out="_build/html")
    schema = json.loads(read_schema("leadposts"))
    jsonschema.validate(json.loads(build.read("leadposts.json")), schema)
    monkeypatch.chdir(site.root)
    exec(files["look.py"], {})  # noqa: S102 - it stands in the docs
    assert capsys.readouterr().out == "posts/lamp: no description, 1 links\n"
