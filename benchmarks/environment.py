"""Measure what this extension keeps in the environment, and what an idle build imports.

    python benchmarks/environment.py                     # 1,000 posts
    python benchmarks/environment.py --posts 60          # a look

The same posts are built without this extension (``base`` in ``build.py``) and with it.
Of both pickled environments, the sizes are compared; of ours, what the domain ``blog``
holds is pickled on its own, whole and table by table. Then both sites are built again
with nothing changed, and the modules that are loaded at the end are compared, with
those that asked for packages which should not be needed then.

Ends with exit code 1 where the domain holds more than 2,048 bytes a post, or where the
build in which nothing changed loaded such a package because of us, or wrote a page.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from match import prepare_match
from measure import BuildError, build, make_environment
from report import describe_machine, format_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sites import Site

MOST_BYTES: Final = 2048
OURS: Final = "sphinx_leadposts"
UNWANTED: Final = ("PIL", "pydantic")

#: Runs Sphinx, and writes which modules were loaded, and which modules asked for the
#: unwanted packages: ``sys.modules`` alone does not say who did.
_PROGRAM: Final = """
import builtins, json, sys
target, unwanted, *arguments = sys.argv[1:]
unwanted = set(unwanted.split(","))
asked, real = {}, builtins.__import__
def note(name, globals=None, locals=None, fromlist=(), level=0):
    root = name.partition(".")[0]
    if level == 0 and root in unwanted:
        asked.setdefault(root, {})[(globals or {}).get("__name__", "?")] = None
    return real(name, globals, locals, fromlist, level)
builtins.__import__ = note
from sphinx.cmd.build import main
code = main(arguments)
asked = {root: [n for n in by if n.partition(".")[0] != root]
         for root, by in asked.items()}
with open(target, "w", encoding="utf-8") as file:
    json.dump({"modules": sorted(sys.modules), "asked": asked}, file)
sys.exit(code)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """The modules that a build left loaded, and who asked for unwanted packages."""

    modules: frozenset[str]
    asked: dict[str, list[str]]
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """Bytes of a pickled environment, and of what the domain ``blog`` holds in it."""

    whole: int
    ours: int
    tables: dict[str, int]
    #: Documents that we made: Sphinx keeps titles and the like of them, too.
    generated: int


def weigh_environment(site: Site) -> Weight:
    """Return what the pickled environment of a site weighs, in bytes."""
    content = (site.output / ".doctrees" / "environment.pickle").read_bytes()
    blog = pickle.loads(content).domaindata.get("blog", {})  # noqa: S301 - our own
    return Weight(
        whole=len(content),
        ours=_weigh(blog) if blog else 0,
        tables={name: _weigh(table) for name, table in blog.items()},
        generated=len(blog.get("generated", ())),
    )


def list_imports(site: Site) -> Imports:
    """Build a site again; return what that imported, and how many pages it wrote.

    :raises BuildError: where the build failed or printed anything
    """
    target = site.folder / "imports.json"
    command = [sys.executable, "-c", _PROGRAM, str(target), ",".join(UNWANTED)]
    command += ["-q", "-b", "html", str(site.source), str(site.output)]
    before = site.list_pages()
    done = subprocess.run(
        command,
        cwd=site.folder,
        env=make_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if printed := done.stdout + done.stderr or done.returncode:
        message = f"{site.contender.name}: exit code {done.returncode}: {printed}"
        raise BuildError(message)
    found = json.loads(target.read_text(encoding="utf-8"))
    after = site.list_pages()
    return Imports(
        modules=frozenset(found["modules"]),
        asked=found["asked"],
        pages=sum(before.get(name) != mtime for name, mtime in after.items()),
    )


def _weigh(thing: object) -> int:
    """Return the size of a pickle, as Sphinx makes it."""
    return len(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL))


def find_needless(ours: Imports, base: Imports) -> list[str]:
    """Return the unwanted packages of which anything is loaded because of us.

    Others may load them, too: Sphinx and Docutils ask for Pillow wherever there is one.
    """
    added = {name.partition(".")[0] for name in ours.modules - base.modules}
    return [
        root
        for root in UNWANTED
        if root in added
        or any(name.partition(".")[0] == OURS for name in ours.asked.get(root, ()))
    ]


def format_weights(ours: Weight, base: Weight, posts: int) -> str:
    """Return the table of the environment: bytes, and bytes a post."""
    added = ours.whole - base.whole
    rows = [
        ("the whole environment without the extension", base.whole),
        ("the whole environment with it", ours.whole),
        (f"what it adds, {ours.generated} documents of ours included", added),
        ("the domain blog on its own", ours.ours),
        *((f"of that, {name} on its own", size) for name, size in ours.tables.items()),
    ]
    cells = [[name, f"{size:,}", f"{size / posts:,.0f}"] for name, size in rows]
    return format_table(["pickled", "bytes", "bytes a post"], cells, texts=1)


def format_imports(ours: Imports, base: Imports) -> str:
    """Return what a build without changes loads, and who asked for the unwanted."""
    added = ours.modules - base.modules
    roots = sorted({name.partition(".")[0] for name in added} - {OURS})
    lines = [
        f"- modules with it: {len(ours.modules)}; without: {len(base.modules)}",
        f"- pages written: {ours.pages}",
        f"- packages that only we load: {', '.join(roots)}",
    ]
    for root in UNWANTED:
        if root not in ours.modules:
            lines.append(f"- {root}: not loaded")
            continue
        more = sorted(n for n in added if n.partition(".")[0] == root)
        by = ", ".join(ours.asked.get(root, ())) or "no import statement"
        beside = "with and without us" if root in base.modules else "only with us"
        lines.append(
            f"- {root}: loaded {beside}, asked for by {by}; "
            f"modules of it that only we load: {', '.join(more) or 'none'}"
        )
    mine = sorted(n for n in ours.modules if n.partition(".")[0] == OURS)
    lines += [f"- our {len(mine)} modules:", "", *(f"  - {name}" for name in mine)]
    return "\n".join(lines)


def measure(folder: Path, options: argparse.Namespace) -> bool:
    """Build, print what was found; return whether all of it is as it should be."""
    size = options.posts
    match = prepare_match(folder, theme=options.theme, size=size, options=options)
    weights, imports = [], []
    for site in match.sites:
        site.start_afresh(match.posts)
        build(site, jobs="1")
        weights.append(weigh_environment(site))
        imports.append(list_imports(site))
    machine = ", ".join(f"{key} {value}" for key, value in describe_machine().items())
    print(f"# The environment of {size} posts, {options.theme}\n\n{machine}\n")
    print(format_weights(weights[1], weights[0], size))
    print(f"\n## A build in which nothing changed\n\n{format_imports(*imports[::-1])}")
    each = weights[1].ours / size
    needless = find_needless(imports[1], imports[0])
    faults = []
    if each > MOST_BYTES:
        faults.append(f"{each:.0f} bytes a post of ours, {MOST_BYTES} at most")
    if needless:
        faults.append(f"{' and '.join(needless)} loaded because of us")
    if imports[1].pages:
        faults.append(f"{imports[1].pages} pages written")
    print(f"\n{'; '.join(faults) if faults else 'All within bounds.'}")
    return not faults


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--posts", type=int, default=1000)
    add("--theme", default="alabaster")
    add("--seed", type=int, default=1)
    add("--pictures", action="store_true", help="a header picture for every post")
    add("--base-url", default="https://example.org/")
    parser.set_defaults(contenders=["base", "leadposts"])
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="leadposts-") as folder:
            is_right = measure(Path(folder).resolve(), options)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
