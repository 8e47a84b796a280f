"""One look at every source before Sphinx reads it: which are posts, which held back.

The pages of tags and the posts to leave out must be known before the first document is
read. What a source said is kept beside the doctrees, with its time, size and content
hash, so that an unchanged source is not even opened.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sphinx_leadposts.reading.post import Form, Rules, Source, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

#: Raised whenever what is kept, or how it is read, changes its meaning.
_FORMAT: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPost:
    """What must be known of a post before it is read; dates are in ISO form."""

    docname: str
    title: str
    tags: tuple[str, ...]
    is_draft: bool
    date: str | None
    expires: str | None = None

    def is_future(self, now: datetime) -> bool:
        """Whether the post is dated after ``now`` (aware)."""
        return self.date is not None and datetime.fromisoformat(self.date) > now

    def is_expired(self, now: datetime) -> bool:
        """Whether the post was to be shown until before ``now`` (aware)."""
        return self.expires is not None and datetime.fromisoformat(self.expires) <= now

    def is_held_back(self, now: datetime) -> bool:
        """Whether the post is not to be published at ``now``."""
        return self.is_draft or self.is_future(now) or self.is_expired(now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A line of the cache: the state of the file, and the post if it holds one."""

    mtime: int
    size: int
    digest: str
    post: ScannedPost | None


def scan_sources(
    sources: Iterable[tuple[str, Path, Form]], rules: Rules, cache_file: Path
) -> list[ScannedPost]:
    """Return the posts among ``sources`` (docname, file, form), held-back ones too.

    A file that cannot be read is passed over: Sphinx will say so. ``cache_file`` is
    rewritten where something changed, and may be deleted at any time.
    """
    recipe = f"{_FORMAT} {rules!r}"
    old = _load_cache(cache_file, recipe)
    new: dict[str, _Entry] = {}
    for docname, path, form in sources:
        with suppress(OSError, UnicodeDecodeError):
            new[docname] = _look_at(docname, path, form, old.get(docname), rules)
    if new != old:
        _save_cache(cache_file, recipe, new)
    return [entry.post for entry in new.values() if entry.post]


def _look_at(
    docname: str, path: Path, form: Form, known: _Entry | None, rules: Rules
) -> _Entry:
    stat = path.stat()
    if known and (known.mtime, known.size) == (stat.st_mtime_ns, stat.st_size):
        return known
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if known and known.digest == digest:
        post = known.post
    else:
        source = read_source(content.decode("utf-8-sig"), docname, rules, form)
        post = _make_post(docname, source) if source and source.is_post else None
    return _Entry(mtime=stat.st_mtime_ns, size=stat.st_size, digest=digest, post=post)


def _make_post(docname: str, source: Source) -> ScannedPost:
    expires = source.fields.expires
    return ScannedPost(
        docname=docname,
        title=source.fields.title,
        tags=source.tags,
        is_draft=source.fields.is_draft,
        date=source.date.isoformat() if source.date else None,
        expires=expires.isoformat() if expires else None,
    )


def _load_cache(path: Path, recipe: str) -> dict[str, _Entry]:
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["recipe"] != recipe:
            return {}
        return {name: _load_entry(item) for name, item in content["sources"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _load_entry(item: Mapping[str, Any]) -> _Entry:
    post = item["post"]
    return _Entry(
        mtime=item["mtime"],
        size=item["size"],
        digest=item["digest"],
        post=ScannedPost(**{**post, "tags": tuple(post["tags"])}) if post else None,
    )


def _save_cache(path: Path, recipe: str, entries: Mapping[str, _Entry]) -> None:
    content = {
        "recipe": recipe,
        "sources": {name: asdict(entry) for name, entry in entries.items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(content), "utf-8")
    temporary.replace(path)
