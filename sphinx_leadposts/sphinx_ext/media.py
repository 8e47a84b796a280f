"""Where the pictures of a site may lie."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.reading.media import MediaRoots
from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def find_media_roots(app: Sphinx) -> MediaRoots:
    """Return the folders in which pictures are looked up, in order."""
    names = [
        *read_config(app.config).media_dirs,
        *app.config.html_extra_path,
        *app.config.html_static_path,
    ]
    folders = [Path(app.confdir, name) for name in names]
    return MediaRoots(
        source=Path(app.srcdir), others=[f for f in folders if f.is_dir()]
    )


def find_document_roots(app: Sphinx, docname: str) -> MediaRoots:
    """Return the folders in which pictures of one document may lie."""
    folder = Path(app.env.doc2path(docname)).parent
    reached = [*_find_linked(folder, Path(app.srcdir)), *_find_outputs(app)]
    return replace(find_media_roots(app), reached=reached)


def _find_outputs(app: Sphinx) -> list[Path]:
    """Return where MyST-NB puts the pictures that notebooks draw.

    That is beside the output folder (``myst_nb.sphinx_ext.create_mystnb_config``).
    """
    if "myst_nb" not in app.extensions:
        return []
    # Nothing, and not the working directory, where the name is another one some day.
    folder = getattr(getattr(app.env, "mystnb_config", None), "output_folder", "")
    return [Path(folder)] if folder else []


def _find_linked(folder: Path, srcdir: Path) -> list[Path]:
    """Return where links on the way from the source folder to ``folder`` lead.

    Sphinx found a document behind them, so they are meant. But a link to a folder that
    the site itself lies in leads to whatever else is there.
    """
    links = [p for p in (folder, *folder.parents) if srcdir in p.parents]
    targets = [link.resolve() for link in links if link.is_symlink()]
    return [target for target in targets if not srcdir.is_relative_to(target)]


def relate(file: Path, srcdir: Path) -> str:
    """Return ``file`` relative to the source folder; it may lie beside it."""
    return posixpath.relpath(file.as_posix(), srcdir.resolve().as_posix())
