"""Files beside the pages: feeds, redirects, and the data of the blog.

They are made when all pages are written. Each has a digest of what it was made of, so
that it is written only where that has changed; one that is not made any more is
removed.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util.osutil import relative_uri

from sphinx_leadposts.model.problem import Problem, Subtype
from sphinx_leadposts.publishing.redirects import (
    is_redirect,
    make_address,
    write_redirect,
)
from sphinx_leadposts.publishing.site_data import FILE_NAME as DATA_FILE
from sphinx_leadposts.publishing.site_data import write_site_data
from sphinx_leadposts.sphinx_ext.domain import get_blog
from sphinx_leadposts.sphinx_ext.redirects import settle_old_paths
from sphinx_leadposts.sphinx_ext.settings import read_config
from sphinx_leadposts.sphinx_ext.warnings import report
from sphinx_leadposts.sphinx_ext.writing_phase.feed_bodies import load_body
from sphinx_leadposts.sphinx_ext.writing_phase.feed_items import (
    FeedMaker,
    list_first_paths,
)
from sphinx_leadposts.sphinx_ext.writing_phase.feed_places import list_feed_places
from sphinx_leadposts.sphinx_ext.writing_phase.files import name_page, remove_file
from sphinx_leadposts.sphinx_ext.writing_phase.site_export import export_site
from sphinx_leadposts.sphinx_ext.writing_phase.website import Website

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_leadposts.publishing.forms import FormName
    from sphinx_leadposts.publishing.records import Feed
    from sphinx_leadposts.sphinx_ext.writing_phase.gallery import Gallery

#: Pages that Sphinx writes beside those of documents.
_SPECIAL: Final = ("genindex", "py-modindex", "search")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """A file by its path below the output folder, not yet written.

    ``digest`` stands for what it is made of, ``write`` returns its text. A redirect
    stands for ``docname``, and never where something else is.
    """

    path: str
    digest: str
    write: Callable[[], str]
    docname: str = ""


class Publication:
    """The files of one output.

    :param builder: the builder that has written the pages.
    :param gallery: knows the files of pictures.
    :param leftovers: pages that an earlier build wrote of documents that are gone.
    :param known: the digests of the files that an earlier build wrote, by path.
    """

    def __init__(
        self,
        builder: StandaloneHTMLBuilder,
        gallery: Gallery,
        leftovers: Collection[str],
        known: Mapping[str, str],
    ) -> None:
        self._builder = builder
        self._leftovers = leftovers
        self._known = known
        self._website = Website(builder, gallery)
        self._gallery = gallery
        self._outdir = Path(builder.outdir)
        self._forms = read_config(builder.config).feeds

    def publish(self, *, mark: Callable[[Iterable[str]], None]) -> dict[str, str]:
        """Write what is not there as it should be; return the digests of all files.

        :param mark: told which files there will be, before the first is written.
        """
        settled = settle_old_paths(get_blog(self._builder.env)).files
        others = {
            file.path: file
            for file in (*self._list_feeds(settled), self._make_data(settled))
            if not self._is_of_author(file.path)
        }
        taken = self._pages | {path.casefold() for path in others}
        files: dict[str, PublishedFile] = {}
        for redirect in self._list_redirects(settled):
            if self._is_of_author(redirect.path) or _is_taken(redirect.path, taken):
                self._report(redirect, "something else stands there. Take it away")
            else:
                files[redirect.path] = redirect
        files |= others
        due = [file for file in files.values() if not self._is_there(file)]
        gone = self._known.keys() - files.keys()
        if due or gone:
            mark(files)
        for path in gone:
            # Unless something else has taken its place since.
            if path.casefold() not in self._pages and not self._is_of_author(path):
                remove_file(self._outdir / path, self._outdir)
        failed = {file.path for file in due if not self._write(file)}
        return {path: f.digest for path, f in files.items() if path not in failed}

    def _is_there(self, file: PublishedFile) -> bool:
        is_known = self._known.get(file.path) == file.digest
        return is_known and (self._outdir / file.path).is_file()

    def _list_feeds(self, settled: Mapping[str, str]) -> Iterator[PublishedFile]:
        first_paths = list_first_paths(settled)
        load = functools.partial(load_body, self._builder)
        maker = FeedMaker(self._website, self._gallery, first_paths, load)
        for place in list_feed_places(self._website):
            for form in self._forms:
                feed = maker.make_feed(place, form)
                yield PublishedFile(
                    path=place.name_file(form),
                    digest=_digest(repr(feed)),
                    write=functools.partial(_write_feed, feed, form),
                )

    def _list_redirects(self, settled: Mapping[str, str]) -> Iterator[PublishedFile]:
        builder = self._builder
        posts = get_blog(builder.env).posts
        for file, docname in settled.items():
            if file == name_page(builder, docname):
                continue
            to = relative_uri(make_address(file), builder.get_target_uri(docname))
            values = {
                # The page itself, as seen from its own folder.
                "to": to or "./",
                "title": posts[docname].title,
                "language": self._website.language,
                "canonical": self._website.locate(docname),
            }
            yield PublishedFile(
                path=file,
                digest=_digest(repr(values)),
                write=functools.partial(write_redirect, **values),
                docname=docname,
            )

    def _make_data(self, settled: Mapping[str, str]) -> PublishedFile:
        text = write_site_data(export_site(self._website, self._gallery, settled))
        return PublishedFile(path=DATA_FILE, digest=_digest(text), write=lambda: text)

    def _write(self, file: PublishedFile) -> bool:
        """Write a file, and tell whether it could be."""
        path = self._outdir / file.path
        try:
            if file.docname and not self._is_free(file):
                self._report(file, "something else stands there. Take it away")
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.write(), "utf-8", newline="\n")
        except OSError as error:
            if not file.docname:
                raise
            self._report(file, f"the page cannot be written ({error.strerror})")
            return False
        return True

    def _is_free(self, file: PublishedFile) -> bool:
        """Tell whether no file of others is in the place of a redirect."""
        path = self._outdir / file.path
        if not path.exists() or file.path in self._leftovers:
            return True
        if not path.is_file():
            return False
        text = path.read_text("utf-8", errors="replace")
        # One of ours is empty where a build was cut off before its first byte.
        return is_redirect(text) or (not text and file.path in self._known)

    def _is_of_author(self, path: str) -> bool:
        """Tell whether Sphinx copies a file of the author's to a place."""
        confdir = Path(self._builder.confdir)
        extra = (confdir / name for name in self._builder.config.html_extra_path)
        return any(
            (place / path).is_file() or (place.is_file() and place.name == path)
            for place in extra
        )

    @functools.cached_property
    def _pages(self) -> frozenset[str]:
        # In small letters: on some systems names that differ in case are one.
        names = (*self._builder.env.all_docs, *_SPECIAL)
        return frozenset(name_page(self._builder, name).casefold() for name in names)

    def _report(self, file: PublishedFile, reason: str) -> None:
        blog = get_blog(self._builder.env)
        problem = Problem(
            subtype=Subtype.REDIRECT,
            message="the old address %r does not lead here: %s",
            args=(f"/{file.path}", reason),
            line=blog.find_line(file.docname, "redirect_from", "permalink", "slug"),
        )
        report(problem, file.docname)


def _write_feed(feed: Feed, form: FormName) -> str:
    # Loaded late: after most edits no feed is written.
    from sphinx_leadposts.publishing.feeds import write_feed  # noqa: PLC0415

    return write_feed(feed, form)


def _is_taken(path: str, taken: Collection[str]) -> bool:
    """Tell whether a file, or one of its folders, is a file in ``taken``."""
    parts = path.casefold().split("/")
    return any("/".join(parts[: n + 1]) in taken for n in range(len(parts)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
