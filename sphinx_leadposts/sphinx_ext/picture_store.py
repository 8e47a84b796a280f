"""The way to the store of pictures, which one build of a site has open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.imaging.store import PictureStore
from sphinx_leadposts.model.picture import Picture
from sphinx_leadposts.reading.media import find_picture, is_url
from sphinx_leadposts.sphinx_ext.cache import get_cache_folder
from sphinx_leadposts.sphinx_ext.media import find_media_roots, relate
from sphinx_leadposts.sphinx_ext.settings import read_config

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_leadposts.model.picture import PictureSource


class StoreDoor:
    """Opens the store once the configuration is known, before anything is read."""

    def __init__(self) -> None:
        self._store: PictureStore | None = None

    @property
    def store(self) -> PictureStore:
        """The store of this build."""
        assert self._store is not None  # noqa: S101 - opened at config-inited
        return self._store

    def open(self, app: Sphinx, config: Config) -> None:
        """Open the store where the site wants it, or else beside the doctrees."""
        folder = read_config(config).cache_dir
        beside = get_cache_folder(app.doctreedir) / "pictures"
        self._store = PictureStore(Path(app.confdir, folder) if folder else beside)

    def inspect(self, path: Path) -> PictureSource:
        """Return what is known of the picture at ``path``.

        :raises PictureUnreadableError: where it is none.
        """
        return self.store.inspect(path)

    def load(self, app: Sphinx, spelling: str) -> Picture:
        """Return the picture that the configuration names.

        :raises PictureNotFoundError: where there is none.
        :raises PictureUnreadableError: where it is no picture.
        """
        if is_url(spelling):
            return Picture(path=spelling)
        file = find_picture(spelling, Path(app.srcdir), find_media_roots(app))
        path = relate(file, Path(app.srcdir))
        return Picture(path=path, source=self.inspect(file))


def setup_picture_store(app: Sphinx) -> StoreDoor:
    """Have the store opened before the first picture is looked at."""
    door = StoreDoor()
    app.connect("config-inited", door.open, priority=405)
    return door
