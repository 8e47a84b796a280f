"""Builds that were cut off in the middle of a file, as when the power fails.

Sphinx writes a doctree where the old one lay. One that is not whole stops the next
build that asks for it, unless the document is read again; and that is not so where the
author, or a picture, went back to what the environment of the build before knows.
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

#: Lies in the cache folder while documents are read.
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
    if docnames:
        mark = get_cache_folder(env.doctreedir) / _MARK
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def _end(app: Sphinx, env: BuildEnvironment) -> list[str]:
    (get_cache_folder(env.doctreedir) / _MARK).unlink(missing_ok=True)
    return []


def _find_torn(
    app: Sphinx,
    env: BuildEnvironment,
    added: Set[str],
    changed: Set[str],
    removed: Set[str],
) -> list[str]:
    """Return the documents whose doctrees are not whole."""
    if not (get_cache_folder(env.doctreedir) / _MARK).exists():
        return []
    return [name for name in env.all_docs if _is_torn(env, name)]


def _is_torn(env: BuildEnvironment, docname: str) -> bool:
    try:
        with Path(env.doctreedir, f"{docname}.doctree").open("rb") as file:
            file.seek(-len(_STOP), os.SEEK_END)
            return file.read() != _STOP
    except OSError:
        # Before the first byte of an empty file there is nothing; a document without
        # a file is read again by Sphinx itself.
        return True


def setup_cut_off(app: Sphinx) -> None:
    """Have documents read again whose doctrees were left in the middle."""
    app.connect("builder-inited", _clear_build_info)
    app.connect("env-get-outdated", _find_torn)
    app.connect("env-before-read-docs", _begin)
    app.connect("env-updated", _end)
