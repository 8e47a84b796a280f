"""The pictures that ``conf.py`` and the registries name."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.config import DRAWN_COVER, PREFIX
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.model.registry import split_location
from sphinx_leadposts.sphinx_ext.reading_phase.picture_doubts import doubt_picture
from sphinx_leadposts.sphinx_ext.warnings import report_beside

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.sphinx_ext.picture_store import StoreDoor


class PictureLoader:
    """Looks at the pictures that the configuration names, and says which cannot be.

    What is found takes its place in the configuration, as plain data: Sphinx keeps
    that between builds.
    """

    def __init__(self, door: StoreDoor) -> None:
        self._door = door

    def load(self, app: Sphinx, config: Config) -> None:
        """Look at the pictures of entries, and at that for posts without one."""
        for kind in ("guides", "tags", "authors"):
            for name, entry in config[f"{PREFIX}{kind}"].items():
                if not entry.get("image"):
                    continue
                place, line = split_location(entry["location"])
                message = f"leadposts_{kind}: {name}: %s; it is shown without a picture"
                picture = self._find(app, entry["image"], message, place, line)
                if picture:
                    entry["picture"] = asdict(picture)
        cover = config[f"{PREFIX}cover"]
        if cover and cover != DRAWN_COVER:
            message = "leadposts_cover: %s; posts without a picture are shown without"
            picture = self._find(app, cover, message, "conf.py", 1)
            config[f"{PREFIX}cover"] = asdict(picture) if picture else ""

    def _find(
        self, app: Sphinx, spelling: str, message: str, place: str, line: int
    ) -> Picture | None:
        picture = None
        problem: Problem | None
        try:
            picture = self._door.load(app, spelling)
            problem = doubt_picture(picture, line)
        except (LookupError, ValueError) as error:
            problem = Problem(
                subtype=Subtype.IMAGE, message=message, args=(error,), line=line
            )
        if problem:
            report_beside(problem, Path(app.confdir, place))
        return picture


def setup_registry_pictures(app: Sphinx, door: StoreDoor) -> None:
    """Have the pictures looked at after the registries."""
    app.connect("config-inited", PictureLoader(door).load, priority=420)
