"""Faults to plant: each makes some page stale, and the law must see it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_leadposts.config import LeadpostsConfig
from sphinx_leadposts.model.catalog import Catalog
from sphinx_leadposts.model.guide import GuideBook
from sphinx_leadposts.model.leading import CallPart, GuidePostsPart, ReadingPart
from sphinx_leadposts.model.listing import ArchivesPart, HeaderPart, RunPart, TagsPart
from sphinx_leadposts.model.nearby import NeighboursPart, RelatedPart, SeriesBoxPart
from sphinx_leadposts.sphinx_ext import registries
from sphinx_leadposts.sphinx_ext.domain import BlogDomain
from sphinx_leadposts.sphinx_ext.reading_phase import overlay
from sphinx_leadposts.sphinx_ext.reading_phase.changed_pictures import ChangeFinder
from sphinx_leadposts.sphinx_ext.related_store import RelatedStore
from sphinx_leadposts.sphinx_ext.writing_phase import freshness, ledger, pages

if TYPE_CHECKING:
    from collections.abc import Callable

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

    def load(path: Path) -> ledger.Ledger:
        return replace(ledger.load_ledger(path), is_finished=True)

    monkeypatch.setattr(pages, "load_ledger", load)


def enter_pages_that_were_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter pages as fresh that were only read."""
    update = pages.PageKeeper._update

    def enter_all(self: Any, builder: Any, path: Path) -> ledger.Ledger:
        digests = pages.digest_pages(builder, self._options, {})
        self._written = dict.fromkeys(digests, ()) | self._written
        return update(self, builder, path)

    monkeypatch.setattr(pages.PageKeeper, "_update", enter_all)


def share_one_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one ledger for all output folders."""

    def locate(builder: Any) -> Path:
        return Path(builder.doctreedir, "ledger")

    monkeypatch.setattr(pages, "_locate_ledger", locate)


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
            inner.setattr(BlogDomain, "relations_state", "")
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
    monkeypatch.setattr(pages.PageKeeper, "_mark_unfinished", lambda *_: None)


def forget_planned_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say that pages are being written, but not which new ones."""

    def mark(self: Any, _builder: Any, path: Path) -> None:
        ledger.save_ledger(path, replace(self._ledger, is_finished=False))

    monkeypatch.setattr(pages.PageKeeper, "_mark_unfinished", mark)
