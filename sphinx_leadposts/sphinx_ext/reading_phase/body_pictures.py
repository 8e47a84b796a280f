"""The pictures in the text of a post, marked for what is made of them later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.imaging.picture import PictureUnreadableError
from sphinx_leadposts.model.picture import Picture
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.reading.media import is_inside
from sphinx_leadposts.sphinx_ext.nodes import PICTURE_KEY
from sphinx_leadposts.sphinx_ext.reading_phase.lines import find_line
from sphinx_leadposts.sphinx_ext.warnings import report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.sphinx_ext.reading_phase.sources import CurrentSource


def mark_pictures(
    env: BuildEnvironment, images: Iterable[nodes.image], current: CurrentSource
) -> tuple[tuple[Picture, int | None], ...]:
    """Write into each image what is known of its file; return that, with lines.

    After Sphinx's ``ImageCollector``, which chooses between files of several languages
    and formats. Vector graphics, what is not decoded, and what lies where no picture of
    the site does, are left to Sphinx.
    """
    found = []
    for image in images:
        candidates: dict[str, str] = image.get("candidates", {})
        path = candidates.get("*", "")
        # Sphinx has said so where there is nothing to be read.
        if not path or path not in env.images:
            continue
        line = find_line(image)
        file = Path(env.srcdir, path).resolve()
        advice = "Put a sound file in its place"
        try:
            if not is_inside(file, current.roots):
                advice = "Name its folder in leadposts_media_dirs"
                message = f"the picture {path!r} lies outside the source folder"
                raise PictureUnreadableError(message)
            source = current.inspect(file)
        except PictureUnreadableError as error:
            _report(env, line, error, advice)
            if not file.is_file():
                # Sphinx copies no picture that it takes for one elsewhere.
                image["candidates"] = {"?": path}
            continue
        picture = Picture(path=path, source=source, alt=image.get("alt", ""))
        if source.mimetype != "image/svg+xml":
            found.append((picture, line))
            if source.width and source.height:
                image[PICTURE_KEY] = picture
    return tuple(found)


def _report(
    env: BuildEnvironment, line: int | None, error: PictureUnreadableError, advice: str
) -> None:
    problem = Problem(
        subtype=Subtype.IMAGE,
        message="%s; nothing is made of it. %s",
        args=(error, advice),
        line=line,
    )
    report(problem, env.current_document.docname)
    # What takes its place may be older than this reading.
    env.note_reread()
