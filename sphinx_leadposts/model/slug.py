"""Addresses made of labels: ``Digital Marketing`` becomes ``digital-marketing``."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from slugify import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Signs that tell one tag from another (``C``, ``C++``, ``C#``) are spelled out.
_SPELLED_OUT: Final = {
    "+": " plus ",
    "#": " sharp ",
    "&": " and ",
    "@": " at ",
    "%": " percent ",
}
#: Slugs that a page of ours needs for itself: ``tags/index`` and ``tags/x/page/2``.
RESERVED: Final = frozenset({"index", "page"})

#: In bytes of UTF-8. File systems take 255 for a name; the rest is for a suffix, and
#: for what `assign_slugs` adds.
LONGEST: Final = 200
#: How far before the end, in bytes, a long slug is rather cut between two words.
_NEAR: Final = 30

_LEADING_DOT: Final = re.compile(r"^\.(?=\w)")


def make_slug(label: str) -> str:
    """Return the last part of the address of a page called ``label``.

    Letters of every script stay (``日本語``); an emoji becomes its Unicode name.
    The result is never empty, and has `LONGEST` bytes at most.
    """
    text = unicodedata.normalize("NFKC", label).strip()
    text = _LEADING_DOT.sub("dot ", text)
    text = "".join(_spell_out(sign) for sign in text)
    return _bound(str(slugify(text, allow_unicode=True))) or shorten(label)


def assign_slugs(
    labels: Mapping[str, str], fixed: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Give each key of ``labels`` (key to label) a slug that no other key has.

    Slugs that are ``fixed`` (by key) go first. Where two meet, the first by spelling
    keeps the slug and each later one gets a short hash, so that the outcome does not
    depend on the order of reading.
    """
    fixed = fixed or {}
    taken: set[str] = set(RESERVED)
    slugs: dict[str, str] = {}
    for key in sorted(labels, key=lambda key: (key not in fixed, key)):
        slug = make_slug(fixed.get(key) or labels[key])
        if slug in taken:
            slug = f"{slug}-{shorten(key)}"
        taken.add(slug)
        slugs[key] = slug
    return slugs


def find_collisions(
    labels: Mapping[str, str], fixed: Mapping[str, str] | None = None
) -> Iterable[tuple[str, str]]:
    """Yield pairs of keys of ``labels`` that would share one slug.

    ``fixed`` has the slugs (by key) that are given.
    """
    fixed = fixed or {}
    first: dict[str, str] = {}
    for key in sorted(labels, key=lambda key: (key not in fixed, key)):
        slug = make_slug(fixed.get(key) or labels[key])
        if slug in first:
            yield first[slug], key
        first.setdefault(slug, key)


def shorten(text: str) -> str:
    """Return six hexadecimal digits that stand for ``text``."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _bound(slug: str) -> str:
    """Return ``slug``, or its head and a hash of all of it where it is too long."""
    encoded = slug.encode()
    if len(encoded) <= LONGEST:
        return slug
    ending = f"-{shorten(slug)}"
    # A character of which only some bytes are left goes as a whole.
    head = encoded[: LONGEST - len(ending)].decode(errors="ignore")
    words, _, rest = head.rpartition("-")
    if words and len(rest.encode()) <= _NEAR:
        head = words
    return f"{head.rstrip('-')}{ending}"


def _spell_out(sign: str) -> str:
    if sign in _SPELLED_OUT:
        return _SPELLED_OUT[sign]
    if unicodedata.category(sign) == "So":
        return f" {unicodedata.name(sign, '').lower()} "
    return sign
