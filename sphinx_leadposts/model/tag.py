"""Tags: which spellings are one tag, and where its page stands."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_leadposts.model.registry import TagEntry
from sphinx_leadposts.model.slug import assign_slugs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_leadposts.model.post import Post

_SEPARATORS = str.maketrans("-_", "  ")
_NOTHING = TagEntry()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag and its posts, newest first.

    ``key`` is what all its spellings have in common, ``label`` the registry's, or the
    spelling that most posts use, ``slug`` the last part of the address of its page.
    """

    key: str
    label: str
    slug: str
    posts: tuple[Post, ...]
    description: str = ""


def make_tag_key(label: str) -> str:
    """Return what ``label`` has in common with its other spellings.

    Case, and whether words are parted by space, hyphen or underscore, make no
    other tag; any other sign does: ``C``, ``C++`` and ``C#`` are three.
    """
    folded = unicodedata.normalize("NFKC", label).casefold().translate(_SEPARATORS)
    return " ".join(folded.split())


class TagIndex:
    """Which tag a spelling means, with the aliases of the registry.

    :param entries: what the registry says of tags, by the name of each.
    """

    def __init__(self, entries: Mapping[str, TagEntry] | None = None) -> None:
        self.entries: dict[str, TagEntry] = {}
        self._aliases: dict[str, str] = {}
        for name, entry in (entries or {}).items():
            key = make_tag_key(name)
            self.entries[key] = entry
            for alias in (entry.label or name, *entry.aliases):
                self._aliases.setdefault(make_tag_key(alias), key)

    @property
    def fixed_slugs(self) -> dict[str, str]:
        """The slugs that the registry gives, by key."""
        return {key: entry.slug for key, entry in self.entries.items() if entry.slug}

    def find_key(self, spelling: str) -> str:
        """Return the key of the tag that ``spelling`` means."""
        key = make_tag_key(spelling)
        return key if key in self.entries else self._aliases.get(key, key)

    def choose_labels(self, spellings: Iterable[str]) -> dict[str, str]:
        """Map the key of each tag to its label.

        The registry's, else the commonest spelling, ties by alphabet.
        """
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for spelling in spellings:
            counts[self.find_key(spelling)][spelling] += 1
        return {
            key: self.entries.get(key, _NOTHING).label
            or min(counter, key=lambda spelling: (-counter[spelling], spelling))
            for key, counter in counts.items()
        }

    def choose_slugs(self, labels: Mapping[str, str]) -> dict[str, str]:
        """Map the key of each tag in ``labels`` to an address that no other has."""
        return assign_slugs(labels, self.fixed_slugs)


def collect_tags(posts: Iterable[Post], index: TagIndex | None = None) -> list[Tag]:
    """Return the tags of ``posts`` in alphabetical order of their labels.

    The posts of each tag stay in the order given; a post that has a tag twice, in
    two spellings, counts once.
    """
    index = index or TagIndex()
    members: defaultdict[str, dict[str, Post]] = defaultdict(dict)
    spellings: list[str] = []
    for post in posts:
        for spelling in post.tags:
            members[index.find_key(spelling)].setdefault(post.docname, post)
            spellings.append(spelling)
    labels = index.choose_labels(spellings)
    slugs = index.choose_slugs(labels)
    tags = [
        Tag(
            key=key,
            label=labels[key],
            slug=slugs[key],
            posts=tuple(members[key].values()),
            description=index.entries.get(key, _NOTHING).description,
        )
        for key in members
    ]
    return sorted(tags, key=lambda tag: (tag.label.casefold(), tag.key))
