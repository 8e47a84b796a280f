"""Docnames: where the pages of a blog stand, and what stands in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def number_page(first: str, number: int) -> str:
    """Return the docname of page ``number`` (from 1) of the run that ``first`` opens.

    Page 2 of ``tags/seo`` is ``tags/seo/page/2``; page 2 of ``blog/index`` is
    ``blog/page/2``.
    """
    if number == 1:
        return first
    return f"{first.removesuffix('/index')}/page/{number}"


def count_pages(posts: int, size: int) -> int:
    """Return how many pages ``posts`` need; an empty list needs one.

    A page holds ``size`` posts. The last one takes up to a quarter more, so that no
    page after it is nearly empty.
    """
    return max(1, -(-(posts - size // 4) // size))


def slice_page(number: int, posts: int, size: int) -> slice:
    """Return which of ``posts`` stand on page ``number`` (from 1) of their run."""
    start = (number - 1) * size
    is_last = number >= count_pages(posts, size)
    return slice(start, None if is_last else start + size)


def find_stand_in(docname: str, docnames: Collection[str]) -> str | None:
    """Return the document among ``docnames`` that answers at the address ``docname``.

    ``blog`` and ``blog/index`` are one address: the ``dirhtml`` builder writes both
    to the same file. The rule holds for every builder, since builders share doctrees.
    """
    short = docname.removesuffix("/index")
    for candidate in (docname, short, f"{short}/index"):
        if candidate in docnames:
            return candidate
    return None
