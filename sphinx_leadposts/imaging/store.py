"""The store of pictures: what was made, and what came of it, kept between builds.

A file is found by the bytes of its picture, its recipe and the versions of the
encoders, so nothing in here is ever out of date; it can only be unused, and leaves
after thirty days of that. Several builds may share a store. Pillow is not loaded here.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, TypeVar

from sphinx_leadposts.imaging.encoders import ENCODERS
from sphinx_leadposts.imaging.files import (
    check_file,
    hash_content,
    sweep_folder,
    write_file,
)
from sphinx_leadposts.imaging.index import (
    Entry,
    Known,
    Seen,
    State,
    drop_unused,
    find_kind,
    merge_indexes,
    note_file,
    read_index,
    write_index,
)
from sphinx_leadposts.imaging.picture import name_picture

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from sphinx_leadposts.imaging.plan import Job, Recipe
    from sphinx_leadposts.imaging.render import Rendition
    from sphinx_leadposts.model.picture import PictureSource

_Item = TypeVar("_Item", Seen, Known, Entry)

_INDEX: Final = "index.json"
_DAY_S: Final = 24 * 60 * 60
_KEPT_DAYS: Final = 30
#: A use is noted once a week, so that builds in which nothing changes write nothing.
_NOTED_DAYS: Final = 7
#: A build that is killed loses the record of so much work at most.
_SAVED_EVERY_S: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one recipe for one picture.

    ``path`` is the file in the store, ``None`` where there is none: because it would be
    no smaller than the original or have nothing to leave out (`State.UNNEEDED`), or
    because of a ``problem`` (`State.FAILED`), which is not the picture's where the
    store is at fault. ``size`` is in bytes. What is not ``lasting`` was not kept, and
    may come out otherwise the next time.
    """

    state: State
    path: Path | None = None
    size: int = 0
    problem: str = ""
    lasting: bool = True
    is_store_at_fault: bool = False


class PictureStore:
    """Files made of pictures, in one folder; for one thread.

    :param folder: need not exist; what else lies in it is left alone
    :param now: tells the time, in seconds since 1970
    """

    def __init__(self, folder: Path, *, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now = now
        self._today = int(now() // _DAY_S)
        self._index = read_index(folder / _INDEX)
        self._is_changed = False
        self._saved_at = now()

    def inspect(self, path: Path) -> PictureSource:
        """Return what is known of a picture; one seen before is not even opened.

        :raises PictureUnreadableError: where it is no picture that Pillow or a browser
            could show, or cannot be read at all.
        """
        try:
            status = path.stat()
        except OSError:
            return self._inspect_anew(path, None)
        files, pictures = self._index.files, self._index.pictures
        seen = files.get(str(path))
        if seen and seen.is_unchanged(status):
            kind = find_kind(path, seen.digest)
            if known := pictures.get(kind):
                self._note_use(files, str(path), seen)
                self._note_use(pictures, kind, known)
                return name_picture(known.picture, path)
        return self._inspect_anew(path, status)

    def find(self, source: PictureSource, recipe: Recipe) -> Outcome | None:
        """Return what became of a recipe, ``None`` where it is to be rendered.

        A file that was cut short, changed or removed since is one to be rendered.
        """
        entries = self._index.entries
        key = recipe.make_key(source)
        entry = entries.get(key)
        if not entry:
            return None
        path = None
        if entry.state is State.MADE:
            path = self._place(key, source, recipe)
            mtime_ns = check_file(
                path, size=entry.size, mtime_ns=entry.mtime_ns, check=entry.check
            )
            if not mtime_ns:
                del entries[key]
                self._is_changed = True
                return None
            if mtime_ns != entry.mtime_ns:
                entry = entries[key] = replace(entry, mtime_ns=mtime_ns)
                self._is_changed = True
        self._note_use(entries, key, entry)
        return Outcome(
            state=entry.state, path=path, size=entry.size, problem=entry.problem
        )

    def find_all(self, job: Job) -> dict[Recipe, Outcome]:
        """Return what became of each recipe, but for those that are to be rendered."""
        return {
            recipe: outcome
            for recipe in job.recipes
            if (outcome := self.find(job.source, recipe))
        }

    def keep(self, source: PictureSource, rendition: Rendition) -> Outcome:
        """Keep what was rendered, and return what became of it.

        A file that cannot be written (the disk is full, say) is a problem of this
        build only.
        """
        key = rendition.recipe.make_key(source)
        path, mtime_ns, check = None, 0, ""
        state = State.FAILED if rendition.problem else State.UNNEEDED
        if rendition.content is not None:
            state = State.MADE
            path = self._place(key, source, rendition.recipe)
            check = hash_content(rendition.content)
            try:
                mtime_ns = write_file(path, rendition.content)
            except OSError as error:
                return _blame_store(error)
        if rendition.lasting:
            self._index.entries[key] = Entry(
                state=state,
                size=rendition.size,
                check=check,
                mtime_ns=mtime_ns,
                problem=rendition.problem,
                used=self._today,
            )
            self._is_changed = True
        if self._now() - self._saved_at >= _SAVED_EVERY_S:
            self.save()
        return Outcome(
            state=state,
            path=path,
            size=rendition.size,
            problem=rendition.problem,
            lasting=rendition.lasting,
        )

    def save(self) -> str:
        """Write down what is known, and let go of what is unused.

        Returns what went wrong, in words, or nothing. Without changes nothing is
        written, but for once a day.
        """
        self._saved_at = self._now()
        is_due = self._index.swept != self._today and self._folder.exists()
        if not (self._is_changed or is_due):
            return ""
        # Another build may have written meanwhile.
        index = merge_indexes(self._index, read_index(self._folder / _INDEX))
        if is_due:
            index = drop_unused(index, before=self._today - _KEPT_DAYS)
            index.swept = self._today
        self._index = index
        try:
            write_file(self._folder / _INDEX, write_index(index))
            self._is_changed = False
            if is_due:
                sweep_folder(self._folder, keys=index.entries, now=self._now())
        except OSError as error:
            return _blame_store(error).problem
        return ""

    def _inspect_anew(self, path: Path, status: os.stat_result | None) -> PictureSource:
        # Loaded late: it needs Pillow, which is not for builds without changes.
        from sphinx_leadposts.imaging.source import (  # noqa: PLC0415
            describe_picture,
            read_picture,
        )

        data = read_picture(path)
        digest = hashlib.sha256(data).hexdigest()
        kind = find_kind(path, digest)
        known = self._index.pictures.get(kind)
        picture = known.picture if known else describe_picture(path, data)
        self._index.pictures[kind] = Known(picture=picture, used=self._today)
        if status:
            self._index.files[str(path)] = note_file(status, digest, self._today)
        self._is_changed = True
        return name_picture(picture, path)

    def _place(self, key: str, source: PictureSource, recipe: Recipe) -> Path:
        encoder = ENCODERS.get(recipe.format)
        suffix = encoder.suffix if encoder else PurePath(source.name).suffix
        return self._folder / key[:2] / f"{key}{suffix}"

    def _note_use(self, items: dict[str, _Item], name: str, item: _Item) -> None:
        if self._today - item.used >= _NOTED_DAYS:
            items[name] = replace(item, used=self._today)
            self._is_changed = True


def _blame_store(error: OSError) -> Outcome:
    return Outcome(
        state=State.FAILED,
        problem=f"the store of pictures cannot be written ({error.strerror})",
        lasting=False,
        is_store_at_fault=True,
    )
