"""Faults to plant: each makes some page stale, and the law must see it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_leadposts.config import LeadpostsConfig
from sphinx_leadposts.model.catalog import Catalog
from sphinx_leadposts.model.guide import GuideBook
from sphinx_leadposts.model.guide_posts import GuidePostsPart
from sphinx_leadposts.model.leading import CallPart, ReadingPart
from sphinx_leadposts.model.listing import ArchivesPart, HeaderPart, RunPart, TagsPart
from sphinx_leadposts.model.nearby import NeighboursPart, RelatedPart, SeriesBoxPart
from sphinx_leadposts.publishing.records import FeedItem
from sphinx_leadposts.sphinx_ext import registries
from sphinx_leadposts.sphinx_ext.reading_phase import overlay
from sphinx_leadposts.sphinx_ext.reading_phase.changed_pictures import ChangeFinder
from sphinx_leadposts.sphinx_ext.related_posts import RelatedPosts
from sphinx_leadposts.sphinx_ext.related_store import RelatedStore
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.writing_phase import (
    feed_bodies,
    freshness,
    ledger,
    pages,
    publication,
    publisher,
)
from sphinx_leadposts.sphinx_ext.writing_phase.publication import (
    Publication,
    PublishedFile,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest


def make_digests_constant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every page be the same for ever."""

    def digest(builder: Any, *_: object) -> dict[str, str]:
        return dict.fromkeys(builder.env.all_docs, "same")

    monkeypatch.setattr(pages, "digest_pages", digest)


def make_state_constant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the whole blog be the same for ever."""
    same = freshness.State(whole="same", public="same")
    monkeypatch.setattr(pages, "digest_state", lambda *_: same)


def make_public_constant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages be as they were wherever their own record is."""
    digest_state = pages.digest_state

    def digest(env: Any, options: str) -> freshness.State:
        return replace(digest_state(env, options), public="same")

    monkeypatch.setattr(pages, "digest_state", digest)


def leave_leftovers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove nothing of documents that are gone."""
    monkeypatch.setattr(pages.PageKeeper, "remove_leftovers", lambda *_: None)


def forget_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter no pictures of pages."""

    def enter(**fields: Any) -> ledger.PageEntry:
        return ledger.PageEntry(**fields | {"pictures": ()})

    monkeypatch.setattr(pages, "PageEntry", enter)


def trust_what_was_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take what a build that was cut off has left for the whole."""

    load = ledger._load

    def load_finished(path: Path) -> ledger.Ledger:
        return replace(load(path), is_finished=True)

    monkeypatch.setattr(ledger, "_load", load_finished)


def enter_pages_that_were_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter pages as fresh that were only read."""
    update = pages.PageKeeper._update

    def enter_all(self: Any, builder: Any) -> ledger.Ledger:
        digests = pages.digest_pages(builder, self._options, {})
        self._written = dict.fromkeys(digests, ()) | self._written
        return update(self, builder)

    monkeypatch.setattr(pages.PageKeeper, "_update", enter_all)


def share_one_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one ledger for all output folders."""

    def open_one(builder: Any) -> ledger.LedgerFile:
        return ledger.LedgerFile(Path(builder.doctreedir, "ledger"))

    monkeypatch.setattr(pages, "open_ledger", open_one)


def ignore_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what links of the text show."""
    monkeypatch.setattr(freshness, "_describe_link", lambda *_: ())


def ignore_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out which sentences lead to a guide."""
    _blind_digests(monkeypatch, GuideBook, "leads_to_guide", False)


def ignore_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out further reading."""
    _blind_digests(monkeypatch, ReadingPart, "answer", None)


def ignore_clusters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the posts of a guide."""
    _blind_digests(monkeypatch, GuidePostsPart, "answer", None)


def ignore_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out calls to action."""
    _blind_digests(monkeypatch, CallPart, "answer", None)


def _blind_digests(
    monkeypatch: pytest.MonkeyPatch, part: type, name: str, answer: object
) -> None:
    """Have digests, and nothing else, get ``answer`` from a method of ``part``."""
    digest_pages = pages.digest_pages

    def digest(builder: Any, options: str, kept: Any) -> dict[str, str]:
        with monkeypatch.context() as inner:
            inner.setattr(part, name, lambda *_: answer)
            return digest_pages(builder, options, kept)

    monkeypatch.setattr(pages, "digest_pages", digest)


def ignore_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the registries out of the state of the blog."""
    monkeypatch.setattr(freshness, "read_registries", lambda _: "same")


def trust_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare pictures by their times alone."""
    monkeypatch.setattr(ChangeFinder, "find_outdated", lambda *_: [])


def make_ignorer(part: type) -> Callable[[pytest.MonkeyPatch], None]:
    """Return what leaves out the answers to a ``part`` of pages."""

    def ignore(monkeypatch: pytest.MonkeyPatch) -> None:
        _blind_digests(monkeypatch, part, "answer", None)
        # A head says much of what the page shows, and would give it away.
        ignore_heads(monkeypatch)

    ignore.__name__ = f"ignore_{part.__name__}"
    return ignore


