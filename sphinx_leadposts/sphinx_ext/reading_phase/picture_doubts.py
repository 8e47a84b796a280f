"""Pictures that are shown, though not as their authors may think."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.sphinx_ext.picture_uses import find_picture_uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_leadposts.model.picture import PictureSource
    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.reading_phase.findings import Finding

_VECTOR = "image/svg+xml"


def find_doubtful_pictures(blog: BlogDomain) -> Iterator[Finding]:
    """Yield each picture whose name is wrong, or that hardly any browser shows."""
    told = set()
    for use in find_picture_uses(blog):
        source, path = use.picture.source, use.picture.path
        if source is None or not use.docname or path in told:
            continue
        if message := _doubt(source):
            told.add(path)
            yield (
                use.docname,
                Problem(
                    subtype=Subtype.IMAGE,
                    message=message,
                    args=(path, source.mimetype.removeprefix("image/").upper()),
                    line=use.line,
                ),
            )


def _doubt(source: PictureSource) -> str:
    if source.is_mislabelled:
        return "%s holds a picture in the format %s; give its name that ending"
    if not (source.width and source.height) and source.mimetype != _VECTOR:
        return (
            "%s is in the format %s, which few browsers show; it is used as it is. "
            "Save it as JPEG"
        )
    return ""
