"""Messages of others that are no defects in a blog.

MyST warns of a document whose first heading is not of the first level, while it is
being rendered, and its own ``suppress_warnings`` in a front matter has no effect under
Sphinx. For posts that is how they are written; for all other documents the warning
stays, which a value in ``suppress_warnings`` could not tell apart.
"""

from __future__ import annotations

import logging
import weakref
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.sphinx_ext.reading_phase.overlay import get_held_back
from sphinx_leadposts.sphinx_ext.reading_phase.sources import get_current_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

#: The loggers below Sphinx's root that speak while a document is read.
_SPEAKERS: Final = (
    "sphinx.myst_parser.warnings_",
    "sphinx.sphinx.directives.other",
    "sphinx.sphinx.environment.adapters.toctree",
)


class Silencer(logging.Filter):
    """Drops the records that ``is_harmless`` recognises."""

    def __init__(self, is_harmless: Callable[[logging.LogRecord], bool]) -> None:
        super().__init__()
        self._is_harmless = is_harmless

    def filter(self, record: logging.LogRecord) -> bool:
        """Let through what is not harmless."""
        return not self._is_harmless(record)


def _install(app: Sphinx) -> None:
    site = weakref.ref(app)

    def is_harmless(record: logging.LogRecord) -> bool:
        app = site()
        if app is None:
            return False
        kind = (getattr(record, "type", None), getattr(record, "subtype", None))
        if kind == ("myst", "header"):
            current = get_current_source(app.env)
            return current is not None and current.source.is_post
        if kind[0] == "toc" and record.args:
            name = record.args[0] if isinstance(record.args, tuple) else None
            return name in get_held_back(app.env)
        return False

    silencer = Silencer(is_harmless)
    for name in _SPEAKERS:
        logging.getLogger(name).addFilter(silencer)

    # Ctrl-C ends a build without an event (``Sphinx.build`` catches ``Exception``), and
    # in the server of an editor the loggers outlive it.
    remove = weakref.finalize(app, _remove, silencer)
    app.connect("build-finished", lambda _app, _error: remove())


def _remove(silencer: Silencer) -> None:
    for name in _SPEAKERS:
        logging.getLogger(name).removeFilter(silencer)


def setup_silence(app: Sphinx) -> None:
    """Have the filter in place from the first document to the end of the build."""
    app.connect("builder-inited", _install)
