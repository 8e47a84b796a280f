"""What was written into an output folder, and from what.

The environment cannot know it: several output folders share one, and a build of a
single file reads what changed but writes one page. So each output folder has a ledger
of its own pages, each with a digest of everything that the blog put on it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_leadposts.sphinx_ext.cache import (
    get_cache_folder,
    name_temporary,
    write_whole,
)
from sphinx_leadposts.sphinx_ext.links import SINGLE_FILE_BUILDERS, is_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.builders import Builder

#: Raised whenever the file changes its form; an older one is not used.
_FORMAT: Final = 3
FILE_NAME: Final = ".leadposts-ledger"
#: Builders that write no page for a document, or all of them every time.
_WITHOUT_LEDGER: Final = (*SINGLE_FILE_BUILDERS, "dummy", "gettext", "linkcheck")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """One page: its digest, its files relative to the output folder, its pictures.

    ``is_ours`` where the page goes when its document does: posts, generated pages.
    ``own`` is a digest of what only this page shows.
    """

    digest: str
    own: str = ""
    files: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    is_ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The pages of one output folder.

    ``is_finished`` is false while pages are being written: what a build that was cut
    off has written is not known. ``state`` is the digest of the whole blog at the last
    build after which every page was fresh, empty where some page may not be; ``public``
    is that of what more pages than one may show. ``published`` are the files beside the
    pages, by path, with a digest of what each was made of, and ``published_state`` is
    one of all that they follow from.
    """

    pages: Mapping[str, PageEntry] = field(default_factory=dict)
    state: str = ""
    public: str = ""
    is_finished: bool = True
    published: Mapping[str, str] = field(default_factory=dict)
    published_state: str = ""

    def doubt_published(self, paths: Iterable[str]) -> Ledger:
        """Return the ledger for a build that may be cut off while it writes ``paths``.

        Of these, and of the files that are there, nothing is known then.
        """
        published = dict.fromkeys([*self.published, *paths], "")
        return replace(self, published=published, published_state="")

    def list_pictures(self) -> set[str]:
        """Return the names of all pictures that pages show."""
        return {name for page in self.pages.values() for name in page.pictures}


class LedgerFile:
    """The file in which the ledger of one output folder lasts from build to build.

    :param path: where it is, or will be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        #: What the file says; an empty ledger where there is none.
        self.saved = _load(path)

    @property
    def is_whole(self) -> bool:
        """Whether it is there, and no build was cut off while it was saved."""
        return self._path.is_file() and not name_temporary(self._path).exists()

    def save(self, ledger: Ledger) -> None:
        """Keep ``ledger``, whole or not at all."""
        _save(self._path, ledger)
        self.saved = ledger


def open_ledger(builder: Builder) -> LedgerFile | None:
    """Return the ledger of an output folder, ``None`` if it needs none."""
    if builder.name in _WITHOUT_LEDGER:
        return None
    if is_book(builder):
        # Whatever lies in its output folder becomes part of the book.
        place = hashlib.sha256(str(builder.outdir).encode()).hexdigest()[:12]
        return LedgerFile(get_cache_folder(builder.doctreedir) / f"{place}{FILE_NAME}")
    return LedgerFile(Path(builder.outdir, FILE_NAME))


def _load(path: Path) -> Ledger:
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["format"] != _FORMAT:
            return Ledger()
        pages = {
            name: PageEntry(
                digest=page["digest"],
                own=page["own"],
                files=tuple(page["files"]),
                pictures=tuple(page["pictures"]),
                is_ours=page["is_ours"],
            )
            for name, page in content["pages"].items()
        }
        return Ledger(
            pages=pages,
            state=content["state"],
            public=content["public"],
            is_finished=content["is_finished"],
            published=dict(content["published"]),
            published_state=content["published_state"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Ledger()


def _save(path: Path, ledger: Ledger) -> None:
    content = {
        "format": _FORMAT,
        "state": ledger.state,
        "public": ledger.public,
        "is_finished": ledger.is_finished,
        "published_state": ledger.published_state,
        "published": ledger.published,
        "pages": {
            # Not ``asdict``, which copies all that it finds.
            name: {
                "digest": page.digest,
                "own": page.own,
                "files": page.files,
                "pictures": page.pictures,
                "is_ours": page.is_ours,
            }
            for name, page in sorted(ledger.pages.items())
        },
    }
    write_whole(path, json.dumps(content).encode())
