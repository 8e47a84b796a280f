"""What tests say about a site: its files, its builds, its pages."""

from __future__ import annotations

import hashlib
import io
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from PIL import Image
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tests.memory import remember

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.environment import BuildEnvironment

#: Files that plain Sphinx itself writes anew, or that say when they were written.
VOLATILE = {".buildinfo", ".buildinfo.bak", ".leadposts-ledger"}

#: The builders that a site must come out of without a warning.
BUILDERS = [
    *("html", "dirhtml", "singlehtml", "epub", "latex", "text", "man", "texinfo"),
    *("xml", "json", "gettext", "linkcheck", "dummy", "pseudoxml"),
]
#: What a ``conf.py`` says so that none of them has anything to complain of.
FOR_ALL_BUILDERS = {
    "version": "1.0",
    "copyright": "2025, Us",
    "html_baseurl": "https://blog.example.org/",
    "linkcheck_ignore": ["http.*"],
    "man_pages": [("index", "site", "Site", "Us", 1)],
}


@contextmanager
def as_in_a_new_process(folder: Path, *, is_silent: bool = False) -> Iterator[None]:
    """Give a run of Sphinx what it would find in a process of its own.

    All but what is the same in each.
    ``sphinx.locale.init`` keeps the catalog of the first language that is not English.
    """
    locale.translators.clear()
    with patch_docutils(folder), docutils_namespace(), remember(is_silent):
        yield


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One run of Sphinx: its exit code, what it warned of, what it said.

    ``env`` is there where the run was one of this process.
    """

    code: int
    warnings: str
    status: str
    out: Path
    env: BuildEnvironment | None = field(default=None, repr=False, compare=False)

    def edges(self) -> list[tuple[str, str, int | None, str, str]]:
        """Return the edges of the blog: kind, source, line, target, anchor."""
        assert self.env is not None
        return [
            (edge.kind, edge.source, edge.line, edge.target, edge.anchor)
            for edge in self.env.domains["blog"].list_edges()
        ]

    def links(self, docname: str, selector: str) -> list[tuple[str, str]]:
        """Return text and address of the links that ``selector`` finds in a page."""
        found = self.page(docname).select(f"{selector} a[href]")
        return [(link.get_text(), link["href"]) for link in found]

    def page(self, docname: str, suffix: str = ".html") -> BeautifulSoup:
        """Return the page of ``docname``, parsed."""
        return BeautifulSoup(self.read(docname + suffix), "html.parser")

    def read(self, name: str) -> str:
        """Return a file of the output as text."""
        return (self.out / name).read_text("utf-8")

    def has(self, name: str) -> bool:
        """Tell whether the output holds a file."""
        return (self.out / name).exists()

    def tree(self) -> dict[str, str]:
        """Return the digest of every file of the output, without the volatile ones."""
        return {
            path.relative_to(self.out).as_posix(): hash_bytes(path.read_bytes())
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
            and path.name not in VOLATILE
            and ".doctrees" not in path.parts
        }

    def times(self) -> dict[str, int]:
        """Return when each page was written; the search page is always written."""
        return {
            path.relative_to(self.out).as_posix(): path.stat().st_mtime_ns
            for path in self.out.rglob("*.html")
            if path.name not in {"search.html", "genindex.html"}
        }


@dataclass
class Site:
    """A source folder, and how it is built."""

    root: Path
    conf: dict[str, object] = field(default_factory=dict)
    #: Nobody asks what its builds say, but for warnings.
    is_silent: bool = False

    def __post_init__(self) -> None:
        self.src.mkdir(parents=True, exist_ok=True)
        self.write("index.md", "# Home\n\nWelcome.\n")
        self.configure()

    @property
    def src(self) -> Path:
        """The source folder."""
        return self.root / "src"

    def configure(self, **values: object) -> None:
        """Write ``conf.py`` with ``values`` added."""
        self.conf |= values
        settings = {
            "project": "Site",
            "extensions": ["sphinx_leadposts"],
            "html_theme": "alabaster",
            **self.conf,
        }
        text = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
        self.write("conf.py", text)

    def write(self, name: str, text: str) -> Path:
        """Write a source file, and make sure that its time differs."""
        path = self.src / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.stat().st_mtime_ns if path.exists() else 0
        path.write_text(text, "utf-8")
        # Sphinx compares whole microseconds (sphinx.util.osutil._last_modified_time).
        if path.stat().st_mtime_ns // 1000 <= before // 1000:
            os.utime(path, ns=(before + 1_000_000, before + 1_000_000))
        return path

    def post(self, name: str, body: str = "Some text.\n", **keys: object) -> Path:
        """Write a post ``posts/<name>.md``; keys are written as they are given."""
        head = {
            "title": f"Post {name}",
            "date": "2025-05-08",
            "tags": "[post]",
            **keys,
        }
        lines = [f"{key}: {value}" for key, value in head.items() if value is not None]
        text = "\n".join(["---", *lines, "---", "", body])
        return self.write(f"posts/{name}.md", text)

    def picture(
        self, name: str, color: str = "teal", size: tuple[int, int] = (64, 36)
    ) -> Path:
        """Draw a picture of one colour."""
        path = self.src / name
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = io.BytesIO()
        Image.new("RGB", size, color).save(stream, "PNG")
        path.write_bytes(stream.getvalue())
        return path

    def build(
        self,
        builder: str = "html",
        *,
        out: str | None = None,
        doctrees: str | None = None,
        jobs: int = 1,
        files: Sequence[Path] = (),
        warns: Sequence[str] = (),
        overrides: Mapping[str, object] | None = None,
    ) -> Build:
        """Build, and fail unless the warnings are ``warns``, each a regular expression.

        Each expression must match one warning, and each warning be matched by one.
        """
        folder = self.root / (out or builder)
        status, warning = io.StringIO(), io.StringIO()
        with as_in_a_new_process(self.src, is_silent=self.is_silent):
            app = Sphinx(
                srcdir=self.src,
                confdir=self.src,
                outdir=folder,
                doctreedir=self.root / (doctrees or f"doctrees-{folder.name}"),
                buildername=builder,
                status=status,
                warning=warning,
                parallel=jobs,
                confoverrides=dict(overrides or {}),
            )
            app.build(filenames=list(files))
        text = re.sub("\x1b\\[[0-9;]*m", "", warning.getvalue())
        check_warnings(text, warns)
        return Build(
            code=app.statuscode,
            warnings=text,
            status=status.getvalue(),
            out=folder,
            env=app.env,
        )


def check_warnings(text: str, expected: Sequence[str]) -> None:
    """Fail unless the warnings in ``text`` are those expected, one by one."""
    lines = [line for line in text.splitlines() if line.strip()]
    for pattern in expected:
        matching = [line for line in lines if re.search(pattern, line)]
        assert matching, f"no warning matches {pattern!r} among:\n{text}"
        lines.remove(matching[0])
    assert not lines, "unexpected warnings:\n" + "\n".join(lines)


def hash_bytes(content: bytes) -> str:
    """Return a short digest of ``content``."""
    return hashlib.sha256(content).hexdigest()[:16]
