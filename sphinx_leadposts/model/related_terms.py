"""What a post is about: its strongest stems, in a form that is small and quick to load.

A stem is kept as the CRC-32 of its UTF-8 text: the same on every machine, and a list of
them is an array. Two stems of one blog that meet in one number are rare (about one pair
among 100,000 stems) and cost a little likeness, nothing else.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: So many stems of a post are kept: those that stand in it most often.
MOST_TERMS: Final = 120
#: So many bytes of their text are kept, which is enough for most posts in Latin script.
MOST_TEXT: Final = 800
#: A stem counts by steps: 1 for one time, 2 for 2 or 3, 3 for 4 to 7, 4 for 8 or more.
STEPS: Final = 4

_SEPARATOR: Final = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The strongest stems of a post as numbers, by the step of their counts.

    ``steps`` has :data:`STEPS` arrays of unsigned 32-bit numbers, the highest step
    first. ``text`` has the stems themselves in the same order, UTF-8, one a line; it
    may end before the numbers do.
    """

    steps: tuple[array[int], ...]
    text: bytes = b""

    def __len__(self) -> int:
        return sum(map(len, self.steps))

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self.steps)

    @property
    def words(self) -> dict[int, str]:
        """The stems that can be read, by their number, the strongest first."""
        words = self.text.decode().split(_SEPARATOR) if self.text else ()
        return dict(zip(self, words, strict=False))


NO_TERMS: Final = Terms(steps=tuple(array("I") for _ in range(STEPS)))


def number_stem(stem: str) -> int:
    """Return the number that stands for ``stem``, of 32 bits."""
    return zlib.crc32(stem.encode())


def collect_terms(counts: Mapping[int, int], stems: Mapping[int, str]) -> Terms:
    """Return the strongest stems of a post.

    Of stems with counts of one step, those with the lowest numbers are kept. So two
    long posts keep the same ones of the rare stems that they share: a bottom-k sketch
    (Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007).

    :param counts: how often each stem stands in the post, by its number; what stands in
        a title may count for more than one. Stop words should not be there.
    :param stems: the stems by their numbers.
    """
    found: list[list[int]] = [[] for _ in range(STEPS)]
    for number, count in counts.items():
        if count > 0:
            found[STEPS - min(count.bit_length(), STEPS)].append(number)
    kept: list[array[int]] = []
    room = MOST_TERMS
    for numbers in found:
        kept.append(array("I", sorted(numbers)[:room]))
        room -= len(kept[-1])
    text = _join([stems[number] for step in kept for number in step])
    return Terms(steps=tuple(kept), text=text)


def _join(stems: list[str]) -> bytes:
    """Return as many of ``stems`` as fit, whole ones only."""
    lines: list[bytes] = []
    room = MOST_TEXT
    for stem in stems:
        line = stem.encode()
        room -= len(line) + 1
        # The words belong to the numbers by their places, so no gap may be left.
        if room < 0:
            break
        lines.append(line)
    return _SEPARATOR.encode().join(lines)


def pack_terms(terms: Terms) -> bytes:
    """Return ``terms`` as at most 1,284 bytes.

    One byte for the length of each step, the numbers, the lowest byte first, then the
    text.
    """
    numbers = array("I", terms)
    if sys.byteorder == "big":
        numbers.byteswap()
    return bytes(map(len, terms.steps)) + numbers.tobytes() + terms.text


def unpack_terms(packed: bytes) -> Terms:
    """Return the terms that :func:`pack_terms` packed."""
    start = STEPS
    steps = []
    for length in packed[:STEPS]:
        step = array("I")
        step.frombytes(packed[start : start + 4 * length])
        if sys.byteorder == "big":
            step.byteswap()
        steps.append(step)
        start += 4 * length
    return Terms(steps=tuple(steps), text=packed[start:])
