"""Tags: which spellings are one tag, and where its page stands."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_leadposts.model.slug import assign_slugs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_leadposts.model.post import Post

_SEPARATORS = str.maketrans("-_", "  ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag and its posts, newest first.

    ``key`` is what all its spellings have in common, ``label`` the spelling that
    most posts use, ``slug`` the last part of the address of its page.
    """

    key: str
    label: str
    slug: str
    posts: tuple[Post, ...]


def make_tag_key(label: str) -> str:
    """Return what ``label`` has in common with its other spellings.

    Case, and whether words are parted by space, hyphen or underscore, make no
    other tag; any other sign does: ``C``, ``C++`` and ``C#`` are three.
    """
    folded = unicodedata.normalize("NFKC", label).casefold().translate(_SEPARATORS)
    return " ".join(folded.split())


def choose_labels(spellings: Iterable[str]) -> dict[str, str]:
    """Map the key of each tag to its commonest spelling, ties by alphabet."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for spelling in spellings:
        counts[make_tag_key(spelling)][spelling] += 1
    return {
        key: min(counter, key=lambda spelling: (-counter[spelling], spelling))
        for key, counter in counts.items()
    }


def collect_tags(posts: Iterable[Post]) -> tuple[Tag, ...]:
    """Return the tags of ``posts`` in alphabetical order of their labels.

    The posts of each tag stay in the order given; a post that has a tag twice, in
    two spellings, counts once.
    """
    members: defaultdict[str, dict[str, Post]] = defaultdict(dict)
    spellings: list[str] = []
    for post in posts:
        for spelling in post.tags:
            members[make_tag_key(spelling)].setdefault(post.docname, post)
            spellings.append(spelling)
    labels = choose_labels(spellings)
    slugs = assign_slugs(labels)
    tags = (
        Tag(
            key=key,
            label=labels[key],
            slug=slugs[key],
            posts=tuple(members[key].values()),
        )
        for key in members
    )
    return tuple(sorted(tags, key=lambda tag: (tag.label.casefold(), tag.key)))
