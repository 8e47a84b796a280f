"""Documents whose pictures are not the ones that were read.

Sphinx compares the times of the files that a document depends on. That misses a file
which is older than the one it takes the place of (``cp -p``, ``git stash``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.imaging.picture import PictureUnreadableError
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.picture_uses import list_read_pictures

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.sphinx_ext.picture_store import StoreDoor


class ChangeFinder:
    """Compares the pictures that were read with the files that are there now."""

    def __init__(self, door: StoreDoor) -> None:
        self._door = door

    def find_outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: Set[str],
        changed: Set[str],
        removed: Set[str],
    ) -> list[str]:
        """Return the documents to read again."""
        known = env.all_docs.keys() - changed - removed
        return [
            docname
            for docname in sorted(known)
            for picture in list_read_pictures(get_blog(env), docname)
            if not self._is_same(Path(app.srcdir, picture.path), picture)
        ]

    def _is_same(self, path: Path, picture: Picture) -> bool:
        if picture.source is None:
            return True
        try:
            return self._door.inspect(path.resolve()).digest == picture.source.digest
        except PictureUnreadableError:
            return False


def setup_changed_pictures(app: Sphinx, door: StoreDoor) -> None:
    """Have pictures compared after Sphinx has compared times."""
    app.connect("env-get-outdated", ChangeFinder(door).find_outdated)
