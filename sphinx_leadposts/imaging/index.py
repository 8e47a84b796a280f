"""What a store remembers between builds, in one JSON file.

It may be lost, cut short, or written by another version at any time; then it is empty,
and everything is looked at anew.
"""

from __future__ import annotations

import enum
import json
from dataclasses import asdict, astuple, dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from sphinx_leadposts.model.picture import PictureSource

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

_VERSION: Final = 1


class State(enum.StrEnum):
    """What became of a recipe: a file, none because none was needed, or none at all."""

    MADE = "made"
    UNNEEDED = "unneeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file as it was when it was last read; ``used`` is a day since 1970."""

    size: int
    mtime_ns: int
    ctime_ns: int
    digest: str
    used: int

    def is_unchanged(self, status: os.stat_result) -> bool:
        """Tell whether the file, whose status this is now, is as it was."""
        return self == note_file(status, self.digest, self.used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a picture with such bytes, whatever its name."""

    picture: PictureSource
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What became of a recipe.

    ``size`` is the number of bytes that the file has or would have had, ``check`` a
    hash of them, ``mtime_ns`` the time of the file when its bytes were last right.
    """

    state: State
    size: int
    check: str
    mtime_ns: int
    problem: str
    used: int


_Item = TypeVar("_Item", Seen, Known, Entry)


@dataclass(slots=True, kw_only=True)
class Index:
    """All of it: files by path, pictures by `find_kind`, entries by key."""

    files: dict[str, Seen] = field(default_factory=dict)
    pictures: dict[str, Known] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    swept: int = 0


def note_file(status: os.stat_result, digest: str, used: int) -> Seen:
    """Return what to remember of a file whose bytes have this digest."""
    return Seen(
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        # The time of the inode tells of a copy that was given the time of its model.
        ctime_ns=status.st_ctime_ns,
        digest=digest,
        used=used,
    )


def find_kind(path: Path, digest: str) -> str:
    """Return the name under which a picture is known: an SVG is one by its suffix."""
    return f"{digest}.svg" if path.suffix.lower() == ".svg" else digest


def read_index(path: Path) -> Index:
    """Return what the file holds, or an empty index where it holds none."""
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["version"] != _VERSION:
            return Index()
        return Index(
            files={name: _read_seen(row) for name, row in found["files"].items()},
            pictures={name: _read_known(r) for name, r in found["pictures"].items()},
            entries={key: _read_entry(row) for key, row in found["entries"].items()},
            swept=int(found["swept"]),
        )
    # The list of ways in which a damaged file is wrong has no end.
    except Exception:
        return Index()


def write_index(index: Index) -> bytes:
    """Return the content of the file."""
    content = {
        "version": _VERSION,
        "swept": index.swept,
        "files": {name: astuple(seen) for name, seen in index.files.items()},
        "pictures": {
            kind: [asdict(known.picture), known.used]
            for kind, known in index.pictures.items()
        },
        "entries": {key: astuple(entry) for key, entry in index.entries.items()},
    }
    return json.dumps(content, separators=(",", ":")).encode()


def merge_indexes(ours: Index, theirs: Index) -> Index:
    """Return both together; of what both know, ours, with the later day of use."""
    return Index(
        files=_merge(ours.files, theirs.files),
        pictures=_merge(ours.pictures, theirs.pictures),
        entries=_merge(ours.entries, theirs.entries),
        swept=max(ours.swept, theirs.swept),
    )


def drop_unused(index: Index, *, before: int) -> Index:
    """Return the index without what was last used before a day since 1970."""
    return Index(
        files=_keep(index.files, before),
        pictures=_keep(index.pictures, before),
        entries=_keep(index.entries, before),
        swept=index.swept,
    )


def _merge(ours: Mapping[str, _Item], theirs: Mapping[str, _Item]) -> dict[str, _Item]:
    merged = {**theirs, **ours}
    for name in ours.keys() & theirs.keys():
        used = max(ours[name].used, theirs[name].used)
        merged[name] = replace(ours[name], used=used)
    return merged


def _keep(items: Mapping[str, _Item], before: int) -> dict[str, _Item]:
    return {name: item for name, item in items.items() if item.used >= before}


def _read_seen(row: list[Any]) -> Seen:
    size, mtime_ns, ctime_ns, digest, used = row
    return Seen(
        size=int(size),
        mtime_ns=int(mtime_ns),
        ctime_ns=int(ctime_ns),
        digest=str(digest),
        used=int(used),
    )


def _read_known(row: list[Any]) -> Known:
    picture, used = row
    return Known(picture=PictureSource(**picture), used=int(used))


def _read_entry(row: list[Any]) -> Entry:
    state, size, check, mtime_ns, problem, used = row
    return Entry(
        state=State(state),
        size=int(size),
        check=str(check),
        mtime_ns=int(mtime_ns),
        problem=str(problem),
        used=int(used),
    )
