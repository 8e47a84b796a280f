"""What a browser is told of a picture, so that it loads the file that fits.

https://html.spec.whatwg.org/multipage/images.html#adaptive-images
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinx_leadposts.imaging.encoders import ENCODERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_leadposts.imaging.candidates import Candidate
    from sphinx_leadposts.model.listing import Look

#: Width of a text column in CSS pixels, and its distance from the sides of a narrow
#: window; in Furo 736, 704 in pydata-sphinx-theme.
_COLUMN: Final = 736
_MARGIN: Final = "2rem"
_MARGIN_PX: Final = 32
#: Bootstrap's widths of windows, from which sphinx-design's columns change.
_BREAKPOINTS: Final = (0, 576, 768, 992)
#: In every browser that knows any format younger than itself.
_PLAIN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


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
    srcset = _write_srcset(folder, _complete(own, original)) if own else ""
    return Offer(
        src=_locate(folder, original),
        sources=sources,
        srcset=srcset,
        sizes=sizes if sources or srcset else "",
    )


def measure_column(width: int) -> str:
    """Return the ``sizes`` of a picture as wide as the text, but not than itself."""
    widest = min(width, _COLUMN)
    return f"(max-width: {widest + _MARGIN_PX}px) calc(100vw - {_MARGIN}), {widest}px"


def measure_card(look: Look) -> str:
    """Return the ``sizes`` of the picture of a card in a grid."""
    steps = zip(_BREAKPOINTS, look.columns, strict=True)
    sizes = [
        _measure_step(start, int(count) if count.isdecimal() else 1)
        for start, count in steps
    ]
    narrow, *wider = sizes
    others = [
        f"(min-width: {start}px) {size}"
        for start, size in zip(_BREAKPOINTS[1:], wider, strict=True)
    ]
    return ", ".join([*reversed(others), narrow])


def _measure_step(start: int, count: int) -> str:
    if start > _COLUMN:
        return f"{_COLUMN // count}px"
    room = f"100vw - {_MARGIN}"
    return f"calc({room})" if count == 1 else f"calc(({room}) / {count})"


def _complete(group: list[Candidate], original: Candidate) -> list[Candidate]:
    """Return a group with the original where that is wider than all of it.

    Its type may not be that of the group; but whoever knows this one knows that one,
    too. No two candidates may say the same width.
    """
    widest = max(candidate.across for candidate in group)
    known = {group[0].mimetype, *_PLAIN}
    if original.across > widest and original.mimetype in known:
        return [*group, original]
    return group


def _write_srcset(folder: str, candidates: Iterable[Candidate]) -> str:
    return ", ".join(f"{_locate(folder, c)} {c.across}w" for c in candidates)


def _locate(folder: str, candidate: Candidate) -> str:
    return posixpath.join(folder, quote(candidate.name))
