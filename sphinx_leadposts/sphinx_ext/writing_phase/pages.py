"""Which pages are written again, which files go, and what the build says at its end."""

from __future__ import annotations

import hashlib
import os
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.links import SINGLE_FILE_BUILDERS
from sphinx_leadposts.sphinx_ext.nodes import block
from sphinx_leadposts.sphinx_ext.reading_phase.discovery import (
    get_cache_folder,
    read_clock,
)
from sphinx_leadposts.sphinx_ext.reading_phase.overlay import get_held_back
from sphinx_leadposts.sphinx_ext.warnings import note
from sphinx_leadposts.sphinx_ext.writing_phase.freshness import (
    describe_options,
    digest_pages,
    digest_state,
)
from sphinx_leadposts.sphinx_ext.writing_phase.html import get_pictures, hash_templates
from sphinx_leadposts.sphinx_ext.writing_phase.ledger import (
    FILE_NAME,
    Ledger,
    PageEntry,
    load_ledger,
    save_ledger,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_leadposts.model.post import Picture
    from sphinx_leadposts.reading.scan import ScannedPost

#: Builders that write no page for a document, or all of them every time.
_WITHOUT_LEDGER: Final = (*SINGLE_FILE_BUILDERS, "dummy", "gettext", "linkcheck")


class PageKeeper:
    """Keeps the ledger of one build of one application."""

    def __init__(self) -> None:
        self._ledger = Ledger()
        self._path: Path | None = None
        self._options = ""
        self._state = ""
        self._digests: dict[str, str] | None = None
        self._written: dict[str, tuple[str, ...]] = {}

    def list_stale_pages(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages that would come out other than they lie in the output."""
        self._written = {}
        self._digests = None
        self._path = _locate_ledger(app.builder)
        if self._path is None:
            return []
        self._ledger = load_ledger(self._path)
        templates = hash_templates(Path(app.confdir), app.config.templates_path)
        self._options = describe_options(app.config, templates)
        self._state = digest_state(env, self._options)
        if self._ledger.is_finished and self._ledger.state == self._state:
            return []
        self._digests = digest_pages(env, self._options)
        return sorted(self._list_stale())

    def remove_leftovers(self, app: Sphinx, builder: Builder) -> None:
        """Remove what this output holds of documents that are gone.

        Only what the ledger says was written from posts and generated pages, and never
        a file that a live document claims.
        """
        pages = self._ledger.pages
        gone = [
            name
            for name, page in pages.items()
            if page.is_ours and name not in builder.env.all_docs
        ]
        claimed: set[str] = set()
        if gone:
            claimed = {
                file
                for name in builder.env.all_docs
                for file in _list_files(builder, name)
            }
        for name in gone:
            for file in set(pages[name].files) - claimed:
                _remove(Path(builder.outdir, file), Path(builder.outdir))
            Path(builder.doctreedir, f"{name}.doctree").unlink(missing_ok=True)

    def note_page(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Take notice of a page that is about to be written, and of its pictures."""
        is_whole = app.builder.name in SINGLE_FILE_BUILDERS
        asks = is_whole or bool(get_blog(app.env).list_parts(docname))
        pictures = list(_keep_pictures(app.builder, doctree)) if asks else []
        for picture in pictures:
            # By absolute path: a body picture of the same file has a name of its own.
            app.builder.images[str(app.srcdir / picture.path)] = picture.name
        if self._path is None:
            return
        if not self._written and self._ledger.is_finished and self._ledger.pages:
            save_ledger(self._path, replace(self._ledger, is_finished=False))
        self._written[docname] = tuple(sorted({p.name for p in pictures}))

    def finish(self, app: Sphinx, error: Exception | None) -> None:
        """Enter what was written; say how many posts there are."""
        if error is not None:
            return
        if self._path is not None:
            ledger = self._update(app.builder, self._path)
            self._remove_pictures(app.builder, ledger)
            # Since the first page was written, the file says that it is unfinished.
            is_marked = bool(self._written)
            if is_marked or ledger != self._ledger or not self._path.is_file():
                save_ledger(self._path, ledger)
        _say_how_many(app.env)

    def _remove_pictures(self, builder: Builder, ledger: Ledger) -> None:
        """Remove the pictures that no page shows any more, by ``ledger``."""
        folder = getattr(builder, "imagedir", "")
        if not folder or ledger == self._ledger:
            return
        live = {name for _, name in builder.env.images.values()}
        for name in self._ledger.list_pictures() - ledger.list_pictures() - live:
            _remove(Path(builder.outdir, folder, name), Path(builder.outdir))

    def _list_stale(self) -> Iterator[str]:
        for docname, digest in (self._digests or {}).items():
            known = self._ledger.pages.get(docname)
            if not self._ledger.is_finished or known is None or known.digest != digest:
                yield docname

    def _update(self, builder: Builder, path: Path) -> Ledger:
        env = builder.env
        if not self._written and self._digests is None:
            return self._ledger
        digests = self._digests or digest_pages(env, self._options)
        blog = get_blog(env)
        pages = {n: p for n, p in self._ledger.pages.items() if n in env.all_docs}
        in_bodies = _list_body_pictures(env)
        for docname, pictures in self._written.items():
            if docname in digests:
                is_ours = docname in blog.posts or docname in blog.generated
                # Those in the body of a post go with it, too.
                others = in_bodies.get(docname, ()) if is_ours else ()
                pages[docname] = PageEntry(
                    digest=digests[docname],
                    files=tuple(_list_files(builder, docname)),
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
            state=self._state if is_fresh and is_finished else "",
            is_finished=is_finished,
        )


def _locate_ledger(builder: Builder) -> Path | None:
    """Return where the ledger of the output folder lies, ``None`` if it needs none."""
    if builder.name in _WITHOUT_LEDGER:
        return None
    if builder.name == "epub":
        # Whatever lies in its output folder becomes part of the book.
        place = hashlib.sha256(str(builder.outdir).encode()).hexdigest()[:12]
        return get_cache_folder(builder.doctreedir) / f"{place}{FILE_NAME}"
    return Path(builder.outdir, FILE_NAME)


def _list_files(builder: Builder, docname: str) -> Iterator[str]:
    """Yield the files of ``docname`` in the output, relative to its folder."""
    if hasattr(builder, "get_outfilename"):
        path = str(builder.get_outfilename(docname))
        yield path.removeprefix(f"{builder.outdir}{os.sep}").replace(os.sep, "/")
        if getattr(builder, "copysource", False):
            # As StandaloneHTMLBuilder.get_doc_context names the copy.
            source = str(builder.env.doc2path(docname, base=False))
            suffix = builder.config.html_sourcelink_suffix
            yield f"_sources/{source.removesuffix(suffix)}{suffix}"
    else:
        yield f"{docname}{getattr(builder, 'out_suffix', '')}"


def _list_body_pictures(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the names that Sphinx gave the pictures of each document's body."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for docnames, name in env.images.values():
        for docname in docnames:
            names[docname].append(name)
    return names


def _keep_pictures(builder: Builder, doctree: nodes.document) -> Iterator[Picture]:
    """Yield our pictures in ``doctree``; drop those that the builder cannot show."""
    if builder.format == "html":
        for shown in doctree.findall(block):
            yield from (p for p in get_pictures(shown.context) if p.name)
        return
    for image in list(doctree.findall(nodes.image)):
        picture = image.get("leadposts_picture")
        if picture is None:
            continue
        del image["leadposts_picture"]
        if picture.mimetype in builder.supported_image_types:
            image["uri"] = str(builder.srcdir / picture.path)
            yield picture
        else:
            image.parent.remove(image)


def _remove(path: Path, root: Path) -> None:
    """Remove the file, and the folders up to ``root`` that are empty then."""
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def _hide_source_links(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Take the links to view or edit its source from a page that has none to edit."""
    if pagename in get_blog(app.env).generated:
        context["sourcename"] = ""
        context["page_source_suffix"] = ""
        context["show_source"] = False


def _say_how_many(env: BuildEnvironment) -> None:
    blog = get_blog(env)
    held = get_held_back(env)
    now = read_clock()
    counts = Counter(_say_why(post, now) for post in held.values())
    text = f"{_count(len(blog.posts), 'post')}, {_count(len(blog.catalog.tags), 'tag')}"
    if held:
        parts = [
            _count(count, kind) if kind == "draft" else f"{count} {kind}"
            for kind, count in sorted(counts.items())
        ]
        text += f"; held back: {', '.join(parts)}{_say_next(held.values())}"
    pictures = {post.picture.name for post in blog.posts.values() if post.picture}
    text += f"; {_count(len(pictures - {''}), 'picture')}"
    if guides := blog.catalog.guides.guides:
        leading = blog.catalog.guides.count_leading_posts()
        share = f"{leading} of {len(blog.posts)} posts lead to one"
        text += f"; {_count(len(guides), 'guide')}, {share}"
    note("leadposts: %s", text)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _say_why(post: ScannedPost, now: datetime) -> str:
    if post.is_draft:
        return "draft"
    return "future" if post.is_future(now) else "expired"


def _say_next(held: Iterable[ScannedPost]) -> str:
    now = read_clock()
    dates = [p.date for p in held if p.date and p.is_future(now) and not p.is_draft]
    return f" (next {min(dates)[:10]})" if dates else ""


def setup_pages(app: Sphinx) -> None:
    """Connect the ledger to the build."""
    keeper = PageKeeper()
    app.connect("env-get-updated", keeper.list_stale_pages)
    app.connect("write-started", keeper.remove_leftovers)
    app.connect("doctree-resolved", keeper.note_page)
    app.connect("build-finished", keeper.finish)
    app.connect("html-page-context", _hide_source_links)
