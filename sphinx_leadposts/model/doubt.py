"""What looks like a slip of the pen: names close to other names."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sphinx_leadposts.model.archive import Archive

#: Below this length two words differ too easily by one letter (``cat``, ``car``).
_LONG_ENOUGH = 5
#: A spelling must be this much commoner than its neighbour to be the right one.
_COMMON_ENOUGH = 3


def find_neighbour(name: str, known: Iterable[str]) -> str | None:
    """Return the one of ``known`` that ``name`` was probably meant to be."""
    lowered = {other.casefold(): other for other in sorted(known, reverse=True)}
    close = difflib.get_close_matches(name.casefold(), lowered, n=1, cutoff=0.8)
    return lowered[close[0]] if close else None


def find_slips(tags: Collection[Archive]) -> Mapping[str, Archive]:
    """Return tags that one post has, and that are one letter away from a common tag.

    By key, with the tag that was probably meant. A digit is never a slip: ``3.11`` and
    ``3.12`` are two.
    """
    common = [tag for tag in tags if len(tag.posts) >= _COMMON_ENOUGH]
    slips = {}
    for tag in tags:
        if len(tag.posts) == 1 and len(tag.key) >= _LONG_ENOUGH:
            meant = next((t for t in common if is_one_letter_off(tag.key, t.key)), None)
            if meant:
                slips[tag.key] = meant
    return slips


def is_one_letter_off(one: str, other: str) -> bool:
    """Tell whether one letter was left out, added, changed, or swapped with the next.

    The distance of Damerau (1964), asked only whether it is 1, and for letters only.
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if not (left + right).isalpha():
        return False
    is_swapped = len(left) == 2 and left == right[::-1]
    return is_swapped or max(len(left), len(right)) == 1


def ask_for(meant: str | None) -> str:
    """Return the question whether ``meant`` was meant, to end a message with."""
    return f"; did you mean {meant!r}?" if meant else ""
