"""What an output still holds of documents that are gone, and how it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_leadposts.sphinx_ext.writing_phase.files import list_page_files, remove_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.builders import Builder

    from sphinx_leadposts.sphinx_ext.writing_phase.ledger import Ledger, PageEntry


def find_gone(builder: Builder, ledger: Ledger) -> Mapping[str, PageEntry]:
    """Return the pages of an earlier build whose documents are gone."""
    docnames = ledger.pages.keys() - builder.env.all_docs.keys()
    return {docname: ledger.pages[docname] for docname in sorted(docnames)}


def remove_pages(builder: Builder, ledger: Ledger) -> None:
    """Remove what was written from posts and generated pages that are gone.

    Never a file that a live document claims.
    """
    ours = {n: page for n, page in find_gone(builder, ledger).items() if page.is_ours}
    docnames = builder.env.all_docs if ours else ()
    claimed = {file for name in docnames for file in list_page_files(builder, name)}
    for docname, page in ours.items():
        for file in set(page.files) - claimed:
            remove_file(Path(builder.outdir, file), Path(builder.outdir))
        doctreedir = Path(builder.doctreedir)
        remove_file(doctreedir / f"{docname}.doctree", doctreedir)


def remove_pictures(builder: Builder, names: Iterable[str]) -> None:
    """Remove pictures from the output, by the names of their files."""
    for name in names:
        path = Path(builder.outdir, builder.imagedir, name)
        remove_file(path, Path(builder.outdir))
