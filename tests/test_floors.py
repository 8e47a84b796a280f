"""The house: which floor may know which, and that each module stands on its own."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_leadposts

PACKAGE = Path(sphinx_leadposts.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

#: For each room: what of the package it may import, and which other packages.
ALLOWED = {
    "model": ({"model"}, {"slugify"}),
    "reading": (
        {"model", "reading"},
        {"yaml", "dateutil", "pydantic", "pydantic_core"},
    ),
    "imaging": ({"model", "imaging"}, {"PIL"}),
    "publishing": ({"model", "publishing"}, {"feedgenerator"}),
    "commands": ({"commands", "reading"}, {"PIL"}),
}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


def find_breaches(room: str, imports: set[str]) -> set[str]:
    rooms, packages = ALLOWED[room]
    breaches = set()
    for name in imports:
        top, _, rest = name.partition(".")
        if top == "sphinx_leadposts":
            inner = rest.partition(".")[0]
            if inner and inner not in rooms:
                breaches.add(name)
        elif top not in sys.stdlib_module_names and top not in packages:
            breaches.add(name)
    return breaches


@pytest.mark.parametrize("room", ALLOWED)
def test_no_floor_reaches_up(room: str) -> None:
    paths = sorted((PACKAGE / room).rglob("*.py"))
    assert paths
    for path in paths:
        imports = imports_of(path)
        if room == "commands":
            imports -= {"sphinx.cmd.build"}  # it calls Sphinx as a user would
        assert not find_breaches(room, imports), path


@pytest.mark.parametrize("module", ["config", "config_checks"])
def test_the_values_are_declared_without_sphinx(module: str) -> None:
    rooms = {"config_checks", "imaging", "model", "publishing", "reading"}
    imports = imports_of(PACKAGE / f"{module}.py")
    inner = {name for name in imports if name.startswith("sphinx_leadposts.")}
    assert {name.split(".")[1] for name in inner} <= rooms
    assert {
        name.partition(".")[0] for name in imports - inner
    } <= sys.stdlib_module_names


def test_a_breach_would_be_seen() -> None:
    assert find_breaches("model", {"sphinx.util"}) == {"sphinx.util"}
    assert find_breaches("reading", {"sphinx_leadposts.imaging.source"})
    assert find_breaches("model", {"PIL"})


def test_the_reading_phase_does_not_know_the_writing_phase() -> None:
    for path in (PACKAGE / "sphinx_ext" / "reading_phase").rglob("*.py"):
        assert not any("writing_phase" in name for name in imports_of(path)), path


#: Imports each module in a process of its own, into which the packages of others, which
#: take most of the time, have been loaded before.
IMPORT_ALONE = """
import importlib, os, sys
for name in ("sphinx.builders.html", "myst_parser.sphinx_ext.main", "sphinx_design",
             "pydantic", "PIL.Image", "yaml", "dateutil.parser", "feedgenerator"):
    importlib.import_module(name)
for name in sys.argv[1:]:
    if (child := os.fork()) == 0:
        importlib.import_module(name)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(f"{name} cannot be imported alone")
"""


def import_alone(*names: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", IMPORT_ALONE, *names]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks on this system")
def test_every_module_can_be_imported_alone() -> None:
    names = [name_of(path) for path in MODULES if path.name != "__main__.py"]
    done = import_alone(*names)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks on this system")
def test_a_module_that_cannot_be_imported_alone_is_named() -> None:
    done = import_alone("sphinx_leadposts.config", "sphinx_leadposts.not_there")
    assert done.returncode == 1
    assert "sphinx_leadposts.not_there cannot be imported alone" in done.stderr


def test_importing_the_package_imports_nothing_of_weight() -> None:
    code = "import sphinx_leadposts, sys; print('sphinx' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert run.stdout.strip() == "False"


def test_a_build_without_changes_loads_neither_pillow_nor_pydantic(site) -> None:
    # Sphinx loads Pillow itself where it is installed (sphinx.builders._epub_base);
    # so the module of ours that needs it is looked for.
    site.picture("x.png")
    site.post("a", image="/x.png")
    code = (
        "import sys; from sphinx.cmd.build import build_main; "
        "code = build_main(sys.argv[1:]); "
        "heavy = ('pydantic', 'sphinx_leadposts.imaging.source', 'dateutil'); "
        "print(code, [m for m in heavy if m in sys.modules])"
    )
    folders = [site.root / n for n in ("doctrees-html", "src", "html")]
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code, "-q", "-d", *map(str, folders)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for _ in range(2)
    )
    assert first == "0 ['pydantic', 'sphinx_leadposts.imaging.source']"
    assert second == "0 []"


def test_every_subtype_says_what_can_be_done() -> None:
    from sphinx.pycode import ModuleAnalyzer

    from sphinx_leadposts.model.problem import Subtype

    docs = ModuleAnalyzer.for_module(Subtype.__module__).find_attr_docs()
    for member in Subtype:
        text = " ".join(docs["Subtype", member.name])
        assert "What you can do:" in text
