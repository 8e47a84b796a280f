"""The pictures that registries name, looked at once for each state they are in."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_leadposts.config import PREFIX
from sphinx_leadposts.model.post import Picture
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.reading.media import find_picture, is_url
from sphinx_leadposts.sphinx_ext.media import find_media_roots, relate
from sphinx_leadposts.sphinx_ext.warnings import report_beside

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: What is known of pictures by path: the state of the file, and what was found.
_Cache = dict[str, Any]


def _load_pictures(app: Sphinx, config: Config) -> None:
    """Give each guide of the registry the picture it names; say which cannot be."""
    entries: dict[str, dict[str, Any]] = config[f"{PREFIX}guides"]
    named = {name: entry for name, entry in entries.items() if entry.get("image")}
    if not named:
        return
    file = Path(app.doctreedir, "leadposts", "registry-pictures.json")
    old: _Cache = _load_cache(file)
    new: _Cache = {}
    for name, entry in named.items():
        try:
            entry["picture"] = _find(app, entry["image"], old, new)
        except (LookupError, ValueError, OSError) as error:
            place, _, line = entry["location"].partition(":")
            problem = Problem(
                subtype=Subtype.IMAGE,
                message="leadposts_guides: %s: %s; the guide is shown without it",
                args=(name, error),
                line=int(line) if line else None,
            )
            report_beside(problem, Path(app.confdir, place))
    if new != old:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(new), "utf-8")


def _find(app: Sphinx, src: str, old: _Cache, new: _Cache) -> dict[str, Any]:
    """Return the fields of the picture at ``src``; ``new`` takes what is known of it.

    :raises LookupError: where there is none.
    :raises ValueError: where it is no picture.
    """
    if is_url(src):
        return asdict(Picture(path=src))
    file = find_picture(src, Path(app.srcdir), find_media_roots(app))
    stat = file.stat()
    state = [stat.st_mtime_ns, stat.st_size]
    if (known := old.get(str(file))) and known[0] == state:
        new[str(file)] = known
        fields: dict[str, Any] = known[1]
        return fields
    # Loaded late: a build in which nothing changed must not pay for Pillow.
    from sphinx_leadposts.imaging.source import inspect_picture  # noqa: PLC0415

    found = inspect_picture(file)
    picture = Picture(
        path=relate(file, Path(app.srcdir)),
        name=found.name,
        width=found.width,
        height=found.height,
        mimetype=found.mimetype,
    )
    new[str(file)] = [state, asdict(picture)]
    return asdict(picture)


def _load_cache(path: Path) -> _Cache:
    try:
        cache: _Cache = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return cache


def setup_registry_pictures(app: Sphinx) -> None:
    """Have the pictures looked at after the registries."""
    app.connect("config-inited", _load_pictures, priority=420)
