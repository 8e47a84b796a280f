"""The garbage collector is kept from what a build loads, which is there to stay.

A build begins by loading the environment of the one before it: some hundred objects for
each document, none of them garbage. Python's collector looks at all of them again and
again while they arrive, and once more whenever a few documents are read: on 1,000 posts
that is a fifth of a build in which nothing changed.

A build that reads many documents has the opposite trouble. Sphinx holds the tree of
each from when it is read until its page is written
(``BuildEnvironment._write_doc_doctree_cache``). While they come, Python looks at all of
them again and again, since there are so many new objects; when their pages are
written, and each is garbage, it does not look at all, since there are few new ones. So
old objects are looked at when all is read and when parts of it are written, and at no
other time.

Where documents are read by several processes, each sends all that it knows once for a
few of them (``Builder._read_parallel``), and that is garbage once it is merged. So old
objects are looked at when parts are merged, too.
"""

from __future__ import annotations

import atexit
import gc
import sys
import weakref
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: After so many new objects it collects all the same. It is not switched off: in a
#: process that goes on after a failure, nobody would switch it on again.
_RARELY: Final = 1_000_000
#: To read so few documents leaves so little that it need not be looked at.
_FEW: Final = 20
#: The trees of so many documents, at some 100 kB each, are a burden. In a smaller site
#: a look at all objects costs more than it is worth: a twentieth of a second.
_BURDEN: Final = 200
#: What is merged, and the trees of pages that are written, go in so many parts. Each
#: takes a look at all that is left; with one look, half as much memory is saved as with
#: three.
_PARTS: Final = 4
#: Sphinx with all that a site may import is some 300,000 blocks of memory. If there are
#: so many before an environment is loaded, the process has built before.
_MANY: Final = 2_000_000


class Collector:
    """Python's garbage collector during one build."""

    def __init__(self) -> None:
        self._thresholds: tuple[int, int, int] | None = None
        self._is_frozen = False
        # So many documents are merged, or pages written, between two looks at old
        # objects; 0: Python decides.
        self._part = 0
        self._done = 0

    def pause(self, app: Sphinx) -> None:
        """Hardly collect until the environment is loaded."""
        thresholds = gc.get_threshold()
        # A build that failed in this process may not be gone yet.
        if gc.isenabled() and _RARELY not in thresholds:
            self._thresholds = thresholds
            gc.set_threshold(_RARELY, *thresholds[1:])
            # Where Sphinx fails before it reads, no event says so.
            weakref.finalize(app, self._resume)

    def ask(self, _app: Sphinx, config: Config) -> None:
        """Go on as Python has it, if the site wants that; else clear up once.

        What was frozen and is garbage by now, as the environment of the build before in
        the server of an editor, comes to the oldest generation without being counted:
        Python would see no reason to look at it.
        """
        if not read_config(config).spare_loaded:
            self._resume()
        elif sys.getallocatedblocks() > _MANY:
            gc.collect()

    def freeze(
        self, _app: Sphinx, _env: BuildEnvironment, docnames: Sequence[str]
    ) -> None:
        """Never look at what is there by now; collect again if much is to be read.

        What is young then. The old objects are trees, and hardly any is garbage yet.
        """
        if self._thresholds:
            gc.freeze()
            self._is_frozen = True
            if len(docnames) > _BURDEN:
                gc.set_threshold(*self._thresholds[:2], _RARELY)
                self._part = -(-len(docnames) // _PARTS)
                self._done = 0
            elif len(docnames) > _FEW:
                self._resume()

    def resume(self, _app: Sphinx, _builder: Builder) -> None:
        """Collect again, if it was not begun before: many pages may be written."""
        if not self._part:
            self._resume()

    def clear_up(self, _app: Sphinx, _env: BuildEnvironment) -> None:
        """Let go of what reading many documents left, before more is made."""
        if self._part:
            self._look()

    def clear_merged(
        self,
        _app: Sphinx,
        _env: BuildEnvironment,
        docnames: Sequence[str],
        _other: BuildEnvironment,
    ) -> None:
        """Let go of what workers sent and was merged, once it is much."""
        self._count(len(docnames))

    def clear_trees(
        self, _app: Sphinx, _doctree: nodes.document, _docname: str
    ) -> None:
        """Let go of the trees of pages that are written, once they are many."""
        self._count(1)

    def spare(self, app: Sphinx, _error: Exception | None) -> None:
        """Look at nothing any more that was there before the last files are written.

        Much is made for them at once, and all that the build knows would be looked at.
        """
        if read_config(app.config).spare_loaded:
            gc.freeze()
            self._is_frozen = True

    def release(self, app: Sphinx, _error: Exception | None) -> None:
        """Leave everything as it was before the build.

        If the process ends now, all of its memory goes with it: the interpreter need
        not look for garbage once more.
        """
        self._resume()
        # What others have frozen is none of ours.
        if self._is_frozen:
            gc.unfreeze()
            self._is_frozen = False
        if read_config(app.config).spare_loaded:
            # Several builds in one process ask for the same.
            atexit.unregister(gc.freeze)
            atexit.register(gc.freeze)

    def _count(self, documents: int) -> None:
        self._done += documents
        if 0 < self._part <= self._done:
            self._look()

    def _look(self) -> None:
        gc.collect()
        self._done = 0

    def _resume(self) -> None:
        if self._thresholds:
            gc.set_threshold(*self._thresholds)
            self._thresholds = None
            self._part = 0


def setup_garbage(app: Sphinx) -> None:
    """Have the collector pause until documents are read."""
    collector = Collector()
    collector.pause(app)
    # After the values are checked, before the environment is loaded.
    app.connect("config-inited", collector.ask, priority=960)
    app.connect("env-before-read-docs", collector.freeze)
    app.connect("env-merge-info", collector.clear_merged)
    app.connect("env-updated", collector.clear_up, priority=100)
    app.connect("write-started", collector.resume)
    app.connect("doctree-resolved", collector.clear_trees)
    app.connect("build-finished", collector.spare, priority=100)
    app.connect("build-finished", collector.release, priority=900)
