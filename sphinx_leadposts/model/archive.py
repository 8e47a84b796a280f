"""Archives: posts that have something in common, each with a page of its own.

The posts with a tag, of a category, by an author, of a series, from a year.
"""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from sphinx_leadposts.model.address import find_stand_in
from sphinx_leadposts.model.registry import ArchiveEntry
from sphinx_leadposts.model.slug import assign_slugs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from sphinx_leadposts.model.post import Post
    from sphinx_leadposts.model.registry import Registries

ArchiveKind = Literal["tag", "category", "author", "series", "year"]
KINDS: Final[tuple[ArchiveKind, ...]] = (
    "tag",
    "category",
    "author",
    "series",
    "year",
)
_SEPARATORS: Final = str.maketrans("-_", "  ")
_NOTHING: Final = ArchiveEntry()
#: What posts say by which they are put into archives of each kind.
_SPELLINGS: Final[Mapping[ArchiveKind, Callable[[Post], Iterable[str]]]] = {
    "tag": lambda post: post.tags,
    "category": lambda post: post.categories,
    "author": lambda post: [author.key for author in post.authors],
    "series": lambda post: [post.series.name] if post.series else [],
    "year": lambda post: [str(post.date.year)] if post.date else [],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Posts that have something in common, newest first; of a series, by their parts.

    ``key`` is what all spellings of its name have in common, ``label`` the registry's
    name, or the spelling that most posts use, ``slug`` the last part of the address of
    its page. ``entry`` is what the registry says.
    """

    kind: ArchiveKind
    key: str
    label: str
    slug: str
    posts: tuple[Post, ...]
    entry: ArchiveEntry = _NOTHING


def make_key(label: str) -> str:
    """Return what ``label`` has in common with its other spellings.

    Case, and whether words are parted by space, hyphen or underscore, make no
    other tag; any other sign does: ``C``, ``C++`` and ``C#`` are three.
    """
    folded = unicodedata.normalize("NFKC", label).casefold().translate(_SEPARATORS)
    return " ".join(folded.split())


class ArchiveIndex:
    """Which archive of one kind a spelling means, with the aliases of the registry.

    :param entries: what the registry says, by the name of each archive.
    """

    def __init__(self, entries: Mapping[str, ArchiveEntry] | None = None) -> None:
        self.entries: dict[str, ArchiveEntry] = {}
        #: How the registry spells its names, by key.
        self.names: dict[str, str] = {}
        self._aliases: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        for name, entry in (entries or {}).items():
            key = make_key(name)
            self.entries[key] = entry
            self.names[key] = entry.label or name
            for alias in (entry.label or name, *entry.aliases):
                self._aliases.setdefault(make_key(alias), key)

    @property
    def fixed_slugs(self) -> dict[str, str]:
        """The slugs that the registry gives, by key."""
        return {key: entry.slug for key, entry in self.entries.items() if entry.slug}

    def find_key(self, spelling: str) -> str:
        """Return the key of the archive that ``spelling`` means."""
        # All posts of a blog say the same few things, and are asked many times.
        known = self._keys.get(spelling)
        if known is None:
            key = make_key(spelling)
            known = key if key in self.entries else self._aliases.get(key, key)
            self._keys[spelling] = known
        return known

    def choose_labels(self, spellings: Iterable[str]) -> dict[str, str]:
        """Map the key of each archive to its label.

        The registry's, else the commonest spelling, ties by alphabet; the registry's
        name where posts have only aliases of it.
        """
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for spelling in spellings:
            counts[self.find_key(spelling)][spelling] += 1
        return {key: self._choose_label(key, found) for key, found in counts.items()}

    def _choose_label(self, key: str, counts: Counter[str]) -> str:
        if label := self.entries.get(key, _NOTHING).label:
            return label
        own = [spelling for spelling in counts if make_key(spelling) == key]
        if not own:
            return self.names[key]
        return min(own, key=lambda spelling: (-counts[spelling], spelling))

    def choose_slugs(self, labels: Mapping[str, str]) -> dict[str, str]:
        """Map the key of each archive in ``labels`` to an address no other has."""
        return assign_slugs(labels, self.fixed_slugs)


class Shelf:
    """The archives of one kind, and their pages.

    :param kind: the kind.
    :param posts: the posts of the site, newest first.
    :param index: knows which spellings are one archive.
    """

    def __init__(
        self,
        kind: ArchiveKind,
        posts: Iterable[Post],
        index: ArchiveIndex | None = None,
    ) -> None:
        self.index = index or ArchiveIndex()
        self.archives: Sequence[Archive] = _collect(kind, posts, self.index)
        self._by_key = {archive.key: archive for archive in self.archives}
        self._by_slug = {archive.slug: archive for archive in self.archives}
        self._ranked: dict[str, Sequence[Post]] = {}

    @functools.cached_property
    def shown(self) -> Sequence[Archive]:
        """The archives that readers see, in order."""
        return [archive for archive in self.archives if not archive.entry.is_hidden]

    @functools.cached_property
    def _by_post(self) -> Mapping[str, Sequence[Archive]]:
        found: defaultdict[str, list[Archive]] = defaultdict(list)
        for archive in self.archives:
            for post in archive.posts:
                found[post.docname].append(archive)
        return found

    def find(self, name: str) -> Archive | None:
        """Return the archive that ``name`` spells, or whose slug it is."""
        return self._by_key.get(self.index.find_key(name)) or self._by_slug.get(name)

    def list_of(self, post: Post) -> Sequence[Archive]:
        """Return the archives of ``post`` in alphabetical order, each once."""
        return self._by_post.get(post.docname, ())

    def rank(self, archive: Archive) -> Sequence[Post]:
        """Return the posts of ``archive``, featured ones first."""
        # Each page of a run asks.
        if archive.key not in self._ranked:
            ranked = sorted(archive.posts, key=lambda post: post.rank)
            self._ranked[archive.key] = ranked
        return self._ranked[archive.key]

    def locate(self, folder: str | None, docnames: Collection[str]) -> dict[str, str]:
        """Map the key of each archive to the document that is its page.

        :param folder: where their pages stand, ``None`` where they have none.
        :param docnames: the documents of the site.
        """
        if folder is None:
            return {}
        pages = {
            archive.key: find_stand_in(f"{folder}/{archive.slug}", docnames)
            for archive in self.shown
        }
        return {key: page for key, page in pages.items() if page}


def make_index(kind: ArchiveKind, registries: Registries) -> ArchiveIndex:
    """Return what the registries say of archives of ``kind``."""
    entries = {"tag": registries.tags, "author": registries.authors}
    return ArchiveIndex(entries.get(kind))


def sort_parts(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Return the posts of a series in order: by their parts, then the oldest first."""

    def rank(post: Post) -> tuple[bool, int, bool, float, str]:
        part = post.series.part if post.series else None
        age = post.date.timestamp() if post.date else 0
        return (part is None, part or 0, post.date is None, age, post.docname)

    return tuple(sorted(posts, key=rank))


def _collect(
    kind: ArchiveKind, posts: Iterable[Post], index: ArchiveIndex
) -> list[Archive]:
    """Return the archives of ``kind`` in alphabetical order, the latest year first.

    The posts of each stay in the order given; a post that has a tag twice, in two
    spellings, counts once.
    """
    members: defaultdict[str, dict[str, Post]] = defaultdict(dict)
    spellings: list[str] = []
    for post in posts:
        for spelling in _SPELLINGS[kind](post):
            members[index.find_key(spelling)].setdefault(post.docname, post)
            spellings.append(spelling)
    labels = index.choose_labels(spellings)
    slugs = index.choose_slugs(labels)
    archives = [
        Archive(
            kind=kind,
            key=key,
            label=labels[key],
            slug=slugs[key],
            posts=sort_parts(found.values())
            if kind == "series"
            else tuple(found.values()),
            entry=index.entries.get(key, _NOTHING),
        )
        for key, found in members.items()
    ]
    archives.sort(key=lambda archive: (archive.label.casefold(), archive.key))
    return archives[::-1] if kind == "year" else archives
