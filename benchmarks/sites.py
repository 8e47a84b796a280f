"""The folder of one contender: its sources, and what is built from them."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from contenders import Contender
    from corpus import Post

#: Pages that plain Sphinx writes in every build.
_ALWAYS_WRITTEN: Final = frozenset({"genindex.html", "search.html"})
#: Later than any clock ticks of a file system, so that an edit is seen as one.
_MTIME_STEP_NS: Final = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The sources and the output of one contender."""

    folder: Path
    contender: Contender
    conf: str
    #: Where the pictures of all posts lie, drawn once for all contenders.
    media: Path

    @property
    def source(self) -> Path:
        """The source folder."""
        return self.folder / "src"

    @property
    def output(self) -> Path:
        """The output folder, with the doctrees in it."""
        return self.folder / "out"

    def start_afresh(self, posts: Sequence[Post]) -> None:
        """Write the sources as they were at first, and remove what was built."""
        self.clear()
        (self.source / "posts").mkdir(parents=True)
        (self.source / "conf.py").write_text(self.conf, encoding="utf-8")
        index = self.source / "index.md"
        index.write_text(self.contender.index, encoding="utf-8")
        for post in posts:
            self.write_post(post)

    def clear(self) -> None:
        """Remove sources and output."""
        for folder in (self.source, self.output):
            if folder.exists():
                shutil.rmtree(folder)

    def write_post(self, post: Post) -> None:
        """Write a post, new or edited, with a modification time of its own."""
        path = self.source / "posts" / f"{post.name}.md"
        text = self.contender.write_source(post)
        before = path.stat().st_mtime_ns if path.exists() else None
        if before is not None and path.read_text(encoding="utf-8") == text:
            message = f"the edit of {path.name} changes nothing"
            raise ValueError(message)
        path.write_text(text, encoding="utf-8")
        if before is not None:
            mtime = max(time.time_ns(), before + _MTIME_STEP_NS)
            os.utime(path, ns=(mtime, mtime))
        if post.picture:
            copy = self.source / "media" / post.picture
            if not copy.exists():
                copy.parent.mkdir(exist_ok=True)
                shutil.copy2(self.media / post.picture, copy)

    def save(self) -> None:
        """Remember sources and output as they are now."""
        saved = self.folder / "saved"
        shutil.copytree(self.source, saved / "src")
        shutil.copytree(self.output, saved / "out")

    def restore(self) -> None:
        """Return to what was saved, modification times included."""
        saved = self.folder / "saved"
        self.clear()
        shutil.copytree(saved / "src", self.source)
        shutil.copytree(saved / "out", self.output)

    def list_pages(self) -> dict[str, int]:
        """Return the pages below the output folder, and when they were written (ns)."""
        return {name: path.stat().st_mtime_ns for name, path in self._find_pages()}

    def digest_pages(self) -> dict[str, str]:
        """Return the pages below the output folder with digests of their bytes."""
        return {
            name: hashlib.sha256(path.read_bytes()).hexdigest()
            for name, path in self._find_pages()
        }

    def _find_pages(self) -> Iterator[tuple[str, Path]]:
        """Yield the pages with their paths, without those always written."""
        for path in self.output.rglob("*.html"):
            if path.name not in _ALWAYS_WRITTEN:
                yield path.relative_to(self.output).as_posix(), path
