"""Generated pages as real documents, outside the source tree.

A subclass of Sphinx's project adds documents that lie below the doctree folder to
those that the author wrote, and leaves out the posts that are held back. So generated
pages are found by ``{doc}``, toctrees, search, every builder; and a held-back post is
never read, so nothing can leak it. Nothing is ever written to the source folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.project import Project

from sphinx_leadposts.model.address import find_stand_in
from sphinx_leadposts.reading.scan import ScannedPost
from sphinx_leadposts.sphinx_ext.cache import write_whole
from sphinx_leadposts.sphinx_ext.clock import read_clock

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx.environment import BuildEnvironment
    from sphinx.util._pathlib import _StrPath

#: Sphinx takes no document from a folder of this name (``sphinx.project``), so an
#: output folder inside the source folder does not publish the overlay a second time.
OVERLAY_FOLDER: Final = "_sources"
_SUFFIX: Final = ".md"

#: Given the authors' documents (docname to file), returns the posts among them.
Scanner = Callable[[Mapping[str, Path]], Sequence[ScannedPost]]


class BlogProject(Project):
    """The author's documents and ours.

    :param base: the project whose place this one takes.
    :param root: the folder of the overlay, made when it is needed.
    :param hidden: folders whose documents are never the author's.
    :param scan: finds the posts.
    :param paginate: makes the text of each generated page from the published posts.
    :param moment: that of the build, aware, at which posts are published or not.
    :param shows_drafts: whether all posts are published, whatever they say.
    """

    def __init__(
        self,
        base: Project,
        *,
        root: Path,
        hidden: Iterable[Path],
        scan: Scanner,
        paginate: Callable[[Iterable[ScannedPost]], dict[str, str]],
        moment: datetime,
        shows_drafts: bool,
    ) -> None:
        super().__init__(base.srcdir, base.source_suffix)
        self.restore(base)
        self._root = root
        self._root_prefix = os.path.join(root, "")  # noqa: PTH118 - with its slash
        self._hidden = tuple(hidden)
        self._scan = scan
        self._paginate = paginate
        self._shows_drafts = shows_drafts
        self.moment = moment
        self._overlay: dict[str, Path] = {}
        #: Posts left out of this build.
        self.held_back: dict[str, ScannedPost] = {}
        #: When posts of this build are to be left out, in ISO form.
        self.expiries: list[str] = []
        #: Documents of ours that an author's document stands in for, both docnames.
        self.stand_ins: dict[str, str] = {}

    def __reduce__(self) -> Any:
        """Pickle as a plain project: a site may drop this extension later."""
        plain = Project(self.srcdir, self.source_suffix)
        plain.restore(self)
        return object.__new__, (Project,), vars(plain)

    @property
    def generated(self) -> frozenset[str]:
        """The docnames of the overlay."""
        return frozenset(self._overlay)

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Find the author's documents, leave out what is held back, add ours."""
        self._overlay = {}
        super().discover(exclude_paths, include_paths)
        self._drop(name for name in list(self.docnames) if self._is_hidden(name))
        posts = self._scan(
            {name: Path(self.doc2path(name, absolute=True)) for name in self.docnames}
        )
        self.held_back = {
            post.docname: post
            for post in posts
            if post.is_held_back(self.moment) and not self._shows_drafts
        }
        self._drop(self.held_back)
        published = [p for p in posts if p.docname not in self.held_back]
        self.expiries = [post.expires for post in published if post.expires]
        pages = self._paginate(published)
        self._overlay = self._write_overlay(self._leave_to_author(pages))
        self.docnames.update(self._overlay)
        return self.docnames

    def doc2path(self, docname: str, absolute: bool) -> _StrPath:
        """Return the file of ``docname``; a relative one is as if in the source."""
        path = self._overlay.get(docname)
        if path is None:
            return super().doc2path(docname, absolute)
        # The type that Sphinx promises is private; the source folder has it.
        str_path = type(self.srcdir)
        return str_path(path) if absolute else str_path(docname + _SUFFIX)

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the docname of ``filename``, which may lie in the overlay."""
        # Asked for every file of the source folder: a path object each would be slow.
        if os.fspath(filename).startswith(self._root_prefix):
            path = Path(filename).relative_to(self._root)
            return path.as_posix().removesuffix(_SUFFIX)
        return super().path2doc(filename)

    def _is_hidden(self, docname: str) -> bool:
        path = Path(self.doc2path(docname, absolute=True))
        return any(path.is_relative_to(folder) for folder in self._hidden)

    def _drop(self, docnames: Iterable[str]) -> None:
        for docname in docnames:
            self.docnames.discard(docname)
            self._path_to_docname.pop(self._docname_to_path.pop(docname), None)

    def _leave_to_author(self, pages: Mapping[str, str]) -> dict[str, str]:
        """Return the pages at whose address no document of the author's stands.

        The author's document replaces the whole run: a page of ours with a page number
        goes with the first.
        """
        self.stand_ins = {
            name: stand_in
            for name in pages
            if (stand_in := find_stand_in(name, self.docnames))
        }
        runs = tuple(f"{name.removesuffix('/index')}/page/" for name in self.stand_ins)
        return {
            name: text
            for name, text in pages.items()
            if name not in self.stand_ins and not name.startswith(runs or ("\0",))
        }

    def _write_overlay(self, pages: Mapping[str, str]) -> dict[str, Path]:
        """Bring the files up to date; a file whose text is right is not touched."""
        files = {name: self._root / f"{name}{_SUFFIX}" for name in pages}
        if self._root.is_dir():
            wanted = set(files.values())
            for path in self._root.rglob(f"*{_SUFFIX}"):
                if path not in wanted:
                    path.unlink()
        for name, path in files.items():
            content = pages[name].encode()
            if not path.is_file() or path.read_bytes() != content:
                write_whole(path, content)
        return files


def get_moment(env: BuildEnvironment) -> datetime:
    """Return the moment at which posts were published or held back, aware.

    The clock is not asked again: a post may fall due while others are read.
    """
    project = env.project
    return project.moment if isinstance(project, BlogProject) else read_clock()


def get_held_back(env: BuildEnvironment) -> Mapping[str, ScannedPost]:
    """Return the posts that are left out of this build, by docname."""
    project = env.project
    return project.held_back if isinstance(project, BlogProject) else {}


def get_expiries(env: BuildEnvironment) -> Sequence[str]:
    """Return when posts of this build are to be left out, in ISO form."""
    project = env.project
    return project.expiries if isinstance(project, BlogProject) else ()


def is_generated(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether ``docname`` is a page of ours."""
    project = env.project
    return isinstance(project, BlogProject) and docname in project.generated
