"""A site that is given one blog after the other, under our extension or without it."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from tests.law.blog import HANDBOOK, Blog, Shot, begin_blog
from tests.law.extension import DeadLinks, upgraded
from tests.law.killing import Phase, build_and_kill
from tests.law.memory import remember_pictures
from tests.law.settings import SPHINX_OWN
from tests.site import VOLATILE, Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BUILDERS: Final = ("html", "dirhtml")
#: If a folder of this name stands beside a house, each house that is built there begins
#: as a copy of the first.
MODELS: Final = "models"

Files = dict[str, bytes]

_OURS: Final = {
    "extensions": ["sphinx_leadposts", "tests.law.extension"],
    "html_extra_path": ["extra"],
    "leadposts_guides": "guides.yaml",
    "leadposts_call_to_action": "calls.yaml",
    "leadposts_tags": "tags.yaml",
    "leadposts_authors": "authors.yaml",
    # Edits at random make no sense of guides, series and tags; what is said of them is
    # tested elsewhere. So it is of pictures that are damaged or not there, of archives
    # that have no pages, of old addresses, and of feeds without an address.
    "suppress_warnings": [
        *("leadposts.guide", "leadposts.further_reading", "leadposts.image"),
        *("leadposts.series", "leadposts.tag", "leadposts.author", "leadposts.title"),
        *("leadposts.redirect", "leadposts.feed"),
        *("leadposts.related", "image.not_readable", "toc.not_readable"),
        *("ref.tag", "ref.author", "ref.category", "ref.series"),
    ],
}
_PLAIN: Final = {
    "extensions": ["myst_parser", "sphinx_design", "tests.law.extension"],
    "html_extra_path": ["extra"],
    "myst_title_to_header": True,
    "suppress_warnings": [
        *("toc", "myst.header", "ref.doc", "myst.xref_missing", "image.not_readable")
    ],
}
#: In 2001: older than any page.
_OLD_S: Final = 1_000_000_000
#: The files beside the pages, by their names; the others are redirects.
_BESIDE: Final = frozenset({"atom.xml", "rss.xml", "feed.json", "leadposts.json"})
#: What the handbook leaves behind.
_LEFT: Final = frozenset(
    {f"{HANDBOOK}.html", f"{HANDBOOK}/index.html", f"_sources/{HANDBOOK}.md.txt"}
)


class House:
    """A site that is given one blog after the other, and builds each warm and cold."""

    def __init__(
        self,
        root: Path,
        *,
        is_plain: bool = False,
        deaths: Counter[str] | None = None,
    ) -> None:
        self.is_plain = is_plain
        self._model = root.parent / MODELS / root.name
        shutil.rmtree(root, ignore_errors=True)
        self._site = Site(root, dict(_PLAIN if is_plain else _OURS), is_silent=True)
        self._blog: Blog | None = None
        self._sources = {"index.md": ""}
        self._pictures: Mapping[str, Shot] = {}
        #: What is not there, and what at some time was not.
        self._gone: frozenset[str] = frozenset()
        self._ever_gone: frozenset[str] = frozenset()
        #: The last cold build of each builder, and the blog it was made of.
        self._cold: dict[str, tuple[Blog | None, Files]] = {}
        #: What builds were at when they were killed.
        self.deaths: Counter[str] = Counter() if deaths is None else deaths

    def receive(self, blog: Blog) -> None:
        """Bring the sources up to date; what is the same is not touched."""
        if not (self._blog and self._blog.settings == blog.settings):
            self._site.configure(
                **{
                    name: value
                    for name, value in blog.settings.items()
                    if not self.is_plain or name in SPHINX_OWN
                }
            )
        sources = blog.write()
        for name in self._sources.keys() - sources.keys():
            (self._site.src / name).unlink()
        for name in self._pictures.keys() - blog.pictures.keys():
            (self._site.src / f"media/{name}.png").unlink()
        for name, shot in blog.pictures.items():
            if self._pictures.get(name) != shot:
                self._put(f"media/{name}.png", shot)
        for name, text in sources.items():
            if self._sources.get(name) != text:
                self._site.write(name, text)
        if blog.lost and self._blog and self._blog.lost != blog.lost:
            self._lose_file(blog.lost)
        self._blog, self._sources, self._pictures = blog, sources, blog.pictures
        self._gone = blog.list_missing()
        self._ever_gone |= self._gone

    def _lose_file(self, number: int) -> None:
        """Remove a file beside the pages from each output."""
        for builder in BUILDERS:
            out = self._site.root / builder
            if files := sorted(path for path in out.rglob("*") if is_beside(path)):
                files[number % len(files)].unlink()

    def _put(self, name: str, shot: Shot) -> None:
        path = self._site.src / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(shot.draw())
        if shot.is_old:
            os.utime(path, (_OLD_S, _OLD_S))

    def move_in(self) -> Blog:
        """Receive the blog as it is before the first step, and build it.

        Or have it as it was built for the first house at this place, times of files
        included, where models are kept.
        """
        blog = begin_blog()
        self.receive(blog)
        if self._model.exists():
            shutil.rmtree(self._site.root)
            shutil.copytree(self._model, self._site.root)
            return blog
        for builder in BUILDERS:
            self.build(builder)
        if self._model.parent.is_dir():
            shutil.copytree(self._site.root, self._model)
        return blog

    def build(self, builder: str, *names: str) -> Files:
        """Build warm, only the pages of ``names`` where there are any."""
        # MyST looks for the files of links when it reads a page, not when they come.
        DeadLinks.expected = self._ever_gone
        files = [self._site.src / name for name in names]
        return self._forget_left(self._build(builder, builder, "doctrees", files))

    def _forget_left(self, built: Files) -> Files:
        """Return the files without what only an author may remove.

        Nobody else removes the page of a document that is none of ours; so neither can
        a redirect come to stand there.
        """
        if f"{HANDBOOK}.md" in self._sources:
            return built
        return {name: content for name, content in built.items() if name not in _LEFT}

    def kill(self, builder: str, moment: int, since: Phase = Phase.STARTING) -> None:
        """Build warm in another process, and kill it at that ``moment``, from 0.

        Moments are counted from when the phase ``since`` has begun.
        Plain Sphinx never sees that a page was left half written; it builds in peace.
        """
        if self.is_plain:
            self.build(builder)
            return
        build = partial(self.build, builder)
        died_at = build_and_kill(build, self._site.root, moment, since=since)
        self.deaths[died_at.name] += 1

    def build_cold(self, builder: str) -> Files:
        """Build as if for the first time."""
        blog, files = self._cold.get(builder, (None, {}))
        if blog is None or blog != self._blog:
            files = self._build_cold(builder)
            self._cold[builder] = self._blog, files
        return files

    def _build_cold(self, builder: str) -> Files:
        DeadLinks.expected = self._gone
        # Sphinx keeps the checksums of static files for as long as Python runs, by
        # path (builders.html._assets): two builders must not use one after the other.
        out, doctrees = f"cold-{builder}", "doctrees-cold"
        for folder in (out, doctrees):
            shutil.rmtree(self._site.root / folder, ignore_errors=True)
        return self._forget_left(self._build(builder, out, doctrees, []))

    def _build(
        self, builder: str, out: str, doctrees: str, files: Sequence[Path]
    ) -> Files:
        assert self._blog is not None
        version = upgraded(self._blog.version)
        place = _at_host(self._blog.host)
        with _on_day(self._blog.day), place, version, remember_pictures():
            build = self._site.build(builder, out=out, doctrees=doctrees, files=files)
        return read_output(build.out)


@contextmanager
def _on_day(day: str) -> Iterator[None]:
    """Have builds take it for noon on ``day``; for today where it is empty."""
    with patch.dict(os.environ):
        os.environ.pop("SOURCE_DATE_EPOCH", None)
        if day:
            noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
            os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
        yield


@contextmanager
def _at_host(address: str) -> Iterator[None]:
    """Have builds find the address at which Read the Docs would put the site."""
    with patch.dict(os.environ):
        os.environ.pop("READTHEDOCS_CANONICAL_URL", None)
        if address:
            os.environ["READTHEDOCS_CANONICAL_URL"] = address
        yield


def is_beside(path: Path) -> bool:
    """Tell whether a file of an output is a feed, a redirect, or data of the blog."""
    if path.suffix == ".html":
        return b'http-equiv="refresh"' in path.read_bytes()
    return path.name in _BESIDE


def read_output(out: Path) -> Files:
    """Return every file of the output that two equal builds have in common."""
    return {
        path.relative_to(out).as_posix(): _normalize(path)
        for path in out.rglob("*")
        if path.is_file()
        and path.name not in VOLATILE
        and ".doctrees" not in path.parts
    }


def find_differences(warm: Files, cold: Files) -> list[str]:
    """Return the files that are not in both, or not the same in both."""
    return sorted(
        name for name in warm.keys() | cold.keys() if warm.get(name) != cold.get(name)
    )


def _normalize(path: Path) -> bytes:
    """Return the bytes of a file; an index without the words of no document.

    ``sphinx.search.IndexBuilder.prune`` leaves those of removed documents.
    """
    content = path.read_bytes()
    if path.name != "searchindex.js":
        return content
    start, end = content.index(b"{"), content.rindex(b"}") + 1
    index = json.loads(content[start:end])
    for table in ("terms", "titleterms"):
        index[table] = {
            word: where for word, where in index[table].items() if where != []
        }
    return json.dumps(index, sort_keys=True, indent=1).encode()
