"""What was written into an output folder, and from what.

The environment cannot know it: several output folders share one, and a build of a
single file reads what changed but writes one page. So each output folder has a ledger
of its own pages, each with a digest of everything that the blog put on it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

#: Raised whenever the file changes its form; an older one is not used.
_FORMAT: Final = 3
FILE_NAME: Final = ".leadposts-ledger"


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


def load_ledger(path: Path) -> Ledger:
    """Return the ledger kept at ``path``, an empty one where there is none."""
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


def was_cut_off(path: Path) -> bool:
    """Tell whether a build was cut off while it saved the ledger at ``path``."""
    return _name_temporary(path).exists()


def save_ledger(path: Path, ledger: Ledger) -> None:
    """Keep ``ledger`` at ``path``, whole or not at all."""
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
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _name_temporary(path)
    temporary.write_text(json.dumps(content), "utf-8")
    temporary.replace(path)


def _name_temporary(path: Path) -> Path:
    return path.with_name(f"{path.name}.tmp")
