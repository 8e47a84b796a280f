"""Pictures that are shown, though not as their authors may think."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.sphinx_ext.picture_uses import find_picture_uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.model.picture import Picture
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.reading_phase.findings import Finding

_VECTOR = "image/svg+xml"


def find_doubtful_pictures(blog: BlogDomain) -> Iterator[Finding]:
    """Yield each picture whose name is wrong, or that hardly any browser shows.

    Those that the configuration names are looked at when it is.
    """
    told = set()
    for use in find_picture_uses(blog):
        path = use.picture.path
        if not use.docname or path in told:
            continue
        if problem := doubt_picture(use.picture, use.line):
            told.add(path)
            yield use.docname, problem


def doubt_picture(picture: Picture, line: int | None) -> Problem | None:
    """Return what is odd about a picture that is named in a line, if anything is."""
    source = picture.source
    if source is None:
        return None
    if not (source.width and source.height) and source.mimetype != _VECTOR:
        message = (
            "%s is in the format %s, which few browsers show; it is used as it is. "
            "Save it as JPEG"
        )
    elif source.is_mislabelled:
        message = "%s holds a picture in the format %s; give its name that ending"
    else:
        return None
    form = source.mimetype.removeprefix("image/").upper()
    return Problem(
        subtype=Subtype.IMAGE, message=message, args=(picture.path, form), line=line
    )
