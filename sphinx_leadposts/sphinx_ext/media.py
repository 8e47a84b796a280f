"""Where the pictures of a site may lie."""

from __future__ import annotations

import posixpath
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


def relate(file: Path, srcdir: Path) -> str:
    """Return ``file`` relative to the source folder; it may lie beside it."""
    return posixpath.relpath(file.as_posix(), srcdir.resolve().as_posix())
