"""The pictures in the text of a post, marked for what is made of them later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.imaging.picture import PictureUnreadableError
from sphinx_leadposts.model.picture import Picture
from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.sphinx_ext.nodes import PICTURE_KEY
from sphinx_leadposts.sphinx_ext.reading_phase.lines import find_line
from sphinx_leadposts.sphinx_ext.warnings import report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.picture import PictureSource


def mark_pictures(
    env: BuildEnvironment,
    images: Iterable[nodes.image],
    inspect: Callable[[Path], PictureSource],
) -> tuple[tuple[Picture, int | None], ...]:
    """Write into each image what is known of its file; return that, with lines.

    After Sphinx's ``ImageCollector``, which chooses between files of several languages
    and formats. Vector graphics, and what is not decoded, are left to Sphinx.
    """
    found = []
    for image in images:
        candidates: dict[str, str] = image.get("candidates", {})
        path = candidates.get("*", "")
        # Sphinx has said so where there is no such file.
        if not path or "://" in path or not Path(env.srcdir, path).is_file():
            continue
        line = find_line(image)
        try:
            source = inspect(Path(env.srcdir, path).resolve())
        except PictureUnreadableError as error:
            problem = Problem(
                subtype=Subtype.IMAGE,
                message="%s; it is given out as it is. Put a sound file in its place",
                args=(error,),
                line=line,
            )
            report(problem, env.current_document.docname)
            continue
        picture = Picture(path=path, source=source, alt=image.get("alt", ""))
        if source.mimetype != "image/svg+xml":
            found.append((picture, line))
            if source.width and source.height:
                image[PICTURE_KEY] = picture
    return tuple(found)
