"""Files of an output folder: which a page has, and how one is taken away."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders import Builder


def name_page(builder: Any, docname: str) -> str:
    """Return the file of the page of ``docname``, relative to the output folder.

    :param builder: one that has ``get_outfilename``, as those of HTML do.
    """
    # Not by pathlib: all pages are named in every build that publishes something.
    path = str(builder.get_outfilename(docname))
    return path.removeprefix(f"{builder.outdir}{os.sep}").replace(os.sep, "/")


def list_page_files(builder: Builder, docname: str) -> Iterator[str]:
    """Yield the files of ``docname`` in the output, relative to its folder."""
    if hasattr(builder, "get_outfilename"):
        yield name_page(builder, docname)
        if getattr(builder, "copysource", False):
            # As StandaloneHTMLBuilder.get_doc_context names the copy.
            source = str(builder.env.doc2path(docname, base=False))
            suffix = builder.config.html_sourcelink_suffix
            yield f"_sources/{source.removesuffix(suffix)}{suffix}"
    else:
        yield f"{docname}{getattr(builder, 'out_suffix', '')}"


def remove_file(path: Path, root: Path) -> None:
    """Remove the file, and the folders up to ``root`` that are empty then.

    Never what lies elsewhere: the ledger that names it stands in the output, where
    others can write.
    """
    if not Path(os.path.normpath(path)).is_relative_to(root):
        return
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()
