"""One look at every source before Sphinx reads it: which are posts, which held back.

The pages of tags and the posts to leave out must be known before the first document is
read. What a source said is kept beside the doctrees, with its time, size and content
hash, so that an unchanged source is not even opened; what had to be read is handed on,
so that its head is not read a second time.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sphinx_leadposts.reading.old_paths import list_old_paths
from sphinx_leadposts.reading.values import HELD_BACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sphinx_leadposts.model.problem import Problem
    from sphinx_leadposts.reading.source import Form, Rules, Source

#: Raised whenever what is kept, or how it is read, changes its meaning.
_FORMAT: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPost:
    """What must be known of a post before it is read; dates are in ISO form."""

    docname: str
    title: str
    tags: tuple[str, ...]
    is_draft: bool
    date: str | None
    expires: str | None = None
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    series: str = ""
    part: int | None = None
    old_paths: tuple[str, ...] = ()
    #: What is wrong with the keys that hold it back, and on which line. Nobody else
    #: would say so: a post that is held back is not read.
    faults: Mapping[str, int] = field(default_factory=dict, hash=False)

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
class FreshSource:
    """A source that was read in this build, with a digest of its text."""

    digest: bytes
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The posts of a site, held-back ones too, and by docname what was read anew."""

    posts: tuple[ScannedPost, ...]
    fresh: Mapping[str, FreshSource]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A line of the cache: the state of the file, and the post if it holds one."""

    mtime: int
    #: The time of a file can be set back, that of its last change of any kind cannot.
    ctime: int
    size: int
    digest: str
    post: ScannedPost | None


def scan_sources(
    sources: Iterable[tuple[str, Path, Form]],
    rules: Rules,
    cache_file: Path,
    *,
    encoding: str = "utf-8-sig",
) -> Scan:
    """Look at each of ``sources`` (docname, file, form).

    A file that cannot be read is passed over: Sphinx will say so. Of bytes that are not
    in ``encoding``, a sign is read each: not every version of Sphinx stops at them.
    ``cache_file`` is rewritten where something changed, and may be deleted at any time.
    """
    recipe = f"{_FORMAT} {encoding} {rules!r}"
    look = partial(_look_at, rules=rules, encoding=encoding)
    old = _load_cache(cache_file, recipe)
    new: dict[str, _Entry] = {}
    fresh: dict[str, FreshSource] = {}
    for docname, path, form in sources:
        with suppress(OSError):
            entry, read = look(docname, path, form, old.get(docname))
            new[docname] = entry
            if read:
                fresh[docname] = read
    if new != old:
        _save_cache(cache_file, recipe, new)
    posts = tuple(entry.post for entry in new.values() if entry.post)
    return Scan(posts=posts, fresh=fresh)


def digest_text(text: str) -> bytes:
    """Return a digest of ``text``, however its lines and the whole of it end."""
    same = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return hashlib.sha256(same.encode("utf-8", "surrogatepass")).digest()


def _look_at(
    docname: str,
    path: Path,
    form: Form,
    known: _Entry | None,
    *,
    rules: Rules,
    encoding: str,
) -> tuple[_Entry, FreshSource | None]:
    stat = path.stat()
    state = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
    if known and (known.mtime, known.ctime, known.size) == state:
        return known, None
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    mtime, ctime, size = state
    make = partial(_Entry, mtime=mtime, ctime=ctime, size=size, digest=digest)
    if known and known.digest == digest:
        return make(post=known.post), None
    # Loaded late: most builds read few sources, or none.
    from sphinx_leadposts.reading.post import read_source  # noqa: PLC0415

    text = content.decode(encoding, errors="replace")
    source = read_source(text, docname, rules, form)
    post = _make_post(docname, source) if source and source.is_post else None
    return make(post=post), FreshSource(digest=digest_text(text), source=source)


def _make_post(docname: str, source: Source) -> ScannedPost:
    fields = source.fields
    expires = fields.expires
    return ScannedPost(
        docname=docname,
        title=fields.title,
        tags=source.tags,
        categories=fields.category,
        authors=tuple(author.name for author in fields.author),
        series=fields.series.name if fields.series else "",
        part=fields.series.part if fields.series else None,
        is_draft=fields.is_draft,
        old_paths=list_old_paths(docname, fields),
        date=source.date.isoformat() if source.date else None,
        expires=expires.isoformat() if expires else None,
        faults={p.text: p.line or 1 for p in source.problems if _holds_back(p)},
    )


def _holds_back(problem: Problem) -> bool:
    """Tell whether ``problem`` is of a key that holds the post back for its sake."""
    is_of_key = problem.args[:1] in {("draft",), ("published",)}
    return is_of_key and problem.text.endswith(HELD_BACK)


def _load_cache(path: Path, recipe: str) -> dict[str, _Entry]:
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["recipe"] != recipe:
            return {}
        return {name: _load_entry(item) for name, item in content["sources"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _load_entry(item: Mapping[str, Any]) -> _Entry:
    post = item["post"]
    return _Entry(
        mtime=item["mtime"],
        ctime=item["ctime"],
        size=item["size"],
        digest=item["digest"],
        post=_load_post(post) if post else None,
    )


def _load_post(item: Mapping[str, Any]) -> ScannedPost:
    lists = {name: tuple(v) for name, v in item.items() if isinstance(v, list)}
    return ScannedPost(**{**item, **lists})


def _save_cache(path: Path, recipe: str, entries: Mapping[str, _Entry]) -> None:
    content = {
        "recipe": recipe,
        "sources": {name: asdict(entry) for name, entry in entries.items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(content), "utf-8")
    temporary.replace(path)
