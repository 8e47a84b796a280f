"""Builds that were cut off while they read, as when the power fails.

Sphinx writes a doctree where the old one lay, and its environment when all are read.
After a build that came no further, doctrees are of that build, if they are whole, and
the environment is of the one before. The next build reads a document again if its
source has changed since; and that is not so where the author, a picture or ``conf.py``
went back to what the environment knows.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.sphinx_ext.cache import get_cache_folder

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Lies in the cache folder from before the first reading until the environment is kept.
_MARK: Final = "reading"
#: The opcode that ends each pickle (``pickletools``).
_STOP: Final = b"."


def _clear_build_info(app: Sphinx) -> None:
    """Remove a file of Sphinx's that was opened and never written.

    ``BuildInfo.load`` looks for its first line.
    """
    path = Path(app.outdir, ".buildinfo")
    if path.is_file() and not path.stat().st_size:
        path.unlink()


def _begin(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    mark = get_cache_folder(env.doctreedir) / _MARK
    # What one build left, a second that is cut off may leave as well.
    if docnames and not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def _end(app: Sphinx, env: BuildEnvironment) -> None:
    (get_cache_folder(env.doctreedir) / _MARK).unlink(missing_ok=True)


def _find_left(
    app: Sphinx,
    env: BuildEnvironment,
    added: Set[str],
    changed: Set[str],
    removed: Set[str],
) -> list[str]:
    """Return the documents whose doctrees were left by a build that was cut off."""
    try:
        began = (get_cache_folder(env.doctreedir) / _MARK).stat().st_mtime_ns
    except OSError:
        return []
    return [name for name in env.all_docs if _is_left(env, name, began)]


def _is_left(env: BuildEnvironment, docname: str, began: int) -> bool:
    """Tell whether a doctree was written since ``began`` (in ns), or not to its end."""
    try:
        with Path(env.doctreedir, f"{docname}.doctree").open("rb") as file:
            if os.fstat(file.fileno()).st_mtime_ns >= began:
                return True
            file.seek(-len(_STOP), os.SEEK_END)
            return file.read() != _STOP
    except OSError:
        # Before the first byte of an empty file there is nothing; a document without
        # a file is read again by Sphinx itself.
        return True


def setup_cut_off(app: Sphinx) -> None:
    """Have documents read again whose doctrees are of a build that was cut off."""
    app.connect("builder-inited", _clear_build_info)
    app.connect("env-get-outdated", _find_left)
    app.connect("env-before-read-docs", _begin)
    # The next event after Builder.build has written the environment.
    app.connect("env-check-consistency", _end, priority=100)
