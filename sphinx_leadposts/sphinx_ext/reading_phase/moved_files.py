"""Documents with a Markdown link to a file that came, or went, since they were read.

MyST looks for the file of a link when it reads the link
(``SphinxRenderer.render_link_unknown``): a document that is not read again links to
nothing, though the file is there by now, or to a document that is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import get_held_back

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.link import Link


def _find_outdated(
    app: Sphinx,
    env: BuildEnvironment,
    added: Set[str],
    changed: Set[str],
    removed: Set[str],
) -> list[str]:
    """Return the documents to read again."""
    blog = get_blog(env)
    # The file of a post that is held back is there as well.
    held_back = set(get_held_back(env))
    came, went = blog.note_held_back(held_back)
    there, gone = added | came, (removed - held_back) | (went - env.found_docs)
    if not (there or gone):
        return []
    return [
        docname
        for docname, record in blog.records.items()
        if docname not in removed
        and any(
            link.target in gone
            if link.kind == "document"
            else _find_file(env, docname, link) in there
            for link in record.links
        )
    ]


def _find_file(env: BuildEnvironment, docname: str, link: Link) -> str | None:
    """Return the document that MyST would link to if its file were there.

    Where it is not, the link was taken for a label, or for an address of the site.
    """
    path = link.target.partition("#")[0]
    is_file = link.kind in {"label", "path"} and path.endswith(
        tuple(env.config.source_suffix)
    )
    return env.path2doc(env.relfn2path(path, docname)[1]) if is_file else None


def setup_moved_files(app: Sphinx) -> None:
    """Have links looked at once it is known which documents there are."""
    app.connect("env-get-outdated", _find_outdated)
