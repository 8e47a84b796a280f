"""What a browser is told of a picture, so that it loads the file that fits.

https://html.spec.whatwg.org/multipage/images.html#adaptive-images
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinx_leadposts.imaging.encoders import ENCODERS
from sphinx_leadposts.imaging.places import WIDEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_leadposts.imaging.candidates import Candidate
    from sphinx_leadposts.model.listing import Look

#: Bootstrap's widths of windows, from which sphinx-design's columns change.
_BREAKPOINTS: Final = (0, 576, 768, 992)
#: Pixels between the cards of a grid, by the number of its gutter in sphinx-design.
_GUTTERS: Final = {"0": 0, "1": 4, "2": 8, "3": 16, "4": 24, "5": 48}
#: With the widest gutter a grid keeps so far from the sides, see `leadposts.css`.
_INDENT: Final = 24
_CARD_BORDERS: Final = 2
#: A file of the widest kind is sharp in any column. An original that is wider by less
#: than this has many more bytes, and is left to browsers that know nothing better.
_LITTLE: Final = 1.25
#: In every browser that knows any format younger than itself.
_PLAIN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How wide text is: in CSS pixels at most, and without the sides of a window."""

    width: int = 736
    margins: int = 32

    @property
    def room(self) -> str:
        """The width, as a window of any width has it."""
        return f"min(100vw - {self.margins}px, {self.width}px)"


#: As measured in windows from 390 to 1600 pixels; Furo's is the default. That of the
#: PyData theme is without sidebars, that of Shibuya the widest between its own: where
#: there is less room, a picture comes too large, not blurred.
_COLUMNS: Final = {
    "alabaster": Column(width=660, margins=60),
    "pydata_sphinx_theme": Column(width=896),
    "shibuya": Column(width=800, margins=48),
    "sphinx_book_theme": Column(width=790),
    "sphinx_immaterial": Column(width=760),
    "sphinx_rtd_theme": Column(width=696, margins=52),
}


def find_column(theme: str) -> Column:
    """Return how wide the text is in a theme of that name."""
    return _COLUMNS.get(theme, Column())


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What stands in the elements of a picture.

    ``sources`` are type and ``srcset`` for each format beside the original's, the best
    first; ``srcset`` is that of the original's own, empty where ``src`` is all.
    """

    src: str
    sources: tuple[tuple[str, str], ...] = ()
    srcset: str = ""
    sizes: str = ""


def make_offer(
    folder: str, candidates: Sequence[Candidate], sizes: str, formats: Sequence[str]
) -> Offer:
    """Return the offer of ``candidates``, whose last one is the original.

    :param folder: the address of the folder with the pictures.
    :param sizes: how wide the picture is shown, for the attribute of that name.
    :param formats: names of encoders; a browser takes the first that it knows.
    """
    original = candidates[-1]
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates[:-1]:
        groups.setdefault(candidate.mimetype, []).append(candidate)
    own = groups.pop(original.mimetype, [])
    order = [ENCODERS[name].mimetype for name in formats]
    sources = tuple(
        (mimetype, _write_srcset(folder, _complete(groups[mimetype], original)))
        # WebP stands in for AVIF where Pillow cannot write that.
        for mimetype in sorted(groups, key=[*order, *groups].index)
    )
    # Also where there is but the original: HTML has ``sizes="auto"`` of a source mean
    # something only beside an image that says so, too.
    srcset = ""
    if sources or own:
        srcset = _write_srcset(folder, _complete(own or [original], original))
    return Offer(
        src=_locate(folder, original),
        sources=sources,
        srcset=srcset,
        sizes=sizes if srcset else "",
    )


def measure_column(column: Column, width: int, *, share: float = 1) -> str:
    """Return the ``sizes`` of a picture in the text, not wider than itself.

    :param share: how much of the column it takes, where its author says so.
    """
    if share < 1:
        return f"calc({column.room} * {share:g})"
    return Column(width=min(width, column.width), margins=column.margins).room


def measure_card(column: Column, look: Look) -> str:
    """Return the ``sizes`` of the picture of a card in a grid."""
    indent = _INDENT if "5" in look.gutter else 0
    sizes: list[str] = []
    known = ""
    steps = zip(_BREAKPOINTS, look.columns, look.gutter, strict=True)
    for start, count, gutter in steps:
        size = _measure_step(column.room, count, gutter, indent)
        if size != known:
            sizes.insert(0, f"(min-width: {start}px) {size}" if start else size)
        known = size
    return ", ".join(sizes)


def be_lazy(sizes: str) -> str:
    """Return ``sizes`` for a picture that is loaded once its width is known."""
    return f"auto, {sizes}" if sizes else ""


def _measure_step(room: str, columns: str, step: str, indent: int) -> str:
    count = int(columns) if columns.isdecimal() else 1
    gutter = _GUTTERS.get(step, 0)
    if count == 1:
        return f"calc({room} - {indent + _CARD_BORDERS}px)"
    beside = gutter + _CARD_BORDERS
    return f"calc(({room} + {gutter - indent}px) / {count} - {beside}px)"


def _complete(group: list[Candidate], original: Candidate) -> list[Candidate]:
    """Return a group with the original where that is wider than all of it.

    Its type may not be that of the group; but whoever knows this one knows that one,
    too. No two candidates may say the same width.
    """
    widest = max(candidate.across for candidate in group)
    known = {group[0].mimetype, *_PLAIN}
    enough: float = widest
    if original.mimetype != group[0].mimetype and widest >= WIDEST:
        enough = widest * _LITTLE
    if original.across > enough and original.mimetype in known:
        return [*group, original]
    return group


def _write_srcset(folder: str, candidates: Iterable[Candidate]) -> str:
    return ", ".join(f"{_locate(folder, c)} {c.across}w" for c in candidates)


def _locate(folder: str, candidate: Candidate) -> str:
    return posixpath.join(folder, quote(candidate.name))