ignore_archive_lists = make_ignorer(ArchivesPart)
ignore_headers = make_ignorer(HeaderPart)
ignore_neighbours = make_ignorer(NeighboursPart)
ignore_related = make_ignorer(RelatedPart)
ignore_runs = make_ignorer(RunPart)
ignore_series = make_ignorer(SeriesBoxPart)
ignore_tag_lists = make_ignorer(TagsPart)


def ignore_archive_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what links to archives say."""
    _blind_digests(monkeypatch, Catalog, "find_archive_page", None)


def ignore_sidebars(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what sidebars show."""
    monkeypatch.setattr(freshness, "describe_sidebars", lambda *_: "")


def ignore_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the values of ``conf.py``."""
    monkeypatch.setattr(freshness, "forget_registries", lambda _: LeadpostsConfig())


def ignore_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the version of the extension."""
    describe_options = pages.describe_options

    def describe(config: Any, templates: str) -> str:
        with monkeypatch.context() as inner:
            inner.setattr(freshness, "__version__", "same")
            return describe_options(config, templates)

    monkeypatch.setattr(pages, "describe_options", describe)


def ignore_relations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the relations of posts out of the state of the blog."""
    digest_state = pages.digest_state

    def digest(env: Any, options: str) -> freshness.State:
        with monkeypatch.context() as inner:
            inner.setattr(RelatedPosts, "state", "")
            return digest_state(env, options)

    monkeypatch.setattr(pages, "digest_state", digest)


def keep_relations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have relations follow from nothing."""
    monkeypatch.setattr(RelatedStore, "name_state", lambda *_: "same")


def keep_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust what is kept of a registry, whatever its file says."""

    def trust(path: Path, _digest: str) -> Any:
        return json.loads(path.read_text("utf-8"))[1:] if path.is_file() else None

    monkeypatch.setattr(registries, "_load_cache", trust)


def keep_overlay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave generated pages as they are once they are there."""
    write = overlay.BlogProject._write_overlay

    def keep(self: Any, texts: Any) -> Any:
        files = {name: Path(self._root, f"{name}.md") for name in texts}
        old = {n: p.read_text("utf-8") for n, p in files.items() if p.is_file()}
        return write(self, {**texts, **old})

    monkeypatch.setattr(overlay.BlogProject, "_write_overlay", keep)


def mark_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never say that pages are being written."""
    monkeypatch.setattr(pages.PageKeeper, "_plan", lambda self, _builder: self._ledger)


def forget_planned_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say that pages are being written, but not which new ones."""

    def plan(self: Any, _builder: Any) -> ledger.Ledger:
        return replace(self._ledger, is_finished=False)

    monkeypatch.setattr(pages.PageKeeper, "_plan", plan)


# Beside the pages ---------------------------------------------------------------------


def leave_texts_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the texts of posts out of the digests of feeds."""
    describe = FeedItem.__repr__

    def describe_rest(self: FeedItem) -> str:
        return describe(replace(self, content=""))

    monkeypatch.setattr(FeedItem, "__repr__", describe_rest)


def overlook_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at no feed where nothing has changed but the text of a post."""

    def read(config: Any) -> LeadpostsConfig:
        return replace(read_config(config), feed_content="summary")

    monkeypatch.setattr(publisher, "read_config", read)


def share_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep one text of a post for all outputs, with the links of one of them."""
    locate = feed_bodies._locate

    def locate_one(builder: Any, docname: str) -> Path:
        path = locate(builder, docname)
        return path.parent.with_name("all") / path.name

    monkeypatch.setattr(feed_bodies, "_locate", locate_one)


def ignore_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what the heads of pages say."""
    monkeypatch.setattr(freshness, "make_head", lambda *_: None)


def ignore_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the length of feeds out of what they follow from."""
    monkeypatch.setattr(
        publisher, "digest_published", lambda _config, state: state.whole
    )


def keep_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove no file beside the pages."""
    monkeypatch.setattr(publication, "remove_file", lambda *_: None)


def trust_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust what is known of files that a build that was cut off may have written."""
    monkeypatch.setattr(ledger.Ledger, "doubt_published", lambda self, _paths: self)


def doubt_known_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say that files beside the pages are being written, but not which new ones."""
    doubt = ledger.Ledger.doubt_published
    monkeypatch.setattr(
        ledger.Ledger, "doubt_published", lambda self, _paths: doubt(self, ())
    )


def keep_titles_of_redirects(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the titles of posts out of the digests of their redirects."""
    list_redirects = Publication._list_redirects

    def list_untitled(self: Any, settled: Any) -> Iterator[PublishedFile]:
        for file in list_redirects(self, settled):
            yield replace(file, digest=f"to {file.docname}")

    monkeypatch.setattr(Publication, "_list_redirects", list_untitled)


def trust_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take what was published for what is there."""

    def is_known(self: Any, file: PublishedFile) -> bool:
        return bool(self._known.get(file.path) == file.digest)

    monkeypatch.setattr(Publication, "_is_there", is_known)
