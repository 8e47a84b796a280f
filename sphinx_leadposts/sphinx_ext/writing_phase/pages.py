"""Which pages are written again, and which files go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.links import SINGLE_FILE_BUILDERS
from sphinx_leadposts.sphinx_ext.writing_phase.files import list_page_files
from sphinx_leadposts.sphinx_ext.writing_phase.freshness import (
    State,
    describe_options,
    digest_pages,
    digest_state,
)
from sphinx_leadposts.sphinx_ext.writing_phase.html import hash_templates
from sphinx_leadposts.sphinx_ext.writing_phase.ledger import (
    Ledger,
    PageEntry,
    open_ledger,
)
from sphinx_leadposts.sphinx_ext.writing_phase.leftovers import (
    remove_pages,
    remove_pictures,
)
from sphinx_leadposts.sphinx_ext.writing_phase.page_pictures import (
    list_body_pictures,
    place_pictures,
)
from sphinx_leadposts.sphinx_ext.writing_phase.publisher import Publisher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.sphinx_ext.domain import BlogDomain
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery
    from sphinx_leadposts.sphinx_ext.writing_phase.ledger import LedgerFile


class PageKeeper:
    """Keeps the ledger of one build of one application."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._ledger = Ledger()
        self._file: LedgerFile | None = None
        self._options = ""
        self._state = State(whole="", public="")
        self._digests: dict[str, str] | None = None
        self._written: dict[str, tuple[str, ...]] = {}
        self._has_read = False

    def note_reading(
        self, app: Sphinx, env: BuildEnvironment, docnames: list[str]
    ) -> None:
        """Take notice of whether documents are about to be read."""
        self._has_read = bool(docnames)

    def list_stale_pages(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages that would come out other than they lie in the output.

        Sphinx saves its environment next (``Builder.build``): what is written of the
        documents that were read is not asked for a second time.
        """
        stale = self._find_stale_pages(app, env)
        if stale or self._has_read:
            self._announce(app.builder)
        return stale

    def _find_stale_pages(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        self._written = {}
        self._digests = None
        self._file = open_ledger(app.builder)
        if self._file is None:
            return []
        self._ledger = self._file.saved
        templates = hash_templates(Path(app.confdir), app.config.templates_path)
        self._options = describe_options(app.config, templates)
        self._state = digest_state(env, self._options)
        if self._ledger.is_finished and self._ledger.state == self._state.whole:
            return []
        kept = dict(self._list_kept(get_blog(env)))
        self._digests = digest_pages(app.builder, self._options, kept)
        return sorted(self._list_stale())

    def remove_leftovers(self, app: Sphinx, builder: Builder) -> None:
        """Remove what this output holds of posts and generated pages that are gone."""
        remove_pages(builder, self._ledger)

    def remove_old_pictures(self, app: Sphinx) -> list[Any]:
        """Remove pictures that no page of this output shows any more.

        When all pages are written, and before pictures are copied and books packed.
        Returns no page to make.
        """
        builder = app.builder
        pages = {
            name: page.pictures
            for name, page in self._ledger.pages.items()
            if name in builder.env.all_docs
        } | self._written
        live = {name for names in pages.values() for name in names}
        live |= {n for names in list_body_pictures(builder.env).values() for n in names}
        known = self._ledger.list_pictures()
        remove_pictures(builder, known - live)
        if self._file and self._written and not live <= known:
            # Should the build be cut off now, it must be known which were copied.
            self._file.save(replace(self._update(builder), is_finished=False))
        return []

    def note_page(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Take notice of a page that is about to be written, and of its pictures."""
        is_whole = app.builder.name in SINGLE_FILE_BUILDERS
        blog = get_blog(app.env)
        record = blog.find_record(docname)
        asks = is_whole or bool(blog.list_parts(docname) or record.pictures)
        names = place_pictures(self._gallery, app, doctree, docname) if asks else set()
        if self._file is None:
            return
        self._announce(app.builder)
        self._written[docname] = tuple(sorted(names))

    def finish(self, app: Sphinx, error: Exception | None) -> None:
        """Enter what was written."""
        if error is not None or self._file is None:
            return
        publisher = Publisher(self._gallery, self._file, self._ledger)
        ledger = publisher.publish(
            app.builder,
            self._update(app.builder),
            self._state,
            has_written=bool(self._written),
        )
        if ledger != self._file.saved or not self._file.is_whole:
            self._file.save(ledger)

    def _announce(self, builder: Builder) -> None:
        """Say in the file that pages are being written, should the build be cut off."""
        # Once a build: what the file says is then no longer what was found in it.
        if self._file is not None and self._file.saved is self._ledger:
            self._file.save(self._plan(builder))

    def _plan(self, builder: Builder) -> Ledger:
        """Return the ledger while pages are written: which of them may be there."""
        blog = get_blog(builder.env)
        new = (blog.posts.keys() | blog.generated) - self._ledger.pages.keys()
        pages = {
            name: PageEntry(
                digest="", files=tuple(list_page_files(builder, name)), is_ours=True
            )
            for name in new
        }
        pages.update(self._ledger.pages)
        return replace(self._ledger, pages=pages, is_finished=False)

    def _list_kept(self, blog: BlogDomain) -> Iterator[tuple[str, str]]:
        """Yield the digests of pages that are as they were, and need no look."""
        ledger = self._ledger
        if ledger.is_finished and ledger.public == self._state.public:
            for docname, page in ledger.pages.items():
                if page.digest and page.own == blog.digest_own(docname):
                    yield docname, page.digest

    def _list_stale(self) -> Iterator[str]:
        for docname, digest in (self._digests or {}).items():
            known = self._ledger.pages.get(docname)
            if not self._ledger.is_finished or known is None or known.digest != digest:
                yield docname

    def _update(self, builder: Builder) -> Ledger:
        """Return the ledger with what was written."""
        env = builder.env
        if not self._written and self._digests is None:
            return self._ledger
        digests = self._digests or digest_pages(builder, self._options, {})
        blog = get_blog(env)
        pages = {n: p for n, p in self._ledger.pages.items() if n in env.all_docs}
        in_bodies = list_body_pictures(env)
        for docname, pictures in self._written.items():
            if docname in digests:
                is_ours = docname in blog.posts or docname in blog.generated
                # Those in the body of a post go with it, too.
                others = in_bodies.get(docname, ()) if is_ours else ()
                is_sure = self._gallery.unsure.isdisjoint(pictures)
                pages[docname] = PageEntry(
                    digest=digests[docname] if is_sure else "",
                    own=blog.digest_own(docname),
                    files=tuple(list_page_files(builder, docname)),
                    pictures=tuple(sorted({*pictures, *others})),
                    is_ours=is_ours,
                )
        is_fresh = all(
            name in pages and pages[name].digest == digest
            for name, digest in digests.items()
        )
        # Pages of a build that was cut off stay suspect until they are all written.
        is_finished = self._ledger.is_finished or set(digests) <= set(self._written)
        return Ledger(
            pages=pages,
            state=self._state.whole if is_fresh and is_finished else "",
            public=self._state.public if is_fresh and is_finished else "",
            is_finished=is_finished,
            published=self._ledger.published,
            published_state=self._ledger.published_state,
        )


def setup_pages(app: Sphinx, gallery: Gallery) -> None:
    """Connect the ledger to the build."""
    keeper = PageKeeper(gallery)
    # Only builders of HTML emit it.
    app.connect("html-collect-pages", keeper.remove_old_pictures)
    app.connect("env-before-read-docs", keeper.note_reading)
    app.connect("env-get-updated", keeper.list_stale_pages)
    app.connect("write-started", keeper.remove_leftovers)
    app.connect("doctree-resolved", keeper.note_page)
    app.connect("build-finished", keeper.finish)
