"""The documentation: it builds without a warning, and leaves nothing out."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import fields
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

import sphinx_leadposts
from sphinx_leadposts.config import FOOTER_PARTS, HEADER_PARTS, PREFIX, LeadpostsConfig
from sphinx_leadposts.model.problem import Subtype
from sphinx_leadposts.reading.keys import KEYS
from sphinx_leadposts.sphinx_ext.domain import BlogDomain
from sphinx_leadposts.sphinx_ext.reading_phase import directives

pytest.importorskip("furo")
pytest.importorskip("sphinx_copybutton")

PACKAGE = Path(sphinx_leadposts.__file__).parent
DOCS = Path(__file__).parent.parent / "docs"
TEMPLATES = sorted((PACKAGE / "templates" / "leadposts").glob("*.html"))
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
    for name in ("reference/directives.md", "how-to/lead-posts-to-a-guide.md"):
        text = (DOCS / name).read_text("utf-8")
        pattern = r"^(?P<f>`{4,})\{example\}\n(.*?)^(?P=f)$"
        found += [m[2] for m in re.finditer(pattern, text, re.DOTALL | re.MULTILINE)]
    return found


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_every_example_builds_in_a_site_of_its_own(make_site, theme: str) -> None:
    examples = find_examples()
    assert len(examples) >= 6
    site = make_site(html_theme=theme, exclude_patterns=["explanation"])
    shutil.copytree(DOCS / "posts", site.src / "posts")
    for post in (site.src / "posts").glob("*.md"):
        # What the posts of the docs lead to is not what the examples are about.
        text = re.sub(r"(?m)^guides: .*\n|```\{further(?s:.*)", "", post.read_text())
        post.write_text(text, "utf-8")
    site.write("tutorial.md", "---\norphan: true\n---\n# Tutorial\n")
    for number, example in enumerate(examples):
        site.write(f"e{number}.md", f"---\norphan: true\n---\n# Example\n\n{example}\n")
    build = site.build()
    for number, example in enumerate(examples):
        body = build.page(f"e{number}").select_one("section")
        assert body.select("[class*=leadposts-]"), example


def test_pictures_of_the_docs_are_small() -> None:
    for path in (DOCS / "posts").rglob("*.jpg"):
        assert path.stat().st_size < 40_000, path.name
